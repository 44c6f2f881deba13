"""What may not leave the house: personal data, marks of secrecy, words of a list, hidden content. Pure: no Django.

`screen` looks through a document of `gongkai.documents`; `mask` makes a copy in which nothing of it is left.
docs/reference/screening.md lists kinds, severities and places.
"""

from __future__ import annotations

from gongkai.screening.findings import Finding, Verdict, verdict
from gongkai.screening.kinds import KINDS, PARTS, Kind, Severity
from gongkai.screening.masking import MASKABLE, NotMasked, mask
from gongkai.screening.screening import OutOfTime, safe_text, screen
from gongkai.screening.settings import DEFAULT, Keep, Masking, Settings
from gongkai.screening.words import WordList

__all__ = [
    "DEFAULT",
    "KINDS",
    "MASKABLE",
    "PARTS",
    "Finding",
    "Keep",
    "Kind",
    "Masking",
    "NotMasked",
    "OutOfTime",
    "Settings",
    "Severity",
    "Verdict",
    "WordList",
    "mask",
    "safe_text",
    "screen",
    "verdict",
]
