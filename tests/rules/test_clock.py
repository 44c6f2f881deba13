"""The clock: exclude, restart, extend, replace, end (C-09), and what it says of each day."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.rules.calendar import Calendar, Notice
from gongkai.rules.clock import (
    Deadline,
    End,
    Exclusion,
    Extension,
    Facts,
    Replacement,
    Restart,
    due,
    due_on,
    interpretation_rule,
    reckoner,
    regime_of,
    warnings,
)
from gongkai.rules.deadlines import limits
from gongkai.rules.errors import DayOutOfRange, ImpossibleFacts, RulesError, UnknownRule
from gongkai.rules.legal_settings import Settings

CALENDAR = Calendar.standard()
DEFAULTS = Settings.defaults()
ONE_DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def of(rule: str, start: str, *changes: Any, **options: Any) -> Deadline:
    settings = options.pop("settings", DEFAULTS)
    return due(rule, Facts(day(start), changes), options.pop("calendar", CALENDAR), settings, **options)


def pause(first: str, last: str) -> Exclusion:
    return Exclusion(day(first), day(last))


# -- exclude --


def test_overlapping_exclusions_count_once() -> None:
    both = of("Q-11", "2025-03-03", pause("2025-03-10", "2025-03-20"), pause("2025-03-14", "2025-03-24"))
    assert both.due_on == of("Q-11", "2025-03-03", pause("2025-03-10", "2025-03-24")).due_on == day("2025-04-15")


def test_an_exclusion_that_begins_after_the_end_leaves_a_late_clock_late() -> None:
    assert of("Q-11", "2025-03-03", pause("2025-03-31", "2025-04-30")).due_on == day("2025-03-31")
    assert of("Q-11", "2025-03-03", pause("2025-04-02", "2025-04-30")).due_on == day("2025-03-31")


def test_an_exclusion_on_the_last_day_but_one_moves_the_last_day() -> None:
    assert of("Q-11", "2025-03-03", pause("2025-03-28", "2025-03-31")).due_on == day("2025-04-01")


def test_an_exclusion_of_days_off_changes_nothing() -> None:
    assert of("Q-11", "2025-03-03", pause("2025-03-14", "2025-03-16")).due_on == day("2025-03-31")


INTERVALS = {
    "after_first_through_last": ("2025-04-15", 10),
    "first_through_last": ("2025-04-16", 11),
    "between": ("2025-04-14", 9),
}


@pytest.mark.parametrize(("kind", "expected"), INTERVALS.items(), ids=INTERVALS.keys())
def test_whether_first_and_last_day_are_excluded_is_a_setting(kind: str, expected: tuple[str, int]) -> None:
    settings = Settings.of({"exclusion_interval": kind})
    found = of("Q-11", "2025-03-03", pause("2025-03-10", "2025-03-24"), settings=settings)
    assert (found.due_on, found.settings["exclusion_interval"]) == (day(expected[0]), kind)
    assert sum("扣除" in step.why for step in found.steps) == expected[1]


def test_an_exclusion_cites_the_article_and_its_reason() -> None:
    found = of("Q-11", "2025-03-03", Exclusion(day("2025-03-10"), day("2025-03-11"), "征求第三方意见，扣除"))
    assert "《政府信息公开条例》（国务院令第711号修订）第三十三条第三款" in found.basis
    assert [step.why for step in found.steps if step.on == day("2025-03-11")] == [
        "星期二，工作日；征求第三方意见，扣除"
    ]


def test_hearing_days_are_excluded_from_a_petition_re_review_in_calendar_days() -> None:
    assert of("L-09", "2024-03-01").due_on == day("2024-04-01")  # 31 March is a Sunday
    assert of("L-09", "2024-03-01", pause("2024-03-10", "2024-03-13")).due_on == day("2024-04-03")


# -- restart --


def test_steps_after_a_restart_begin_at_the_new_day_0() -> None:
    found = of("Q-11", "2025-04-21", Restart(day("2025-05-12")))
    assert (found.steps[0].on, found.steps[0].n, found.steps[0].counts) == (day("2025-05-12"), 0, False)
    assert "重新起算" in found.steps[0].why
    assert found.start == day("2025-04-21")


def test_a_restart_after_the_base_limit_is_allowed() -> None:
    assert of("Q-11", "2025-03-03", Restart(day("2025-05-12"))).due_on == day("2025-06-10")


@pytest.mark.parametrize("rule", ["Q-20", "Q-23", "Q-25", "Q-26", "Q-30"])
def test_an_event_with_its_change_asks_about_the_reply_limit(rule: str) -> None:
    change = Restart(day("2025-03-12")) if rule in ("Q-20", "Q-30") else pause("2025-03-10", "2025-03-24")
    found = of(rule, "2025-03-03", change)
    assert found.due_on == of("Q-11", "2025-03-03", change).due_on
    assert found.notes[0].startswith(f"{rule}（")
    assert found.notes[0].endswith("改变的是Q-11（答复申请）的期限，所得为该期限。")
    extended = of(rule, "2025-03-03", change, Extension())
    assert extended.due_on == of("Q-12", "2025-03-03", change).due_on


def test_the_last_restart_decides() -> None:
    assert of("Q-11", "2025-03-03", Restart(day("2025-05-12")), Restart(day("2025-03-10"))).due_on == day("2025-06-10")


def test_an_exclusion_before_a_restart_has_no_effect() -> None:
    found = of("Q-11", "2025-04-01", pause("2025-04-02", "2025-04-30"), Restart(day("2025-05-12")))
    assert found.due_on == day("2025-06-10")


def test_a_restart_keeps_the_extension_and_the_steps_count_both_limits() -> None:
    found = of("Q-11", "2025-04-21", Extension(day("2025-05-09")), Restart(day("2025-05-12")))
    assert found.due_on == CALENDAR.add_working_days(day("2025-05-12"), 40)
    assert found.steps[-1].n == 40


# -- extend --


def test_the_extension_counts_from_the_end_of_the_base_limit_and_not_from_its_notice() -> None:
    early, late = (of("Q-11", "2025-03-03", Extension(day(on))) for on in ("2025-03-04", "2025-03-31"))
    assert early.due_on == late.due_on == day("2025-04-28")
    assert early.base_due_on == day("2025-03-31")
    assert [step.on for step in early.steps if "基本期限届满" in step.why] == [day("2025-03-31")]


def test_an_excluded_time_moves_the_day_by_which_the_notice_must_go_out() -> None:
    asked = pause("2025-03-10", "2025-03-24")
    assert of("Q-11", "2025-03-03", asked, Extension(day("2025-04-15"))).base_due_on == day("2025-04-15")
    with pytest.raises(ImpossibleFacts, match="期限届满后不能延长"):
        of("Q-11", "2025-03-03", asked, Extension(day("2025-04-16")))


def test_after_a_restart_the_notice_must_go_out_within_the_limit_then_running() -> None:
    again = Restart(day("2025-05-12"))
    assert of("Q-11", "2025-04-21", again, Extension(day("2025-06-10"))).due_on == day("2025-07-08")
    with pytest.raises(ImpossibleFacts, match="2025年6月10日"):
        of("Q-11", "2025-04-21", again, Extension(day("2025-06-11")))
    with pytest.raises(ImpossibleFacts, match="期限届满后不能延长"):
        of("Q-11", "2025-03-03", again, Extension(day("2025-04-01")))  # the first limit had passed


def test_q_12_always_includes_the_extension() -> None:
    assert of("Q-12", "2025-03-03").due_on == of("Q-12", "2025-03-03", Extension()).due_on == day("2025-04-28")


@pytest.mark.parametrize("rule", ["Q-13", "Q-14"])
def test_the_hard_end_is_the_extended_limit(rule: str) -> None:
    assert of(rule, "2025-03-03").due_on == of("Q-12", "2025-03-03").due_on


@pytest.mark.parametrize("rule", ["Q-11", "M-04", "M-07", "L-04", "A-05"])
def test_the_variant_extended_is_the_extension(rule: str) -> None:
    assert of(rule, "2024-03-01", variant="extended").due_on == of(rule, "2024-03-01", Extension()).due_on


def test_where_an_extension_counts_from_when_the_base_limit_moved_is_a_setting() -> None:
    # 60 days end on Saturday 2025-05-17 and move to Monday.
    assert of("A-05", "2025-03-18", Extension()).due_on == day("2025-06-18")
    nominal = Settings.of({"extension_counts_from": "nominal_end"})
    assert of("A-05", "2025-03-18", Extension(), settings=nominal).due_on == day("2025-06-16")


# -- replace, end --


def test_a_replacement_takes_the_place_of_the_computed_date() -> None:
    found = of("Q-29", "2025-03-03", Replacement(day("2025-05-30"), day("2025-03-28")))
    assert (found.due_on, found.base_due_on) == (day("2025-05-30"), day("2025-03-31"))
    assert "《政府信息公开条例》（国务院令第711号修订）第三十五条" in found.basis


def test_a_limit_printed_on_a_work_order_overrides_the_rule() -> None:
    assert of("M-04", "2024-09-27", Replacement(day("2024-10-08"))).due_on == day("2024-10-08")
    assert of("M-09", "2017-03-01", Replacement(day("2017-03-10"))).due_on == day("2017-03-10")


def test_an_end_says_whether_it_came_in_time() -> None:
    assert of("Q-11", "2025-03-03").in_time is None
    assert of("Q-11", "2025-03-03", End(day("2025-03-31"))).in_time is True
    assert of("Q-11", "2025-03-03", End(day("2025-04-01"))).in_time is False
    assert of("P-02", "2025-03-03", End(day("2025-04-01"))).in_time is None


# -- what is refused, in one sentence --

REFUSED = {
    "unknown rule": ("Q-99", "2025-03-03", (), "没有编号为「Q-99」"),
    "no rule id": ("q-11", "2025-03-03", (), "没有编号为「q-11」"),
    "unknown variant": ("A-05", "2025-03-03", (), "没有「joint」这种情形"),
    "before the calendar": ("Q-11", "2007-12-31", (), "不在工作日历的范围内"),
    "after the calendar": ("J-01", "2036-01-01", (), "不在工作日历的范围内"),
    "end after the calendar": ("Q-11", "2035-12-20", (), "超出了工作日历的范围"),
    "months end after the calendar": ("J-01", "2035-12-20", (), "不在工作日历的范围内"),
    "exclusion ends before its start": (
        "Q-11",
        "2025-03-03",
        (Exclusion(day("2025-03-24"), day("2025-03-10")),),
        "扣除期间的结束日2025年3月10日早于开始日2025年3月24日",
    ),
    "restart before the start": ("Q-11", "2025-03-03", (Restart(day("2025-03-02")),), "早于起算日2025年3月3日"),
    "notice before the start": ("Q-11", "2025-03-03", (Extension(day("2025-03-02")),), "早于起算日2025年3月3日"),
    "closed before the start": ("Q-11", "2025-03-03", (End(day("2025-03-02")),), "办结日期2025年3月2日早于"),
    "closed before a restart": (
        "Q-11",
        "2025-03-03",
        (Restart(day("2025-03-12")), End(day("2025-03-11"))),
        "办结日期2025年3月11日早于",
    ),
    "two extensions": (
        "Q-11",
        "2025-03-03",
        (Extension(day("2025-03-04")), Extension(day("2025-03-05"))),
        "只能延长一次",
    ),
    "late extension": ("Q-11", "2025-03-03", (Extension(day("2025-04-01")),), "晚于基本期限的届满日2025年3月31日"),
    "extension of a rule without": ("P-01", "2025-03-03", (Extension(),), "没有延长的规定"),
    "extension of an event": ("Q-20", "2025-03-03", (Extension(),), "没有延长的规定"),
    "exclusion from a rule without": ("P-01", "2025-03-03", (pause("2025-03-10", "2025-03-11"),), "没有扣除的规定"),
    "restart of a rule without": ("A-05", "2025-03-03", (Restart(day("2025-03-10")),), "没有重新起算的规定"),
    "replacement under Order 492": ("Q-11", "2017-03-01", (Replacement(day("2017-05-01")),), "不能另定"),
    "replacement by an earlier day": ("Q-11", "2025-03-03", (Replacement(day("2025-03-28")),), "延迟答复应当更晚"),
    "replacement told too late": (
        "Q-11",
        "2025-03-03",
        (Replacement(day("2025-05-28"), day("2025-04-01")),),
        "晚于期限的届满日2025年3月31日",
    ),
    "two replacements": (
        "Q-11",
        "2025-03-03",
        (Replacement(day("2025-05-28")), Replacement(day("2025-05-29"))),
        "只能有一个另定的期限",
    ),
    "hours from a day": ("I-05", "2025-05-01", (), "请写明起算的时刻"),
}


@pytest.mark.parametrize(("rule", "start", "changes", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_due_refuses_impossible_facts_in_one_sentence(
    rule: str, start: str, changes: tuple[Any, ...], words: str
) -> None:
    variant = "joint" if "joint" in words else ""
    for ask in (due, due_on):
        with pytest.raises(RulesError, match=rf"^[^。]*{words}[^。]*。$"):
            ask(rule, Facts(day(start), changes), CALENDAR, DEFAULTS, variant=variant)


def test_the_errors_are_told_apart() -> None:
    with pytest.raises(UnknownRule):
        of("X-01", "2025-03-03")
    with pytest.raises(DayOutOfRange):
        of("Q-11", "1999-03-03")


def test_a_simplified_reconsideration_has_no_extension() -> None:
    with pytest.raises(ImpossibleFacts, match="没有延长的规定"):
        of("A-05", "2025-03-18", Extension(), variant="simplified")


def test_only_requests_choose_their_regime() -> None:
    assert of("Q-11", "2017-03-01", regime="711").due_on == day("2017-03-29")
    with pytest.raises(ImpossibleFacts, match="只有依申请公开的规则可以另选"):
        of("P-01", "2017-03-01", regime="711")
    assert of("P-01", "2017-03-01", regime="492").regime == "492"
    assert of("A-01", "2025-01-10").regime == ""


# -- rules without a number, texts by date --

WITHOUT_NUMBER = {
    "P-02": ("2025-03-03", "条例没有规定天数，应当及时。"),
    "P-05": ("2017-03-01", "第492号令没有这一要求。"),
    "Q-10": ("2025-03-03", "能够当场答复的应当当场答复，没有天数。"),
    "Q-20": ("2017-03-01", "第492号令没有规定告知补正的天数；补正后自收到补正申请之日起重新计算答复期限。"),
    "Q-30": ("2020-12-31", "当时还没有信息处理费，没有缴费期限。"),
    "Q-36": ("2025-03-03", "没有期限：撤回后申请办结。"),
    "Y-04": ("2019-12-31", "不单独报送，列入年度报告。"),
    "M-08": ("2017-03-01", "《菏泽市物业管理条例》自2018年5月1日起施行，此前没有这一期限。"),
    "M-09": ("2017-03-01", "没有读到规定，本地设置的期限还没有填写。"),
    "L-03": ("2017-03-01", "2005年《信访条例》没有这一期限。"),
    "A-07": ("2023-12-31", "2017年文本没有复议前置，可以直接起诉。"),
    "J-02": ("2015-04-30", "2015年5月1日前的《行政诉讼法》文本没有读到。"),
    "P-01": ("2008-04-30", "2008年4月30日没有适用的文本，没有期限。"),
    "Q-11": ("2008-04-30", "《政府信息公开条例》自2008年5月1日起施行，此前收到的申请没有期限。"),
    "C-05": ("2025-03-03", "以月、年计的期限到期月的对应日届满；没有对应日的，到该月最后一日。"),
}


@pytest.mark.parametrize("rule", WITHOUT_NUMBER)
def test_a_rule_without_a_number_says_so(rule: str) -> None:
    start, why = WITHOUT_NUMBER[rule]
    found = of(rule, start)
    assert (found.due_on, found.why, found.steps) == (None, why, ())
    assert found.basis or rule == "P-01"
    assert due_on(rule, Facts(day(start)), CALENDAR, DEFAULTS) is None


def test_a_variant_that_a_text_does_not_know_says_so() -> None:
    assert of("A-04", "2017-05-24", variant="simplified").why == "2017年5月24日适用的文本没有这一情形的期限。"


TEXTS = {
    "reconsideration answer, 2017 text: ten calendar days": ("A-04", "2023-12-31", "2024-01-10"),
    "reconsideration answer, 2023 text: ten working days": ("A-04", "2024-01-01", "2024-01-15"),
    "secrecy, 2014 rules: ten calendar days": ("O-01", "2024-08-29", "2024-09-09"),
    "petition, 2005 rules": ("L-04", "2022-04-30", "2022-06-29"),
    "lawsuit, three months before May 2015": ("J-01", "2015-04-30", "2015-07-30"),
    "lawsuit, six months since May 2015": ("J-01", "2015-05-04", "2015-11-04"),
    "report on 2018": ("Y-01", "2018-07-01", "2019-03-31"),
    "report on 2019": ("Y-01", "2019-12-31", "2020-01-31"),
    "report on 2018, asked in January": ("Y-01", "2019-01-10", "2019-03-31"),
    "report on 2019, asked in January": ("Y-01", "2020-01-10", "2020-01-31"),
    "report on 2019, asked in April 2019": ("Y-01", "2019-04-01", "2020-01-31"),
    "on the day itself": ("Y-01", "2020-01-31", "2020-01-31"),
    "government report": ("Y-02", "2019-12-31", "2020-03-31"),
}


@pytest.mark.parametrize(("rule", "start", "until"), TEXTS.values(), ids=TEXTS.keys())
def test_the_text_in_force_on_the_start_day_applies(rule: str, start: str, until: str) -> None:
    assert of(rule, start).due_on == day(until)


def test_months_move_when_they_end_on_a_day_off() -> None:
    assert of("J-01", "2024-03-14").due_on == day("2024-09-14")  # a working Saturday
    found = of("J-01", "2024-04-04")
    assert found.due_on == day("2024-10-08")
    assert [step.on for step in found.steps[-5:]] == [day("2024-10-04") + n * ONE_DAY for n in range(5)]


def test_a_limit_before_an_event_is_counted_back_and_not_moved() -> None:
    found = of("O-03", "2024-10-10")
    assert found.due_on == day("2024-10-03")
    assert found.plan_by == day("2024-09-30")
    assert sum(step.counts for step in found.steps) == 7


def test_staleness_of_a_website_does_not_move() -> None:
    assert of("W-02", "2025-03-01").due_on == day("2025-03-15")  # a Saturday


# -- settings --


def test_the_start_day_of_a_request_counts_by_setting() -> None:
    included = Settings.of({"request_start_day": "included"})
    found = of("Q-11", "2025-03-03", settings=included)
    assert (found.due_on, found.steps[0].n) == (day("2025-03-28"), 1)
    assert of("Q-11", "2025-03-02", settings=included).due_on == day("2025-03-28")  # a Sunday
    assert due_on("Q-11", Facts(day("2025-03-03")), CALENDAR, included) == day("2025-03-28")


def test_a_request_open_on_the_change_keeps_order_492_and_is_told_the_other_date() -> None:
    found = of("Q-11", "2019-05-14")
    assert (found.regime, found.due_on) == ("492", day("2019-06-04"))
    assert found.notes == ("2019年5月15日尚未办结；按第711号令计算为2019年6月12日，供参考。",)
    assert of("Q-11", "2019-03-01").notes == ()


def test_a_request_open_on_the_change_goes_by_order_711_by_setting() -> None:
    settings = Settings.of({"request_open_on_change": "711"})
    assert regime_of(day("2019-05-14"), CALENDAR, settings) == "711"
    assert regime_of(day("2019-04-01"), CALENDAR, settings) == "492"
    assert due_on("Q-11", Facts(day("2019-05-14")), CALENDAR, settings) == day("2019-06-12")


def test_petition_limits_move_by_setting() -> None:
    fixed = Settings.of({"petition_limits_move": False})
    assert of("L-02", "2017-06-30", settings=fixed).due_on == day("2017-07-15")


def test_a_fixed_date_moves_by_setting() -> None:
    moving = Settings.of({"fixed_date_on_day_off": "moves"})
    assert of("Y-01", "2025-12-31", settings=moving).due_on == day("2026-02-02")


def test_a_local_limit_is_a_setting() -> None:
    assert of("M-09", "2017-03-01", settings=Settings.of({"district_line_days": 5})).due_on == day("2017-03-08")
    assert of("Q-22", "2025-03-03", settings=Settings.of({"completion_days": 10})).due_on == day("2025-03-17")
    assert of("Y-03", "2019-12-31", settings=Settings.of({"report_submit_by_711": "01-20"})).due_on == day("2020-01-20")
    with pytest.raises(ImpossibleFacts, match="不是月-日"):
        of("Y-03", "2019-12-31", settings=Settings.of({"report_submit_by_711": "一月"}))


def test_the_target_for_corrections_is_a_setting() -> None:
    assert of("Q-35", "2025-03-03").due_on == day("2025-03-31")
    without = of("Q-35", "2025-03-03", settings=Settings.of({"correction_target": "none"}))
    assert (without.due_on, without.settings) == (None, {"correction_target": "none"})


def test_the_limit_for_paying_the_fee_begins_with_the_fee_by_setting() -> None:
    found = of("Q-30", "2021-01-04")
    assert (found.due_on, found.settings["information_fee_from"]) == (day("2021-02-01"), "2021-01-01")
    later = Settings.of({"information_fee_from": "2021-02-01"})
    assert due_on("Q-30", Facts(day("2021-01-04")), CALENDAR, later) is None
    with pytest.raises(ImpossibleFacts, match="不是日期"):
        of("Q-30", "2021-01-04", settings=Settings.of({"information_fee_from": "2021"}))


def test_which_rule_holds_for_interpretation_is_a_setting() -> None:
    assert interpretation_rule(day("2017-09-29"), DEFAULTS) == "I-03"
    assert interpretation_rule(day("2020-09-29"), DEFAULTS) == "I-01"
    three = Settings.of({"interpretation_limit": "three_working_days"})
    assert interpretation_rule(day("2017-09-29"), three) == "I-02"


def test_the_days_of_warning_are_a_setting() -> None:
    assert warnings(day("2025-03-31"), CALENDAR, DEFAULTS).yellow_from == day("2025-03-26")
    assert warnings(day("2025-03-31"), CALENDAR, Settings.of({"yellow_days": 5})).yellow_from == day("2025-03-24")


def test_an_instant_with_a_time_zone_counts_by_the_day_in_china() -> None:
    late = dt.datetime(2025, 3, 2, 16, 30, tzinfo=dt.UTC)  # 00:30 of 3 March in China
    assert due("Q-11", Facts(late), CALENDAR, DEFAULTS).start == day("2025-03-03")
    assert due("I-05", Facts(late), CALENDAR, DEFAULTS).due_on == dt.datetime.fromisoformat("2025-03-03T05:30")


# -- provisional --


def test_a_year_without_a_notice_is_marked_and_its_notice_makes_it_final() -> None:
    found = of("Q-11", "2027-01-20")
    assert (found.provisional, found.due_on) == (True, day("2027-02-19"))
    notice = Notice(2027, "示例通知", day("2026-11-30"), (day("2027-02-08"),), ())
    final = of("Q-11", "2027-01-20", calendar=CALENDAR.with_notices(notice))
    assert (final.provisional, final.due_on) == (False, day("2027-02-18"))


def test_only_the_days_that_are_looked_up_make_a_limit_provisional() -> None:
    assert not of("Q-11", "2026-12-01").provisional
    assert of("Q-11", "2026-12-15").provisional
    assert of("L-04", "2026-12-15").provisional  # ends in 2027, where it might move
    assert not of("Y-01", "2026-12-31").provisional  # a fixed date
    assert not of("W-02", "2027-03-01").provisional  # does not move


def test_as_known_before_the_notice_a_limit_is_provisional() -> None:
    assert of("Q-11", "2017-03-01", calendar=Calendar.standard(day("2016-11-30"))).provisional


# -- properties --

# A busy machine is no failure of the law.
UNHURRIED = settings(deadline=None)
DAYS = st.dates(dt.date(2009, 6, 1), dt.date(2032, 12, 31))
SPANS = st.integers(0, 40)
PAUSES = st.lists(st.tuples(st.integers(0, 80), SPANS), max_size=4)
REPLIES = st.sampled_from(["Q-11", "Q-12", "Q-03", "L-09"])
PLAIN = st.sampled_from(
    [(each.id, variant) for each in limits() for variant in (each.variants or ("",)) if not each.id.startswith("I-0")]
)


def paused(start: dt.date, pauses: list[tuple[int, int]]) -> tuple[Exclusion, ...]:
    return tuple(Exclusion(start + offset * ONE_DAY, start + (offset + length) * ONE_DAY) for offset, length in pauses)


def day_due(rule: str, start: dt.date, *changes: Any) -> dt.date:
    found = due_on(rule, Facts(start, changes), CALENDAR, DEFAULTS)
    assert type(found) is dt.date
    return found


@UNHURRIED
@given(REPLIES, DAYS, PAUSES, st.integers(0, 80), SPANS)
def test_a_pause_never_makes_a_deadline_earlier(
    rule: str, start: dt.date, pauses: list[tuple[int, int]], offset: int, length: int
) -> None:
    before = paused(start, pauses)
    more = paused(start, [(offset, length)])
    assert day_due(rule, start, *before, *more) >= day_due(rule, start, *before)


@UNHURRIED
@given(REPLIES, DAYS, PAUSES, st.integers(0, 80))
def test_a_pause_of_no_days_changes_nothing(
    rule: str, start: dt.date, pauses: list[tuple[int, int]], offset: int
) -> None:
    before = paused(start, pauses)
    assert day_due(rule, start, *before, *paused(start, [(offset, 0)])) == day_due(rule, start, *before)


@UNHURRIED
@given(REPLIES, DAYS, st.integers(0, 40), st.integers(0, 30), st.integers(0, 30))
def test_splitting_a_pause_in_two_neighbouring_ones_is_neutral(
    rule: str, start: dt.date, offset: int, one: int, other: int
) -> None:
    whole = paused(start, [(offset, one + other)])
    halves = paused(start, [(offset, one), (offset + one, other)])
    assert day_due(rule, start, *halves) == day_due(rule, start, *whole)


@UNHURRIED
@given(DAYS, st.integers(0, 19), st.integers(0, 20), st.integers(0, 40))
def test_the_order_of_independent_facts_does_not_matter(start: dt.date, offset: int, length: int, restart: int) -> None:
    changes = (
        *paused(start, [(offset, length), (offset + 3, length)]),
        Restart(start + restart * ONE_DAY),
        Extension(),
    )
    found = {due("Q-11", Facts(start, order), CALENDAR, DEFAULTS).due_on for order in permutations(changes)}
    assert len(found) == 1


@UNHURRIED
@given(PLAIN, DAYS)
def test_the_explanation_has_as_many_counting_days_as_the_limit(rule: tuple[str, str], start: dt.date) -> None:
    found = due(rule[0], Facts(start), CALENDAR, DEFAULTS, variant=rule[1])
    assume(found.due_on is not None)
    counting = [step for step in found.steps if step.counts]
    assert [step.n for step in counting] == list(range(1, len(counting) + 1))
    assert found.steps[-1].on == found.due_on
    if rule[0] == "Q-11":
        assert len(counting) == (15 if found.regime == "492" else 20)


@UNHURRIED
@given(REPLIES, DAYS, PAUSES, st.booleans())
def test_the_explanation_counts_as_many_days_with_pauses_and_extension(
    rule: str, start: dt.date, pauses: list[tuple[int, int]], extended: bool
) -> None:
    extension = (Extension(),) if extended and rule != "L-09" else ()
    found = due(rule, Facts(start, (*paused(start, pauses), *extension)), CALENDAR, DEFAULTS)
    base = 30 if rule == "L-09" else 15 if found.regime == "492" else 20
    assert sum(step.counts for step in found.steps) == base * (2 if extension or rule == "Q-12" else 1)
    assert found.steps[-1].on == found.due_on
    assert due_on(rule, Facts(start, (*paused(start, pauses), *extension)), CALENDAR, DEFAULTS) == found.due_on


@UNHURRIED
@given(REPLIES, DAYS, PAUSES)
def test_a_limit_in_working_days_ends_on_a_working_day(
    rule: str, start: dt.date, pauses: list[tuple[int, int]]
) -> None:
    assert CALENDAR.is_working_day(day_due(rule, start, *paused(start, pauses)))


@UNHURRIED
@given(st.sampled_from([("P-01", 20), ("M-02", 15), ("O-11", 20), ("A-02", 5)]), DAYS)
def test_counting_back_from_the_due_day_gives_the_last_working_day_on_or_before_the_start(
    rule: tuple[str, int], start: dt.date
) -> None:
    found = day_due(rule[0], start)
    assert CALENDAR.add_working_days(found, -rule[1]) == CALENDAR.working_day_until(start)


@UNHURRIED
@given(DAYS, PAUSES)
def test_the_due_day_is_the_first_on_which_the_counted_days_are_enough(
    start: dt.date, pauses: list[tuple[int, int]]
) -> None:
    """Against the definition of C-09, day by day."""
    left_out = {
        each.first + n * ONE_DAY for each in paused(start, pauses) for n in range(1, (each.last - each.first).days + 1)
    }
    limit, counted, on = (20 if start >= day("2019-05-15") else 15), 0, start
    while counted < limit:
        on += ONE_DAY
        counted += CALENDAR.is_working_day(on) and on not in left_out
    assert day_due("Q-11", start, *paused(start, pauses)) == on


ALL = [
    (rule.id, variant, regime)
    for rule in limits()
    for variant in rule.all_variants() or {"": ""}
    for regime in (("auto", "492", "711") if rule.of_requests else ("auto",))
]


@UNHURRIED
@given(st.sampled_from(ALL), DAYS)
def test_the_bare_date_is_that_of_the_explained_deadline(case: tuple[str, str, str], start: dt.date) -> None:
    rule, variant, regime = case
    facts = Facts(dt.datetime.combine(start, dt.time(22, 30)))
    found = due(rule, facts, CALENDAR, DEFAULTS, regime=regime, variant=variant)
    assert due_on(rule, facts, CALENDAR, DEFAULTS, regime=regime, variant=variant) == found.due_on
    assert (found.due_on is None) == bool(found.why)


def test_a_reckoner_is_kept_with_its_calendar() -> None:
    assert reckoner("Q-11", CALENDAR, DEFAULTS) is reckoner("Q-11", CALENDAR, DEFAULTS)
    with pytest.raises(ImpossibleFacts, match="请写明起算的时刻"):
        reckoner("I-05", CALENDAR, DEFAULTS)(day("2025-05-01"))
