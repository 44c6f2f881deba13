"""The chain: opinions on exactly what was read, three different persons, nothing public before its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_officer, add_post, appoint, end_appointment
from gongkai.agencies.models import Post, PostHolding, Role
from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.index import put_items
from gongkai.publishing.models import Column, Item, ItemState
from gongkai.review.acts import define_chain
from gongkai.review.content import freeze
from gongkai.review.models import Approval, FrozenCopy, Opinion
from gongkai.review.worklist import difference, waiting_for
from gongkai.rules.refusals import ActRefused
from gongkai.search import index
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast, account_of
from tests.publishing.rows import AT, SIX_PERSONS, digest, draft, fields, prepare, published, submitted


def changes_for(approval: Approval, account: Account) -> list[tuple[str, str, str]]:
    """What the account is shown as changed: label, kind of line, text."""
    shown = difference(approval, account)
    assert shown is not None
    return [(change.label, line.kind, line.text) for change in shown.changes for line in change.lines]


def found(text: str) -> int:
    return index.search(text, scope="public").total


def test_release_publishes_numbers_indexes_and_dates_the_item(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    item.refresh_from_db()
    assert item.state == ItemState.PUBLISHED
    assert item.published_on == dt.date(2017, 5, 19)
    assert item.index_number == "99990101MB00000192/2017-00001"
    assert item.get_absolute_url() == "/info/sample-housing/2017-1/"
    assert [(channel.kind, channel.on) for channel in item.channels.all()] == [("website", dt.date(2017, 5, 19))]
    assert list(Item.objects.public()) == [item]
    assert found("六户家庭配") == 1
    assert FrozenCopy.objects.get(pk=item.published_digest).canonical.count("三十六户") == 1


def test_nothing_is_public_before_the_chain_is_complete(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    states = [lambda: acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)]
    states += [
        lambda by=by: acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
        for by in (cast.office, cast.head)
    ]
    for act in states:
        assert not Item.objects.public().exists()
        assert found("六户家庭配") == 0
        with pytest.raises(ActRefused):
            acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
        act()
    assert not Item.objects.public().exists()
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert Item.objects.public().count() == 1


def test_agree_refuses_a_stale_digest(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest="0" * 64, by=cast.office, secrecy="clear", at=AT)
    assert codes(refused) == ["content_changed"]


def test_an_edit_in_review_sends_the_item_back_to_the_first_step(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    old = digest(item)
    acts.agree(item=item, digest=old, by=cast.office, secrecy="clear", at=AT)
    changed = fields(cast, column, body="<p>本批共向三十七户家庭配租公共租赁住房。</p>")
    acts.revise_item(item=item, digest=old, fields=changed, by=cast.head, at=AT)
    approval = approval_of(item)
    assert approval is not None
    assert approval.position == 1
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=old, by=cast.office, secrecy="clear", at=AT)
    assert codes(refused) == ["content_changed"]
    assert changes_for(approval, cast.office) == [
        ("正文", "removed", "本批共向三十六户家庭配租公共租赁住房。"),
        ("正文", "added", "本批共向三十七户家庭配租公共租赁住房。"),
    ]
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert found("三十七户") == 1
    assert found("三十六户") == 0


def test_a_change_back_to_read_content_counts_the_opinions_on_it_again(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    first = digest(item)
    acts.agree(item=item, digest=first, by=cast.office, secrecy="clear", at=AT)
    acts.revise_item(item=item, digest=first, fields=fields(cast, column, title="另一名称"), by=cast.head, at=AT)
    acts.revise_item(item=item, digest=digest(item), fields=fields(cast, column), by=cast.office, at=AT)
    approval = approval_of(item)
    assert approval is not None
    assert (digest(item), approval.position) == (first, 2)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("contributor", ["not_your_step", "same_person"]),
        ("department_head", ["not_your_step"]),
        ("head", ["not_your_step"]),
        ("auditor", ["not_your_step"]),
        ("system_administrator", ["not_your_step"]),
        ("supervisor", ["not_your_step"]),
        ("stranger", ["not_your_step"]),
    ],
)
def test_agree_at_the_office_is_refused_to_everybody_else(cast: Cast, who: str, expected: list[str]) -> None:
    item = submitted(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=getattr(cast, who), secrecy="clear", at=AT)
    assert codes(refused) == expected


def test_drafter_reviewer_and_signer_are_three_persons_whatever_their_posts(cast: Cast) -> None:
    column = prepare(cast)
    for role in (Role.OFFICE, Role.HEAD, Role.CONTRIBUTOR):
        for officer in (cast.contributor.officer, cast.office.officer):
            post = Post.objects.get(agency=cast.agency, role=role)
            appoint(post=post, officer=officer, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    item = submitted(cast, column)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.contributor, secrecy="clear", at=AT)
    assert codes(refused) == ["same_person"]
    acts.agree(item=item, digest=digest(item), by=cast.office, secrecy="clear", at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.office, secrecy="clear", at=AT)
    assert codes(refused) == ["same_person"]


def test_return_needs_a_reason_and_gives_the_draft_back(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.return_item(item=item, digest=digest(item), text=" ", by=cast.office, at=AT)
    assert codes(refused) == ["reason_missing"]
    acts.return_item(item=item, digest=digest(item), text="请写明申诉电话。", by=cast.office, at=AT)
    item.refresh_from_db()
    assert item.state == ItemState.DRAFTED
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert Approval.objects.filter(object_key=str(item.uid)).count() == 2


def test_submit_is_refused_for_what_cannot_be_published(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column, body="", columns=(), attribute="non_disclosure")
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest="stale", by=cast.office, at=AT)
    assert codes(refused) == ["not_your_draft", "empty_body", "no_column", "not_proactive", "content_changed"]


def test_submit_twice_is_refused(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert codes(refused) == ["not_a_draft"]


def test_the_six_person_chain_passes_from_step_to_step(cast: Cast) -> None:
    item = submitted(cast, prepare(cast, SIX_PERSONS))
    order = [cast.department_head, cast.office, cast.leader_in_charge, cast.head]
    for by in order:
        assert [waiting.approval.object_key for waiting in waiting_for(by)] == [str(item.uid)]
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
        assert waiting_for(by) == []
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert [entry.who for entry in timeline(OBJECT_KIND, str(item.uid))] == [
        "示例甲", "示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己",
    ]  # fmt: skip


def test_a_department_head_reviews_only_the_own_department(cast: Cast) -> None:
    second_head(cast)
    item = submitted(cast, prepare(cast, SIX_PERSONS), department=cast.departments[1])
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    assert codes(refused) == ["not_your_step"]


def test_revise_refuses_to_overwrite_what_somebody_changed_meanwhile(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    opened = digest(item)
    acts.revise_item(item=item, digest=opened, fields=fields(cast, column, title="先改"), by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.revise_item(
            item=item, digest=opened, fields=fields(cast, column, title="后改"), by=cast.contributor, at=AT
        )
    assert codes(refused) == ["content_changed"]
    item.refresh_from_db()
    assert item.title == "先改"


def test_a_published_item_cannot_be_revised(cast: Cast) -> None:
    column = prepare(cast)
    item = published(cast, column)
    with pytest.raises(ActRefused) as refused:
        acts.revise_item(item=item, digest=digest(item), fields=fields(cast, column), by=cast.contributor, at=AT)
    assert codes(refused) == ["already_public"]


def test_withdraw_leaves_the_record_and_takes_the_text_from_search(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.withdraw_item(item=item, reason="内容有误，另行发布", by=cast.contributor, at=AT)
    assert codes(refused) == ["not_withdrawer", "reason_missing"]
    acts.withdraw_item(item=item, reason="wrong", note="另行发布", by=cast.office, at=AT)
    item.refresh_from_db()
    assert (item.state, item.serial, item.withdrawal_reason, item.withdrawal_note) == (
        "withdrawn", 1, "wrong", "另行发布",
    )  # fmt: skip
    assert found("六户家庭配") == 0


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (("sign", "签发", ["head"]), ("release", "发布", ["releaser"])),
        (("review", "审核", ["office"]), ("release", "发布", ["releaser"]), ("sign", "签发", ["head"])),
        (("review", "审核", []), ("sign", "签发", ["head"]), ("release", "发布", ["releaser"])),
    ],
)
def test_define_chain_refuses_a_chain_that_would_skip_a_person(
    cast: Cast, steps: tuple[tuple[str, str, list[str]], ...]
) -> None:
    with pytest.raises(ActRefused):
        define_chain(agency=cast.agency, object_kind=OBJECT_KIND, name="流程", steps=steps, by=None, at=ENTERED_AT)


def test_release_without_credit_code_is_refused_and_the_number_is_not_lost(cast: Cast) -> None:
    column = prepare(cast)
    cast.agency.credit_code = None
    cast.agency.save()
    item = submitted(cast, column)
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert codes(refused) == ["no_credit_code"]
    item.refresh_from_db()
    assert item.state == ItemState.IN_REVIEW
    cast.agency.credit_code = "99990101MB00000192"
    cast.agency.save()
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    item.refresh_from_db()
    assert item.serial == 1


def second_head(cast: Cast) -> Account:
    """A head of the second department."""
    officer = add_officer(
        agency=cast.agency, name="示例寅", username="second-head", password="a-long-password", by=None, at=ENTERED_AT
    )
    post = add_post(
        agency=cast.agency,
        role=Role.DEPARTMENT_HEAD,
        title="物业管理股股长",
        departments=cast.departments[1:],
        by=None,
        at=ENTERED_AT,
    )
    appoint(post=post, officer=officer, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    return account_of(officer)


UNPUBLISHABLE = [
    ({"attribute": "non_disclosure"}, "not_proactive"),
    ({"attribute": "disclosure_on_request"}, "not_proactive"),
    ({"body": "<p> </p>"}, "empty_body"),
    ({"columns": ()}, "no_column"),
]


@pytest.mark.parametrize(("changes", "code"), UNPUBLISHABLE)
def test_revise_in_review_is_refused_for_what_cannot_be_published(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    before = digest(item)
    with pytest.raises(ActRefused) as refused:
        acts.revise_item(item=item, digest=before, fields=fields(cast, column, **changes), by=cast.office, at=AT)
    assert codes(refused) == [code]
    assert digest(item) == before


@pytest.mark.parametrize(("changes", "code"), UNPUBLISHABLE)
def test_a_draft_may_still_be_what_cannot_be_published(cast: Cast, changes: dict[str, Any], code: str) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    acts.revise_item(item=item, digest=digest(item), fields=fields(cast, column, **changes), by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert codes(refused) == [code]


def test_release_is_refused_for_what_cannot_be_published_however_it_came_there(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    withheld = Item.objects.get(pk=item.pk)
    withheld.attribute = "non_disclosure"
    withheld.save()
    copy = freeze(content_of(withheld))
    Approval.objects.update(content=copy)
    for opinion in Opinion.objects.filter(decision="agree"):
        opinion.pk, opinion.content = None, copy
        opinion.save()
    with pytest.raises(ActRefused) as refused:
        acts.release_item(item=item, digest=copy.digest, by=cast.releaser, at=AT)
    assert codes(refused) == ["not_proactive"]


def test_the_difference_begins_at_what_the_officer_saw_last(cast: Cast) -> None:
    column = prepare(cast, SIX_PERSONS)
    item = submitted(cast, column)
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    changed = fields(cast, column, body="<p>改一次。</p>")
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.office, at=AT)
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    approval = approval_of(item)
    assert approval is not None
    seen = difference(approval, cast.department_head)
    assert seen is not None
    assert (seen.is_own, seen.is_same, list(seen.changes)) == (True, True, [])
    # The head gave no opinion yet: the last one, by somebody else, hides nothing from them.
    assert changes_for(approval, cast.head) == [
        ("正文", "removed", "本批共向三十六户家庭配租公共租赁住房。"),
        ("正文", "added", "改一次。"),
    ]


def test_the_difference_tells_every_field_and_the_target_of_a_link(cast: Cast) -> None:
    column = prepare(cast)
    other = acts.create_column(agency=cast.agency, code="wygl", name="物业管理", by=cast.office, at=ENTERED_AT)
    body = '<p>详见<a href="https://example.com/{}">附表</a>。</p>'
    item = submitted(cast, column, body=body.format("a"))
    changed = fields(
        cast,
        other,
        body=body.format("b"),
        title="新名称",
        document_number="示房保〔2017〕12号",
        subject_class="住房",
        genre="opinion",
        key_area="property_management",
        is_normative=True,
        written_on=dt.date(2017, 5, 18),
        department=cast.departments[1],
    )
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.office, at=AT)
    approval = approval_of(item)
    assert approval is not None
    shown = changes_for(approval, cast.head)
    assert [text for label, kind, text in shown if kind == "added" and label != "正文"] == [
        "新名称", "示房保〔2017〕12号", "2017-05-18", "意见", "住房", "物业管理", "是", "物业管理股", "物业管理",
    ]  # fmt: skip
    assert [text for label, _kind, text in shown if label == "正文"] == [
        "详见附表（链接：https://example.com/a）。",
        "详见附表（链接：https://example.com/b）。",
    ]


def test_the_difference_says_when_only_the_layout_changed(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    bold = fields(cast, column, body="<p><strong>本批共向三十六户家庭配租公共租赁住房。</strong></p>")
    acts.revise_item(item=item, digest=digest(item), fields=bold, by=cast.office, at=AT)
    approval = approval_of(item)
    assert approval is not None
    seen = difference(approval, cast.head)
    assert seen is not None
    assert (seen.is_same, list(seen.changes)) == (False, [])


def test_an_edit_that_changes_the_department_changes_who_reviews(cast: Cast) -> None:
    column = prepare(cast, SIX_PERSONS)
    other = second_head(cast)
    item = submitted(cast, column)
    moved = fields(cast, column, department=cast.departments[1])
    acts.revise_item(item=item, digest=digest(item), fields=moved, by=cast.department_head, at=AT)
    assert [waiting.approval.department for waiting in waiting_for(other)] == [cast.departments[1]]
    assert waiting_for(cast.department_head) == []
    acts.agree(item=item, digest=digest(item), by=other, secrecy="clear", at=AT)


def test_an_edit_to_a_department_without_a_head_is_refused(cast: Cast) -> None:
    column = prepare(cast, SIX_PERSONS)
    item = submitted(cast, column)
    moved = fields(cast, column, department=cast.departments[1])
    with pytest.raises(ActRefused) as refused:
        acts.revise_item(item=item, digest=digest(item), fields=moved, by=cast.department_head, at=AT)
    assert codes(refused) == ["step_vacant"]


@pytest.mark.parametrize(
    ("role", "label"), [(Role.OFFICE, "办公室审核"), (Role.HEAD, "主要负责人签发"), (Role.RELEASER, "发布")]
)
def test_submit_is_refused_when_nobody_can_take_a_step(cast: Cast, role: Role, label: str) -> None:
    item = draft(cast, prepare(cast))
    for holding in PostHolding.objects.filter(post__agency=cast.agency, post__role=role):
        end_appointment(holding=holding, to_on=dt.date(2017, 5, 18), by=None, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert codes(refused) == ["step_vacant"]
    assert f"「{label}」环节现在没有人能办理" in refused.value.refusals[0].sentence


def test_submit_is_refused_when_reviewer_and_signer_could_only_be_one_person(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    for holding in PostHolding.objects.filter(post__agency=cast.agency, post__role=Role.HEAD):
        end_appointment(holding=holding, to_on=dt.date(2017, 5, 18), by=None, at=AT)
    post = Post.objects.get(agency=cast.agency, role=Role.HEAD)
    appoint(post=post, officer=cast.office.officer, from_on=dt.date(2017, 5, 19), by=None, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert codes(refused) == ["step_vacant"]


def test_recall_gives_the_drafter_the_draft_back_at_any_step(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    acts.recall_item(item=item, reason="附表有误。", by=cast.contributor, at=AT)
    item.refresh_from_db()
    assert item.state == ItemState.DRAFTED
    assert Approval.objects.get().state == "recalled"
    assert timeline(OBJECT_KIND, str(item.uid))[-1].sentence == "起草人收回，附表有误。"
    with pytest.raises(ActRefused):
        acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)


@pytest.mark.parametrize(
    ("who", "reason", "expected"),
    [
        ("contributor", " ", ["reason_missing"]),
        ("office", "换人办", ["not_your_draft"]),
        ("head", "换人办", ["not_your_draft"]),
    ],
)
def test_recall_is_the_drafters_and_needs_a_reason(cast: Cast, who: str, reason: str, expected: list[str]) -> None:
    item = submitted(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.recall_item(item=item, reason=reason, by=getattr(cast, who), at=AT)
    assert codes(refused) == expected


def test_recall_is_refused_after_release(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.recall_item(item=item, reason="改主意", by=cast.contributor, at=AT)
    assert codes(refused) == ["not_in_review"]


@pytest.mark.parametrize(
    ("reason", "note", "expected"),
    [
        ("", "", ["reason_missing"]),
        ("张三的电话写错了", "", ["reason_missing"]),
        ("other", " ", ["note_missing"]),
        ("wrong", "长" * 256, ["note_too_long"]),
    ],
)
def test_withdraw_takes_a_reason_of_the_list_and_a_note_that_fits(
    cast: Cast, reason: str, note: str, expected: list[str]
) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(ActRefused) as refused:
        acts.withdraw_item(item=item, reason=reason, note=note, by=cast.office, at=AT)
    assert codes(refused) == expected


@pytest.mark.parametrize("change", [{"withdrawal_reason": "free text"}, {"published_digest": ""}])
def test_the_database_refuses_a_free_reason_and_a_public_item_without_its_copy(
    cast: Cast, change: dict[str, str]
) -> None:
    item = published(cast, prepare(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**change)


def test_put_items_takes_what_is_public_and_removes_the_rest(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    Item.objects.filter(pk=item.pk).update(attribute="non_disclosure")
    put_items([item])
    assert found("六户家庭配") == 0
    Item.objects.filter(pk=item.pk).update(attribute="proactive_disclosure")
    put_items([item])
    assert found("六户家庭配") == 1


def test_a_supervisor_reads_what_went_public_and_nothing_else(cast: Cast) -> None:
    column = prepare(cast)
    shown = [published(cast, column), published(cast, column, title="撤回的")]
    acts.withdraw_item(item=shown[1], reason="wrong", by=cast.office, at=AT)
    submitted(cast, column, title="审核中的")
    unconfirmed, withdrawn = (
        acts.enter_history(agency=cast.agency, rows=[history_row(cast, column)], by=cast.office, at=AT)[0]
        for _number in range(2)
    )
    acts.withdraw_item(item=withdrawn, reason="duplicate", by=cast.office, at=AT)
    assert set(Item.objects.visible_to(cast.supervisor)) == set(shown)
    assert {unconfirmed, withdrawn} < set(Item.objects.visible_to(cast.office))


def history_row(cast: Cast, column: Column) -> acts.HistoryRow:
    return acts.HistoryRow(
        fields=fields(cast, column), published_on=dt.date(2017, 5, 18), published_on_source="区政府网站原页面"
    )
