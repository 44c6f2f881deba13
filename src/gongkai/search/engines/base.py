"""What an engine does, and the part of a search that is the same on every database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from gongkai.search.models import Document


@dataclass(frozen=True)
class Wanted:
    """A search: folded terms, all of which must stand in a text, and which documents are meant.

    `agency_codes` None means every agency, an empty collection none. `year` is that of the document's day.
    """

    terms: tuple[str, ...]
    scope: str
    agency_codes: Collection[str] | None = None
    column: str | None = None
    year: int | None = None

    def conditions(self) -> tuple[str, list[Any]]:
        """SQL conditions on `search_document d`, with their parameters, but for the terms."""
        parts = ["d.scope = %s"]
        values: list[Any] = [self.scope]
        if self.agency_codes is not None:
            codes = sorted(set(self.agency_codes))
            parts.append(f"d.agency_code IN ({', '.join(['%s'] * len(codes))})" if codes else "1 = 0")
            values += codes
        if self.column is not None:
            parts.append(
                'EXISTS (SELECT 1 FROM search_documentcolumn c WHERE c.document_id = d.id AND c."column" = %s)'
            )
            values.append(self.column)
        if self.year is not None:
            parts.append("d.day BETWEEN %s AND %s")
            values += self.days()
        return " AND ".join(parts), values

    def days(self) -> tuple[int, int]:
        """The first and the last day number that is meant; that of undated documents is 0."""
        if self.year is None:
            return 0, dt.date.max.toordinal()
        return dt.date(self.year, 1, 1).toordinal(), dt.date(self.year, 12, 31).toordinal()


class Confirmed(NamedTuple):
    """A document whose folded text holds every term; `in_title` tells whether the title alone holds them all."""

    document_id: int
    in_title: bool


class Engine(Protocol):
    """The words of documents in one database. Every method works in the transaction that is open."""

    def add(self, documents: Sequence[Document]) -> None:
        """Put the words of stored documents in."""

    def remove(self, documents: Sequence[Document]) -> None:
        """Take the words of documents out; `folded` and `day` must be those with which they were put in."""

    def clear(self) -> None:
        """Take all words out."""

    def find(self, wanted: Wanted, limit: int) -> list[Confirmed]:
        """The newest `limit` documents that hold all terms (at least one), newest first, undated ones last."""
