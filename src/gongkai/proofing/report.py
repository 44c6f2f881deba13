"""What a published annual report says, as values: text with places, tables with cells, figures in sentences.

Pure data. `proofing.reading` fills it, the checks ask it. Zero, blank and not applicable are three different things
everywhere; what could not be read stands in `Report.unread` and is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

Format = Literal["2014", "2019", "2021", "local", ""]
State = Literal["number", "blank", "not_applicable", "unreadable", "text"]
Kind = Literal["text", "heading", "title", "agency", "date", "caption", "note"]
RelationKind = Literal["equals", "part_of", "sum_of", "ratio_of", "change_on"]
Number = int | Decimal

STATISTICS = "statistics"
"""The key of the one table of the 2014 format; its rows are the codes of `rules.indicators`, its column is `value`."""


@dataclass(frozen=True)
class Where:
    """A place in a report.

    `part` is the printed number of the part (「五」), empty before the first part and behind the text; `paragraph` the
    index in `Report.paragraphs`; `table`, `row` and `column` the key, code and key of the statistics files, empty
    where the place is no cell.
    """

    part: str = ""
    paragraph: int | None = None
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, printed text without surrounding space.

    `level` is 0 for running text, 1 for the heading of a part (一、), 2 for (一), 3 for 1. as headings of their own;
    a sentence that only begins with (一) keeps level 0. `number` is the ordinal printed at its beginning, as printed
    (「（一）」), empty without one. `section` is the place as a person says it (「五（二）」). `kind` tells running text
    from what stands around it.
    """

    index: int
    text: str
    where: Where
    level: int = 0
    number: str = ""
    section: str = ""
    kind: Kind = "text"

    @property
    def body(self) -> str:
        """The text without its ordinal."""
        return self.text[len(self.number) :].lstrip("、.．:： 　") if self.number else self.text


@dataclass(frozen=True)
class Part:
    """One part of the report: its heading and the paragraphs below it, sub-headings included.

    `ordinal` counts from 1 by the printed number (its position where none is printed), `number_text` is that number
    as printed without punctuation (「十一」), `heading` the heading without number. `index` is the paragraph of the
    heading.
    """

    ordinal: int
    number_text: str
    heading: str
    level: int
    index: int
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The running text below the heading."""
        return "\n".join(each.text for each in self.paragraphs)


@dataclass(frozen=True)
class Cell:
    """One value cell.

    `value` is a number only in state `number`. `printed` is the cell as printed. States: `blank` nothing is printed;
    `not_applicable` a stroke or 无 (「/」「-」「—」「无」); `text` words that are no number; `unreadable` a number that
    cannot be told (two numbers, a cut-off cell). `note` tells what was tolerated to read the number (a unit in the
    cell, 增/减), mostly empty; `direction` is 1 or -1 where the cell prints 增 or 减 and the value carries that sign.
    `unit` is a unit printed in the cell itself (0件).
    """

    value: Number | None
    printed: str
    state: State
    where: Where
    unit: str = ""
    note: str = ""
    direction: int = 0


@dataclass(frozen=True)
class Table:
    """A recognised statistics table.

    `key` as in `statistics-2021.json` (`art20_1`, `art20_5`, `art20_6`, `art20_8`, `art20_9`, `requests`,
    `review_litigation`) or `STATISTICS` for 2014. `cells` maps (row code, column key) to the cell, in printed order,
    and holds every cell whose row and column were found, blank ones too. In `review_litigation` the rows are
    `reconsideration`, `litigation_direct`, `litigation_after_reconsideration`. `labels` is the label of each row as
    printed, `units` the printed unit of a row, `heads` the column labels as printed, `missing` the rows of the form
    that are not printed (all columns), `unknown_rows` printed labels that belong to no row of the form.
    `captions` are the lines around it (title, unit, filler, reviewer, date). `after` is the paragraph it follows.
    """

    key: str
    cells: Mapping[tuple[str, str], Cell]
    labels: Mapping[str, str]
    columns: tuple[str, ...]
    heads: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unknown_rows: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    after: int | None = None
    part: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The codes of the rows that hold cells, in printed order."""
        return tuple(dict.fromkeys(row for row, _ in self.cells))

    def cell(self, row: str, column: str = "value") -> Cell | None:
        """Return a cell, None where it is not printed."""
        return self.cells.get((row, column))

    def value(self, row: str, column: str = "value") -> Number | None:
        """Return the number of a cell, None when it is no number or not printed."""
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    @property
    def values(self) -> dict[str, Number | None]:
        """The values of a table with one column, by row code; blank is None."""
        return {row: cell.value for (row, column), cell in self.cells.items() if column == "value"}

    @property
    def is_complete(self) -> bool:
        """Whether every cell that is printed holds a number and no row of the form is missing."""
        return not self.missing and all(cell.state == "number" for cell in self.cells.values())


