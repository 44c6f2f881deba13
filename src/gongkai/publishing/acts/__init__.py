"""Acts on columns and items, one file per part of an item's life."""

from gongkai.publishing.acts.columns import create_column
from gongkai.publishing.acts.drafting import ItemFields, draft_item, revise_item
from gongkai.publishing.acts.history import HistoryRow, confirm_history, enter_history
from gongkai.publishing.acts.releasing import (
    agree,
    recall_item,
    release_item,
    return_item,
    submit_item,
    withdraw_item,
)

__all__ = [
    "HistoryRow",
    "ItemFields",
    "agree",
    "confirm_history",
    "create_column",
    "draft_item",
    "enter_history",
    "recall_item",
    "release_item",
    "return_item",
    "revise_item",
    "submit_item",
    "withdraw_item",
]
