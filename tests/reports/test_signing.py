"""A report from its first draft to the public page: edited, rendered once, signed by three persons, frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.figures import acts as figures
from gongkai.figures import snapshots
from gongkai.files import storage
from gongkai.periods import acts as periods
from gongkai.periods.models import Period
from gongkai.reports import acts
from gongkai.reports.index import put_report
from gongkai.reports.models import AnnualReport
from gongkai.reports.rendering import content_of, digest_of, drafted
from gongkai.review.models import Chain
from gongkai.search.models import Document
from tests.asking import refused_with
from tests.cast import Cast
from tests.figures import factories as make
from tests.publishing.rows import prepare

pytestmark = pytest.mark.django_db


def now() -> dt.datetime:
    return timezone.now()


@pytest.fixture
def drafter(cast: Cast) -> object:
    prepare(cast)
    make.sample_year(cast.agency)
    return make.account_with(Role.OFFICE, cast.agency)


@pytest.fixture
def report(cast: Cast, drafter: object) -> AnnualReport:
    report = acts.begin_report(agency=cast.agency, year=2017, by=drafter, at=now())  # type: ignore[arg-type]
    acts.date_report(report=report, on=dt.date(2018, 1, 19), by=drafter, at=now())  # type: ignore[arg-type]
    return AnnualReport.objects.select_related("agency", "drafter").get()


def fresh(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.select_related("agency", "drafter").get(pk=report.pk)


def submit(report: AnnualReport) -> AnnualReport:
    acts.submit_report(report=report, digest=digest_of(drafted(report)), by=report.drafter, at=now())
    return fresh(report)


def sign(report: AnnualReport, cast: Cast) -> str:
    digest = content_of(report).digest
    acts.agree(report=report, digest=digest, by=cast.office, secrecy="clear", at=now())
    acts.agree(report=report, digest=digest, by=cast.head, secrecy="clear", at=now())
    return digest


def test_what_is_signed_is_what_was_rendered_and_what_the_public_gets(cast: Cast, report: AnnualReport) -> None:
    assert Client().get(f"/report/{cast.agency.code}/2017/").status_code == 404
    report = submit(report)
    assert Chain.objects.filter(agency=cast.agency, object_kind="reports.report").exists()
    assert [file["name"] for file in report.files] == ["report.docx", "report.pdf", "report.xlsx"]
    assert "2018年1月19日" in report.body
    assert refused_with(lambda: acts.release_report(report=report, digest="0" * 64, by=cast.releaser, at=now()))
    digest = sign(report, cast)
    acts.release_report(report=report, digest=digest, by=cast.releaser, at=now())
    assert Period.objects.get(agency=cast.agency, year=2017).state == "frozen"
    page = Client().get(f"/report/{cast.agency.code}/2017/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "主动公开政府信息" in text
    assert not page.cookies
    for file in report.files:
        kind = file["name"].rpartition(".")[2]
        answer = Client().get(reverse("portal:report_file", args=[cast.agency.code, 2017, kind]))
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert data == storage.read(file["sha256"])
    assert report.title in Client().get(f"/a/{cast.agency.code}/reports/").content.decode()
    for address in (f"/report/{cast.agency.code}/2016/", f"/report/{cast.agency.code}/2017/report.json"):
        assert Client().get(address).status_code == 404


def published(report: AnnualReport, cast: Cast) -> AnnualReport:
    report = submit(report)
    acts.release_report(report=report, digest=sign(report, cast), by=cast.releaser, at=now())
    return fresh(report)


def test_the_public_finds_a_report_once_it_is_published(cast: Cast, report: AnnualReport) -> None:
    asked = {"q": "政策解读稿件"}
    address = f"/report/{cast.agency.code}/2017/"
    report = submit(report)
    digest = sign(report, cast)
    assert address not in Client().get("/search/", asked).content.decode()
    acts.release_report(report=report, digest=digest, by=cast.releaser, at=now())
    for more in ({}, {"agency": cast.agency.code}, {"year": str(fresh(report).published_on.year)}):  # type: ignore[union-attr]
        assert f'<a href="{address}">' in Client().get("/search/", asked | more).content.decode()
    assert address in Client().get("/sitemap/pages.xml").content.decode()
    # What is not public any longer leaves the index, and is not shown even while it stands in it.
    AnnualReport.objects.filter(pk=report.pk).update(state="in_review")
    assert address not in Client().get("/search/", asked).content.decode()
    put_report(fresh(report))
    assert not Document.objects.filter(kind="reports.report").exists()


def test_a_correction_after_publication_is_told_on_the_public_page(cast: Cast, report: AnnualReport) -> None:
    report = published(report, cast)
    address = report.get_absolute_url()
    body = report.body
    periods.open_amendment(agency=cast.agency, year=2017, reason="漏登一次会议", by=report.drafter, at=now())
    make.meeting(cast.agency)
    assert "更正说明" not in Client().get(address).content.decode()  # not before a second officer confirmed it
    digest = snapshots.digest_of(snapshots.canonical(cast.agency, 2017))
    figures.confirm_amendment(agency=cast.agency, year=2017, digest=digest, by=cast.head, at=now())
    text = Client().get(address).content.decode()
    assert "更正说明" in text
    assert "「召开政府信息公开工作会议或专题会议数」由0变为1" in text
    assert text.count("由0变为1") == 1
    assert "漏登一次会议" not in text  # nobody read the reason for publication
    assert body in text


def opened_in(page: str) -> str:
    """The mark of the paragraph with which the form was opened."""
    found = re.search(r'name="opened" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def opened(client: Client, address: str) -> str:
    return opened_in(client.get(address).content.decode())


def test_a_figure_that_moved_after_submission_stops_publication(cast: Cast, report: AnnualReport) -> None:
    report = submit(report)
    digest = sign(report, cast)
    make.meeting(cast.agency)
    assert refused_with(lambda: acts.release_report(report=report, digest=digest, by=cast.releaser, at=now())) == [
        "figures_changed"
    ]
    acts.return_report(report=report, digest=digest, text="重新生成", by=cast.releaser, at=now())
    assert fresh(report).state == "drafted"
    assert fresh(report).files == []


def test_submission_wants_a_date_and_settled_numbers_and_the_draft_that_was_seen(
    cast: Cast, report: AnnualReport
) -> None:
    by = report.drafter
    edit = {"report": report, "key": "11.own", "choices": {}, "by": by, "at": now()}
    acts.edit_paragraph(**edit, typed="全年召开座谈会7次。", explained={})  # type: ignore[arg-type]
    seen = digest_of(drafted(fresh(report)))
    assert refused_with(lambda: acts.submit_report(report=report, digest=seen, by=by, at=now())) == ["unbound_numbers"]
    acts.edit_paragraph(**edit, typed="全年召开座谈会7次。", explained={"7": "会议记录"})  # type: ignore[arg-type]
    assert refused_with(lambda: acts.submit_report(report=report, digest="0" * 64, by=by, at=now())) == [
        "content_changed"
    ]
    AnnualReport.objects.update(dated_on=None)
    seen = digest_of(drafted(fresh(report)))
    assert refused_with(lambda: acts.submit_report(report=report, digest=seen, by=by, at=now())) == ["no_date"]


def test_an_edited_sentence_still_follows_its_figures_and_can_be_reset(cast: Cast, report: AnnualReport) -> None:
    before = drafted(report).sections[0].paragraphs[0].text
    typed = before.replace("本单位主动公开政府信息", "我们主动公开")
    acts.edit_paragraph(report=report, key="1.1", typed=typed, choices={}, explained={}, by=report.drafter, at=now())
    assert "我们主动公开53条" in drafted(fresh(report)).sections[0].paragraphs[0].text
    make.item(cast.agency)
    assert "我们主动公开54条" in drafted(fresh(report)).sections[0].paragraphs[0].text
    acts.reset_paragraph(report=report, key="1.1", by=report.drafter, at=now())
    assert drafted(fresh(report)).sections[0].paragraphs[0].text == before.replace("53条", "54条")


def test_only_the_office_writes_and_nobody_in_review(cast: Cast, report: AnnualReport) -> None:
    edit = {"report": report, "key": "1.1", "typed": "x", "choices": {}, "explained": {}, "at": now()}
    assert refused_with(lambda: acts.edit_paragraph(**edit, by=cast.contributor)) == ["not_office"]  # type: ignore[arg-type]
    submit(report)
    assert refused_with(lambda: acts.edit_paragraph(**edit, by=report.drafter)) == ["in_review"]  # type: ignore[arg-type]
    assert refused_with(lambda: acts.begin_report(agency=cast.agency, year=2017, by=cast.office, at=now())) == [
        "already_begun"
    ]
    assert refused_with(lambda: acts.begin_report(agency=cast.agency, year=2025, by=cast.office, at=now())) == [
        "no_outline"
    ]


@pytest.mark.one_database  # who opens what: the rules are the same on both
def test_pages_open_to_the_own_agency_alone(cast: Cast, report: AnnualReport) -> None:
    def answers(account: object, uid: object) -> list[int]:
        client = Client()
        client.force_login(account)  # type: ignore[arg-type]
        addresses = [
            reverse("reports:report", args=[uid]),
            reverse("reports:edit", args=[uid, "1.1"]),
            reverse("reports:file", args=[uid, "xlsx"]),
        ]
        posts = [reverse("reports:act", args=[uid, act]) for act in ("submit", "date", "reset", "release")]
        return [client.get(one).status_code for one in addresses] + [client.post(one).status_code for one in posts]

    stranger = make.account_with(Role.OFFICE, make.agency())
    missing = "00000000-0000-4000-8000-000000000000"
    assert answers(stranger, report.uid) == answers(stranger, missing) == [404] * 7
    assert answers(cast.contributor, report.uid)[:3] == [200, 404, 200]
    assert answers(report.drafter, report.uid)[:3] == [200, 200, 200]
    assert answers(cast.contributor, missing) == [404] * 7


def test_the_office_writes_on_the_page(cast: Cast, drafter: object) -> None:
    client = Client()
    client.force_login(drafter)  # type: ignore[arg-type]
    begun = client.post(reverse("reports:begin"), {"agency": cast.agency.code, "year": "2017"})
    page = client.get(begun["Location"])
    assert page.status_code == 200
    report = AnnualReport.objects.get()
    address = reverse("reports:edit", args=[report.uid, "10.own"])
    shown = client.post(address, {"text": "开放日活动3次，接待136人。", "opened": opened(client, address)})
    assert shown.status_code == 200
    assert "未对应数据" in shown.content.decode()
    assert "未对应数据" in client.get(begun["Location"]).content.decode()
    told = {"text": "开放日活动3次，接待136人。", "bind-1": "2.1", "why-3": "活动台账"}
    done = client.post(address, told | {"opened": opened(client, address)})
    assert done.status_code == 302
    assert AnnualReport.objects.get().edits["10.own"] == {
        "text": "开放日活动3次，接待{2.1}人。", "explained": {"3": "活动台账"},
    }  # fmt: skip
    refused = client.post(reverse("reports:act", args=[report.uid, "date"]), {"dated_on": "2017-05-01"})
    assert refused.status_code == 409


def test_a_supervisor_reads_a_report_once_it_is_public(cast: Cast, report: AnnualReport) -> None:
    seen = AnnualReport.objects.visible_to(cast.supervisor)
    assert not seen.exists()
    report = submit(report)
    assert not seen.all().exists()
    acts.release_report(report=report, digest=sign(report, cast), by=cast.releaser, at=now())
    assert seen.all().exists()


def test_who_wrote_in_a_report_does_not_review_it_whoever_submits(cast: Cast, report: AnnualReport) -> None:
    acts.date_report(report=report, on=dt.date(2018, 1, 22), by=cast.office, at=now())
    make.account_with(Role.OFFICE, cast.agency)  # somebody else who can review
    report = submit(fresh(report))
    digest = content_of(report).digest
    agree = lambda: acts.agree(report=report, digest=digest, by=cast.office, secrecy="clear", at=now())  # noqa: E731
    assert refused_with(agree) == ["same_person"]


def test_what_word_processors_hide_in_a_text_does_not_stop_the_files(cast: Cast, report: AnnualReport) -> None:
    acts.edit_paragraph(
        report=report, key="10.own", typed="开放\x0b日活动。\x00", choices={}, explained={}, by=report.drafter, at=now()
    )
    report = submit(fresh(report))
    assert "开放日活动。" in report.body


def test_a_place_that_is_no_number_binds_nothing(cast: Cast, drafter: object, report: AnnualReport) -> None:
    client = Client()
    client.force_login(drafter)  # type: ignore[arg-type]
    address = reverse("reports:edit", args=[report.uid, "10.own"])
    typed = {"text": "开放日活动3次。", "bind-²": "2.1", "opened": opened(client, address)}
    assert client.post(address, typed).status_code == 200


def test_what_another_wrote_meanwhile_is_shown_and_not_lost(cast: Cast, drafter: object, report: AnnualReport) -> None:
    client = Client()
    client.force_login(drafter)  # type: ignore[arg-type]
    address = reverse("reports:edit", args=[report.uid, "10.own"])
    first = opened(client, address)
    acts.edit_paragraph(
        report=report, key="10.own", typed="开放日很热闹。", choices={}, explained={}, by=report.drafter, at=now()
    )
    refused = client.post(address, {"text": "接待了学生。", "opened": first})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "您打开之后别人改了这一段" in page
    assert "开放日很热闹。" in page
    assert "接待了学生。" in page
    assert fresh(report).edits["10.own"]["text"] == "开放日很热闹。"
    again = client.post(address, {"text": "接待了学生。", "opened": opened_in(page)})
    assert again.status_code == 302
    assert fresh(report).edits["10.own"]["text"] == "接待了学生。"


def test_a_figure_that_moves_meanwhile_stops_nobody_from_writing(
    cast: Cast, drafter: object, report: AnnualReport
) -> None:
    client = Client()
    client.force_login(drafter)  # type: ignore[arg-type]
    address = reverse("reports:edit", args=[report.uid, "1.1"])
    first = opened(client, address)
    make.item(cast.agency)
    assert client.post(address, {"text": "我们做了公开。", "opened": first}).status_code == 302
