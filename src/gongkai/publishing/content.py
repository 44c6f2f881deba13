"""What of an item is read, hashed and approved."""

from __future__ import annotations

from gongkai.publishing.models import Item
from gongkai.review.content import Content

OBJECT_KIND = "publishing.item"


def content_of(item: Item) -> Content:
    """The content of an item: title, body and metadata.

    Index number and publication day are not part of it: the system gives them at publication.
    """
    return Content(
        kind=OBJECT_KIND,
        title=item.title,
        body=item.body,
        metadata={
            "document_number": item.document_number,
            "subject_class": item.subject_class,
            "genre": item.genre,
            "attribute": item.attribute,
            "key_area": item.key_area,
            "is_normative": item.is_normative,
            "interprets": str(item.interprets.uid) if item.interprets else "",
            "written_on": item.written_on.isoformat(),
            "department": str(item.department.uid) if item.department else "",
            "columns": sorted(column.code for column in item.columns.all()),
        },
    )


def content_by_key(key: str) -> Content:
    """The content of the item with this uid."""
    items = Item.objects.select_related("interprets", "department").prefetch_related("columns")
    return content_of(items.get(uid=key))
