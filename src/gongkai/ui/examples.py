"""Examples of every component, with the parameters that feed the gallery and the tests alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gongkai.rules.refusals import Refusal
from gongkai.ui import columns
from gongkai.ui.components import Action, Bar, Crumb, MetaRow, PageLink, PageLinks, bars, due
from gongkai.ui.forms import Form

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Example:
    """One component with one set of parameters."""

    component: str
    name: str
    template: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def render(self) -> SafeString:
        """The component as HTML."""
        return render_to_string(self.template, dict(self.parameters))


@dataclass(frozen=True)
class Happening:
    """An entry of the example timeline."""

    at: dt.datetime
    who: str
    sentence: str


class ExampleForm(Form):
    """Every widget that our pages use."""

    title = forms.CharField(label=_("名称"), max_length=40, help_text=_("写全称，不加书名号。"))
    number = forms.CharField(label=_("文号"), required=False)
    written_on = forms.DateField(label=_("成文日期"))
    genre = forms.ChoiceField(label=_("体裁"), choices=[("", "请选择"), ("notice", "通知"), ("announcement", "公告")])
    columns = forms.MultipleChoiceField(
        label=_("栏目"), choices=[("a", "住房保障"), ("b", "房屋征收"), ("c", "物业管理")], required=False
    )
    attribute = forms.ChoiceField(
        label=_("公开属性"),
        choices=[("proactive", "主动公开"), ("request", "依申请公开")],
        widget=forms.RadioSelect,
        help_text=_("在起草时确定。"),
    )
    channels = forms.MultipleChoiceField(
        label=_("公开渠道"),
        choices=[("site", "政府网站"), ("board", "公示栏")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    body = forms.CharField(label=_("正文"), widget=forms.Textarea, required=False)
    attachment = forms.FileField(label=_("附件"), required=False, help_text=_("DOCX、PDF 或 XLSX，每个不超过50 MB。"))
    is_normative = forms.BooleanField(label=_("行政规范性文件"), required=False, help_text=_("需要合法性审核。"))
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


class ExampleTable(columns.Table):
    """A list with every kind of column."""

    title = tables.Column(verbose_name=_("名称"))
    state = columns.TagColumn({"已公开": "ok", "审核中": "soon"}, verbose_name=_("状态"))
    published_on = columns.DayColumn(verbose_name=_("发布日期"))
    views = columns.NumberColumn(verbose_name=_("附件数"))


ROWS = [
    {
        "title": "关于公布2017年第一批公共租赁住房配租结果的通告",
        "state": "已公开",
        "published_on": dt.date(2017, 5, 19),
        "views": 2,
    },
    {"title": "示例片区房屋征收补偿方案征求意见情况", "state": "审核中", "published_on": None, "views": 0},
]

TIMELINE = [
    Happening(dt.datetime(2017, 5, 17, 9, 30, tzinfo=SHANGHAI), "示例甲", "起草并送审。"),
    Happening(dt.datetime(2017, 5, 18, 15, 5, tzinfo=SHANGHAI), "示例乙", "审核同意：数字已核对。"),
    Happening(dt.datetime(2017, 5, 19, 9, 30, tzinfo=SHANGHAI), "", "在本单位板块公开。"),
]

META = [
    MetaRow("索引号", "99370000MB0000017K/2017-00023"),
    MetaRow("主题分类", "城乡建设、环境保护 / 城乡建设（含住房）"),
    MetaRow("发布机构", "示例区住房保障服务中心"),
    MetaRow("成文日期", "2017年5月17日"),
    MetaRow("名称", "关于公布2017年第一批公共租赁住房配租结果的通告", wide=True),
    MetaRow("文号", "示房保〔2017〕12号"),
    MetaRow("发布日期", "2017年5月19日"),
]

REFUSALS = [
    Refusal("same_person", "起草人不能审核自己起草的信息，请由其他人员审核。", "政府信息公开保密审查制度"),
    Refusal("stale", "您看到的内容已经被修改，请刷新后重新核对。"),
]

PAGES = PageLinks(
    "第 51 至 100 条，共 132 条",
    [PageLink("1", "?page=1"), PageLink("2", "?page=2", current=True), PageLink("…", ""), PageLink("3", "?page=3")],
    previous="?page=1",
    next="?page=3",
)


def all_examples() -> list[Example]:
    """Every example, in the order of the gallery."""
    filled = {"title": "关于配租结果的通告", "genre": "notice", "attribute": "proactive", "is_normative": "on"}
    wrong = {"title": "很长的名称" * 12, "written_on": "2017-13-40", "columns": ["a", "x"], "body": "已经写好的正文。"}
    return [
        Example("tag", "各种状态", "ui/examples/tags.html"),
        Example("figure", "打开记录、没有数、带口径", "ui/examples/figures.html"),
        Example("meta", "信息头表", "ui/components/meta.html", {"rows": META}),
        Example("timeline", "办理经过", "ui/components/timeline.html", {"entries": TIMELINE}),
        Example("timeline", "还没有经过", "ui/components/timeline.html", {"entries": []}),
        Example("refusals", "两条原因", "ui/components/refusals.html", {"refusals": REFUSALS}),
        Example("notice", "提示", "ui/components/notice.html", {"text": "历史信息还没有复核，公众暂时看不到。"}),
        Example(
            "notice",
            "需要注意",
            "ui/components/notice.html",
            {"text": "还有2个工作日到期。", "tone": "soon", "action": Action("看怎么算的", "#")},
        ),
        Example("notice", "办成了", "ui/components/notice.html", {"text": "已经送审。", "tone": "ok"}),
        *(
            Example("due", name, "ui/components/due.html", {"due": due(on, dt.date(2017, 5, 17)), "label": "公开期限"})
            for name, on in (
                ("还早", dt.date(2017, 6, 14)),
                ("快到了", dt.date(2017, 5, 19)),
                ("今天", dt.date(2017, 5, 17)),
                ("过了", dt.date(2017, 5, 12)),
            )
        ),
        Example(
            "empty",
            "还没有记录",
            "ui/components/empty.html",
            {"text": "还没有公开信息，可以先起草一条。", "action": Action("起草", "#")},
        ),
        Example(
            "bars",
            "按重点领域",
            "ui/components/bars.html",
            {"bars": bars([("住房保障", 24, "#"), ("房屋征收", 20), ("物业管理", 5), ("其他", 0)]), "unit": "条"},
        ),
        Example("bars", "只有一条", "ui/components/bars.html", {"bars": [Bar("按时答复", 136, 100)]}),
        Example("pages", "中间一页", "ui/components/pages.html", {"pages": PAGES}),
        Example(
            "breadcrumb",
            "三级",
            "ui/components/breadcrumb.html",
            {"home": "/", "trail": [Crumb("法定主动公开内容", "#"), Crumb("住房保障")]},
        ),
        Example("table", "列表", "ui/list/table.html", {"table": ExampleTable(ROWS)}),
        Example("table", "空表", "ui/list/table.html", {"table": ExampleTable([])}),
        Example("form", "空白", "ui/examples/form.html", {"form": ExampleForm(prefix="blank")}),
        Example("form", "有错误", "ui/examples/form.html", {"form": ExampleForm(wrong, initial=filled)}),
    ]
