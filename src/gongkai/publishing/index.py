"""Items in the full-text index: the public row follows what everyone may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.files.storage import texts_of
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Attachment, Item
from gongkai.publishing.text import to_plain
from gongkai.review.content import read_copies
from gongkai.search import index
from gongkai.search.snippets import PART

BATCH = 500
ATTACHED_LENGTH = 300_000  # characters of all attachments of an item that are searched


def put_items(items: Iterable[Item]) -> None:
    """Put those of the items that are public into the index and take the others out, in the caller's transaction."""
    asked = list(items)
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        found = Item.objects.public().filter(pk__in=[item.pk for item in batch])
        public = list(found.select_related("agency").prefetch_related("columns"))
        inside = _texts_of_attachments(public)
        index.put_many(_entry(item, inside.get(item.pk, "")) for item in public)
        for item in set(batch) - set(public):
            remove_item(item)


def remove_item(item: Item) -> None:
    """Take an item out of the public index."""
    index.remove(scope="public", kind=OBJECT_KIND, key=str(item.uid))


def _texts_of_attachments(items: Sequence[Item]) -> dict[int, str]:
    """Names and texts of the attachments that the published copies name, by the item's key; the beginning of long ones.

    The texts were taken at the door, so that nothing is read from files while the index is written.
    """
    attached = set(Attachment.objects.filter(item__in=items).order_by().values_list("item", flat=True))
    with_files = [item for item in items if item.pk in attached]
    copies = read_copies(item.published_digest for item in with_files)
    texts = texts_of(file["sha256"] for copy in copies.values() for file in copy.attachments)
    found = {}
    for item in with_files:
        files = copies[item.published_digest].attachments if item.published_digest in copies else ()
        lines = [part for file in files for part in (file["name"], texts.get(file["sha256"], "")) if part]
        found[item.pk] = "\n".join(lines)[:ATTACHED_LENGTH]
    return found


def _entry(item: Item, inside: str) -> index.Entry:
    """What the public searches: title and text, the numbers, what attachments say, each a part that snippets keep to."""
    parts = (to_plain(item.body), item.document_number, item.index_number, inside)
    return index.Entry(
        scope="public",
        kind=OBJECT_KIND,
        key=str(item.uid),
        agency_code=item.agency.code,
        title=item.title,
        text=PART.join(part for part in parts if part),
        on=item.published_on,
        columns=[column.code for column in item.columns.all()],
        url=item.get_absolute_url(),
    )
