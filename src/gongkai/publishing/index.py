"""Items in the full-text index: the public row follows what everyone may read."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Item
from gongkai.publishing.text import to_plain
from gongkai.search import index

BATCH = 500


def put_items(items: Iterable[Item]) -> None:
    """Put those of the items that are public into the index and take the others out, in the caller's transaction."""
    asked = list(items)
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        found = Item.objects.public().filter(pk__in=[item.pk for item in batch])
        public = list(found.select_related("agency").prefetch_related("columns"))
        index.put_many(_entry(item) for item in public)
        for item in set(batch) - set(public):
            remove_item(item)


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
