"""What cannot or must not be read is refused by name, with a sentence, in bounded time and memory."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import documents
from gongkai.documents import Document, Limits, Refusal
from tests.documents import samples

QUICK = Limits(seconds=20, ocr_pages=0, convert=False)


def refusal(data: bytes, name: str, limits: Limits = QUICK) -> Refusal:
    found = documents.read(data, name=name, limits=limits)
    assert isinstance(found, Refusal), found
    return found


def encrypted_zip() -> bytes:
    """A ZIP whose only member says that it is encrypted."""
    data = bytearray(samples.zipped({"a.txt": samples.VISIBLE}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark) + at
        data[place] |= 1
    return bytes(data)


def encrypted_xls() -> bytes:
    """The beginning of a BIFF8 stream with a FILEPASS record."""
    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    return samples.compound({"Workbook": begin + struct.pack("<HHHHHH", 0x2F, 6, 1, 1, 1, 1)})


def encrypted_odf() -> bytes:
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": manifest,
        "content.xml": "?",
    }
    return samples.zipped(parts, first="mimetype")


def zip_bomb() -> bytes:
    """40 MB of zeros in 40 KB."""
    return samples.zipped({"零.txt": b"0" * 40_000_000})


def zip_in_zip(depth: int) -> bytes:
    data = samples.zipped({"a.txt": samples.VISIBLE})
    for _ in range(depth - 1):
        data = samples.zipped({"inner.zip": data})
    return data


def docx_with_entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY l0 "哈">{laughs}]><w:document {samples.W}><w:body><w:p>&l9;</w:p></w:body></w:document>'
    )
    return samples.rezipped(samples.docx_plain(), {"word/document.xml": bomb})


def xlsx_with_outside_entity() -> bytes:
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst><si><t>&e;</t></si></sst>'
    return samples.xlsx_as_excel_writes('<row><c t="s"><v>0</v></c></row>', "", {"xl/sharedStrings.xml": outside})


def zip_with(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(zipfile.ZipInfo(name), "x")
    return stream.getvalue()


def zip_with_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return stream.getvalue()


def large_picture() -> bytes:
    """A PNG that says it is 60,000 points wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def pdf_of(content: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """A PDF of one page with a given content stream."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj" + page + b"endobj\n4 0 obj<</Length " + str(len(content)).encode() + b"/Filter" + filters + b">>stream\n"
        + content + b"\nendstream endobj\n" + more + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )  # fmt: skip


def pdf_bomb(times: int = 1) -> bytes:
    """A PDF page of 100 MB of blanks, packed once or several times over."""
    content = b" " * 100_000_000
    for _ in range(times):
        content = zlib.compress(content, 9)
    return pdf_of(content, b"[" + b"/FlateDecode" * times + b"]")


def pdf_with_large_picture() -> bytes:
    """A PDF with a picture that says it is 30,000 points wide and high."""
    picture = (
        b"5 0 obj<</Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/Length 0>>stream\n\nendstream endobj\n"
    )
    return pdf_of(zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q"), more=picture)


def stored(parts: dict[str, bytes], extra: bytes = b"") -> bytes:
    """An archive that packs nothing; `extra` stands in the head of its first member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            information = zipfile.ZipInfo(name)
            information.extra = extra and struct.pack("<HH", 0x9999, len(extra)) + extra
            package.writestr(information, content)
    return stream.getvalue()


def picture_with_comment(comment: bytes) -> bytes:
    picture = samples.photograph()
    return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + picture[2:]


CASES = {
    "encrypted PDF": ("encrypted", "a.pdf", lambda: samples.pdf(encrypt="示例密码")),
    "encrypted Office file": ("encrypted", "a.docx", lambda: samples.compound({"EncryptedPackage": b"x"})),
    "encrypted old workbook": ("encrypted", "a.xls", encrypted_xls),
    "encrypted old text": (
        "encrypted",
        "a.doc",
        lambda: samples.compound({"WordDocument": b"\xec\xa5" + b"\0" * 8 + b"\x00\x01" + b"\0" * 4096}),
    ),
    "encrypted ODF": ("encrypted", "a.odt", encrypted_odf),
    "encrypted ZIP": ("encrypted", "a.zip", encrypted_zip),
    "half a DOCX": ("damaged", "a.docx", lambda: samples.docx_plain()[:5_000]),
    "half a PDF": ("damaged", "a.pdf", lambda: b"%PDF-1.4\n" + b"\x00\x01" * 50),
    "DOCX of broken XML": (
        "damaged",
        "a.docx",
        lambda: samples.rezipped(samples.docx_plain(), {"word/document.xml": "<w:document><w:body>"}),
    ),
    "XLSX with a string that is not there": (
        "damaged",
        "a.xlsx",
        lambda: samples.xlsx_as_excel_writes('<row><c t="s"><v>7</v></c></row>', "<si><t>一</t></si>"),
    ),
    "picture of nothing": ("damaged", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    "text that is none": ("damaged", "a.txt", lambda: bytes(range(256)) * 40),
    "no bytes": ("empty", "a.docx", lambda: b""),
    "blanks only": ("empty", "a.txt", lambda: b" \r\n \r\n"),
    "ZIP of nothing": ("empty", "a.zip", lambda: samples.zipped({})),
    "workbook of nothing": ("empty", "a.xlsx", lambda: samples.xlsx_plain("")),
    "PDF called DOCX": ("disguised", "a.docx", samples.pdf),
    "DOCX called PDF": ("disguised", "a.pdf", samples.docx_plain),
    "DOCX called XLSX": ("disguised", "a.xlsx", samples.docx_plain),
    "HTML called XLS": ("disguised", "a.xls", lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
    "program called PDF": ("disguised", "a.pdf", lambda: b"MZ" + b"\0" * 100),
    "ZIP called picture": ("disguised", "a.jpg", lambda: samples.zipped({"a.txt": "x"})),
    "PDF that is an archive too": ("disguised", "a.pdf", lambda: samples.pdf() + stored({"a.txt": b"x"})),
    "picture that is an archive too": ("disguised", "a.jpg", lambda: samples.photograph() + stored({"a.txt": b"x"})),
    "text that is an archive too": ("disguised", "a.txt", lambda: b"text " * 40 + stored({"a.txt": b"x"})),
    "archive that is a PDF too": ("disguised", "a.zip", lambda: stored({"a.txt": b"x"}, samples.pdf_text("x"))),
    "picture that is a PDF too": ("disguised", "a.jpg", lambda: picture_with_comment(samples.pdf_text("x"))),
    "page that is a PDF too": ("disguised", "a.html", lambda: b"<html><!--" + samples.pdf_text("x") + b"--></html>"),
    "ZIP bomb": ("zip_bomb", "a.zip", zip_bomb),
    "bomb as DOCX": (
        "zip_bomb",
        "a.docx",
        lambda: samples.rezipped(samples.docx_plain(), {"word/document.xml": b" " * 60_000_000}),
    ),
    "PDF bomb": ("zip_bomb", "a.pdf", pdf_bomb),
    "PDF bomb packed twice": ("zip_bomb", "a.pdf", lambda: pdf_bomb(2)),
    "PDF with a picture of a billion points": ("too_large", "a.pdf", pdf_with_large_picture),
    "many members": ("zip_bomb", "a.zip", lambda: samples.zipped({f"{n}": "" for n in range(5_001)})),
    "entities that grow": ("xml_bomb", "a.docx", docx_with_entities),
    "entity from outside": ("xml_bomb", "a.xlsx", xlsx_with_outside_entity),
    "name that climbs": ("path_traversal", "a.zip", lambda: zip_with("../../x.txt")),
    "name that climbs, for Windows": ("path_traversal", "a.zip", lambda: zip_with("..\\..\\x.txt")),
    "absolute name": ("path_traversal", "a.zip", lambda: zip_with("/etc/x.txt")),
    "name with a drive": ("path_traversal", "a.zip", lambda: zip_with("C:/x.txt")),
    "link": ("path_traversal", "a.zip", zip_with_link),
    "program": ("unsupported", "a.exe", lambda: b"MZ" + b"\0" * 100),
    "RAR": ("unsupported", "a.rar", lambda: b"Rar!\x1a\x07\x00" + b"\0" * 100),
    "old text without a converter": (
        "converter_missing",
        "a.wps",
        lambda: samples.compound({"WordDocument": b"\xec\xa5" + b"\0" * 4096}),
    ),
    "old slides without a converter": (
        "converter_missing",
        "a.dps",
        lambda: samples.compound({"PowerPoint Document": b"\0" * 4096}),
    ),
    "picture of a billion points": ("too_large", "a.png", large_picture),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_is_refused_by_name(case):
    kind, name, make = CASES[case]
    begin = time.monotonic()
    found = refusal(make(), name)
    assert found.kind == kind, found.sentence
    assert re.search(r"[\u4e00-\u9fff]", found.sentence)
    assert found.sentence.endswith("。")
    assert time.monotonic() - begin < 20


def test_a_file_over_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("示例" * 1000, encoding="utf-8")
    limits = Limits(file_bytes=1024 * 1024)
    assert isinstance(documents.read(path, limits=limits), Document)
    assert refusal(path.read_bytes(), "a.txt", Limits(file_bytes=100)).kind == "too_large"


@pytest.mark.parametrize(
    ("limits", "name", "data"),
    [
        (Limits(cells=3), "a.csv", b"a,b\nc,d\n"),
        (Limits(characters=10), "a.txt", "十二个字以上的一行文字在此".encode()),
        (Limits(pages=1), "a.pdf", samples.pdf(2)),
        (Limits(tree_bytes=1_000), "a.docx", samples.docx_plain()),
        (Limits(pixels=1_000), "a.png", samples.picture_of_text()),
    ],
    ids=["cells", "characters", "pages", "size of an XML part", "points of a picture"],
)
def test_more_than_the_limit_is_too_large(limits, name, data):
    assert refusal(data, name, limits).kind == "too_large"


def test_time_over_is_a_refusal():
    assert refusal(samples.docx_plain(), "a.docx", Limits(seconds=0.0)).kind == "timeout"


def test_archives_are_read_to_the_limit_of_depth():
    deep = dict(documents.read(zip_in_zip(3), name="a.zip").walk())
    assert isinstance(deep["inner.zip/inner.zip/a.txt"], Document)
    deeper = dict(documents.read(zip_in_zip(4), name="a.zip").walk())
    assert [one.kind for one in deeper.values() if isinstance(one, Refusal)] == ["zip_bomb"]


def test_an_archive_that_holds_itself_many_times_is_bounded():
    """The classic: sixteen archives of sixteen archives of sixteen large files."""
    data = samples.zipped({"0.txt": b"0" * 30_000_000})
    for _level in range(2):
        data = samples.zipped({f"{n}.zip": data for n in range(16)})
    begin = time.monotonic()
    found = documents.read(data, name="a.zip", limits=QUICK)
    inside = (
        [one for one in dict(found.walk()).values() if isinstance(one, Refusal)]
        if isinstance(found, Document)
        else [found]
    )
    assert inside
    assert {one.kind for one in inside} <= {"zip_bomb", "timeout"}
    assert time.monotonic() - begin < 25


def test_nothing_is_written_beside_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, data in samples.every().items():
        documents.read(data, name=name, limits=QUICK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", stored({"甲.pdf": samples.pdf()}), "zip"),
        ("a.pdf", b"\r\n some lines before \r\n" + samples.pdf(), "pdf"),
        ("a.txt", "PDF 文件的开头应为 %PDF-1.4。".encode(), "txt"),
    ],
    ids=["archive of an unpacked PDF", "PDF with lines before it", "text about PDF"],
)
def test_the_beginning_of_a_file_says_what_it_is(name, data, kind):
    found = documents.read(data, name=name, limits=QUICK)
    assert isinstance(found, Document), found
    assert found.type == kind
    if kind == "zip":
        assert {path: inner.type for path, inner in found.walk() if path} == {"甲.pdf": "pdf"}


@pytest.mark.parametrize("text", ["0\x00\x80", "示例\x00a\x00b", "a\x00b\x0013812345678"])
def test_a_text_with_zero_bytes_is_no_utf_16(text):
    found = documents.read(text.encode(), name="a.txt", limits=QUICK)
    assert found.kind == "damaged" if isinstance(found, Refusal) else found.text() == text.replace("\0", "")


def test_a_member_in_a_bad_archive_is_a_refusal_of_its_own():
    data = samples.zipped({"加密.pdf": samples.pdf(encrypt="x"), "a.txt": samples.VISIBLE})
    inside = dict(documents.read(data, name="a.zip").walk())
    assert inside["加密.pdf"].kind == "encrypted"


MUTATED = [name for name in samples.every() if name != "a.zip"] + ["saved again.pdf", "attached.pdf"]


def original(name: str) -> bytes:
    more = {"saved again.pdf": samples.pdf_saved_again, "attached.pdf": samples.pdf_with_attachment}
    return more[name]() if name in more else samples.every()[name]


def mutated(data: bytes, seed: int) -> bytes:
    """Bytes changed, cut, doubled or left out; in packages also inside a part, where a checksum would not tell."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    out = bytearray(data)
    how = dice.randrange(5)
    if how == 4 and data.startswith(b"PK"):
        parts: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                parts[name] = package.read(name)
        for name in dice.sample(sorted(parts), min(3, len(parts))):
            part = bytearray(parts[name])
            for _ in range(dice.randrange(1, 6) if part else 0):
                part[dice.randrange(len(part))] = dice.choice(b'<>"0123456789/aEe-\0')
            parts[name] = bytes(part)
        return samples.zipped(parts)
    at = dice.randrange(len(out))
    if how == 0:
        del out[at:]
    elif how == 1:
        del out[at : at + dice.randrange(1, 200)]
    elif how == 2:
        out[at:at] = out[at : at + dice.randrange(1, 200)]
    else:
        for _ in range(dice.randrange(1, 30)):
            out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


@pytest.mark.parametrize("name", MUTATED)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000_000))
def test_a_damaged_file_gives_a_document_or_a_refusal(name, seed):
    begin = time.monotonic()
    found = documents.read(mutated(original(name), seed), name=name, limits=QUICK)
    assert isinstance(found, Document | Refusal)
    if isinstance(found, Refusal):
        assert found.sentence.endswith("。")
    assert time.monotonic() - begin < 25


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=2_000), name=st.sampled_from(["a", *samples.every()]))
def test_any_bytes_give_a_document_or_a_refusal(data, name):
    assert isinstance(documents.read(data, name=name, limits=QUICK), Document | Refusal)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read_as_it_is(text):
    found = documents.read(text.encode("utf-8", "replace"), name="a.txt", limits=QUICK)
    if isinstance(found, Document):
        said = re.sub(r"\s", "", text.encode("utf-8", "replace").decode())
        kept = re.sub(r"\s", "", found.text())
        assert kept == said.lstrip("\ufeff").replace("\0", "") or kept in said
