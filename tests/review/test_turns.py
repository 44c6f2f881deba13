"""Whose turn it is, what fell and what came back, as officers are told it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from gongkai.accounts.models import Account
from gongkai.publishing import acts
from gongkai.publishing.models import Item
from tests.cast import Cast
from tests.publishing.rows import AT, SIX_PERSONS, digest, draft, fields, prepare, submitted
from tests.review.papers import printed, run_of

TABLE = (
    "<h2>第一章 总则</h2><table><tbody><tr><th><p>小区</p></th><th><p>充电桩</p></th></tr>"
    '<tr><td><p>示例和苑</p></td><td><p>12</p></td></tr></tbody></table><p>见<a href="https://shili.example/">门户</a>。</p>'
)


def page(account: Account, name: str, *args: object) -> str:
    client = Client()
    client.force_login(account)
    return client.get(reverse(name, args=args)).content.decode()


def six_in_review(cast: Cast, **changes: object) -> Item:
    return submitted(cast, prepare(cast, SIX_PERSONS), **changes)


def agreed_by_department(cast: Cast, **changes: object) -> Item:
    item = six_in_review(cast, **changes)
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    return item


def changed_by_office(cast: Cast) -> Item:
    item = agreed_by_department(cast)
    changed = fields(cast, item.columns.get(), body="<p>改过。</p>")
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.office, at=AT)
    return item


def test_an_act_tells_whose_turn_it_is_now(cast: Cast) -> None:
    item = draft(cast, prepare(cast, SIX_PERSONS))
    client = Client()
    client.force_login(cast.contributor)
    said = client.post(
        reverse("publishing:act", args=[item.uid, "submit"]), {"digest": digest(item)}, follow=True
    ).content.decode()
    assert "已送审。现在轮到「股室保密初审」：示例乙（住房保障股股长）。" in said


def test_an_opinion_on_what_was_changed_is_shown_as_fallen(cast: Cast) -> None:
    item = agreed_by_department(cast)
    assert "已失效" not in page(cast.office, "publishing:item", item.uid)
    changed = fields(cast, item.columns.get(), body="<p>改过。</p>")
    acts.revise_item(item=item, digest=digest(item), fields=changed, by=cast.office, at=AT)
    assert page(cast.office, "publishing:item", item.uid).count("已失效：内容改过") == 1


def test_who_has_to_confirm_again_is_told_why(cast: Cast) -> None:
    changed_by_office(cast)
    assert "股室保密初审：内容改过，请重新确认" in page(cast.department_head, "backoffice:home")


def test_a_returned_draft_says_by_whom_and_why(cast: Cast) -> None:
    item = agreed_by_department(cast)
    acts.return_item(item=item, digest=digest(item), text="请写明适用范围。", by=cast.office, at=AT)
    home = page(cast.contributor, "backoffice:home")
    assert "示例丙 退回" in home
    assert "退回：请写明适用范围。" in home
    assert "草稿尚未送审" not in home
    shown = page(cast.contributor, "publishing:item", item.uid)
    assert "示例丙在「办公室审核」退回" in shown
    assert "已失效：已退回" in shown
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    assert "示例丙在「办公室审核」退回" not in page(cast.contributor, "publishing:item", item.uid)


def test_a_sheet_prints_tables_headings_and_addresses(cast: Cast) -> None:
    item = six_in_review(cast, body=TABLE)
    said = page(cast.office, "review:sheet_print", printed(cast, [item]).uid)
    assert "<h2>第一章 总则</h2><table>" in said
    assert "<td><p>示例和苑</p></td><td><p>12</p></td>" in said
    assert 'href="https://shili.example/"' in said


def test_a_sheet_does_not_say_agreed_twice(cast: Cast) -> None:
    item = six_in_review(cast)
    acts.agree(
        item=item, digest=digest(item), text="同意，请严格管理。", by=cast.department_head, secrecy="clear", at=AT
    )
    said = page(cast.office, "review:secrecy", run_of(item).uid)
    assert "<p>同意，请严格管理。</p>" in said


def test_all_who_read_are_named_in_one_notice(cast: Cast) -> None:
    item = six_in_review(cast)
    address = reverse("publishing:presence", args=[item.uid])
    for account in (cast.contributor, cast.department_head):
        client = Client()
        client.force_login(account)
        client.post(address, {"doing": "reading"})
    assert page(cast.office, "publishing:item", item.uid).count("也正在看这一件") == 1
