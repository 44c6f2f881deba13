"""Passports, travel permits, vehicle plates and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.folding import fold
from gongkai.screening.kinds import Kind
from gongkai.screening.labels import OTHER_NUMBER, PASSPORT, PERMIT, Around
from gongkai.screening.runs import Header, Hit, no_header

_GAP = r"[ -]?"
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,3})[ -]?([0-9](?:[ -]?[0-9]){6,11})(?![0-9A-Za-z])")
_WORTH = re.compile(r"[A-ZＡ-Ｚ][ \-]?[0-9０-９]")
_REACH = 28  # characters before a run in which a word may say what it is
_BARE_NUMBER = re.compile(r"(?<![A-Za-z0-9０-９])([0-9０-９]{8}(?:[0-9０-９]{2})?)(?![0-9A-Za-z０-９])")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"(?:19|20)\d\d")
PLATE_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{PLATE_PROVINCES}]{_GAP}([A-HJ-NP-Z])[ ·•・.-]?"
    r"((?:[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳领试超])|[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF])"
    r"(?![A-Za-z0-9])"
)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9])")


def find(text: str, start: int, end: int, header: Header = no_header) -> Iterator[Hit]:
    """Find passports and permits in one run of letters, digits and gaps."""
    if _WORTH.search(text, start, end) is None and (
        _BARE_NUMBER.search(text, start, end) is None
        or "证" not in text[max(0, start - _REACH) : start] + header(start)
    ):
        return
    folded = fold(text[start:end])
    for found in _CODE.finditer(folded):
        letters, digits = found[1], re.sub("[ -]", "", found[2])
        place = start + found.start(), start + found.end()
        around = Around(text, *place, header(place[0]))
        if (kind := _document(letters, digits, around)) is not None:
            yield Hit(
                kind,
                *place,
                "「护照」或「通行证」后面的号码" if around.says(PASSPORT) or around.says(PERMIT) else "格式相符",
            )
    for found in _BARE_NUMBER.finditer(folded):
        place = start + found.start(), start + found.end()
        if Around(text, *place, header(place[0])).says(PERMIT):
            yield Hit(Kind.PERMIT, *place, "「通行证」后面的号码")


def _document(letters: str, digits: str, around: Around) -> Kind | None:
    """Judge letters followed by digits; without a word beside them only forms that hardly mean anything else count."""
    if around.says(PASSPORT):
        return Kind.PASSPORT if len(letters) <= 2 and 6 <= len(digits) <= 9 else None
    if around.says(PERMIT):
        return Kind.PERMIT
    if around.says(OTHER_NUMBER) or _DATE.match(digits) or _YEAR.match(digits):
        return None
    length = len(digits)
    if (letters in ("E", "G") and length == 8) or (len(letters) == 2 and letters[0] == "E" and length == 7):
        return Kind.PASSPORT
    if (letters in ("H", "M") and length in (8, 10)) or (letters == "C" and length == 8):
        return Kind.PERMIT
    if len(letters) == 2 and letters[0] == "C" and length == 7 and letters[1] not in "IO":
        return Kind.PERMIT
    return None


def find_plates(text: str, candidates: Iterator[re.Match[str]]) -> Iterator[Hit]:
    """Find vehicle plates; a candidate is a province's character with a letter after it."""
    for candidate in candidates:
        start = candidate.start()
        found = _PLATE.match(fold(text[start : start + 14]))
        if found is None or sum(character.isdigit() for character in found[2]) < 2:
            continue
        yield Hit(Kind.PLATE, start, start + found.end(), "格式相符")


def find_emails(text: str) -> Iterator[Hit]:
    """Find e-mail addresses, by their sign, so that a text without one costs nothing."""
    for sign in "@\uff20":
        position = text.find(sign)
        while position >= 0:
            if not (text[max(0, position - 1) : position].isalnum() and text[position + 1 : position + 2].isalnum()):
                position = text.find(sign, position + 1)
                continue
            if text.find(".", position, position + 128) < 0 and text.find("\uff0e", position, position + 128) < 0:
                position = text.find(sign, position + 1)
                continue
            left = max(0, position - 64)
            for found in _EMAIL.finditer(fold(text[left : position + 128])):
                if found.start() <= position - left < found.end():
                    yield Hit(Kind.EMAIL, left + found.start(), left + found.end(), "邮箱地址")
                    break
            position = text.find(sign, position + 1)
