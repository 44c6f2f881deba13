"""The door: what is refused leaves nothing behind, what comes in was looked at."""

from __future__ import annotations

import io
import logging
import shutil
import tempfile
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from gongkai.audit.models import Event
from gongkai.documents import fonts
from gongkai.files import door, slots
from gongkai.files.models import StoredFile
from gongkai.rules.refusals import ActRefused
from gongkai.screening import OutOfTime, screen
from tests.cast import Cast
from tests.documents import samples
from tests.files.uploads import received, upload

NAME = "不可留存的名称"
SECRET = "不可留存的正文内容"
MARKED = f"机密★30年\n{SECRET}"


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return target.getvalue()


def with_macro() -> bytes:
    return samples.rezipped(samples.docx_plain(), {"word/vbaProject.bin": b"macro"})


def kept() -> dict[str, bytes]:
    """Every file of the home but the database, whose rows are looked at as rows."""
    home = Path(settings.HOME.path)
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith("db.sqlite3")
    }


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.mark.parametrize(
    ("data", "name", "mark"),
    [
        (MARKED.encode(), f"{NAME}.txt", "机密"),
        (samples.docx_plain("绝密"), f"{NAME}.docx", "绝密"),
        (samples.xlsx_plain("秘密★1年"), f"{NAME}.xlsx", "秘密"),
        (zipped(a__txt=MARKED.encode()), f"{NAME}.zip", "机密"),
        (samples.docx_plain("内容"), f"秘密★{NAME}.docx", "秘密"),
        (b"MZ", f"绝密★{NAME}.docx", "绝密"),
        (MARKED.encode(), f"{NAME}.unknown", "机密"),
        (f"秘密★\n绝密★\n{SECRET}".encode(), f"{NAME}.txt", "绝密"),
    ],
)
def test_a_marked_file_leaves_only_time_officer_and_kind_of_mark(
    cast: Cast, data: bytes, name: str, mark: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, events = kept(), Event.objects.count()
    with pytest.raises(ActRefused) as refused:
        received(cast, data, name)
    (refusal,) = refused.value.refusals
    assert refusal.code == "secrecy_mark"
    assert mark in refusal.sentence
    for words in ("停止操作", "保持这台电脑的现状", "保密机构", "24小时内报告"):
        assert words in refusal.sentence
    assert "第六十一条" in refusal.basis
    assert kept() == before
    assert not StoredFile.objects.exists()
    event = Event.objects.latest("pk")
    assert Event.objects.count() == events + 1
    assert (event.kind, event.data, event.by) == ("files.marked_file_refused", {"mark": mark}, cast.contributor)
    told = caplog.text + refusal.sentence + str(list(Event.objects.values()))
    assert NAME not in told
    assert SECRET not in told


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (samples.pdf(encrypt="x"), "a.pdf", "encrypted"),
        (samples.docx_plain()[:300], "a.docx", "damaged"),
        (b"", "a.docx", "empty"),
        (samples.docx_plain(), "a.pdf", "disguised"),
        (b"<html><body>x</body></html>", "a.xls", "disguised"),
        (with_macro(), "a.docx", "macros"),
        (with_macro(), "a.docm", "macros"),
        (b"MZ\x90\x00", "a.exe", "program"),
        (b"MsgBox 1", "a.vbs", "program"),
        (b"Rar!\x1a\x07\x00", "a.rar", "type_not_allowed"),
        (b"<html><body>x</body></html>", "a.html", "type_not_allowed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "type_not_allowed"),
        (b"text", "a", "type_not_allowed"),
        (zipped(a__exe=b"MZ\x90\x00"), "a.zip", "program_inside"),
        (zipped(a__bat=b"del"), "a.zip", "program_inside"),
        (zipped(a__pdf=samples.pdf(encrypt="x")), "a.zip", "inside_encrypted"),
        (zipped(a__html=b"<html><body>x</body></html>"), "a.zip", "type_inside_not_allowed"),
        (zipped(b__zip=zipped(a__exe=b"MZ\x90\x00")), "a.zip", "program_inside"),
        (zipped(a__docx=with_macro()), "a.zip", "macros"),
    ],
)
def test_what_cannot_be_looked_into_or_does_harm_is_refused(
    cast: Cast, data: bytes, name: str, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, events = kept(), Event.objects.count()
    with pytest.raises(ActRefused) as refused:
        received(cast, data, f"{NAME}{name}")
    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert kept() == before
    assert not StoredFile.objects.exists()
    assert Event.objects.count() == events
    assert NAME not in caplog.text + str(refused.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(cast: Cast) -> None:
    large = upload(MARKED.encode(), "a.txt")
    large.size = 50 * 1024 * 1024 + 1
    with pytest.raises(ActRefused, match="50MB"):
        door.receive(large, agency=cast.agency, by=cast.contributor, at=timezone.now())


def test_a_type_that_needs_a_converter_is_refused_where_there_is_no_folder_in_memory(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(door, "MEMORY", tmp_path / "none")
    monkeypatch.setattr(tempfile, "mkdtemp", lambda *_args, **_named: pytest.fail("a folder was made"))
    with pytest.raises(ActRefused, match="另存为 DOCX") as refused:
        received(cast, samples.compound({"WordDocument": b"\0" * 512}), "a.doc")
    assert refused.value.refusals[0].code == "converter_missing"


def test_no_error_of_a_parser_brings_out_a_word_of_the_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(door, "screen", fail)
    with pytest.raises(ActRefused) as refused:
        received(cast, SECRET.encode(), f"{NAME}.txt")
    assert refused.value.refusals[0].code == "not_examined"
    assert refused.value.__context__ is None
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", ["txt", "csv", "docx", "xlsx", "pdf", "png", "zip"])
def test_what_passes_is_stored_as_it_came(cast: Cast, name: str) -> None:
    made = {
        "txt": "公开".encode(),
        "csv": "项目,金额\n维修,1\n".encode(),
        "docx": samples.docx_plain("公开"),
        "xlsx": samples.xlsx_plain("公开"),
        "pdf": samples.pdf_text("public"),
        "png": samples.plain_picture("RGB", (1, 2, 3)),
        "zip": zipped(a__txt="公开".encode()),
    }
    found = received(cast, made[name], f"配租结果.{name}")
    assert (found.name, found.stored.extension) == (f"配租结果.{name}", name)
    assert found.stored.size == len(made[name])


def test_internal_marks_and_personal_data_warn_at_the_door(cast: Cast) -> None:
    found = received(cast, "内部资料\n联系电话：13800138000".encode())
    kinds = {str(finding.kind) for finding in found.findings}
    assert {"internal_mark", "mobile"} <= kinds
    assert "内部或未定稿标记1处，公开前必须处理" in found.warnings
    assert "13800138000" not in "".join(found.warnings)


def test_talk_about_secrets_is_let_in(cast: Cast) -> None:
    assert received(cast, "各单位要做好保守国家秘密的工作，不得泄露机密。".encode()).warnings == []


class Clock:
    """Stands in for the monotonic clock: each file takes as long as is said."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


def test_the_files_of_one_request_share_the_time_of_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, real = Clock(), door.read
    limits: list[float] = []

    def slow(data: bytes, **named: Any) -> Any:
        limits.append(named["limits"].seconds)
        clock.now += 30.0
        return real(data, **named)

    monkeypatch.setattr(door, "time", clock)
    monkeypatch.setattr("gongkai.screening.screening.time", clock)
    monkeypatch.setattr(door, "read", slow)
    uploads = [upload(f"第{n}份".encode(), f"名单{n}.txt") for n in range(1, 4)]
    came, refused = door.receive_all(uploads, agency=cast.agency, by=cast.contributor, at=timezone.now())
    assert [file.name for file in came] == ["名单1.txt", "名单2.txt"]
    assert [(number, name, why.code) for number, name, why in refused] == [(3, "名单3.txt", "no_time_left")]
    assert limits == [60.0, 30.0]
    assert StoredFile.objects.count() == 2


def test_more_files_than_a_request_may_hold_are_refused_without_a_look(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "read", lambda *_args, **_named: pytest.fail("a file was read"))
    uploads = [upload(b"x", f"{n}.txt") for n in range(door.MOST_FILES + 1)]
    with pytest.raises(ActRefused) as refused:
        door.receive_all(uploads, agency=cast.agency, by=cast.contributor, at=timezone.now())
    assert [refusal.code for refusal in refused.value.refusals] == ["too_many_files"]


def test_a_mark_in_one_file_ends_the_look_at_the_others(cast: Cast) -> None:
    uploads = [upload(MARKED.encode(), f"{NAME}.txt"), upload("公开".encode(), "公开.txt")]
    with pytest.raises(ActRefused) as refused:
        door.receive_all(uploads, agency=cast.agency, by=cast.contributor, at=timezone.now())
    assert [refusal.code for refusal in refused.value.refusals] == ["secrecy_mark"]
    assert not StoredFile.objects.exists()


def test_a_refused_file_is_named_with_the_numbers_of_persons_covered(cast: Cast) -> None:
    number = "138" + "0013" + "8000"
    uploads = [upload(b"", f"联系{number}.docx")]
    _came, refused = door.receive_all(uploads, agency=cast.agency, by=cast.contributor, at=timezone.now())
    ((_place, name, why),) = refused
    assert (name, why.code) == ("联系138****8000.docx", "empty")


def test_where_all_places_for_reading_are_taken_a_file_is_refused_unread(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "WAIT", 0.01)
    with ExitStack() as held:
        assert all(held.enter_context(slots.taken()) for _place in range(slots.AT_ONCE))
        with pytest.raises(ActRefused) as refused:
            received(cast)
    assert [refusal.code for refusal in refused.value.refusals] == ["busy"]
    assert received(cast).name


def test_screening_ends_with_the_time_of_the_request(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = "\n".join(f"联系手机138{number:08d}" for number in range(3000))
    monkeypatch.setattr(door, "LIMITS", replace(door.LIMITS, seconds=1.0))
    monkeypatch.setattr(door, "LEAST_SECONDS", 0.0)
    real = door.read
    clock = Clock()

    def slow(data: bytes, **named: Any) -> Any:
        document = real(data, **named)
        clock.now += 2.0
        return document

    monkeypatch.setattr(door, "read", slow)
    monkeypatch.setattr(door, "time", clock)
    monkeypatch.setattr("gongkai.screening.screening.time", clock)
    with pytest.raises(ActRefused) as refused:
        received(cast, numbers.encode())
    assert [refusal.code for refusal in refused.value.refusals] == ["timeout"]
    assert not StoredFile.objects.exists()


def test_a_mark_that_was_found_before_the_time_was_over_is_refused_as_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = screen(door.read(MARKED.encode(), name="a.txt"))

    def stopped(*_args: Any, **_named: Any) -> None:
        raise OutOfTime(found)

    monkeypatch.setattr(door, "screen", stopped)
    with pytest.raises(ActRefused) as refused:
        received(cast, MARKED.encode())
    assert [refusal.code for refusal in refused.value.refusals] == ["secrecy_mark"]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tool: tesseract")
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_mark_on_a_scanned_page_is_read_and_refused(cast: Cast, kind: str) -> None:
    page = Image.new("RGB", (1240, 1754), "white")
    face = ImageFont.truetype(fonts.FOLDER / "FandolHei-Regular.otf", 48)
    drawn = ImageDraw.Draw(page)
    drawn.text((100, 100), "机密★10年", fill="black", font=face)
    drawn.text((100, 400), "关于公开内容的通知", fill="black", font=face)
    out = io.BytesIO()
    page.save(out, kind)
    with pytest.raises(ActRefused) as refused:
        received(cast, out.getvalue(), f"扫描.{kind.lower()}")
    assert [refusal.code for refusal in refused.value.refusals] == ["secrecy_mark"]
    assert not StoredFile.objects.exists()
