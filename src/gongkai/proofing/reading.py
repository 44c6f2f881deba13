"""Reading a published annual report from a file of any type: agency, year, parts, tables, statements.

What stands around a report on a web page (navigation, tools, footer) is left off; what cannot be read is said in
`Report.unread`. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gongkai import documents
from gongkai.documents import Document, Limits, Refusal
from gongkai.proofing import heads, parts, statements, tables
from gongkai.proofing.folding import fold
from gongkai.proofing.grids import Grid
from gongkai.proofing.parts import Heading
from gongkai.proofing.report import STATISTICS, Cell, Format, Kind, Paragraph, Part, ReadFailure, Report, Table, Where
from gongkai.proofing.stream import Line, lines_of, stream_of

LIMITS = Limits(
    file_bytes=40_000_000, seconds=20.0, characters=4_000_000, cells=400_000, pages=400, ocr_pages=0, convert=True
)
"""What reading one report may cost; pictures are not recognised, for a report has its figures as text."""
_LONGEST = 300_000
_MOST_ROWS = 4_000
"""More text or rows than this is no annual report: the longest seen have some 30,000 characters and 200 rows."""
_CHINESE = "零一二三四五六七八九十"


def read_report(path: Path, limits: Limits = LIMITS) -> Report | ReadFailure:
    """Read a report; a file that cannot be read, or that holds no text, gives a failure with the way out."""
    try:
        document = documents.read(path, limits=limits)
    except OSError:
        return ReadFailure(str(path), "unreadable", "文件打不开，请核对路径和权限。")
    if isinstance(document, Refusal):
        return ReadFailure(str(path), str(document.kind), document.sentence)
    return read_document(document, str(path))


def read_document(document: Document, path: str = "") -> Report | ReadFailure:
    """Read a report from a document that was read already."""
    stream = list(stream_of(document))
    if not any(isinstance(each, Grid) or each.text for each in stream):
        return ReadFailure(
            path or document.name, "no_text", "文件中没有可读的文字（可能是扫描件），请改用带文字的文件。"
        )
    length = sum(len(each.text) for each in stream if not isinstance(each, Grid))
    rows = sum(len(each.rows) for each in stream if isinstance(each, Grid))
    if length > _LONGEST or rows > _MOST_ROWS:
        sentence = f"文件有{length}字、表格{rows}行，不像一份年度报告，没有检查。请核对文件；合订本请拆成单个报告。"
        return ReadFailure(path or document.name, "too_large", sentence)
    report = _report(stream, path or document.name, document.type)
    if not (report.title or report.parts or report.tables):
        return ReadFailure(
            report.path,
            "no_report",
            "文件中没有认出政府信息公开年度报告（标题、各部分和统计表都没有找到），请核对文件。",
        )
    reasons = tuple(each.reason for each in document.unread)
    published = report.published_on or heads.day_of(fold(document.metadata.get("pubdate", "")))
    return replace(report, unread=tuple(dict.fromkeys((*report.unread, *reasons))), published_on=published)


def read_text(text: str, path: str = "") -> Report:
    """Read a report from plain text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _report(list(lines_of(Line(line.strip()) for line in lines)), path, "txt")


# --- the report ---


