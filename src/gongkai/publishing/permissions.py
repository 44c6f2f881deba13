"""Who may draft, change, submit, release and withdraw items, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.permissions import holdings_of, holds_role, refusals_to_enter
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.models import (
    WITHDRAWAL_NOTE_LENGTH,
    ChannelKind,
    Column,
    DisclosureAttribute,
    Item,
    ItemChannel,
    ItemState,
    PublicationMode,
    WithdrawalReason,
)
from gongkai.publishing.practice import practice_of
from gongkai.publishing.text import to_plain
from gongkai.review.permissions import current_step, holding_for
from gongkai.rules.refusals import Refusal

DRAFTING_ROLES = (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD, Role.OFFICE)
ENTERING_ROLES = (Role.OFFICE,)
WITHDRAWING_ROLES = (Role.OFFICE, Role.HEAD)
COLUMN_ROLES = (Role.OFFICE, Role.SYSTEM_ADMINISTRATOR)
# These record channels of every item of the agency; those of a department only of its items.
CHANNEL_ROLES = (Role.OFFICE, Role.RELEASER)
DEPARTMENT_CHANNEL_ROLES = (Role.CONTRIBUTOR, Role.DEPARTMENT_HEAD)
PLACE_LENGTH = 128


def refusals_to_draft(account: Account, agency: Agency) -> list[Refusal]:
    """Why the account may not draft an item of the agency."""
    if holds_role(account, agency, *DRAFTING_ROLES):
        return []
    return [Refusal("not_drafter", "起草需要本机构的信息员、股室负责人或办公室岗位。")]


def refusals_to_revise(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not change the item: a draft is its drafter's, content in review that of the step's holder."""
    if item.state == ItemState.DRAFTED:
        if account.pk == item.drafter_id:
            return []
        return [Refusal("not_your_draft", "草稿只能由起草人修改。")]
    if item.state == ItemState.IN_REVIEW:
        approval = approval_of(item)
        if approval is not None and holding_for(approval, current_step(approval), account) is not None:
            return []
        return [Refusal("not_your_step", "审核中的内容只能由当前环节的办理人修改。")]
    return [Refusal("already_public", "已公开的内容不能直接修改。需要更正的，请撤回后重新起草。")]


