"""Leave matters in the sample's work lists: drafts, contents at every step of the chains, one sent back, one released."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from gongkai.exchange.sample.places import District
from gongkai.exchange.sample_workbook import DATA
from gongkai.files.door import receive
from gongkai.publishing.acts import (
    ItemFields,
    add_attachments,
    agree,
    draft_item,
    release_item,
    return_item,
    submit_item,
)
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Item, KeyArea
from gongkai.publishing.text import from_plain
from gongkai.review.gate import remember
from gongkai.review.models import Approval, ApprovalState, SecrecyResult
from gongkai.review.paper import print_sheet
from gongkai.rules.calendar import Calendar

HOMES = ("一室一厅", "两室一厅", "两室两厅")
SIDES = ("南", "东南")
HOUSING_SUBJECT = "城乡建设、环境保护\\城乡建设（含住房）"


def leave(district: District, at: dt.datetime) -> None:
    """Draft every matter of `data/sample-waiting.toml` and bring it as far as it says.

    The last working day up to that of `at` is theirs, so that what is released is released on a working day.
    """
    today = timezone.localdate(at)
    at -= today - Calendar.standard().working_day_until(today)
    matters = tomllib.loads((DATA / "sample-waiting.toml").read_text(encoding="utf-8"))["matter"]
    for matter in matters:
        _bring(district, matter, _draft(district, matter, at), at)


def _draft(district: District, matter: dict[str, Any], at: dt.datetime) -> Item:
    code = matter["agency"]
    return draft_item(
        agency=district.agencies[code],
        fields=ItemFields(
            title=matter["title"],
            body=from_plain(matter["body"].strip()),
            written_on=timezone.localdate(at),
            genre=matter["genre"],
            key_area=matter.get("area", KeyArea.NONE.value),
            subject_class=HOUSING_SUBJECT if "area" in matter else "",
            department=district.departments[code, matter["department"]],
            columns=tuple(district.columns[code, column] for column in matter["columns"]),
        ),
        by=district.accounts[matter["by"]],
        at=at,
    )


def _bring(district: District, matter: dict[str, Any], item: Item, at: dt.datetime) -> None:
    """Submit an item and take it through the steps that its facts tell."""
    if not matter.get("submitted"):
        return
    if "attachment" in matter:
        _attach(district, matter, item, at)
        item = Item.objects.get(pk=item.pk)
    digest = content_of(item).digest
    submit_item(item=item, digest=digest, by=district.accounts[matter["by"]], at=at)
    for username, text in matter.get("agreed", ()):
        by = district.accounts[username]
        agree(item=item, digest=digest, by=by, at=at, text=text, secrecy=SecrecyResult.CLEAR)
    if "printed_by" in matter:
        print_sheet(approvals=[_approval(item)], by=district.accounts[matter["printed_by"]], at=at)
    if "returned_by" in matter:
        username, reason = matter["returned_by"]
        return_item(item=item, digest=digest, text=reason, by=district.accounts[username], at=at)
    if "released_by" in matter:
        release_item(item=item, digest=digest, by=district.accounts[matter["released_by"]], at=at)


def _attach(district: District, matter: dict[str, Any], item: Item, at: dt.datetime) -> None:
    """Attach a small table of homes, handed in at the door like any other file."""
    by = district.accounts[matter["by"]]
    upload = SimpleUploadedFile(matter["attachment"], _homes())
    received = receive(upload, agency=item.agency, by=by, at=at)
    remember([received], item.agency)
    add_attachments(item=item, digest=content_of(item).digest, files=[received], by=by, at=at)


def _homes() -> bytes:
    """A list of vacant homes as a workbook."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "空置房源"
    page.append(["序号", "楼号", "楼层", "户型", "建筑面积（平方米）", "朝向"])
    for place in range(14):
        home = [place + 1, f"{1 + place % 3}号楼", 2 + place, HOMES[place % 3], 42 + 6 * (place % 3), SIDES[place % 2]]
        page.append(home)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _approval(item: Item) -> Approval:
    """The run of the chain that an item is in."""
    return Approval.objects.get(object_kind=OBJECT_KIND, object_key=str(item.uid), state=ApprovalState.IN_REVIEW)
