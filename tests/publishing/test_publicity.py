"""The publicity clock: the last day of a term, what happens after it, and that nothing of the record is lost."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.audit.acts import timeline
from gongkai.cli.main import run
from gongkai.publishing import acts, clock
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import DayUnit, Item, ItemState
from gongkai.publishing.terms import last_day, masked
from gongkai.review.content import read_copies
from gongkai.rules.refusals import ActRefused
from gongkai.search import index
from tests.asking import codes
from tests.cast import Cast
from tests.publishing.rows import AT, digest, draft, prepare

LIST = (
    "<p>下列家庭符合配租条件，现予公示。</p><table><tbody>"
    "<tr><th>序号</th><th>姓名</th><th>房源</th></tr>"
    "<tr><td>1</td><td>示例甲某</td><td>示例小区1号楼</td></tr>"
    "<tr><td>2</td><td>示例乙某</td><td>示例小区2号楼</td></tr></tbody></table>"
)
TERM = {"publicity_days": 5, "publicity_unit": DayUnit.WORKING, "publicity_then": "withdraw"}
OVER = dt.datetime(2017, 5, 26, 16, 1, tzinfo=dt.UTC)  # 27 May, 00:01 in Shanghai


def shown(cast: Cast, body: str = LIST, **term: Any) -> Item:
    """An item that was published on Friday 19 May 2017 for a term."""
    item = draft(cast, prepare(cast), body=body)
    acts.amend_details(
        item=item, digest=digest(item), details=acts.DetailFields(**(TERM | term)), by=cast.contributor, at=AT
    )
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    return acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)


@pytest.mark.parametrize(
    ("days", "unit", "expected"),
    [
        (5, DayUnit.WORKING, dt.date(2017, 5, 26)),  # 27 May was worked in place of 29 May
        (6, DayUnit.WORKING, dt.date(2017, 5, 27)),
        (7, DayUnit.CALENDAR, dt.date(2017, 5, 26)),
        (9, DayUnit.CALENDAR, dt.date(2017, 5, 31)),  # 28 to 30 May were the Dragon Boat days off
    ],
)
def test_last_day_counts_from_the_day_after_publication(days: int, unit: str, expected: dt.date) -> None:
    assert last_day(dt.date(2017, 5, 19), days, unit) == expected


def test_release_gives_the_term_its_last_day(cast: Cast) -> None:
    assert shown(cast).publicity_until == dt.date(2017, 5, 26)


@pytest.mark.one_database
def test_end_term_is_refused_while_the_term_runs(cast: Cast) -> None:
    item = shown(cast)
    with pytest.raises(ActRefused) as refused:
        acts.end_term(item=item, at=OVER - dt.timedelta(hours=8))
    assert codes(refused) == ["term_runs"]
    assert clock.run(OVER - dt.timedelta(hours=8)) == []


def test_tick_withdraws_what_is_over_once_and_leaves_a_tombstone(cast: Cast) -> None:
    item = shown(cast)
    before = item.published_digest
    assert [(each.uid, each.how) for each in clock.run(OVER)] == [(str(item.uid), "withdrawn")]
    assert clock.run(OVER) == []
    item.refresh_from_db()
    assert (item.state, item.withdrawal_reason) == (ItemState.WITHDRAWN, "term_over")
    assert item.published_digest == before
    page = Client().get(item.get_absolute_url())
    assert page.status_code == 410
    assert "公示期满" in page.content.decode()
    assert index.search("示例甲某", scope="public").total == 0
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence == "公示期到2017-05-26为止，期满撤下"
    assert "示例甲某" in read_copies([before])[before].body


def test_tick_masks_names_and_keeps_both_copies(cast: Cast) -> None:
    item = shown(cast, publicity_then="mask")
    before = item.published_digest
    assert [each.how for each in clock.run(OVER)] == ["masked"]
    assert clock.run(OVER) == []
    item.refresh_from_db()
    assert item.state == ItemState.PUBLISHED
    assert item.published_digest == content_of(item).digest != before
    page = Client().get(item.get_absolute_url()).content.decode()
    assert ("示例甲某" in page, "示例小区1号楼" in page, "公示期满" in page) == (False, True, True)
    assert index.search("示例甲某", scope="public").total == 0
    assert index.search("符合配租条件", scope="public").total == 1
    assert "示例甲某" in read_copies([before])[before].body


@pytest.mark.one_database
def test_what_cannot_be_shown_to_be_clean_is_withdrawn(cast: Cast) -> None:
    item = shown(cast, body="<p>示例甲某、示例乙某两户符合配租条件，现予公示。</p>", publicity_then="mask")
    assert [each.how for each in clock.run(OVER)] == ["withdrawn"]
    item.refresh_from_db()
    assert "示例甲某" in item.body


@pytest.mark.parametrize(
    ("title", "body"),
    [("公示138" + "0013" + "8000", LIST), ("公示", "<p>没有表格。</p>")],
)
def test_masked_says_why_not(title: str, body: str) -> None:
    assert masked(title, body).why_not


def test_masked_keeps_the_structure_of_the_text() -> None:
    copy = masked("公示", LIST).body
    assert copy.count("<tr>") == 3
    assert "示例小区2号楼" in copy


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"publicity_days": 0}, "bad_days"),
        ({"publicity_days": 367}, "bad_days"),
        ({"publicity_then": ""}, "term_half"),
        ({"publicity_days": None}, "term_half"),
        ({"valid_until": dt.date(2017, 5, 1)}, "validity_order"),
        ({"issuers": ("示例区住房服务中心",)}, "issuer_twice"),
        ({"ground": "state_secret"}, "ground_without_need"),
    ],
)
def test_amend_details_refuses_what_cannot_be(cast: Cast, changes: dict[str, Any], code: str) -> None:
    item = draft(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.amend_details(
            item=item, digest=digest(item), details=acts.DetailFields(**(TERM | changes)), by=cast.contributor, at=AT
        )
    assert codes(refused) == [code]


@pytest.mark.one_database
def test_what_is_not_disclosed_needs_a_ground(cast: Cast) -> None:
    item = draft(cast, prepare(cast), attribute="non_disclosure")
    for details, code in (
        (acts.DetailFields(), "ground_missing"),
        (acts.DetailFields(ground="other"), "ground_missing"),
        (acts.DetailFields(ground="mood"), "unknown_ground"),
    ):
        with pytest.raises(ActRefused) as refused:
            acts.amend_details(item=item, digest=digest(item), details=details, by=cast.contributor, at=AT)
        assert codes(refused) == [code]


def test_details_are_part_of_what_is_approved(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    before = digest(item)
    acts.amend_details(item=item, digest=before, details=acts.DetailFields(), by=cast.contributor, at=AT)
    assert digest(item) == before, "without details the content is what it was"
    acts.submit_item(item=item, digest=before, by=cast.contributor, at=AT)
    details = acts.DetailFields(effective_on=dt.date(2017, 6, 1), issuers=("示例区财政局",))
    acts.amend_details(item=item, digest=before, details=details, by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=before, by=cast.office, secrecy="clear", at=AT)
    assert codes(refused) == ["content_changed"]
    with pytest.raises(ActRefused) as refused:
        acts.amend_details(item=item, digest=before, details=details, by=cast.office, at=AT)
    assert codes(refused) == ["content_changed"]


def test_the_work_list_names_a_term_three_working_days_before_its_end(cast: Cast) -> None:
    item = shown(cast)
    for who, day, expected in (
        (cast.office, dt.date(2017, 5, 22), []),
        (cast.office, dt.date(2017, 5, 23), [item]),
        (cast.contributor, dt.date(2017, 5, 26), [item]),
        (cast.head, dt.date(2017, 5, 26), []),
        (cast.stranger, dt.date(2017, 5, 26), []),
    ):
        assert clock.ending_soon(who, day) == expected
    client = Client()
    client.force_login(cast.office)
    assert "公示期满由系统自动处理" in client.get(reverse("backoffice:home")).content.decode()


@pytest.mark.one_database
def test_two_ticks_at_once_end_a_term_once(cast: Cast) -> None:
    item = shown(cast)
    acts.end_term(item=item, at=OVER)
    with pytest.raises(ActRefused) as refused:
        acts.end_term(item=item, at=OVER)
    assert codes(refused) == ["no_term"]


@pytest.mark.one_database
def test_tick_tells_what_it_did(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gongkai.cli.start.open_home", lambda: None)
    item = shown(cast)
    assert run(["tick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["publicity"]
    assert [(each["item"], each["done"], each["publicity_until"]) for each in told] == [
        (str(item.uid), "withdrawn", "2017-05-26")
    ]
    assert run(["tick"]) == 0
    answer = capsys.readouterr()
    assert (answer.out, answer.err.strip()) == ("", "没有到期的事项。")


def test_pages_keep_details_and_validity(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    client = Client()
    client.force_login(cast.contributor)
    address = reverse("publishing:details", args=[item.uid])
    typed = {
        "issuers": "示例区财政局\n\n示例区民政局",
        "effective_on": "2017-06-01",
        "valid_until": "2022-05-31",
        "publicity_days": "",
        "publicity_unit": "",
        "publicity_then": "",
        "digest": digest(item),
    }
    assert client.post(address, typed | {"effective_on": "2017-06-31"}).status_code == 422
    assert client.post(address, typed | {"publicity_days": "5"}).status_code == 409
    assert client.post(address, typed).status_code == 302
    item.refresh_from_db()
    assert (item.issuers, item.valid_until) == (["示例区财政局", "示例区民政局"], dt.date(2022, 5, 31))
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    page = Client().get(Item.objects.get().get_absolute_url()).content.decode()
    assert "示例区财政局、示例区民政局" in page
    assert "已失效" in page, "its own day has passed"
    assert client.get(address).status_code == 404
    validity = reverse("publishing:validity", args=[item.uid])
    assert client.get(validity).status_code == 404
    client.force_login(cast.office)
    stated = {"validity": "repealed", "from_on": "2018-01-05", "note": "示政发〔2018〕1号"}
    assert client.post(validity, stated | {"from_on": "2016-01-05"}).status_code == 409
    assert client.post(validity, stated).status_code == 302
    page = Client().get(Item.objects.get().get_absolute_url()).content.decode()
    assert ("已废止" in page, "示政发〔2018〕1号" in page) == (True, False)


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["office", "head", "stranger", "system_administrator"])
def test_the_details_of_a_draft_are_its_drafters(cast: Cast, who: str) -> None:
    item = draft(cast, prepare(cast))
    client = Client()
    client.force_login(getattr(cast, who))
    assert client.get(reverse("publishing:details", args=[item.uid])).status_code == 404


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        ({}, dt.date(2017, 6, 1), ""),
        ({"effective_on": dt.date(2017, 6, 1)}, dt.date(2017, 5, 31), ""),
        ({"effective_on": dt.date(2017, 6, 1)}, dt.date(2017, 6, 1), "in_force"),
        ({"valid_until": dt.date(2017, 6, 1)}, dt.date(2017, 6, 1), "in_force"),
        ({"valid_until": dt.date(2017, 6, 1)}, dt.date(2017, 6, 2), "expired"),
        ({"validity": "repealed", "validity_from_on": dt.date(2017, 6, 1)}, dt.date(2017, 5, 31), "in_force"),
        ({"validity": "repealed", "validity_from_on": dt.date(2017, 6, 1)}, dt.date(2017, 6, 1), "repealed"),
        ({"validity": "amended", "validity_from_on": dt.date(2017, 6, 1)}, dt.date(2017, 6, 2), "amended"),
    ],
)
def test_validity_on_a_day(facts: dict[str, Any], day: dt.date, expected: str) -> None:
    assert Item(**facts).validity_on(day) == expected
