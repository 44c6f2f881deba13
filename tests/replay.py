"""What many tests build in the same way is built once by a worker and put back row by row from then on.

The rows are those that the acts wrote the first time, events included, under the same keys; only the work of the acts
is saved. A builder that changes rows of others, or writes beside the models, is not for this: it is refused.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

Built = TypeVar("Built")
Rows = dict[type[models.Model], dict[Any, tuple[Any, ...]]]
Added = dict[type[models.Model], list[models.Model]]


class Replayed(Generic[Built]):
    """A builder without arguments that really builds the first time in each database, and beside other rows."""

    def __init__(self, build: Callable[[], Built]) -> None:
        self.build = build
        self.kept: dict[str, tuple[bytes, Added]] = {}

    def __call__(self) -> Built:
        """Build, or put back what was built."""
        name = str(connection.settings_dict["NAME"])
        if name not in self.kept:
            before = all_rows()
            built = self.build()
            self.kept[name] = pickle.dumps(built), new_rows(before)
            return built
        told, added = self.kept[name]
        if any(model._base_manager.exists() for model in added):
            return self.build()  # other rows may hold the keys
        for model, rows in added.items():
            model._base_manager.bulk_create(rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(added)):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        again: Built = pickle.loads(told)  # noqa: S301 # written above, by this process
        return again


def all_rows() -> Rows:
    """Every row of every model by its key."""
    found: Rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            names = [field.attname for field in model._meta.concrete_fields]
            rows = model._base_manager.values_list("pk", *names)
            found[model] = {row[0]: row[1:] for row in rows}
    return found


def new_rows(before: Rows) -> Added:
    """The objects that came since, models in the order in which they can be written."""
    added: Added = {}
    for model, rows in all_rows().items():
        if any(rows.get(key) != row for key, row in before[model].items()):
            raise RuntimeError(f"a row of {model.__name__} was changed: this is not to be replayed")
        keys = rows.keys() - before[model].keys()
        if keys:
            added[model] = list(model._base_manager.filter(pk__in=keys).order_by("pk"))
    return added
