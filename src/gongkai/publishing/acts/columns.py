"""Columns of an agency's section."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import refusals_to_enter
from gongkai.audit.acts import append
from gongkai.publishing import events
from gongkai.publishing.models import Column, ColumnKind
from gongkai.rules.refusals import ActRefused, Refusal, require


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
    position: int = 0,
) -> Column:
    """Add a column below a parent or at the top of the agency's section."""
    refusals = refusals_to_enter(by, agency, Role.OFFICE, Role.SYSTEM_ADMINISTRATOR)
    if parent is not None and parent.agency_id != agency.pk:
        refusals.append(Refusal("foreign_column", "上级栏目不是本机构的栏目。"))
    require(refusals)
    column = Column(agency=agency, code=code, name=name, parent=parent, kind=kind, position=position)
    try:
        column.full_clean()
    except ValidationError as error:
        raise ActRefused([Refusal("invalid", sentence) for sentence in error.messages]) from error
    column.save()
    append(
        events.ColumnCreated(code=code, name=name),
        agency_code=agency.code,
        object_kind="publishing.column",
        object_key=str(column.uid),
        by=by,
        at=at,
    )
    return column
