"""Which characters of texts and tables are covered in a masked copy. Every text keeps its length."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from gongkai.documents import Cell, Table
from gongkai.screening import covering, headers, scanning
from gongkai.screening.addresses import township_end
from gongkai.screening.folding import fold
from gongkai.screening.headers import Column
from gongkai.screening.kinds import Kind
from gongkai.screening.runs import Hit
from gongkai.screening.settings import Keep, Settings
from gongkai.screening.streams import Grid, Heads, Row, grids

_SECONDS = 20.0  # processor time for one copy
_ROUNDS = 4  # covering one number can bring another to light; this many always suffice for what was seen
_LABELLED_NAME = re.compile(
    r"(?:姓名|申请人|联系人|户主|承租人|当事人|患者|收款人)[ 　]{0,4}[:：][ 　]{0,4}([一-鿿]{2,4})(?![一-鿿])"
)
_WHOLE = re.compile(r"[0-9]{7,}[Xx]?")


class NotMasked(Exception):
    """No masked copy was made; the message is one sentence in Chinese that says why and what to do."""


class Covers:
    """Covers texts and remembers what was covered, so that the copy can be searched for it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._until = time.thread_time() + _SECONDS
        self.secrets: set[str] = set()
        """The covered numbers in plain digits. They stay in memory and go into no message."""

    def look_for(self, text: str) -> None:
        """Remember what is found in a text that is left out, so that the copy is searched for it too."""
        for hit in scanning.find(text):
            if hit.kind in self.settings.masking.kinds:
                self._remember(text[hit.start : hit.end])

    def _check_time(self) -> None:
        if time.thread_time() > self._until:
            raise NotMasked("文件内容过多，没有遮盖完。请拆成几个较小的文件后再试。")

    def is_told(self, text: str) -> bool:
        """Tell whether a text that cannot be covered in its place, such as an address, holds what is to be covered."""
        return any(hit.kind in self.settings.masking.kinds for hit in scanning.find(text))

    def text(self, text: str) -> str:
        """Return a text with what is found in it covered."""
        for _round in range(_ROUNDS):
            self._check_time()
            offsets = [each for hit in scanning.find(text) for each in self._offsets(text, hit)]
            offsets += self._labelled_names(text)
            if not offsets:
                return text
            text = covering.cover(text, offsets)
        return text

    def pieces(self, pieces: Sequence[str], breaks: Sequence[bool]) -> list[str]:
        """Return pieces of one text covered; `breaks` says after which a line ends."""
        joined = "".join(piece + ("\n" if ends else "") for piece, ends in zip(pieces, breaks, strict=True))
        joined = self.text(joined)
        found, position = [], 0
        for piece, ends in zip(pieces, breaks, strict=True):
            found.append(joined[position : position + len(piece)])
            position += len(piece) + ends
        return found

    def table(self, table: Table) -> dict[tuple[int, int], str]:
        """Return the cells of a table, by row and column, whose text is changed by covering."""
        changed: dict[tuple[int, int], str] = {}
        heads = Heads.of(table)
        for grid in grids(table):
            for _round in range(_ROUNDS):
                self._check_time()
                texts = self._grid(grid, heads)
                if not texts:
                    break
                changed |= {(grid.cells[index].row, grid.cells[index].column): text for index, text in texts.items()}
                grid = _with(grid, texts)
        return changed

    def _grid(self, grid: Grid, heads: Heads) -> dict[int, str]:
        covered: dict[int, set[int]] = {}
        for hit in scanning.find(grid.text, grid.header):
            for offset in self._offsets(grid.text, hit):
                for index, begin, _end in grid.pieces(offset, offset + 1):
                    covered.setdefault(index, set()).add(begin)
        texts = {index: covering.cover(grid.cells[index].text, sorted(offsets)) for index, offsets in covered.items()}
        for index, cell in enumerate(grid.cells):
            kind = heads.kinds.get(cell.column)
            if kind is None or cell.row <= heads.rows:
                continue
            text = self._column(kind, texts.get(index, cell.text))
            if text != texts.get(index, cell.text):
                texts[index] = text
        return texts

    def _column(self, kind: Column, text: str) -> str:
        """Cover a cell by what the header of its column says."""
        masking = self.settings.masking
        if kind is Column.NAME and masking.names:
            bare = text.strip()
            return text.replace(bare, bare[0] + covering.STAR * (len(bare) - 1)) if len(bare) > 1 else text
        if Kind.PERSONAL_HEADER not in masking.kinds or kind not in headers.PERSONAL:
            return text
        if not headers.is_badly_masked(kind, text):
            return text
        self._remember(text)
        if kind is Column.ADDRESS:
            end = township_end(fold(text))
            return text[:end] + covering.STAR * (len(text) - end)
        keep = {
            Column.IDENTITY: masking.resident_id,
            Column.PHONE: masking.mobile,
            Column.ACCOUNT: masking.account,
        }.get(kind, masking.document)
        signs = [offset for offset, character in enumerate(text) if character.isalnum() or character == covering.STAR]
        if len(signs) <= keep.first + keep.last + 4:
            keep = Keep(min(keep.first, 1), min(keep.last, 2))
        return covering.cover(text, signs[keep.first : len(signs) - keep.last])

    def _offsets(self, text: str, hit: Hit) -> list[int]:
        if hit.kind not in self.settings.masking.kinds:
            return []
        self._remember(text[hit.start : hit.end])
        return [each for each in covering.covered(text, hit, self.settings.masking) if text[each] != covering.STAR]

    def _labelled_names(self, text: str) -> list[int]:
        if not self.settings.masking.names:
            return []
        return [offset for found in _LABELLED_NAME.finditer(text) for offset in range(found.start(1) + 1, found.end(1))]

    def _remember(self, text: str) -> None:
        bare = "".join(character for character in fold(text) if character.isascii() and character.isalnum())
        if _WHOLE.fullmatch(bare):
            self.secrets.add(bare.upper())


def _with(grid: Grid, texts: dict[int, str]) -> Grid:
    """The same rows with other texts."""
    rows: list[Row] = []
    row: list[Cell] = []
    for index, cell in enumerate(grid.cells):
        if row and cell.row != row[-1].row:
            rows.append(Row.of(tuple(row)))
            row = []
        row.append(cell._replace(text=texts[index]) if index in texts else cell)
    if row:
        rows.append(Row.of(tuple(row)))
    return Grid(grid.table, grid.heads, rows)
