"""What a releaser takes to the platform outside: exactly the approved content, field by field and as files."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.files import storage
from gongkai.publishing.content import fields_of
from gongkai.publishing.models import AgencyPractice, Item
from gongkai.publishing.text import clean, to_plain
from gongkai.review.content import Content
from gongkai.ui import exports

FIXED = (1980, 1, 1, 0, 0, 0)  # the ZIP says nothing of when it was made
PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]{1,20})[}｝]")
LARGEST_TEMPLATE = 2 * 1024 * 1024
MOST_CELLS = 50_000
LONGEST_CELL = 32_000  # a cell of a workbook holds 32,767 characters


class BadTemplate(Exception):
    """A workbook cannot serve as the layout of an import; the message is a sentence in Chinese."""


@dataclass(frozen=True)
class Field:
    """A field of the head table as the platform wants it typed."""

    label: str
    value: str

    @property
    def rows(self) -> int:
        """How many lines of a text field show it, at most ten."""
        return min(10, sum(1 + len(line) // 60 for line in self.value.splitlines()) or 1)


@dataclass(frozen=True)
class Package:
    """The package as a file. `digest` is that of the content, `sha256` that of the ZIP."""

    name: str
    data: bytes
    digest: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of the ZIP."""
        return hashlib.sha256(self.data).hexdigest()


def fields(key: str, content: Content, agency: Agency) -> list[Field]:
    """The fields of the head table of a content, those without a value left out; the text comes as plain words."""
    told = dict(fields_of(key, content))
    for label in (_("附件"), _("公示"), _("起草股室")):  # files go by themselves, the rest is the house's own
        told.pop(label, None)
    if not content.metadata["is_normative"]:
        told.pop(_("行政规范性文件"), None)
    told[_("解读的文件")] = _policy(content)
    told[_("正文")] = to_plain(content.body)
    names = [agency.name, *content.metadata.get("issuers", [])]
    found = [Field(_("名称"), content.title), Field(_("发布机构"), "、".join(names))]
    found += [Field(label, value) for label, value in told.items() if value and label != _("名称")]
    return found


def _policy(content: Content) -> str:
    """The title of the policy that the content interprets, while everyone may read it: a draft's stays in the house."""
    uid = content.metadata["interprets"]
    policy = Item.objects.public().filter(uid=uid).first() if uid else None
    return policy.title if policy else ""


def file_names(content: Content) -> list[tuple[str, str]]:
    """The attachments under the names that they have in the package, with their hashes."""
    return [
        (f"附件{number}-{_safe(attachment['name'])}", attachment["sha256"])
        for number, attachment in enumerate(content.attachments, start=1)
    ]


def build(key: str, content: Content, practice: AgencyPractice) -> Package:
    """Make the package: text as HTML and plain, attachments, the import workbook, the hashes of all.

    Raises `files.storage.NotStored` when the bytes of an attachment are gone, `BadTemplate` for a template that can
    no longer be read.
    """
    told = fields(key, content, practice.agency)
    files: list[tuple[str, bytes]] = [
        ("正文.html", _page(content).encode()),
        ("正文.txt", (content.title + "\n\n" + to_plain(content.body) + "\n").encode()),
        ("导入表.xlsx", _workbook(told, practice)),
    ]
    files += [(f"附件/{name}", storage.read(sha256)) for name, sha256 in file_names(content)]
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    files.append(("校验值.txt", (f"审核通过的内容摘要：{content.digest}\n\n" + sums).encode()))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, FIXED), data, zipfile.ZIP_DEFLATED)
    return Package(f"发布包-{_safe(content.title)[:60]}.zip", held.getvalue(), content.digest)


def check_template(data: bytes) -> None:
    """Raise `BadTemplate` unless a workbook can be filled in: readable, small, with a field in braces."""
    _fill(data, [Field(_("名称"), "")])


def _page(content: Content) -> str:
    title = escape(content.title, quote=False)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body>\n<h1>{title}</h1>\n{clean(content.body)}\n</body></html>\n"
    )


def _workbook(told: list[Field], practice: AgencyPractice) -> bytes:
    """The import workbook: the agency's template filled in, else one line under the names of the fields."""
    told = [
        field if len(field.value) <= LONGEST_CELL else Field(field.label, _("太长，单元格放不下，见「正文.txt」"))
        for field in told
    ]
    if practice.template is not None:
        return _fill(storage.read(practice.template.digest), told)
    return exports.workbook(_("导入表"), [field.label for field in told], [[field.value for field in told]])


def _fill(data: bytes, told: list[Field]) -> bytes:
    """A template with 「{名称}」 and the like replaced by values; a field without a value becomes empty."""
    from openpyxl import load_workbook  # parsers are imported where they are used
    from openpyxl.utils.exceptions import InvalidFileException

    if len(data) > LARGEST_TEMPLATE:
        raise BadTemplate("模板超过2MB，请删去多余的内容再上传。")
    try:
        book = load_workbook(io.BytesIO(data))
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise BadTemplate("模板打不开，请用表格软件另存为 XLSX 再上传。") from error
    values = {field.label: field.value for field in told}
    found, seen = False, 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                seen += 1
                if seen > MOST_CELLS:
                    raise BadTemplate("模板的单元格太多，请只保留表头和一行字段。")
                if not isinstance(cell.value, str) or not PLACEHOLDER.search(cell.value):
                    continue
                found = True
                text = PLACEHOLDER.sub(lambda name: values.get(name[1].strip(), ""), cell.value)
                cell.value = exports.without_controls(text)
                cell.data_type = "s"  # a text that begins with = stays a text
    if not found:
        raise BadTemplate(
            "模板里没有「{名称}」这样的字段。请在要填的单元格里写大括号和字段名，例如 {名称}、{成文日期}。"
        )
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _safe(name: str) -> str:
    """A name that every system takes as the name of a file."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(". ") or "_"
