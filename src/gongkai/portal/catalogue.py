"""The catalogue: columns as a tree with counts, shelves that cut across columns, and the agencies of a home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.publishing.models import Column, Item, ItemQuerySet, KeyArea


@dataclass
class Branch:
    """A column, the columns below it, and how many public items its page lists."""

    column: Column
    below: list[Branch] = field(default_factory=list)
    count: int = 0

    @property
    def ids(self) -> list[int]:
        """This column and all below it."""
        return [self.column.pk, *(pk for branch in self.below for pk in branch.ids)]


@dataclass(frozen=True)
class Tree:
    """The columns of one agency."""

    roots: list[Branch]
    by_code: dict[str, Branch]

    @property
    def shown(self) -> list[Branch]:
        """The columns in use, each before those below it."""
        found: list[Branch] = []
        waiting = self.roots[::-1]
        while waiting:
            found.append(waiting.pop())
            waiting += found[-1].below[::-1]
        return found

    def path(self, branch: Branch) -> list[Column]:
        """The columns above one, from the root down."""
        by_id = {other.column.pk: other.column for other in self.by_code.values()}
        above: list[Column] = []
        parent = by_id.get(branch.column.parent_id)
        while parent is not None:
            above.insert(0, parent)
            parent = by_id.get(parent.parent_id)
        return above


def tree_of(agency: Agency) -> Tree:
    """The columns of an agency as a tree, without counts, in one query; hidden ones stand in no list."""
    columns = list(Column.objects.without_tree_fields().filter(agency=agency).order_by("position", "id"))
    branches = {column.pk: Branch(column) for column in columns}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.column.parent_id)
        (above.below if above else roots).append(branch)
    # A hidden column and those below it are named nowhere; its page stays for those who have the address.
    for branch in branches.values():
        branch.below = [other for other in branch.below if not other.column.is_hidden]
    roots = [root for root in roots if not root.column.is_hidden]
    return Tree(roots, {branch.column.code: branch for branch in branches.values()})


def in_use(columns: Iterable[Column]) -> list[Column]:
    """Those of the columns that are named to the public: not hidden, nor below a hidden one.

    Asks once for each level above them; columns on the first level ask nothing.
    """
    asked = list(columns)
    known = {column.pk: column for column in asked}
    while above := {column.parent_id for column in known.values() if column.parent_id} - known.keys():
        known |= Column.objects.without_tree_fields().in_bulk(above)
    return [column for column in asked if not _is_hidden(column, known)]


def _is_hidden(column: Column | None, known: Mapping[int | None, Column]) -> bool:
    return column is not None and (column.is_hidden or _is_hidden(known.get(column.parent_id), known))


def count_items(tree: Tree) -> None:
    """Fill in the counts: two queries however many columns there are.

    An item that stands in a column and in one below it is counted once, as the column's page lists it once.
    """
    # From the columns to their items one by one: the other way round, everything that is public would be walked.
    membership = Item.columns.through.objects.filter(
        Exists(Item.objects.public().filter(pk=OuterRef("item_id"))),
        column__in=[branch.column.pk for branch in tree.by_code.values()],
    )
    own: dict[int, int] = dict(membership.values_list("column_id").annotate(Count("item_id")))
    parents = [branch for branch in tree.by_code.values() if branch.below]
    sums = {
        f"below_{branch.column.pk}": Count("item_id", distinct=True, filter=Q(column_id__in=branch.ids))
        for branch in parents
    }
    inclusive: dict[str, int] = membership.aggregate(**sums) if sums else {}
    for branch in tree.by_code.values():
        key = f"below_{branch.column.pk}"
        branch.count = inclusive[key] if key in inclusive else own.get(branch.column.pk, 0)


def items_in(branch: Branch) -> ItemQuerySet:
    """The public items of a column and the columns below it, newest first."""
    inside = Item.columns.through.objects.filter(column_id__in=branch.ids).values("item_id")
    return Item.objects.public().filter(pk__in=inside).select_related("agency").order_by("-published_on", "-id")


@dataclass(frozen=True)
class Shelf:
    """A cut across the columns with an address of its own."""

    code: str
    name: str | Promise
    condition: Q


SHELVES: dict[str, Shelf] = {
    shelf.code: shelf
    for shelf in (
        Shelf("all", _("全部主动公开信息"), Q()),
        Shelf("policies", _("行政规范性文件"), Q(is_normative=True)),
        Shelf("interpretations", _("政策解读"), Q(interprets__isnull=False)),
        *(
            Shelf("other" if area is KeyArea.NONE else area.value.replace("_", "-"), area.label, Q(key_area=area))
            for area in KeyArea
        ),
    )
}
SHELF_OF_AREA = {area: SHELVES["other" if area is KeyArea.NONE else area.value.replace("_", "-")] for area in KeyArea}
AREAS = tuple(shelf for shelf in SHELVES.values() if shelf.code not in ("all", "policies", "interpretations"))


def items_on(shelf: Shelf, agency: Agency) -> ItemQuerySet:
    """The public items of a shelf, newest first."""
    items = Item.objects.public().filter(shelf.condition, agency=agency)
    return items.select_related("agency").order_by("-published_on", "-id")


def shelf_counts(agency: Agency) -> dict[str, int]:
    """How many public items each shelf holds, in one query."""
    sums = {
        code.replace("-", "_"): Count("pk", filter=shelf.condition) for code, shelf in SHELVES.items() if code != "all"
    }
    counts = Item.objects.public().filter(agency=agency).aggregate(all=Count("pk"), **sums)
    return {code: counts[code.replace("-", "_")] for code in SHELVES}


@dataclass(frozen=True)
class AgencyLine:
    """An agency in the list of a home: how deep it stands and how many public items it has."""

    agency: Agency
    depth: int
    count: int


def agency_lines() -> list[AgencyLine]:
    """All agencies in the order of their tree, in two queries."""
    # From each agency to its items: there the index alone has the answer. Grouped, every public item would be read.
    own = Item.objects.public().filter(agency=OuterRef("pk")).order_by().values("agency")
    counted = Agency.objects.without_tree_fields().annotate(count=Subquery(own.annotate(n=Count("pk")).values("n")))
    counts = dict(counted.values_list("pk", "count"))
    agencies: Sequence[Agency] = list(Agency.objects.with_tree_fields())
    return [AgencyLine(agency, agency.tree_depth, counts[agency.pk] or 0) for agency in agencies]
