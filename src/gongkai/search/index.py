"""The door to the index: put a text in, take it out, search.

Exact: a search finds every document whose title or text holds all terms of the query, for terms of any length, where
"holds" is meant on the folded text (see `folding`). Writers call `put` and `remove` in the transaction of their act.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction

from gongkai.search.engines import Engine, Wanted, engine
from gongkai.search.folding import fold, storable
from gongkai.search.models import Document, DocumentColumn, Scope
from gongkai.search.snippets import Passage, marked, snippet

CAP = 2_000
"""Hits that are counted, ordered and paged through: the newest ones."""
QUERY_LENGTH = 256
"""Characters of a query that are read."""
MOST_TERMS = 5
"""Terms of a query that are looked for, its first ones."""
MOST_PER_PAGE = 100
BATCH = 500

ScopeName = Literal["public", "staff"]
Order = Literal["newest", "title"]
Keep = Callable[[Collection[tuple[str, str]]], Collection[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is put in. `title` and `text` are plain text; `columns` are codes; `url` opens the thing."""

    scope: ScopeName
    kind: str
    key: str
    agency_code: str
    title: str
    text: str
    on: dt.date | None
    url: str
    columns: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    """A document that was found. `snippet` and `title_parts` are original text in parts, each with whether it matches."""

    kind: str
    key: str
    agency_code: str
    title: str
    url: str
    on: dt.date | None
    snippet: Passage
    title_parts: Passage


@dataclass(frozen=True)
class Page:
    """One page of hits. `total` is at most `CAP`; when `total_is_exact` is False there are more than that.

    `page` counts from 1 and is the one shown, of `pages` (at least 1). `terms` are the terms as they were understood.
    """

    hits: list[Hit]
    total: int
    total_is_exact: bool
    page: int
    pages: int
    terms: tuple[str, ...] = field(default=())


def put(
    *,
    scope: ScopeName,
    kind: str,
    key: str,
    agency_code: str,
    title: str,
    text: str,
    on: dt.date | None,
    columns: Sequence[str] = (),
    url: str,
) -> None:
    """Put a document in, or anew in place of the one with this scope, kind and key.

    Raises `ValueError` for a scope that is none.
    """
    put_many(
        [
            Entry(
                scope=scope,
                kind=kind,
                key=key,
                agency_code=agency_code,
                title=title,
                text=text,
                on=on,
                columns=columns,
                url=url,
            )
        ]
    )


def put_many(entries: Iterable[Entry]) -> None:
    """Put many documents in, as `put` does; of two with the same scope, kind and key the later counts."""
    latest = {(Scope(entry.scope).value, entry.kind, entry.key): entry for entry in entries}
    rows = list(latest.values())
    with transaction.atomic():
        words = engine()
        for start in range(0, len(rows), BATCH):
            _put_batch(rows[start : start + BATCH], words)


def remove(*, scope: ScopeName, kind: str, key: str) -> None:
    """Take a document out; nothing happens when it is not in."""
    with transaction.atomic():
        documents = list(Document.objects.select_for_update().filter(scope=Scope(scope).value, kind=kind, key=key))
        if documents:
            engine().remove(documents)
            Document.objects.filter(pk__in=[document.pk for document in documents]).delete()


