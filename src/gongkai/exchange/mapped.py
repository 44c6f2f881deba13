"""What is taken over of a work order or petition from another system, and what never is.

Of a person nothing is kept: a column that holds names, telephone numbers, addresses or papers is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.enquiries.models import EnquiryChannel, EnquiryResult
from gongkai.rules.refusals import Refusal
from gongkai.screening.headers import Column, column

BASIS = "个人信息保护法第六条"


class Target(StrEnum):
    """What a cell becomes."""

    TEXT = "text"
    DAY = "day"
    RESULT = "result"


@dataclass(frozen=True)
class MappedField:
    """A field of an enquiry that a column may fill; `guess` knows usual headers of it."""

    name: str
    label: str
    target: Target
    required: bool
    guess: re.Pattern[str]
    help: str = ""


FIELDS: tuple[MappedField, ...] = (
    MappedField(
        "number",
        "编号",
        Target.TEXT,
        True,
        re.compile(r"(?:工单|诉求|受理|信访件?|事项|办件|登记)(?:编号|号码?|单号|流水号)|^编号$|^工单$"),
        "对方系统的编号。再次导入时按它认出同一件。",
    ),
    MappedField(
        "topic",
        "主题",
        Target.TEXT,
        True,
        re.compile(r"标题|主题|事项名称|问题分类|诉求分类|诉求类型|^内容分类$|概况"),
        "只写什么事，不要选写有姓名、住址的详细内容。",
    ),
    MappedField(
        "received_on",
        "收到日期",
        Target.DAY,
        True,
        re.compile(r"(?:受理|收到|来电|登记|创建|派单|转办|接收|信访)(?:时间|日期)"),
    ),
    MappedField(
        "limit_on",
        "办理期限",
        Target.DAY,
        False,
        re.compile(r"时限|期限|截止|到期|(?:要求|规定|应当?|最迟|限定)(?:办结|办理|答复|回复|反馈|完成)"),
        "工单上载明的期限，优先于任何规定的期限。",
    ),
    MappedField("answered_on", "答复日期", Target.DAY, False, re.compile(r"(?:答复|回复|反馈|回访)(?:时间|日期)")),
    MappedField("settled_on", "办结日期", Target.DAY, False, re.compile(r"(?:办结|结案|完成|归档)(?:时间|日期)")),
    MappedField("result", "办理结果", Target.RESULT, False, re.compile(r"(?:办理|工单|处理|当前)?(?:状态|结果|情况)$")),
)
BY_NAME = {field.name: field for field in FIELDS}
REGISTERS: dict[str, str] = {
    EnquiryChannel.HOTLINE: "政务热线工单",
    EnquiryChannel.PETITION: "信访件",
}
# What other systems usually write into a column of states.
USUAL_RESULTS: dict[str, str] = {
    "办理中": EnquiryResult.IN_HAND,
    "处理中": EnquiryResult.IN_HAND,
    "待办": EnquiryResult.IN_HAND,
    "待处理": EnquiryResult.IN_HAND,
    "已派单": EnquiryResult.IN_HAND,
    "已答复": EnquiryResult.ANSWERED,
    "已回复": EnquiryResult.ANSWERED,
    "已办结": EnquiryResult.SETTLED,
    "办结": EnquiryResult.SETTLED,
    "已完成": EnquiryResult.SETTLED,
    "已归档": EnquiryResult.SETTLED,
    "已转办": EnquiryResult.REFERRED,
    "已退回": EnquiryResult.REFERRED,
    "不予受理": EnquiryResult.NOT_ACCEPTED,
    "已撤回": EnquiryResult.WITHDRAWN,
}
_PERSON = re.compile(
    r"(?:来电|来信|来访|来件|信访|诉求|投诉|举报|反映|报修|联系|申请|咨询|求助|当事|市民|群众)人(?!数)|^(?:姓名|名字|称呼|性别|年龄|民族)$"
    r"|姓名|电话|手机|号码归属|联系方式|住址|地址|身份证|证件|邮箱|微信|籍贯|出生"
)
_PERSONAL = frozenset(
    {Column.IDENTITY, Column.PHONE, Column.ACCOUNT, Column.ADDRESS, Column.DOCUMENT, Column.NAME, Column.SENSITIVE}
)


def is_personal(header: str) -> bool:
    """Whether a column with this header holds data of persons."""
    return column(header) in _PERSONAL or _PERSON.search(re.sub(r"\s", "", header)) is not None


def guess(headers: Iterable[str]) -> dict[str, str]:
    """Which header probably fills which field; a header is guessed once, a personal one never."""
    found: dict[str, str] = {}
    left = [header for header in headers if header and not is_personal(header)]
    for field in FIELDS:
        for header in left:
            if field.guess.search(re.sub(r"\s", "", header)):
                found[field.name] = header
                left.remove(header)
                break
    return found


def refusals_of_columns(columns: dict[str, str]) -> list[Refusal]:
    """Why a mapping may not have these columns, by field: what is needed is missing, or a person's data would come."""
    refusals = [
        Refusal("column_missing", f"请选择「{field.label}」在哪一列。")
        for field in FIELDS
        if field.required and not columns.get(field.name)
    ]
    refusals += [Refusal("unknown_field", f"没有名为「{name}」的项目。") for name in columns if name not in BY_NAME]
    refusals += [
        Refusal(
            "personal_column",
            f"「{header}」列是个人信息，不能导入。本系统只登记编号、日期、期限、主题和结果。",
            BASIS,
        )
        for header in dict.fromkeys(columns.values())
        if header and is_personal(header)
    ]
    chosen = [header for header in columns.values() if header]
    refusals += [
        Refusal("column_twice", f"「{header}」列选了两次，每一列只能选一次。")
        for header in dict.fromkeys(chosen)
        if chosen.count(header) > 1
    ]
    return refusals
