"""Covering: which characters of what was found become stars. Every character keeps its place."""

from __future__ import annotations

from gongkai.screening.addresses import township_end
from gongkai.screening.folding import BORDERS, ROW
from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Hit
from gongkai.screening.settings import Keep, Masking

STAR = "*"
_NUMBERS = frozenset({Kind.RESIDENT_ID, Kind.MOBILE, Kind.BANK_CARD, Kind.ACCOUNT, Kind.PASSPORT, Kind.PERMIT})
_FRAME = BORDERS + ROW + "\n\r"


def covered(text: str, hit: Hit, masking: Masking) -> list[int]:
    """Give the offsets in a text that have to be covered so that the hit is masked."""
    inside = range(hit.start, hit.end)
    if hit.kind is Kind.ADDRESS:
        begin = hit.start + township_end(text[hit.start : hit.end])
        return [offset for offset in range(begin, hit.end) if text[offset] not in _FRAME]
    if hit.kind is Kind.EMAIL:
        at = max(text.find("@", hit.start, hit.end), text.find("\uff20", hit.start, hit.end))
        return list(range(hit.start + 1, at)) if at > hit.start + 1 else list(range(hit.start, at))
    if hit.kind is Kind.SENSITIVE_DETAIL:
        return [offset for offset in inside if text[offset] not in _FRAME]
    if hit.kind is Kind.PLATE:
        return [offset for offset in inside if text[offset].isalnum()][2:-1]
    signs = [offset for offset in inside if text[offset].isalnum() or text[offset] == STAR]
    keep = _keep(hit.kind, masking)
    if len(signs) <= keep.first + keep.last + 2:
        keep = Keep(0, min(2, keep.last))
    return signs[keep.first : len(signs) - keep.last]


def _keep(kind: Kind, masking: Masking) -> Keep:
    if kind is Kind.RESIDENT_ID:
        return masking.resident_id
    if kind is Kind.MOBILE:
        return masking.mobile
    return {
        Kind.LANDLINE: masking.landline,
        Kind.BANK_CARD: masking.bank_card,
        Kind.ACCOUNT: masking.account,
        Kind.PASSPORT: masking.document,
        Kind.PERMIT: masking.document,
    }.get(kind, Keep(0, 0))


def cover(text: str, offsets: list[int]) -> str:
    """Replace characters at offsets by stars."""
    if not offsets:
        return text
    characters = list(text)
    for offset in offsets:
        characters[offset] = STAR
    return "".join(characters)


def shown(text: str, hit: Hit, masking: Masking) -> str:
    """Give what was found in the form in which it may be printed: covered, on one line, without gaps."""
    if hit.kind in _NUMBERS and (number := text[hit.start : hit.end]).isalnum():
        keep = _keep(hit.kind, masking)
        hidden = len(number) - keep.first - keep.last
        if hidden > 2:  # the usual case, and the reason is speed: there may be a hundred thousand of them
            return number[: keep.first] + STAR * hidden + number[keep.first + hidden :]
    piece = cover(text[hit.start : hit.end], [each - hit.start for each in covered(text, hit, masking)])
    return "".join(character for character in piece if character.isprintable() and not character.isspace())
