"""Sheets and scans for tests: items of the cast in a chain, printed, signed, scanned."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import Any

from PIL import Image

from gongkai.accounts.models import Account
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.publishing import acts
from gongkai.publishing.approvals import approval_of
from gongkai.publishing.models import Item
from gongkai.review import paper
from gongkai.review.chains import SIX_STEPS
from gongkai.review.models import Approval, ApprovalSheet, Opinion
from tests.cast import Cast
from tests.publishing.rows import AT, digest, prepare, submitted

DAY = dt.date(2017, 5, 19)
CLEAR = "clear"


_scans = itertools.count(90)


def picture() -> bytes:
    """A scan, as a small picture; each time of other bytes, as a scanner gives it."""
    out = io.BytesIO()
    Image.new("L", (64, next(_scans)), 250).save(out, "PNG")
    return out.getvalue()


def scanned() -> StoredFile:
    """A scan that came in."""
    return storage.store(picture(), extension="png")


def waiting(cast: Cast, count: int = 1, steps: Any = SIX_STEPS) -> list[Item]:
    """Items in their chain."""
    column = prepare(cast, steps)
    return [submitted(cast, column, title=f"示例第{number}件") for number in range(1, count + 1)]


def run_of(item: Item) -> Approval:
    """The run that an item is in."""
    approval = approval_of(item)
    assert approval is not None
    return approval


def printed(cast: Cast, items: list[Item], by: Account | None = None) -> ApprovalSheet:
    """A sheet with these items."""
    return paper.print_sheet(approvals=[run_of(item) for item in items], by=by or cast.office, at=AT)


def signature(cast: Cast, role: str = "department_head", **changes: Any) -> paper.Signature:
    """What one of the cast signed."""
    values: dict[str, Any] = {
        "officer": cast.officers[role],
        "signed_on": DAY,
        "scan": scanned(),
        "scan_name": "签批单.png",
        "secrecy": CLEAR,
    }
    return paper.Signature(**(values | changes))


def enter(
    cast: Cast, sheet: ApprovalSheet, items: list[Item], by: Account | None = None, at: dt.datetime = AT, **changes: Any
) -> list[Opinion]:
    """Enter what was signed on a sheet."""
    return paper.enter_paper_opinions(
        sheet=sheet,
        approvals=[run_of(item) for item in items],
        signature=signature(cast, **changes),
        by=by or cast.office,
        at=at,
    )


def agreed_to(cast: Cast, item: Item, *people: Account) -> None:
    """Let people agree on line, the first as who checks secrecy."""
    for by in people:
        acts.agree(item=item, digest=digest(item), by=by, secrecy=CLEAR, at=AT)
