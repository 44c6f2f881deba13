"""Plain text and CSV."""

from __future__ import annotations

import csv
import io

from gongkai.documents.collecting import Collector
from gongkai.documents.decoding import decode
from gongkai.documents.grids import Grid
from gongkai.documents.limits import ReadingStopped
from gongkai.documents.model import RefusalKind
from gongkai.documents.sniffing import extension

_FIELD = 1_000_000
_BY_LINES = 2_000_000
"""Characters up to which each line is a paragraph. A longer text, such as a log or a table of a database, comes in
pieces of whole lines: a hundred thousand paragraphs cost more than reading and screening their text."""
_PIECE = 100_000


def read(collector: Collector) -> None:
    """Read a text by lines, a CSV by rows."""
    text = decode(collector.data).lstrip("\ufeff").replace("\x00", "")
    if extension(collector.name) in ("csv", "tsv"):
        _csv(collector, text)
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if len(text) > _BY_LINES:
        _pieces(collector, text)
        return
    for number, line in enumerate(text.split("\n")):
        collector.paragraph(line)
        if not number % 10_000:
            collector.budget.check_time()


def _pieces(collector: Collector, text: str) -> None:
    """Add a long text in paragraphs of many lines."""
    start = 0
    while start < len(text):
        end = text.rfind("\n", start, start + _PIECE) + 1 if len(text) - start > _PIECE else len(text)
        if end <= start:  # one line that is longer than a piece
            end = text.find("\n", start) + 1 or len(text)
        collector.paragraph(text[start:end])
        collector.budget.check_time()
        start = end


def _csv(collector: Collector, text: str) -> None:
    delimiter = _delimiter(text)
    grid = Grid()
    csv.field_size_limit(_FIELD)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 1):
            columns = [at for at, value in enumerate(row, 1) if value.strip()]
            if columns:
                texts = [row[at - 1].strip() for at in columns]
                collector.budget.count_cells(len(columns))
                collector.budget.count_text(sum(map(len, texts)))
                grid.add(number, columns, texts)
            if not number % 5_000:
                collector.budget.check_time()
    except csv.Error as error:
        raise ReadingStopped(RefusalKind.DAMAGED, "CSV 文件结构有误（引号没有配对），请核对后重新导出。") from error
    collector.sheets = 1
    collector.table(grid, part="table", counted=True)


def _delimiter(text: str) -> str:
    """The sign that parts the first lines most often."""
    head = text[:20_000]
    return max(",\t;|", key=lambda sign: (head.count(sign), sign == ","))
