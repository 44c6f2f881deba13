"""Draft an annual report: sentences chosen by the figures, every number in them bound to a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.figures import counts, derived, statutory
from gongkai.figures.registers import State
from gongkai.figures.statutory import Table
from gongkai.lawbook import settings as lawbook
from gongkai.reports.outlines import TOKEN, Condition, Outline, OutlineError, ParagraphOutline, Sentence, outline_for
from gongkai.rules import indicators
from gongkai.rules.refusals import ActRefused, Refusal

BLANK = "（未填）"
ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


class ReportRefused(ActRefused):
    """No report can be drafted; the sentence says why and what to do."""


@dataclass(frozen=True)
class Figure:
    """A row of the table or a derived figure, as the text may name it."""

    code: str
    name: str
    unit: str
    definition: str
    value: int | Decimal | None
    state: State

    @property
    def text(self) -> str:
        """The number as it stands in a sentence; a blank one says so and is never a zero."""
        return self.printed("" if self.value is None else str(self.value), self.unit)

    @staticmethod
    def printed(value: str, unit: str) -> str:
        """A kept value as a sentence prints it."""
        if not value:
            return BLANK
        return f"{Decimal(value).normalize():f}%" if unit == "%" else value


@dataclass(frozen=True)
class TextPart:
    """Words of a paragraph."""

    text: str


@dataclass(frozen=True)
class FigurePart:
    """A number in a paragraph, bound to its figure."""

    figure: Figure

    @property
    def text(self) -> str:
        """The number as printed."""
        return self.figure.text


Part = TextPart | FigurePart


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: an ordinal and lead where it has one, then words and numbers in turn."""

    lead: str
    parts: tuple[Part, ...]
    ordinal: str = ""
    # Its place in the outline, `<section>.<paragraph>`, under which the office's own words are kept.
    key: str = ""
    is_edited: bool = False

    @property
    def text(self) -> str:
        """The paragraph as plain text, without its lead."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Section:
    """A section of the report."""

    ordinal: str
    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Report:
    """A drafted annual report. It has no date before it is signed.

    A printed title may break between its pieces (词意完整).
    """

    agency: Agency
    year: int
    outline: str
    title_pieces: tuple[str, ...]
    preface: Paragraph
    sections: tuple[Section, ...]
    table: Table
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    dated_on: dt.date | None = None
    # How many records each figure counts, by its code.
    record_counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def row_codes(self) -> frozenset[str]:
        """The codes of the table's rows; the other figures of the text are derived."""
        return frozenset(row.code for row in self.table.rows)

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_pieces)

    @property
    def note_lines(self) -> list[str]:
        """The lines below the table: one note on one line, several numbered below their heading."""
        if len(self.notes) == 1:
            return [_("注：") + self.notes[0]]
        numbered = [f"{number}. {note}" for number, note in enumerate(self.notes, start=1)]
        return [_("注："), *numbered] if numbered else []

    def paragraphs(self) -> list[Paragraph]:
        """The preface and every paragraph of the sections, in order."""
        return [self.preface, *(paragraph for section in self.sections for paragraph in section.paragraphs)]

    def figures(self) -> dict[str, Figure]:
        """The figures that the text names, by code, in order of first mention."""
        return {
            part.figure.code: part.figure
            for paragraph in self.paragraphs()
            for part in paragraph.parts
            if isinstance(part, FigurePart)
        }


PREFACE = "0.0"
OWN = "own"  # the last part of the key of a paragraph that the office adds to a section
Words = Callable[[str, Mapping[str, Figure]], tuple[Part, ...] | None]


