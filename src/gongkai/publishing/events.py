"""What happens to items and columns."""

from dataclasses import dataclass

from gongkai.audit.events import EventData, event


@event("publishing.column_created", "建立栏目「{name}」")
@dataclass(frozen=True)
class ColumnCreated(EventData):
    """A column was created."""

    code: str
    name: str


@event("publishing.item_drafted", "起草「{title}」")
@dataclass(frozen=True)
class ItemDrafted(EventData):
    """An item was drafted."""

    title: str


@event("publishing.item_revised", "修改「{title}」")
@dataclass(frozen=True)
class ItemRevised(EventData):
    """A draft was changed."""

    title: str
    digest: str


@event("publishing.item_published", "发布，索引号 {index_number}，发布日期 {published_on}")
@dataclass(frozen=True)
class ItemPublished(EventData):
    """An approved item became public."""

    index_number: str
    published_on: str
    digest: str


@event("publishing.history_entered", "补录系统启用前的公开信息，发布日期 {published_on}（{source}）")
@dataclass(frozen=True)
class HistoryEntered(EventData):
    """An item that was public before this system was entered."""

    index_number: str
    published_on: str
    source: str
    digest: str


@event("publishing.history_confirmed", "复核补录的公开信息")
@dataclass(frozen=True)
class HistoryConfirmed(EventData):
    """A second officer confirmed an entered item."""

    digest: str


@event("publishing.item_withdrawn", "撤回，原因：{reason}")
@dataclass(frozen=True)
class ItemWithdrawn(EventData):
    """A published item was taken back. `reason` is what the public is told, `note` what only officers read."""

    reason: str
    note: str = ""


@event("publishing.channel_recorded", "登记公开渠道：{channel}，{on}")
@dataclass(frozen=True)
class ChannelRecorded(EventData):
    """An item went out by a channel. `place` is a place or name and may be empty, `photo` the SHA-256 of a picture."""

    channel: str
    on: str
    place: str = ""
    photo: str = ""


@event("publishing.channel_removed", "删除公开渠道：{channel}，{on}，原因：{reason}")
@dataclass(frozen=True)
class ChannelRemoved(EventData):
    """A mistaken channel was taken out of the record; what it said stays here."""

    channel: str
    on: str
    reason: str
    place: str = ""
    photo: str = ""


@event("publishing.column_changed", "修改栏目「{name}」：{changes}")
@dataclass(frozen=True)
class ColumnChanged(EventData):
    """A column was renamed, moved, hidden or shown again. `changes` says so in words."""

    code: str
    name: str
    changes: str


@event("publishing.attachments_added", "增加附件：{names}")
@dataclass(frozen=True)
class AttachmentsAdded(EventData):
    """Files were added to an item. `names` joins their names, `sha256` has their hashes in the same order."""

    names: str
    sha256: list[str]
    digest: str


@event("publishing.attachment_replaced", "替换附件「{name}」")
@dataclass(frozen=True)
class AttachmentReplaced(EventData):
    """Another file took the place of an attachment."""

    name: str
    before: str
    sha256: str
    digest: str


@event("publishing.attachment_renamed", "附件「{before}」改名为「{name}」")
@dataclass(frozen=True)
class AttachmentRenamed(EventData):
    """An attachment got another name."""

    before: str
    name: str
    digest: str


@event("publishing.attachment_removed", "去掉附件「{name}」")
@dataclass(frozen=True)
class AttachmentRemoved(EventData):
    """An attachment was taken out of an item; what was read with it stays in the copies."""

    name: str
    sha256: str
    digest: str


@event("publishing.attachments_ordered", "调整附件顺序：{names}")
@dataclass(frozen=True)
class AttachmentsOrdered(EventData):
    """The attachments of an item were put in another order."""

    names: str
    digest: str