@dataclass(frozen=True)
class Scope:
    """What a figure is about beside its indicator; each empty where the sentence does not say.

    `area`: `own` (本级, 本机关, 机关本级), `district` (全区, 全市, 全县, 全系统, 各单位), `other` (another agency named).
    `applicant`: a column key of the requests table. `act`: `received` (收到, 新收), `accepted` (受理), `handled` (办理),
    `settled` (办结), `answered` (答复), `carried_in` (上年结转), `carried_out` (结转下年度), `disclosed`, `issued`, `repealed`.
    `period`: `year`, `previous` (去年, 上年), `cumulative` (累计, 截至), `partial` (a quarter, a month, since a day),
    `other_year`. `year`: the year a sentence names. `words` are the words it was read from.
    """

    area: Literal["", "own", "district", "other"] = ""
    applicant: str = ""
    act: str = ""
    period: Literal["", "year", "previous", "cumulative", "partial", "other_year"] = ""
    year: int | None = None
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "、".join(self.words)


@dataclass(frozen=True)
class Statement:
    """One figure in a sentence.

    `text` is at most 30 characters around it. `value` is a number (0 for a negative statement, a percentage as 12.5),
    None where the sentence has a range; then `low` and `high` hold it. `unit` as printed (件, 条, %, 万元; 万件 gives
    value × 10,000 and unit 件). `concept` names what it counts (docs/reference/proofing-statements.md), empty where
    the words name nothing known; `codes` are its places in the forms, format to the code of `rules.indicators`
    (`3.1`; `requests.1.total`); a place may be a sum that the form does not print (`requests.3.3.total`,
    `requests.1.legal`, `review_litigation.litigation.total`), see `Report.number`.
    `relation` to other statements, given by their positions in `of` (same tuple): `part_of` its whole, `sum_of` its
    parts, `ratio_of` numerator and denominator, `change_on` what changed; `equals` stands alone. `approx`: `""`,
    `about` (约), `over` (余, 多, 以上), `under` (近, 不足), `range`. `direction` is 1 or -1 for growth and fall, 0 else.
    `negative` marks a figure that is a denial (未收到, 无, 零). `is_general` marks a sentence that tells a rule, a plan or a
    limit (7个工作日内) rather than a count of the year. `own_words` is True where the words are those of the row
    itself (新收), so that a difference from the cell is an error and no matter of scope.
    `position` in the tuple, `span` the figure's start and end in the paragraph's text.
    """

    text: str
    value: Number | None
    unit: str
    concept: str
    codes: Mapping[str, str]
    scope: Scope
    relation: RelationKind
    where: Where
    span: tuple[int, int]
    position: int
    of: tuple[int, ...] = ()
    low: Number | None = None
    high: Number | None = None
    approx: Literal["", "about", "over", "under", "range"] = ""
    direction: int = 0
    negative: bool = False
    is_general: bool = False
    own_words: bool = False
    printed: str = ""
    name: str = ""

    def indicator(self, format: str) -> str:
        """Return the place it has in a format, empty when it has none (local formats read the codes of 2021)."""
        return self.codes.get("2021" if format in ("", "local") else format, "")


