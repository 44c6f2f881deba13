"""Everything that can be found in a text, in few passes over it: cheap patterns name candidates, slow ones judge them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening import addresses, codes, details, numbers
from gongkai.screening.folding import CELL, CODES, DASHES, SPACES
from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Header, Hit, no_header

_INSIDE = re.escape(SPACES + DASHES + CELL + CODES + ".")
# A run of at least six digits, letters and gaps. It begins with a digit or a letter because then the expression
# engine skips all else at the speed of a character search.
_RUN = re.compile(rf"[0-9A-ZＡ-Ｚ０-９][0-9A-Za-zＡ-Ｚａ-ｚ０-９{_INSIDE}]{{5,}}+")
_PLATE = re.compile(rf"[{codes.PLATE_PROVINCES}][ \-]?[A-HJ-NP-ZＡ-Ｚ][ ·•・.\-0-9A-ZＡ-Ｚ０-９]")
_ENOUGH_DIGITS = re.compile(r"(?:[^0-9０-９]*+[0-9０-９]){7}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[-.][0-9]{1,2}[-.][0-9]{1,2}[^0-9０-９]*")
_PIECE, _OVERLAP = 4_000, 120  # characters
_RANK = {
    Kind.RESIDENT_ID: 0,
    Kind.BANK_CARD: 1,
    Kind.MOBILE: 2,
    Kind.PASSPORT: 3,
    Kind.PERMIT: 4,
    Kind.PLATE: 5,
    Kind.ACCOUNT: 6,
    Kind.EMAIL: 7,
    Kind.LANDLINE: 8,
    Kind.ADDRESS: 9,
    Kind.SENSITIVE_DETAIL: 10,
}


def find(text: str, header: Header = no_header) -> list[Hit]:
    """Find personal data in a text, in order; of hits that overlap the stronger kind stays.

    Cells of a row are separated by one of `folding.BORDERS`, rows by `folding.ROW`; `header` knows the header above an
    offset.
    """
    hits: list[Hit] = []
    for start, end in _runs(text):
        if _ENOUGH_DIGITS.match(text, start, end) is None or _DAY.fullmatch(text, start, end) is not None:
            continue
        hits.extend(numbers.find(text, start, end, header))
        hits.extend(codes.find(text, start, end, header))
    hits.extend(codes.find_plates(text, _PLATE.finditer(text)))
    hits.extend(codes.find_emails(text))
    hits.extend(addresses.find_all(text, (found.start() for found in addresses.CANDIDATE.finditer(text))))
    hits.extend(details.find(text, details.CANDIDATE.finditer(text)))
    return _without_overlaps(hits)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of digits, letters and gaps in a text; long ones, such as a page in English, in pieces that overlap."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        while end - start > _PIECE:
            stop = start + _PIECE
            while stop < end and text[stop].isalnum():
                stop += 1
            yield start, stop
            following = stop - _OVERLAP
            while following < stop and text[following - 1].isalnum():
                following += 1
            start = following
        yield start, end


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    """Keep the stronger of two hits that share characters; an e-mail address made of a telephone number stays that."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, _RANK[each.kind])):
        while kept and kept[-1].end > hit.start:
            if _RANK[kept[-1].kind] <= _RANK[hit.kind]:
                break
            kept.pop()
        else:
            kept.append(hit)
    return kept
