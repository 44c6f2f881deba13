"""The text of an item: HTML of a few plain elements, whatever was typed or pasted."""

from __future__ import annotations

import html
import re

import nh3

ELEMENTS = {
    "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}


def clean(source: str) -> str:
    """Keep the allowed elements, attributes and addresses (http, https, mailto, relative) of an HTML text."""
    return nh3.clean(
        source, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def from_plain(source: str) -> str:
    """Make paragraphs of a plain text: one per line that is not empty."""
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in source.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def to_plain(source: str) -> str:
    """The words of an HTML text, one line per block, for the plain text form, search and snippets."""
    spaced = re.sub(r"</(p|h[2-4]|li|tr|blockquote)>|<br\s*/?>", "\n", source)
    spaced = re.sub(r"</t[dh]>", " ", spaced)
    words = html.unescape(nh3.clean(spaced, tags=set()))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())
