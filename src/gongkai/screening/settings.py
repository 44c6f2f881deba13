"""What an office may decide about screening and masking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.screening.kinds import KINDS, Kind, Severity


@dataclass(frozen=True, slots=True)
class Keep:
    """How many characters of a number stay readable at its beginning and at its end."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Masking:
    """How a masked copy is made.

    The defaults are the form that one city prescribes after a leak (domain facts, what-goes-wrong 3.1): telephone
    138****1234, identity number first two and last three, address down to the township.

    Attributes:
        resident_id, mobile, landline, bank_card, account, document: what stays readable of each number; `document`
            is for passports and permits.
        kinds: the kinds that are masked.
        names: whether the names of persons in columns and after labels that say so are masked (张*).
    """

    resident_id: Keep = Keep(2, 3)
    mobile: Keep = Keep(3, 4)
    landline: Keep = Keep(4, 2)
    bank_card: Keep = Keep(0, 4)
    account: Keep = Keep(0, 4)
    document: Keep = Keep(1, 3)
    kinds: frozenset[Kind] = frozenset(
        {
            Kind.RESIDENT_ID,
            Kind.MOBILE,
            Kind.BANK_CARD,
            Kind.ACCOUNT,
            Kind.PASSPORT,
            Kind.PERMIT,
            Kind.PLATE,
            Kind.ADDRESS,
            Kind.PERSONAL_HEADER,
        }
    )
    names: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Severities that differ from the defaults, and how masking is done."""

    severities: Mapping[Kind, Severity] = field(default_factory=dict)
    masking: Masking = Masking()

    def severity(self, kind: Kind) -> Severity:
        """Return the severity of a kind."""
        return self.severities.get(kind, KINDS[kind].severity)


DEFAULT = Settings()