@dataclass(frozen=True)
class Report:
    """A report as it was read.

    `agency` is empty, `year`, `written_on` and `published_on` are None where they were not found; `written_on` is the
    date under the text, `published_on` the day a web page around it gives. `title` is the title as printed on one
    line, `title_lines` its lines. `preface` stands before the first part. `tables` by key; `other_tables` are tables
    that are no statistics form, rows of cells. `unread` says in plain Chinese what could not be read.
    """

    path: str
    agency: str
    year: int | None
    written_on: date | None
    published_on: date | None
    format: Format
    title: str
    title_lines: tuple[str, ...]
    preface: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: Mapping[str, Table]
    statements: tuple[Statement, ...]
    other_tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    unread: tuple[str, ...] = ()
    file_type: str = ""
    source_url: str = ""

    @cached_property
    def text(self) -> str:
        """All paragraphs, one on a line."""
        return "\n".join(each.text for each in self.paragraphs)

    def part(self, number_text: str) -> Part | None:
        """Return the part with that printed number."""
        return next((each for each in self.parts if each.number_text == number_text), None)

    def cells(self) -> Iterator[Cell]:
        """Yield the cells of all recognised tables."""
        for table in self.tables.values():
            yield from table.cells.values()

    def cell(self, code: str) -> Cell | None:
        """Return the cell at a code of `Statement.codes`, None where it is not printed."""
        key, row, column = place_of(code)
        table = self.tables.get(key)
        return table.cell(row, column) if table else None

    def number(self, code: str) -> Number | None:
        """Return the number at a code of `Statement.codes`, sums that no cell prints included.

        A sum (all refusals, all legal persons, all lawsuits) is None when one of its cells holds no number.
        """
        cell = self.cell(code)
        if cell is not None:
            return cell.value
        key, row, column = place_of(code)
        table = self.tables.get(key)
        if table is None or key not in ("requests", "review_litigation"):
            return None
        rows = [each for each in table.rows if each.startswith((f"{row}.", f"{row}_")) and each != "3.7"]
        columns = [each for each in table.columns if each.startswith(f"{column}_")]
        places = [(each, other) for each in rows or [row] for other in columns or [column]]
        cells = [table.cell(*place) for place in places]
        values = [None if each is None else each.value for each in cells]
        return None if None in values or not values else sum(each for each in values if each is not None)


def place_of(code: str) -> tuple[str, str, str]:
    """Return table, row and column of a code of `rules.indicators` (`3.1`, `requests.3.1.total`)."""
    if code[:1].isdigit():
        return STATISTICS, code, "value"
    key, _, rest = code.partition(".")
    row, _, column = rest.rpartition(".")
    return key, row, column


@dataclass(frozen=True)
class ReadFailure:
    """A file that could not be read: a stable code for programs and one plain Chinese sentence with the way out."""

    path: str
    code: str
    sentence: str


def tables_as_json(report: Report) -> dict[str, Any]:
    """Return the tables as the command prints them.

    2014: row code to number or None. Otherwise `{key: {"values": {row: [numbers in the order of the columns]}}}` with
    `columns`, and `printed` for cells that are no number (「/」), so that blank and not applicable stay apart.
    """
    if STATISTICS in report.tables:
        return {row: _plain(value) for row, value in report.tables[STATISTICS].values.items()}
    return {key: _table_as_json(table) for key, table in report.tables.items()}


def _table_as_json(table: Table) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    printed: dict[str, dict[str, str]] = {}
    for row in table.rows:
        values[row] = [_plain(table.value(row, column)) for column in table.columns]
        strokes = {
            column: cell.printed
            for column in table.columns
            if (cell := table.cell(row, column)) is not None and cell.state not in ("number", "blank")
        }
        if strokes:
            printed[row] = strokes
    answer: dict[str, Any] = {"columns": list(table.columns), "values": values}
    return {**answer, "printed": printed} if printed else answer


def _plain(value: Number | None) -> int | float | None:
    return value if value is None or isinstance(value, int) else float(value)
