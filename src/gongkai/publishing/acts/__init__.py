"""Acts on columns and items, one file per part of an item's life."""

from gongkai.publishing.acts.attachments import (
    add_attachments,
    order_attachments,
    refusals_to_add,
    remove_attachment,
    rename_attachment,
    replace_attachment,
)
from gongkai.publishing.acts.bulk import submit_items
from gongkai.publishing.acts.channels import record_channel, record_channels, remove_channel
from gongkai.publishing.acts.columns import amend_column, create_column, shift_column
from gongkai.publishing.acts.details import DetailFields, amend_details, set_validity
from gongkai.publishing.acts.drafting import ItemFields, draft_item, revise_item
from gongkai.publishing.acts.history import HistoryRow, confirm_history, enter_history, refusals_of_history
from gongkai.publishing.acts.outside import record_outside_publication, refusals_to_take_package, take_package
from gongkai.publishing.acts.practice import PracticeFields, set_practice, set_template
from gongkai.publishing.acts.publicity import end_term
from gongkai.publishing.acts.releasing import (
    agree,
    recall_item,
    release_item,
    return_item,
    submit_item,
    withdraw_item,
)

__all__ = [
    "DetailFields",
    "HistoryRow",
    "ItemFields",
    "PracticeFields",
    "add_attachments",
    "agree",
    "amend_column",
    "amend_details",
    "confirm_history",
    "create_column",
    "draft_item",
    "end_term",
    "enter_history",
    "order_attachments",
    "recall_item",
    "record_channel",
    "record_channels",
    "record_outside_publication",
    "refusals_of_history",
    "refusals_to_add",
    "refusals_to_take_package",
    "release_item",
    "remove_attachment",
    "remove_channel",
    "rename_attachment",
    "replace_attachment",
    "return_item",
    "revise_item",
    "set_practice",
    "set_template",
    "set_validity",
    "shift_column",
    "submit_item",
    "submit_items",
    "take_package",
    "withdraw_item",
]
