"""The text of an item: HTML of a few plain elements, whatever was typed or pasted.

`EXTENSIONS` is the one configuration: the editor makes its schema of it and the server its list of what may stay.
"""

from __future__ import annotations

import html
import re
from typing import Any

import nh3
from django_prose_editor.config import allowlist_from_extensions

HEADINGS = (2, 3, 4)
PROTOCOLS = ("http", "https", "mailto")

# The names are those of the editor. What is not named here is neither offered by the editor nor kept by the server.
EXTENSIONS: dict[str, Any] = {
    "Heading": {"levels": list(HEADINGS)},
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": list(PROTOCOLS)},
    "Table": {"resizable": False},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Menu": False,  # our own tool bar, in words
}

_ALLOWED = allowlist_from_extensions(EXTENSIONS)
ELEMENTS: set[str] = set(_ALLOWED["tags"])
# `rel` is set here for every link. A list's number and a heading's scope mean something; `data-type` is the editor's.
ATTRIBUTES: dict[str, set[str]] = {
    name: set(attributes) - {"rel", "target", "data-type"} for name, attributes in _ALLOWED["attributes"].items()
}
ATTRIBUTES["th"].add("scope")
DROPPED = {"script", "style", "template", "title", "textarea", "noscript", "iframe", "xml"}
"""Elements whose text is no text of the document: what Word and WPS put beside it is not read as a paragraph."""

_CLEANER = nh3.Cleaner(
    tags=ELEMENTS,
    attributes=ATTRIBUTES,
    clean_content_tags=DROPPED,
    url_schemes=set(PROTOCOLS),
    link_rel="noopener",
)
_BLOCK_END = re.compile(
    r"(</(?:p|h[2-4]|li|tr|table|thead|tbody|ul|ol|blockquote)>|<(?:table|thead|tbody|ul|ol|tr)>)(?!</(?:td|th|li)>)"
)
_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def clean(source: str) -> str:
    """Keep the allowed elements, attributes and addresses (http, https, mailto, relative) of an HTML text."""
    return _CLEANER.clean(source)


def from_plain(source: str) -> str:
    """Make paragraphs of a plain text: one per line that is not empty."""
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in source.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def is_plain(source: str) -> bool:
    """Whether an HTML text is paragraphs alone, so that nothing is lost when it is edited as plain lines."""
    return from_plain(to_plain(source)) == clean(source)


def to_lines(source: str) -> str:
    """An HTML text with a line for each block, to be edited as it is where the editor does not run."""
    return _BLOCK_END.sub(r"\1\n", source).strip()


def from_lines(source: str) -> str:
    """The HTML text behind `to_lines`: line breaks between elements go, the rest stays."""
    return re.sub(r">\s*\n\s*<", "><", source.replace("\r\n", "\n").strip())


def to_compare(source: str) -> str:
    """The words of a clean HTML text as `to_plain` gives them, each link followed by its address and tooltip."""
    return to_plain(_LINK.sub(_told, source))


def _told(link: re.Match[str]) -> str:
    """A link as words: what is read, then where it leads."""
    said = dict(_ATTRIBUTE.findall(link["attributes"]))
    tip = f"，提示：{said['title']}" if said.get("title") else ""
    return f"{link['words']}（链接：{said.get('href', '')}{tip}）"


def to_plain(source: str) -> str:
    """The words of an HTML text, one line per block and row of a table, for the plain text form, search and snippets."""
    rows = re.sub(r"</p>(?=\s*</t[dh]>)", "", source)
    spaced = re.sub(r"</(p|h[2-4]|li|tr|blockquote)>|<br\s*/?>", "\n", rows)
    spaced = re.sub(r"</t[dh]>", " ", spaced)
    words = html.unescape(nh3.clean(spaced, tags=set()))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())
