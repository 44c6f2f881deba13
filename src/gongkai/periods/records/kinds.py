"""The declaration of a register, and the ones declared so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, Q

from gongkai.agencies.models import Role
from gongkai.periods.records.models import STANDING, Record
from gongkai.periods.records.windows import Window
from gongkai.periods.registers import Counter, count_with
from gongkai.rules.refusals import Refusal

Check = Callable[[Any, dt.date], list[Refusal]]
Restate = Callable[[Sequence[Any]], None]


@dataclass(frozen=True)
class RecordKind:
    """How records of one model are entered, checked, counted and shown.

    - `slug`: its part of the staff address; `roles`: who may enter, correct and withdraw.
    - `fields`: the form, in the order in which a person knows the answers; `columns`: the list; `filters`: fields by
      which the list is filtered; `search`: texts that its search box looks through.
    - `window`: the records that belong to a year; `registers`: the year's registers it fills, each with the condition
      under which a record belongs there.
    - `order`: pairs of days of which the first may not come after the second; `ahead`: days that may lie in the future.
    - `key`: fields that together occur once in an agency. `parent`: the field that names the record it hangs on.
    - `waiting`: the condition of the records that still wait for an answer, for the filter and the work list.
    - `check(record, today)`: what else is refused; `restate(records)`: derives stored days after a change.
    """

    model: type[Record]
    slug: str
    roles: tuple[Role, ...]
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    window: Window
    decides: str
    registers: Mapping[str, Q] = field(default_factory=dict)
    order: tuple[tuple[str, str], ...] = ()
    ahead: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    parent: str = ""
    waiting: Q | None = None
    check: Check | None = None
    restate: Restate | None = None

    @property
    def label(self) -> str:
        """The name of one record's kind on the screen."""
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        """The name of the register on the screen."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def object_kind(self) -> str:
        """The name under which the events of its records are kept."""
        return self.model._meta.label_lower

    @property
    def package(self) -> str:
        """The package it belongs to; the name space of its addresses."""
        return self.model._meta.app_label

    def field(self, name: str) -> models.Field[Any, Any]:
        """A field of the model by its name. Raises `FieldDoesNotExist`."""
        found = self.model._meta.get_field(name)
        if not isinstance(found, models.Field):
            raise TypeError(f"{name} is no column of {self.object_kind}")
        return found

    def title_of(self, name: str) -> str:
        """What a field is called on the screen."""
        return str(self.field(name).verbose_name)

    def days(self) -> list[str]:
        """The fields that hold a day."""
        return [one.name for one in self.model._meta.fields if type(one) is models.DateField]

    def links(self) -> list[str]:
        """The fields that name another record of the same agency."""
        return [
            one.name
            for one in self.model._meta.fields
            if isinstance(one, models.ForeignKey) and issubclass(one.remote_field.model, Record)
        ]

    def address(self, page: str = "") -> str:
        """The name of one of its pages: the list, or `new`, `record`, `correct`, `withdraw`."""
        return f"{self.package}:{self.slug}" + (f"-{page}" if page else "")


_kinds: dict[type[Record], RecordKind] = {}
_imports: dict[type[Record], str] = {}


def declare(*kinds: RecordKind) -> None:
    """Make registers known and count them for the year's "nothing to report"; called from `AppConfig.ready()`."""
    for kind in kinds:
        _kinds[kind.model] = kind
        for code, condition in kind.registers.items():
            count_with(code, counter_of(kind, condition))


def import_at(model: type[Record], url_name: str) -> None:
    """Name the staff page that brings records of a model in from other systems; called from `AppConfig.ready()`."""
    _imports[model] = url_name


def import_page_of(model: type[Record]) -> str:
    """The name of the page where records of a model come in from other systems; empty where there is none."""
    return _imports.get(model, "")


def kind_of(model: type[models.Model]) -> RecordKind:
    """The declaration of a model. Raises `KeyError` for a model that was not declared."""
    return _kinds[model]  # type: ignore[index]  # a model without declaration is the KeyError that is announced


def kinds() -> Iterator[RecordKind]:
    """All declarations, in the order in which they were made."""
    yield from _kinds.values()


def kinds_of(package: str) -> list[RecordKind]:
    """The declarations of a package."""
    return [kind for kind in kinds() if kind.package == package]


def linked_to(model: type[Record]) -> list[tuple[RecordKind, str]]:
    """The declarations whose records name records of a model, each with the field that does so."""
    return [(kind, link) for kind in kinds() for link in kind.links() if kind.field(link).related_model is model]


def counter_of(kind: RecordKind, condition: Q) -> Counter:
    """A counter of the standing records of a year, by agency id, in one statement."""

    def count(agency_ids: Collection[int], year: int) -> dict[int, int]:
        rows = kind.model._default_manager.filter(STANDING, kind.window(year), condition, agency_id__in=agency_ids)
        return dict(rows.order_by().values_list("agency_id").annotate(Count("pk", distinct=True)))

    return count