def draft(agency: Agency, year: int, words: Words | None = None, dated_on: dt.date | None = None) -> Report:
    """Draft the report of an agency on a year from its figures.

    `words` gives, by the key of a paragraph, what the office wrote in its place; none for what it left as drafted.
    Raises `ReportRefused` when no outline is prescribed for the year.
    """
    outline = _prescribed(year)
    table = statutory.compute([agency], year, format=outline.format, variant=outline.variant)[agency.pk]
    writer = _Writer(agency, year, _figures(agency, table), _names(agency, year), words)
    preface = writer.paragraph(outline.preface, PREFACE)
    sections = tuple(
        Section(ordinal, section.heading, writer.paragraphs(section.paragraphs, number))
        for number, (ordinal, section) in enumerate(zip(ORDINALS, outline.sections, strict=False), start=1)
    )
    return Report(
        agency=agency,
        year=year,
        outline=outline.id,
        title_pieces=tuple(writer.words(piece) for piece in outline.title),
        preface=preface,
        sections=sections,
        table=table,
        notes=table.notes,
        dated_on=dated_on,
        record_counts=counts.record_counts(agency, year),
        warnings=(*table.warnings, *_blanks((preface, *(part for section in sections for part in section.paragraphs)))),
    )


def figures_of(agency: Agency, year: int) -> dict[str, Figure]:
    """Every figure that a sentence may name, by code. Raises `ReportRefused` as `draft` does."""
    outline = _prescribed(year)
    table = statutory.compute([agency], year, format=outline.format, variant=outline.variant)[agency.pk]
    return _figures(agency, table)


def sentences(agency: Agency, year: int, figures: Mapping[str, Figure]) -> list[tuple[Sentence, str, frozenset[str]]]:
    """Every sentence of the outline for a year: what it prints (empty where it does not stand) and which figures that
    names. Raises `ReportRefused` as `draft` does."""
    outline = _prescribed(year)
    writer = _Writer(agency, year, figures, _names(agency, year))
    found = []
    for sentence in outline.sentences():
        parts = writer.sentence(sentence)
        codes = frozenset(part.figure.code for part in parts if isinstance(part, FigurePart))
        found.append((sentence, "".join(part.text for part in parts), codes))
    return found


def _prescribed(year: int) -> Outline:
    outline = outline_for(year)
    if outline is None:
        sentence = _("还没有%(year)d年度的年度报告提纲，不能生成报告。统计数据可以在统计表中查看。") % {"year": year}
        raise ReportRefused([Refusal("no_outline", sentence)])
    return outline


def figure_codes(outline: Outline) -> frozenset[str]:
    """The codes that the outline may name as figures: the rows with a value, and the derived figures."""
    rows = indicators.table(outline.format, outline.variant).values
    return frozenset(row.code for row in rows) | derived.CODES


def _figures(agency: Agency, table: Table) -> dict[str, Figure]:
    """Every figure that a sentence may name."""
    rows = {row.code: row.value for row in table.rows}
    found = {
        row.code: Figure(
            row.code, row.indicator.name, row.indicator.unit, row.indicator.definition, row.value, row.state
        )
        for row in table.rows
        if row.state is not State.HEADING
    }
    for code, figure in derived.compute([agency], table.year, {agency.pk: rows})[agency.pk].items():
        found[code] = Figure(code, str(figure.name), figure.unit, str(figure.definition), figure.value, figure.state)
    return found


def _names(agency: Agency, year: int) -> dict[str, str]:
    """The tokens that are words and not figures."""
    return {
        "agency.name": agency.name,
        "year": str(year),
        "year.next": str(year + 1),
        "period.first": date_format(dt.date(year, 1, 1), "Y年n月j日"),
        "period.last": date_format(dt.date(year, 12, 31), "Y年n月j日"),
    }


NAMES = frozenset({"agency.name", "year", "year.next", "period.first", "period.last"})


