"""Numbers where no reader looks: addresses of links, attributes, names of tags, style sheets, the source of a page."""

from __future__ import annotations

import base64
import json

import pytest

from gongkai import documents, screening
from gongkai.screening.highlighting import cover, highlight
from tests.screening.corpus import Numbers

PHONE = Numbers(71).mobile()
ESCAPED = "".join(f"\\{ord(sign):x} " for sign in PHONE)
ENCODED = "".join(f"%{ord(sign):02x}" for sign in PHONE)
CODED = base64.b64encode(PHONE.encode()).decode()

PAGES = {
    "address of a link": f'<a href="https://www.example.cn/?tel={PHONE}">示例</a>',
    "address, encoded": f'<a href="https://www.example.cn/{ENCODED}">示例</a>',
    "address, encoded twice": f'<a href="https://www.example.cn/{ENCODED.replace("%", "%25")}">示例</a>',
    "file that a link leads to": f'<a href="/files/%E5%BC%A0%E4%B8%89{PHONE}.pdf">示例</a>',
    "telephone link": f'<a href="tel:+86{PHONE}">示例</a>',
    "telephone link, encoded": f'<a href="tel:{ENCODED}">示例</a>',
    "mail link": f'<a href="mailto:{PHONE}@example.com">示例</a>',
    "subject of a mail link": f'<a href="mailto:a@example.com?subject={ENCODED}">示例</a>',
    "title": f'<a href="/x/" title="{PHONE}">示例</a>',
    "alt": f'<p>示例<img alt="{PHONE}" src="/x.png"></p>',
    "scope of a heading": f'<table><tr><th scope="{PHONE}">示例</th></tr></table>',
    "start of a list": f'<ol start="{PHONE}"><li>示例</li></ol>',
    "value of an entry": f'<ol><li value="{PHONE}">示例</li></ol>',
    "attribute of one's own": f'<p data-x="{PHONE}">示例</p>',
    "name of an attribute": f'<p data-{PHONE}="">示例</p>',
    "name of a tag": f"<x-{PHONE}>示例</x-{PHONE}>",
    "id and class": f'<p id="{PHONE}" class="a {PHONE}">示例</p>',
    "summary of a table": f'<table summary="{PHONE}"><tr><td>示例</td></tr></table>',
    "handler": f"<p onclick=\"call('{PHONE}')\">示例</p>",
    "attribute of what is hidden": f'<div hidden><a href="/{PHONE}">甲</a></div><p>示例</p>',
    "attribute of a template": f'<template><a href="/{PHONE}">甲</a></template><p>示例</p>',
    "form": f'<form action="/?tel={PHONE}">示例</form>',
    "page in an attribute": f'<iframe srcdoc="<p>{PHONE}</p>"></iframe><p>示例</p>',
    "content of a style sheet": f'<style>p::before{{content:"{PHONE}"}}</style><p>示例</p>',
    "content, escaped": f"<style>p::before{{content:'{ESCAPED}'}}</style><p>示例</p>",
    "comment of a style sheet": f"<style>/* {PHONE} */</style><p>示例</p>",
    "address in a style": f'<p style="background:url(/{PHONE}.png)">示例</p>',
    "file in an address": f'<p>示例<a href="data:text/plain;base64,{CODED}">甲</a></p>',
    "page in an address": f'<p>示例<a href="data:text/html,<p>{PHONE}</p>">甲</a></p>',
    "refresh": f'<meta http-equiv="refresh" content="0;url=/?tel={PHONE}"><p>示例</p>',
    "view of the page": f'<meta name="viewport" content="{PHONE}"><p>示例</p>',
    "base": f'<html><head><base href="https://www.example.cn/{PHONE}/"></head><body>示例</body></html>',
    "text that the parser puts into the head": f'<meta charset="utf-8"><ruby>{PHONE}<rt>甲</rt></ruby>',
    "text after the page": f"<html><body>示例</body></html><p>{PHONE}</p>",
    "comment after the page": f"<html><body>示例</body></html><!-- {PHONE} -->",
    "type of the document": f'<!DOCTYPE html "{PHONE}"><html><body>示例</body></html>',
    "attribute without an end": f"<p>示例</p><a href='{PHONE}",
    "three hundred elements deep": "<div>" * 300 + PHONE + "</div>" * 300,
}


def found(data: bytes, name: str) -> list[screening.Finding]:
    document = documents.read(data, name=name)
    assert isinstance(document, documents.Document), document
    findings = screening.screen(document)
    assert PHONE not in json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)
    return findings


@pytest.mark.parametrize("place", PAGES)
def test_a_number_in_the_markup_of_a_page_is_found_and_masked(place):
    data = PAGES[place].encode()
    assert "mobile" in {finding.kind for finding in found(data, "a.html")}
    try:
        copy = screening.mask(data, documents.read(data, name="a.html")).decode()
    except screening.NotMasked as refused:
        copy = str(refused)
    assert PHONE not in copy
    assert ENCODED not in copy
    assert CODED not in copy


@pytest.mark.parametrize(
    "page",
    [
        f'<a href="https://www.example.cn/art/2017/5/art_12345_{PHONE}.html">示例</a>',
        f'<a href="/content/{PHONE}.html">示例</a>',
        f'<a href="https://www.example.cn/show?newsid={PHONE}&a=1">示例</a>',
        f'<script src="/a.js?_={PHONE}"></script><p>示例</p>',
        '<p id="a" class="col-12" style="width:100%"><a href="/x/2017-05-12/">示例</a></p>',
        '<table width="100%"><tr><td colspan="2" rowspan="3">示例</td></tr></table>',
    ],
)
def test_ordinary_markup_is_no_finding(page):
    blocking = [each for each in found(page.encode(), "a.html") if each.severity is screening.Severity.BLOCK]
    assert [each for each in blocking if each.where.part == "markup"] == []
    assert "markup" in screening.PARTS


def test_a_page_that_is_cut_off_by_its_depth_is_refused():
    page = "<p>示例</p>" + "<div>" * 3_000 + PHONE
    document = documents.read(page.encode(), name="a.html")
    assert isinstance(document, documents.Refusal)
    assert "嵌套过深" in document.sentence


@pytest.mark.parametrize("address", [f"https://www.example.cn/?tel={PHONE}", f"tel:{ENCODED}", f"/{PHONE}"])
def test_a_link_with_a_number_in_its_address_is_marked_and_loses_it(address):
    link = f'<p>见<a href="{address}" title="附件">附<em>件</em></a>。</p>'
    mark = '<mark class="stops" title="手机号，阻止公开，在链接地址或提示中">'
    assert highlight(link) == f'<p>见{mark}<a href="{address}" title="附件">附<em>件</em></a></mark>。</p>'
    assert cover(link) == '<p>见<a title="附件">附<em>件</em></a>。</p>'
