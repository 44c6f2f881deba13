"""The pages of column mappings: made from a sample export, looked at, confirmed; closed to everybody else."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.enquiries.models import Enquiry
from gongkai.exchange.models import ColumnMapping
from gongkai.files.models import StoredFile
from tests.asking import signed_in
from tests.cast import Cast
from tests.exchange.exports import as_xlsx
from tests.exchange.test_mappings import make, with_cell


def upload(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("导出.xlsx", data or as_xlsx())


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the form in a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_mapping_is_made_from_a_sample_and_an_export_comes_in(cast: Cast) -> None:
    client = signed_in(cast.enquiry_officer)
    assert reverse("exchange:mappings") in client.get(reverse("enquiries:enquiries")).content.decode()
    begun = client.get(reverse("exchange:new")).content.decode()
    assert f'<a href="{reverse("enquiries:index")}" aria-current="true">来信来电</a>' in begun
    answer = client.post(reverse("exchange:new"), {"header_row": 1, "file": upload()})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "这些列是个人信息，不读取也不保存：来电人、联系电话" in page
    assert '<option value="工单标题" selected>' in page
    assert '<option value="联系电话"' not in page
    assert "诉求人一" not in page
    assert "已办结 = 已办结" in page
    form = answer.context["form"]
    values = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    values |= {"name": "市12345平台", "headers": hidden(page, "headers"), "register": "hotline", "day_order": "ymd"}
    saved = client.post(reverse("exchange:new"), values)
    mapping = ColumnMapping.objects.get()
    assert saved.url == reverse("exchange:mapping", args=[mapping.uid])

    looked = client.post(reverse("exchange:import", args=[mapping.uid]), {"file": upload()})
    assert looked.status_code == 200
    assert "新登记3条，更新0条，0条没有变化" in looked.content.decode()
    assert Enquiry.objects.count() == 0
    rows = hidden(looked.content.decode(), "rows")
    done = client.post(reverse("exchange:confirm", args=[mapping.uid]), {"rows": rows}, follow=True)
    assert "已导入：新登记3条" in done.content.decode()
    assert Enquiry.objects.count() == 3
    assert StoredFile.objects.count() == 0
    again = client.post(reverse("exchange:confirm", args=[mapping.uid]), {"rows": rows}, follow=True)
    assert "新登记0条，更新0条，3条没有变化" in again.content.decode()


def test_faults_are_listed_by_row_and_column(cast: Cast) -> None:
    mapping = make(cast)
    wrong = upload(as_xlsx(with_cell(1, "受理时间", "三月五日")))
    answer = signed_in(cast.office).post(reverse("exchange:import", args=[mapping.uid]), {"file": wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有登记任何内容" in page
    assert '<td class="n">3</td><td>受理时间</td><td>填写的是「三月五日」</td>' in page
    assert 'name="rows"' not in page


def test_rows_of_another_officer_or_another_state_of_the_mapping_are_refused(cast: Cast) -> None:
    mapping = make(cast)
    looked = signed_in(cast.enquiry_officer).post(reverse("exchange:import", args=[mapping.uid]), {"file": upload()})
    rows = hidden(looked.content.decode(), "rows")
    address = reverse("exchange:confirm", args=[mapping.uid])
    assert signed_in(cast.office).post(address, {"rows": rows}).status_code == 409
    mapping.saved_at = mapping.saved_at.replace(microsecond=1)
    mapping.save()
    assert signed_in(cast.enquiry_officer).post(address, {"rows": rows}).status_code == 409
    assert signed_in(cast.enquiry_officer).post(address, {"rows": "x" + rows}).status_code == 409
    assert Enquiry.objects.count() == 0


def test_what_is_no_table_is_told(cast: Cast) -> None:
    client = signed_in(cast.enquiry_officer)
    text = SimpleUploadedFile("说明.txt", "工单".encode())
    answer = client.post(reverse("exchange:new"), {"header_row": 1, "file": text})
    assert answer.status_code == 422
    assert "文件不是表格" in answer.content.decode()
    missing = client.post(reverse("exchange:new"), {"header_row": 1})
    assert missing.status_code == 422


@pytest.mark.parametrize("name", ["contributor", "head", "auditor"])
def test_who_only_reads_sees_mappings_and_does_not_import(cast: Cast, name: str) -> None:
    mapping = make(cast)
    client = signed_in(cast.accounts[name])
    assert client.get(reverse("exchange:mappings")).status_code == 200
    page = client.get(reverse("exchange:mapping", args=[mapping.uid]))
    assert page.status_code == 200
    assert 'type="file"' not in page.content.decode()
    assert client.get(reverse("exchange:new")).status_code == 404
    assert client.post(reverse("exchange:import", args=[mapping.uid]), {"file": upload()}).status_code == 404
    assert client.post(reverse("exchange:remove", args=[mapping.uid])).status_code == 404


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    mapping = make(cast)
    client = signed_in(cast.stranger)
    for address in ("mapping", "change", "import", "confirm", "remove"):
        post = address not in ("mapping", "change")
        url = reverse(f"exchange:{address}", args=[mapping.uid])
        assert (client.post(url) if post else client.get(url)).status_code == 404
    assert mapping.name not in client.get(reverse("exchange:mappings")).content.decode()