class _Writer:
    """Writes the outline's sentences for one agency and year."""

    def __init__(
        self,
        agency: Agency,
        year: int,
        figures: Mapping[str, Figure],
        names: Mapping[str, str],
        words: Words | None = None,
    ) -> None:
        self._words = words
        self._agency_id = agency.pk
        self._year = year
        self._figures = figures
        self._names = names
        self._settings: dict[str, Any] = {}

    def paragraphs(self, outlines: Sequence[ParagraphOutline], section: int) -> tuple[Paragraph, ...]:
        """The paragraphs that say something; those with a lead are numbered （一）, （二）. The office's own comes last."""
        given = [self.paragraph(outline, f"{section}.{number}") for number, outline in enumerate(outlines, start=1)]
        given.append(self.paragraph(ParagraphOutline("", ()), f"{section}.{OWN}"))
        written = [paragraph for paragraph in given if paragraph.parts]
        leads = [paragraph.key for paragraph in written if paragraph.lead]
        return tuple(
            replace(paragraph, ordinal=f"（{ORDINALS[leads.index(paragraph.key)]}）") if paragraph.lead else paragraph
            for paragraph in written
        )

    def paragraph(self, outline: ParagraphOutline, key: str) -> Paragraph:
        """What the office wrote; else the sentences that apply, or the paragraph's fallback, or nothing."""
        own = self._words(key, self._figures) if self._words else None
        if own is not None:
            return Paragraph(outline.lead, tuple(_joined(own)), key=key, is_edited=True)
        parts = [part for sentence in outline.sentences for part in self.sentence(sentence)]
        if not parts and outline.fallback is not None:
            parts = self.sentence(outline.fallback)
        return Paragraph(outline.lead, tuple(_joined(parts)), key=key)

    def words(self, text: str) -> str:
        """A text whose tokens are all names. Raises `OutlineError` for a figure in it."""
        parts = self._parts(text)
        if any(isinstance(part, FigurePart) for part in parts):
            raise OutlineError(f"a figure where only names may stand: {text!r}")
        return "".join(part.text for part in parts)

    def sentence(self, sentence: Sentence) -> list[Part]:
        """What a sentence prints; nothing when a condition does not hold."""
        if not all(self._holds(condition) for condition in sentence.when):
            return []
        parts = self._parts(sentence.text)
        if not sentence.each:
            return parts
        chosen = [part for part in sentence.each if (self._figure(part.figure).value or 0) > 0]
        if not chosen:
            return []
        for index, part in enumerate(chosen):
            parts += [TextPart("、")] if index else []
            parts += self._parts(part.text)
        return parts + self._parts(sentence.end)

    def _parts(self, text: str) -> list[Part]:
        """Words and tokens in turn: `split` with one group gives text, token, text, …, text."""
        pieces = TOKEN.split(text)
        parts: list[Part] = []
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                parts += [TextPart(piece)] if piece else []
            elif piece in self._names:
                parts.append(TextPart(self._names[piece]))
            else:
                parts.append(FigurePart(self._figure(piece)))
        return parts

    def _figure(self, code: str) -> Figure:
        try:
            return self._figures[code]
        except KeyError as error:
            raise OutlineError(f"no figure {code!r}") from error

    def _holds(self, condition: Condition) -> bool:
        match condition.test:
            case "on" | "off":
                return self._setting_on(condition.left) is (condition.test == "on")
            case "=" | "<":
                left, right = self._figure(condition.left).value, self._figure(condition.right).value
                if left is None or right is None:
                    return False
                return left == right if condition.test == "=" else left < right
        value = self._figure(condition.left).value
        return {
            "zero": value == 0,
            "not_zero": value != 0,
            "positive": value is not None and value > 0,
            "blank": value is None,
        }[condition.test]

    def _setting_on(self, name: str) -> bool:
        if name not in self._settings:
            self._settings |= {name: lawbook.values(name, [self._agency_id], self._year)[self._agency_id]}
        return bool(self._settings[name])


def _joined(parts: Iterable[Part]) -> list[Part]:
    """The parts with neighbouring words put together."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, TextPart) and isinstance(last, TextPart):
            joined[-1] = TextPart(last.text + part.text)
        else:
            joined.append(part)
    return joined


def _blanks(paragraphs: Iterable[Paragraph]) -> list[str]:
    """One sentence that names the figures which the text prints as not filled in; none when it has them all."""
    blank = {
        part.figure.code: part.figure
        for paragraph in paragraphs
        for part in paragraph.parts
        if isinstance(part, FigurePart) and part.figure.value is None
    }
    if not blank:
        return []
    names = [
        figure.name if code in derived.CODES else _("%(name)s（第%(code)s行）") % {"name": figure.name, "code": code}
        for code, figure in blank.items()
    ]
    sentence = _("正文中%(count)d个数字没有数据，印作「（未填）」：%(names)s。请补登记录或者在定稿时写明。")
    return [sentence % {"count": len(names), "names": "、".join(names)}]
