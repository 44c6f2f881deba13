"""Leave matters in the sample's work lists: drafts, contents at every step of the chains, one sent back, one released."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from django.utils import timezone

from gongkai.exchange.sample.places import District
from gongkai.exchange.sample_workbook import DATA
from gongkai.publishing.acts import ItemFields, draft_item, release_item, return_item, submit_item
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Item, KeyArea
from gongkai.publishing.text import from_plain
from gongkai.review.acts import agree
from gongkai.review.models import Approval, ApprovalState, SecrecyResult
from gongkai.rules.calendar import Calendar

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
    digest = content_of(item).digest
    submit_item(item=item, digest=digest, by=district.accounts[matter["by"]], at=at)
    for username, text in matter.get("agreed", ()):
        by = district.accounts[username]
        agree(approval=_approval(item), digest=digest, by=by, at=at, text=text, secrecy=SecrecyResult.CLEAR)
    if "returned_by" in matter:
        username, reason = matter["returned_by"]
        return_item(item=item, digest=digest, text=reason, by=district.accounts[username], at=at)
    if "released_by" in matter:
        release_item(item=item, digest=digest, by=district.accounts[matter["released_by"]], at=at)


def _approval(item: Item) -> Approval:
    """The run of the chain that an item is in."""
    return Approval.objects.get(object_kind=OBJECT_KIND, object_key=str(item.uid), state=ApprovalState.IN_REVIEW)
