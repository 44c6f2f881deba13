"""Planted numbers for tests of the gate, and short ways to its acts. All numbers are made up."""

from __future__ import annotations

from gongkai.accounts.models import Account
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND, content_of
from gongkai.publishing.models import Item
from gongkai.review.gate import Examination, examine
from gongkai.review.gate.overrides import ask_override, confirm_override
from gongkai.review.models import Ground, Override
from tests.cast import Cast
from tests.publishing.rows import AT, digest
from tests.screening.corpus import Numbers

NUMBERS = Numbers(47)
ID, MOBILE, CARD = NUMBERS.resident_id(), NUMBERS.mobile(), NUMBERS.bank_card()
SECRETS = (ID, MOBILE, CARD)
WITH_MOBILE = f"<p>请各户主与经办人联系，手机{MOBILE}。</p>"


def fresh(item: Item) -> Item:
    """The item as it is stored now."""
    return Item.objects.get(pk=item.pk)


def examined(item: Item) -> Examination:
    """What the gate says of the item as it is now."""
    item = fresh(item)
    return examine(content_of(item), item.agency, str(item.uid))


def blocking(item: Item) -> list[tuple[str, str]]:
    """What blocks: role of the part and kind."""
    return [(part.role, found.kind) for part in examined(item).parts for found in part.blocking]


def values(item: Item) -> list[str]:
    """What blocks, as the page's form names it."""
    return [f"{part.digest}:{found.key}" for part in examined(item).parts for found in part.blocking]


def asked(
    item: Item,
    by: Account,
    *,
    ground: str = Ground.OFFICIAL,
    text: str = "单位值班手机",
    findings: list[str] | None = None,
) -> Override:
    """A request to let pass everything that blocks, or what is named."""
    item = fresh(item)
    return ask_override(
        agency=item.agency,
        object_key=str(item.uid),
        content=content_of(item),
        digest=digest(item),
        drafter=item.drafter,
        findings=values(item) if findings is None else findings,
        ground=ground,
        text=text,
        by=by,
        at=AT,
    )


def confirmed(override: Override, item: Item, by: Account) -> Override:
    """The request confirmed by somebody who read what is there now."""
    return confirm_override(override=override, content=content_of(fresh(item)), digest=digest(item), by=by, at=AT)


def agreed(cast: Cast, item: Item) -> Item:
    """The item with every opinion but the release."""
    for by in (cast.office, cast.head):
        acts.agree(item=item, digest=digest(item), by=by, secrecy="clear", at=AT)
    return item


def release(cast: Cast, item: Item) -> Item:
    """Release the item."""
    return acts.release_item(item=item, digest=digest(item), by=cast.releaser, at=AT)


def key_of(item: Item) -> tuple[str, str]:
    """Kind and key of the item."""
    return OBJECT_KIND, str(item.uid)
