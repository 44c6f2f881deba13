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

_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


def clean(source: str) -> str:
    """Keep the allowed elements, attributes and addresses (http, https, mailto, relative) of an HTML text."""
    return nh3.clean(
        source, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def from_plain(source: str) -> str:
    """Make paragraphs of a plain text: one per line that is not empty."""
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in source.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def to_compare(source: str) -> str:
    """The words of a clean HTML text as `to_plain` gives them, each link followed by its address and tooltip."""
    return to_plain(_LINK.sub(_told, source))


def _told(link: re.Match[str]) -> str:
    """A link as words: what is read, then where it leads."""
    said = dict(_ATTRIBUTE.findall(link["attributes"]))
    tip = f"，提示：{said['title']}" if said.get("title") else ""
    return f"{link['words']}（链接：{said.get('href', '')}{tip}）"


def to_plain(source: str) -> str:
    """The words of an HTML text, one line per block, for the plain text form, search and snippets."""
    spaced = re.sub(r"</(p|h[2-4]|li|tr|blockquote)>|<br\s*/?>", "\n", source)
    spaced = re.sub(r"</t[dh]>", " ", spaced)
    words = html.unescape(nh3.clean(spaced, tags=set()))
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())
