"""What of an item is read, hashed and approved."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gongkai.agencies.models import Department
from gongkai.publishing.models import (
    AgencyPractice,
    Column,
    DayUnit,
    DisclosureAttribute,
    Genre,
    Ground,
    Item,
    KeyArea,
    TermEnd,
)
from gongkai.publishing.text import to_compare
from gongkai.review.content import Content

OBJECT_KIND = "publishing.item"


def content_of(item: Item) -> Content:
    """The content of an item: title, body, metadata and attachments with their hashes.

    Index number and publication day are not part of it: the system gives them at publication.
    """
    return Content(
        kind=OBJECT_KIND,
        title=item.title,
        body=item.body,
        metadata={
            "document_number": item.document_number,
            "subject_class": item.subject_class,
            "genre": item.genre,
            "attribute": item.attribute,
            "key_area": item.key_area,
            "is_normative": item.is_normative,
            "interprets": str(item.interprets.uid) if item.interprets else "",
            "written_on": item.written_on.isoformat(),
            "department": str(item.department.uid) if item.department else "",
            "columns": sorted(column.code for column in item.columns.all()),
        }
        | details_of(item),
        attachments=tuple(
            {
                "name": attachment.name,
                "sha256": attachment.stored_id,
                "size": str(attachment.stored.size),
                "type": attachment.extension,
            }
            for attachment in item.attachments.all()
        ),
    )


def details_of(item: Item) -> dict[str, Any]:
    """The details of an item that are set; without them the content is what it was before details were kept."""
    details = {
        "effective_on": item.effective_on.isoformat() if item.effective_on else "",
        "valid_until": item.valid_until.isoformat() if item.valid_until else "",
        "issuers": list(item.issuers),
        "ground": item.ground,
        "ground_note": item.ground_note,
        "publicity_days": str(item.publicity_days or ""),
        "publicity_unit": item.publicity_unit,
        "publicity_then": item.publicity_then,
    }
    return {name: value for name, value in details.items() if value}


def fields_of(key: str, content: Content) -> list[tuple[str, str]]:
    """What a person reads in a content of the item with this uid: Chinese label and value, field by field.

    The body comes as lines, with the addresses of its links; each attachment is a line with size and hash.
    """
    data = content.metadata
    columns = Column.objects.without_tree_fields().filter(agency__items__uid=key, code__in=data["columns"])
    names = dict(columns.order_by().values_list("code", "name"))
    department = Department.objects.filter(uid=data["department"]).first() if data["department"] else None
    policy = Item.objects.filter(uid=data["interprets"]).first() if data["interprets"] else None
    return [
        (_("名称"), content.title),
        (_("文号"), data["document_number"]),
        (_("成文日期"), data["written_on"]),
        (_("体裁分类"), str(dict(Genre.choices).get(data["genre"], data["genre"]))),
        (_("主题分类"), data["subject_class"]),
        (_("重点领域"), _area(key, data["key_area"])),
        (_("公开属性"), str(dict(DisclosureAttribute.choices).get(data["attribute"], data["attribute"]))),
        (_("行政规范性文件"), _("是") if data["is_normative"] else _("否")),
        (_("解读的文件"), policy.title if policy else data["interprets"]),
        (_("起草股室"), department.name if department else data["department"]),
        (_("栏目"), "、".join(names.get(code, code) for code in data["columns"])),
        (_("联合发文机构"), "、".join(data.get("issuers", []))),
        (_("实施日期"), data.get("effective_on", "")),
        (_("有效期至"), data.get("valid_until", "")),
        (_("不公开的理由"), _ground(data)),
        (_("公示"), _term(data)),
        (_("正文"), to_compare(content.body)),
        (_("附件"), "\n".join(said_of(number, file) for number, file in enumerate(content.attachments, start=1))),
    ]


def _area(key: str, code: str) -> str:
    """The name of a key area: ours, or the words of the item's agency for one of its own."""
    if code in KeyArea.values:
        return str(KeyArea(code).label)
    found = AgencyPractice.objects.filter(agency__items__uid=key).first()
    return str(found.key_areas.get(code, code)) if found else code


def _ground(data: dict[str, Any]) -> str:
    code = data.get("ground", "")
    return "，".join(part for part in (str(dict(Ground.choices).get(code, code)), data.get("ground_note", "")) if part)


def _term(data: dict[str, Any]) -> str:
    """The publicity term in words: how long, and what happens then."""
    if "publicity_days" not in data:
        return ""
    unit = dict(DayUnit.choices).get(data["publicity_unit"], "")
    then = dict(TermEnd.choices).get(data["publicity_then"], "")
    return _("%(days)s个%(unit)s，期满后%(then)s") % {"days": data["publicity_days"], "unit": unit, "then": then}


def said_of(number: int, file: dict[str, str]) -> str:
    """One line of an attachment: its number, name, size and the first digits of its hash."""
    size = filesizeformat(int(file["size"])).replace("\xa0", " ")
    return f"{number}. {file['name']}（{size}，{file['sha256'][:12]}）"
