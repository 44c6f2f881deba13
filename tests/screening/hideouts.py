"""Further places in files where a number can stand unseen: what `places` and `corpus` do not reach. Each gives a file
for a number; all but the number is ordinary."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.documents import samples

Maker = Callable[[str], tuple[str, bytes]]
W = samples.W
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def docx_with(body: str = "", parts: Mapping[str, str | bytes] = {}, relations: str = "") -> tuple[str, bytes]:
    """A document of Word with XML before its first paragraph, further parts and relations of the document."""
    replace = {"word/document.xml": ("<w:body>", f"<w:body>{body}")}
    if relations:
        replace["word/_rels/document.xml.rels"] = ("</Relationships>", f"{relations}</Relationships>")
    return "a.docx", samples.rezipped(samples.docx_plain("示例"), parts, replace)


def docx_changed(part: str, old: str, new: str) -> tuple[str, bytes]:
    return "a.docx", samples.rezipped(samples.docx_plain("示例"), {}, {part: (old, new)})


def relation(target: str, kind: str = "hyperlink", mode: str = ' TargetMode="External"') -> str:
    return f'<Relationship Id="z9" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def run(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def field(code: str) -> str:
    return f'<w:p><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r></w:p>'


def control(properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run('示例')}</w:sdtContent></w:sdt>"


def numbered(number: str) -> tuple[str, bytes]:
    """A paragraph whose automatic label holds the number."""
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{number}（%1）"/></w:lvl>'
    )
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="90">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="91"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
    place = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr></w:pPr>'
    return docx_with(f"<w:p>{place}<w:r><w:t>示例</w:t></w:r></w:p>", {"word/numbering.xml": numbering})


DOCX: dict[str, Maker] = {
    "docx link": lambda n: docx_with(relations=relation(f"https://www.example.cn/?tel={n}")),
    "docx link, encoded": lambda n: docx_with(relations=relation("https://www.example.cn/" + encoded(n))),
    "docx anchor and tooltip": lambda n: docx_with(
        f'<w:p><w:hyperlink w:anchor="a" w:tooltip="{n}"><w:r><w:t>示例</w:t></w:r></w:hyperlink></w:p>'
    ),
    "docx field of a link": lambda n: docx_with(field(f' HYPERLINK "https://www.example.cn/?tel={n}" ')),
    "docx field of a link in pieces": lambda n: docx_with(
        f"<w:p><w:r><w:instrText>HYPERLINK tel:{n[:4]}</w:instrText></w:r><w:r><w:instrText>{n[4:]}</w:instrText></w:r></w:p>"
    ),
    "docx simple field": lambda n: docx_with(
        f'<w:p><w:fldSimple w:instr="HYPERLINK &quot;https://www.example.cn/?tel={n}&quot;"><w:r><w:t>示例</w:t></w:r></w:fldSimple></w:p>'
    ),
    "docx bookmark": lambda n: docx_with(f'<w:p><w:bookmarkStart w:id="1" w:name="_{n}"/></w:p>'),
    "docx tag of a control": lambda n: docx_with(control(f'<w:tag w:val="{n}"/>')),
    "docx title of a control": lambda n: docx_with(control(f'<w:alias w:val="{n}"/>')),
    "docx entry of a list": lambda n: docx_with(
        control(f'<w:dropDownList><w:listItem w:displayText="示例" w:value="{n}"/></w:dropDownList>')
    ),
    "docx help of a form field": lambda n: docx_with(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="{n}"/></w:ffData></w:fldChar></w:r></w:p>'
    ),
    "docx description of a table": lambda n: docx_with(
        f'<w:tbl><w:tblPr><w:tblDescription w:val="{n}"/></w:tblPr><w:tr><w:tc>{run("示例")}</w:tc></w:tr></w:tbl>'
    ),
    "docx label of a list": numbered,
    "docx part that nothing refers to": lambda n: docx_with(
        parts={"word/document2.xml": f"<w:document {W}><w:body>{run(n)}</w:body></w:document>"}
    ),
    "docx part of another kind": lambda n: docx_with(parts={"word/old.txt": n}),
    "docx part without an ending": lambda n: docx_with(parts={"word/old": f"<a><b>{n}</b></a>"}),
    "docx page in a chunk": lambda n: docx_with(
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="z9"/>',
        {"word/afchunk.htm": f"<html><body><p>{n}</p></body></html>"},
        relation("afchunk.htm", "aFChunk", ""),
    ),
    "docx name of a style": lambda n: docx_changed("word/styles.xml", "</w:styles>", style(n) + "</w:styles>"),
    "docx variable": lambda n: docx_changed(
        "word/settings.xml",
        "</w:settings>",
        f'<w:docVars><w:docVar w:name="a" w:val="{n}"/></w:docVars></w:settings>',
    ),
    "docx author of a revision": lambda n: docx_with(
        f'<w:p><w:ins w:id="1" w:author="示例{n}"><w:r><w:t>示例</w:t></w:r></w:ins></w:p>'
    ),
    "docx revision of properties": lambda n: docx_with(
        f'<w:p><w:r><w:rPr><w:rPrChange w:id="1" w:author="{n}"/></w:rPr><w:t>示例</w:t></w:r></w:p>'
    ),
    "docx name of a part": lambda n: docx_with(parts={f"word/media/{n}.bin": b"\0"}),
    "docx embedded text": lambda n: docx_with(
        parts={"word/embeddings/a.bin": samples.ole_package("a.txt", n.encode())}
    ),
    "docx picture of Windows": lambda n: docx_with(parts={"word/media/a.emf": b"\x01\0\0\0" + n.encode("utf-16-le")}),
    "docx drawing as text": lambda n: docx_with(
        parts={"word/media/a.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{n}</text></svg>'}
    ),
    "docx text in a wrapper that is new": lambda n: docx_with(
        f'<w:p><x:neu xmlns:x="urn:x"><w:r><w:t>{n}</w:t></w:r></x:neu></w:p>'
    ),
    "docx block in a wrapper that is new": lambda n: docx_with(f'<x:neu xmlns:x="urn:x">{run(n)}</x:neu>'),
    "docx second rendering of a drawing": lambda n: docx_with(
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice'
        f' Requires="x"/><mc:Fallback><w:pict><v:textbox xmlns:v="urn:v"><w:txbxContent>{run(n)}</w:txbxContent></v:textbox>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
    "docx ruby": lambda n: docx_with(
        f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>{n}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>示</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    ),
    "docx mail merge": lambda n: docx_changed(
        "word/settings.xml",
        "</w:settings>",
        f'<w:mailMerge><w:query w:val="SELECT * WHERE a={n}"/></w:mailMerge></w:settings>',
    ),
    "docx comment of the archive": lambda n: ("a.docx", commented(samples.docx_plain("示例"), n)),
    "docx bytes between the parts": lambda n: ("a.docx", between(samples.docx_plain("示例"), n)),
}


def style(name: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="z9"><w:name w:val="{name}"/></w:style>'


def encoded(text: str) -> str:
    return "".join(f"%{ord(sign):02x}" for sign in text)


def commented(data: bytes, text: str) -> bytes:
    """A package with a comment of its archive."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = text.encode()
    return stream.getvalue()


