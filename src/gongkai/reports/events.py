"""What happens to the report of an agency on a year."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("reports.begun", "开始编制{year}年度报告")
@dataclass(frozen=True)
class ReportBegun(EventData):
    """An officer began the report."""

    year: int


@event("reports.edited", "修改一段文字：{said}")
@dataclass(frozen=True)
class ParagraphEdited(EventData):
    """The office put its own words in a paragraph: `said` as it reads, `text` with numbers as tokens."""

    key: str
    said: str
    text: str
    before: str


@event("reports.reset", "一段文字恢复为自动生成：原来是「{said}」")
@dataclass(frozen=True)
class ParagraphReset(EventData):
    """A paragraph was set back to what the figures say; `said` is how it read before."""

    key: str
    said: str
    before: str


@event("reports.dated", "落款日期定为{on}")
@dataclass(frozen=True)
class ReportDated(EventData):
    """The day under the signature was set."""

    on: str


@event("reports.rendered", "生成送审文件：{said}")
@dataclass(frozen=True)
class ReportRendered(EventData):
    """The files were rendered that are read, signed and published."""

    said: str
    files: list[dict[str, str]]


@event("reports.published", "发布年度报告，发布日期{published_on}")
@dataclass(frozen=True)
class ReportPublished(EventData):
    """The report is public."""

    published_on: str
    digest: str
