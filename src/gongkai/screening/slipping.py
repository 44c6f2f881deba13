"""Signs that the cells of a row do not stand under their own headers, as after a lost or added delimiter.

A header that names an amount excuses a long number. It may do so only for what looks like an amount, in a row that
fits its headers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.screening.checks import mobile_prefix
from gongkai.screening.folding import STARS, fold
from gongkai.screening.headers import PERSONAL, Column, column

SHORTEST = 11
"""Characters of the shortest number of a person that could pass as an amount."""

_LARGEST = 13  # digits before the point of the largest amount, area or count
_AMOUNT = re.compile(
    r"[\s'¥￥$€约共]*[+-]?(?P<whole>[0-9]+(?:,[0-9]{3})*)(?:\.[0-9]+)?\s*"
    r"(?:[万亿千百]?(?:元|块|平方米|平方公里|平米|㎡|m2|亩|公顷|户|套|人|件|份|次|个|吨|米)(?:整|人民币)?|[万亿%])?[\s。；;]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,，;；|、\t]+")
_NUMBER_SIGNS = re.compile(rf"[0-9{re.escape(STARS)}xX]")
_ENOUGH_SIGNS = 6


def is_amount(text: str) -> bool:
    """Tell whether a cell holds an amount, area or count alone, of a size that occurs."""
    found = _AMOUNT.fullmatch(fold(text))
    return found is not None and len(found["whole"].replace(",", "")) <= _LARGEST


def names_two(header: str) -> bool:
    """Tell whether one header names two columns, parted by a gap, one of them with numbers of persons."""
    parts = [part for part in _BETWEEN.split(fold(header).strip()) if part]
    if len(parts) < 2:
        return False
    kinds = {column(part) for part in parts} - {Column.OTHER}
    return len(kinds) > 1 and bool(kinds & PERSONAL)


def contradicts(kinds: Mapping[int, Column], texts: Mapping[int, str], number: int) -> bool:
    """Tell whether the other cells of a row say that its cells have moved.

    `kinds` is what the headers say of the columns, `texts` what stands in the row, `number` the column in question.
    The row has moved when a column of numbers of persons is without one, or holds one of another kind.
    """
    for other, kind in kinds.items():
        if other == number or kind not in (Column.IDENTITY, Column.PHONE, Column.ACCOUNT):
            continue
        text = fold(texts.get(other, ""))
        signs = len(_NUMBER_SIGNS.findall(text))
        if signs < _ENOUGH_SIGNS:
            return True
        digits = re.sub(r"[^0-9]", "", text)
        if kind is Column.PHONE and len(digits) in (15, 17, 18):
            return True
        if kind is Column.IDENTITY and len(digits) == SHORTEST and mobile_prefix(digits) is not None:
            return True
    return False
