"""Set how an agency publishes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from django.db import transaction

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.audit.acts import append
from gongkai.files.models import StoredFile
from gongkai.publishing import events
from gongkai.publishing.models import AgencyPractice, DayUnit, Item, KeyArea, Numbering, PublicationMode
from gongkai.publishing.permissions import refusals_to_set_practice
from gongkai.publishing.practice import PUBLICITY_DAYS, practice_of
from gongkai.rules.refusals import Refusal, require

LONGEST_PUBLICITY = 366
LABELS = {
    "mode": "发布方式",
    "numbering": "索引号",
    "subject_class": "预填的主题分类",
    "key_areas": "重点领域",
    "publicity_days": "公示天数",
    "publicity_unit": "公示期的算法",
}
_CODE = re.compile(r"[a-z][a-z0-9_]{1,31}")


@dataclass(frozen=True)
class PracticeFields:
    """How an agency publishes. `key_areas` are code and name, in the order in which they are offered."""

    mode: str
    numbering: str
    subject_class: str = ""
    key_areas: dict[str, str] = field(default_factory=dict)
    publicity_days: int = PUBLICITY_DAYS
    publicity_unit: str = DayUnit.CALENDAR


@transaction.atomic
def set_practice(*, agency: Agency, fields: PracticeFields, by: Account | None, at: dt.datetime) -> AgencyPractice:
    """Set how an agency publishes from now on; what went public before stays as it is."""
    Agency.objects.without_tree_fields().select_for_update(of=("self",)).get(pk=agency.pk)
    practice = practice_of(agency)
    require(refusals_to_set_practice(by, agency) + _refusals(fields, agency))
    changes = []
    for name, value in vars(fields).items():
        if getattr(practice, name) != value or practice.pk is None:
            setattr(practice, name, value)
            changes.append(LABELS[name])
    if not changes:
        return practice
    practice.save()
    told = events.PracticeSet(changes="、".join(changes), mode=fields.mode, numbering=fields.numbering)
    _tell(agency, told, by, at)
    return practice


@transaction.atomic
def set_template(*, agency: Agency, template: StoredFile, name: str, by: Account, at: dt.datetime) -> AgencyPractice:
    """Take a workbook as the layout in which the agency's platform imports items."""
    Agency.objects.without_tree_fields().select_for_update(of=("self",)).get(pk=agency.pk)
    refusals = refusals_to_set_practice(by, agency)
    if template.extension != "xlsx":
        refusals.append(Refusal("not_a_workbook", "导入模板应为 XLSX 工作簿，请另存为 XLSX 再上传。"))
    require(refusals)
    practice = practice_of(agency)
    practice.template, practice.template_name = template, name
    practice.save()
    _tell(agency, events.TemplateSet(name=name, sha256=template.digest), by, at)
    return practice


def _refusals(fields: PracticeFields, agency: Agency) -> list[Refusal]:
    """Why an agency cannot publish like this."""
    refusals = []
    if fields.mode not in PublicationMode.values or fields.numbering not in Numbering.values:
        refusals.append(Refusal("unknown_choice", "请选择发布方式和索引号的来源。"))
    if fields.mode == PublicationMode.STATIC_FEED:
        refusals.append(
            Refusal("not_yet", "静态目录的发布方式还没有提供。目前请选「本系统的公开页面」或「外部平台」。")
        )
    if fields.mode == PublicationMode.OWN_SITE and fields.numbering == Numbering.RECORDED:
        refusals.append(Refusal("no_platform", "在本系统公开页面发布的，索引号由本系统编发。"))
    if fields.publicity_unit not in DayUnit.values or not 0 < fields.publicity_days <= LONGEST_PUBLICITY:
        refusals.append(Refusal("bad_days", f"公示天数应为1至{LONGEST_PUBLICITY}的整数。"))
    for code, name in fields.key_areas.items():
        if not _CODE.fullmatch(code) or code == KeyArea.NONE:
            refusals.append(
                Refusal(
                    "bad_area", f"重点领域的代码「{code}」应为2至32位小写字母、数字或下划线，以字母开头，不用 none。"
                )
            )
        if not name.strip() or len(name) > 32:
            refusals.append(Refusal("bad_area", f"重点领域「{code}」的名称应为1至32个字。"))
    used = set(Item.objects.filter(agency=agency).order_by().values_list("key_area", flat=True).distinct())
    own = set(practice_of(agency).key_areas) - set(KeyArea.values)
    for code in sorted((own & used) - set(fields.key_areas)):
        refusals.append(Refusal("area_in_use", f"重点领域「{code}」已有信息使用，不能去掉。"))
    return refusals


def _tell(agency: Agency, data: events.EventData, by: Account | None, at: dt.datetime) -> None:
    append(data, agency_code=agency.code, object_kind="agencies.agency", object_key=agency.code, by=by, at=at)
