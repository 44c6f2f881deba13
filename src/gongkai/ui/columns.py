"""Columns for lists: the same alignment, dates and tags everywhere, and what each gives to an export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.ui.templatetags.ui import tag

NUMERIC = {"th": {"class": "n"}, "td": {"class": "n"}}
DAY = {"th": {"class": "day"}, "td": {"class": "day"}}


class Table(tables.Table):
    """The base of every list: our template, sorted by `Meta.order_by`, ties broken by the key.

    Subclasses may set in `Meta`: `model`, `fields`, `sequence`, `order_by`. Cells without a value show a dash.
    """

    class Meta:
        template_name = "ui/list/table.html"
        default = "—"

    def export_only(self) -> list[tuple[Any, Callable[[Any], Any]]]:
        """Columns that the screen has no room for: heading and what it says of a record. They stand in exports last."""
        return []

    def as_values(self, exclude_columns: Any = None) -> Iterator[list[Any]]:
        """The heading and all rows, with what only an export has."""
        more = self.export_only()
        rows = super().as_values(exclude_columns)
        yield [*next(rows), *(heading for heading, _said in more)]
        for values, row in zip(rows, self.rows, strict=True):
            yield [*values, *(said(row.record) for _heading, said in more)]


class NumberColumn(tables.Column):
    """A number, right-aligned in figures of one width."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"attrs": NUMERIC, **kwargs})


class DayColumn(tables.Column):
    """A day as 2017-05-19; a real day in an export."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"attrs": DAY, **kwargs})

    def render(self, value: dt.date) -> str:
        """The day as text."""
        return value.isoformat()

    def value(self, value: dt.date) -> dt.date:
        """The day itself."""
        return value


class MomentColumn(tables.Column):
    """An instant as 2017-05-19 09:30 in Shanghai time; a real instant in an export."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"attrs": DAY, **kwargs})

    def render(self, value: dt.datetime) -> str:
        """The instant as text."""
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"

    def value(self, value: dt.datetime) -> dt.datetime:
        """The instant itself."""
        return value


class TagColumn(tables.Column):
    """A state as a tag; `tones` maps the stored value to ok, soon, late or quiet."""

    def __init__(self, tones: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tones = dict(tones or {})

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        """The words of the state in a tag."""
        stored = getattr(record, str(bound_column.accessor), value)
        return tag(value, self.tones.get(str(stored), ""))

    def value(self, value: Any) -> str:
        """The words alone."""
        return str(value)
