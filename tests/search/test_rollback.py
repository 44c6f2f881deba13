from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.search import index
from tests.search.entries import entry, keys, words_left


def test_put_is_undone_by_the_rollback_of_an_outermost_transaction(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    # Without the transaction that surrounds other tests; nothing is left to tidy up.
    with django_db_blocker.unblock():
        with transaction.atomic():
            index.put_many([entry("undone", "住房公积金")])
            assert keys(index.search("公积金", scope="public")) == ["undone"]
            transaction.set_rollback(True)
        assert keys(index.search("公积金", scope="public")) == []
        assert words_left() == 0
