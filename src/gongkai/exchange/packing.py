"""The rows between a look and its confirmation: they travel signed in the page, so that nothing is kept on the server."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing

from gongkai.accounts.models import Account
from gongkai.exchange.mapped import BY_NAME, Target
from gongkai.exchange.mapped_rows import MappedRow, MappedRows
from gongkai.exchange.models import ColumnMapping

SALT = "exchange.rows"
VALID_FOR = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Packed:
    """What was read of an export, its SHA-256 and the name of its sheet."""

    rows: MappedRows
    digest: str
    sheet: str


def pack(packed: Packed, mapping: ColumnMapping, account: Account) -> str:
    """Sign the rows for this officer and this state of the mapping."""
    rows = [[row.number, {name: str(value) for name, value in row.values.items()}] for row in packed.rows.rows]
    told = [packed.rows.masked, packed.rows.shortened, packed.digest, packed.sheet]
    return signing.dumps([_owner(mapping, account), rows, told], salt=SALT, compress=True)


def unpack(signed: str, mapping: ColumnMapping, account: Account) -> Packed | None:
    """The rows again; None when somebody else packed them, they are old, or the mapping has changed since."""
    try:
        owner, rows, (masked, shortened, digest, sheet) = signing.loads(signed, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    if owner != _owner(mapping, account):
        return None
    found = MappedRows([MappedRow(number, _values(values)) for number, values in rows], masked, shortened)
    return Packed(found, digest, sheet)


def _values(values: dict[str, str]) -> dict[str, str | dt.date]:
    return {
        name: dt.date.fromisoformat(value) if BY_NAME[name].target is Target.DAY else value
        for name, value in values.items()
    }


def _owner(mapping: ColumnMapping, account: Account) -> list[str]:
    return [str(mapping.uid), mapping.saved_at.isoformat(), str(account.pk)]