def rebuild() -> int:
    """Fold and index every document anew, and tell how many; needed when folding changes with a release."""
    with transaction.atomic():
        words = engine()
        words.clear()
        ids = list(Document.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            documents = list(Document.objects.select_for_update().filter(pk__in=ids[start : start + BATCH]))
            for document in documents:
                document.folded = _folded(document.title, document.text)
                document.save(update_fields=["folded"])
            words.add(documents)
    return len(ids)


def search(
    query: str,
    *,
    scope: ScopeName,
    agency_codes: Collection[str] | None = None,
    column: str | None = None,
    year: int | None = None,
    page: int = 1,
    per_page: int = 20,
    order: Order = "newest",
    keep: Keep | None = None,
) -> Page:
    """Find the documents that hold every term of the query (see `terms_of`); any query has an answer.

    White space parts terms; no character has another meaning. `agency_codes` None means every agency, an empty
    collection none; `year` is that of the document's day. Newest first; with `order` "title" those come first whose
    title alone holds all terms. A page beyond the last shows the last; a page has at most `MOST_PER_PAGE` hits.
    `keep` is told kind and key of what was found (at most `CAP`) and gives those that may be shown: nothing else is
    shown or counted.
    """
    terms = terms_of(query)
    if not terms or (year is not None and not dt.MINYEAR <= year <= dt.MAXYEAR):
        return Page([], 0, True, 1, 1, terms)
    wanted = Wanted(
        terms,
        Scope(scope).value,
        None if agency_codes is None else {storable(code) for code in agency_codes},
        None if column is None else storable(column),
        year,
    )
    found = engine().find(wanted, CAP + 1)
    is_exact = len(found) <= CAP
    found = found[:CAP]
    if keep is not None:
        documents_found = Document.objects.filter(pk__in=[confirmed.document_id for confirmed in found])
        named = {pk: (kind, key) for pk, kind, key in documents_found.values_list("pk", "kind", "key")}
        kept = keep(named.values())
        found = [confirmed for confirmed in found if named.get(confirmed.document_id) in kept]
    total = len(found)
    if order == "title":
        found.sort(key=lambda confirmed: not confirmed.in_title)
    per_page = min(max(per_page, 1), MOST_PER_PAGE)
    pages = max(-(-total // per_page), 1)
    page = min(max(page, 1), pages)
    shown = [confirmed.document_id for confirmed in found[(page - 1) * per_page : page * per_page]]
    documents = Document.objects.in_bulk(shown)
    hits = [_hit(documents[pk], terms) for pk in shown if pk in documents]
    return Page(hits, total, is_exact, page, pages, terms)


def years(scope: ScopeName) -> list[int]:
    """The years from the newest day of a document to the oldest, newest first, by two looks into the index."""
    days = Document.objects.filter(scope=Scope(scope).value, day__gt=0).order_by("-day").values_list("day", flat=True)
    newest = days.first()
    if newest is None:
        return []
    oldest = days.order_by("day").first() or newest
    return list(range(dt.date.fromordinal(newest).year, dt.date.fromordinal(oldest).year - 1, -1))


def terms_of(query: str) -> tuple[str, ...]:
    """The folded terms of a query that are looked for, each once, in its order.

    Of the query its first `QUERY_LENGTH` characters count, and of these the first `MOST_TERMS` terms. A term of one
    character says little and costs much: beside longer ones it is dropped.
    """
    terms = tuple(dict.fromkeys(fold(storable(query[:QUERY_LENGTH])).split()))
    return (tuple(term for term in terms if len(term) > 1) or terms)[:MOST_TERMS]


def _folded(title: str, text: str) -> str:
    return fold(f"{title}\n{text}")


def _put_batch(entries: Sequence[Entry], words: Engine) -> None:
    known = _known(entries)
    new: list[Document] = []
    changed: list[Document] = []
    reworded: list[Document] = []
    documents: list[Document] = []
    for entry in entries:
        document = known.get((entry.scope, entry.kind, entry.key))
        title, text = storable(entry.title), storable(entry.text)
        folded = _folded(title, text)
        day = entry.on.toordinal() if entry.on else 0
        if document is None:
            document = Document(scope=entry.scope, kind=entry.kind, key=entry.key)
            new.append(document)
        else:
            changed.append(document)
            if (document.folded, document.day) != (folded, day):
                # Before its fields change: the words are taken out as they were put in.
                words.remove([document])
                reworded.append(document)
        document.agency_code, document.url = entry.agency_code, entry.url
        document.on, document.day = entry.on, day
        document.title, document.text, document.folded = title, text, folded
        documents.append(document)
    Document.objects.bulk_create(new)
    for document in changed:
        document.save()
    words.add(new + reworded)
    DocumentColumn.objects.filter(document__in=changed).delete()
    DocumentColumn.objects.bulk_create(
        DocumentColumn(document=document, column=storable(column))
        for document, entry in zip(documents, entries, strict=True)
        for column in dict.fromkeys(entry.columns)
    )


def _known(entries: Sequence[Entry]) -> dict[tuple[str, str, str], Document]:
    """The documents that are in already, locked where the database locks rows."""
    keys: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        keys[entry.scope, entry.kind].append(entry.key)
    return {
        (document.scope, document.kind, document.key): document
        for (scope, kind), names in keys.items()
        for document in Document.objects.select_for_update()
        .filter(scope=scope, kind=kind, key__in=names)
        .order_by("pk")
    }


def _hit(document: Document, terms: Sequence[str]) -> Hit:
    in_title = len(document.title)
    folded_title, folded_text = document.folded[:in_title], document.folded[in_title + 1 :]
    return Hit(
        kind=document.kind,
        key=document.key,
        agency_code=document.agency_code,
        title=document.title,
        url=document.url,
        on=document.on,
        snippet=snippet(document.text, folded_text, terms),
        title_parts=marked(document.title, folded_title, terms),
    )
