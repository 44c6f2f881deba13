"""Staff pages of items: what is shown, what is refused, nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.accounts.models import Account
from gongkai.agencies.forms import PostForm
from gongkai.publishing import acts
from gongkai.publishing.approvals import last_approval_of
from gongkai.publishing.models import Column, Item
from tests.asking import signed_in
from tests.cast import Cast
from tests.publishing.rows import AT, digest, draft, fields, prepare, published, submitted


def without_token(page: bytes) -> bytes:
    """A page without the token against forged forms, which differs each time."""
    return re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", page)


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "title": "关于开展物业服务检查的通知",
        "body_text": "第一段。\n\n第二段 <b>不加粗</b>。",
        "written_on": "2017-05-17",
        "genre": "notice",
        "key_area": "property_management",
        "attribute": "proactive_disclosure",
    }
    return values | changes


def test_new_stores_a_draft_with_paragraphs_and_escaped_text(cast: Cast) -> None:
    column = prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(columns=[column.pk]))
    item = Item.objects.get()
    assert response.url == reverse("publishing:item", args=[item.uid])
    assert item.body == "<p>第一段。</p><p>第二段 &lt;b&gt;不加粗&lt;/b&gt;。</p>"
    assert item.drafter == cast.contributor


def test_new_keeps_what_was_typed_when_a_field_is_wrong(cast: Cast) -> None:
    prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(written_on="2017-13-01"))
    assert response.status_code == 422
    assert "第一段。" in response.content.decode()
    assert not Item.objects.exists()


def test_new_keeps_what_was_typed_when_the_act_is_refused(cast: Cast) -> None:
    prepare(cast)
    response = signed_in(cast.contributor).post(reverse("publishing:new"), typed(written_on="2999-01-01"))
    assert response.status_code == 409
    text = response.content.decode()
    assert "成文日期不能晚于今天" in text
    assert "第一段。" in text


@pytest.mark.parametrize("who", ["head", "auditor", "system_administrator", "supervisor", "releaser"])
def test_new_does_not_exist_for_who_may_not_draft(cast: Cast, who: str) -> None:
    prepare(cast)
    assert signed_in(getattr(cast, who)).get(reverse("publishing:new")).status_code == 404


def test_the_page_of_an_item_escapes_the_title_and_offers_only_the_own_step(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), title="关于<script>的通知")
    page = signed_in(cast.office).get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert "<script>的" not in page
    assert reverse("publishing:act", args=[item.uid, "agree"]) in page
    page = signed_in(cast.head).get(reverse("publishing:item", args=[item.uid])).content.decode()
    assert reverse("publishing:act", args=[item.uid, "agree"]) not in page


def test_the_three_persons_publish_through_the_pages(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    for who, act in (("contributor", "submit"), ("office", "agree"), ("head", "agree"), ("releaser", "release")):
        response = signed_in(getattr(cast, who)).post(
            reverse("publishing:act", args=[item.uid, act]), {"digest": digest(item), "text": "", "secrecy": "clear"}
        )
        assert response.status_code == 302, response.content.decode()
    assert Item.objects.public().get() == item


def test_a_refused_act_shows_its_reasons_and_keeps_the_opinion(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    response = signed_in(cast.office).post(
        reverse("publishing:act", args=[item.uid, "agree"]), {"digest": "0" * 64, "text": "措辞再斟酌。"}
    )
    assert response.status_code == 409
    assert "您阅读之后内容有改动" in response.content.decode()
    assert "措辞再斟酌。" in response.content.decode()
    assert f'value="{digest(item)}"' in response.content.decode(), "the next opinion is on what the page now shows"


@pytest.mark.parametrize("who", ["stranger", "system_administrator"])
@pytest.mark.parametrize("name", ["publishing:item", "publishing:edit"])
def test_a_foreign_item_is_as_missing_as_one_that_never_was(cast: Cast, who: str, name: str) -> None:
    item = published(cast, prepare(cast))
    client = signed_in(getattr(cast, who))
    foreign = client.get(reverse(name, args=[item.uid]))
    missing = client.get(reverse(name, args=["00000000-0000-4000-8000-000000000000"]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_token(foreign.content) == without_token(missing.content)


def test_an_unknown_act_does_not_exist(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    assert signed_in(cast.office).post(reverse("publishing:act", args=[item.uid, "erase"])).status_code == 404


def test_history_page_confirms_what_was_chosen(cast: Cast) -> None:
    from tests.publishing.test_history import row, second_office

    column = prepare(cast)
    rows = [row(cast, column, title="一"), row(cast, column, title="二")]
    first, second = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT.replace(year=2018))
    client = signed_in(second_office(cast))
    assert "补录" in client.get(reverse("backoffice:home")).content.decode()
    client.post(reverse("publishing:history"), {"item": [f"{first.uid}:{first.published_digest}", "no uid"]})
    assert list(Item.objects.public()) == [first]
    refused = signed_in(cast.office).post(
        reverse("publishing:history"), {"item": [f"{second.uid}:{second.published_digest}"]}
    )
    assert refused.status_code == 409
    assert "须由另一人复核" in refused.content.decode()


def test_list_shows_and_exports_only_what_the_officer_may_see(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    assert item.title in signed_in(cast.office).get(reverse("publishing:list")).content.decode()
    assert item.title not in signed_in(cast.stranger).get(reverse("publishing:list")).content.decode()
    assert item.title not in signed_in(cast.supervisor).get(reverse("publishing:list")).content.decode()


def test_list_exports_every_field_of_the_ledger_and_text_as_text(cast: Cast, django_assert_num_queries: Any) -> None:
    column = prepare(cast)
    said = '=cmd|"/c calc"!A1'
    day = dt.date(2017, 5, 19)
    row = acts.HistoryRow(
        fields=fields(cast, column, title=said, attribute="non_disclosure", key_area="affordable_housing"),
        published_on=day,
        published_on_source="区政府网站",
        channels=(("website", day, ""), ("posting", day, "示例小区公告栏")),
        details=acts.DetailFields(ground="third_party", issuers=("示例区财政局",)),
    )
    acts.enter_history(agency=cast.agency, rows=[row], by=cast.office, at=AT)
    client, address = signed_in(cast.office), reverse("publishing:list") + "?export=xlsx"
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    acts.enter_history(agency=cast.agency, rows=[row] * 29, by=cast.office, at=AT)
    with django_assert_num_queries(len(few)):
        response = client.get(address)
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows())
    assert len(rows) == 31
    cells = {head.value: cell for head, cell in zip(rows[0], rows[1], strict=True)}
    assert (cells["名称"].value, cells["名称"].data_type, cells["名称"].quotePrefix) == (said, "s", True)
    assert cells["公开渠道"].value == "政府网站（2017-05-19）、现场张贴（2017-05-19，示例小区公告栏）"
    assert (cells["不公开的理由"].value, cells["公开属性"].value) == ("涉及第三方合法权益", "不予公开")
    assert cells["发布机构"].value == f"{cast.agency.name}、示例区财政局"
    assert (cells["栏目"].value, cells["重点领域"].value) == (column.name, "住房保障")
    assert {"文号", "主题分类", "体裁分类", "有效性", "解读的文件", "附件", "发布日期依据"} <= set(cells)
    page = signed_in(cast.office).get(reverse("publishing:list")).content.decode()
    assert "主题分类" not in page


def test_list_takes_the_same_number_of_statements_for_few_and_many(cast: Cast, django_assert_num_queries: Any) -> None:
    column = prepare(cast)
    client = signed_in(cast.office)
    draft(cast, column)
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("publishing:list"))
    for number in range(8):
        draft(cast, column, title=f"第{number}条")
    with django_assert_num_queries(len(for_one)):
        client.get(reverse("publishing:list"))


def test_history_page_is_read_in_pages_with_nothing_ticked(cast: Cast) -> None:
    from tests.publishing.test_history import row, second_office

    column = prepare(cast)
    rows = [row(cast, column, title=f"补录第{number:03}条", channels=()) for number in range(60)]
    items = acts.enter_history(agency=cast.agency, rows=rows, by=cast.office, at=AT.replace(year=2018))
    client = signed_in(second_office(cast))
    first, second = (client.get(reverse("publishing:history"), {"page": n}).content.decode() for n in (1, 2))
    assert [first.count('type="checkbox"'), second.count('type="checkbox"')] == [50, 10]
    assert " checked" not in first
    assert "本批共向三十六户家庭" in first
    assert reverse("publishing:item", args=[items[0].uid]) in first
    nothing = client.post(reverse("publishing:history"), {})
    assert (nothing.status_code, "还没有选择要复核的信息" in nothing.content.decode()) == (409, True)
    stale = client.post(reverse("publishing:history"), {"item": [f"{items[0].uid}:{'0' * 64}"]})
    assert "与您阅读时不一致" in stale.content.decode()
    assert not Item.objects.public().exists()


def test_history_page_tells_who_entered_them_that_another_must_confirm(cast: Cast) -> None:
    from tests.publishing.test_history import row

    column = prepare(cast)
    acts.enter_history(agency=cast.agency, rows=[row(cast, column)], by=cast.office, at=AT.replace(year=2018))
    page = signed_in(cast.office).get(reverse("publishing:history")).content.decode()
    assert "您自己补录的 1 条不在下面" in page
    assert 'type="checkbox"' not in page


def test_recall_is_offered_to_the_drafter_and_shows_its_reason(cast: Cast) -> None:
    item = submitted(cast, prepare(cast))
    address = reverse("publishing:act", args=[item.uid, "recall"])
    page = reverse("publishing:item", args=[item.uid])
    assert address in signed_in(cast.contributor).get(page).content.decode()
    assert address not in signed_in(cast.office).get(page).content.decode()
    assert signed_in(cast.contributor).post(address, {"reason": ""}).status_code == 422
    assert signed_in(cast.office).post(address, {"reason": "换人"}).status_code == 409
    assert signed_in(cast.contributor).post(address, {"reason": "附表有误。"}).status_code == 302
    assert "起草人收回，附表有误。" in signed_in(cast.office).get(page).content.decode()


def test_withdraw_takes_a_chosen_reason_and_keeps_the_note_inside(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    address = reverse("publishing:act", args=[item.uid, "withdraw"])
    client = signed_in(cast.office)
    for data in ({"reason": ""}, {"reason": "自己写的"}, {"reason": "wrong", "note": "长" * 256}):
        assert client.post(address, data).status_code == 422
    refused = client.post(address, {"reason": "other", "note": ""})
    assert (refused.status_code, "请在说明中写清楚" in refused.content.decode()) == (409, True)
    assert client.post(address, {"reason": "personal", "note": "有示例人的电话"}).status_code == 302
    assert "说明（不对外）：有示例人的电话" in client.get(reverse("publishing:item", args=[item.uid])).content.decode()
    public = Client().get(item.get_absolute_url())
    assert public.status_code == 410
    assert "涉及个人信息" in public.content.decode()
    assert "示例人" not in public.content.decode()


def test_history_withdrawn_before_it_was_confirmed_stays_unknown_to_the_public(cast: Cast) -> None:
    from tests.publishing.test_history import row

    column = prepare(cast)
    (item,) = acts.enter_history(agency=cast.agency, rows=[row(cast, column)], by=cast.office, at=AT.replace(year=2018))
    assert Client().get(item.get_absolute_url()).status_code == 404
    acts.withdraw_item(item=item, reason="duplicate", by=cast.office, at=AT)
    assert Client().get(item.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("year", ["10000", "0", "-1", "2017.5", "x", "99999999999999999999"])
def test_list_takes_whole_years_only(cast: Cast, year: str) -> None:
    prepare(cast)
    assert signed_in(cast.office).get(reverse("publishing:list"), {"year": year}).status_code == 200


def changed_by_somebody(cast: Cast, item: Item, column: Column, by: Account, **changes: Any) -> None:
    acts.revise_item(item=item, digest=digest(item), fields=fields(cast, column, **changes), by=by, at=AT)


def test_edit_shows_what_somebody_changed_meanwhile_and_keeps_what_was_typed(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    opened = digest(item)
    changed_by_somebody(cast, item, column, cast.office, title="别人改的名称")
    address = reverse("publishing:edit", args=[item.uid])
    client = signed_in(cast.office)
    data = typed(columns=[column.pk], digest=opened)
    response = client.post(address, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "您打开之后别人改了这些" in page
    assert "<ins>别人改的名称</ins>" in page
    assert "关于开展物业服务检查的通知" in page
    assert f'value="{digest(item)}"' in page
    assert client.post(address, data | {"digest": digest(item)}).status_code == 302
    item.refresh_from_db()
    assert item.title == "关于开展物业服务检查的通知"


def test_edit_of_a_draft_shows_what_is_there_now_when_the_opened_content_was_not_kept(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    opened = digest(item)
    changed_by_somebody(cast, item, column, cast.contributor, body="<p>另一窗口写的。</p>")
    response = signed_in(cast.contributor).post(
        reverse("publishing:edit", args=[item.uid]), typed(columns=[column.pk], digest=opened)
    )
    page = response.content.decode()
    assert "现在保存着的内容" in page
    assert "另一窗口写的。" in page
    assert f'value="{digest(item)}"' in page


def test_edit_in_review_keeps_what_was_typed_when_it_cannot_be_published(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    response = signed_in(cast.office).post(
        reverse("publishing:edit", args=[item.uid]), typed(digest=digest(item), attribute="non_disclosure")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "还没有选择栏目" in page
    assert "公开属性不是「主动公开」" in page
    assert "第一段。" in page


def test_the_page_in_review_says_what_differs_or_that_nothing_does(cast: Cast) -> None:
    column = prepare(cast)
    item = submitted(cast, column)
    address = reverse("publishing:item", args=[item.uid])
    assert "没有不同。" in signed_in(cast.head).get(address).content.decode()
    changed_by_somebody(cast, item, column, cast.office, document_number="示房保〔2017〕9号")
    page = signed_in(cast.head).get(address).content.decode()
    assert "与送审时内容的不同" in page
    assert "<ins>示房保〔2017〕9号</ins>" in page


def test_item_offers_its_papers_to_those_alone_who_may_open_them(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    run = last_approval_of(item)
    assert run is not None
    address = reverse("review:secrecy", args=[run.uid])
    for name, is_offered in (("office", True), ("auditor", True), ("supervisor", False)):
        client = signed_in(getattr(cast, name))
        page = client.get(reverse("publishing:item", args=[item.uid]))
        assert page.status_code == 200, name
        assert (address in page.content.decode()) is is_offered, name
        assert client.get(address).status_code == (200 if is_offered else 404), name


@pytest.mark.parametrize("key", ["9" * 23, "-" + "9" * 23, "x", "0"])
def test_a_column_that_cannot_be_is_a_wrong_choice(cast: Cast, key: str) -> None:
    item = draft(cast, prepare(cast))
    typed_in = {"title": "改过", "columns": [key]}
    response = signed_in(cast.contributor).post(reverse("publishing:edit", args=[item.uid]), typed_in)
    assert response.status_code == 422
    assert "columns" in response.context["form"].errors


def test_a_department_that_cannot_be_is_a_wrong_choice(cast: Cast) -> None:
    form = PostForm({"title": "示例岗", "departments": ["9" * 23]}, agency=cast.agency)
    assert "departments" in form.errors
