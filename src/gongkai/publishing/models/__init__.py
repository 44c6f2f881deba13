"""What publishing keeps: columns, items with their channels, attachments."""

from gongkai.publishing.models.items import (
    OPEN,
    WENT_PUBLIC,
    WITHDRAWAL_NOTE_LENGTH,
    ChannelKind,
    Column,
    ColumnKind,
    DisclosureAttribute,
    Genre,
    Item,
    ItemChannel,
    ItemQuerySet,
    ItemState,
    KeyArea,
    WithdrawalReason,
)

__all__ = [
    "OPEN",
    "WENT_PUBLIC",
    "WITHDRAWAL_NOTE_LENGTH",
    "ChannelKind",
    "Column",
    "ColumnKind",
    "DisclosureAttribute",
    "Genre",
    "Item",
    "ItemChannel",
    "ItemQuerySet",
    "ItemState",
    "KeyArea",
    "WithdrawalReason",
]
