"""Columns of an agency's section: a tree that is created, renamed, arranged and hidden, never deleted."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.public_words import refusals_of_public_words
from gongkai.audit.acts import append
from gongkai.audit.events import EventData
from gongkai.publishing import events
from gongkai.publishing.models import Column, ColumnKind
from gongkai.publishing.permissions import refusals_to_arrange_columns
from gongkai.rules.refusals import ActRefused, Refusal, require

COLUMN_KIND = "publishing.column"
UP, DOWN = -1, 1


@transaction.atomic
def create_column(
    *,
    agency: Agency,
    code: str,
    name: str,
    by: Account | None,
    at: dt.datetime,
    parent: Column | None = None,
    kind: str = ColumnKind.BOARD,
    position: int | None = None,
) -> Column:
    """Add a column below a parent or at the top of the agency's section; without `position`, as the last there."""
    refusals = refusals_to_arrange_columns(by, agency)
    if parent is not None and parent.agency_id != agency.pk:
        refusals.append(Refusal("foreign_column", "上级栏目不是本机构的栏目。"))
    require(refusals)
    if position is None:
        position = len(_siblings(agency, parent.pk if parent else None))
    column = Column(agency=agency, code=code, name=name.strip(), parent=parent, kind=kind, position=position)
    _check(column)
    column.save()
    _tell(column, events.ColumnCreated(code=code, name=column.name), by, at)
    return column


@transaction.atomic
def amend_column(
    *,
    column: Column,
    name: str,
    kind: str,
    parent: Column | None,
    is_hidden: bool,
    by: Account,
    at: dt.datetime,
) -> Column:
    """Rename a column, put it below another, hide it or show it again. Its code stays: it stands in addresses.

    A hidden column, with all below it, is neither offered to drafters nor shown to the public; its items stay public
    at their own addresses.
    """
    column = _locked(column)
    refusals = refusals_to_arrange_columns(by, column.agency)
    if parent is not None and parent.agency_id != column.agency_id:
        refusals.append(Refusal("foreign_column", "上级栏目不是本机构的栏目。"))
    if parent is not None and column.pk in _with_ancestors(parent):
        refusals.append(Refusal("below_itself", "栏目不能移到它自己或它的下级栏目下面，请另选上级栏目。"))
    require(refusals)
    changes = []
    if name.strip() != column.name:
        changes.append(f"名称由「{column.name}」改为「{name.strip()}」")
        column.name = name.strip()
    if kind != column.kind:
        changes.append(f"性质改为「{dict(ColumnKind.choices).get(kind, kind)}」")
        column.kind = kind
    if (parent.pk if parent else None) != column.parent_id:
        changes.append(f"移到「{parent.name}」下面" if parent else "移到最上一级")
        column.position = len(_siblings(column.agency, parent.pk if parent else None))
        column.parent = parent
    if is_hidden != column.is_hidden:
        changes.append("停用" if is_hidden else "恢复使用")
        column.is_hidden = is_hidden
    if not changes:
        return column
    _check(column)
    column.save()
    _tell(column, events.ColumnChanged(code=column.code, name=column.name, changes="；".join(changes)), by, at)
    return column


@transaction.atomic
def shift_column(*, column: Column, step: int, by: Account, at: dt.datetime) -> Column:
    """Move a column one place up (`UP`) or down (`DOWN`) among those beside it; at the end it stays where it is."""
    column = _locked(column)
    require(refusals_to_arrange_columns(by, column.agency))
    beside = _siblings(column.agency, column.parent_id)
    place = next(number for number, other in enumerate(beside) if other.pk == column.pk)
    target = place + (UP if step < 0 else DOWN)
    if not 0 <= target < len(beside):
        return column
    beside[place], beside[target] = beside[target], beside[place]
    for number, other in enumerate(beside):
        other.position = number
    Column.objects.without_tree_fields().bulk_update(beside, ["position"], batch_size=200)
    words = "上移一位" if step < 0 else "下移一位"
    _tell(column, events.ColumnChanged(code=column.code, name=column.name, changes=words), by, at)
    column.refresh_from_db()
    return column


def _locked(column: Column) -> Column:
    """The column as it is now; the agency's row is the lock, because places are shared among columns."""
    Agency.objects.without_tree_fields().select_for_update(of=("self",)).get(pk=column.agency_id)
    return Column.objects.without_tree_fields().select_related("agency").get(pk=column.pk)


def _siblings(agency: Agency, parent_id: int | None) -> list[Column]:
    beside = Column.objects.without_tree_fields().filter(agency=agency, parent_id=parent_id)
    return list(beside.order_by("position", "pk"))


def _with_ancestors(column: Column) -> set[int]:
    """The keys of a column and of all above it."""
    above: dict[int, int | None] = dict(
        Column.objects.without_tree_fields().filter(agency=column.agency_id).order_by().values_list("pk", "parent_id")
    )
    found: set[int] = set()
    key: int | None = column.pk
    while key is not None and key not in found:
        found.add(key)
        key = above.get(key)
    return found


def _check(column: Column) -> None:
    """Raise `ActRefused` with every fault of the fields; the public reads the name at once."""
    require(refusals_of_public_words({"name": column.name}, {"name": str(Column._meta.get_field("name").verbose_name)}))
    try:
        column.full_clean(exclude=["parent"])
    except ValidationError as error:
        raise ActRefused([Refusal("invalid", sentence) for sentence in error.messages]) from error


def _tell(column: Column, data: EventData, by: Account | None, at: dt.datetime) -> None:
    append(
        data,
        agency_code=column.agency.code,
        object_kind=COLUMN_KIND,
        object_key=str(column.uid),
        by=by,
        at=at,
    )
