"""The forms as a reader meets them: which printed label is which row, which heading which column.

Rows and columns come from `rules.indicators`; here is only how their labels are recognised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.proofing.folding import fold, one_line
from gongkai.proofing.report import STATISTICS
from gongkai.rules import indicators

_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.,:)]|[(\[]?[一二三四五六七八九十]{1,3}[)\]]|[(]?\d{1,2}[)]|\d{1,2}[、.,:](?!\d)|其中:?|[①-⑳㈠-㈩⑴-⒇]|-+|[*·])+"
)
_NOTE = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_PUNCTUATION = re.compile(r"[^\w]+|_")
_ENOUGH = 0.72
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Row:
    """A row of a form: its code, whether it holds values, and the label by which it is known."""

    code: str
    label: str
    is_group: bool
    unit: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a form; `group` is the heading above several columns."""

    key: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Form:
    """One form of one format."""

    key: str
    format: str
    heading: str
    unit: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rows that hold values, in printed order."""
        return tuple(row.code for row in self.rows if not row.is_group)

    def row(self, code: str) -> Row | None:
        """Return the row with that code."""
        return next((each for each in self.rows if each.code == code), None)


def core(label: str) -> str:
    """Return what tells a label from others: no ordinal, 其中, bracketed notes, spaces or punctuation."""
    text = fold(label)
    text = _ORDINAL.sub("", text)
    bare = _PUNCTUATION.sub("", _NOTE.sub("", text))
    return bare or _PUNCTUATION.sub("", text)


@lru_cache(maxsize=4)
def form_of_2014() -> Form:
    """Return the table of 2014."""
    table = indicators.table("2014")
    rows = tuple(Row(each.code, each.label, each.is_heading, each.unit, each.parent_code) for each in table.indicators)
    return Form(STATISTICS, "2014", table.name, "", rows, (Column("value", "统计数"),))


@lru_cache(maxsize=4)
def forms_of(format: str) -> Mapping[str, Form]:
    """Return the forms of 2019 or 2021 by key."""
    forms: dict[str, Form] = {}
    for part in indicators.table(format).parts:
        rows = tuple(Row(row.code, row.label, row.kind == "group", part.unit, row.parent_code) for row in part.rows)
        columns = tuple(Column(each.key, each.name, each.group) for each in part.columns)
        forms[part.key] = Form(part.key, format, part.heading, part.unit, rows, columns)
    return forms


class Labels:
    """The labels of a form's rows, exact and nearly so. Labels are not unique: the order of the rows decides."""

    def __init__(self, rows: Sequence[Row], also: Mapping[str, Sequence[str]] | None = None) -> None:
        self._codes: dict[str, list[str]] = {}
        self._order = {row.code: at for at, row in enumerate(rows)}
        for row in rows:
            for label in (row.label, *(also or {}).get(row.code, ())):
                codes = self._codes.setdefault(core(label), [])
                if row.code not in codes:
                    codes.append(row.code)
        self._grams = {text: _bigrams(text) for text in self._codes}
        self._letters = {row.code: Counter(_letters(row.label)) for row in rows if len(_letters(row.label)) >= 8}
        self._found: dict[str, tuple[str, ...]] = {}

    def candidates(self, label: str) -> tuple[str, ...]:
        """Return the codes a printed label may be, in printed order; none when it is no label of the form."""
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        if label not in self._found:
            self._found[label] = self._search(label)
        return self._found[label]

    def names(self, label: str) -> bool:
        """Whether a label is exactly that of a row, apart from ordinal, notes and punctuation."""
        return core(label) in self._codes

    def place(self, code: str) -> int:
        """Return the position of a row in the form."""
        return self._order[code]

    def _search(self, label: str) -> tuple[str, ...]:
        if not 2 <= len(label) <= 120 or not _WORDS.search(label):
            return ()
        text = core(label)
        if text in self._codes:
            return tuple(self._codes[text])
        if len(text) < 4:
            return ()
        grams = _bigrams(text)
        best, found = 0.0, ""
        for other, theirs in self._grams.items():
            if len(other) < 4:
                continue
            likeness = 2 * len(grams & theirs) / (len(grams) + len(theirs))
            if likeness > best:
                best, found = likeness, other
        return tuple(self._codes[found]) if best >= _ENOUGH else self._jumbled(label)

    def _jumbled(self, label: str) -> tuple[str, ...]:
        """Return the row whose label has the same characters: lines of a cell in a PDF may come in another order."""
        letters = Counter(_letters(label))
        count = sum(letters.values())
        if count < 8:
            return ()
        for code, theirs in self._letters.items():
            if 2 * sum((letters & theirs).values()) >= 0.92 * (count + sum(theirs.values())):
                return (code,)
        return ()


def as_printed(label: str, row: Row | None) -> str:
    """Return a label on one line; one that has the official characters in another order was jumbled by its file."""
    printed = one_line(label)
    if (
        row is None
        or _letters(printed) == _letters(row.label)
        or Counter(_letters(printed)) != Counter(_letters(row.label))
    ):
        return printed
    return row.label


def _letters(label: str) -> str:
    return _PUNCTUATION.sub("", _ORDINAL.sub("", fold(label)))


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


@lru_cache(maxsize=1)
def labels_of_2014() -> Labels:
    """Return the labels of the table of 2014."""
    return Labels(form_of_2014().rows, _ALSO_2014)


@lru_cache(maxsize=1)
def labels_of_requests() -> Labels:
    """Return the labels of the requests table of 2019 and 2021 together."""
    return Labels(forms_of("2021")["requests"].rows, _ALSO_REQUESTS)


@lru_cache(maxsize=1)
def other_rows() -> Mapping[str, tuple[str, str]]:
    """Return the rows of the blocks of Article 20 of both formats: label to (table, row)."""
    rows: dict[str, tuple[str, str]] = {}
    for format in ("2019", "2021"):
        for key, form in forms_of(format).items():
            if key.startswith("art20"):
                rows |= {core(row.label): (key, row.code) for row in form.rows}
    return rows | {"其他规范性文件": ("art20_1", "normative_documents")}


_ALSO_2014 = {
    "3.1.5": ("其他形式申请数", "其他申请数"),
    "3.3.4.4": ("危及国家安全公共安全经济安全和社会稳定数",),
    "8.3": ("查阅点接待人数",),
    "8.5": ("政府信息公开专项经费",),
    "2.2.5": ("其他方式回应事件数",),
}
_ALSO_REQUESTS = {
    "1": ("本年新收", "本年新收申请数量"),
    "2": ("上年结转", "上年结转申请数量"),
    "3": ("办理结果",),
    "3.3.3": ("危及三安全一稳定", "危及国家安全公共安全经济安全社会稳定"),
    "3.6.1": ("申请人无正当理由逾期不补正",),
    "3.6.2": ("申请人逾期未按收费通知要求缴纳费用",),
    "4": ("结转下年度", "结转下年继续办理", "结转下年度继续办理"),
}
