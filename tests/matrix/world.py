"""Forty agencies: three with an example of everything that has an address, the others with a few items each.

Whatever belongs to agency number 7 and is not public carries the mark 密07记, what it published 公07记.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.accounts.models import Account
from gongkai.agencies import acts as agencies
from gongkai.agencies.models import Agency, AgencyKind, Department, Post, PostHolding, Role
from gongkai.exchange.models import ColumnMapping
from gongkai.files import storage
from gongkai.files.door import Received
from gongkai.periods.records.acts import enter_records
from gongkai.publishing import acts
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Attachment, Column, Item, ItemChannel
from gongkai.reports.models import AnnualReport
from gongkai.reports.outlines import outline_for
from gongkai.review import paper
from gongkai.review.acts import define_chain
from gongkai.review.chains import MERGED_STEPS
from gongkai.review.gate.words import add_word
from gongkai.review.models import Override
from tests.cast import ENTERED_AT, Cast, account_of, make_agency, make_cast, make_officer
from tests.periods.records.rows import NEXT, SAMPLES, all_kinds, unsaved
from tests.review.papers import picture

COUNT = 40
YEAR = 2017
AT = dt.datetime(2017, 5, 19, 1, 30, tzinfo=dt.UTC)
DAY = dt.date(2017, 5, 19)
STAFF = (
    (Role.CONTRIBUTOR, "信息员"),
    (Role.OFFICE, "办公室主任"),
    (Role.HEAD, "主任"),
    (Role.RELEASER, "发布员"),
)


def secret(number: int) -> str:
    """The mark of what an agency has not published."""
    return f"密{number:02}记"


@dataclass(frozen=True)
class Objects:
    """An example of everything with an address, as its address names it."""

    code: str
    keys: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """A key by its name."""
        return self.keys[name]


class Missing(Objects):
    """Keys that nothing has."""

    def __init__(self) -> None:
        super().__init__("no-such", records={kind.slug: uuid.uuid4() for kind in all_kinds()})

    def __getattr__(self, name: str) -> Any:
        return 10**9 if name in ("opinion", "channel", "holding") else uuid.uuid4()


@dataclass(frozen=True)
class World:
    """The agencies, who works in the first, and the examples: own, of a neighbour, of another district."""

    cast: Cast
    agencies: list[Agency]
    own: Objects
    neighbour: Objects
    far: Objects


def build() -> World:
    """Build it, through acts where there are any."""
    cast = make_cast()
    others = [
        make_agency(f"sample-{number:02}", f"示例区第{number}局", AgencyKind.DEPARTMENT, parent=cast.government)
        for number in range(2, COUNT - 1)
    ]
    district = make_agency("other-district", "示例二区人民政府", AgencyKind.GOVERNMENT)
    far = make_agency("other-housing", "示例二区住房局", AgencyKind.DEPARTMENT, parent=district)
    found = [cast.agency, cast.other_agency, *others, far]
    examples = {}
    for number, agency in enumerate(found):
        people = dict(cast.accounts) if number == 0 else staff(agency, full=number in (1, COUNT - 1))
        column, draft, published = settle(agency, people, number)
        if number in (0, 1, COUNT - 1):
            examples[number] = furnish(agency, people, number, column, draft, published)
    return World(cast, found, examples[0], examples[1], examples[COUNT - 1])


def staff(agency: Agency, *, full: bool) -> dict[str, Account]:
    """Who works in an agency: an office, or all that a chain needs."""
    wanted = STAFF if full else STAFF[1:2]
    people = {}
    for role, title in wanted:
        taken = Account.objects.filter(username=f"{agency.code}-{role}").first()
        people[str(role)] = taken or account_of(make_officer(agency, role, f"示例{title}", title))
    return people


def settle(agency: Agency, people: Mapping[str, Account], number: int) -> tuple[Column, Item, Item]:
    """A column, a draft and a published item."""
    column = acts.create_column(agency=agency, code="tzgg", name="通知公告", by=None, at=ENTERED_AT)
    office = people[Role.OFFICE]
    draft = acts.draft_item(agency=agency, fields=said(secret(number), column), by=office, at=AT)
    row = acts.HistoryRow(
        fields=said(f"公{number:02}记", column),
        published_on=DAY,
        published_on_source="原网站页面",
        index_number=f"SL-{number:02}-1",
    )
    published = acts.enter_history(agency=agency, rows=[row], by=None, at=AT)[0]
    acts.confirm_history(agency=agency, digests={published.uid: published.published_digest}, by=office, at=AT)
    return column, draft, published


def said(mark: str, *columns: Column) -> acts.ItemFields:
    """The fields of an item that carries a mark in title and body."""
    return acts.ItemFields(
        title=f"{mark}关于配租结果的通告",
        body=f"<p>{mark}本批共向三十六户家庭配租。</p>",
        written_on=dt.date(2017, 5, 17),
        columns=columns,
    )


def furnish(
    agency: Agency, people: Mapping[str, Account], number: int, column: Column, draft: Item, published: Item
) -> Objects:
    """An example of everything that has an address."""
    mark = secret(number)
    define_chain(agency=agency, object_kind=OBJECT_KIND, name="流程", steps=MERGED_STEPS, by=None, at=ENTERED_AT)
    department = agency.departments.first() or agencies.add_department(agency=agency, name="业务股", by=None, at=AT)
    item = acts.draft_item(agency=agency, fields=said(mark, column), by=people[Role.CONTRIBUTOR], at=AT)
    file = Received(storage.store(f"名称\n{mark}\n".encode(), extension="csv"), f"{mark}.csv", ())
    digest = content_of(item).digest
    acts.add_attachments(item=item, digest=digest, files=[file], by=people[Role.CONTRIBUTOR], at=AT)
    submit(item, people[Role.CONTRIBUTOR])
    run = approval_of(item)
    assert run is not None
    sheet = paper.print_sheet(approvals=[run], by=people[Role.OFFICE], at=AT)
    scan = storage.store(picture(), extension="png")
    signed = paper.Signature(people[Role.OFFICE].officer, DAY, scan, f"{mark}.png", text=mark, secrecy="clear")
    opinion = paper.enter_paper_opinions(
        sheet=sheet, approvals=[run], signature=signed, by=people[Role.RELEASER], at=AT
    )[0]
    channel = acts.record_channel(
        item=published,
        kind="posting",
        on=DAY,
        place="公告栏",
        photo=scan,
        photo_name="照片.png",
        by=people[Role.OFFICE],
        at=AT,
    )
    override = Override.objects.create(
        agency=agency,
        object_kind=OBJECT_KIND,
        object_key=str(item.uid),
        content_digest=run.content_id,
        ground="consent",
        text=mark,
        asked_by=people[Role.RELEASER],
        asked_at=AT,
    )
    post = Post.objects.filter(agency=agency, role=Role.OFFICE).first()
    holding = PostHolding.objects.filter(post__agency=agency, post__role=Role.OFFICE).first()
    assert post is not None
    assert holding is not None
    outline = outline_for(YEAR)
    assert outline is not None
    report = AnnualReport.objects.create(
        agency=agency, year=YEAR, outline=outline.id, drafter=people[Role.OFFICE], begun_at=AT
    )
    mapping = ColumnMapping.objects.create(agency=agency, register="hotline", name=f"{mark}平台", saved_at=AT)
    word = add_word(agency=agency, text=f"{mark}词", severity="warn", by=people[Role.OFFICE], at=AT)
    return Objects(
        agency.code,
        keys={
            "item": item.uid,
            "draft": draft.uid,
            "published": published.uid,
            "attachment": Attachment.objects.get(item=item).uid,
            "channel": channel.pk if isinstance(channel, ItemChannel) else 0,
            "column": column.uid,
            "approval": run.uid,
            "sheet": sheet.uid,
            "opinion": opinion.pk,
            "override": override.uid,
            "word": word.uid,
            "report": report.uid,
            "mapping": mapping.uid,
            "department": department.uid if isinstance(department, Department) else None,
            "officer": people[Role.OFFICE].officer.uid,
            "post": post.uid,
            "holding": holding.pk,
        },
        records=records_of(agency, mark),
    )


def submit(item: Item, by: Account) -> None:
    """Put a draft into its chain as it is now."""
    fresh = Item.objects.get(pk=item.pk)
    acts.submit_item(item=fresh, digest=content_of(fresh).digest, by=by, at=AT)


def records_of(agency: Agency, mark: str) -> dict[str, Any]:
    """A record of every register, marked where it has a text of its own."""
    made = {}
    for kind in all_kinds():
        marked = {name: f"{value}{mark}" for name, value in SAMPLES[kind.model].items() if name in NEXT}
        record = enter_records(
            agency=agency,
            rows=[unsaved(kind, agency, 0, **marked)],
            by=None,
            at=dt.datetime(2018, 1, 8, 1, tzinfo=dt.UTC),
        )[0]
        made[kind.slug] = record.uid
    return made
