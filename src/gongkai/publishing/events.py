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


@event("publishing.details_changed", "修改有效期、联合发文、公示等登记内容")
@dataclass(frozen=True)
class DetailsChanged(EventData):
    """The details of an item were changed."""

    digest: str


@event("publishing.validity_set", "有效性自{from_on}起为「{validity}」，依据：{note}")
@dataclass(frozen=True)
class ValiditySet(EventData):
    """It was stated whether a published document is in force."""

    validity: str
    from_on: str
    note: str


@event("publishing.term_ended", "公示期到{until}为止，期满撤下")
@dataclass(frozen=True)
class TermEnded(EventData):
    """A publicity term was over and the item was withdrawn. `why_not_masked` says why it was not masked as asked."""

    until: str
    why_not_masked: str = ""


@event("publishing.term_ended_masked", "公示期到{until}为止，期满遮盖个人信息后继续公开")
@dataclass(frozen=True)
class TermEndedMasked(EventData):
    """A publicity term was over and a masked copy took the place of the public one; both are kept."""

    until: str
    before: str
    digest: str


@event("publishing.term_ended_files", "公示期满，附件换成遮盖后的副本{masked}个，撤下{away}个")
@dataclass(frozen=True)
class TermEndedFiles(EventData):
    """What became of the attachments when a publicity term was over; `sha256` are the originals, which stay stored.

    `why` says, in the same order, why one was taken away; it is empty for one that was masked.
    """

    masked: int
    away: int
    sha256: list[str]
    why: list[str]


@event("publishing.practice_set", "修改发布设置：{changes}")
@dataclass(frozen=True)
class PracticeSet(EventData):
    """How an agency publishes was set."""

    changes: str
    mode: str
    numbering: str


@event("publishing.template_set", "上传平台导入模板「{name}」")
@dataclass(frozen=True)
class TemplateSet(EventData):
    """A workbook was taken as the layout in which a platform imports."""

    name: str
    sha256: str


@event("publishing.package_taken", "取走外部平台发布包，内容摘要 {digest}")
@dataclass(frozen=True)
class PackageTaken(EventData):
    """The releaser took the package of exactly the approved content. `sha256` is that of the package."""

    digest: str
    sha256: str


@event("publishing.published_outside", "在外部平台发布：{url}，发布时间 {published_at}，索引号 {index_number}")
@dataclass(frozen=True)
class PublishedOutside(EventData):
    """An approved item went public on a platform outside. `screenshot` is the SHA-256 of a picture, or empty."""

    url: str
    published_at: str
    index_number: str
    digest: str
    screenshot: str = ""
