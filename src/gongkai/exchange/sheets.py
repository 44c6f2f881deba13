"""The sheets of the workbook, declared once: the template, the reader and the messages all read this."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.exchange.declarations import AGENCY, Field, Kind, Sheet, choices_of, day_field
from gongkai.exchange.register_sheets import REGISTER_SHEETS
from gongkai.lawbook.settings import SETTINGS
from gongkai.periods.registers import REGISTERS
from gongkai.publishing.models import (
    NOTE_LENGTH,
    ChannelKind,
    DisclosureAttribute,
    Genre,
    Ground,
    KeyArea,
    Validity,
)

GUIDE_SHEET = "说明"
CHOICES_SHEET = "选项"

ITEMS = Sheet(
    "公开信息",
    "本系统启用前已经公开的信息，一行一条。导入后须由另一人复核，复核后才在公开页面上出现。",
    (
        AGENCY,
        Field(
            "index_number",
            "索引号",
            help="公开时使用的索引号；留空由系统编号",
            example="000002188/2017-00001",
            max_length=40,
            width=24,
        ),
        Field(
            "title",
            "名称",
            required=True,
            max_length=255,
            help="信息的标题",
            example="关于公布公共租赁住房申请条件的公告",
            width=48,
        ),
        Field(
            "body",
            "正文",
            required=True,
            max_length=32_767,
            has_lines=True,
            help="信息全文；单元格内换行即另起一段",
            example="现将公共租赁住房申请条件公布如下。",
            width=48,
        ),
        Field("document_number", "文号", help="没有文号的留空", max_length=64, example="示房保〔2017〕1号", width=22),
        day_field("written_on", "成文日期", required=True, example=dt.date(2017, 3, 14)),
        day_field(
            "published_on",
            "发布日期",
            required=True,
            help="首次公开的日期，年报按这一天统计",
            example=dt.date(2017, 3, 15),
        ),
        Field(
            "published_on_source",
            "发布日期依据",
            required=True,
            max_length=128,
            help="从哪里知道发布日期",
            example="区政府网站页面显示的发布日期",
            width=28,
        ),
        Field(
            "columns",
            "栏目",
            required=True,
            help="栏目名称或栏目代码；属于几个栏目的用顿号隔开",
            example="住房保障",
            max_length=200,
            width=18,
        ),
        Field("department", "起草股室", help="本系统中的股室名称", example="住房保障股", max_length=64, width=14),
        Field(
            "subject_class",
            "主题分类",
            help="按主题分类表填写",
            example="城乡建设、环境保护\\城乡建设（含住房）",
            max_length=64,
            width=30,
        ),
        Field(
            "genre",
            "体裁分类",
            Kind.CHOICE,
            choices=choices_of(Genre),
            default=Genre.OTHER.value,
            help="留空为「其他」",
            example=str(Genre.ANNOUNCEMENT.label),
            width=10,
        ),
        Field(
            "attribute",
            "公开属性",
            Kind.CHOICE,
            choices=choices_of(DisclosureAttribute),
            default=DisclosureAttribute.PROACTIVE.value,
            help="留空为「主动公开」",
            example=str(DisclosureAttribute.PROACTIVE.label),
            width=12,
        ),
        Field(
            "ground",
            "不公开的理由",
            Kind.CHOICE,
            choices=choices_of(Ground),
            default="",
            help="不予公开的必填",
            width=18,
        ),
        Field("ground_note", "理由说明", max_length=NOTE_LENGTH, help="理由选「其他」的必填", width=18),
        Field(
            "key_area",
            "重点领域",
            Kind.CHOICE,
            choices=choices_of(KeyArea),
            default=KeyArea.NONE.value,
            help="留空为「其他」",
            example=str(KeyArea.AFFORDABLE_HOUSING.label),
            width=12,
        ),
        Field("is_normative", "行政规范性文件", Kind.FLAG, default=False, help="留空为「否」", example="否", width=14),
        Field(
            "interprets",
            "解读的文件索引号",
            help="解读材料填所解读文件的索引号，其他留空",
            max_length=40,
            width=24,
        ),
        Field("issuers", "联合发文机构", max_length=1_000, help="其他发文机构的名称，用顿号隔开；不写本机构", width=24),
        day_field("effective_on", "实施日期", help="没有写明的留空"),
        day_field("valid_until", "有效期至", help="没有写明的留空"),
        Field(
            "validity",
            "有效性",
            Kind.CHOICE,
            choices=choices_of(Validity),
            default="",
            help="清理时认定的有效性，与下面两列一起填",
            width=10,
        ),
        day_field("validity_from_on", "有效性变动日期"),
        Field("validity_note", "有效性依据", max_length=NOTE_LENGTH, help="例如清理文件的文号", width=18),
        day_field("gazette_on", "政府公报日期", help="未通过该渠道公开的留空"),
        day_field("website_on", "政府网站日期", example=dt.date(2017, 3, 15)),
        day_field("weibo_on", "政务微博日期"),
        day_field("wechat_on", "政务微信日期"),
        day_field("media_on", "报刊广播电视日期"),
        Field("media_name", "报刊广播电视名称", max_length=128, width=18),
        day_field("posting_on", "现场张贴日期"),
        Field("posting_places", "现场张贴地点", help="几处的用顿号隔开", max_length=400, width=22),
        day_field("other_on", "其他方式日期"),
        Field("other_name", "其他方式说明", max_length=128, width=18),
    ),
)

# The channels of an item: kind, column of the day, column of the place or name ("" when there is none).
CHANNELS: tuple[tuple[str, str, str], ...] = (
    (ChannelKind.GAZETTE.value, "gazette_on", ""),
    (ChannelKind.WEBSITE.value, "website_on", ""),
    (ChannelKind.WEIBO.value, "weibo_on", ""),
    (ChannelKind.WECHAT.value, "wechat_on", ""),
    (ChannelKind.MEDIA.value, "media_on", "media_name"),
    (ChannelKind.POSTING.value, "posting_on", "posting_places"),
    (ChannelKind.OTHER.value, "other_on", "other_name"),
)


CONFIRMATIONS = Sheet(
    "无事项确认",
    "确认某一登记簿全年没有事项，确认后年报填0；未确认又没有记录的，年报留空。",
    (
        AGENCY,
        Field("year", "年度", Kind.YEAR, required=True, example=2017, width=8),
        Field(
            "register",
            "登记簿",
            Kind.CHOICE,
            required=True,
            choices=tuple((register.code, str(register.label)) for register in REGISTERS.values()),
            example=str(REGISTERS["lawsuits"].label),
            width=26,
        ),
    ),
)
SETTING_VALUES = Sheet(
    "规则设置",
    "法规没有写明、由本机构选定的统计口径。",
    (
        AGENCY,
        Field(
            "name",
            "设置",
            Kind.CHOICE,
            required=True,
            choices=tuple((setting.name, str(setting.label)) for setting in SETTINGS.values()),
            example=str(SETTINGS["count_work_orders_as_responses"].label),
            width=36,
        ),
        Field("from_year", "自年度", Kind.YEAR, required=True, example=2017, width=8),
        Field("value", "取值", required=True, help="是非题填「是」或「否」", example="是", max_length=64, width=12),
    ),
)

SHEETS: dict[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        ITEMS,
        *(register.sheet for register in REGISTER_SHEETS),
        CONFIRMATIONS,
        SETTING_VALUES,
    )
}
# Sheets that explain and hold the lists of the drop-downs; nothing is read from them.
SILENT_SHEETS = frozenset({GUIDE_SHEET, CHOICES_SHEET})


def setting_value(name: str, text: str) -> Any:
    """The value of a setting as its cell says it. Raises `ValueError` with what is expected."""
    if SETTINGS[name].kind is bool:
        if text in ("是", "否"):
            return text == "是"
        raise ValueError("「是」或「否」")
    if SETTINGS[name].kind is int:
        if text.isascii() and text.isdigit():
            return int(text)
        raise ValueError("不带小数的数字")
    return text
