"""The words of the texts as each database keeps them, and how documents are found by them.

Words of texts for the public and of texts for staff stand in tables of their own, so that neither slows or shows the other.
"""

from __future__ import annotations

from django.db import connection

from gongkai.search.engines.base import Confirmed, Engine, Wanted

__all__ = ["Confirmed", "Engine", "Wanted", "engine"]


def engine() -> Engine:
    """The engine of the database in use. Each is imported where it is used: a home has one of them."""
    if connection.vendor == "postgresql":
        from gongkai.search.engines.postgresql import PostgreSQL

        return PostgreSQL()
    from gongkai.search.engines.sqlite import SQLite

    return SQLite()
