"""Content as it is read: canonical JSON, addressed by its SHA-256, kept as a frozen copy.

A content package registers one adapter per kind of object in `AppConfig.ready()`; review knows no model of theirs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.files.models import StoredFile
from gongkai.review.models import FrozenCopy

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Content:
    """Title, body, metadata and the SHA-256 of every attachment, without what the system gives at publication."""

    kind: str
    title: str
    body: str
    metadata: dict[str, Any]
    attachments: tuple[dict[str, str], ...] = ()

    @property
    def canonical(self) -> str:
        """The bytes that are hashed, as text: JSON with sorted keys and no spaces."""
        return json.dumps(
            {
                "kind": self.kind,
                "title": self.title,
                "body": self.body,
                "metadata": self.metadata,
                "attachments": list(self.attachments),
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    @property
    def digest(self) -> str:
        """The SHA-256 of `canonical`, 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def parse(canonical: str) -> Content:
    """The content that a canonical text tells."""
    data = json.loads(canonical)
    return Content(data["kind"], data["title"], data["body"], data["metadata"], tuple(data["attachments"]))


def freeze(content: Content) -> FrozenCopy:
    """Keep a copy of a content; the same content is kept once."""
    copy, _made = FrozenCopy.objects.get_or_create(digest=content.digest, defaults={"canonical": content.canonical})
    return copy


def freeze_many(contents: list[Content]) -> None:
    """Keep copies of many contents in a fixed number of statements."""
    FrozenCopy.objects.bulk_create(
        [FrozenCopy(digest=content.digest, canonical=content.canonical) for content in contents],
        ignore_conflicts=True,
        batch_size=200,
    )


def read_copies(digests: Iterable[str]) -> dict[str, Content]:
    """The frozen copies with these digests, by digest, in one query.

    A copy that is missing, or whose text no longer has its digest, is left out and the operator is told.
    """
    wanted = {digest for digest in digests if digest}
    found = dict(FrozenCopy.objects.filter(pk__in=wanted).values_list("pk", "canonical")) if wanted else {}
    copies = {}
    for digest in wanted:
        canonical = found.get(digest)
        if canonical is not None and hashlib.sha256(canonical.encode()).hexdigest() == digest:
            copies[digest] = parse(canonical)
        else:
            log.error("frozen copy %s is %s", digest, "missing" if canonical is None else "not what was frozen")
    return copies


@dataclass(frozen=True)
class Subject:
    """An object as the release gate meets it: whose it is, what would be published, who drafted it.

    `may_revise`: whether the account that asked may change it now, and so mask it.
    """

    agency: Agency
    content: Content
    drafter: Account | None
    may_revise: bool = False


@dataclass(frozen=True, slots=True)
class Public:
    """An object that everyone may read now: its key and title, the digest of the frozen copy that is public, its
    address."""

    key: str
    agency: Agency
    title: str
    digest: str
    address: str


Revise = Callable[[str, Content, str, Account, dt.datetime], None]
"""Takes over title and body of a content that was masked: key, the masked content, digest of what was masked, by, at."""
ReplaceFile = Callable[[str, str, str, StoredFile, Account, dt.datetime], None]
"""Puts a masked copy in the place of an attachment: key, digest of the content, SHA-256 of the old file, the new
file, by, at."""


@dataclass(frozen=True)
class Adapter:
    """What review asks of a kind of object, by its key.

    `fields`: the fields of a content as a person reads them (Chinese label and value, in one order). `url`: the address
    where it is reviewed. For the release gate: `subject` gives the object to those who work on it (none for all
    others), `revise` and `replace_file` take over what was masked, `public` goes through what everyone may read.

    `label` names the kind where chains are set. For opinions on paper, which review takes without the content's own
    act: `lock` locks the object and gives its present content, `returned` makes it a draft again. `authors`: everybody
    who wrote in it before it was submitted, where that may be more than the one who submits.
    """

    fields: Callable[[str, Content], Sequence[tuple[str, str]]]
    url: Callable[[str], str]
    subject: Callable[[str, Account], Subject | None] | None = None
    revise: Revise | None = None
    replace_file: ReplaceFile | None = None
    public: Callable[[], Iterator[Public]] | None = None
    label: str | Promise = ""
    lock: Callable[[str], Content] | None = None
    returned: Callable[[str], None] | None = None
    authors: Callable[[str], Collection[Account]] | None = None


_adapters: dict[str, Adapter] = {}


def register(object_kind: str, adapter: Adapter) -> None:
    """Register the adapter of a kind of object."""
    _adapters[object_kind] = adapter


def registered() -> dict[str, Adapter]:
    """All kinds of objects with their adapters."""
    return dict(_adapters)


def adapter(object_kind: str) -> Adapter:
    """The adapter of a kind of object. Raises `KeyError` when no package registered one."""
    return _adapters[object_kind]
