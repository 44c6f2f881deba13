"""The search of the public pages: what was asked, what came back, and the addresses of its pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.portal import catalogue
from gongkai.portal.forms import SHORTEST, SearchForm
from gongkai.publishing.content import OBJECT_KIND as ITEM
from gongkai.publishing.models import Item
from gongkai.reports.models import AnnualReport
from gongkai.reports.rendering import OBJECT_KIND as REPORT
from gongkai.search import index
from gongkai.search.folding import fold
from gongkai.ui.components import PageLinks, page_links

PER_PAGE = 20


@dataclass(frozen=True)
class Found:
    """One hit as it is shown."""

    hit: index.Hit
    agency_name: str
    published_on: dt.date | None
    index_number: str | None = None


@dataclass
class Result:
    """A search: `state` is empty, too_short, nothing or found."""

    form: SearchForm
    state: str
    words: str
    agency_code: str = ""
    column: str = ""
    year: int | None = None
    number: int = 1
    total: int = 0
    total_is_exact: bool = True
    found: list[Found] = field(default_factory=list)
    pages: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is on."""
        return bool(self.agency_code or self.column or self.year)

    @property
    def is_shortened(self) -> bool:
        """Whether some of the words were not looked for: single characters beside longer words, or too many."""
        return len(set(fold(self.words).split())) > len(index.terms_of(self.words))

    @property
    def looked_for(self) -> str:
        """The words that were looked for."""
        return "、".join(index.terms_of(self.words))

    @property
    def filters(self) -> list[BoundField]:
        """The fields that narrow a search, where there is something to choose from."""
        return [self.form[name] for name in self.form.narrowing]

    @property
    def links(self) -> PageLinks:
        """The pages of the hits; the number of hits is a lower bound where there are very many."""
        pages = Paginator(range(self.pages * PER_PAGE), PER_PAGE)
        links = page_links(pages.page(self.number), lambda page: f"?{self.address(page)}")
        sentence = _("找到 %(total)s 条") if self.total_is_exact else _("找到 %(total)s 条以上，先列出最新的")
        return replace(links, summary=sentence % {"total": self.total})

    @property
    def widened(self) -> str:
        """The address of the same words without filters."""
        return f"?{urlencode({'q': self.words})}"

    def address(self, page: int) -> str:
        """The query part of the address of a page."""
        asked = {"q": self.words, "agency": self.agency_code, "column": self.column, "year": self.year or ""}
        if page > 1:
            asked["page"] = page
        return urlencode({name: value for name, value in asked.items() if value})


def run(asked: QueryDict) -> Result:
    """Search for what an address asks. Unknown filters are ignored; a page beyond the last shows the last."""
    form = _form(asked)
    form.is_valid()
    chosen = form.cleaned_data
    words = chosen.get("q") or asked.get("q", "").strip()[:100]
    result = Result(
        form=form,
        state="empty",
        words=words,
        agency_code=chosen.get("agency") or "",
        column=chosen.get("column") or "",
        year=chosen.get("year"),
    )
    if not words:
        return result
    if not any(len(term) >= SHORTEST for term in index.terms_of(words)):
        result.state = "too_short"
        return result
    number = asked.get("page", "1")
    page = _ask(result, int(number) if re.fullmatch("[0-9]{1,6}", number) else 1)
    result.number, result.pages = page.page, page.pages
    result.total, result.total_is_exact = page.total, page.total_is_exact
    result.found = _shown(page.hits)
    result.state = "found" if result.found else "nothing"
    return result


def _ask(result: Result, number: int) -> index.Page:
    """Ask the index for a page; it gives the last one when there is no such page."""
    return index.search(
        result.words,
        scope="public",
        agency_codes=[result.agency_code] if result.agency_code else None,
        column=result.column or None,
        year=result.year,
        page=number,
        per_page=PER_PAGE,
        keep=_public,
    )


def _public(found: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the documents found that everyone may read at this moment: the index is a help, not the door."""
    kept: set[tuple[str, str]] = set()
    for kind, public in ((ITEM, Item.objects.public()), (REPORT, AnnualReport.objects.public())):
        keys = [key for other, key in found if other == kind]
        if keys:
            kept |= {(kind, str(uid)) for uid in public.filter(uid__in=keys).order_by().values_list("uid", flat=True)}
    return kept


def _shown(hits: list[index.Hit]) -> list[Found]:
    """The hits with what is shown of them, those that are public still."""
    shown: dict[tuple[str, str], Found] = {}
    of = {kind: {hit.key: hit for hit in hits if hit.kind == kind} for kind in (ITEM, REPORT)}
    for item in Item.objects.public().filter(uid__in=of[ITEM]).select_related("agency"):
        hit = of[ITEM][str(item.uid)]
        shown[ITEM, hit.key] = Found(hit, item.agency.name, item.published_on, item.index_number)
    if of[REPORT]:
        for report in AnnualReport.objects.public().filter(uid__in=of[REPORT]).select_related("agency"):
            hit = of[REPORT][str(report.uid)]
            shown[REPORT, hit.key] = Found(hit, report.agency.name, report.published_on)
    return [shown[hit.kind, hit.key] for hit in hits if (hit.kind, hit.key) in shown]


def _form(asked: QueryDict) -> SearchForm:
    """The form with the choices there are; columns only once an agency is chosen, which has them."""
    agencies = list(Agency.objects.without_tree_fields().order_by("position", "code").only("code", "name", "position"))
    chosen = next((agency for agency in agencies if agency.code == asked.get("agency")), None)
    if chosen is None and len(agencies) == 1:
        chosen = agencies[0]
    columns: list[tuple[str, str]] = []
    if chosen is not None:
        columns = [(branch.column.code, branch.column.name) for branch in catalogue.tree_of(chosen).shown]
    return SearchForm(
        asked, agencies=[(a.code, a.name) for a in agencies], columns=columns, years=index.years("public")
    )
