from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from pytest_django.asserts import assertInHTML, assertNotInHTML

from gongkai.ui.examples import ExampleForm
from gongkai.ui.forms import DateInput, Form, sentences

WRONG = {"title": "很长的名称" * 12, "number": "示房保〔2017〕12号", "written_on": "2017-13-40", "columns": ["a", "x"]}


def test_blank_form_marks_required_fields_in_words_and_has_no_summary() -> None:
    shown = str(ExampleForm())
    assertInHTML('<label for="id_title">名称<span class="need">必填</span></label>', shown)
    assertInHTML('<label for="id_number">文号</label>', shown)
    assertInHTML('<legend>公开属性<span class="need">必选</span></legend>', shown)
    assert "没有保存" not in shown
    assert 'class="errors"' not in shown


@pytest.mark.parametrize(
    "widget",
    [
        '<input type="date" name="written_on" required id="id_written_on">',
        '<textarea name="body" cols="40" rows="10" id="id_body"></textarea>',
        '<input type="file" name="attachment" aria-describedby="id_attachment_helptext" id="id_attachment">',
        '<input type="checkbox" name="is_normative" aria-describedby="id_is_normative_helptext" id="id_is_normative">',
        '<input type="radio" name="attribute" value="request" required id="id_attribute_1">',
        '<input type="checkbox" name="channels" value="board" id="id_channels_1">',
        '<option value="notice">通知</option>',
        '<input type="hidden" name="digest" id="id_digest">',
    ],
    ids=["date", "textarea", "file", "checkbox", "radio", "checkboxes", "select", "hidden"],
)
def test_form_renders_every_widget(widget: str) -> None:
    assertInHTML(widget, str(ExampleForm()), count=1)


def test_multiple_select_is_rendered_with_its_choices() -> None:
    assert '<select name="columns" id="id_columns" multiple>' in str(ExampleForm())


def test_help_stands_where_the_widget_says_it_does() -> None:
    shown = str(ExampleForm())
    assertInHTML('<p class="help" id="id_title_helptext">写全称，不加书名号。</p>', shown)
    assert 'aria-describedby="id_title_helptext"' in shown


def test_wrong_form_says_every_error_at_the_top_with_a_link_and_beside_its_field() -> None:
    shown = str(ExampleForm(WRONG))
    assertInHTML('<h2 id="error-summary-title">没有保存，请先改正以下内容</h2>', shown, count=1)
    assertInHTML('<li><a href="#id_title">名称</a>：最多40个字，现在有60个，请删减。</li>', shown, count=1)
    assertInHTML(
        '<ul class="errors" id="id_title_error"><li>最多40个字，现在有60个，请删减。</li></ul>', shown, count=1
    )
    assert 'aria-invalid="true"' in shown
    assertInHTML('<li><a href="#id_attribute">公开属性</a>：请选择。</li>', shown, count=1)
    assert '<div id="id_attribute">' in shown


def test_wrong_form_keeps_what_was_typed() -> None:
    shown = str(ExampleForm({**WRONG, "body": "已经写好的<正文>。"}))
    assert f'value="{WRONG["title"]}"' in shown
    assert 'value="示房保〔2017〕12号"' in shown
    assert "已经写好的&lt;正文&gt;。" in shown
    assertInHTML('<option value="a" selected>住房保障</option>', shown)


def test_error_of_the_whole_form_stands_at_the_top() -> None:
    form = ExampleForm(WRONG)
    form.add_error(None, "成文日期不能晚于今天。")
    assertInHTML("<li>成文日期不能晚于今天。</li>", str(form), count=1)


def test_error_of_a_hidden_field_is_not_lost() -> None:
    form = ExampleForm(WRONG)
    form.add_error("digest", "您看到的内容已经被修改，请刷新。")
    assertInHTML("<li>您看到的内容已经被修改，请刷新。</li>", str(form), count=1)


class Ages(Form):
    name = forms.CharField(min_length=2)
    age = forms.IntegerField(min_value=1, max_value=9)
    email = forms.EmailField()
    on = forms.DateField()
    kind = forms.ChoiceField(choices=[("a", "甲")])
    sure = forms.BooleanField()
    file = forms.FileField()
    said = forms.CharField(error_messages={"required": "请写明理由。"})


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "请填写。"),
        ("name", "字", "至少2个字，现在有1个，请补充。"),
        ("age", "0", "不能小于1。"),
        ("age", "10", "不能大于9。"),
        ("age", "十", "请填写整数。"),
        ("email", "无", "不是有效的电子邮箱地址，请检查。"),
        ("on", "昨天", "不是有效的日期，请按“2017-05-19”这样填写。"),
        ("kind", "乙", "“乙”不在可选的范围里，请重新选择。"),
        ("kind", "", "请选择。"),
        ("sure", "", "请勾选。"),
        ("file", "", "请选择文件。"),
        ("said", "", "请写明理由。"),
    ],
)
def test_sentence_says_in_plain_words_what_to_do(field: str, typed: str, said: str) -> None:
    assert sentences(Ages({field: typed})[field]) == [said]


def test_date_is_shown_as_the_browser_reads_it() -> None:
    form = ExampleForm(initial={"written_on": dt.date(2017, 5, 19)})
    assert 'value="2017-05-19"' in str(form["written_on"])


def test_chosen_widget_is_not_replaced() -> None:
    class Chosen(Form):
        on = forms.DateField(widget=forms.SelectDateWidget)

    assert isinstance(Chosen().fields["on"].widget, forms.SelectDateWidget)
    assert isinstance(ExampleForm().fields["written_on"].widget, DateInput)


def test_label_is_escaped() -> None:
    class Named(Form):
        name = forms.CharField(label="<b>名</b>")

    assertNotInHTML("<b>名</b>", str(Named()))
