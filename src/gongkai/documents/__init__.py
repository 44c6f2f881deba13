"""Reading files: one small model for every type, hidden parts included. Pure: no Django, nothing written to disk.

`read` is the entry. Parsers are imported inside their reader, so that importing this package stays cheap.
"""

from __future__ import annotations

from gongkai.documents.grids import Grid as SheetRows
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.model import (
    Block,
    Box,
    Cell,
    Document,
    Hidden,
    HiddenPart,
    Member,
    Paragraph,
    Refusal,
    RefusalKind,
    Rows,
    Table,
    Unread,
    Where,
    cell_name,
    column_name,
)
from gongkai.documents.reading import read

__all__ = [
    "DEFAULT",
    "Block",
    "Box",
    "Cell",
    "Document",
    "Hidden",
    "HiddenPart",
    "Limits",
    "Member",
    "Paragraph",
    "Refusal",
    "RefusalKind",
    "Rows",
    "SheetRows",
    "Table",
    "Unread",
    "Where",
    "cell_name",
    "column_name",
    "read",
]
