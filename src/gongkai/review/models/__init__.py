"""What review keeps: chains and the opinions given in them."""

from gongkai.review.models.chains import (
    Approval,
    ApprovalState,
    Chain,
    ChainStep,
    Decision,
    FrozenCopy,
    Opinion,
    StepKind,
)
from gongkai.review.models.screenings import (
    Ground,
    OverriddenFinding,
    Override,
    OverrideState,
    PublishedFinding,
    Screening,
    Verdict,
    Word,
    WordSeverity,
)

__all__ = [
    "Approval",
    "ApprovalState",
    "Chain",
    "ChainStep",
    "Decision",
    "FrozenCopy",
    "Ground",
    "Opinion",
    "OverriddenFinding",
    "Override",
    "OverrideState",
    "PublishedFinding",
    "Screening",
    "StepKind",
    "Verdict",
    "Word",
    "WordSeverity",
]
