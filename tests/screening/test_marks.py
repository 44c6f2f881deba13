"""Marks of secrecy and of internal or unfinished papers: their position decides."""

from __future__ import annotations

import pytest

from gongkai import documents, screening
from tests.screening import corpus


def of_text(text: str) -> list[tuple[str, str]]:
    document = documents.read(text.encode(), name="a.txt")
    return [(str(finding.kind), str(finding.severity)) for finding in screening.screen(document)]


@pytest.mark.parametrize(
    "text",
    [
        "绝密★",
        "机密★1年",
        "机密广10年",  # so recognition of a scanned page reads it
        "绝密友 长期",
        "秘密★5年\n示例文件",
        "秘密 ★ 三年",
        "绝  密",
        "机　密",
        "【机密】",
        "密级：秘密",
        "秘密  10年",
        "000001\n机密★启封前\n特急\n示例〔2017〕1号",
        "示例正文（秘密★2年），",
    ],
)
def test_a_mark_of_secrecy_blocks(text):
    assert ("secrecy_mark", "block") in of_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "保守国家秘密是公民的义务。",
        "不得泄露商业秘密和个人隐私。",
        "国家秘密的密级分为绝密、机密、秘密三级。",
        "涉及机密事项的，另行处理。",
        "标注“绝密★”字样的文件不得上网。",
        "《保守国家秘密法》",
        "密级：□绝密 □机密 □秘密",
        "秘密举报箱设在一楼。",
        "为举报人保守秘密",
    ],
)
def test_talk_about_secrets_is_no_mark(text):
    assert [kind for kind, severity in of_text(text) if kind == "secrecy_mark" and severity != "info"] == []


@pytest.mark.parametrize("mark", ["内部资料", "内部文件", "不得外传", "送审稿", "讨论记录"])
@pytest.mark.parametrize("text", ["{}", "（{}）", "示例方案（{}）\n正文", "本材料为{}。"])
def test_an_internal_mark_blocks(mark, text):
    assert ("internal_mark", "block") in of_text(text.format(mark))


def test_a_spaced_internal_mark_blocks():
    assert ("internal_mark", "block") in of_text("内　部　资　料\n示例")


@pytest.mark.parametrize(
    "text",
    [
        "示例办法（征求意见稿）",
        "关于示例事项的请示",
        "你局《关于示例事项的请示》收悉。",
        "现就《示例办法（征求意见稿）》公开征求意见。",
        "示例办法\n（征求意见稿）\n第一条",
        "请示报告制度得到落实。",
    ],
)
def test_a_draft_for_comment_and_a_request_in_title_or_citation_never_block(text):
    assert {severity for _kind, severity in of_text(text)} <= {"info"}


def test_a_request_itself_blocks():
    assert ("internal_mark", "block") in of_text("现将有关事项请示如下：")


def test_a_cited_draft_warns():
    assert of_text("会议审议了《示例方案（送审稿）》。") == [("internal_mark", "warn")]


@pytest.mark.parametrize("mark", ["草稿", "DRAFT", "征求意见稿", "内部资料"])
def test_a_watermark_blocks(mark):
    data = corpus.docx(corpus.paragraph(corpus.run("示例")), header=mark)
    findings = screening.screen(documents.read(data, name="a.docx"))
    assert [(str(finding.kind), str(finding.severity), finding.where.part) for finding in findings] == [
        ("internal_mark", "block", "header")
    ]


def test_a_level_in_the_header_is_a_mark():
    data = corpus.docx(corpus.paragraph(corpus.run("示例")), header="机密  第1份")
    findings = screening.screen(documents.read(data, name="a.docx"))
    assert {(str(finding.kind), finding.where.part) for finding in findings} == {("secrecy_mark", "header")}
