"""Leaders sign paper: what was printed, who signed when, entered by somebody else, for exactly what is there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from gongkai.agencies import acts as agencies
from gongkai.agencies.models import Officer, PostHolding, Role
from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.approvals import last_approval_of
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.review import paper
from gongkai.review.chains import MERGED_STEPS
from gongkai.review.models import ApprovalSheet, Opinion, SheetEntry
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast
from tests.publishing.rows import AT, digest, fields
from tests.review.papers import CLEAR, DAY, agreed_to, enter, printed, run_of, scanned, signature, waiting

NEXT = AT + dt.timedelta(days=1)


def test_a_content_goes_through_its_chain_on_one_sheet_and_is_released_on_line(cast: Cast) -> None:
    (item,) = waiting(cast)
    sheet = printed(cast, [item])
    assert sheet.number == "审批单〔2017〕1号"
    assert sheet.digest == digest(item)
    enter(cast, sheet, [item])
    enter(cast, sheet, [item], by=cast.releaser, officer=cast.officers[Role.OFFICE])
    for role in (Role.LEADER_IN_CHARGE, Role.HEAD):
        enter(cast, sheet, [item], officer=cast.officers[role])
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    said = list(Opinion.objects.filter(on_paper=True).order_by("pk"))
    assert [(one.name, one.post_title, one.signed_on) for one in said] == [
        ("示例乙", "住房保障股股长", DAY),
        ("示例丙", "办公室主任", DAY),
        ("示例丁", "副主任", DAY),
        ("示例戊", "主任", DAY),
    ]
    assert {one.content_id for one in said} == {digest(item)}
    assert {one.sheet_id for one in said} == {sheet.pk}
    assert [entry.sentence for entry in timeline(OBJECT_KIND, str(item.uid))][2:4] == [
        "打印审批单〔2017〕1号，送股室保密初审签批",
        "股室保密初审：示例乙于2017-05-19纸质签批同意，由录入人对照审批单〔2017〕1号登记",
    ]


def test_one_sheet_carries_several_contents_each_with_its_hash(cast: Cast) -> None:
    items = waiting(cast, 3)
    sheet = printed(cast, items)
    assert [entry.content_id for entry in sheet.entries.all()] == [digest(item) for item in items]
    assert sheet.digest not in {digest(item) for item in items}
    enter(cast, sheet, items[:2])
    assert [run_of(item).position for item in items] == [2, 2, 1]
    enter(cast, sheet, items[2:], decision="return", text="附表有误。")
    assert [Item.objects.get(pk=item.pk).state for item in items] == ["in_review", "in_review", "drafted"]


def test_a_leader_without_an_account_signs_on_paper(cast: Cast) -> None:
    (item,) = waiting(cast, steps=MERGED_STEPS)
    for holding in PostHolding.objects.filter(post__role=Role.HEAD):
        agencies.end_appointment(holding=holding, to_on=dt.date(2017, 5, 1), by=None, at=ENTERED_AT)
        chief = agencies.add_officer(agency=cast.agency, name="示例寅", by=None, at=ENTERED_AT)
        agencies.appoint(post=holding.post, officer=chief, from_on=dt.date(2017, 5, 2), by=None, at=ENTERED_AT)
    agreed_to(cast, item, cast.office)
    enter(cast, printed(cast, [item]), [item], by=cast.releaser, officer=chief)
    signed = Opinion.objects.get(on_paper=True)
    assert (signed.by, signed.officer, signed.entered_by) == (None, chief, cast.releaser)


def test_a_sheet_whose_content_changed_is_refused_and_void(cast: Cast) -> None:
    one, other = waiting(cast, 2)
    sheet = printed(cast, [one, other])
    column = one.columns.get()
    acts.revise_item(
        item=one, digest=digest(one), fields=fields(cast, column, title="改过"), by=cast.department_head, at=AT
    )
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [one, other])
    assert codes(refused) == ["sheet_void"]
    assert "打印之后内容有改动" in refused.value.refusals[0].sentence
    assert [bool(entry.voided_at) for entry in SheetEntry.objects.order_by("place")] == [True, False]
    assert not Opinion.objects.filter(on_paper=True).exists()
    back = fields(cast, column, title="示例第1件")
    acts.revise_item(item=one, digest=digest(one), fields=back, by=cast.department_head, at=AT)
    with pytest.raises(ActRefused):  # void stays void
        enter(cast, sheet, [one])
    enter(cast, sheet, [other])
    enter(cast, printed(cast, [one]), [one])


@pytest.mark.parametrize("act", ["recall", "return"])
def test_a_sheet_of_a_content_out_of_review_is_void(cast: Cast, act: str) -> None:
    (item,) = waiting(cast)
    sheet, run = printed(cast, [item]), run_of(item)
    if act == "recall":
        acts.recall_item(item=item, reason="改主意", by=cast.contributor, at=AT)
    else:
        acts.return_item(item=item, digest=digest(item), text="请改。", by=cast.department_head, at=AT)
    with pytest.raises(ActRefused) as refused:
        paper.enter_paper_opinions(sheet=sheet, approvals=[run], signature=signature(cast), by=cast.office, at=AT)
    assert codes(refused) == ["sheet_void"]


@pytest.mark.parametrize(
    ("who", "changes", "expected"),
    [
        ("contributor", {}, ["drafter_enters"]),
        ("department_head", {}, ["own_signature"]),
        ("head", {}, ["not_for_paper"]),
        ("auditor", {}, ["not_for_paper"]),
        ("system_administrator", {}, ["not_for_paper"]),
        ("stranger", {}, ["not_for_paper"]),
        ("office", {"signed_on": dt.date(2017, 5, 18)}, ["signed_before_print"]),
        ("office", {"signed_on": dt.date(2017, 5, 20)}, ["signed_in_future"]),
        ("office", {"scan": None}, ["scan_missing"]),
        ("office", {"secrecy": ""}, ["secrecy_missing"]),
        ("office", {"secrecy": "doubtful"}, ["secrecy_not_clear"]),
        ("office", {"role": "head"}, ["not_their_step"]),
        ("office", {"role": "contributor"}, ["not_their_step", "same_person"]),
        ("office", {"decision": "return"}, ["reason_missing"]),
        ("office", {"decision": "release"}, ["not_on_paper"]),
    ],
)
def test_enter_paper_is_refused(cast: Cast, who: str, changes: dict[str, Any], expected: list[str]) -> None:
    (item,) = waiting(cast)
    sheet = printed(cast, [item])
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [item], by=getattr(cast, who), **changes)
    assert codes(refused)[: len(expected)] == expected
    assert not Opinion.objects.filter(on_paper=True).exists()


def test_the_post_counts_that_was_held_on_the_day_of_the_signature(cast: Cast) -> None:
    (item,) = waiting(cast)
    sheet = printed(cast, [item])
    holding = PostHolding.objects.get(officer=cast.officers[Role.DEPARTMENT_HEAD])
    agencies.end_appointment(holding=holding, to_on=DAY, by=None, at=AT)
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [item], at=NEXT, signed_on=timezone.localdate(NEXT))
    assert codes(refused) == ["not_their_step"]
    enter(cast, sheet, [item], at=NEXT)


def test_the_release_is_never_taken_on_paper(cast: Cast) -> None:
    (item,) = waiting(cast, steps=MERGED_STEPS)
    sheet = printed(cast, [item])
    agreed_to(cast, item, cast.office, cast.head)
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [item], by=cast.contributor, role="releaser")
    assert "release_on_line" in codes(refused)
    with pytest.raises(ActRefused) as refused:
        printed(cast, [item])
    assert codes(refused) == ["nothing_to_sign"]


def test_a_signature_entered_twice_is_refused(cast: Cast) -> None:
    (item,) = waiting(cast)
    sheet = printed(cast, [item])
    enter(cast, sheet, [item])
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [item])
    assert codes(refused) == ["not_their_step"]


def test_print_refuses_what_cannot_be_signed_together(cast: Cast) -> None:
    one, other = waiting(cast, 2)
    agreed_to(cast, one, cast.department_head)
    with pytest.raises(ActRefused) as refused:
        printed(cast, [one, other])
    assert codes(refused) == ["different_steps"]
    with pytest.raises(ActRefused) as refused:
        printed(cast, [])
    assert codes(refused) == ["nothing_chosen"]
    with pytest.raises(ActRefused) as refused:
        printed(cast, [one], by=cast.head)
    assert codes(refused) == ["not_for_paper"]
    run = run_of(one)
    acts.recall_item(item=one, reason="改主意", by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        paper.print_sheet(approvals=[run], by=cast.office, at=AT)
    assert codes(refused) == ["not_in_review"]


def test_sheet_numbers_run_without_gaps_through_a_year(cast: Cast) -> None:
    items = waiting(cast, 3)
    assert [printed(cast, [item]).serial for item in items] == [1, 2, 3]
    assert paper.print_sheet(
        approvals=[run_of(items[0])], by=cast.office, at=dt.datetime(2018, 1, 2, tzinfo=dt.UTC)
    ).number == ("审批单〔2018〕1号")


def test_two_accounts_of_one_person_are_one_in_the_chain(cast: Cast) -> None:
    (item,) = waiting(cast, steps=MERGED_STEPS)
    agreed_to(cast, item, cast.office)
    agencies.join_officers(officer=cast.officers[Role.OFFICE], other=cast.officers[Role.HEAD], by=None, at=ENTERED_AT)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.head, secrecy="clear", at=AT)
    assert codes(refused) == ["same_person"]
    sheet = printed(cast, [item], by=cast.releaser)
    with pytest.raises(ActRefused) as refused:
        enter(cast, sheet, [item], by=cast.releaser, officer=Officer.objects.get(pk=cast.officers[Role.HEAD].pk))
    assert codes(refused) == ["same_person"]


def test_one_person_with_the_drafters_and_the_reviewers_account_cannot_submit(cast: Cast) -> None:
    (item,) = waiting(cast, steps=MERGED_STEPS)
    acts.recall_item(item=item, reason="换流程", by=cast.contributor, at=AT)
    agencies.join_officers(
        officer=cast.officers[Role.CONTRIBUTOR], other=cast.officers[Role.OFFICE], by=None, at=ENTERED_AT
    )
    contributor = Officer.objects.get(pk=cast.officers[Role.CONTRIBUTOR].pk).account
    assert contributor is not None
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest=digest(item), by=contributor, at=AT)
    assert codes(refused) == ["step_vacant"]


def test_a_deputy_gives_the_opinion_and_is_printed_so(cast: Cast) -> None:
    (item,) = waiting(cast, steps=MERGED_STEPS)
    agreed_to(cast, item, cast.office)
    agencies.deputise(
        holding=PostHolding.objects.get(officer=cast.officers[Role.HEAD]),
        officer=cast.officers[Role.LEADER_IN_CHARGE],
        from_on=dt.date(2017, 5, 1),
        to_on=timezone.localdate(),
        by=None,
        at=ENTERED_AT,
    )
    acts.agree(item=item, digest=digest(item), by=cast.leader_in_charge, secrecy="clear", at=AT)
    run = last_approval_of(item)
    assert run is not None
    said = run.opinions.last()
    assert said is not None
    assert (said.name, said.post_title, said.on_behalf_of) == ("示例丁", "主任", "示例戊")


def test_the_secrecy_check_is_asked_for_at_its_step_and_kept_with_the_hash(cast: Cast) -> None:
    (item,) = waiting(cast)
    for secrecy, expected in (
        ("", "secrecy_missing"),
        ("nonsense", "secrecy_missing"),
        ("secret", "secrecy_not_clear"),
    ):
        with pytest.raises(ActRefused) as refused:
            acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy=secrecy, at=AT)
        assert codes(refused) == [expected]
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy=CLEAR, at=AT)
    acts.agree(item=item, digest=digest(item), by=cast.office, secrecy=CLEAR, at=AT)
    said = list(Opinion.objects.filter(decision="agree").order_by("pk").values_list("secrecy", "content_id"))
    assert said == [(CLEAR, digest(item)), ("", digest(item))]


def test_a_return_keeps_what_the_secrecy_check_found(cast: Cast) -> None:
    (item,) = waiting(cast)
    acts.return_item(
        item=item, digest=digest(item), text="先报主管部门。", by=cast.department_head, secrecy="doubtful", at=AT
    )
    assert Opinion.objects.get(decision="return").secrecy == "doubtful"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE review_opinion SET signed_on = '2017-01-01'", "DELETE FROM review_opinion WHERE sheet_id IS NOT NULL"],
)
def test_what_came_on_paper_can_neither_be_changed_nor_deleted(cast: Cast, statement: str) -> None:
    (item,) = waiting(cast)
    enter(cast, printed(cast, [item]), [item])
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("missing", ["scan", "sheet", "signed_on", "entered_by", "officer"])
def test_the_database_refuses_a_paper_opinion_that_is_not_complete(cast: Cast, missing: str) -> None:
    (item,) = waiting(cast)
    enter(cast, printed(cast, [item]), [item])
    opinion = Opinion.objects.get(on_paper=True)
    opinion.pk = None
    setattr(opinion, missing, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        opinion.save(force_insert=True)


def test_a_sheet_is_seen_by_those_who_read_contents_of_its_agency(cast: Cast) -> None:
    (item,) = waiting(cast)
    printed(cast, [item])
    seen = {name for name, account in cast.accounts.items() if ApprovalSheet.objects.visible_to(account).exists()}
    assert seen == set(cast.accounts) - {Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR}
    assert not ApprovalSheet.objects.visible_to(cast.stranger).exists()


def test_a_scan_proves_one_signature_only(cast: Cast) -> None:
    first, second = waiting(cast, 2)
    sheet = printed(cast, [first, second])
    scan = scanned()
    enter(cast, sheet, [first], scan=scan)
    enter(cast, sheet, [second], scan=scan)  # the same person at the same step, on the same sheet
    tries: list[dict[str, Any]] = [{"role": "office"}, {"role": "office", "decision": "return", "text": "退回。"}]
    for said in tries:
        with pytest.raises(ActRefused) as refused:
            enter(cast, sheet, [first], by=cast.releaser, scan=scan, **said)
        assert codes(refused) == ["scan_used"]
    other = printed(cast, [first], by=cast.releaser)
    with pytest.raises(ActRefused) as refused:
        enter(cast, other, [first], by=cast.releaser, role="office", scan=scan)
    assert codes(refused) == ["scan_used"]
    enter(cast, sheet, [first], by=cast.releaser, role="office")
    assert Opinion.objects.filter(scan=scan).count() == 2


def test_a_scan_of_another_sheet_proves_nothing_here(cast: Cast) -> None:
    item, other = waiting(cast, 2)
    scan = scanned()
    enter(cast, printed(cast, [other]), [other], scan=scan)
    with pytest.raises(ActRefused) as refused:
        enter(cast, printed(cast, [item]), [item], scan=scan)
    assert codes(refused) == ["scan_used"]
    assert other.title not in refused.value.refusals[0].sentence
