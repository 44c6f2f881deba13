"""FTS5 without contents: a row for each document, numbered so that a higher number is a newer document.

FTS5 sets no limit to the length of a text, so a document is one row, and several terms are met by FTS5 itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from gongkai.search.bigrams import beginning_of_term, pairs, words_of_term
from gongkai.search.engines.base import Confirmed, Wanted
from gongkai.search.models import Document, Scope

_ID_BITS = 40
_ID_MASK = (1 << _ID_BITS) - 1


def _number(day: int, document_id: int) -> int:
    """The row number: the day, then the id; 62 bits."""
    return day << _ID_BITS | document_id


def _table(scope: str) -> str:
    return f"search_words_{Scope(scope).value}"


def _expression(terms: Sequence[str]) -> str:
    """The terms for MATCH. Words hold neither quotation mark nor space, so nothing in a term is an operator."""
    phrases = []
    for term in terms:
        words = words_of_term(term)
        phrases.append('"' + " ".join(words) + '"' if words else f'"{beginning_of_term(term)}" *')
    return " AND ".join(phrases)


class SQLite:
    """The engine for SQLite."""

    def add(self, documents: Sequence[Document]) -> None:
        """Put the words in."""
        self._write("INSERT INTO {table}(rowid, words) VALUES (%s, %s)", documents)

    def remove(self, documents: Sequence[Document]) -> None:
        """Take the words out: FTS5 3.40 deletes from a table without contents only when told the old words."""
        self._write("INSERT INTO {table}({table}, rowid, words) VALUES ('delete', %s, %s)", documents)

    def clear(self) -> None:
        """Empty both tables."""
        with connection.cursor() as cursor:
            for scope in Scope.values:
                cursor.execute(f"INSERT INTO {_table(scope)}({_table(scope)}) VALUES ('delete-all')")  # noqa: S608

    def find(self, wanted: Wanted, limit: int) -> list[Confirmed]:
        """Walk the matching rows from the newest and confirm each, until there are enough."""
        conditions, values = wanted.conditions()
        first, last = wanted.days()
        holds = " AND ".join(["instr(d.folded, %s) > 0"] * len(wanted.terms))
        ends = " AND ".join(["instr(d.folded, %s) BETWEEN 1 AND length(d.title) - %s"] * len(wanted.terms))
        params: list[Any] = [value for term in wanted.terms for value in (term, len(term) - 1)]
        params += [_expression(wanted.terms), _number(first, 0), _number(last, _ID_MASK), *values, *wanted.terms, limit]
        # CROSS JOIN keeps the order of the tables: from the words to the documents.
        sql = (
            f"SELECT d.id, {ends} FROM {_table(wanted.scope)} w CROSS JOIN search_document d "  # noqa: S608  no user text
            f"ON d.id = (w.rowid & {_ID_MASK}) "
            f"WHERE w.words MATCH %s AND w.rowid BETWEEN %s AND %s AND {conditions} AND {holds} "
            "ORDER BY w.rowid DESC LIMIT %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [Confirmed(document_id, bool(in_title)) for document_id, in_title in cursor.fetchall()]

    def _write(self, statement: str, documents: Sequence[Document]) -> None:
        with connection.cursor() as cursor:
            for scope in Scope.values:
                rows = [
                    (_number(document.day, document.pk), " ".join(pairs(document.folded)))
                    for document in documents
                    if document.scope == scope
                ]
                if rows:
                    cursor.executemany(statement.format(table=_table(scope)), rows)
