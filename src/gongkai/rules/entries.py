"""What was entered into the cells of a statistics table, as exact numbers.

The form expects a number in every value cell (RT-06, ST-91); people also leave cells blank or write "/" for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.rules.errors import InvalidValue
from gongkai.rules.expressions import Cells, Exact
from gongkai.rules.indicators import IndicatorTable

# What people write into a cell instead of a number, to say "none"; RT-06 and ST-91 report it.
NO_NUMBER = frozenset({"/", "／", "\\", "-", "—", "——", "－", "–", "无"})
LARGEST = 10**15


def exact(form: IndicatorTable, table: Mapping[str, object]) -> dict[str, Exact | str | None]:
    """Return the table as exact numbers; a number that is not finite and a text such as "/" stay what they are.

    Raises `UnknownIndicator` for a code that the form does not have and `InvalidValue` for what is no number.
    """
    entered: dict[str, Exact | str | None] = {}
    known = form.by_code
    for code, value in table.items():
        if code not in known:
            form.indicator(code)
        if type(value) is int and -LARGEST < value < LARGEST:
            entered[code] = value
        else:
            entered[code] = _exact_entry(code, value)
    return entered


def _exact_entry(code: str, value: object) -> Exact | str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and value.strip() in NO_NUMBER:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise InvalidValue(f"第{code}行的值「{value}」不是数，请填写数字或者留空。")
    number: Exact = Decimal(str(value)) if isinstance(value, float) else value
    if (isinstance(number, int) or number.is_finite()) and not -LARGEST < number < LARGEST:
        raise InvalidValue(f"第{code}行的值过大，请核对后重新填写。")
    return number


def countable(entered: Mapping[str, Exact | str | None]) -> Cells:
    """Leave out what is no finite number, which ST-91 and RT-06 report."""
    return {
        code: value if isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite()) else None
        for code, value in entered.items()
    }
