"""The release gate: what is published is looked at exactly as it is; what blocks stops it, whichever way it would go."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from gongkai.files import storage
from gongkai.publishing import acts
from gongkai.publishing.content import content_of
from gongkai.publishing.models import Item, ItemState
from gongkai.review import acts as review_acts
from gongkai.review import looking
from gongkai.review.content import Content
from gongkai.review.gate import examine, refusals_of_gate, remember
from gongkai.review.gate.overrides import BASES
from gongkai.review.gate.words import add_word, remove_word
from gongkai.review.models import Ground, Screening, Word
from gongkai.rules.refusals import ActRefused
from tests.asking import codes
from tests.cast import Cast
from tests.documents import samples
from tests.files.uploads import received
from tests.publishing.rows import AT, BODY, digest, draft, fields, prepare, published, submitted
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


def attach(cast: Cast, item: Item, name: str, data: bytes) -> None:
    file = received(cast, data, name)
    acts.add_attachments(item=item, digest=digest(item), files=[file], by=cast.contributor, at=AT)


def hidden_sheet(text: str) -> bytes:
    book = Workbook()
    book.active["A1"] = "公共租赁住房配租结果"  # type: ignore[index]  # a new book has a sheet
    sheet = book.create_sheet("原始名单")
    sheet["A1"], sheet["B1"] = "姓名", text
    sheet.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("number", SECRETS, ids=["resident_id", "mobile", "bank_card"])
@pytest.mark.parametrize("place", ["title", "body", "subject_class"])
def test_a_planted_number_is_found_in_every_text(cast: Cast, place: str, number: str) -> None:
    said = f"联系号码{number}" if number == MOBILE else f"证件{number}"
    item = draft(cast, prepare(cast), **{place: f"<p>{said}</p>" if place == "body" else said})
    roles = {"title": "title", "body": "body", "subject_class": "metadata"}
    assert roles[place] in [role for role, _kind in blocking(item)]


def test_a_number_in_a_link_and_in_a_table_is_found(cast: Cast) -> None:
    column = prepare(cast)
    table = f"<table><tr><th>姓名</th><th>身份证号</th></tr><tr><td>示例甲</td><td>{ID}</td></tr></table>"
    assert ("body", "resident_id") in blocking(draft(cast, column, body=table))
    assert blocking(draft(cast, column, body=f'<p><a href="tel:{MOBILE}">联系</a></p>')) == []  # cleaned away
    assert blocking(draft(cast, column, body=f'<p><a href="/x/" title="{ID}">联系</a></p>')) == [
        ("body", "resident_id")
    ]


def test_numbers_in_attachments_hidden_sheets_and_file_names_are_found(cast: Cast) -> None:
    column = prepare(cast)
    plain, hidden, named = (draft(cast, column) for _ in range(3))
    attach(cast, plain, "名单.txt", f"示例甲，{CARD}".encode())
    attach(cast, hidden, "结果.xlsx", hidden_sheet(ID))
    attach(cast, named, f"{MOBILE}.txt", "示例".encode())
    assert blocking(plain) == [("attachment", "bank_card")]
    assert ("attachment", "resident_id") in blocking(hidden)
    found = [found for part in examined(hidden).parts for found in part.blocking]
    assert {each.part for each in found} == {"hidden_sheet"}
    assert blocking(named) == [("metadata", "mobile")]


def test_release_is_refused_with_a_sentence_for_each_kind_and_part(cast: Cast) -> None:
    item = agreed(cast, submitted(cast, prepare(cast), body=f"{WITH_MOBILE}<p>证件{ID}。</p>"))
    with pytest.raises(ActRefused) as refused:
        release(cast, item)
    assert codes(refused) == ["gate_mobile", "gate_resident_id"]
    assert refused.value.refusals[0].sentence.startswith("正文里有手机号（1处），不能公开。")
    assert "第十五条" in refused.value.refusals[0].basis
    assert fresh(item).state == ItemState.IN_REVIEW
    assert not Item.objects.public().exists()


def test_submission_and_opinions_are_not_stopped(cast: Cast) -> None:
    item = agreed(cast, submitted(cast, prepare(cast), body=WITH_MOBILE))
    assert fresh(item).state == ItemState.IN_REVIEW


def test_clean_content_and_warnings_go_out(cast: Cast) -> None:
    item = published(cast, prepare(cast), body="<p>车辆鲁D12345，咨询电话0530-1234567，邮箱a@example.com。</p>")
    assert item.state == ItemState.PUBLISHED
    assert examined(item).warning_count == 1


def test_a_file_that_cannot_be_read_blocks(cast: Cast) -> None:
    content = Content("sample", "名称", "<p>正文</p>", {}, ({"name": "扫描件.pdf", "sha256": "0" * 64},))
    (refusal,) = examine(content, cast.agency).refusals
    assert (refusal.code, "没有读成" in refusal.sentence) == ("gate_unreadable", True)
    assert not Screening.objects.filter(digest="0" * 64).exists()  # it may come back


def test_confirming_history_asks_the_gate(cast: Cast) -> None:
    column = prepare(cast)
    rows = [
        acts.HistoryRow(fields(cast, column, title=title, body=body), dt.date(2017, 5, 18), "原网页")
        for title, body in (("甲", BODY), ("乙", WITH_MOBILE))
    ]
    good, bad = acts.enter_history(agency=cast.agency, rows=rows, by=None, at=AT)
    read = {item.uid: item.published_digest for item in (good, bad)}
    with pytest.raises(ActRefused) as refused:
        acts.confirm_history(agency=cast.agency, digests=read, by=cast.office, at=AT)
    assert codes(refused) == ["gate_mobile"]
    assert refused.value.refusals[0].sentence.startswith("「乙」：正文里有手机号")
    acts.confirm_history(agency=cast.agency, digests={good.uid: read[good.uid]}, by=cast.office, at=AT)
    assert list(Item.objects.public()) == [good]
    confirmed(asked(bad, cast.contributor), bad, cast.head)
    acts.confirm_history(agency=cast.agency, digests={bad.uid: read[bad.uid]}, by=cast.office, at=AT)
    assert Item.objects.public().count() == 2


def test_a_changed_byte_is_looked_at_anew_and_nothing_else(cast: Cast) -> None:
    column = prepare(cast)
    item = draft(cast, column)
    attach(cast, item, "名单.txt", "示例".encode())
    examined(item)
    before = set(Screening.objects.values_list("pk", flat=True))
    acts.revise_item(
        item=item, digest=digest(item), fields=fields(cast, column, body=WITH_MOBILE), by=cast.contributor, at=AT
    )
    assert blocking(item) == [("body", "mobile")]
    assert Screening.objects.exclude(pk__in=before).count() == 1


def test_what_is_known_is_not_screened_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = draft(cast, prepare(cast), body=WITH_MOBILE)
    first = examined(item)
    monkeypatch.setattr("gongkai.review.gate.results.look", lambda *_: pytest.fail("screened again"))
    with CaptureQueriesContext(connection) as queries:
        again = examine(content_of(fresh(item)), cast.agency, str(item.uid))
    assert again == first
    assert len(queries) <= 7


def test_new_rules_and_new_words_make_results_stale(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = draft(cast, prepare(cast))
    assert examined(item).verdict == "clean"
    word = add_word(agency=cast.agency, text="三十六户", severity="block", by=cast.office, at=AT)
    assert blocking(item) == [("body", "word_list")]
    Word.objects.update(severity="warn")
    assert examined(item).verdict == "warn"
    remove_word(word=word, by=cast.office, at=AT)
    assert examined(item).verdict == "clean"
    count = Screening.objects.count()
    monkeypatch.setattr(looking, "rules_version", lambda: "next")
    assert examined(item).verdict == "clean"
    assert Screening.objects.count() > count


def test_words_of_another_agency_do_not_count(cast: Cast) -> None:
    add_word(agency=cast.other_agency, text="配租", severity="block", by=cast.stranger, at=AT)
    assert examined(draft(cast, prepare(cast))).verdict == "clean"


@pytest.mark.parametrize(
    ("text", "code"),
    [("房", "word_length"), ("配租", "already_listed"), (f"张某{MOBILE}", "number_in_text")],
)
def test_a_word_is_refused(cast: Cast, text: str, code: str) -> None:
    add_word(agency=cast.agency, text="配租", severity="warn", by=cast.office, at=AT)
    with pytest.raises(ActRefused) as refused:
        add_word(agency=cast.agency, text=text, severity="warn", by=cast.office, at=AT)
    assert codes(refused) == [code]


@pytest.mark.parametrize("who", ["contributor", "head", "auditor", "stranger", "supervisor", "system_administrator"])
def test_only_the_office_keeps_words(cast: Cast, who: str) -> None:
    with pytest.raises(ActRefused) as refused:
        add_word(agency=cast.agency, text="配租", severity="warn", by=getattr(cast, who), at=AT)
    assert codes(refused) == ["not_office"]


def test_the_database_refuses_to_change_a_result(cast: Cast) -> None:
    examined(draft(cast, prepare(cast), body=WITH_MOBILE))
    with pytest.raises(DatabaseError, match="made anew"), transaction.atomic():
        Screening.objects.update(verdict="clean")


def test_what_the_door_read_is_remembered_and_not_read_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add_word(agency=cast.agency, text="配租", severity="warn", by=cast.office, at=AT)
    files = [
        received(cast, f"配租名单，联系手机{MOBILE}".encode(), "名单.txt"),
        received(cast, samples.docx_plain("没有什么"), f"{MOBILE}.docx"),
    ]
    remember(files, cast.agency)
    item = draft(cast, prepare(cast))
    acts.add_attachments(item=item, digest=digest(item), files=files, by=cast.contributor, at=AT)
    kept = [part for part in examined(item).parts if part.role == "attachment"]
    assert [sorted(found.kind for found in part.findings) for part in kept] == [["mobile", "word_list"], ["metadata"]]
    Screening.objects.all().delete()
    assert [part for part in examined(item).parts if part.role == "attachment"] == kept
    monkeypatch.setattr(looking, "read", lambda *_args, **_named: pytest.fail("read again"))
    assert [part for part in examined(item).parts if part.role == "attachment"] == kept


def test_an_attachment_altered_on_the_disk_after_the_approval_is_not_released(cast: Cast) -> None:
    item = submitted_with_file(cast)
    path = Path(storages["stored"].path(storage.place(digest_of_file(item))))
    path.chmod(0o600)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"?")
    with pytest.raises(ActRefused) as refused:
        release(cast, item)
    assert codes(refused) == ["file_altered"]
    assert fresh(item).state == ItemState.IN_REVIEW
    path.write_bytes(data)
    assert release(cast, item).state == ItemState.PUBLISHED


def test_what_went_stale_is_read_before_the_transaction_that_publishes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = submitted_with_file(cast)
    add_word(agency=cast.agency, text="没有这个词", severity="block", by=cast.office, at=AT)
    depths = []
    real = looking.read

    def counted(data: bytes, **named: object) -> object:
        depths.append((len(connection.savepoint_ids), named["name"]))
        return real(data, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "read", counted)
    outside = len(connection.savepoint_ids)
    release(cast, item)
    assert {name for _depth, name in depths} == {"part.html", "part.txt"}
    assert {depth for depth, _name in depths} == {outside}


def test_inside_the_transaction_no_file_is_read_and_an_unknown_one_is_a_refusal(cast: Cast) -> None:
    item = submitted_with_file(cast)
    add_word(agency=cast.agency, text="没有这个词", severity="block", by=cast.office, at=AT)
    refusals = refusals_of_gate(content_of(fresh(item)), cast.agency, str(item.uid))
    assert [refusal.code for refusal in refusals] == ["not_screened"]


def test_an_override_in_the_metadata_counts_for_the_copy_that_is_released(cast: Cast) -> None:
    item = draft(cast, prepare(cast), document_number=f"示例{MOBILE}")
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    agreed(cast, item)
    confirmed(asked(item, cast.contributor), item, cast.head)
    assert release(cast, item).state == ItemState.PUBLISHED


def test_an_altered_frozen_copy_is_not_released(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = submitted_with_file(cast)
    real = review_acts.parse
    monkeypatch.setattr(review_acts, "parse", lambda text: real(text.replace("三十六", "六十三")))
    with pytest.raises(ActRefused) as refused:
        release(cast, item)
    assert codes(refused) == ["copy_altered"]


def submitted_with_file(cast: Cast) -> Item:
    """An item with an attachment that everybody agreed to."""
    item = draft(cast, prepare(cast))
    attach(cast, item, "名单.txt", "配租名单".encode())
    acts.submit_item(item=item, digest=digest(item), by=cast.contributor, at=AT)
    return agreed(cast, item)


def digest_of_file(item: Item) -> str:
    return content_of(fresh(item)).attachments[0]["sha256"]


@pytest.mark.one_database
def test_many_findings_are_kept_one_by_one_to_a_limit(cast: Cast) -> None:
    body = "".join(f"<p>示例，联系手机{138_0013_0000 + number}。</p>" for number in range(looking.MOST + 40))
    item = draft(cast, prepare(cast), body=body)
    (part,) = [part for part in examined(item).parts if part.role == "body"]
    assert len(part.findings) == looking.MOST + 1
    assert examined(item).blocking_count == looking.MOST + 40
    confirmed(asked(item, cast.contributor), item, cast.head)
    assert values(item) == []


@pytest.mark.one_database
def test_sentences_are_masked_whole(cast: Cast) -> None:
    item = draft(cast, prepare(cast), body=f"<p>示例甲{ID}，手机{MOBILE}，卡{CARD}，余额37010219900101****。</p>")
    told = [found.sentence for part in examined(item).parts for found in part.findings]
    assert any(told)
    for sentence in told:
        assert not any(secret in sentence for secret in (*SECRETS, "37010219900101"))


@pytest.mark.one_database
def test_every_ground_is_in_the_manual() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "check-before-release.md").read_text("utf-8")
    for ground in Ground:
        assert f"| {ground.label} |" in page
    for basis in BASES.values():
        for law in basis.replace("（国务院令第711号）", "").split("；"):
            assert law in page
