"""The store: written once, checked when read, guarded by the database."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, IntegrityError, connection, transaction

from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.names import NAME_LENGTH, clean_name

DATA = "示例附件".encode()
DIGEST = hashlib.sha256(DATA).hexdigest()


def path_of(digest: str) -> Path:
    return Path(settings.HOME.path) / "files" / digest[:2] / digest


@pytest.fixture(autouse=True)
def _own_folder(db: None, tmp_path: Path, settings) -> None:
    """A folder of this test's own, so that what is damaged here is damaged for nobody else."""
    settings.STORAGES = settings.STORAGES | {
        "stored": settings.STORAGES["stored"] | {"OPTIONS": {"location": tmp_path / "files", "base_url": None}}
    }
    (tmp_path / "files").mkdir()
    settings.HOME = type(settings.HOME)(tmp_path)


def test_bytes_are_kept_under_their_hash_for_their_owner_alone() -> None:
    stored = storage.store(DATA, extension="txt")
    assert (stored.digest, stored.size, stored.extension) == (DIGEST, len(DATA), "txt")
    assert stored.media_type == "text/plain; charset=utf-8"
    assert storage.read(DIGEST) == DATA
    assert stat.S_IMODE(path_of(DIGEST).stat().st_mode) == 0o600
    assert stat.S_IMODE(path_of(DIGEST).parent.stat().st_mode) == 0o700
    assert [path.name for path in path_of(DIGEST).parent.iterdir()] == [DIGEST]


def test_the_same_bytes_are_kept_once_whatever_their_name() -> None:
    first = storage.store(DATA, extension="txt")
    before = path_of(DIGEST).stat()
    assert storage.store(DATA, extension="csv") == first
    assert path_of(DIGEST).stat().st_ino == before.st_ino
    assert StoredFile.objects.get().extension == "txt"


def test_a_second_record_of_a_hash_is_refused_as_a_taken_key_is() -> None:
    """So that `get_or_create` finds the record of whoever was first."""
    first = storage.store(DATA, extension="txt")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile(digest=DIGEST, size=1, media_type="x", extension="x", stored_at=first.stored_at).save(
            force_insert=True
        )


def test_a_name_that_is_taken_is_never_overwritten() -> None:
    storage.store(DATA, extension="txt")
    storages["stored"].save(storage.place(DIGEST), ContentFile(b"other"))
    assert path_of(DIGEST).read_bytes() == DATA
    with pytest.raises(PermissionError):
        storages["stored"].delete(storage.place(DIGEST))


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_what_is_no_longer_what_was_stored_is_not_read(damage: str, caplog: pytest.LogCaptureFixture) -> None:
    storage.store(DATA, extension="txt")
    path = path_of(DIGEST)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(DATA[:-1] if damage == "cut" else DATA[:-1] + b"x")
    with pytest.raises(storage.NotStored):
        storage.read(DIGEST)
    assert DIGEST in caplog.text


def test_other_bytes_under_the_hash_are_not_taken_for_the_file() -> None:
    path_of(DIGEST).parent.mkdir(parents=True)
    path_of(DIGEST).write_bytes(b"other")
    with pytest.raises(storage.NotStored):
        storage.store(DATA, extension="txt")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("digest", ["", "../../secret_key", "a" * 63, "A" * 64, "g" * 64])
def test_only_a_hash_names_a_file(digest: str) -> None:
    with pytest.raises(storage.NotStored):
        storage.opened(digest)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE files_storedfile SET size = 0", "DELETE FROM files_storedfile"],
)
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    storage.store(DATA, extension="txt")
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StoredFile.objects.get().size == len(DATA)


@pytest.mark.one_database
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only on SQLite")
def test_sqlite_refuses_to_replace() -> None:
    storage.store(DATA, extension="txt")
    with pytest.raises(DatabaseError, match="stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO files_storedfile SELECT digest, 0, 'x', 'x', stored_at FROM files_storedfile"
        )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("配租名单.xlsx", "配租名单.xlsx"),
        ("C:\\Users\\示例\\名单.XLSX", "名单.xlsx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("一\n二\r\n三\t四.pdf", "一 二 三 四.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("\u202efdp.docx", "fdp.docx"),
        ("x\x00y.pdf", "xy.pdf"),
        ("名单😀.zip", "名单😀.zip"),
        ("  .  .pdf", "附件.pdf"),
        (".pdf", "附件.pdf"),
        ("", "附件"),
        ("说明", "说明"),
        ("100%#1.pdf", "100__1.pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, expected: str) -> None:
    assert clean_name(given) == expected


def test_a_long_name_keeps_its_extension() -> None:
    cleaned = clean_name("很长" * 200 + ".docx")
    assert len(cleaned) == NAME_LENGTH
    assert cleaned.endswith("长.docx") or cleaned.endswith("很.docx")
