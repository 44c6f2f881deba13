"""Sheets of the registers that are declared as kinds of records: columns, checks and entry follow the declaration."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models

from gongkai.enquiries import kinds as enquiries
from gongkai.exchange.declarations import AGENCY, Field, Kind, Sheet
from gongkai.inforequests import kinds as inforequests
from gongkai.periods.records.kinds import RecordKind, kind_of
from gongkai.publishing.transfers import TRANSFER
from gongkai.resources import kinds as resources

EXAMPLE_DAY = dt.date(2017, 3, 15)


@dataclass(frozen=True)
class RegisterSheet:
    """A sheet with the kind of record that its rows are.

    A link to another record is a text in the sheet: the number or name of that record, which stands in the ledger or
    in the workbook itself.
    """

    sheet: Sheet
    kind: RecordKind

    def links(self) -> dict[str, RecordKind]:
        """The columns that name another record, with the kind of that record."""
        return {
            name: kind_of(self.kind.field(name).related_model)  # type: ignore[arg-type]  # links are to records
            for name in self.kind.links()
            if name in self.kind.fields
        }


def _field(kind: RecordKind, name: str) -> Field:
    """The column of a field of the model."""
    field = kind.field(name)
    required = not field.blank and not isinstance(field, models.BooleanField)
    common: dict[str, Any] = {
        "key": name,
        "header": kind.title_of(name),
        "required": required,
        "help": str(field.help_text or ""),
    }
    if isinstance(field, models.ForeignKey):
        parent = kind_of(field.related_model)
        title = parent.title_of(parent.key[-1])
        return Field(**common | {"help": f"{parent.label}的{title}", "max_length": 128, "width": 24})
    if isinstance(field, models.DateField):
        return Field(**common, kind=Kind.DATE, example=EXAMPLE_DAY if required else None, width=13)
    if isinstance(field, models.BooleanField):
        return Field(**common, kind=Kind.FLAG, default=False, example="否", width=12)
    if isinstance(field, models.DecimalField):
        return Field(**common, kind=Kind.AMOUNT, example=1000, width=14)
    if isinstance(field, models.IntegerField):
        return Field(**common, kind=Kind.COUNT, example=1, width=10)
    if field.choices:
        choices = tuple((str(value), str(label)) for value, label in field.flatchoices)
        example = choices[0][1] if required else None
        return Field(**common, kind=Kind.CHOICE, choices=choices, default="", example=example, width=16)
    length = field.max_length or 0
    return Field(
        **common, max_length=length, example="示例填写" if required else None, width=min(48, max(16, length // 4))
    )


def _sheet(name: str, help: str, kind: RecordKind) -> RegisterSheet:
    return RegisterSheet(Sheet(name, help, (AGENCY, *(_field(kind, field) for field in kind.fields))), kind)


# A register stands after those whose records it names.
REGISTER_SHEETS: tuple[RegisterSheet, ...] = (
    _sheet("热点和舆情", "本单位回应的公众关注热点和重大舆情，一个热点一行。", enquiries.HOT_TOPIC),
    _sheet("来信来电", "除热线工单和信访件以外的来信来电：信箱、微博、微信等。", enquiries.ENQUIRY),
    _sheet("新闻发布会", "参加或举办的新闻发布会。", enquiries.NEWS_CONFERENCE),
    _sheet("在线访谈", "政府网站在线访谈。", enquiries.ONLINE_INTERVIEW),
    _sheet("举报投诉", "就政府信息公开工作收到的举报和投诉。", enquiries.OGI_COMPLAINT),
    _sheet("信息公开申请", "收到的政府信息公开申请，不填申请人的姓名、住址、电话。", inforequests.INFO_REQUEST),
    _sheet("申请答复", "对申请的答复，一件申请可以有几次答复。", inforequests.REPLY),
    _sheet("行政复议", "因政府信息公开提起的行政复议。", inforequests.RECONSIDERATION),
    _sheet("行政诉讼", "因政府信息公开提起的行政诉讼。", inforequests.LAWSUIT),
    _sheet("报送信息", "向图书馆、档案馆等查阅场所报送的信息。", TRANSFER),
    _sheet("专项经费", "政府信息公开专项经费支出，以元为单位。", resources.FUND),
    _sheet("工作会议", "政府信息公开工作会议或专题会议。", resources.MEETING),
    _sheet("培训", "政府信息公开培训。", resources.TRAINING),
)
