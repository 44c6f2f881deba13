"""tsvector and GIN: a row for each piece of a document, since PostgreSQL keeps few positions of a word.

The rows have no foreign key: Django's flush truncates the documents alone, and a trigger takes the words along.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import Any

from django.db import connection

from gongkai.search.bigrams import beginning_of_term, pairs, pieces, words_of_term
from gongkai.search.engines.base import Confirmed, Wanted
from gongkai.search.models import Document, Scope

_RARE = 5_000
_LOOKED_UP_TERMS = 3


def _table(scope: str) -> str:
    return f"search_words_{Scope(scope).value}"


def _vector(words: Sequence[str]) -> str:
    """A tsvector as text. Words hold neither quotation mark nor backslash (see `bigrams`)."""
    return " ".join(f"'{word}':{position}" for position, word in enumerate(words, start=1))


def _query(term: str) -> str:
    """A tsquery as text, for a phrase of words or, for one character, their beginning."""
    words = words_of_term(term)
    return " <-> ".join(f"'{word}'" for word in words) if words else f"'{beginning_of_term(term)}':*"


class PostgreSQL:
    """The engine for PostgreSQL."""

    def add(self, documents: Sequence[Document]) -> None:
        """Put the words in, in pieces."""
        with connection.cursor() as cursor:
            for scope in Scope.values:
                rows = [
                    (document.pk, number, _vector(piece))
                    for document in documents
                    if document.scope == scope
                    for number, piece in enumerate(pieces(pairs(document.folded)))
                ]
                if rows:
                    cursor.execute(
                        f"INSERT INTO {_table(scope)} (document_id, piece, words) "  # noqa: S608  a name of our own
                        "SELECT t.a, t.b, t.c::tsvector FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS t(a, b, c)",
                        [list(values) for values in zip(*rows, strict=True)],
                    )

    def remove(self, documents: Sequence[Document]) -> None:
        """Take the words out."""
        with connection.cursor() as cursor:
            for scope in Scope.values:
                ids = [document.pk for document in documents if document.scope == scope]
                cursor.execute(f"DELETE FROM {_table(scope)} WHERE document_id = ANY(%s)", [ids])  # noqa: S608

    def clear(self) -> None:
        """Empty both tables."""
        with connection.cursor() as cursor:
            for scope in Scope.values:
                cursor.execute(f"DELETE FROM {_table(scope)}")  # noqa: S608  a name of our own

    def find(self, wanted: Wanted, limit: int) -> list[Confirmed]:
        """Confirm the documents of a rare term, or walk all from the newest when every term is common.

        A common term costs most in the index, where each hit's positions are read, and least on a walk, which soon
        has enough. The walk passes about limit x documents / hits; the border at which both cost the same is where
        hits² = limit x documents.
        """
        conditions, values = wanted.conditions()
        rare = self._documents_of_a_rare_term(wanted)
        if rare is not None:
            conditions += " AND d.id = ANY(%s)"
            values.append(rare)
        holds = " AND ".join(["strpos(d.folded, %s) > 0"] * len(wanted.terms))
        ends = " AND ".join(["strpos(d.folded, %s) BETWEEN 1 AND length(d.title) - %s"] * len(wanted.terms))
        in_ends: list[Any] = [value for term in wanted.terms for value in (term, len(term) - 1)]
        # The planner takes strpos for cheap and would read every text before it orders a few thousand numbers. So
        # the few are materialised (or it walks all to find them), and all are put in order first (OFFSET 0) and read
        # one by one.
        meant = f"SELECT d.id, d.day, d.title, d.folded FROM search_document d WHERE {conditions}"  # noqa: S608
        order = "ORDER BY d.day DESC, d.id DESC"
        if rare is not None:
            sql = (
                f"WITH meant AS MATERIALIZED ({meant} AND {holds}) "  # noqa: S608  no user text
                f"SELECT d.id, {ends} FROM meant d {order} LIMIT %s"
            )
            params = [*values, *wanted.terms, *in_ends, limit]
        else:
            sql = f"SELECT d.id, {ends} FROM ({meant} {order} OFFSET 0) d WHERE {holds} {order} LIMIT %s"  # noqa: S608
            params = [*in_ends, *values, *wanted.terms, limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [Confirmed(document_id, bool(in_title)) for document_id, in_title in cursor.fetchall()]

    def _documents_of_a_rare_term(self, wanted: Wanted) -> list[int] | None:
        """All documents that may hold the rarest term; None when each term has too many, or none is long enough.

        Longer terms are asked first, being rarer.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_document'::regclass")
            (documents,) = cursor.fetchone() or (0,)
            most = max(_RARE, isqrt(2_000 * max(documents, 0)))
            for term in sorted(wanted.terms, key=len, reverse=True)[:_LOOKED_UP_TERMS]:
                cursor.execute(
                    f"SELECT document_id FROM {_table(wanted.scope)} WHERE words @@ %s::tsquery LIMIT %s",  # noqa: S608
                    [_query(term), most + 1],
                )
                ids = [document_id for (document_id,) in cursor.fetchall()]
                if len(ids) <= most:
                    return sorted(set(ids))
        return None