def _report(stream: Sequence[Line | Grid], path: str, file_type: str) -> Report:
    """Put a report together from its lines and grids."""
    lines = [each for each in stream if not isinstance(each, Grid)]
    texts = [line.text.strip() for line in lines]
    grids: list[tuple[Grid, int]] = []
    count = 0
    for each in stream:
        if isinstance(each, Grid):
            grids.append((each, count))
        else:
            count += 1
    found = tables.recognise([grid for grid, _ in grids])
    first_table = min((grids[at][1] for at in found.used), default=len(texts))
    last_table = max((grids[at][1] for at in found.used), default=0)
    first = parts.first_part(texts)
    head = heads.find_head(
        texts, min(first, first_table) if min(first, first_table) < len(texts) else min(len(texts), 12)
    )
    begin = head.title_at[0] if head.title_at else 0
    end = _end(texts, max(first, last_table, begin))
    paragraphs, placed = _paragraphs(lines, begin, end, head, first)
    listed = _parts(paragraphs)
    around = [*texts[: begin + len(head.title_at) + 6], *texts[end:]]
    preface = tuple(each for each in paragraphs if each.kind == "text" and (not listed or each.index < listed[0].index))
    foot = [each.text for each in paragraphs if each.index > (listed[-1].index if listed else 0)]
    year = heads.find_year(head.title, [each.text for each in preface], [each.text for each in paragraphs])
    own = _with_places(found.tables, grids, placed, paragraphs)
    format = _format(found, year)
    said = statements.find(paragraphs, statements.Context(format, year, head.agency))
    return Report(
        path=path,
        agency=head.agency or heads.agency_elsewhere([each.text for each in preface], foot, around),
        year=year,
        written_on=_written_on(paragraphs),
        published_on=heads.published_on(around),
        format=format,
        title=head.title,
        title_lines=head.title_lines,
        preface=preface,
        parts=tuple(
            replace(part, tables=tuple(key for key, t in own.items() if t.part == part.number_text)) for part in listed
        ),
        paragraphs=paragraphs,
        tables=own,
        statements=said,
        other_tables=tuple(grids[at][0].rows for at in found.others if begin <= grids[at][1] <= end),
        unread=_unread(found, own, year, len(said)),
        file_type=file_type,
    )


def _end(texts: Sequence[str], start: int) -> int:
    """Return where the report ends: before the footer of the page, if there is one behind its last part."""
    last = max((at for at, text in enumerate(texts) if parts.is_part(text)), default=start)
    for at in range(max(start, last), len(texts)):
        if texts[at] and parts.is_furniture(texts[at]):
            return at
    return len(texts)


def _paragraphs(
    lines: Sequence[Line], begin: int, end: int, head: heads.Head, first: int
) -> tuple[tuple[Paragraph, ...], dict[int, int]]:
    """Make the paragraphs and return with them where each line went."""
    made: list[Paragraph] = []
    placed: dict[int, int] = {}
    part, sub = "", ""
    seen_parts: list[int] = []
    for at in range(begin, end):
        line = lines[at]
        text = line.text.strip().replace("\u200b", "")
        placed[at] = len(made)
        if not text:
            continue
        split = parts.inline_heading(text) if at >= first else None
        pieces = list(split) if split else [text]
        for piece in pieces:
            found = parts.heading_of(piece, line.outline)
            kind, level = _kind(piece, at, found, head, first)
            if at < first and kind == "heading":
                kind, level = "note", 0
            if kind == "heading" and level == 1:
                seen_parts.append(found.ordinal)
                part, sub = _part_number(found, len(seen_parts)), ""
            elif kind in ("text", "heading") and found.number and "(" in fold(found.number) and found.ordinal:
                sub = f"（{_numeral(found.ordinal)}）"
            if kind in ("date", "caption"):
                sub = ""
            where = Where(part=part, paragraph=len(made))
            made.append(Paragraph(len(made), piece, where, level, found.number, f"{part}{sub}", kind))
    placed[end] = len(made)
    return tuple(made), placed


def _kind(text: str, at: int, found: Heading, head: heads.Head, first: int) -> tuple[Kind, int]:
    if at in head.title_at:
        is_name = len(head.title_at) > 1 and fold(text) == fold(head.agency)
        return ("agency" if is_name else "title"), 0
    if at >= first and head.agency and fold(text) == head.agency:
        return "agency", 0
    if heads.is_date_line(text):
        return "date", 0
    if at < first and parts.is_furniture(text):
        return "note", 0
    if found.level:
        return "heading", found.level
    if parts.is_caption(text):
        return "caption", 0
    return "text", 0


def _part_number(found: Heading, position: int) -> str:
    return _numeral(found.ordinal or position)


def _numeral(number: int) -> str:
    if number <= 10:
        return _CHINESE[number]
    tens, ones = divmod(number, 10)
    return f"{_CHINESE[tens] if tens > 1 else ''}十{_CHINESE[ones] if ones else ''}"


