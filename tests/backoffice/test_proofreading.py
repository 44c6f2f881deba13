"""Proof-reading of handed-in reports: for whom, what comes back, and that nothing is kept."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Role
from gongkai.audit.models import Event
from gongkai.files.models import StoredFile
from tests.cast import Cast
from tests.documents import samples
from tests.proofing import corpus, rendering

pytestmark = pytest.mark.one_database
ADDRESS = "backoffice:proofreading"
WORKING = {Role.OFFICE, Role.LEADER_IN_CHARGE, Role.HEAD, Role.SUPERVISOR}


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("report")
    return rendering.write(corpus.draft_2021(), "docx", folder, "a").read_bytes()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office)
    return client


def post(client: Client, *files: tuple[str, bytes], **data: str) -> HttpResponse:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse(ADDRESS), {"reports": uploads, "format": "page", **data})


@pytest.mark.parametrize("role", list(Role))
def test_who_works_on_reports_may_open_it(cast: Cast, role: Role) -> None:
    client = Client()
    client.force_login(cast.accounts[role])
    assert client.get(reverse(ADDRESS)).status_code == (200 if role in WORKING else 404)


def test_findings_stand_beside_the_text_and_nothing_is_kept(client: Client, report: bytes) -> None:
    before = Event.objects.count()
    answer = post(client, ("年报.docx", report), ("空.txt", "空".encode()))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="row"' in page
    assert 'class="failed"' in page, "a file that is no report is answered, and the others are still checked"
    assert not any(each in page for each in ('style="', "<style")), "the page obeys the content security policy"
    assert StoredFile.objects.count() == 0
    assert Event.objects.count() == before


def test_a_saved_web_page_is_read_with_its_scripts_around_it(client: Client, tmp_path) -> None:
    path = rendering.write(corpus.draft_2019(), "page", tmp_path, "a")
    assert 'class="row"' in post(client, (path.name, path.read_bytes())).content.decode()


def test_a_damaged_file_in_a_zip_does_not_hide_the_others(client: Client, report: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.docx", report)
        archive.writestr("b.docx", b"PK damaged")
    page = post(client, ("a.zip", packed.getvalue())).content.decode()
    assert 'class="row"' in page
    assert 'class="failed"' in page


def test_several_reports_are_compared_and_taken_away(client: Client, report: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/a.docx", report)
        archive.writestr("b.docx", report)
    answer = post(client, ("全部.zip", packed.getvalue()), format="json")
    result = json.loads(answer.content)
    assert [each["path"] for each in result["files"]] == ["全部.zip/甲/a.docx", "全部.zip/b.docx"]
    assert "across" in result
    assert "attachment" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(post(client, ("a.docx", report), format="xlsx").content))
    assert book.sheetnames[0] == "汇总"
    assert post(client, ("a.docx", report), format="html").content.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"PK\x03\x04 damaged"), ("a.pdf", b"%PDF-1.4 nothing"), ("a.exe", b"MZ"), ("a.docx", b"text")],
)
def test_a_damaged_or_foreign_file_is_named_with_the_way_out(client: Client, name: str, content: bytes) -> None:
    answer = post(client, (name, content))
    assert answer.status_code == 200
    assert 'class="failed"' in answer.content.decode()


def test_an_encrypted_file_is_named(client: Client) -> None:
    assert "密码" in post(client, ("a.pdf", samples.pdf(encrypt="secret"))).content.decode()


def test_a_marked_file_stops_the_whole_batch(client: Client, report: bytes) -> None:
    answer = post(client, ("a.docx", report), ("b.txt", "机密★10年\n示例".encode()))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "保密机构" in page
    assert 'class="row"' not in page
    assert StoredFile.objects.count() == 0


def test_nothing_chosen_and_too_many(client: Client) -> None:
    assert "请选择文件" in client.post(reverse(ADDRESS), {"format": "page"}).content.decode()
    many = [(f"{number}.txt", b"x") for number in range(81)]
    assert "请分几次" in post(client, *many).content.decode()


def test_text_of_a_report_is_escaped(client: Client) -> None:
    text = "示例市住房保障中心2023年政府信息公开工作年度报告\n一、总体情况\n主动公开信息 5 < 6 & 7 条。\n"
    page = post(client, ("a<b>.txt", text.encode())).content.decode()
    assert "5 &lt; 6 &amp; 7" in page
    assert "<b>.txt" not in page
