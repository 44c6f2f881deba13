"""The release gate: nothing leaves the house unread.

What would be published (title, metadata, body, every attachment) is screened exactly as its bytes are; results are
kept by hash. A finding that blocks stops publication until it is masked, the file is replaced, or two officers let it
pass. docs/explanation and docs/reference/screening.md tell the rest.
"""

from gongkai.review.gate.results import (
    Examination,
    PartResult,
    examine,
    examine_many,
    look_before,
    refusals_of_gate,
    remember,
    words_of,
)

__all__ = [
    "Examination",
    "PartResult",
    "examine",
    "examine_many",
    "look_before",
    "refusals_of_gate",
    "remember",
    "words_of",
]
