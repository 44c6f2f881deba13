"""Sheets of the registers that are declared as kinds of records: columns, checks and entry follow the declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from gongkai.enquiries import kinds as enquiries
from gongkai.enquiries.models import EnquiryChannel
from gongkai.exchange.declarations import AGENCY, Field, Kind, Sheet, choices_of, day_field
from gongkai.inforequests import kinds as inforequests
from gongkai.periods.records.kinds import RecordKind, kind_of
from gongkai.publishing.transfers import TRANSFER
from gongkai.resources import kinds as resources
from gongkai.resources.models import Employment

EXAMPLE_DAY = dt.date(2017, 3, 15)


@dataclass(frozen=True)
class RegisterSheet:
    """A sheet with the kind of record that its rows are.

    A link to another record is a text in the sheet: the number or name of that record, which stands in the ledger or
    in the workbook itself. `fixed` are values that every row of the sheet has. `once` are the fields of which a
    combination stands in one row only, besides what the register itself refuses; loading a workbook twice would
    otherwise count twice what has neither number nor name.
    """

    sheet: Sheet
    kind: RecordKind
    fixed: Mapping[str, str] = field(default_factory=dict)
    once: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The fields of the record that the sheet has columns for."""
        return [column.key for column in self.sheet.fields if column is not AGENCY]

    def links(self) -> dict[str, RecordKind]:
        """The columns that name another record, with the kind of that record."""
        return {
            name: kind_of(self.kind.field(name).related_model)  # type: ignore[arg-type]  # links are to records
            for name in self.kind.links()
            if name in self.names
        }


def called(kind: RecordKind) -> str:
    """The field by which a cell names a record: its number or name, what its list is searched by first."""
    return kind.search[0]


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
        title = parent.title_of(called(parent))
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
    sheet = Sheet(name, help, (AGENCY, *(_field(kind, field) for field in kind.fields)))
    return RegisterSheet(sheet, kind, once=() if kind.key else kind.fields)


def _enquiries(name: str, number: str, help: str, example: str) -> Sheet:
    """Work orders and petitions: what is kept of them, under the other system's number."""
    return Sheet(
        name,
        help,
        (
            AGENCY,
            Field("number", number, required=True, max_length=64, help="来源系统的编号", example=example, width=20),
            Field(
                "topic",
                "主题",
                required=True,
                max_length=128,
                help="办理的是什么事；不填来电来信人的姓名、电话、住址",
                example="公共租赁住房申请条件咨询",
                width=40,
            ),
            day_field("received_on", "收到日期", required=True, example=dt.date(2017, 3, 14)),
            day_field("answered_on", "答复日期", help="尚未答复的留空", example=dt.date(2017, 3, 16)),
            day_field("settled_on", "办结日期", help="尚未办结的留空", example=dt.date(2017, 3, 17)),
        ),
    )


WORK_ORDERS = _enquiries("政务热线工单", "工单编号", "政务服务热线（市、区长公开电话）转来的工单。", "RX20170314001")
PETITIONS = _enquiries("信访件", "信访件编号", "信访系统转来的信访事项。", "XF20170314001")

OGI_OFFICES = Sheet(
    "专门机构",
    "承担政府信息公开工作的专门机构。",
    (
        AGENCY,
        Field("name", "机构名称", required=True, max_length=64, example="政府信息公开办公室", width=30),
        day_field("from_on", "设立日期", required=True, example=dt.date(2015, 1, 5)),
        day_field("to_on", "撤销日期", help="仍在的留空"),
    ),
)
READING_POINTS = Sheet(
    "查阅点",
    "供公众查阅政府信息的场所。",
    (
        AGENCY,
        Field("name", "查阅点名称", required=True, max_length=64, example="政务大厅政府信息查阅点", width=30),
        Field("address", "地址", max_length=128, example="示例区示例路1号一楼", width=36),
        day_field("from_on", "启用日期", required=True, example=dt.date(2015, 1, 5)),
        day_field("to_on", "停用日期", help="仍在使用的留空"),
    ),
)
VISITS = Sheet(
    "接待查阅",
    "查阅点接待查阅的人数，一天一处一行。",
    (
        AGENCY,
        Field(
            "reading_point",
            "查阅点名称",
            required=True,
            max_length=64,
            help="与「查阅点」登记的名称一致",
            example="政务大厅政府信息查阅点",
            width=30,
        ),
        day_field("on", "日期", required=True, example=dt.date(2017, 3, 15)),
        Field("visitors", "人数", Kind.COUNT, required=True, example=1, width=8),
    ),
)
STAFF = Sheet(
    "工作人员",
    "从事政府信息公开工作的人员，不包括政府公报和政府网站工作人员。",
    (
        AGENCY,
        Field("name", "姓名或岗位", required=True, max_length=64, example="示例人员", width=24),
        Field(
            "employment",
            "性质",
            Kind.CHOICE,
            required=True,
            choices=choices_of(Employment),
            example=str(Employment.FULL_TIME.label),
            width=8,
        ),
        day_field("from_on", "到岗日期", required=True, example=dt.date(2016, 1, 4)),
        day_field("to_on", "离岗日期", help="仍在岗的留空"),
    ),
)
# A register stands after those whose records it names.
REGISTER_SHEETS: tuple[RegisterSheet, ...] = (
    RegisterSheet(WORK_ORDERS, enquiries.ENQUIRY, fixed={"channel": EnquiryChannel.HOTLINE}),
    RegisterSheet(PETITIONS, enquiries.ENQUIRY, fixed={"channel": EnquiryChannel.PETITION}),
    RegisterSheet(OGI_OFFICES, resources.OGI_OFFICE, once=("name",)),
    RegisterSheet(READING_POINTS, resources.READING_POINT, once=("name",)),
    RegisterSheet(VISITS, resources.VISIT, once=("reading_point", "on")),
    RegisterSheet(STAFF, resources.STAFF_MEMBER, once=("name",)),
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
