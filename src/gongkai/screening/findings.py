"""What screening says: findings, never with a number in clear, and the verdict on a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.documents import Where
from gongkai.screening.kinds import Kind, Severity


class Verdict(StrEnum):
    """What may happen with a file."""

    CLEAN = "clean"
    WARN = "warn"
    BLOCK = "block"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that may not, or perhaps should not, leave the house.

    `masked` is what was found with its identifying part replaced by stars; `note` says in Chinese what it is and why it
    is thought so. Neither they nor `where` ever hold a found number in clear.
    """

    kind: Kind
    severity: Severity
    where: Where
    masked: str
    note: str

    def as_json(self) -> dict[str, object]:
        """Give the finding as the command line's contract has it; places that are not known are left out."""
        place = self.where
        where = {
            "part": place.part,
            "page": place.page,
            "sheet": place.sheet,
            "cell": place.cell,
            "offset": place.offset,
            "member": place.member,
        }
        return {
            "kind": str(self.kind),
            "severity": str(self.severity),
            "where": {name: value for name, value in where.items() if value is not None},
            "masked": self.masked,
            "note": self.note,
        }


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict on a file that was read: its worst finding; information alone is clean."""
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return Verdict.BLOCK
    return Verdict.WARN if Severity.WARN in severities else Verdict.CLEAN
