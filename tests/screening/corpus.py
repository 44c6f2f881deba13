"""A generator of files with planted numbers and look-alikes. Every number is made by chance from a seed; the persons do
not exist, the region codes of identity numbers are not assigned."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from stdnum import luhn
from stdnum.cn import ric, uscc

REGION = "379901"  # a province that exists, a county that does not
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@dataclass(frozen=True)
class Planted:
    """A text that holds something that must be found, and the digits that may appear nowhere."""

    kind: str
    text: str
    secret: str


class Numbers:
    """Numbers made from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # test data

    def digits(self, count: int) -> str:
        return "".join(str(self.random.randrange(10)) for _ in range(count))

    def birth(self) -> str:
        choose = self.random.randint
        return f"{choose(1930, 2015)}{choose(1, 12):02d}{choose(1, 28):02d}"

    def resident_id(self) -> str:
        body = REGION + self.birth() + self.digits(3)
        return body + ric.calc_check_digit(body + "0")

    def old_resident_id(self) -> str:
        return REGION + self.birth()[2:] + self.digits(3)

    def mistyped_resident_id(self) -> str:
        number = self.resident_id()
        return number[:17] + next(each for each in "0123456789" if each != number[17])

    def mobile(self) -> str:
        return "1" + self.random.choice("3456789") + self.digits(9)

    def bank_card(self) -> str:
        body = "62" + self.digits(self.random.choice((14, 16)))
        return body + luhn.calc_check_digit(body)

    def account(self) -> str:
        return self.random.choice("1289") + self.digits(self.random.randint(11, 20))

    def passport(self) -> str:
        return self.random.choice("EG") + str(self.random.randint(3, 9)) + self.digits(7)

    def permit(self) -> str:
        return self.random.choice("HM") + "0" + self.digits(7)

    def plate(self) -> str:
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        return f"{self.random.choice('鲁京沪苏浙')}{self.random.choice(letters)}{self.random.choice(letters)}{self.digits(4)}"

    def landline(self) -> str:
        return f"0{self.random.randint(310, 899)}-{self.random.randint(2, 8)}{self.digits(6)}"

    def email(self) -> str:
        return f"user{self.digits(4)}@example.com"

    def address(self) -> str:
        choose = self.random.randint
        return self.random.choice(
            (
                f"示例区示例街道花园小区{choose(1, 30)}号楼{choose(1, 5)}单元{choose(101, 2804)}室",
                f"示例市示例镇北村{choose(1, 12)}组{choose(1, 90)}号",
                f"示例区人民路{choose(1, 300)}号{choose(1, 20)}栋{choose(101, 999)}室",
            )
        )

    def credit_code(self) -> str:
        body = "11370" + self.digits(3) + self.random.choice(("00422224", "MA3C8B5X", "00501123"))
        weights, value = (3, 7, 9, 10, 5, 8, 4, 2), lambda sign: int(sign, 36)
        total = sum(value(sign) * weight for sign, weight in zip(body[8:], weights, strict=True))
        body += "0123456789X0"[11 - total % 11]
        return body + uscc.calc_check_digit(body)


def split(number: str, numbers: Numbers) -> str:
    """Write a number as people and programs do: whole, grouped, spaced, in full width, over a line's end."""
    way = numbers.random.randrange(8)
    middle = numbers.random.randint(4, len(number) - 4)
    step = 4 if len(number) > 11 else 3
    return (
        number,
        number,
        number.translate(FULL_WIDTH),
        " ".join(number),
        number[:middle] + "\n" + number[middle:],
        number[:middle] + " " + number[middle:],
        "-".join((number[:step], number[step : step + 4], number[step + 4 :])),
        number[:3] + "\u200b" + number[3:],
    )[way]


def planted(seed: int, count: int) -> Iterator[Planted]:
    """Sentences with valid numbers in many spellings."""
    numbers = Numbers(seed)
    makers: list[tuple[str, Callable[[], str], str, bool]] = [
        ("resident_id", numbers.resident_id, "申请人示例，{}，已受理。", True),
        ("resident_id", numbers.resident_id, "身份证号码：{}。", True),
        ("resident_id", numbers.mistyped_resident_id, "身份证号：{}", False),
        ("resident_id", numbers.old_resident_id, "身份证 {}", False),
        ("mobile", numbers.mobile, "可与示例联系，{}。", True),
        ("mobile", numbers.mobile, "联系电话：{}", True),
        ("mobile", numbers.mobile, "+86 {}", False),
        ("bank_card", numbers.bank_card, "转入{}。", True),
        ("account", numbers.account, "收款账号：{}", False),
        ("passport", numbers.passport, "持 {} 入境", False),
        ("permit", numbers.permit, "来往内地通行证{}", False),
        ("plate", numbers.plate, "车辆{}。", False),
        ("landline", numbers.landline, "咨询 {}。", False),
        ("email", numbers.email, "信箱 {}。", False),
        ("address", numbers.address, "现住{}。", False),
    ]
    for _ in range(count):
        for kind, make, sentence, is_split in makers:
            number = make()
            written = split(number, numbers) if is_split else number
            yield Planted(kind, sentence.format(written), number)


