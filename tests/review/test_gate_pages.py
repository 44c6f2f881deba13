"""Pages of the gate: what each officer sees and may do; foreign and missing answer alike."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.audit.models import Event
from gongkai.backoffice.worklist import matters_for
from gongkai.publishing import acts
from gongkai.publishing.models import Item
from gongkai.review.gate.words import add_word
from gongkai.review.models import Opinion, Override, OverrideState, Word
from tests.asking import signed_in
from tests.cast import Cast
from tests.files.uploads import received
from tests.publishing.rows import AT, SIX_PERSONS, digest, draft, fields, prepare, published, submitted
from tests.review.findings import CARD, ID, MOBILE, WITH_MOBILE, asked, blocking, fresh, key_of, values

EVERYBODY = (
    "contributor", "department_head", "office", "leader_in_charge", "head", "releaser", "request_officer",
    "enquiry_officer", "auditor", "supervisor", "system_administrator", "stranger",
)  # fmt: skip
ON_THE_CASE = set(EVERYBODY) - {"supervisor", "system_administrator", "stranger"}


def page_of(item: Item) -> str:
    return reverse("review:gate", args=key_of(item))


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a response


@pytest.mark.one_database  # who sees what: the rules are the same on both
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_gate_is_open_to_those_on_the_case_alone(cast: Cast, who: str) -> None:
    item = draft(cast, prepare(cast), body=WITH_MOBILE)
    override = asked(item, cast.contributor)
    client = signed_in(getattr(cast, who))
    missing = (key_of(item)[0], str(uuid.uuid4()))
    expected = 200 if who in ON_THE_CASE else 404
    assert client.get(page_of(item)).status_code == expected
    assert client.get(reverse("review:gate", args=missing)).status_code == 404
    for name, args in (
        ("ask", ()),
        ("mask", ()),
        ("decide", (override.uid, "confirm")),
        ("decide", (override.uid, "x")),
    ):
        answer = client.post(reverse(f"review:gate_{name}", args=[*key_of(item), *args]))
        assert answer.status_code == 404 if expected == 404 or args[1:] == ("x",) else answer.status_code in (302, 409)
        assert client.post(reverse(f"review:gate_{name}", args=[*missing, *args])).status_code == 404
    assert blocking(item) == [("body", "mobile")] or who in ("office", "head", "leader_in_charge", "department_head")


@pytest.mark.parametrize("address", ["no.kind/x", "publishing.item/nonsense", "publishing.item/0"])
def test_nonsense_is_missing(cast: Cast, address: str) -> None:
    assert signed_in(cast.office).get(f"/staff/review/gate/{address}/").status_code == 404


def test_an_override_of_another_object_is_missing(cast: Cast) -> None:
    column = prepare(cast)
    first, second = (draft(cast, column, body=WITH_MOBILE) for _ in range(2))
    override = asked(first, cast.contributor)
    answer = signed_in(cast.office).post(
        reverse("review:gate_decide", args=[*key_of(second), override.uid, "confirm"]), {"digest": digest(second)}
    )
    assert answer.status_code == 404


def test_two_officers_let_a_finding_pass_by_the_pages(cast: Cast) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    first, second = signed_in(cast.contributor), signed_in(cast.head)
    typed = {"digest": digest(item), "finding": [values(item)[0].split(":")[0] + ":*"], "text": "值班手机"}
    refused = first.post(reverse("review:gate_ask", args=key_of(item)), typed)
    assert refused.status_code == 409
    assert "请选择放行的依据" in text(refused)
    assert "值班手机</textarea>" in text(refused)
    first.post(reverse("review:gate_ask", args=key_of(item)), typed | {"ground": "official"})
    override = Override.objects.get()
    assert "提出放行的人不能自己确认" in text(first.get(page_of(item)))
    waiting = f"{item.title}：放行 1 处发现"
    assert [matter.title for matter in matters_for(cast.head)] == [waiting]
    assert waiting not in [matter.title for matter in matters_for(cast.contributor)]
    address = reverse("review:gate_decide", args=[*key_of(item), override.uid, "confirm"])
    assert second.post(address, {"digest": "0" * 64}).status_code == 409
    assert second.post(address, {"digest": digest(item)}).status_code == 302
    assert Override.objects.get().state == OverrideState.CONFIRMED
    assert blocking(item) == []
    assert "已放行" in text(second.get(reverse("publishing:item", args=[item.uid])))


def test_the_item_shows_findings_beside_the_text_and_marks_them_in_it(cast: Cast) -> None:
    item = submitted(
        cast, prepare(cast), title=f"致{MOBILE}的<复函>", body=f"<p>证件{ID}，<strong>内部资料</strong></p>"
    )
    page = text(signed_in(cast.head).get(reverse("publishing:item", args=[item.uid])))
    assert f'<mark class="stops" title="居民身份证号，阻止公开">{ID}</mark>' in page
    assert '<strong><mark class="stops" title="内部或未定稿标记，阻止公开">内部资料</mark></strong>' in page
    assert f'致<mark class="stops" title="手机号，阻止公开">{MOBILE}</mark>的&lt;复函&gt;' in page
    gate = page[page.index('id="gate-heading"') : page.index('id="gate-heading"') + 6000].split("</section>")[0]
    assert "有 3 处阻止公开，处理完才能发布。" in gate
    assert ID not in gate
    assert MOBILE not in gate
    assert f"{MOBILE[:3]}****{MOBILE[-4:]}" in gate


def test_a_clean_item_says_what_was_looked_at(cast: Cast) -> None:
    item = draft(cast, prepare(cast))
    page = text(signed_in(cast.office).get(reverse("publishing:item", args=[item.uid])))
    assert "检查了名称、正文、登记内容和文件名，没有发现" in page
    assert "<mark" not in page


def test_a_supervisor_sees_no_gate(cast: Cast) -> None:
    item = published(cast, prepare(cast))
    page = text(signed_in(cast.supervisor).get(reverse("publishing:item", args=[item.uid])))
    assert "gate-heading" not in page


def test_one_click_masks_the_text_and_a_file(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body=WITH_MOBILE)
    file = received(cast, f"姓名,卡号\n示例甲,{CARD}\n".encode(), "名单.csv")
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)
    client = signed_in(cast.contributor)
    page = text(client.get(page_of(item)))
    assert "遮盖名称和正文中的号码" in page
    assert "附件「名单.csv」换成遮盖后的副本" in page
    address = reverse("review:gate_mask", args=key_of(item))
    assert client.post(address, {"digest": digest(item)}).status_code == 302
    assert MOBILE not in fresh(item).body
    assert client.post(address, {"digest": digest(item), "sha256": file.stored.digest}).status_code == 302
    assert blocking(item) == []
    assert client.post(address, {"digest": "0" * 64}).status_code == 409


def test_history_that_may_not_go_out_cannot_be_ticked(cast: Cast) -> None:
    from tests.publishing.test_history import entered, second_office  # rows of the same kind

    column = prepare(cast)
    bad = entered(cast, column, body=WITH_MOBILE)
    page = text(signed_in(second_office(cast)).get(reverse("publishing:history")))
    assert f"{bad.uid}:" not in page
    assert "正文里有手机号（1处），不能公开" in page


def test_the_list_of_reviews_counts_open_findings_in_a_bounded_number_of_statements(cast: Cast) -> None:
    column = prepare(cast)
    client = signed_in(cast.office)
    counts = []
    for _round in range(2):
        submitted(cast, column, body=WITH_MOBILE)
        submitted(cast, column)
        client.get(reverse("review:list"))  # what is new is looked at once
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(reverse("review:list")))
        counts.append(len(queries))
    assert page.count("1 处阻止公开") == 2
    assert page.count("没有发现") == 2
    assert counts[0] == counts[1]


@pytest.mark.one_database  # who sees what: the rules are the same on both
@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_show_the_own_agency_alone(cast: Cast, who: str) -> None:
    item = submitted(cast, prepare(cast), body=WITH_MOBILE)
    add_word(agency=cast.agency, text="示例专户", severity="warn", by=cast.office, at=AT)
    client = signed_in(getattr(cast, who))
    seen = who in ON_THE_CASE
    assert (item.title in text(client.get(reverse("review:list")))) == seen
    assert ("示例专户" in text(client.get(reverse("review:words")))) == seen
    menu = f'href="{reverse("review:list")}"'
    assert (menu in text(client.get("/staff/"))) == (seen or who == "stranger")


@pytest.mark.one_database  # who sees what: the rules are the same on both
@pytest.mark.parametrize("who", EVERYBODY)
def test_only_the_office_changes_the_words_of_its_own_agency(cast: Cast, who: str) -> None:
    word = add_word(agency=cast.agency, text="示例专户", severity="warn", by=cast.office, at=AT)
    client = signed_in(getattr(cast, who))
    own = who == "office"
    remove = reverse("review:word_remove", args=[word.uid])
    assert client.get(remove).status_code == (200 if own else 404)
    assert client.get(reverse("review:word_remove", args=[uuid.uuid4()])).status_code == 404
    new = reverse("review:word_new")
    assert client.get(new).status_code == (200 if who in ("office", "stranger") else 404)
    assert client.post(remove).status_code == (302 if own else 404)
    assert Word.objects.filter(agency=cast.agency).exists() != own


def test_a_word_is_added_by_its_form(cast: Cast) -> None:
    client = signed_in(cast.office)
    new = reverse("review:word_new")
    assert client.post(new, {"text": "", "severity": "warn"}).status_code == 422
    assert client.post(new, {"text": f"张某{MOBILE}", "severity": "warn"}).status_code == 409
    assert client.post(new, {"text": "示例专户", "severity": "block"}).status_code == 302
    assert [str(word) for word in Word.objects.all()] == ["示例专户"]


def item_page(item: Item) -> str:
    return reverse("publishing:item", args=[item.uid])


def test_after_masking_the_page_says_whose_turn_it_is_and_hides_what_was_masked(cast: Cast) -> None:
    item = submitted(cast, prepare(cast, SIX_PERSONS), title=f"关于示例事项的通知（{MOBILE}）", body=WITH_MOBILE)
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    client = signed_in(cast.office)
    answer = client.post(reverse("review:gate_mask", args=key_of(item)), {"digest": digest(item)}, follow=True)
    page = text(answer)
    assert MOBILE not in page
    assert "已遮盖。内容有改动，此前的意见不再算数，要从头确认。" in page
    head = f"现在轮到「股室保密初审」：{cast.department_head.name}（"
    assert page.count(head) == 2  # in the message, and in the page as long as it is so
    assert "同意后依次是「办公室审核」、「分管负责人审阅」、「主要负责人签发」、「发布」" in page
    assert "（完整号码在这里不显示）" in page
    page = text(signed_in(cast.department_head).get(item_page(item)))
    assert MOBILE not in page
    assert "轮到您：股室保密初审" in page
    assert MOBILE not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_number_split_over_cells_and_in_metadata_is_hidden_in_the_difference(cast: Cast) -> None:
    halves = f"<table><tbody><tr><td>{ID[:9]}</td><td>{ID[9:]}</td></tr></tbody></table>"
    column = prepare(cast)
    item = submitted(cast, column, body=halves, document_number=MOBILE)
    plain = fields(cast, column, body="<p>没有号码。</p>", document_number="")
    acts.revise_item(item=item, digest=digest(item), fields=plain, by=cast.office, at=AT)
    page = text(signed_in(cast.office).get(item_page(item)))
    assert not {MOBILE, ID[:9], ID[9:]} & set(re.findall(r"[0-9X]{9,}", page))
    assert "原为" in page


@pytest.mark.parametrize("act", ["agree", "return", "recall"])
def test_what_is_said_of_a_content_holds_no_number(cast: Cast, act: str) -> None:
    item = submitted(cast, prepare(cast))
    who = cast.contributor if act == "recall" else cast.office
    said = {"text": f"请核对{MOBILE}", "reason": f"请核对{MOBILE}", "digest": digest(item), "secrecy": "clear"}
    answer = signed_in(who).post(reverse("publishing:act", args=[item.uid, act]), said)
    assert answer.status_code == 409
    assert "说明里不要写出号码本身" in text(answer)
    assert not Opinion.objects.filter(text__contains=MOBILE).exists()
    assert fresh(item).state == "in_review"


def test_a_file_added_in_review_leads_to_a_page_that_is_there(cast: Cast) -> None:
    item = submitted(cast, prepare(cast, SIX_PERSONS))
    acts.agree(item=item, digest=digest(item), by=cast.department_head, secrecy="clear", at=AT)
    uploads = [SimpleUploadedFile("甲.txt", "公开".encode()), SimpleUploadedFile("空.docx", b"")]
    answer = signed_in(cast.office).post(
        reverse("publishing:attachments", args=[item.uid]), {"digest": digest(item), "uploads": uploads}, follow=True
    )
    page = text(answer)
    assert answer.status_code == 200
    assert "已增加1个附件。内容有改动，此前的意见不再算数" in page
    assert "第2个文件「空.docx」：" in page
