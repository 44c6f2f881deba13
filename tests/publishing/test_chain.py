"""The chain: opinions on exactly what was read, three different persons, nothing public before its end."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.agencies.acts import appoint
from gongkai.agencies.models import Post, Role
from gongkai.audit.acts import timeline
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item, ItemState
from gongkai.publishing.permissions import approval_of
from gongkai.review.acts import define_chain
from gongkai.review.models import Approval, FrozenCopy
from gongkai.review.worklist import difference, waiting_for
from gongkai.rules.refusals import ActRefused
from gongkai.search import index
from tests.cast import ENTERED_AT, Cast
from tests.publishing.rows import AT, SIX_PERSONS, digest, draft, fields, prepare, published, submitted


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


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
        lambda by=by: acts.agree(item=item, digest=digest(item), by=by, at=AT) for by in (cast.office, cast.head)
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
        acts.agree(item=item, digest="0" * 64, by=cast.office, at=AT)
    assert codes(refused) == ["content_changed"]


def test_an_edit_in_review_sends_the_item_back_to_the_first_step(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    old = digest(item)
    acts.agree(item=item, digest=old, by=cast.office, at=AT)
    changed = fields(cast, column, body="<p>本批共向三十七户家庭配租公共租赁住房。</p>")
    acts.revise_item(item=item, digest=old, fields=changed, by=cast.head, at=AT)
    approval = approval_of(item)
    assert approval is not None
    assert approval.position == 1
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=old, by=cast.office, at=AT)
    assert codes(refused) == ["content_changed"]
    assert [(line.kind, line.text) for line in difference(approval, lambda body: body) if line.kind != "same"] == [
        ("removed", "<p>本批共向三十六户家庭配租公共租赁住房。</p>"),
        ("added", "<p>本批共向三十七户家庭配租公共租赁住房。</p>"),
    ]
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, at=AT)
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert found("三十七户") == 1
    assert found("三十六户") == 0


def test_a_change_back_to_read_content_counts_the_opinions_on_it_again(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    first = digest(item)
    acts.agree(item=item, digest=first, by=cast.office, at=AT)
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
        acts.agree(item=item, digest=digest(item), by=getattr(cast, who), at=AT)
    assert codes(refused) == expected


def test_drafter_reviewer_and_signer_are_three_persons_whatever_their_posts(cast: Cast) -> None:
    column = prepare(cast)
    for role in (Role.OFFICE, Role.HEAD, Role.CONTRIBUTOR):
        for officer in (cast.contributor.officer, cast.office.officer):
            post = Post.objects.get(agency=cast.agency, role=role)
            appoint(post=post, officer=officer, from_on=dt.date(2017, 1, 1), by=None, at=ENTERED_AT)
    item = submitted(cast, column)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert codes(refused) == ["same_person"]
    acts.agree(item=item, digest=digest(item), by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.office, at=AT)
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
        acts.agree(item=item, digest=digest(item), by=by, at=AT)
        assert waiting_for(by) == []
    acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)
    assert [entry.who for entry in timeline(OBJECT_KIND, str(item.uid))] == [
        "示例甲", "示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己",
    ]  # fmt: skip


def test_a_department_head_reviews_only_the_own_department(cast: Cast) -> None:
    item = submitted(cast, prepare(cast, SIX_PERSONS), department=cast.departments[1])
    with pytest.raises(ActRefused) as refused:
        acts.agree(item=item, digest=digest(item), by=cast.department_head, at=AT)
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
        acts.withdraw_item(item=item, reason="", by=cast.contributor, at=AT)
    assert codes(refused) == ["not_withdrawer", "reason_missing"]
    acts.withdraw_item(item=item, reason="内容有误，另行发布", by=cast.office, at=AT)
    item.refresh_from_db()
    assert (item.state, item.serial, item.withdrawal_reason) == ("withdrawn", 1, "内容有误，另行发布")
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
        acts.agree(item=item, digest=digest(item), by=by, at=AT)
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
