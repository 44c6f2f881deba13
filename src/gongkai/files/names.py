"""Names of files as people give them, made safe to show, to store and to put into an address."""

from __future__ import annotations

import re
import unicodedata

NAME_LENGTH = 100
_RESERVED = re.compile(r'[<>:"/\\|?*%#]')
_EXTENSION = re.compile(r"[0-9A-Za-z]{1,8}")
_SPACES = re.compile(r"\s+")


def clean_name(name: str, *, fallback: str = "附件") -> str:
    """A name without path, control, format and reserved characters, of at most 100 characters, extension kept.

    What is left empty gets the fallback as its stem.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    # Control (Cc), format (Cf: right-to-left marks, which disguise an extension), surrogates and private use.
    kept = "".join(
        " " if unicodedata.category(one) in ("Zl", "Zp") or one in "\t\r\n" else one
        for one in unicodedata.normalize("NFC", last)
        if one in "\t\r\n" or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = _SPACES.sub(" ", _RESERVED.sub("_", kept)).strip().rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot or not _EXTENSION.fullmatch(extension):
        stem, extension = kept, ""
    suffix = f".{extension.lower()}" if extension else ""
    stem = stem.strip(" .") or fallback
    return stem[: NAME_LENGTH - len(suffix)].rstrip(" .") + suffix
