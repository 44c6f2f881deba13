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

__all__ = ["Approval", "ApprovalState", "Chain", "ChainStep", "Decision", "FrozenCopy", "Opinion", "StepKind"]