def _parts(paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    starts = [each for each in paragraphs if each.kind == "heading" and each.level == 1]
    made = []
    for position, start in enumerate(starts, 1):
        end = starts[position].index if position < len(starts) else len(paragraphs)
        below = tuple(each for each in paragraphs[start.index + 1 : end] if each.kind in ("text", "heading"))
        made.append(Part(_ordinal(start, position), start.where.part, start.body, 1, start.index, below))
    return tuple(made)


def _ordinal(start: Paragraph, position: int) -> int:
    return parts.heading_of(start.text).ordinal or position


def _written_on(paragraphs: Sequence[Paragraph]) -> date | None:
    """Return the day under the text; of several the last."""
    days = [heads.day_of(fold(each.text)) for each in paragraphs if each.kind == "date"]
    return next((day for day in reversed(days) if day), None)


def _with_places(
    found: Mapping[str, Table],
    grids: Sequence[tuple[Grid, int]],
    placed: dict[int, int],
    paragraphs: Sequence[Paragraph],
) -> dict[str, Table]:
    """Put part and paragraph to each table and its cells, and the captions that stand before it."""
    own: dict[str, Table] = {}
    for key, table in found.items():
        line = grids[table.after or 0][1]
        index = placed.get(line, len(paragraphs) if line else 0)
        before = paragraphs[index - 1] if 0 < index <= len(paragraphs) else None
        part = before.where.part if before is not None and key != STATISTICS else ""
        part = _part_of(key, part, paragraphs)
        captions = []
        at = index - 1
        stop = max((placed.get(other, 0) for _, other in grids if other < line), default=0)
        while at >= stop and paragraphs[at].kind in ("caption", "date"):
            if paragraphs[at].kind == "caption":
                captions.append(paragraphs[at].text)
            at -= 1
        cells = {place: replace(cell, where=replace(cell.where, part=part)) for place, cell in table.cells.items()}
        own[key] = replace(
            table,
            cells=cells,
            part=part,
            after=before.index if before else None,
            captions=(*reversed(captions), *table.captions),
        )
    return own


_SUBJECTS = {"requests": "申请", "review_litigation": "复议", "art20": "主动公开"}


def _part_of(key: str, part: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return the part a table belongs to: where it stands, unless only another heading names its subject.

    On pages laid out by tables a table comes after all the text of its cell.
    """
    subject = _SUBJECTS.get(key.partition("_")[0] if key.startswith("art") else key, "")
    headings = [each for each in paragraphs if each.kind == "heading" and each.level == 1]
    if not subject or not headings or headings[-1].where.part != part:
        return part
    named = [each.where.part for each in headings if subject in fold(each.text)]
    return named[0] if named and part not in named else part


def _format(found: tables.Recognition, year: int | None) -> Format:
    """Tell the format: what the tables print, else the year; a report with a form of its own is local."""
    if found.format:
        return found.format
    if year is None:
        return "local" if found.others and not found.tables else "2021" if found.tables else ""
    if year < 2014:
        return "local"
    return "2014" if year <= 2018 else "2019" if year <= 2020 else "2021"


def _unread(found: tables.Recognition, own: Mapping[str, Table], year: int | None, said: int) -> tuple[str, ...]:
    """Say what could not be read."""
    reasons = list(found.unread)
    for key, table in own.items():
        unreadable = [cell for cell in table.cells.values() if cell.state == "unreadable"]
        name = tables.NAMES[key]
        if unreadable:
            reasons.append(f"「{name}」有{len(unreadable)}个单元格读不出数字：{_some(unreadable)}。")
        if table.unknown_rows:
            reasons.append(f"「{name}」有{len(table.unknown_rows)}行对不上表式：{'、'.join(table.unknown_rows[:3])}。")
    if said >= statements.MOST:
        reasons.append(f"正文中的数字太多，只核对了前{said}个。")
    if not own:
        reasons.append("没有找到统计表。")
    if year is None:
        reasons.append("没有找到报告年度。")
    return tuple(reasons)


def _some(cells: Sequence[Cell]) -> str:
    return "、".join(f"{cell.where.row}「{cell.printed[:8]}」" for cell in cells[:3])