def look_alikes(seed: int, count: int) -> Iterator[str]:
    """Sentences with numbers that are not of persons, and words that are no marks."""
    numbers = Numbers(seed)
    choose = numbers.random.randint
    for _ in range(count):
        year = choose(2008, 2026)
        day = f"{year}{choose(1, 12):02d}{choose(1, 28):02d}"
        yield f"示房发〔{year}〕{choose(1, 300)}号"
        yield f"索引号：{numbers.credit_code()}/{year}-{choose(1, 99999):05d}"
        yield f"统一社会信用代码：{numbers.credit_code()}"
        yield f"{numbers.credit_code()}"
        yield f"000014349/{year}-{choose(1, 99999):05d}"
        yield f"总投资{choose(10**10, 10**11 - 1)}元"
        yield f"补偿款 {choose(13, 19)}{numbers.digits(9)}.{numbers.digits(2)} 元"
        yield f"建筑面积{choose(1000, 99999)}.{numbers.digits(2)}平方米，{choose(100, 9999)}套，{choose(100, 9999)}户"
        yield f"{year}年{choose(1, 12)}月{choose(1, 28)}日至{year + 1}-{choose(1, 12):02d}-{choose(1, 28):02d} 08:30:00"
        yield f"工程施工许可证编号：379901{day}{choose(1000, 9999)}"
        yield f"工单编号：{choose(13, 19)}{numbers.digits(9)}"
        yield f"合同编号 {day}{numbers.digits(8)}"
        yield f"{choose(100, 999)} {choose(1000, 9999)} {choose(100, 999)} {choose(10, 99)}"
        yield f"坐标 117.{numbers.digits(6)}，34.{numbers.digits(6)}"
        yield f"网址 http://www.example.gov.cn/art/{year}/{choose(1, 12)}/{choose(1, 28)}/art_{numbers.digits(5)}_{numbers.digits(7)}.html"
        yield f"办公地点：示例区市民中心A座{choose(1, 9)}楼{choose(101, 999)}室"
        yield f"新建住宅{choose(2, 30)}栋，共{choose(2, 60)}个单元"
        yield f"圆周率约为3.{numbers.digits(17)}"
        yield f"服务热线12345，投诉举报{choose(400, 400)}-{numbers.digits(3)}-{numbers.digits(4)}"
        yield f"身份证号：37**************{choose(10, 99)}"
        yield f"手机号 1{choose(30, 99)}****{numbers.digits(4)}"
        yield "不得泄露国家秘密、工作秘密和商业秘密。"
        yield f"根据《关于示例事项的请示》和《示例办法（征求意见稿）》，共收到意见{choose(1, 99)}条。"
        yield f"ISBN 978{numbers.digits(10)}"
        yield f"项目代码：{year}-379901-47-03-{numbers.digits(6)}"
        yield f"档案号：{numbers.digits(4)}-{numbers.digits(3)}-{numbers.digits(5)}"


