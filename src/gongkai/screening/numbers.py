"""Numbers of persons in running text: identity, telephone, bank card, account.

A number may be written with gaps, dashes, full-width digits, line ends and cell borders inside. So a run of digits and
gaps is cut into groups of digits, and every sequence of groups that could be one number is tried: those that a checksum
or a birth date confirms in any grouping, others only in groupings that people use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gongkai.screening.checks import (
    PROVINCES,
    identity_check,
    is_bank_card,
    is_birth_date,
    is_credit_code,
    mobile_prefix,
)
from gongkai.screening.folding import BORDERS, CELL, CODES, ROW, STARS, fold
from gongkai.screening.kinds import Kind
from gongkai.screening.labels import (
    ACCOUNT,
    AFTER_AMOUNT,
    AMOUNT_LABEL,
    BEFORE_AMOUNT,
    BUILDING_PERMIT,
    CREDIT_CODE,
    IDENTITY,
    OTHER_NUMBER,
    PERSONAL,
    PHONE,
    Around,
    is_quantity,
)
from gongkai.screening.runs import GAP_LENGTH, Header, Hit, Run, no_header

_CARD_LENGTHS = range(15, 20)
_LONG_LENGTHS = (15, 16, 17, 18, 19)
_LENGTHS = (10, 11, 12, 13, *_LONG_LENGTHS)
_TWO_NUMBERS = 29  # digits of an identity number and a mobile number without a gap
_NEAR = 28  # characters before a number in which a word may say what it is
_ENDS = frozenset({CELL, CODES, "\n"})
_NAMED_PERMIT = re.compile("许可|代码|编码|备案")
_STARRED = re.compile(rf"[0-9{re.escape(STARS)}]+")
_LINK = re.compile(
    r"(?:https?://|www\.|(?P<doi>doi[ :]?)|(?<![^\s\"'(（])\.{0,2}/?(?=[a-z][\w.-]*[/?]))[!-~\u4e00-\u9fff]*$",
    re.IGNORECASE,
)
_BEGINS_ALONE = re.compile(r"(?:[/?&#:,;+(~]|[^!-~]|(?<!id)(?<![&?](?:ts|_t))(?<![&?][_trv])=)$", re.IGNORECASE)
_PAGE_AFTER = re.compile(r"\.(?:[sjd]?html?|aspx?|jspx?|php|do|action)\b|[a-z0-9_-]", re.IGNORECASE)
_STAR = re.compile(rf"[{re.escape(STARS)}]")
_AREA_BEFORE = re.compile(r"(?<![0-9-])(0(?:10|2[0-9]|[3-9][0-9]{2}))[)） -]{1,3}$")
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_MOBILE_SHAPES = frozenset(
    {(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 5, 3), (2, 3, 3, 3), (5, 6)}
)
_ID_SHAPES = frozenset({(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (6, 6, 6), (3, 3, 3, 3, 3, 3)})


def find(text: str, start: int, end: int, header: Header = no_header) -> list[Hit]:
    """Find the numbers in one run of digits and gaps."""
    if (alone := _alone(text, start, end, header)) is not None:
        return alone
    if _is_plain(text, start, end, header):
        return []
    run = Run(text, start, end, header)
    count = len(run.groups)
    hits: list[Hit] = []
    taken = [False] * count

    def take(hit: Hit, first: int, last: int) -> None:
        hits.append(hit)
        for each in range(first, last + 1):
            taken[each] = True

    # What a checksum confirms comes first: a part of an identity number can look like a telephone number.
    for index in range(count):
        found = None if taken[index] else _confirmed_identity(run, index, taken)
        if found is not None:
            take(found[0], index, found[1])
    for index in range(count):
        if not taken[index] and run.sizes[index] >= 7 and (hit := _one_group(run, index)) is not None:
            take(hit, index, index)
    for index in range(count - 1):
        found = None if taken[index] else _several_groups(run, index, taken)
        if found is not None:
            take(found[0], index, found[1])
    for index in range(count):
        if not taken[index] and (hit := _labelled(run, index, taken)) is not None:
            hits.append(hit)
    return hits


_ALONE = re.compile(rf"(1[3-9][0-9]{{9}}|[0-9]{{17}}[0-9Xx])[{re.escape(BORDERS + ROW)}]")
_FRAME = frozenset(BORDERS + ROW)


@lru_cache(maxsize=4096)
def _named(header: str) -> Kind | None:
    """Say of which kind the numbers under a header are, when it can be one kind only."""
    kinds = {kind for kind, pattern in ((Kind.RESIDENT_ID, IDENTITY), (Kind.MOBILE, PHONE)) if pattern.search(header)}
    others = (ACCOUNT, CREDIT_CODE, BUILDING_PERMIT, OTHER_NUMBER)
    return kinds.pop() if len(kinds) == 1 and not any(each.search(header) for each in others) else None


def _alone(text: str, start: int, end: int, header: Header) -> list[Hit] | None:
    """Judge quickly numbers each of which is alone in its cell under a header of its kind; None when there is more.

    The reason is speed: a list can hold a hundred thousand persons.
    """
    if start and text[start - 1] not in _FRAME:
        return None
    hits: list[Hit] = []
    while start < end:
        found = _ALONE.match(text, start)
        if found is None:
            return None
        kind, number = _named(header(start)), found[1]
        if kind is Kind.MOBILE and len(number) == 11:
            hits.append(Hit(kind, start, found.end(1), "手机号"))
        elif kind is Kind.RESIDENT_ID and len(number) == 18:
            if (
                not is_birth_date(number[6:14])
                or not identity_check(number)
                or is_credit_code(number)
                or _NAMED_PERMIT.search(text, max(0, start - _NEAR), start)
            ):
                return None
            hits.append(Hit(kind, start, found.end(1), "出生日期和校验码相符"))
        else:
            return None
        start = found.end()
    return hits


_SOLID = re.compile(r"([0-9]{7,})[^0-9０-９]*")
_NAMED = re.compile("[账帐卡通折话机系络电拨传热座移)）（(证照*＊×+-]|tel|phone|mobile", re.IGNORECASE)


def _is_plain(text: str, start: int, end: int, header: Header) -> bool:
    """Tell quickly that a number in one piece is none of a person: by its length, its beginning and what is near it.

    The reason is speed: a table can hold a million amounts and serial numbers.
    """
    found = _SOLID.fullmatch(text, start, end)
    if found is None or header(start):
        return False
    digits = found[1]
    if (
        len(digits) in (15, 17, 18)
        or len(digits) >= _TWO_NUMBERS
        or (len(digits) >= 11 and mobile_prefix(digits[:15]) is not None)
    ):
        return False
    if len(digits) in _CARD_LENGTHS and digits[0] in "34569":
        return False
    return _NAMED.search(text, max(0, start - _NEAR), start) is None and not _STAR.match(text[end : end + 1])


def _confirmed_identity(run: Run, first: int, taken: Sequence[bool]) -> tuple[Hit, int] | None:
    """Find an identity number that its check character confirms, however it is split."""
    offset = run.offsets[first]
    if run.joined[offset + 6 : offset + 8] not in ("19", "20"):
        return None
    for length in (18, 17):
        last = run.last(first, length)
        if not first <= last <= run.reach_certain[first] or any(taken[first : last + 1]):
            continue
        start, end = run.span(first, last)
        digits = run.digits(first, last)
        if length == 17:
            end = run.check_letter(last)
            digits += "X"
        if end:  # a letter that touches it does not make it another number: the check character says what it is
            hit = _identity(run, digits, start, end, first, last)
            if hit is not None and hit.certain:
                return hit, last
    return None


def _one_group(run: Run, index: int) -> Hit | None:
    """Judge a number that is written in one piece."""
    digits = run.groups[index][1]
    length = len(digits)
    start, end = run.span(index, index)
    if run.touches_letters(index, index) and not run.around(index, index).says(PERSONAL):
        return None
    if (starred := _badly_masked(run, start, end)) is not None:
        return starred
    if length == 17 and (letter := run.check_letter(index)):
        return _identity(run, digits + "X", start, letter, index, index)
    if length == 18 and (hit := _identity(run, digits, start, end, index, index)) is not None:
        return hit
    if length >= _TWO_NUMBERS and any(_is_identity(part) for part in (digits[:18], digits[-18:])):
        return Hit(Kind.RESIDENT_ID, start, end, "身份证号与别的号码连写")
    if length == 15 and (hit := _old_identity(run, digits, start, end, index, index)) is not None:
        return hit
    if length in _CARD_LENGTHS and is_bank_card(digits):
        other = _is_other(run, index, index) or _is_amount(run, start, end)
        return None if other else Hit(Kind.BANK_CARD, start, end, "发卡行前缀和校验位相符")
    if 11 <= length <= 15 and (skip := mobile_prefix(digits)) is not None:
        around = run.around(index, index)
        if not _is_amount(run, start, end) and (around.says(PHONE) or not around.says(OTHER_NUMBER)):
            return Hit(Kind.MOBILE, start + skip, end, "手机号")
    if length in (10, 11, 12) and _AREA.match(digits) and digits[3 if digits[:2] in ("01", "02") else 4] in "2345678":
        return Hit(Kind.LANDLINE, start, end, "带区号的固定电话") if run.around(index, index).says(PHONE) else None
    if length in (7, 8) and digits[0] in "2345678":
        area = _AREA_BEFORE.search(fold(run.text[max(0, start - 9) : start]))
        if area is not None:
            return Hit(Kind.LANDLINE, start - len(area.group()), end, "带区号的固定电话")
        if run.around(index, index).says(PHONE):
            return Hit(Kind.LANDLINE, start, end, "「电话」后面的号码")
    return None


def _several_groups(run: Run, first: int, taken: Sequence[bool]) -> tuple[Hit, int] | None:
    """Judge the numbers that begin with a group and go on over gaps; give the first that holds, certain ones first."""
    weak: tuple[Hit, int] | None = None
    begins = run.joined[run.offsets[first]]
    for length in _LENGTHS if begins in "018" else _LONG_LENGTHS:
        last = run.last(first, length)
        if not first < last <= run.reach_certain[first] or any(taken[first : last + 1]):
            continue
        hit = _joined(run, first, last, certain_only=last > run.reach_any[first])
        if hit is None:
            continue
        if hit.certain:
            return hit, last
        weak = weak or (hit, last)
    if weak is None and begins == "1" and run.sizes[first : first + 3] == [3, 4, 4]:
        return _dotted(run, first, taken)
    return weak


def _dotted(run: Run, first: int, taken: Sequence[bool]) -> tuple[Hit, int] | None:
    """Judge a mobile number that is written with dots; other numbers with dots in them are fractions or versions."""
    last = first + 2
    digits = run.digits(first, last)
    if run.gap(first) != "." or run.gap(first + 1) != "." or any(taken[first : last + 1]) or mobile_prefix(digits) != 0:
        return None
    start, end = run.span(first, last)
    if run.touches_letters(first, last) or _is_amount(run, start, end):
        return None
    return Hit(Kind.MOBILE, start, end, "手机号，中间有间隔"), last


def _joined(run: Run, first: int, last: int, *, certain_only: bool) -> Hit | None:
    """Judge one sequence of groups."""
    start, end = run.span(first, last)
    digits, sizes = run.digits(first, last), run.sizes[first : last + 1]
    length = len(digits)
    if run.touches_letters(first, last) and not run.around(first, last).says(PERSONAL):
        return None
    if length == 17 and (letter := run.check_letter(last)):
        return _identity(run, digits + "X", start, letter, first, last, sizes=[*sizes, 1])
    if length == 18 and (hit := _identity(run, digits, start, end, first, last, sizes=sizes)) is not None:
        return hit
    if (
        length in range(16, 20)
        and is_bank_card(digits)
        and not (_is_other(run, first, last) or _is_amount(run, start, end))
    ):
        return Hit(Kind.BANK_CARD, start, end, "发卡行前缀和校验位相符")
    if certain_only:
        return None
    if length in (11, 13) and (skip := mobile_prefix(digits)) is not None:
        shape = list(sizes)
        if skip:
            if shape[0] != skip:
                return None
            shape, start = shape[1:], run.span(first + 1, last)[0]
        if _is_shape(run, shape, last) and not _is_amount(run, start, end) and not _is_other(run, first, last):
            return Hit(Kind.MOBILE, start, end, "手机号，中间有间隔", certain=len(shape) > 1)
    if len(sizes) == 2 and sizes[0] in (3, 4) and sizes[1] in (7, 8) and _AREA.fullmatch(run.groups[first][1]):
        clear = not fold(run.text[max(0, start - 1) : start]).endswith("-")
        if clear and run.groups[last][1][0] in "2345678":
            return Hit(Kind.LANDLINE, start, end, "带区号的固定电话", certain=False)
    if length == 15 and sizes in ([6, 6, 3], [6, 9], [3, 3, 3, 3, 3], [1] * 15):
        return _old_identity(run, digits, start, end, first, last)
    return None


def _is_shape(run: Run, sizes: list[int], last: int) -> bool:
    """Tell whether a mobile number is grouped as people, line ends, cells or wide letter spacing group it."""
    if tuple(sizes) in _MOBILE_SHAPES or len(sizes) <= 2:
        return True
    if len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0] and sizes[0] <= 2:
        return True
    merged = [sizes[0]]
    first = last - len(sizes) + 1
    for offset, size in enumerate(sizes[1:]):
        if "\n" in run.gap(first + offset):
            merged[-1] += size
        else:
            merged.append(size)
    return len(merged) < len(sizes) and (tuple(merged) in _MOBILE_SHAPES or len(merged) <= 2)


def _labelled(run: Run, first: int, taken: Sequence[bool]) -> Hit | None:
    """Judge a number by the word before it alone: an account, which has no checksum of its own."""
    gap = run.gap(first - 1) if first and not taken[first - 1] else CELL
    if len(gap) <= GAP_LENGTH and not set(gap) & _ENDS:
        return None  # inside a longer number that was judged from its beginning
    last, length = first, run.sizes[first]
    while last + 1 < len(run.groups) and not taken[last + 1]:
        gap = run.gap(last)
        if len(gap) > 2 or CELL in gap or CODES in gap or "." in gap or ("\n" in gap and length >= 8):
            break
        last += 1
        length += run.sizes[last]
    if length > 24:
        last, length = first, run.sizes[first]
    if not 8 <= length <= 30:
        return None
    if run.around(first, last).says(ACCOUNT) and not run.touches_letters(first, last):
        start, end = run.span(first, last)
        return Hit(Kind.ACCOUNT, start, end, "「账号」或「卡号」后面的号码")
    return None


def _identity(
    run: Run, digits: str, start: int, end: int, first: int, last: int, sizes: Sequence[int] = ()
) -> Hit | None:
    """Judge 18 characters: the birth date must be one; the check character makes it certain."""
    if not is_birth_date(digits[6:14]):
        return None
    around = run.around(first, last)
    credit_code = is_credit_code(digits)
    if identity_check(digits):
        if credit_code and (around.says(CREDIT_CODE) or around.after.startswith("/")):
            return None
        named = around.header or _NAMED_PERMIT.search(run.text, max(0, start - _NEAR), start)
        if (named and around.says(BUILDING_PERMIT)) or (_decimal(run, start, end) and not around.says(IDENTITY)):
            return None
        return Hit(Kind.RESIDENT_ID, start, end, "出生日期和校验码相符")
    labelled = around.says(IDENTITY)
    if credit_code or (digits[:2] not in PROVINCES and not labelled):
        return None
    if sizes and tuple(sizes) not in _ID_SHAPES and len(sizes) > 2 and set(sizes) != {1}:
        return None
    if not labelled and (
        around.says(OTHER_NUMBER) or around.says(CREDIT_CODE) or _is_amount(run, start, end)
        or (len(sizes) > 1 and "." in run.folded)
    ):  # fmt: skip
        return None
    if digits.endswith("000"):
        return Hit(Kind.RESIDENT_ID, start, end, "疑似，末三位为000，可能被电子表格截断", certain=False)
    return Hit(Kind.RESIDENT_ID, start, end, "疑似，校验码不符", certain=False)


def _is_identity(digits: str) -> bool:
    return digits[:2] in PROVINCES and is_birth_date(digits[6:14]) and identity_check(digits)


def _old_identity(run: Run, digits: str, start: int, end: int, first: int, last: int) -> Hit | None:
    """Judge 15 digits: a birth date with a year of two digits and a province; there is no check character."""
    if not is_birth_date("19" + digits[6:12]):
        return None
    around = run.around(first, last)
    if around.says(IDENTITY):
        return Hit(Kind.RESIDENT_ID, start, end, "15位旧号码")
    if digits[:2] not in PROVINCES or _is_amount(run, start, end):
        return None
    if around.says(OTHER_NUMBER) or around.says(CREDIT_CODE):
        return None
    return Hit(Kind.RESIDENT_ID, start, end, "疑似15位旧号码", certain=False)


def _badly_masked(run: Run, start: int, end: int) -> Hit | None:
    """Judge a number with stars in it that hide too little of it."""
    text = run.text
    neighbours = text[max(0, start - 1) : start] + text[end : end + 1]
    if not _STAR.search(neighbours):
        return None
    left, right = max(0, start - 18), min(len(text), end + 18)
    window = fold(text[left:right])
    for found in _STARRED.finditer(window):
        if not (found.start() <= start - left and found.end() >= end - left):
            continue
        number, hidden = found.group(), len(_STAR.findall(found.group()))
        if len(number) in (17, 18) and hidden < MIN_HIDDEN_IDENTITY:
            return Hit(Kind.RESIDENT_ID, left + found.start(), left + found.end(), "遮盖不够", certain=False)
        if len(number) == 11 and number[0] == "1" and hidden < MIN_HIDDEN_MOBILE:
            return Hit(Kind.MOBILE, left + found.start(), left + found.end(), "遮盖不够", certain=False)
    return None


MIN_HIDDEN_IDENTITY = 6
"""An identity number with fewer hidden characters than these counts as not masked."""
MIN_HIDDEN_MOBILE = 4
"""A mobile number with fewer hidden digits than these counts as not masked."""


def _decimal(run: Run, start: int, end: int) -> bool:
    """Tell whether a number is a part of a decimal fraction."""
    text = run.text
    before, after = fold(text[max(0, start - 2) : start]), fold(text[end : end + 2])
    return bool(re.search(r"\d\.$", before) or re.match(r"\.\d", after))


def _is_amount(run: Run, start: int, end: int) -> bool:
    """Tell whether a number is written as an amount, an area or a count, stands under a header that names one, or is a
    part of a link. A word for a telephone right before it says more than the unit after it."""
    text = run.text
    if _is_part_of_link(text, start, end):
        return True
    words = Around(text, start, end)
    if words.says(PHONE) and not words.says(AMOUNT_LABEL):
        return False
    if AFTER_AMOUNT.match(fold(text[end : end + 4])) or BEFORE_AMOUNT.search(fold(text[max(0, start - 6) : start])):
        return True
    around = Around(text, start, end, run.header(start))
    return is_quantity(around.header) if around.header else around.says(AMOUNT_LABEL)


def _is_part_of_link(text: str, start: int, end: int) -> bool:
    """Tell whether a number is a part of a web address, such as the number of a page. One that stands by itself between
    the signs that part an address is none: `?tel=` and a file named by a telephone number say it of a person."""
    found = _LINK.search(text, max(0, start - 80), start)
    if found is None:
        return False
    if found["doi"] or _PAGE_AFTER.match(text, end):
        return True
    return _BEGINS_ALONE.search(text, max(0, start - 4), start) is None


def _is_other(run: Run, first: int, last: int) -> bool:
    """Tell whether the words around a number say that it is a number of another kind."""
    around = run.around(first, last)
    if around.says(ACCOUNT) or around.says(PHONE):
        return False
    return around.says(OTHER_NUMBER) or around.says(CREDIT_CODE)
