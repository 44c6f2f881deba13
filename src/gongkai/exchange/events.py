"""What happens at the workbook door."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("exchange.workbook_loaded", "从工作簿「{file}」导入{rows}行{in_name_of}，文件摘要 {digest:.12}")
@dataclass(frozen=True)
class WorkbookLoaded(EventData):
    """A workbook was loaded at the server's command line, perhaps in the name of an officer."""

    file: str
    digest: str
    rows: int
    in_name_of: str