# --- files -----------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text: str, extra: str = "") -> str:
    return f'<w:r>{extra}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def table(rows: list[list[str]]) -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(
    body: str, *, header: str = "", footnote: str = "", comment: str = "", author: str = "", custom: str = "",
    attachment: tuple[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A text document with its parts."""
    parts: dict[str, str | bytes] = {}
    types, rels, root = "", "", f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."

    def part(name: str, kind: str, content: str) -> None:
        nonlocal types, rels
        parts[f"word/{name}.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>{content}'
        types += f'<Override PartName="/word/{name}.xml" ContentType="{main}{kind}+xml"/>'
        if name != "document":
            rels += f'<Relationship Id="p{len(parts)}" Type="{R}/{kind}" Target="{name}.xml"/>'

    reference = ""
    if header:
        part("header1", "header", f"<w:hdr {W}>{paragraph(run(header))}</w:hdr>")
        reference = f'<w:sectPr><w:headerReference w:type="default" r:id="p{len(parts)}"/></w:sectPr>'
    if footnote:
        part(
            "footnotes",
            "footnotes",
            f'<w:footnotes {W}><w:footnote w:id="2">{paragraph(run(footnote))}</w:footnote></w:footnotes>',
        )
    if comment:
        part(
            "comments",
            "comments",
            f'<w:comments {W}><w:comment w:id="1" w:author="示例">{paragraph(run(comment))}</w:comment></w:comments>',
        )
    if attachment:
        parts[f"word/embeddings/{attachment[0]}"] = attachment[1]
        rels += f'<Relationship Id="e1" Type="{R}/package" Target="embeddings/{attachment[0]}"/>'
    part("document", "document.main", f'<w:document {W} xmlns:r="{R}"><w:body>{body}{reference}</w:body></w:document>')
    if author:
        parts["docProps/core.xml"] = (
            '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>'
        )
        root += '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    if custom:
        parts["customXml/item1.xml"] = f"<root><value>{escape(custom)}</value></root>"
        rels += f'<Relationship Id="c1" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{package}/relationships">{rels}</Relationships>'
    parts["_rels/.rels"] = f'<Relationships xmlns="{package}/relationships">{root}</Relationships>'
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" ContentType="application/octet-stream"/>{types}</Types>'
    )
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    book.properties.creator = ""
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(lines: list[str], *, under_box: str = "") -> bytes:
    """A page of ASCII text; `under_box` is painted over with a filled rectangle."""
    drawn = "BT /F1 12 Tf 60 780 Td 20 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET\n"
    if under_box:
        drawn += f"BT /F1 12 Tf 60 300 Td ({under_box}) Tj ET\n0 0 0 rg 50 290 400 30 re f\n"
    stream = drawn.encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
    return bytes(out)


def hiding_places(text: str) -> Iterator[tuple[str, str, str, bytes]]:
    """Files with a text in every place that we can make: place, expected part, name, bytes.

    PDF pages hold ASCII only, so there the text is given without Chinese.
    """
    plain = "".join(sign for sign in text if sign.isascii()).strip()
    yield "text", "body", "a.txt", f"第一行\n{text}\n末行".encode()
    yield "text in GB18030", "body", "a.txt", f"第一行是中文\n{text}\n末行".encode("gb18030")
    yield "csv", "table", "a.csv", f"事项,备注\n示例,{text}\n".encode()
    yield "page", "body", "a.html", f"<html><body><p>{text}</p></body></html>".encode()
    yield "page's comment", "comment", "a.html", f"<html><body><p>示例</p><!-- {text} --></body></html>".encode()
    yield "document", "body", "a.docx", docx(paragraph(run("示例")) + paragraph(run(text[:5]), run(text[5:])))
    yield "document's table", "table", "a.docx", docx(table([["事项", "备注"], ["示例", text]]))
    yield "document's header", "header", "a.docx", docx(paragraph(run("示例")), header=text)
    yield "document's footnote", "footnote", "a.docx", docx(paragraph(run("示例")), footnote=text)
    yield "document's comment", "comment", "a.docx", docx(paragraph(run("示例")), comment=text)
    deleted = f'<w:del w:id="9" w:author="示例"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'
    yield "deleted text", "revision", "a.docx", docx(paragraph(run("示例"), deleted))
    vanished = run(text, "<w:rPr><w:vanish/></w:rPr>")
    yield "text set hidden", "hidden_text", "a.docx", docx(paragraph(run("示例"), vanished))
    yield "document's author", "property", "a.docx", docx(paragraph(run("示例")), author=text)
    yield "custom data", "custom_xml", "a.docx", docx(paragraph(run("示例")), custom=text)
    inner = xlsx(lambda book: book.active.append([text]))
    yield "embedded workbook", "sheet", "a.docx", docx(paragraph(run("示例")), attachment=("b.xlsx", inner))

    def sheet(change: Callable[[Workbook], None]) -> bytes:
        def fill(book: Workbook) -> None:
            page = book.active
            page.append(["事项", "说明", "备注"])
            page.append(["示例", "示例", "示例"])
            change(book)

        return xlsx(fill)

    def put(cell: str) -> Callable[[Workbook], None]:
        return lambda book: book.active.__setitem__(cell, text)

    def hidden_row(book: Workbook) -> None:
        book.active["A3"] = text
        book.active.row_dimensions[3].hidden = True

    def hidden_column(book: Workbook) -> None:
        book.active["C3"] = text
        book.active.column_dimensions["C"].hidden = True

    def other_sheet(state: str) -> Callable[[Workbook], None]:
        def change(book: Workbook) -> None:
            page = book.create_sheet("附")
            page["A1"] = text
            page.sheet_state = state

        return change

    def noted(book: Workbook) -> None:
        book.active["A2"].comment = Comment(text, "示例")

    def named(book: Workbook) -> None:
        book.defined_names["note"] = DefinedName("note", attr_text=f'"{text}"')

    def described(book: Workbook) -> None:
        book.properties.description = text

    yield "sheet", "sheet", "a.xlsx", sheet(put("C3"))
    yield "hidden row", "hidden_row", "a.xlsx", sheet(hidden_row)
    yield "hidden column", "hidden_column", "a.xlsx", sheet(hidden_column)
    yield "hidden sheet", "hidden_sheet", "a.xlsx", sheet(other_sheet("hidden"))
    yield "very hidden sheet", "hidden_sheet", "a.xlsx", sheet(other_sheet("veryHidden"))
    yield "cell's comment", "comment", "a.xlsx", sheet(noted)
    yield "defined name", "defined_name", "a.xlsx", sheet(named)
    yield "workbook's property", "property", "a.xlsx", sheet(described)
    yield "archive", "body", "a.zip", zipped({"b.txt": text.encode()})
    yield "archive in an archive", "body", "a.zip", zipped({"b.zip": zipped({"c.txt": text.encode()})})
    if len(plain) > 8 and "\n" not in plain and "账号" not in text:  # an account is one by the word before it
        yield "PDF", "body", "a.pdf", pdf([plain])
        yield "under a box", "under_box", "a.pdf", pdf(["example"], under_box=plain)
