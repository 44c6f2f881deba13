"""The text of an item: one configuration for editor and server; nothing harmful stays, nothing meant is lost."""

from __future__ import annotations

import pytest

from gongkai.publishing.text import (
    ATTRIBUTES,
    ELEMENTS,
    EXTENSIONS,
    clean,
    from_lines,
    from_plain,
    is_plain,
    to_lines,
    to_plain,
)

TABLE = '<table><thead><tr><th scope="col">户主</th></tr></thead><tbody><tr><td colspan="2">示例甲</td></tr></tbody></table>'


@pytest.mark.parametrize(
    "harmful",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">一</a>',
        '<a href=" jAvAsCrIpT&colon;alert(1)">一</a>',
        '<a href="data:text/html,<script>alert(1)</script>">一</a>',
        '<a href="vbscript:x">一</a>',
        '<p style="background:url(javascript:alert(1))">一</p>',
        "<p onclick=alert(1) onmouseover=alert(1)>一</p>",
        "<style>p{background:url(//example.invalid)}</style>",
        '<svg><a xlink:href="javascript:alert(1)"><text>一</text></a><script>alert(1)</script></svg>',
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<iframe src=//example.invalid></iframe><object data=x></object><embed src=x><base href=//example.invalid>",
        "<form action=//example.invalid><input name=x><button>一</button></form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<template><script>alert(1)</script></template><svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<table><tr><td><table><tr><td><script>alert(1)</script></td></tr></table></td></tr></table>",
    ],
)
def test_what_could_run_does_not_stay(harmful: str) -> None:
    kept = clean(harmful).lower()
    for bad in ("<script", "<style", "<svg", "<img", "<iframe", "<form", "<base", "javascript", "vbscript", "data:"):
        assert bad not in kept, kept
    for bad in (" on", "style=", "url("):
        assert bad not in kept.replace("rel=", ""), kept
    assert clean(kept) == kept, "cleaned once is clean"


def test_what_the_editor_writes_stays_to_the_letter() -> None:
    written = (
        "<h2>一</h2><h3>二</h3><h4>三</h4><p>字<strong>粗</strong><em>斜</em><br>行</p><ul><li><p>项</p></li></ul>"
        '<ol start="3"><li><p>项</p></li></ol><blockquote><p>引</p></blockquote>'
        f'{TABLE}<p><a href="/info/housing/2017-1/" title="说明" rel="noopener">文</a></p>'
    )
    assert clean(written) == written


def test_editor_and_server_go_by_one_configuration() -> None:
    assert {"p", "h2", "h3", "h4", "table", "th", "td", "ul", "ol", "li", "a", "strong", "em"} <= ELEMENTS
    assert not ELEMENTS & {"h1", "h5", "img", "u", "s", "span", "div", "font"}
    assert not {"style", "class", "id", "target", "rel"} & set().union(*ATTRIBUTES.values())
    assert EXTENSIONS["Heading"]["levels"] == [2, 3, 4]


@pytest.mark.parametrize("unit", ["<p>示例文字</p>", "<table><tr><td>", "<b>", "<p style=x onclick=y>", "&lt;"])
def test_a_text_of_a_megabyte_is_cleaned(unit: str) -> None:
    kept = clean(unit * (1_000_000 // len(unit.encode())))
    assert "style" not in kept
    assert "onclick" not in kept


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("", True),
        ("<p>一</p><p>二 &lt;三&gt; &amp; 四</p>", True),
        ("<p>一<br>二</p>", False),
        ("<p>一</p><p></p>", False),
        ("<p><strong>一</strong></p>", False),
        ("<h2>一</h2>", False),
        ("<ul><li>一</li></ul>", False),
        (TABLE, False),
        ('<p><a href="/">一</a></p>', False),
        ("裸文字", False),
    ],
)
def test_only_paragraphs_are_edited_as_plain_lines(source: str, plain: bool) -> None:
    assert is_plain(source) is plain
    if plain:
        assert from_plain(to_plain(source)) == source


@pytest.mark.parametrize("source", [TABLE, f"<h2>一</h2><p>二</p>{TABLE}<ul><li><p>三</p></li><li>四</li></ul>"])
def test_lines_of_a_structured_text_lead_back_to_it(source: str) -> None:
    assert from_lines(to_lines(source)) == source
    assert from_lines(to_lines(source).replace("\n", "\r\n")) == source


def test_a_row_of_a_table_is_one_line() -> None:
    source = "<table><tbody><tr><td><p>示例和苑</p></td><td><p>12</p></td></tr></tbody></table>"
    assert to_plain(source) == "示例和苑 12"
