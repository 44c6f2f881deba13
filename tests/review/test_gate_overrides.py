"""Letting findings pass takes a ground, two persons and the very same bytes; masking takes the holder of the text."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_officer, add_post, appoint
from gongkai.agencies.models import Officer, Role
from gongkai.audit.acts import timeline
from gongkai.audit.models import Event
from gongkai.files import storage
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.gate import subject_of
from gongkai.publishing.models import ItemState
from gongkai.review.content import Subject, read_copies
from gongkai.review.gate.masking import mask_file, mask_text
from gongkai.review.gate.overrides import decline_override, refusals_to_confirm
from gongkai.review.models import Ground, Override, OverrideState, Screening
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import ENTERED_AT, Cast
from tests.files.uploads import received
from tests.publishing.rows import AT, BODY, SIX_PERSONS, digest, draft, fields, prepare, submitted
from tests.review.findings import (
    CARD,
    ID,
    MOBILE,
    SECRETS,
    WITH_MOBILE,
    agreed,
    asked,
    blocking,
    confirmed,
    examined,
    fresh,
    release,
    values,
)


def subject(item: acts.Item, by: object) -> Subject:
    found = subject_of(str(item.uid), by)  # type: ignore[arg-type]  # an account
    assert found is not None
    return found


def test_asked_by_one_and_confirmed_by_another_lets_the_item_out(cast: Cast) -> None:
    item = agreed(cast, submitted(cast, prepare(cast), body=WITH_MOBILE))
    override = asked(item, cast.contributor)
    with pytest.raises(ActRefused):
        release(cast, item)
    confirmed(override, item, cast.head)
    assert blocking(item) == []
    assert examined(item).verdict == "warn"
    assert release(cast, item).state == ItemState.PUBLISHED
    told = [entry.sentence for entry in timeline(OBJECT_KIND, str(item.uid))]
    assert "提出放行 1 处发现，依据：单位的公务电话或账号，不属于个人信息。单位值班手机" in told
    assert "确认放行 1 处发现，依据：单位的公务电话或账号，不属于个人信息" in told


@pytest.mark.parametrize(
    ("asker", "confirmer", "code"),
    [
        ("office", "office", "same_person"),
        ("office", "contributor", "same_person"),  # the drafter
        ("head", "head", "same_person"),
        ("contributor", "releaser", "not_confirmer"),
        ("contributor", "auditor", "not_confirmer"),
        ("contributor", "stranger", "not_confirmer"),
        ("contributor", "supervisor", "not_confirmer"),
    ],
)
def test_confirm_is_refused(cast: Cast, asker: str, confirmer: str, code: str) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    override = asked(item, getattr(cast, asker))
    with pytest.raises(ActRefused) as refused:
        confirmed(override, item, getattr(cast, confirmer))
    assert code in codes(refused)
    assert blocking(item) == [("body", "mobile")]


def test_a_second_account_of_the_same_person_is_no_second_person(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    override = asked(item, cast.office)
    other = add_officer(
        agency=cast.agency, name="示例丙", username="office-again", password="x" * 12, by=None, at=ENTERED_AT
    )
    Officer.objects.filter(pk=other.pk).update(same_person_as=cast.office.officer)
    post = add_post(agency=cast.agency, role=Role.HEAD, title="主任（第二账号）", by=None, at=ENTERED_AT)
    appoint(post=post, officer=other, from_on=ENTERED_AT.date(), by=None, at=ENTERED_AT)
    second = Account.objects.get(username="office-again")
    assert [refusal.code for refusal in refusals_to_confirm(second, override)] == ["same_person"]


@pytest.mark.parametrize("who", ["auditor", "stranger", "supervisor", "system_administrator", "request_officer"])
def test_ask_is_refused_to_who_is_not_on_the_case(cast: Cast, who: str) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    with pytest.raises(ActRefused) as refused:
        asked(item, getattr(cast, who))
    assert codes(refused) == ["not_on_the_case"]


@pytest.mark.parametrize(
    ("ground", "text", "expected"),
    [
        (Ground.OFFICIAL, " ", ["reason_missing"]),
        ("", "情况", ["ground_missing"]),
        (Ground.LAWFUL, "依法", ["article_missing"]),
        (Ground.READ_BY_HAND, "看过", ["ground_unfit"]),
        (Ground.CONSENT, f"本人{MOBILE}同意", ["number_in_text"]),
        (Ground.CONSENT, "长" * 501, ["text_too_long"]),
    ],
)
def test_ask_wants_a_ground_that_fits_and_an_explanation(
    cast: Cast, ground: str, text: str, expected: list[str]
) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    with pytest.raises(ActRefused) as refused:
        asked(item, cast.office, ground=ground, text=text)
    assert codes(refused) == expected


def test_lawful_names_its_article(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    override = asked(item, cast.office, ground=Ground.LAWFUL, text="物业管理条例第六条，项目负责人联系方式应当公示")
    assert override.state == OverrideState.ASKED


def test_a_mark_of_secrecy_passes_as_a_false_alarm_alone(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), body="<p>机密★1年</p><p>正文</p>")
    assert blocking(item) == [("body", "secrecy_mark")]
    with pytest.raises(ActRefused) as refused:
        asked(item, cast.office, ground=Ground.LAWFUL, text="办法第三条")
    assert codes(refused) == ["ground_unfit"]


def test_ask_refuses_stale_gone_and_no_findings(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    for findings, code in (([], "nothing_chosen"), (["0" * 64 + ":0"], "finding_gone")):
        with pytest.raises(ActRefused) as refused:
            asked(item, cast.office, findings=findings)
        assert codes(refused) == [code]
    first = values(item)
    asked(item, cast.office)
    with pytest.raises(ActRefused) as refused:
        asked(item, cast.office, findings=first)  # asked already
    assert codes(refused) == ["finding_gone"]


def test_a_changed_part_blocks_again_and_an_unchanged_one_passes_still(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column, body=WITH_MOBILE)
    file = received(cast, f"示例甲，{CARD}".encode(), "名单.txt")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    confirmed(asked(item, cast.contributor), item, cast.office)
    assert blocking(item) == []
    changed = fields(cast, column, body=WITH_MOBILE + "<p>又及。</p>")
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.contributor, at=AT)
    assert blocking(item) == [("body", "mobile")]
    acts.revise_item(
        item=item, digest=digest(item), fields=fields(cast, column, body=WITH_MOBILE), by=cast.contributor, at=AT
    )
    assert blocking(item) == []


def test_what_passed_in_one_item_does_not_in_another(cast: Cast) -> None:
    column = prepare(cast)
    first, second = (draft(cast, column, body=WITH_MOBILE) for _ in range(2))
    confirmed(asked(first, cast.contributor), first, cast.office)
    assert blocking(second) == [("body", "mobile")]


def test_confirm_refuses_when_the_content_changed_since_it_was_asked(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column, body=WITH_MOBILE)
    override = asked(item, cast.contributor)
    acts.revise_item(item=item, digest=digest(item), fields=fields(cast, column), by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        confirmed(override, item, cast.office)
    assert codes(refused) == ["content_changed"]


def test_a_declined_request_blocks_on_and_can_be_asked_again(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body=WITH_MOBILE)
    override = asked(item, cast.contributor)
    with pytest.raises(ActRefused) as refused:
        decline_override(override=override, text="", by=cast.office, at=AT)
    assert codes(refused) == ["reason_missing"]
    decline_override(override=override, text="是个人手机", by=cast.office, at=AT)
    assert blocking(item) == [("body", "mobile")]
    with pytest.raises(ActRefused) as refused:
        confirmed(override, item, cast.head)
    assert codes(refused) == ["already_decided"]
    confirmed(asked(item, cast.contributor), item, cast.head)
    assert blocking(item) == []


def test_the_database_wants_two_persons(cast: Cast) -> None:
    override = asked(draft(cast, prepare(cast), body=WITH_MOBILE), cast.contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=override.pk).update(state="confirmed", decided_by=cast.contributor, decided_at=AT)


def test_masking_the_text_is_a_revision_by_its_holder(cast: Cast) -> None:
    table = f"<table><tr><th>姓名</th><th>身份证号</th></tr><tr><td>示例甲</td><td>{ID}</td></tr></table>"
    body = f'{table}<p>手机<strong>{MOBILE}</strong>，见<a href="/x/">附件</a>。</p>'
    item = agreed(cast, submitted(cast, prepare(cast), title=f"致{MOBILE}的复函", body=body))
    with pytest.raises(ActRefused) as refused:
        mask_text(
            subject=subject(item, cast.office), object_key=str(item.uid), digest=digest(item), by=cast.office, at=AT
        )
    assert codes(refused) == ["not_your_step"]
    before = digest(item)
    mask_text(subject=subject(item, cast.releaser), object_key=str(item.uid), digest=before, by=cast.releaser, at=AT)
    item = fresh(item)
    assert blocking(item) == []
    assert item.title == f"致{MOBILE[:3]}****{MOBILE[-4:]}的复函"
    assert f"<strong>{MOBILE[:3]}****{MOBILE[-4:]}</strong>" in item.body
    assert 'href="/x/"' in item.body
    assert ID in read_copies([before])[before].body  # sealed, not lost
    with pytest.raises(ActRefused) as refused:
        release(cast, item)
    assert "step_missing" in codes(refused)  # the changed text is read again first


@pytest.mark.parametrize(
    "body",
    [
        f'<p>见<a href="https://www.example.cn/?tel={MOBILE}">附件</a>。</p>',
        f'<p>见<a href="https://www.example.cn/{"".join(f"%{ord(sign):x}" for sign in MOBILE)}">附件</a>。</p>',
        f'<p>见<a href="mailto:a@example.com?subject={MOBILE}">附件</a>。</p>',
        f'<p>见<a href="/x/" title="{MOBILE}">附件</a>。</p>',
        f'<ol start="{MOBILE}"><li><p>附件</p></li></ol>',
        f'<table><tr><th scope="{MOBILE}">附件</th></tr></table>',
    ],
)
def test_a_number_in_the_markup_of_a_text_stops_it_and_is_masked_away(cast: Cast, body: str) -> None:
    item = agreed(cast, submitted(cast, prepare(cast), body=body))
    assert blocking(item) == [("body", "mobile")]
    with pytest.raises(ActRefused):
        release(cast, item)
    mask_text(
        subject=subject(item, cast.releaser), object_key=str(item.uid), digest=digest(item), by=cast.releaser, at=AT
    )
    assert blocking(item) == []
    assert "附件" in fresh(item).body


def test_masking_refuses_where_nothing_can_be_covered(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body="<p>内部资料，不得外传</p>")
    with pytest.raises(ActRefused) as refused:
        mask_text(
            subject=subject(item, cast.contributor), object_key=str(item.uid), digest=digest(item),
            by=cast.contributor, at=AT,
        )  # fmt: skip
    assert codes(refused) == ["nothing_to_mask"]


def test_a_masked_copy_takes_the_place_of_an_attachment(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    file = received(cast, f"姓名,手机号\n示例甲,{MOBILE}\n".encode(), "名单.csv")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    assert {role for role, _kind in blocking(item)} == {"attachment"}
    mask_file(
        subject=subject(item, cast.contributor), object_key=str(item.uid), digest=digest(item),
        sha256=file.stored.digest, by=cast.contributor, at=AT,
    )  # fmt: skip
    assert blocking(item) == []
    (told,) = content_of(fresh(item)).attachments
    assert told["name"] == "名单.csv"
    assert MOBILE.encode() not in storage.read(told["sha256"])
    assert MOBILE.encode() in storage.read(file.stored.digest)


def test_a_file_that_is_masked_no_way_is_refused_with_the_reason(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    file = received(cast, rf"{{\rtf1 {CARD}}}".encode(), "名单.rtf")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    with pytest.raises(ActRefused) as refused:
        mask_file(
            subject=subject(item, cast.contributor), object_key=str(item.uid), digest=digest(item),
            sha256=file.stored.digest, by=cast.contributor, at=AT,
        )  # fmt: skip
    assert codes(refused) == ["not_masked"]


def test_tables_and_events_of_the_gate_hold_no_number(cast: Cast) -> None:
    column = prepare(cast, SIX_PERSONS)
    item = draft(cast, column, title=f"致{MOBILE}的复函", body=f"<p>{ID}，账号{CARD}，手机{MOBILE}。</p>")
    file = received(cast, f"{ID}\n{MOBILE}\n{CARD}".encode(), f"{MOBILE}.txt")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    override = asked(item, cast.contributor)
    decline_override(override=override, text="是个人信息", by=cast.office, at=AT)
    kept = [str(row) for row in Screening.objects.values_list()]
    kept += [str(row) for row in Override.objects.values_list()]
    kept += [str(row) for row in override.findings.values_list()]
    kept += [str(row.data) for row in Event.objects.filter(kind__startswith="review.")]
    assert len(kept) > 8
    assert not [secret for secret in SECRETS if any(secret in row for row in kept)]


def test_a_refusal_shows_no_number(cast: Cast) -> None:
    item = agreed(cast, submitted(cast, prepare(cast), body=f"{WITH_MOBILE}{BODY}<p>{ID}</p>"))
    with pytest.raises(ActRefused) as refused:
        release(cast, item)
    assert not any(secret in str(refused.value.refusals) for secret in SECRETS)
