"""Every staff address with an example of what it names. A new address without one fails the matrix by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from gongkai.periods.records.kinds import kinds
from gongkai.publishing.content import OBJECT_KIND
from tests.matrix.world import YEAR, Objects

ITEM = "preview presence edit details validity outside outside_package outside_screenshot channels body attachments item".split()
Example = Callable[[Objects], list[Any]]

EXAMPLES: dict[str, Example] = {
    "publishing:act": lambda o: [o.item, "agree"],
    "publishing:attachment": lambda o: [o.item, o.attachment],
    "publishing:attachment_text": lambda o: [o.item, o.attachment],
    "publishing:attachment_change": lambda o: [o.item, o.attachment, "rename"],
    "publishing:channel_photo": lambda o: [o.published, o.channel],
    "publishing:channel_remove": lambda o: [o.published, o.channel],
    "publishing:column_edit": lambda o: [o.column],
    "publishing:column_shift": lambda o: [o.column, "up"],
    "review:sheet": lambda o: [o.sheet],
    "review:sheet_print": lambda o: [o.sheet],
    "review:sheet_code": lambda o: [o.sheet],
    "review:scan": lambda o: [o.opinion],
    "review:secrecy": lambda o: [o.approval],
    "review:rounds": lambda o: [o.approval],
    "review:chain": lambda o: [o.code, OBJECT_KIND],
    "review:gate": lambda o: [OBJECT_KIND, o.item],
    "review:gate_ask": lambda o: [OBJECT_KIND, o.item],
    "review:gate_mask": lambda o: [OBJECT_KIND, o.item],
    "review:gate_decide": lambda o: [OBJECT_KIND, o.item, o.override, "confirm"],
    "review:word_remove": lambda o: [o.word],
    "exchange:mapping": lambda o: [o.mapping],
    "exchange:change": lambda o: [o.mapping],
    "exchange:import": lambda o: [o.mapping],
    "exchange:confirm": lambda o: [o.mapping],
    "exchange:remove": lambda o: [o.mapping],
    "periods:year": lambda o: [o.code, YEAR],
    "agencies:agency": lambda o: [o.code],
    "agencies:agency_edit": lambda o: [o.code],
    "agencies:department_edit": lambda o: [o.department],
    "agencies:officer": lambda o: [o.officer],
    "agencies:officer_edit": lambda o: [o.officer],
    "agencies:officer_account": lambda o: [o.officer, "reopen"],
    "agencies:officer_same": lambda o: [o.officer],
    "agencies:post": lambda o: [o.post],
    "agencies:post_edit": lambda o: [o.post],
    "agencies:holding_end": lambda o: [o.holding],
    "lawbook:index": lambda o: [o.code],
    "lawbook:change": lambda o: [o.code, "count_work_orders_as_responses"],
    "figures:table": lambda o: [o.code, YEAR],
    "figures:export": lambda o: [o.code, YEAR],
    "figures:rollup": lambda o: [o.code, YEAR],
    "figures:export_rollup": lambda o: [o.code, YEAR],
    "figures:frozen": lambda o: [o.code, YEAR],
    "figures:snapshot": lambda o: [o.code, YEAR, 1],
    "figures:records": lambda o: [o.code, YEAR, "1.1"],
    "reports:report": lambda o: [o.report],
    "reports:presence": lambda o: [o.report],
    "reports:edit": lambda o: [o.report, "1.1"],
    "reports:file": lambda o: [o.report, "pdf"],
    "reports:act": lambda o: [o.report, "submit"],
}
EXAMPLES |= {("preview" if name == "preview" else f"publishing:{name}"): lambda o: [o.item] for name in ITEM}
# Open to everybody who signs in, or to those who do not; they name nothing.
DOORS = {"backoffice:sign_in", "backoffice:sign_out"}


def walk(resolver: Any = None, path: str = "", names: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the site: its path as declared and its full name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from walk(one, path + str(one.pattern), names + (f"{one.namespace}:" if one.namespace else ""))
        elif isinstance(one, URLPattern):
            yield path + str(one.pattern), names + (one.name or "")


def staff_addresses() -> dict[str, str]:
    """The staff addresses: path by name."""
    return {name: path for path, name in walk() if path.startswith("staff/")}


def example_of(name: str) -> Example | None:
    """What an address names, for an agency's objects."""
    if name in EXAMPLES:
        return EXAMPLES[name]
    for kind in kinds():
        if name in [kind.address(page) for page in ("record", "correct", "withdraw")]:
            return lambda o, slug=kind.slug: [o.records[slug]]  # type: ignore[misc]
    return None
