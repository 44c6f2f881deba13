"""Sheets, scans and printed forms on screen."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.files import storage
from gongkai.publishing.models import Item
from gongkai.review import paper
from gongkai.review.models import ApprovalSheet, Opinion
from tests.cast import Cast
from tests.publishing.rows import digest
from tests.review.papers import agreed_to, enter, picture, printed, run_of, waiting

NOW = timezone.now()


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(account: Account, name: str, *args: Any) -> str:
    answer = client_of(account).get(reverse(f"review:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def printed_today(cast: Cast, items: list[Item]) -> ApprovalSheet:
    return paper.print_sheet(approvals=[run_of(item) for item in items], by=cast.office, at=NOW)


def test_the_office_prints_a_sheet_and_enters_what_was_signed(cast: Cast) -> None:
    items = waiting(cast, 2)
    office = client_of(cast.office)
    form = office.get(reverse("review:sheet_new") + f"?approval={run_of(items[0]).uid}").content.decode()
    assert form.count("checked") == 1
    answer = office.post(reverse("review:sheet_new"), {"approvals": [run_of(item).pk for item in items]})
    sheet = ApprovalSheet.objects.get()
    assert answer["Location"] == reverse("review:sheet_print", args=[sheet.uid])
    url = reverse("review:sheet", args=[sheet.uid])
    typed = {
        "entries": [entry.pk for entry in sheet.entries.all()],
        "officer": cast.officers["department_head"].pk,
        "signed_on": timezone.localdate().isoformat(),
        "decision": "agree",
        "text": "已核。",
        "scan": SimpleUploadedFile("签批单.png", picture()),
    }
    answer = office.post(url, typed)
    assert answer.status_code == 409  # the secrecy check was not entered
    assert "请选择审查结论" in answer.content.decode()
    typed["scan"] = SimpleUploadedFile("签批单.png", picture())
    assert office.post(url, {**typed, "secrecy": "clear"}).status_code == 302
    assert Opinion.objects.filter(on_paper=True, entered_by=cast.office, text="已核。").count() == 2
    # The next signature is not on a scan that was made before it.
    typed = {**typed, "officer": cast.officers["office"].pk}
    del typed["scan"]
    assert "这份扫描件" not in (answer := client_of(cast.releaser).post(url, typed)).content.decode()
    assert answer.status_code == 422
    typed["scan"] = SimpleUploadedFile("签批单.png", storage.read(Opinion.objects.filter(on_paper=True)[0].scan_id))
    answer = client_of(cast.releaser).post(url, typed)
    assert answer.status_code == 409
    assert "这份扫描件已经用于另一次签批" in answer.content.decode()
    typed["scan"] = SimpleUploadedFile("签批单2.png", picture())
    assert client_of(cast.releaser).post(url, typed).status_code == 302
    assert [run_of(item).position for item in items] == [3, 3]
    assert "纸质签批" in client_of(cast.head).get(reverse("publishing:item", args=[items[0].uid])).content.decode()


def test_a_printed_sheet_says_what_is_on_it(cast: Cast) -> None:
    items = waiting(cast, 2)
    agreed_to(cast, items[0], cast.department_head)
    agreed_to(cast, items[1], cast.department_head)
    sheet = printed_today(cast, items)
    said = page(cast.office, "sheet_print", sheet.uid)
    for item in items:
        assert f"<span>{digest(item)[:4]}</span>" in said
        assert item.title in said
    assert "办公室审核" in said
    assert ">√</span>" in said
    assert "示例乙" in said
    assert said.count("本批共向三十六户家庭配租公共租赁住房。") == 2
    code = client_of(cast.office).get(reverse("review:sheet_code", args=[sheet.uid]))
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")


def test_the_code_on_the_paper_is_compared_with_the_sheet(cast: Cast) -> None:
    sheet = printed_today(cast, waiting(cast))
    url = reverse("review:sheet", args=[sheet.uid])
    office = client_of(cast.office)
    assert "与本单一致" in office.get(url, {"h": sheet.digest}).content.decode()
    assert "与本单不一致" in office.get(url, {"h": "0" * 64}).content.decode()


@pytest.mark.parametrize("name", ["secrecy", "rounds"])
def test_the_forms_print_what_was_said_and_leave_the_rest_blank(cast: Cast, name: str) -> None:
    (item,) = waiting(cast)
    agreed_to(cast, item, cast.department_head, cast.office)
    said = page(cast.auditor, name, run_of(item).uid)
    for text in (
        item.title,
        "示例乙",
        "住房保障股股长",
        "示例丙",
        f"<span>{digest(item)[:4]}</span>",
        "年　　月　　日",
    ):
        assert text in said
    assert ("不涉密，可以公开" in said) == (name == "secrecy")


def test_nothing_of_a_sheet_is_found_by_others(cast: Cast) -> None:
    (item,) = waiting(cast)
    sheet = printed(cast, [item])
    opinion = enter(cast, sheet, [item])[0]
    run = run_of(item)
    names = [("sheet", sheet.uid), ("sheet_print", sheet.uid), ("sheet_code", sheet.uid), ("scan", opinion.pk)]
    names += [("secrecy", run.uid), ("rounds", run.uid)]
    for account in (cast.stranger, cast.supervisor, cast.system_administrator):
        for name, key in names:
            missing = 10**6 if name == "scan" else uuid.uuid4()
            assert client_of(account).get(reverse(f"review:{name}", args=[key])).status_code == 404
            assert client_of(account).get(reverse(f"review:{name}", args=[missing])).status_code == 404
    assert Client().get(reverse("review:scan", args=[opinion.pk])).status_code == 302
    answer = client_of(cast.auditor).get(reverse("review:scan", args=[opinion.pk]))
    assert b"".join(answer.streaming_content) == storage.read(opinion.scan_id)  # type: ignore[attr-defined]
    for account in (cast.system_administrator, cast.supervisor):
        assert client_of(account).get(reverse("review:sheets")).status_code == 404
        assert client_of(account).get(reverse("review:sheet_new")).status_code == 404


def test_who_only_reads_is_offered_no_form(cast: Cast) -> None:
    sheet = printed_today(cast, waiting(cast))
    assert 'name="scan"' not in page(cast.auditor, "sheet", sheet.uid)
    assert client_of(cast.auditor).post(reverse("review:sheet", args=[sheet.uid])).status_code == 404


def test_the_item_asks_for_the_secrecy_check_at_its_step_alone(cast: Cast) -> None:
    (item,) = waiting(cast)
    url = reverse("publishing:item", args=[item.uid])
    assert 'name="secrecy"' in client_of(cast.department_head).get(url).content.decode()
    agree = reverse("publishing:act", args=[item.uid, "agree"])
    data = {"digest": digest(item), "text": ""}
    refused = client_of(cast.department_head).post(agree, data)
    assert refused.status_code == 409
    assert "请选择审查结论" in refused.content.decode()
    assert client_of(cast.department_head).post(agree, {**data, "secrecy": "clear"}).status_code == 302
    assert 'name="secrecy"' not in client_of(cast.office).get(url).content.decode()
    assert client_of(cast.office).post(agree, data).status_code == 302


def test_the_item_offers_to_print_what_can_be_printed_to_those_who_may(cast: Cast) -> None:
    (item,) = waiting(cast)
    url = reverse("publishing:item", args=[item.uid])
    offered = {
        name: reverse("review:sheet_new") in client_of(account).get(url).content.decode()
        for name, account in cast.accounts.items()
        if name in ("office", "head", "releaser", "auditor")
    }
    assert offered == {"office": True, "head": False, "releaser": True, "auditor": False}
    for by in (cast.department_head, cast.office, cast.leader_in_charge, cast.head):
        agreed_to(cast, item, by)
    said = client_of(cast.office).get(url).content.decode()
    assert reverse("review:sheet_new") not in said
    assert reverse("review:secrecy", args=[run_of(item).uid]) in said
