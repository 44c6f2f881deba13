"""Who may write, submit and publish a report, and why not."""

from __future__ import annotations

import datetime as dt

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import holds_role
from gongkai.reports.models import AnnualReport, ReportState
from gongkai.reports.outlines import outline_for
from gongkai.rules.refusals import Refusal

WRITING_ROLES = (Role.OFFICE,)
LONGEST_TEXT = 4000
LONGEST_EXPLANATION = 200


def refusals_to_begin(account: Account, agency: Agency, year: int, today: dt.date) -> list[Refusal]:
    """Why the account may not begin the report of an agency on a year."""
    refusals = _refusals_of_role(account, agency)
    if outline_for(year) is None:
        refusals.append(Refusal("no_outline", f"还没有{year}年度的年度报告提纲，不能编制。"))
    if year >= today.year:
        refusals.append(Refusal("year_not_over", f"{year}年度还没有结束，年度结束后才能编制年度报告。"))
    if AnnualReport.objects.filter(agency=agency, year=year).exists():
        refusals.append(Refusal("already_begun", f"{year}年度的年度报告已经在编制。"))
    return refusals


def refusals_to_edit(account: Account, report: AnnualReport) -> list[Refusal]:
    """Why the account may not change the report: the office writes a draft."""
    refusals = _refusals_of_role(account, report.agency)
    if report.state == ReportState.IN_REVIEW:
        refusals.append(Refusal("in_review", "年度报告正在审核，不能修改。需要修改的，请收回或者请办理人退回。"))
    elif report.state == ReportState.PUBLISHED:
        refusals.append(Refusal("already_public", "年度报告已经发布，不能修改。"))
    return refusals


def refusals_of_text(text: str, explanations: list[str]) -> list[Refusal]:
    """Why a paragraph may not read like this."""
    refusals = []
    if not text.strip():
        refusals.append(Refusal("empty_paragraph", "这一段是空的。不用自己的文字时，请恢复为自动生成的文字。"))
    if len(text) > LONGEST_TEXT:
        refusals.append(Refusal("text_too_long", f"一段最多{LONGEST_TEXT}个字，请分段或者缩短。"))
    if any(len(explanation) > LONGEST_EXPLANATION for explanation in explanations):
        refusals.append(Refusal("explanation_too_long", f"数字的说明最多{LONGEST_EXPLANATION}个字，请缩短。"))
    return refusals


def refusals_to_submit(account: Account, report: AnnualReport, unsettled: list[str]) -> list[Refusal]:
    """Why the report may not go into its chain; `unsettled` are its numbers that no figure gives."""
    refusals = refusals_to_edit(account, report)
    if report.dated_on is None:
        refusals.append(Refusal("no_date", "还没有定落款日期。送审的文件上要印这一天，请先填写。"))
    if unsettled:
        shown = "、".join(unsettled[:10])
        sentence = f"有{len(unsettled)}个数字没有对应的数据：{shown}。请选择对应的数据，或者写明来源。"
        refusals.append(Refusal("unbound_numbers", sentence))
    return refusals


def _refusals_of_role(account: Account, agency: Agency) -> list[Refusal]:
    if holds_role(account, agency, *WRITING_ROLES):
        return []
    return [Refusal("not_office", "年度报告由本机构的办公室编制。")]
