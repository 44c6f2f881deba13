"""Which addresses belong to the staff side."""

from __future__ import annotations

STAFF = "/staff/"


def is_staff_path(path: str) -> bool:
    """Whether an address belongs to the staff side."""
    return path.startswith(STAFF) or path == STAFF.rstrip("/")
