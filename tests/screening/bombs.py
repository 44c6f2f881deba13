"""Files made to take all memory or time: each is small and says little, and must be answered all the same."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping

from tests.documents import samples
from tests.documents.test_refusals import pdf_bomb, pdf_of, pdf_with_large_picture, zip_bomb
from tests.screening.hideouts import docx_with, ods_with, sheet_with
from tests.screening.hideouts import pdf_of as pdf_with


def packed(content: bytes, about: bytes = b"") -> bytes:
    data = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (about, len(data)) + data + b"\nendstream"


def nested_objects(begin: str, end: str, times: int) -> str:
    return begin * times + end * times


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" * (width + 1)) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def tiff(width: int, height: int, next_page: int = 0) -> bytes:
    """A TIFF that says how large it is and holds nothing; its next page may be itself."""
    entries = ((256, width), (257, height), (258, 8), (262, 1))
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", next_page)


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + frame + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00" + b"\0" * 99 + b"\xff\xd9"


def forms_in_forms() -> bytes:
    """Thirty forms each of which draws the next ten times."""
    forms = tuple(
        packed(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1),
        )
        for number in range(6, 36)
    )
    return pdf_with("/Resources<</XObject<</X 6 0 R>>>>", forms, content="/X Do " * 10)[1]


def ofd_with(more: str) -> bytes:
    place = ("</ofd:Layer>", f"{more}</ofd:Layer>")
    return samples.rezipped(samples.ofd(), {}, {"Doc_0/Pages/Page_0/Content.xml": place})


def xls_stream() -> bytes:
    import olefile

    with olefile.OleFileIO(io.BytesIO(samples.xls())) as book:
        return bytes(book.openstream("Workbook").read())


def in_one_another(times: int) -> bytes:
    data = samples.docx_plain("示例")
    for _ in range(times):
        data = samples.rezipped(samples.docx_plain("示例"), {"word/embeddings/a.docx": data})
    return data


def archives_in_archives() -> bytes:
    data = samples.zipped({"0.txt": b"0" * 3_000_000})
    for _ in range(2):
        data = samples.zipped({f"{number}.zip": data for number in range(6)})
    return data


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "a">{entities}]><sst><si><t>&l9;</t></si></sst>'.encode()


PAGE = "<p>示例</p>"
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "elements.html": lambda: (PAGE + "<br>" * 4_000_000).encode(),
    "attributes.html": lambda: f"<p {' '.join(f'a{n}=b' for n in range(300_000))}>{PAGE}".encode(),
    "depth.html": lambda: nested_objects("<div>", "</div>", 100_000).encode(),
    "spans.html": lambda: ("<table>" + "<tr><td rowspan=1000 colspan=1000>x</td>" * 3_000).encode(),
    "tables.html": lambda: ("<table><tr><td>" * 300 + PAGE).encode(),
    "pictures.html": lambda: (PAGE + '<img src="data:image/png;base64,AAAA">' * 20_000).encode(),
    "elements.docx": lambda: docx_with("<w:p/>" * 300_000)[1],
    "depth.docx": lambda: docx_with(nested_objects("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120))[1],
    "tables.docx": lambda: docx_with(nested_objects("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60))[1],
    "documents.docx": lambda: in_one_another(8),
    "merges.xlsx": lambda: sheet_with(
        "", "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n + 1}"/>' for n in range(1, 1_000_001)) + "</mergeCells>"
    )[1],
    "large merges.xlsx": lambda: sheet_with(
        "", "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 3_001)) + "</mergeCells>"
    )[1],
    "corner.xlsx": lambda: sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')[1],
    "strings.xlsx": lambda: sheet_with("", strings="<si><t>示例</t></si>" * 300_000)[1],
    "one string.xlsx": lambda: sheet_with(
        "".join('<row>' + '<c t="s"><v>0</v></c>' * 200 + "</row>" for _ in range(3_000)),
        strings=f"<si><t>{'1234567890123456789 ' * 500}</t></si>",
    )[1],
    "columns.xlsx": lambda: samples.rezipped(
        sheet_with("")[1], {}, {"xl/worksheets/sheet1.xml": ("<sheetData>", '<cols><col min="1" max="16384" hidden="1"/></cols>' * 500 + "<sheetData>")}
    ),
    "depth.xlsx": lambda: sheet_with("", nested_objects("<a>", "</a>", 100_000))[1],
    "laughs.xlsx": lambda: samples.rezipped(samples.xlsx_plain(), {"xl/sharedStrings.xml": laughs()}),
    "rows.ods": lambda: ods_with('<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>' * 200)[1],
    "depth.odt": lambda: samples.rezipped(
        samples.odt(), {}, {"content.xml": ("<text:p>", nested_objects("<text:section>", "</text:section>", 200) + "<text:p>")}
    ),
    "depth.rtf": lambda: rb"{\rtf1 " + b"{" * 2_000_000,
    "groups.rtf": lambda: rb"{\rtf1 " + b"{a}" * 200_000 + b"}",
    "binary.rtf": lambda: rb"{\rtf1 \bin9999999999 x}",
    "giant.png": lambda: png(60_000, 1),
    "text.png": lambda: png(9, 9, *[_chunk(b"zTXt", b"a\0\0" + zlib.compress(b"1" * 4_000_000)) for _ in range(9)]),
    "profile.png": lambda: png(9, 9, _chunk(b"iCCP", b"a\0\0" + zlib.compress(b"1" * 60_000_000))),
    "giant.tif": lambda: tiff(200_000, 200_000),
    "loop.tif": lambda: tiff(9, 9, next_page=8),
    "giant.jpg": lambda: jpeg(65_535, 65_535),
    "packed.pdf": pdf_bomb,
    "packed twice.pdf": lambda: pdf_bomb(2),
    "picture.pdf": pdf_with_large_picture,
    "objects.pdf": lambda: pdf_with("", (packed(b"1 0 " + b"<</A 1>>" * 2_000_000, b"/Type/ObjStm/N 1/First 4"),))[1],
    "forms.pdf": forms_in_forms,
    "paths.pdf": lambda: pdf_of(zlib.compress(b"0 0 m 9 9 l S\n" * 150_000)),
    "text.pdf": lambda: pdf_with(content="BT /F1 12 Tf " + "(12345678901) Tj " * 60_000 + "ET")[1],
    "pages.pdf": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "page.pdf": lambda: pdf_with("/MediaBox[0 0 9999999 9999999]", content="0 0 m 1 1 2 2 3 3 c S " * 80)[1],
    "brackets.pdf": lambda: pdf_with()[1] + b"(" * 2_000_000,
    "versions.pdf": lambda: pdf_with()[1] + b"%%EOF\n" * 100_000,
    "steps.ofd": lambda: ofd_with(
        '<ofd:TextObject ID="9" Boundary="0 0 9 9" Size="3">'
        + f'<ofd:TextCode X="0" Y="0" DeltaX="g 20000 1">{"1" * 20_000}</ofd:TextCode>' * 100
        + "</ofd:TextObject>"
    ),
    "depth.ofd": lambda: ofd_with(nested_objects("<ofd:PageBlock>", "</ofd:PageBlock>", 200)),
    "zeros.zip": zip_bomb,
    "archives.zip": archives_in_archives,
    "members.zip": lambda: samples.zipped({f"{number}.txt": "" for number in range(4_999)}),
    "columns.csv": lambda: ",".join(["1"] * 40_000).encode(),
    "quotes.csv": lambda: b'"' * 5_000_000,
    "digits.txt": lambda: b"1 " * 250_000,
    "stars.txt": lambda: b"1*" * 3_000_000,
    "signs.txt": lambda: b"a@" * 1_000_000,
    "villages.txt": lambda: "村1".encode() * 1_000_000,
    "address.txt": lambda: b"http://a.cn/" + b"1381234567" * 400_000,
    "marks.txt": lambda: "机密".encode() * 60_000,
    "quotations.txt": lambda: "《请示".encode() * 60_000,
    "dimension.xls": lambda: samples.compound(
        {"Workbook": xls_stream().replace(struct.pack("<HH", 0x200, 14), struct.pack("<HHII", 0x200, 14, 0, 0xFFFFFFF0)[:12] + b"\0" * 2, 1)}
    ),
    "cut.xls": lambda: samples.compound({"Workbook": xls_stream()[: len(xls_stream()) // 2]}),
    "chain.xls": lambda: samples.compound({"Workbook": xls_stream()[:-4] + struct.pack("<HH", 0x3C, 0) * 500_000}),
}  # fmt: skip
