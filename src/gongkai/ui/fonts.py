"""The product's own typefaces as static files, for pages that are printed: `/static/fonts/<name>`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from gongkai.documents import fonts

PREFIX = "fonts"
_TYPES = (".otf", ".ttf")


class Finder(BaseFinder):
    """Finds the typefaces of `gongkai.documents.fonts` and nothing else of that folder."""

    def __init__(self, *_args: Any, **_named: Any) -> None:
        self._storage = FileSystemStorage(location=fonts.FOLDER)
        self._storage.prefix = PREFIX  # type: ignore[attr-defined]  # finders name it so

    def find(self, path: str, find_all: bool = False, **_named: Any) -> Any:
        """The place of the typeface with this path below the static address; empty for any other path."""
        folder, _slash, name = path.rpartition("/")
        found = [str(fonts.FOLDER / name)] if folder == PREFIX and name in self._names() else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Give all of them with the storage that has them."""
        for name in self._names():
            yield name, self._storage

    @staticmethod
    def _names() -> Sequence[str]:
        return sorted(path.name for path in fonts.FOLDER.iterdir() if path.suffix in _TYPES)
