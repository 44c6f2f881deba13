"""The registers of what an agency has for its OGI work."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from gongkai.agencies.models import Role
from gongkai.agencies.public_words import refusals_of_public_words
from gongkai.periods.records.checks import not_twice_at_once
from gongkai.periods.records.kinds import RecordKind
from gongkai.periods.records.windows import in_year, within
from gongkai.resources.models import Fund, Meeting, OgiOffice, ReadingPoint, StaffMember, Training, Visit
from gongkai.rules.refusals import Refusal

ROLES = (Role.OFFICE,)


def check_visit(visit: Visit, _today: dt.date) -> list[Refusal]:
    """A reading point receives visitors only while it is there."""
    point = visit.reading_point
    if visit.on < point.from_on or (point.to_on is not None and visit.on > point.to_on):
        return [Refusal("not_in_being", f"{visit.on}时查阅点「{point.name}」没有设立。", field="on")]
    return []


def check_place(record: OgiOffice | ReadingPoint, today: dt.date) -> list[Refusal]:
    """Of one name there is one at a time; the public reads name and address on the guide's page at once."""
    names = [name for name in ("name", "address") if hasattr(record, name)]
    titles = {name: str(type(record)._meta.get_field(name).verbose_name) for name in names}  # type: ignore[union-attr]
    return refusals_of_public_words({name: getattr(record, name) for name in names}, titles) + not_twice_at_once(
        record, today
    )


OGI_OFFICE = RecordKind(
    OgiOffice,
    slug="offices",
    roles=ROLES,
    fields=("name", "from_on", "to_on"),
    columns=("name", "from_on", "to_on"),
    search=("name",),
    window=within("from_on", "to_on"),
    decides="from_on",
    registers={"ogi_offices": Q()},
    order=(("from_on", "to_on"),),
    ahead=("to_on",),
    key=("name", "from_on"),
    check=check_place,
)
READING_POINT = RecordKind(
    ReadingPoint,
    slug="reading-points",
    roles=ROLES,
    fields=("name", "address", "from_on", "to_on"),
    columns=("name", "address", "from_on", "to_on"),
    search=("name", "address"),
    window=within("from_on", "to_on"),
    decides="from_on",
    registers={"reading_points": Q()},
    order=(("from_on", "to_on"),),
    ahead=("to_on",),
    key=("name", "from_on"),
    check=check_place,
)
VISIT = RecordKind(
    Visit,
    slug="visits",
    roles=ROLES,
    fields=("reading_point", "on", "visitors"),
    columns=("on", "reading_point", "visitors"),
    search=("reading_point__name",),
    window=in_year("on"),
    decides="on",
    registers={"visits": Q()},
    parent="reading_point",
    check=check_visit,
)
STAFF_MEMBER = RecordKind(
    StaffMember,
    slug="staff",
    roles=ROLES,
    fields=("name", "employment", "from_on", "to_on"),
    columns=("name", "employment", "from_on", "to_on"),
    filters=("employment",),
    search=("name",),
    window=within("from_on", "to_on"),
    decides="from_on",
    registers={"staff": Q()},
    order=(("from_on", "to_on"),),
    ahead=("to_on",),
    key=("name", "from_on"),
    check=not_twice_at_once,
)
FUND = RecordKind(
    Fund,
    slug="funds",
    roles=ROLES,
    fields=("on", "amount", "purpose"),
    columns=("on", "purpose", "amount"),
    search=("purpose",),
    window=in_year("on"),
    decides="on",
    registers={"funds": Q()},
)
MEETING = RecordKind(
    Meeting,
    slug="meetings",
    roles=ROLES,
    fields=("held_on", "topic"),
    columns=("topic", "held_on"),
    search=("topic",),
    window=in_year("held_on"),
    decides="held_on",
    registers={"meetings": Q()},
    key=("held_on", "topic"),
)
TRAINING = RecordKind(
    Training,
    slug="trainings",
    roles=ROLES,
    fields=("held_on", "topic", "participants"),
    columns=("topic", "held_on", "participants"),
    search=("topic",),
    window=in_year("held_on"),
    decides="held_on",
    registers={"trainings": Q()},
    key=("held_on", "topic"),
)
KINDS = (OGI_OFFICE, READING_POINT, VISIT, STAFF_MEMBER, FUND, MEETING, TRAINING)
