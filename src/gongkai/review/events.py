"""What happens in approvals and to chains."""

from dataclasses import dataclass
from typing import Any

from gongkai.audit.events import EventData, event


@event("review.chain_defined", "设定审核流程「{name}」")
@dataclass(frozen=True)
class ChainDefined(EventData):
    """An agency's chain for a kind of content was set."""

    name: str
    object_kind: str
    steps: list[dict[str, Any]]


@event("review.submitted", "送审，内容摘要 {digest:.12}")
@dataclass(frozen=True)
class Submitted(EventData):
    """Content was put into its chain."""

    digest: str
    approval: str


@event("review.agreed", "{label}：同意，内容摘要 {digest:.12}")
@dataclass(frozen=True)
class Agreed(EventData):
    """A step agreed to exactly this content."""

    label: str
    post_title: str
    digest: str
    text: str


@event("review.sheet_printed", "打印{number}，送{label}签批")
@dataclass(frozen=True)
class SheetPrinted(EventData):
    """The content went on a sheet for leaders who sign paper."""

    number: str
    label: str
    digest: str


@event("review.sheet_voided", "{number}作废：{reason}")
@dataclass(frozen=True)
class SheetVoided(EventData):
    """What was printed is no longer what is there."""

    number: str
    reason: str


@event("review.signed_on_paper", "{label}：{name}于{signed_on}纸质签批{decision}，由录入人对照{number}登记")
@dataclass(frozen=True)
class SignedOnPaper(EventData):
    """An officer who did not draft entered what a person signed on a printed sheet."""

    label: str
    name: str
    post_title: str
    decision: str
    signed_on: str
    number: str
    digest: str
    scan: str
    text: str


@event("review.returned", "{label}：退回，{text}")
@dataclass(frozen=True)
class Returned(EventData):
    """A step sent the content back to its drafter."""

    label: str
    post_title: str
    digest: str
    text: str


@event("review.recalled", "起草人收回，{text}")
@dataclass(frozen=True)
class Recalled(EventData):
    """The drafter took the content out of its chain."""

    digest: str
    text: str


@event("review.changed", "{label}修改了内容，新摘要 {digest:.12}，须重新逐级确认")
@dataclass(frozen=True)
class Changed(EventData):
    """Whoever holds a step edited the content; opinions on older content count no more."""

    label: str
    before: str
    digest: str


@event("review.override_asked", "提出放行 {count} 处发现，依据：{ground}。{text}")
@dataclass(frozen=True)
class OverrideAsked(EventData):
    """An officer asked that findings pass. `findings` are told masked."""

    override: str
    digest: str
    ground: str
    text: str
    count: int
    findings: list[str]


@event("review.override_confirmed", "确认放行 {count} 处发现，依据：{ground}")
@dataclass(frozen=True)
class OverrideConfirmed(EventData):
    """A second officer confirmed that findings pass."""

    override: str
    digest: str
    ground: str
    count: int


@event("review.override_declined", "不同意放行：{text}")
@dataclass(frozen=True)
class OverrideDeclined(EventData):
    """A second officer did not agree that findings pass."""

    override: str
    text: str


@event("review.text_masked", "遮盖名称和正文中的号码")
@dataclass(frozen=True)
class TextMasked(EventData):
    """Numbers of persons in title and body were covered; `before` is the content that was masked."""

    before: str


@event("review.file_masked", "附件「{name}」换成遮盖后的副本")
@dataclass(frozen=True)
class FileMasked(EventData):
    """A masked copy took the place of an attachment; `before` is the SHA-256 of the original."""

    name: str
    before: str


@event("review.word_added", "词表加入「{text}」，发现时{severity}")
@dataclass(frozen=True)
class WordAdded(EventData):
    """A word was put on the office's list."""

    text: str
    severity: str


@event("review.word_removed", "词表移出「{text}」，原来发现时{severity}")
@dataclass(frozen=True)
class WordRemoved(EventData):
    """A word was taken off the office's list."""

    text: str
    severity: str


@event("review.found_in_public", "复查已公开的内容，发现 {count} 处不应公开的内容")
@dataclass(frozen=True)
class FoundInPublic(EventData):
    """A look through what is public found something that should not be there."""

    digest: str
    count: int


@event("review.found_settled", "已公开内容中的发现已处理：{how}")
@dataclass(frozen=True)
class FoundSettled(EventData):
    """What was found in public content is settled."""

    how: str
