"""The pages of docs/reference that are generated from the law package: law.md and legal-settings.md.

`tools/write_docs.py` writes and checks them. `law.md` is a list of chapters; each is a function of this module that gives
Markdown under a heading of the second level.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

NOTE = "<!-- 本页由 make docs 生成，请勿手工修改。 -->\n\n"

GROUPS = {
    "P": "主动公开",
    "Q": "依申请公开",
    "Y": "年度报告",
    "I": "解读与回应",
    "M": "留言、热线、投诉",
    "L": "信访",
    "W": "网站维护",
    "A": "行政复议",
    "J": "行政诉讼",
    "O": "其他期限",
}
UNITS = {
    "working_days": "个工作日",
    "days": "日",
    "weeks": "周",
    "months": "个月",
    "years": "年",
    "hours": "小时",
}
CHANGES = {"exclude": "扣除", "restart": "重新起算", "extend": "延长", "replace": "另定", "end": "终止"}
EFFECTS = {"exclude": "扣除", "restart": "重新起算", "replace": "另定期限", "end": "终止"}
# Start days of the examples: the first that lies in the time of a wording is taken.
EXAMPLES = (dt.datetime(2025, 3, 3, 22, 30), dt.datetime(2017, 3, 1, 22, 30), dt.datetime(2010, 3, 1, 22, 30))  # noqa: DTZ001  # local time, as the law counts


def law() -> str:
    """The law of time on one page: what counts as a working day, how limits are counted, every limit, receipt."""
    parts = [
        "# 法律规则\n",
        "本页由程序中的规则数据生成，供法制人员核对：每条规则的起算、期限、依据、所用的设置和算例。"
        "「—」表示没有。算例可用 `gongkai due` 重算；没有写明的，取默认设置。「可以有」是这一期限的计算可以有的变化：扣除、重新起算、延长、另定、终止。"
        "设置的取值和理由见[法律设置](legal-settings.md)。办理结果和救济见[申请的办理结果](outcomes.md)，[收费](fees.md)、[统计表](tables.md)和[勾稽关系](relations.md)另有各自的页面。\n",
        *(chapter() for chapter in CHAPTERS),
    ]
    return NOTE + "\n".join(parts)


def legal_settings() -> str:
    """Every legal setting with its default, the values allowed, the reason and where it is marked unverified."""
    from gongkai.rules.legal_settings import registry  # needs the source tree on the path

    parts = [
        "# 法律设置\n",
        "法律没有写明、没有读到原文或者各地不同的，是有名称的设置，默认值在这里。"
        "计算结果列出它用到的设置。「标记」是规则编号或者章节，在那里标为未经核实。\n",
    ]
    for setting in registry().values():
        facts = [
            ("含义", setting.label),
            ("默认值", f"`{_plain(setting.default)}`（{setting.meaning(setting.default)}）"),
            ("可用的值", _allowed(setting.allowed, setting.range)),
            ("为什么是设置", setting.reason),
            ("标记", setting.marked_in),
        ]
        parts.append(f"## {setting.name}\n\n" + "\n".join(f"- {name}：{value}" for name, value in facts) + "\n")
    return NOTE + "\n".join(parts)


def working_days() -> str:
    """The years with their notices, and the days of each."""
    from gongkai.rules.calendar import Calendar

    calendar = Calendar.standard()
    rows = []
    for year in range(calendar.first.year, calendar.last.year + 1):
        notices = calendar.versions(year)
        told = "；".join(f"{each.citation}，{each.published_on.isoformat()}" for each in notices)
        found = calendar.year(year)
        if found.provisional:
            continue
        rows.append((str(year), str(sum(found.by_month)), told))
    return (
        "## 工作日\n\n"
        "内置的年度各有放假通知；一年有几份的，各自从公布之日起算数（C-12）。"
        f"此后到{calendar.last.year}年按周末和日期确定的法定节假日暂定。\n\n"
        + table(("年度", "工作日", "放假通知，公布日期"), rows)
    )


def conventions() -> str:
    """The rules of counting."""
    from gongkai.rules.deadlines import conventions as every

    rows = [(each.id, each.name, each.convention, "；".join(each.basis), _names(each.settings)) for each in every()]
    return "## 计算规则\n\n" + table(("编号", "名称", "规则", "依据", "设置"), rows)


def limits() -> str:
    """Every limit, by group."""
    from gongkai.rules.deadlines import limits as every

    head = ("编号", "名称", "情形", "适用", "起算", "期限", "依据", "设置", "算例")
    parts = []
    for letter, title in GROUPS.items():
        rules = [each for each in every() if each.id.startswith(letter)]
        rows = [row for rule in rules for row in _rows(rule.id)]
        notes = [f"- {each.id}：{text}" for each in rules for text in _notes(each.id)]
        parts.append(
            f"## {title}（{letter}）\n\n{table(head, rows)}" + ("\n" + "\n".join(notes) + "\n" if notes else "")
        )
    return "\n".join(parts)


def receipt() -> str:
    """The day of receipt by channel, with and without the records it needs."""
    from gongkai.rules.calendar import Calendar
    from gongkai.rules.deadlines import REGIMES, find
    from gongkai.rules.legal_settings import Settings
    from gongkai.rules.receipt import RULES, Submission
    from gongkai.rules.receipt import receipt as received

    calendar, settings, rows = Calendar.standard(), Settings.defaults(), []
    for channel, rule in RULES.items():
        for regime in REGIMES:
            submission = Submission(channel, EXAMPLES[0].date(), form_filled=False)
            found = received(submission, regime, calendar, settings)
            wording = find(rule).wording(submission.submitted_on, "", regime)
            starts = wording.starts if wording else ""
            rows.append((rule, f"`{channel}`", regime, starts, "".join(found.sentences) or "—", "；".join(found.basis)))
    return (
        "## 收到之日（Q-01至Q-07）\n\n"
        "规则要求的记录没有时，期限从提交之日起算；以后补上有凭据的确认，起算日随之改变。\n\n"
        + table(("编号", "渠道", "条例版本", "收到之日", "没有记录时", "依据"), rows)
    )


def pages() -> dict[str, Callable[[], str]]:
    """The pages: file name and the function that gives its text."""
    return {"law.md": law, "legal-settings.md": legal_settings}


CHAPTERS: tuple[Callable[[], str], ...] = (working_days, conventions, limits, receipt)


def _rows(rule_id: str) -> Iterable[Sequence[str]]:
    """The rows of one rule: one for each wording."""
    from gongkai.rules.deadlines import find

    rule = find(rule_id)
    for each in rule.wordings:
        yield (
            rule.id,
            rule.name,
            rule.variants.get(each.variant, "—"),
            _applies(each.regime, each.first, each.last),
            each.starts,
            _limit(rule_id, each),
            "；".join(each.basis),
            _names((*each.settings, *([each.setting] if each.setting else []))),
            _example(rule_id, each),
        )


def _notes(rule_id: str) -> list[str]:
    from gongkai.rules.deadlines import find

    rule = find(rule_id)
    found = [rule.note, *(each.note for each in rule.wordings)]
    if rule.effect in EFFECTS:
        found.append(f"对{rule.effect_on}的影响：{EFFECTS[rule.effect]}。")
    if rule.changes:
        found.append("可以有：" + "、".join(text for name, text in CHANGES.items() if name in rule.changes) + "。")
    return list(dict.fromkeys(text for text in found if text))


def _applies(regime: str, first: dt.date, last: dt.date) -> str:
    spans = []
    if regime:
        spans.append(f"第{regime}号令")
    if first > dt.date.min:
        spans.append(f"{first.isoformat()}起")
    if last < dt.date.max:
        spans.append(f"至{last.isoformat()}")
    return " ".join(spans) or "不限"


def _limit(rule_id: str, each: object) -> str:
    from gongkai.rules.deadlines import Wording
    from gongkai.rules.legal_settings import Settings, legal_setting

    if not isinstance(each, Wording):
        raise TypeError(rule_id)
    if each.same_as:
        return f"同{each.same_as}" + ("（只计基本期限）" if each.base_only else "")
    if not each.unit:
        return each.none
    if each.unit == "same_day":
        return "当日"
    if each.unit == "date":
        return f"此后第一个{each.on or legal_setting(each.setting).default}"
    number = Settings.defaults().number(each.setting) if each.setting else each.limit
    if each.setting and not number:
        return f"由设置确定：{each.none}"
    told = f"{'不少于' if each.minimum else ''}{number}{UNITS[each.unit]}{'前' if each.back else ''}"
    if each.extension:
        word = "，再加延长" if each.extended else "，可延长"
        told += f"{word}{each.extension}{UNITS[each.unit]}"
    if each.unit in ("days", "weeks", "months", "years") and each.moves is False:
        told += "，不顺延"
    return told


def _example(rule_id: str, each: object) -> str:
    """A start day in the time of the wording and what comes of it."""
    from gongkai.rules.calendar import Calendar
    from gongkai.rules.clock import Facts, due
    from gongkai.rules.deadlines import Wording, find
    from gongkai.rules.legal_settings import Settings

    if not isinstance(each, Wording):
        raise TypeError(rule_id)
    if not each.unit and not each.same_as:
        return "—"
    rule = find(rule_id)
    for start in reversed(EXAMPLES) if each.last < EXAMPLES[1].date() else EXAMPLES:
        fits = each.first <= start.date() <= each.last
        if rule.of_requests:
            fits = fits and (start >= EXAMPLES[0]) is (each.regime == "711")
        if not fits:
            continue
        regime = each.regime if rule.of_requests else "auto"
        found = due(
            rule_id, Facts(start), Calendar.standard(), Settings.defaults(), regime=regime, variant=each.variant
        )
        told = found.as_json()
        return f"{told['from']} → {told['due_on']}" if told["due_on"] else "—"
    raise ValueError(f"no example for {rule_id}")


def _names(names: Iterable[str]) -> str:
    return "、".join(f"`{name}`" for name in dict.fromkeys(names)) or "—"


def _plain(value: object) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _allowed(allowed: object, words: str) -> str:
    if isinstance(allowed, dict) and allowed:
        return "；".join(f"`{value}` {meaning}" for value, meaning in allowed.items())
    return words


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    cells = (" | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "\n".join(f"| {line} |" for line in cells) + "\n"
