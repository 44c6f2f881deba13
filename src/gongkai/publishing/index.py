"""Items in the full-text index: the public row follows what everyone may read."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.publishing.text import to_plain
from gongkai.search import index


def put_items(items: Iterable[Item]) -> None:
    """Put public items into the index, in the caller's transaction."""
    index.put_many(_entry(item) for item in items)


def remove_item(item: Item) -> None:
    """Take an item out of the public index."""
    index.remove(scope="public", kind=OBJECT_KIND, key=str(item.uid))


def _entry(item: Item) -> index.Entry:
    """What the public searches: title and text first, then the numbers, so that snippets show words."""
    parts = (to_plain(item.body), item.document_number, item.index_number)
    return index.Entry(
        scope="public",
        kind=OBJECT_KIND,
        key=str(item.uid),
        agency_code=item.agency.code,
        title=item.title,
        text="\n".join(part for part in parts if part),
        on=item.published_on,
        columns=[column.code for column in item.columns.all()],
        url=item.get_absolute_url(),
    )