def between(data: bytes, text: str) -> bytes:
    """A package in which bytes stand between two parts, as what was deleted leaves them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for at, name in enumerate(old.namelist()):
            if at == 1:
                new.fp.write(b"." * 80 + text.encode())  # type: ignore[union-attr]  # it is open
                new.start_dir = new.fp.tell()  # type: ignore[union-attr]
            new.writestr(name, old.read(name))
    return stream.getvalue()


def sheet_with(
    rows: str, after: str = "", strings: str = "", parts: Mapping[str, str | bytes] = {}, relations: str = ""
) -> tuple[str, bytes]:
    """A workbook with rows, what follows them in the sheet, shared strings, parts and relations of the sheet."""
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>示例</t></is></c></row>' + rows
    more = dict(parts)
    if relations:
        more["xl/worksheets/_rels/sheet1.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    data = samples.xlsx_as_excel_writes(rows, strings, more)
    if after:
        data = samples.rezipped(data, {}, {"xl/worksheets/sheet1.xml": ("</sheetData>", f"</sheetData>{after}")})
    return "a.xlsx", data


XLSX: dict[str, Maker] = {
    "xlsx link": lambda n: sheet_with("", relations=relation(f"https://www.example.cn/?tel={n}")),
    "xlsx tooltip of a link": lambda n: sheet_with(
        "", f'<hyperlinks><hyperlink ref="A1" location="a" tooltip="{n}"/></hyperlinks>'
    ),
    "xlsx place and words of a link": lambda n: sheet_with(
        "", f'<hyperlinks><hyperlink ref="A1" location="a" display="{n}"/></hyperlinks>'
    ),
    "xlsx formula of a link": lambda n: sheet_with(
        f'<row r="2"><c r="A2" t="str"><f>HYPERLINK("tel:{n}","示例")</f><v>示例</v></c></row>'
    ),
    "xlsx formula": lambda n: sheet_with(
        f'<row r="2"><c r="A2" t="str"><f>IF(TRUE,"示例","{n}")</f><v>示例</v></c></row>'
    ),
    "xlsx formula in pieces": lambda n: sheet_with(
        f'<row r="2"><c r="A2" t="str"><f>"示例"&amp;LEFT("{n[:4]}"&amp;"{n[4:]}",0)</f><v>示例</v></c></row>'
    ),
    "xlsx filter": lambda n: sheet_with(
        "",
        f'<autoFilter ref="A1:A2"><filterColumn colId="0"><filters><filter val="{n}"/></filters></filterColumn></autoFilter>',
    ),
    "xlsx condition of a format": lambda n: sheet_with(
        "",
        f'<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1="{n}"</formula></cfRule></conditionalFormatting>',
    ),
    "xlsx scenario": lambda n: sheet_with(
        "", f'<scenarios><scenario name="甲"><inputCells r="A1" val="{n}"/></scenario></scenarios>'
    ),
    "xlsx extension": lambda n: sheet_with("", f"<extLst><ext><x><f>A1={n}</f></x></ext></extLst>"),
    "xlsx allowed values": lambda n: sheet_with(
        "",
        f'<dataValidations><dataValidation sqref="A1" type="whole"><formula1>{n}</formula1></dataValidation></dataValidations>',
    ),
    "xlsx string that no cell uses": lambda n: sheet_with("", strings=f"<si><t>甲</t></si><si><t>{n}</t></si>"),
    "xlsx hint how to say a string": lambda n: sheet_with(
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        strings=f'<si><t>甲</t><rPh sb="0" eb="1"><t>{n}</t></rPh></si>',
    ),
    "xlsx column of a table": lambda n: sheet_with(
        "",
        parts={"xl/tables/table1.xml": f'<table {MAIN}><tableColumns><tableColumn name="{n}"/></tableColumns></table>'},
    ),
    "xlsx format of numbers": lambda n: sheet_with(
        "",
        parts={"xl/styles.xml": f"<styleSheet {MAIN}><numFmts><numFmt formatCode='\"{n}\"'/></numFmts></styleSheet>"},
    ),
    "xlsx drawing of old": lambda n: sheet_with(
        "", parts={"xl/drawings/vmlDrawing1.vml": f"<xml><v:textbox xmlns:v='urn:v'>{n}</v:textbox></xml>"}
    ),
    "xlsx settings of a printer": lambda n: sheet_with(
        "", parts={"xl/printerSettings/printerSettings1.bin": b"\1\0" + n.encode("utf-16-le")}
    ),
    "xlsx name of a sheet": lambda n: (
        "a.xlsx",
        samples.rezipped(sheet_with("")[1], {}, {"xl/workbook.xml": ('name="名单"', f'name="{n}"')}),
    ),
    "xlsx name of a hidden sheet": lambda n: (
        "a.xlsx",
        samples.rezipped(
            sheet_with("")[1],
            {},
            {"xl/workbook.xml": ("</sheets>", f'<sheet name="{n}" sheetId="2" state="hidden"/></sheets>')},
        ),
    ),
    "xlsx part that nothing refers to": lambda n: sheet_with(
        "",
        parts={
            "xl/worksheets/sheet9.xml": f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{n}</t></is></c>'
            "</row></sheetData></worksheet>"
        },
    ),
    "xlsx values of a chart": lambda n: sheet_with(
        "", parts={"xl/charts/chart1.xml": f"<c><strCache><pt><v>{n}</v></pt></strCache></c>"}
    ),
    "xlsx drawing on a chart": lambda n: sheet_with("", parts={"xl/drawings/drawing2.xml": f"<d><t>{n}</t></d>"}),
    "xlsx comment of the archive": lambda n: ("a.xlsx", commented(sheet_with("")[1], n)),
}

PPTX: dict[str, Maker] = {
    "pptx master": lambda n: ("a.pptx", slides({"ppt/slideMasters/slideMaster9.xml": shape(n)})),
    "pptx layout": lambda n: ("a.pptx", slides({"ppt/slideLayouts/slideLayout9.xml": shape(n)})),
    "pptx tag": lambda n: ("a.pptx", slides({"ppt/tags/tag1.xml": f'<tagLst><tag name="a" val="{n}"/></tagLst>'})),
    "pptx comment author": lambda n: (
        "a.pptx",
        slides({"ppt/commentAuthors.xml": f'<cmAuthorLst><cmAuthor name="{n}"/></cmAuthorLst>'}),
    ),
    "pptx notes of no slide": lambda n: ("a.pptx", slides({"ppt/notesSlides/notesSlide9.xml": shape(n)})),
    "pptx name of a shape": lambda n: (
        "a.pptx",
        slides({"ppt/slideLayouts/slideLayout9.xml": f'<s><cNvPr id="1" name="{n}"/></s>'}),
    ),
}


def slides(parts: Mapping[str, str | bytes]) -> bytes:
    data = samples.rezipped(samples.pptx(), parts)
    content: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content[name] = package.read(name)
    return samples.zipped(content)


def shape(text: str) -> str:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return f'<p:sld xmlns:p="urn:p" xmlns:a="{a}"><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sld>'


def odt_with(old: str, new: str, part: str = "content.xml") -> tuple[str, bytes]:
    return "a.odt", samples.rezipped(samples.odt(), {}, {part: (old, new)})


def ods_with(cell: str) -> tuple[str, bytes]:
    return "a.ods", samples.rezipped(
        samples.ods(),
        {},
        {"content.xml": ("<table:table-row>", f"<table:table-row>{cell}</table:table-row><table:table-row>")},
    )


ODF: dict[str, Maker] = {
    "odt link": lambda n: odt_with(
        "<text:p>",
        f'<text:p><text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://www.example.cn/?tel={n}">示例</text:a></text:p><text:p>',
    ),
    "odt title of a link": lambda n: odt_with(
        "<text:p>", f'<text:p><text:a office:title="{n}">示例</text:a></text:p><text:p>'
    ),
    "odt bookmark": lambda n: odt_with("<text:p>", f'<text:p><text:bookmark text:name="{n}"/></text:p><text:p>'),
    "odt field": lambda n: odt_with(
        "<text:p>", f'<text:user-field-decls><text:user-field-decl office:string-value="{n}"/></text:user-field-decls><text:p>'
    ),
    "odt script": lambda n: odt_with("<text:p>", f"<text:p><text:script>{n}</text:script></text:p><text:p>"),
    "odt wrapper that is new": lambda n: odt_with(
        "<text:p>", f'<x:neu xmlns:x="urn:x"><text:p>{n}</text:p></x:neu><text:p>'
    ),
    "odt settings": lambda n: (
        "a.odt",
        samples.rezipped(samples.odt(), {"settings.xml": f"<a><config-item>{n}</config-item></a>"}),
    ),
    "odt part that nothing refers to": lambda n: ("a.odt", samples.rezipped(samples.odt(), {"Configurations2/a.txt": n})),
    "ods value behind a shown text": lambda n: ods_with(
        f'<table:table-cell office:value-type="float" office:value="{n}"><text:p>示例</text:p></table:table-cell>'
    ),
    "ods text behind a shown text": lambda n: ods_with(
        f'<table:table-cell office:value-type="string" office:string-value="{n}"><text:p>示例</text:p></table:table-cell>'
    ),
    "ods formula": lambda n: ods_with(
        f'<table:table-cell table:formula="of:=IF(1;&quot;&quot;;&quot;{n}&quot;)"><text:p>示例</text:p></table:table-cell>'
    ),
    "ods name of a sheet": lambda n: (
        "a.ods",
        samples.rezipped(samples.ods(), {}, {"content.xml": ("</office:spreadsheet>", f'<table:table table:name="{n}"/></office:spreadsheet>')}),
    ),
}  # fmt: skip


def ofd_with(old: str, new: str, part: str) -> tuple[str, bytes]:
    return "a.ofd", samples.rezipped(samples.ofd(), {}, {part: (old, new)})


OFD: dict[str, Maker] = {
    "ofd action": lambda n: ofd_with(
        "</ofd:Page>",
        f'<ofd:Actions><ofd:Action Event="PO"><ofd:URI URI="https://www.example.cn/?tel={n}"/></ofd:Action></ofd:Actions></ofd:Page>',
        "Doc_0/Pages/Page_0/Content.xml",
    ),
    "ofd outline": lambda n: ofd_with(
        "</ofd:Document>",
        f'<ofd:Outlines><ofd:OutlineElem Title="{n}"/></ofd:Outlines></ofd:Document>',
        "Doc_0/Document.xml",
    ),
    "ofd bookmark": lambda n: ofd_with(
        "</ofd:Document>",
        f'<ofd:Bookmarks><ofd:Bookmark Name="{n}"/></ofd:Bookmarks></ofd:Document>',
        "Doc_0/Document.xml",
    ),
    "ofd part that nothing refers to": lambda n: ("a.ofd", samples.rezipped(samples.ofd(), {"Doc_0/old.txt": n})),
    "ofd seal": lambda n: (
        "a.ofd",
        samples.rezipped(samples.ofd(), {"Doc_0/Signs/Sign_0/SignedValue.dat": b"\x30\x82" + n.encode()}),
    ),
}


def rtf_with(more: str) -> tuple[str, bytes]:
    return "a.rtf", (r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 a;}}" + more + r"\pard A\par}").encode()


RTF: dict[str, Maker] = {
    "rtf link": lambda n: rtf_with(
        r'{\field{\*\fldinst HYPERLINK "https://www.example.cn/?tel=' + n + r'"}{\fldrslt A}}'
    ),
    "rtf bookmark": lambda n: rtf_with(r"{\*\bkmkstart a" + f"_{n}" + "}"),
    "rtf group that is new": lambda n: rtf_with(r"{\*\neu " + n + "}"),
    "rtf property of a shape": lambda n: rtf_with(
        r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv " + n + r"}}}}"
    ),
    "rtf name of a style": lambda n: rtf_with(r"{\stylesheet{\s1 " + n + ";}}"),
    "rtf label of a list": lambda n: rtf_with(r"{\*\listtable{\list{\listlevel{\leveltext " + n + ";}}}}"),
    "rtf user": lambda n: rtf_with(r"{\*\protusertbl{" + n + "}}"),
    "rtf reviser": lambda n: rtf_with(r"{\*\revtbl{" + n + ";}}"),
    "rtf entry of the index": lambda n: rtf_with(r"{\xe{\v " + n + "}}"),
    "rtf text after the end": lambda n: (rtf_with("")[0], rtf_with("")[1] + f"\n{n}\n".encode()),
    "rtf field of a form": lambda n: rtf_with(r"{\*\formfield{\*\ffhelptext " + n + "}}"),
    "rtf object without a type": lambda n: rtf_with(r"{\object{\*\objdata " + n.encode().hex() + "}}"),
}  # fmt: skip

ZIP: dict[str, Maker] = {
    "zip name of a folder": lambda n: ("a.zip", samples.zipped({f"{n}/a.txt": "示例"})),
    "zip name of an empty folder": lambda n: ("a.zip", samples.zipped({"a.txt": "示例", f"{n}/": ""})),
    "zip name of a file that is not read": lambda n: (
        "a.zip",
        samples.zipped({"a.txt": "示例", f"{n}.rar": "Rar!\x1a\x07\0"}),
    ),
    "zip comment of a file": lambda n: ("a.zip", zip_of_comments(n)),
    "zip bytes between the files": lambda n: ("a.zip", between(samples.zipped({"a.txt": "甲", "b.txt": "乙"}), n)),
    "zip bytes before the files": lambda n: ("a.zip", b"PK\x03\x04" + n.encode() + samples.zipped({"a.txt": "示例"})),
    "zip left by a system": lambda n: ("a.zip", samples.zipped({"a.txt": "示例", "__MACOSX/._a.txt": n})),
    "zip settings of a folder": lambda n: ("a.zip", samples.zipped({"a.txt": "示例", "desktop.ini": n})),
}


def zip_of_comments(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        information = zipfile.ZipInfo("a.txt")
        information.comment = text.encode()
        package.writestr(information, "示例")
    return stream.getvalue()


def pdf_of(
    page: str = "", objects: tuple[str | bytes, ...] = (), catalog: str = "", content: str = "", more: bytes = b""
) -> tuple[str, bytes]:
    """A PDF of one page with a line of text: additions to the page and the catalogue, further objects from number 6 on."""
    stream = f"BT /F1 12 Tf 72 700 Td (example) Tj ET {content}"
    bodies: list[str | bytes] = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>> {page}>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return "a.pdf", bytes(out) + more


def packed(text: str, about: str = "") -> bytes:
    data = zlib.compress(text.encode())
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (about.encode(), len(data)) + data + b"\nendstream"


def link(action: str) -> str:
    return f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<<{action}>>>>]"


def wide(text: str) -> str:
    return "<" + ("\ufeff" + text).encode("utf-16-be").hex() + ">"


def protected(text: str) -> bytes:
    """A PDF that anybody can open and only its owner may change; its strings are encrypted."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    page, stream = samples.canvas((595, 842), StandardEncryption("", "geheim"))
    page.drawString(72, 700, "example")
    page.linkURL(f"https://www.example.cn/?tel={text}", (0, 0, 9, 9))
    page.showPage()
    page.save()
    return stream.getvalue()


