"""Files for items, in memory and received."""

from __future__ import annotations

from gongkai.files.door import Received
from gongkai.publishing import acts
from gongkai.publishing.models import Attachment, Item
from tests.cast import Cast
from tests.files.uploads import received
from tests.publishing.rows import AT, digest


def file(cast: Cast, name: str = "配租名单.txt", text: str = "三号楼一单元") -> Received:
    """A text file that came through the door."""
    return received(cast, text.encode(), name)


def attached(cast: Cast, item: Item, *names: str) -> list[Attachment]:
    """Attachments put there by the item's drafter, each with a text of its own."""
    files = [file(cast, name, f"{name}里的文字") for name in names]
    acts.add_attachments(item=item, digest=digest(item), files=files, by=cast.contributor, at=AT)
    return list(item.attachments.all())
