"""Who may save mappings and import by them, and why a mapping may not be saved."""

from __future__ import annotations

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import holds_role
from gongkai.enquiries.kinds import ENQUIRY
from gongkai.enquiries.models import EnquiryResult
from gongkai.exchange.mapped import refusals_of_columns
from gongkai.exchange.models import LAST_HEADER_ROW, ColumnMapping, DayOrder, MappedRegister
from gongkai.periods.records.permissions import refusals_to_keep
from gongkai.rules.refusals import Refusal


def refusals_to_map(account: Account | None, agency: Agency) -> list[Refusal]:
    """Why the account may not save mappings or import by them: it must be one that enters the register itself."""
    return refusals_to_keep(ENQUIRY, agency, account)


def may_map(account: Account, agency: Agency | None) -> bool:
    """Whether the account enters the registers that mappings fill."""
    return agency is not None and holds_role(account, agency, *ENQUIRY.roles)


def refusals_of_mapping(mapping: ColumnMapping) -> list[Refusal]:
    """Why a mapping may not stand as it is."""
    refusals = refusals_of_columns(mapping.columns)
    if not mapping.name:
        refusals.append(Refusal("name_missing", "请写名称，例如对方系统的名称。"))
    if mapping.register not in MappedRegister.values or mapping.day_order not in DayOrder.values:
        refusals.append(Refusal("unknown_choice", "请重新选择登记簿和日期写法。"))
    if not 1 <= mapping.header_row <= LAST_HEADER_ROW:
        refusals.append(Refusal("header_row", f"表头应在第1行到第{LAST_HEADER_ROW}行之间。"))
    if set(mapping.results.values()) - set(EnquiryResult.values):
        refusals.append(Refusal("unknown_result", "结果的说法要对应到列出的几种办理结果之一。"))
    others = ColumnMapping.objects.filter(agency=mapping.agency, name=mapping.name).exclude(pk=mapping.pk)
    if others.exists():
        refusals.append(Refusal("taken_name", f"已有名为「{mapping.name}」的对应关系，请换一个名称。"))
    return refusals