PDF: dict[str, Maker] = {
    "pdf link": lambda n: pdf_of(link(f"/S/URI/URI(https://www.example.cn/?tel={n})")),
    "pdf link, encoded": lambda n: pdf_of(link(f"/S/URI/URI(https://www.example.cn/{encoded(n)})")),
    "pdf link, in wide characters": lambda n: pdf_of(link(f"/S/URI/URI{wide('tel:' + n)}")),
    "pdf link, escaped": lambda n: pdf_of(link("/S/URI/URI(tel:" + "".join(f"\\{ord(sign):03o}" for sign in n) + ")")),
    "pdf link to a file": lambda n: pdf_of(link(f"/S/GoToR/F({n}.pdf)")),
    "pdf program to start": lambda n: pdf_of(link(f"/S/Launch/F({n}.pdf)")),
    "pdf script": lambda n: pdf_of(link(f"/S/JavaScript/JS(call\\('{n}'\\))")),
    "pdf script in a stream": lambda n: pdf_of(link("/S/JavaScript/JS 6 0 R"), (packed(f"call('{n}')"),)),
    "pdf link of a bookmark": lambda n: pdf_of(
        "", ("<</First 7 0 R/Last 7 0 R/Count 1>>", f"<</Title(example)/Parent 6 0 R/A<</S/URI/URI(tel:{n})>>>>"), "/Outlines 6 0 R"
    ),
    "pdf link of a protected file": lambda n: ("a.pdf", protected(n)),
    "pdf name of a place": lambda n: pdf_of("", (), f"/Names<</Dests<</Names[({n})[3 0 R/Fit]]>>>>"),
    "pdf label of a page": lambda n: pdf_of("", (), f"/PageLabels<</Nums[0<</P({n})>>]>>"),
    "pdf name of a field": lambda n: pdf_of(
        "/Annots[6 0 R]", (f"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/TU({n})/Rect[0 0 9 9]>>",), "/AcroForm<</Fields[6 0 R]>>"
    ),
    "pdf choices of a field": lambda n: pdf_of(
        "/Annots[6 0 R]", (f"<</Type/Annot/Subtype/Widget/FT/Ch/T(a)/Opt[({n})(b)]/Rect[0 0 9 9]>>",), "/AcroForm<</Fields[6 0 R]>>"
    ),
    "pdf alternative text": lambda n: pdf_of("", (f"<</Type/StructElem/S/Figure/Alt({n})>>",), "/StructTreeRoot 6 0 R"),
    "pdf text meant instead": lambda n: pdf_of(content=f"/Span<</ActualText{wide(n)}>>BDC EMC"),
    "pdf object that nothing refers to": lambda n: pdf_of("", (f"<</Contents({n})>>",)),
    "pdf packed objects": lambda n: pdf_of("", (packed(f"20 0 <</Contents({n})>>", "/Type/ObjStm/N 1/First 5"),)),
    "pdf page that nothing refers to": lambda n: pdf_of("", (packed(f"BT /F1 12 Tf [({n[:4]})-20({n[4:]})] TJ ET"),)),
    "pdf form that nothing draws": lambda n: pdf_of("", (packed(f"BT ({n}) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"),)),
    "pdf metadata that nothing refers to": lambda n: pdf_of("", (packed(f"<x:xmpmeta xmlns:x='a'>{n}</x:xmpmeta>", "/Type/Metadata"),)),
    "pdf metadata of the document, packed": lambda n: pdf_of(
        "", (packed(f"<x:xmpmeta xmlns:x='a'>{n}</x:xmpmeta>", "/Type/Metadata/Subtype/XML"),), "/Metadata 6 0 R"
    ),
    "pdf description of an attachment": lambda n: pdf_of(
        "", (f"<</Type/Filespec/F(a.txt)/Desc({n})/EF<</F 7 0 R>>>>", packed("x", "/Type/EmbeddedFile")),
        "/Names<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>>>",
    ),
    "pdf attachment that is not listed": lambda n: pdf_of("", (packed(f"tel. {n[:3]} {n[3:]}", "/Type/EmbeddedFile"),)),
    "pdf name of a layer": lambda n: pdf_of("", (f"<</Type/OCG/Name({n})>>",), "/OCProperties<</OCGs[6 0 R]/D<<>>>>"),
    "pdf text after the end": lambda n: pdf_of(more=b"(" + n.encode() + b")\n"),
    "pdf comment": lambda n: pdf_of(more=b"% " + n.encode() + b"\n"),
    "pdf note of an earlier version": lambda n: pdf_of(
        f"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents({n})>>]",
        more=b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n",
    ),
}  # fmt: skip

OLE: dict[str, Maker] = {
    "xls left in a stream": lambda n: ("a.xls", with_stream(n)),
}  # fmt: skip


def with_stream(text: str) -> bytes:
    """A workbook with a further stream, as a data base leaves one."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(samples.xls())) as book:
        workbook = book.openstream("Workbook").read()
    return samples.compound({"Workbook": workbook, "Rest": b"\0" * 4_200 + text.encode() + b"\0" * 90})


PLACES: dict[str, Maker] = {**DOCX, **XLSX, **PPTX, **ODF, **OFD, **RTF, **ZIP, **PDF, **OLE}