def refusals_to_submit(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not put the item into its chain."""
    refusals = []
    if item.state != ItemState.DRAFTED:
        refusals.append(Refusal("not_a_draft", "只有草稿可以送审。"))
    if account.pk != item.drafter_id:
        refusals.append(Refusal("not_your_draft", "草稿只能由起草人送审。"))
    return refusals + refusals_to_publish(item)


def refusals_to_publish(item: Item, columns: Collection[Column] | None = None) -> list[Refusal]:
    """Why the item, as it is, may not become public; asked on submission, on an edit in review and on release.

    `columns` are those it is about to have; without them, those it has.
    """
    refusals = []
    if not to_plain(item.body):
        refusals.append(Refusal("empty_body", "正文是空的，请先写正文。"))
    if not (item.columns.exists() if columns is None else columns):
        refusals.append(Refusal("no_column", "还没有选择栏目，请至少选择一个。"))
    if item.attribute != DisclosureAttribute.PROACTIVE:
        refusals.append(
            Refusal(
                "not_proactive",
                "公开属性不是「主动公开」，不能送审发布。不应公开的，请由起草人收回，或退回起草人。",
                "国务院办公厅关于全面推进政务公开工作的意见实施细则（国办发〔2016〕80号）",
            )
        )
    return refusals


def refusals_to_recall(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not take the item out of its chain: its drafter may, at any time before release."""
    refusals = []
    if item.state != ItemState.IN_REVIEW:
        refusals.append(Refusal("not_in_review", "该内容不在审核中，不能收回。请刷新页面查看现在的状态。"))
    if account.pk != item.drafter_id:
        refusals.append(Refusal("not_your_draft", "只有起草人可以收回。办理人可以退回起草人。"))
    return refusals


def refusals_to_withdraw(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not take the item back from the public."""
    refusals = []
    if not holds_role(account, item.agency, *WITHDRAWING_ROLES):
        refusals.append(Refusal("not_withdrawer", "撤回需要本机构的办公室或主要负责人岗位。"))
    if item.state != ItemState.PUBLISHED:
        refusals.append(Refusal("not_public", "只有已公开的内容可以撤回。"))
    return refusals


def refusals_of_withdrawal(reason: str, note: str) -> list[Refusal]:
    """Why a withdrawal may not be told like this: the public reads the reason, only officers read the note."""
    refusals = []
    if reason not in WithdrawalReason.values:
        refusals.append(Refusal("reason_missing", "撤回要选择原因，公众会在原地址看到它。"))
    if reason == WithdrawalReason.OTHER and not note.strip():
        refusals.append(Refusal("note_missing", "原因选「其他」的，请在说明中写清楚。说明只在系统内部显示。"))
    if len(note.strip()) > WITHDRAWAL_NOTE_LENGTH:
        refusals.append(Refusal("note_too_long", f"撤回说明最多{WITHDRAWAL_NOTE_LENGTH}个字，请缩短。"))
    return refusals


def refusals_of_days(written_on: dt.date, published_on: dt.date | None, today: dt.date) -> list[Refusal]:
    """Why the stated days of an item cannot be right."""
    refusals = []
    if written_on > today:
        refusals.append(Refusal("written_in_future", "成文日期不能晚于今天。", field="written_on"))
    if published_on is not None and published_on > today:
        refusals.append(Refusal("published_in_future", "发布日期不能晚于今天。", field="published_on"))
    if published_on is not None and published_on < written_on:
        said = f"发布日期不能早于成文日期（{written_on}）。"
        refusals.append(Refusal("published_before_written", said, field="published_on"))
    return refusals


def records_channels_for(account: Account, item: Item) -> bool:
    """Whether a post of the account may record by which channels the item went out."""
    holdings = holdings_of(account).filter(post__agency=item.agency_id)
    if holdings.filter(post__role__in=CHANNEL_ROLES).exists():
        return True
    responsible = Q(post__departments__isnull=True) | Q(post__departments=item.department_id)
    return holdings.filter(responsible, post__role__in=DEPARTMENT_CHANNEL_ROLES).exists()


def refusals_to_record_channels(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not record or remove channels of the item: it went public, and the post is responsible."""
    refusals = []
    if not records_channels_for(account, item):
        refusals.append(
            Refusal(
                "not_channel_recorder",
                "登记公开渠道需要本机构的办公室或发布人岗位；信息员和股室负责人可以登记本股室的信息。",
            )
        )
    went_out = item.state in (ItemState.PUBLISHED, ItemState.WITHDRAWN)
    if not went_out or item.attribute != DisclosureAttribute.PROACTIVE or item.published_on is None:
        refusals.append(Refusal("not_public", "只有已主动公开的信息可以登记公开渠道，请先发布。"))
    return refusals


def refusals_of_channel(item: Item, kind: str, on: dt.date, place: str, today: dt.date) -> list[Refusal]:
    """Why an item cannot have gone out by this channel on this day."""
    refusals = []
    if kind not in ChannelKind.values:
        return [Refusal("unknown_channel", "请选择公开渠道。")]
    if on > today:
        refusals.append(Refusal("channel_day", "渠道的公开日期不能晚于今天。", field="on"))
    if item.published_on is not None and on < item.published_on:
        said = f"渠道的公开日期不能早于首次公开日（{item.published_on}）。请核对日期。"
        refusals.append(Refusal("channel_day", said, field="on"))
    if len(place) > PLACE_LENGTH:
        refusals.append(Refusal("place_too_long", f"地点或名称最多{PLACE_LENGTH}个字，请缩短。", field="place"))
    if kind == ChannelKind.POSTING and not place:
        said = "现场张贴要写张贴地点，例如「示例小区公告栏」。"
        refusals.append(Refusal("place_missing", said, field="place"))
    if kind in (ChannelKind.MEDIA, ChannelKind.OTHER) and not place:
        said = "请写名称，例如报刊、电台或其他方式的名称。"
        refusals.append(Refusal("place_missing", said, field="place"))
    return refusals


def refusals_to_remove_channel(account: Account, item: Item, channel: ItemChannel, reason: str) -> list[Refusal]:
    """Why a channel may not be taken out of the record."""
    refusals = refusals_to_record_channels(account, item)
    if channel.kind == ChannelKind.WEBSITE and item.released_at is not None and channel.on == item.published_on:
        refusals.append(Refusal("channel_of_release", "这是发布时系统登记的渠道，不能删除。"))
    if not reason.strip():
        refusals.append(Refusal("reason_missing", "请写删除的原因，它会留在办理记录里。"))
    return refusals


def refusals_to_arrange_columns(account: Account | None, agency: Agency) -> list[Refusal]:
    """Why the account may not create, rename, move or hide columns of the agency."""
    return refusals_to_enter(account, agency, *COLUMN_ROLES)


def refusals_to_set_practice(account: Account | None, agency: Agency) -> list[Refusal]:
    """Why the account may not set how the agency publishes."""
    return refusals_to_enter(account, agency, *COLUMN_ROLES)


def refusals_to_set_validity(account: Account, item: Item) -> list[Refusal]:
    """Why the account may not state whether the item is in force."""
    refusals = []
    if not holds_role(account, item.agency, Role.OFFICE):
        refusals.append(Refusal("not_office", "登记有效性变动需要本机构的办公室岗位。"))
    if item.state != ItemState.PUBLISHED:
        refusals.append(Refusal("not_public", "只有已公开的信息可以登记有效性变动。"))
    return refusals


def refusals_of_mode(agency: Agency, mode: str) -> list[Refusal]:
    """Why the agency's items do not go public in this mode: it publishes in another one."""
    if practice_of(agency).mode == mode:
        return []
    if mode == PublicationMode.OUTSIDE:
        return [Refusal("not_outside", "本机构在本系统的公开页面发布，不登记外部平台的地址。")]
    return [
        Refusal(
            "outside_instead",
            "本机构在外部平台发布。请取走发布包，在平台上发布后，回来登记地址和时间，那时才算公开。",
        )
    ]
