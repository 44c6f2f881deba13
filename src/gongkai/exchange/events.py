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


@event("exchange.mapping_saved", "保存列对应关系「{name}」：{said}")
@dataclass(frozen=True)
class MappingSaved(EventData):
    """A column mapping was made or changed; `said` tells the columns."""

    name: str
    said: str


@event("exchange.mapping_removed", "删除列对应关系「{name}」")
@dataclass(frozen=True)
class MappingRemoved(EventData):
    """A column mapping was removed; what came in by it stays."""

    name: str


@event(
    "exchange.rows_imported",
    "按对应关系「{mapping}」导入{register}：新登记{entered}条，更新{changed}条，{unchanged}条没有变化，文件摘要 {digest:.12}",
)
@dataclass(frozen=True)
class RowsImported(EventData):
    """An export of another system came in. The file itself is not kept, only its SHA-256."""

    mapping: str
    register: str
    digest: str
    entered: int
    changed: int
    unchanged: int
    missing: int
