"""What officers are shown of a content beside the content itself: its history and its differences, numbers covered.

A number that was found stands in the text it was found in, which those on the case have to read, and in the sealed
copies of it; nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.audit.acts import TimelineEntry, timeline
from gongkai.review.content import Content
from gongkai.review.gate.parts import UID
from gongkai.screening import DEFAULT, safe_text
from gongkai.screening.highlighting import cover


def mask_words(content: Content) -> Content:
    """The content with the numbers of persons in title and body covered."""
    return replace(content, title=safe_text(content.title), body=cover(content.body, DEFAULT))


def mask_all(content: Content) -> Content:
    """The content as it may be shown to compare it: as `mask_words`, and metadata and names of files covered too."""
    attachments = tuple(each | {"name": safe_text(each["name"])} for each in content.attachments)
    return replace(mask_words(content), metadata=_masked(content.metadata), attachments=attachments)


def history_of(object_kind: str, object_key: str) -> list[TimelineEntry]:
    """The history of an object, oldest first, with the numbers of persons in what was said covered."""
    return [replace(entry, sentence=safe_text(entry.sentence)) for entry in timeline(object_kind, object_key)]


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return value if UID.fullmatch(value) else safe_text(value)
    if isinstance(value, dict):
        return {name: _masked(inner) for name, inner in value.items()}
    return [_masked(inner) for inner in value] if isinstance(value, list | tuple) else value
