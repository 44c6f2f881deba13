"""What review keeps: chains and the opinions given in them."""

from gongkai.review.models.chains import (
    Approval,
    ApprovalState,
    Chain,
    ChainStep,
    Decision,
    FrozenCopy,
    Opinion,
    SecrecyResult,
    StepKind,
)
from gongkai.review.models.presence import Presence
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
from gongkai.review.models.sheets import ApprovalSheet, SheetEntry

__all__ = [
    "Approval",
    "ApprovalSheet",
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
    "Presence",
    "PublishedFinding",
    "Screening",
    "SecrecyResult",
    "SheetEntry",
    "StepKind",
    "Verdict",
    "Word",
    "WordSeverity",
]
