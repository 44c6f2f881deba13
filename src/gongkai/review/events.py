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
