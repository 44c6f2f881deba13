"""Whether a figure may be printed: its register has records, was confirmed empty, or says nothing yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.periods.registers import REGISTERS, confirmed, has_records


class State(StrEnum):
    """What a value stands on (design §8). The codes are part of the command-line contract."""

    HEADING = "heading"
    COUNTED = "counted"
    CONFIRMED_ZERO = "confirmed_zero"
    SOURCED = "sourced"
    BLANK = "blank"


STATE_LABELS: dict[State, str | Promise] = {
    State.HEADING: "",
    State.COUNTED: gettext_lazy("按记录计数"),
    State.CONFIRMED_ZERO: gettext_lazy("已确认无事项"),
    State.SOURCED: gettext_lazy("按来源单据"),
    State.BLANK: gettext_lazy("未填"),
}


class RegisterYear:
    """All registers of some agencies in one year, read with one statement a register and one for the confirmations."""

    def __init__(self, agency_ids: Collection[int], year: int) -> None:
        self._counts = {code: has_records(code, agency_ids, year) for code in REGISTERS}
        self._confirmed = confirmed(agency_ids, year)

    def state(self, agency_id: int, registers: Collection[str], value: object) -> State:
        """The state of a figure that stands on some registers.

        A value above zero is its own proof: a record may belong to the figure by one day and to the register's year
        by another.
        """
        if value or any(self._counts[code][agency_id] for code in registers):
            return State.COUNTED
        if registers and not self.silent(agency_id, registers):
            return State.CONFIRMED_ZERO
        return State.BLANK

    def silent(self, agency_id: int, registers: Iterable[str]) -> list[str]:
        """The registers without a record and without a confirmation."""
        return [
            code for code in registers if not self._counts[code][agency_id] and (agency_id, code) not in self._confirmed
        ]


def warning(register: str) -> str:
    """The sentence about a register that leaves figures blank."""
    return _(
        "「%(register)s」登记簿本年度没有记录，也没有确认无事项，相应数值留空。请补登记录，或确认本年度无事项。"
    ) % {"register": REGISTERS[register].label}
