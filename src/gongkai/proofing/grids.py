"""Grids: tables of any file as rectangular rows, and tables drawn with `|` or tabs inside plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from gongkai.proofing.folding import fold

MAX_COLUMNS = 60
"""Wider grids (a sheet with stray cells far to the right) are cut: no form has more than 20 columns."""


@dataclass(frozen=True)
class Grid:
    """A table as rows of texts.

    A merged cell is repeated in every place it covers and `origins` names the cell it comes from, so that two equal
    cells are told from one wide cell. `is_ragged` marks rows whose columns do not line up (plain text).
    """

    rows: tuple[tuple[str, ...], ...]
    origins: tuple[tuple[int, ...], ...]
    is_ragged: bool = False

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def distinct(self, row: int) -> list[tuple[int, str]]:
        """Return (column, text) of the cells of a row, a merged one once, at its first column."""
        seen: set[int] = set()
        cells: list[tuple[int, str]] = []
        for column, origin in enumerate(self.origins[row]):
            if origin not in seen:
                seen.add(origin)
                cells.append((column, self.rows[row][column]))
        return cells

    def begins(self, row: int, column: int) -> bool:
        """Whether a cell begins in this row, rather than reaching down into it from above."""
        return (
            row == 0
            or column >= len(self.origins[row - 1])
            or (self.origins[row][column] != self.origins[row - 1][column])
        )


def plain_grid(rows: Sequence[Sequence[str]], *, is_ragged: bool = False) -> Grid:
    """Return a grid without merged cells; rows are filled up with empty cells unless it is ragged."""
    width = max((len(row) for row in rows), default=0)
    padded = [tuple(row) if is_ragged else (*row, *[""] * (width - len(row))) for row in rows]
    origins = tuple(tuple(range(at * 1000, at * 1000 + len(row))) for at, row in enumerate(padded))
    return Grid(tuple(padded), origins, is_ragged)


def merged_grid(cells: Sequence[tuple[str, int, int, int, int]]) -> Grid:
    """Return the grid of cells (text, row, column, rows covered, columns covered), rows and columns from 1."""
    if not cells:
        return Grid((), ())
    first = min(column for _, _, column, _, _ in cells)
    rows = sorted({row for _, row, _, _, _ in cells})
    place = {row: at for at, row in enumerate(rows)}
    width = min(MAX_COLUMNS, max(column + across for _, _, column, _, across in cells) - first)
    texts = [[""] * width for _ in rows]
    origins = [[-(at * 1000 + column) - 1 for column in range(width)] for at in range(len(rows))]
    for number, (text, row, column, down, across) in enumerate(cells):
        at = place[row]
        for below in range(at, min(len(rows), at + max(1, down))):
            if rows[below] >= row + max(1, down):
                break
            for beside in range(column - first, min(width, column - first + max(1, across))):
                if origins[below][beside] < 0:
                    texts[below][beside], origins[below][beside] = text, number
    return Grid(tuple(map(tuple, texts)), tuple(map(tuple, origins)))


class Words(Protocol):
    """What tells the parts of a table in plain text: labels of rows, headings of columns, values."""

    def is_label(self, line: str) -> bool:
        """Tell whether a line is the label of a row of a form."""

    def is_head(self, line: str) -> bool:
        """Tell whether a line is the heading of a column of a form."""

    def is_divider(self, line: str) -> bool:
        """Tell whether a line parts the blocks of one table (第二十条第（五）项)."""

    def is_value(self, line: str) -> bool:
        """Tell whether a line is what a cell holds: a number, a stroke, a unit."""


_WIDE = re.compile(r" {2,}|　+| ?　 ?")
_HEADING = re.compile(r"[一二三四五六七八九十]+[、.]")


def split_text(lines: Sequence[str], words: Words) -> Iterator[str | Grid]:
    """Yield lines and the tables among them, in order.

    Tables are drawn with `|`, tabs or wide spaces, or stand with one cell on a line, as copies of web pages have them.
    """
    at = 0
    while at < len(lines):
        separator = _separator(lines, at, words)
        end = _end_of_table(lines, at, separator, words) if separator else at
        if separator and (end - at > 1 or len(_cells(lines[at], separator)) > 2):
            rows = _rows([line.replace("｜", "|").replace("│", "|") for line in lines[at:end]], separator)
            yield plain_grid(rows, is_ragged=True)
            at = end
            continue
        end, stacked = _stacked(lines, at, words)
        if stacked:
            yield plain_grid(stacked, is_ragged=True)
            at = end
            continue
        yield lines[at]
        at += 1


def _separator(lines: Sequence[str], at: int, words: Words) -> str:
    """Return what parts the cells of a line, empty when it is no line of a table."""
    line = lines[at]
    if "|" in line or "｜" in line or "│" in line:
        return "|"
    if "\t" in line.strip():
        return "\t"
    near = lines[at : at + 4]
    if _is_spaced(line, words) and sum(_is_spaced(each, words) for each in near) >= 2:
        return " "
    return ""


def _is_spaced(line: str, words: Words) -> bool:
    """Tell whether wide spaces part a label from what follows."""
    cells = _WIDE.split(line.strip(" 　"))
    return len(cells) > 1 and (words.is_label(cells[0]) or any(words.is_head(each) for each in cells))


def _cells(line: str, separator: str) -> list[str]:
    return _WIDE.split(line.strip(" 　")) if separator == " " else line.split(separator)


def _stacked(lines: Sequence[str], start: int, words: Words) -> tuple[int, list[list[str]]]:
    """Read a table with one cell on a line from here; return where it ends and its rows, none when there is none.

    Headings in a run are one row, a label and the values below it are one row.
    """
    if not (words.is_label(lines[start]) or words.is_head(lines[start])):
        return start, []
    rows: list[list[str]] = []
    filled, at, last, in_heads = 0, start, start, False
    while at < len(lines):
        line = lines[at].strip()
        if words.is_divider(line):
            pass
        elif words.is_head(line) and (in_heads or not rows or not words.is_label(line)):
            if not in_heads:
                rows.append([])
            rows[-1].append(line)
            in_heads = True
        elif words.is_label(line):
            rows.append([line])
            in_heads = False
        elif rows and (not line or words.is_value(line)):
            if in_heads and line:
                rows.append([])
                in_heads = False
            rows[-1].append(line)
            filled += bool(line)
        else:
            break
        at += 1
        last = at if line else last
    labels = sum(words.is_label(row[0]) for row in rows if len(row) > 1)
    is_table = filled >= 3 and (labels >= 2 or filled >= 15)
    return (last, [_without_gaps(row) for row in rows if row]) if is_table else (start, [])


def _without_gaps(row: list[str]) -> list[str]:
    """Drop the empty lines between cells where there are as many as cells; blank cells would not leave that many."""
    filled = [each for each in row if each]
    return filled if len(row) >= 2 * len(filled) - 1 or len(filled) in (2, 3, 4, 8, 15) else row


def _end_of_table(lines: Sequence[str], start: int, separator: str, words: Words) -> int:
    """Return where a table ends: after its last line with a separator; short lines between belong to cells."""
    end, at = start + 1, start + 1
    while at < len(lines) and at - end <= 3:
        line = lines[at]
        if separator == " ":
            values = _WIDE.split(line.strip(" 　"))
            if _is_spaced(line, words) or (len(values) > 2 and all(map(words.is_value, values))):
                end = at + 1
            elif not words.is_label(line):
                break
        elif separator in line.replace("｜", "|").replace("│", "|"):
            end = at + 1
        elif line.strip() and (
            len(line) > 60 or "。" in line or (_HEADING.match(fold(line)) and not words.is_label(line))
        ):
            break
        at += 1
    return end


def _rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    if separator == " ":
        return [_cells(line, separator) for line in lines]
    drawn = [line for line in lines if separator in line]
    leading = sum(line.lstrip(" 　").startswith(separator) for line in drawn)
    trailing = sum(line.rstrip(" 　\r").endswith(separator) for line in drawn)
    if separator == "\t":
        texts = [line.strip("\r\n") for line in lines]
    elif leading > 0.8 * len(drawn):
        texts = [line.strip().removeprefix("|").removesuffix("|") for line in lines]
    elif trailing > 0.5 * len(drawn) or (trailing and any(line.strip() and separator not in line for line in lines)):
        texts = list(_joined(lines))
    else:
        texts = list(lines)
    rows = [[cell.strip() for cell in text.split(separator)] for text in texts]
    return [row for row in rows if not all(re.fullmatch(r"[:\-\s]*", cell) for cell in row) or not any(row)]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield rows whose every cell ends with `|` and may be broken over lines."""
    pending = ""
    first = lines[0].rstrip(" 　\r") if lines else ""
    width = first.count("|") if first.endswith("|") and first.count("|") > 2 else 1000
    for line in lines:
        text = line.rstrip(" 　\r")
        goes_on = text.lstrip(" 　").startswith("|") and pending.count("|") < width
        closed = pending.endswith("|") and not goes_on
        if pending and closed:
            yield pending.removesuffix("|")
            pending = text
        else:
            pending = f"{pending}\n{text}" if pending else text
    if pending:
        yield pending.removesuffix("|")
