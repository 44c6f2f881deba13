"""The generated pages on outcomes, fees, relations and the later tables, from the law package and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from gongkai.rules import crosswalk, fees, indicators, ladder, outcomes
from gongkai.rules.expressions import Comparison, Statement, Sum
from gongkai.rules.outcomes import Outcome
from gongkai.rules.relations import Relation, catalogue
from gongkai.rules.remedies import on_silence, remedies

NOTE = "<!-- 本页由 make docs 生成，请勿手工修改。 -->\n\n"
_LAW = re.compile(r"《[^》]*》(?:（[^）]*）)?(?=第)")
BEFORE, SINCE = dt.date(2023, 12, 31), dt.date(2024, 1, 1)
FORMATS = ("2014", "2019", "2021")
GRADES = {"certain": "必须成立", "plausible": "一般成立", "local": "地方表式"}
JUDGED_ON = {"table": "统计表", "text": "报告正文", "records": "办件和文件记录", "labels": "印出的表式"}
KINDS = {"decision": "决定", "closing": "终止办理", "procedural": "程序文书"}
LETTERS = {
    "yes": "发",
    "no": "不发",
    "recommended": "宜发",
    "case_by_case": "视情况",
    "by_setting": "由设置 `letter_on_closing` 决定",
}
CLOSES = {"yes": "办结", "no": "不办结", "if_not_completed": "申请人不更改、补充的办结"}
REGIMES = {"492": "第492号令（2008-05-01至2019-05-14）", "711": "第711号令（2019-05-15起）"}
MATCHES = {
    "exact": "相同",
    "merged": "相加合并",
    "total": "等于各项之和",
    "narrower": "范围变窄",
    "split": "须逐件区分",
    "partly": "只对应一部分",
    "none": "没有对应",
}


def pages() -> dict[str, Callable[[], str]]:
    """The pages: file name and the function that gives its text."""
    return {
        "outcomes.md": outcomes_page,
        "fees.md": fees_page,
        "relations.md": relations_page,
        "tables.md": tables_page,
    }


def outcomes_page() -> str:
    """The seven steps, then every outcome with letter, rows and remedies."""
    parts = [
        "# 申请的办理结果\n\n由 `gongkai.rules.ladder`、`gongkai.rules.outcomes` 和 `gongkai.rules.remedies` 生成。"
        "「未核实」指没有读到原文的部分。\n",
        *_steps(),
        f"## 答复文书的共同内容\n\n{'；'.join(outcomes.LETTER_PARTS)}。\n",
    ]
    for regime, name in REGIMES.items():
        parts.append(f"## 办理结果：{name}\n")
        found = [each for each in outcomes.outcomes(regime) if each.kind != "procedural"]
        parts.append(
            table(("代码", "结果", "依据", "2014年行", "2019年行", "2021年行", "文书", "办结"), map(_row, found))
        )
    parts.append("## 程序文书\n")
    letters = [each for each in outcomes.catalogue().values() if each.kind == "procedural"]
    head = ("代码", "事项", "依据", "文书", "写明", "未核实")
    parts.append(
        table(head, [(c.code, c.name, _cited(c.basis), _letter(c), _join(c.contents), c.unverified) for c in letters])
    )
    parts += [
        "## 文书内容和救济\n",
        *(_detail(each) for each in outcomes.catalogue().values() if each.kind != "procedural"),
    ]
    parts.append("## 逾期不答复的救济\n")
    parts += [f"- {day:%Y-%m-%d}：{on_silence(day).text}" for day in (BEFORE, SINCE)]
    parts.append(f"\n{on_silence(SINCE).why}依据：{_cited(on_silence(SINCE).basis)}\n")
    return NOTE + "\n".join(parts)


def _steps() -> list[str]:
    parts = ["## 七步\n\n每一问的回答都要有所列的证据材料在卷，缺的由系统列出；答不出的一问就是下一步要办的事。\n"]
    for number, name in enumerate(ladder.step_names(), 1):
        parts.append(f"### {number}. {name}\n")
        asked = [each for each in ladder.questions().values() if each.step == number]
        for question in asked:
            basis = "；".join(f"第{regime}号令：{_cited(found)}" for regime, found in question.basis.items())
            parts.append(f"**{question.text}**（`{question.key}`）{basis}\n")
            always = _evidence(question.evidence)
            rows = [
                (
                    f"`{a.key}`",
                    a.text + (f"（只用于第{a.only}号令）" if a.only else ""),
                    _leads_to(a),
                    _evidence(a.evidence),
                )
                for a in question.answers.values()
            ]
            parts.append(
                (f"证据材料：{always}\n\n" if always else "") + table(("回答", "含义", "之后", "证据材料"), rows)
            )
        if not asked:
            parts.append(f"按结果选定文书、内容和救济。证据材料：{_evidence(('signed', 'service'))}\n")
    return parts


def _evidence(codes: Iterable[str]) -> str:
    return "；".join(ladder.evidence_names()[code] for code in codes)


def _leads_to(answer: ladder.Answer) -> str:
    letters = f"，发{'、'.join(answer.letters)}" if answer.letters else ""
    if answer.ask:
        refusals = "、".join(dict.fromkeys(answer.refusals.values()))
        return f"问 `{answer.ask}`" + (f"（不予公开为{refusals}）" if refusals else "") + letters
    ends = {regime: "按理由不予公开" if code == "refusal" else code for regime, code in answer.outcomes.items()}
    said = "；".join(f"第{regime}号令 {code}" for regime, code in ends.items())
    return said + (letters + "，等待" if answer.waits else letters)


def _row(each: Outcome) -> tuple[str, ...]:
    rows = [_join(each.rows[format], "、") or "—" for format in FORMATS]
    return each.code, each.name, _cited(each.basis) or "—", *rows, _letter(each), CLOSES[each.closes]


def _letter(each: Outcome) -> str:
    return " / ".join(each.letter_titles) + f"（{LETTERS[each.letter]}）"


def _detail(each: Outcome) -> str:
    lines = [f"### {each.code} {each.name}\n", f"- 类别：{KINDS[each.kind]}；{each.gloss}"]
    lines.append(f"- 写明：{_join(each.contents)}")
    before, since = remedies(each, BEFORE), remedies(each, SINCE)
    if each.regime == "711" or each.kind == "decision":
        lines += [
            f"- 救济（{BEFORE:%Y-%m-%d}以前）：{before.text or before.why}",
            f"- 救济（{SINCE:%Y-%m-%d}起）：{since.text or since.why}",
        ]
        if since.must_be_told:
            lines.append("- 须在决定书中告知先申请复议。")
        lines += [f"- 由设置 `{name}` 决定是否须先申请复议。" for name in since.settings]
        lines.append(f"- 救济的依据：{_cited(since.basis) or '—'}")
    lines += [f"- 说明：{each.note}"] if each.note else []
    lines += [f"- 未核实：{each.unverified}。"] if each.unverified else []
    return "\n".join(lines) + "\n"


def fees_page() -> str:
    """The information-processing fee, the former cost fees and who is freed."""
    kinds: dict[fees.Way, str] = {"items": "按件计收（同一申请人一个自然月）", "pages": "按量计收（一件申请）"}
    parts = [
        "# 收费\n\n由 `gongkai.rules.fees` 生成，金额单位为元。命令：`gongkai fee items 35`、"
        "`gongkai fee items --nth 11..35`、`gongkai fee pages 201`，先输出金额，再输出算法。\n",
        f"## 信息处理费（`information_fee_from` 起）\n\n依据：{_cited(fees.by_items(0).basis)}。"
        "申请数量、频次明显超过合理范围的，可以收取；由行政机关逐件决定，按件和按量只能选一种。\n",
    ]
    for way, name in kinds.items():
        steps = fees.scale(way, 50 if way == "items" else 201)
        rows = [(f"{step.first}—{step.last}", fees.plain(step.rate)) for step in steps]
        rows[-1] = (f"{steps[-1].first}起" if way == "pages" else rows[-1][0], rows[-1][1])
        parts.append(f"### {name}\n\n" + table((f"第几{steps[0].unit}", f"每{steps[0].unit}（元）"), rows))
        if way == "items":
            parts.append("以后每增加10件为一档，每件比上一档多100元。\n")
    parts.append("### 例\n")
    examples = [("按件", n, fees.by_items(n)) for n in (10, 30, 31, 35, 41, 50)]
    examples += [("按量", n, fees.by_pages(n)) for n in (30, 31, 101, 201, 250)]
    parts.append(
        table(
            ("方式", "数量", "金额", "算法"),
            [(way, str(n), fees.plain(fee.amount), "；".join(fee.steps)) for way, n, fee in examples],
        )
    )
    parts.append(
        "设置：`information_fee_from` 施行日期；`fee_pages_add_requests` 不同申请的页数是否合并；"
        "`fee_pages_already_public` 已公开的信息是否按量计收；`fee_payment_effect` 缴费对答复期限的影响（Q-30）。\n"
    )
    cost = fees.cost_fees(dict.fromkeys(fees.cost_kinds(), Decimal(1)), dt.date(2016, 1, 1))
    rates = [
        (name, f"`{code}`", fees.plain(line.rate))
        for (code, name), line in zip(fees.cost_kinds().items(), cost.lines, strict=True)
    ]
    parts.append(
        f"## 检索、复制、邮寄费（收取到 `cost_fees_until`）\n\n依据：{_cited(cost.basis)}。主动公开的信息免费。"
        "标准由当地价格和财政部门制定，下表是福建省2008年的例子（`fujian-2008`）；邮寄费按实际支出。\n"
    )
    parts.append(table(("费用", "代码", "每单位（元）"), rates))
    parts.append("### 免收\n")
    parts.append(
        table(("代码", "对象", "须有"), [(f"`{code}`", w["name"], w["evidence"]) for code, w in fees.waivers().items()])
    )
    return NOTE + "\n".join(parts)


def relations_page() -> str:
    """Every relation of every format, with what it takes to judge it."""
    parts = [
        "# 勾稽关系\n\n由 `gongkai.rules.relations` 生成。命令：`gongkai relations 文件 --format 2021 [--previous 上年文件] --json`。"
        "「必须成立」的不成立是错误，退出码为1；其余是提示。空白不是0：缺数的不作核对，并说明原因。"
        "要对照正文、记录或者表式的，统计表本身不能判断，列入未核对。\n\n"
        "一个和不成立时，`suspects` 给出最小的一组可疑格：只要这些格有误，就能解释全部不成立的和，又不使成立的和不成立，"
        "也不出现负数；几组一样小的都列出。`previous[…]` 是上一年度表里的格。\n\n"
        '文件可以是 `gongkai figures --json` 的输出，也可以写 `{"rows": {"1.1": 53}}`，2019、2021年格式还可以按表写，如 '
        '`{"requests": {"column_order": […], "values": {"1": […]}}, "review_litigation": {"reconsideration": […]}}`；'
        "没有填的写 `null`。`--no-rulemaking` 说明本机关没有规章制定权（县级及以下），PD-03 才能判断。2019、2021年格式的格写作 表.行.列，如 `requests.3.1.natural_person`。\n"
    ]
    for format in FORMATS:
        form = indicators.table(format)
        parts.append(f"## {format}年格式（{form.basis}）\n")
        parts.append(table(("编号", "程度", "对照", "内容", "算式"), [_relation(each) for each in catalogue(format)]))
    return NOTE + "\n".join(parts)


def _relation(each: Relation) -> tuple[str, ...]:
    shown = [f"`{_written(statement)}`" for statement in each.statements[:1]]
    more = f" 等{len(each.statements)}个" if len(each.statements) > 1 else ""
    unless = f"，除非 `{_compared(each.unless)}`" if each.unless else ""
    return each.id, GRADES[each.grade], JUDGED_ON[each.judged_on], each.sentence, "".join(shown) + more + unless or "—"


def _written(statement: Statement) -> str:
    conditions = " 且 ".join(_compared(each) for each in statement.conditions)
    return (f"{conditions} ⇒ " if conditions else "") + _compared(statement.conclusion)


def _compared(each: Comparison) -> str:
    sign = {"<=": "≤", ">=": "≥"}.get(each.sign, each.sign)
    return f"{_sum(each.left)} {sign} {_sum(each.right)}"


def _sum(each: Sum) -> str:
    """A sum in short: of many terms the first two and the last."""
    terms = [
        ("- " if factor < 0 else "+ ") + (f"{abs(factor)}×" if abs(factor) != 1 else "") + cell.name
        for factor, cell in each.terms
    ]
    if len(terms) > 6:
        terms = [*terms[:2], "+ …", terms[-1]]
    if each.constant or not terms:
        terms.append(f"{'- ' if each.constant < 0 else '+ '}{abs(each.constant)}")
    return " ".join(terms).removeprefix("+ ")


def tables_page() -> str:
    """The tables of 2019 and 2021, and how the formats correspond."""
    parts = [
        "# 2019年、2021年格式的统计表\n\n由 `gongkai.rules.indicators` 和 `gongkai.rules.crosswalk` 生成。2014年格式见"
        "[统计指标](indicators.md)。格的代码是 表.行.列，如 `requests.3.1.natural_person`。条款据条例推定（未核实）。\n"
    ]
    for format in ("2019", "2021"):
        form = indicators.table(format)
        parts.append(f"## {format}年格式\n\n依据：{form.basis}。{form.note}\n")
        for part in form.parts:
            columns = "；".join(f"`{column.key}` {column.name}" for column in part.columns)
            parts.append(
                f"### {part.heading}（`{part.key}`，第{part.report_part}部分，{part.unit}）\n\n列：{columns}\n"
            )
            if part.corner_note:
                parts.append(f"{part.corner_note}\n")
            parts.append(table(("行", "名称", "归属年度的日期", "统计什么", "依据"), _rows(form, part)))
    for earlier, later in crosswalk.pairs_of_formats():
        parts.append(f"## 从{earlier}年格式到{later}年格式\n")
        found = [each for each in crosswalk.matches(earlier, later) if each.targets != (each.code,)]
        rows = [
            (f"{m.code} {_named(earlier, m.code)}", MATCHES[m.kind], "、".join(m.targets) or "—", m.note) for m in found
        ]
        parts.append(table(("原来的", "对应", "以后的", "说明"), rows))
        same = len(crosswalk.matches(earlier, later)) - len(found)
        parts.append(f"代码相同、意义相同的还有{same}格。" if same else "")
        new = crosswalk.unmatched(earlier, later)
        parts.append(f"\n以后的表中有{len(new)}格没有来源" + (f"：{'、'.join(new)}。\n" if len(new) < 20 else "。\n"))
    return NOTE + "\n".join(parts)


def _named(format: str, code: str) -> str:
    return indicators.table(format).indicator(code).name


def _rows(form: indicators.IndicatorTable, part: indicators.Part) -> Iterable[tuple[str, ...]]:
    """One line a row; of the request table, whose columns are kinds of applicants, only the total column is told."""
    for row in part.rows:
        if row.kind == "group":
            yield row.code, row.label, "—", "标题行，不填数。", "—"
            continue
        columns = part.columns[-1:] if part.key == "requests" else part.columns
        told = [(column.name, form.indicator(part.cell(row.code, column.key))) for column in columns]
        if len(told) == 1:
            ((_name, cell),) = told
            yield row.code, row.label, cell.deciding_day, cell.definition + cell.note, row.basis or "—"
            continue
        days = "".join(f"{name}：{cell.deciding_day}。" for name, cell in told)
        counts = "".join(f"{name}：{cell.definition}{cell.note}" for name, cell in told)
        yield row.code, row.label, days, counts, row.basis or "—"


def _cited(basis: Iterable[str]) -> str:
    """Citations, the name of a law once for its articles that follow one another."""
    said: list[str] = []
    before = ""
    for text in basis:
        found = _LAW.match(text)
        law = found[0] if found else ""
        said.append(text.removeprefix(law) if law == before else text)
        before = law
    return "；".join(said).replace("；第", "、第")


def _join(texts: Iterable[str], between: str = "；") -> str:
    return between.join(texts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
