"""Reports written for the tests: clean ones of every format, and the same with exactly one planted fault.

Agencies, places and figures are invented. `DRAFTS` makes a clean draft, `FAULTS` plants one fault and says where it must
be found, `tests.proofing.rendering` writes a draft as a file.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gongkai.rules import indicators


@dataclass
class Block:
    """A piece of a report: `title`, `heading`, `text`, `date`, or `table` with rows of (text, colspan, rowspan)."""

    kind: str
    text: str = ""
    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)


@dataclass
class Draft:
    """A report before it is rendered: its words, and the numbers of its tables by their codes."""

    agency: str
    year: int
    format: str
    title: list[str]
    preface: list[str]
    parts: list[tuple[str, list[str]]]
    cells: dict[str, object]
    written: str
    captions: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def replace(self, old: str, new: str) -> str:
        """Replace a text that occurs once; return the part it stands in."""
        found = []
        for at, text in enumerate(self.preface):
            if old in text:
                self.preface[at] = text.replace(old, new, 1)
                found.append("")
        for at, (heading, texts) in enumerate(self.parts):
            number = heading.partition("、")[0]
            if old in heading:
                self.parts[at] = (heading.replace(old, new, 1), texts)
                found.append(number)
            for place, text in enumerate(texts):
                if old in text:
                    texts[place] = text.replace(old, new, 1)
                    found.append(number)
        assert found, f"{old} is not in the draft"
        return found[0]

    def add(self, part: int, text: str) -> str:
        """Add a paragraph to a part; return its number."""
        self.parts[part][1].append(text)
        return self.parts[part][0].partition("、")[0]

    def copy(self) -> Draft:
        """A draft of its own."""
        return copy.deepcopy(self)

    def blocks(self) -> Iterator[Block]:
        """All pieces in printed order."""
        for line in self.title:
            yield Block("title", line)
        for text in self.preface:
            yield Block("text", text)
        for heading, texts in self.parts:
            yield Block("heading", heading)
            for text in texts:
                yield Block("text", text)
            yield from self._tables(heading)
        yield Block("date", self.written)
        if self.format == "2014":
            for caption in self.captions[:-1]:
                yield Block("caption", caption)
            yield self._statistics()
            for caption in self.captions[-1:]:
                yield Block("caption", caption)

    def _tables(self, heading: str) -> Iterator[Block]:
        if self.format == "2014":
            return
        if "主动公开政府信息" in heading:
            for part in indicators.table(self.format).parts:
                if part.key.startswith("art20"):
                    yield self._article_20(part)
        elif "收到和处理" in heading:
            yield self._requests()
        elif "行政复议" in heading:
            yield self._review()

    def _value(self, code: str) -> str:
        value = self.cells[code]
        return "" if value is None else str(value)

    def _label(self, code: str, label: str) -> str:
        return self.labels.get(code, label)

    def _statistics(self) -> Block:
        rows = [[("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]]
        for row in indicators.table("2014").indicators:
            value = "" if row.is_heading else self._value(row.code)
            rows.append([(self._label(row.code, row.label), 1, 1), (row.unit, 1, 1), (value, 1, 1)])
        return Block("table", rows=rows)

    def _article_20(self, part: indicators.Part) -> Block:
        width = len(part.columns) + 1
        rows = [[(part.heading, width, 1)], [("信息内容", 1, 1), *((column.name, 1, 1) for column in part.columns)]]
        for row in part.rows:
            codes = [part.cell(row.code, column.key) for column in part.columns]
            label = self._label(f"{part.key}.{row.code}", row.label)
            rows.append([(label, 1, 1), *((self._value(code), 1, 1) for code in codes)])
        return Block("table", rows=rows)

    def _requests(self) -> Block:
        part = next(each for each in indicators.table(self.format).parts if each.key == "requests")
        rows: list[list[tuple[str, int, int]]] = [
            [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 7, 1)],
            [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
            [(name, 1, 1) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
        ]
        leaves = [row for row in part.rows if row.kind != "group"]
        below_three = [row for row in leaves if row.code.startswith("3")]
        groups: dict[str, list[str]] = {}
        for row in below_three:
            groups.setdefault(".".join(row.code.split(".")[:2]), []).append(row.code)
        names = {row.code: row.label for row in part.rows}
        for row in leaves:
            values = [(self._value(part.cell(row.code, column.key)), 1, 1) for column in part.columns]
            label = self._label(f"requests.{row.code}", row.label)
            if not row.code.startswith("3"):
                rows.append([(label, 3, 1), *values])
                continue
            line: list[tuple[str, int, int]] = []
            if row is below_three[0]:
                line.append((names["3"], 1, len(below_three)))
            group = ".".join(row.code.split(".")[:2])
            if len(groups[group]) == 1:
                line.append((label, 2, 1))
            else:
                if row.code == groups[group][0]:
                    line.append((names[group], 1, len(groups[group])))
                line.append((label, 1, 1))
            rows.append([*line, *values])
        return Block("table", rows=rows)

    def _review(self) -> Block:
        results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
        keys = ("upheld", "corrected", "other_result", "pending", "total")
        groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        values = [(self._value(f"review_litigation.{group}.{key}"), 1, 1) for group in groups for key in keys]
        return Block(
            "table",
            rows=[
                [("行政复议", 5, 2), ("行政诉讼", 10, 1)],
                [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
                [(name, 1, 1) for _ in range(3) for name in results],
                values,
            ],
        )


def request_cells(format: str) -> dict[str, object]:
    """A consistent table of requests: 12 new, 2 carried over, 13 settled, 1 open."""
    part = next(each for each in indicators.table(format).parts if each.key == "requests")
    columns = [column.key for column in part.columns]
    cells: dict[str, object] = {
        part.cell(row.code, key): 0 for row in part.rows if row.kind != "group" for key in columns
    }
    other = "3.6.3" if format == "2021" else "3.6"
    by_row = {
        "1": {"natural_person": 9, "legal_commercial": 3},
        "2": {"natural_person": 2},
        "3.1": {"natural_person": 4, "legal_commercial": 2},
        "3.2": {"natural_person": 2},
        "3.3.4": {"natural_person": 1},
        "3.4.1": {"natural_person": 2, "legal_commercial": 1},
        other: {"natural_person": 1},
        "4": {"natural_person": 1},
    }
    for row, values in by_row.items():
        for column, value in values.items():
            cells[part.cell(row, column)] = value
        cells[part.cell(row, "total")] = sum(values.values())
    for key in columns:
        rows = [row.code for row in part.rows if row.kind == "leaf"]
        cells[part.cell("3.7", key)] = sum(int(str(cells[part.cell(row, key)])) for row in rows)
    return cells


def review_cells() -> dict[str, object]:
    """A consistent table of cases: 3 reconsiderations, 1 lawsuit after reconsideration."""
    cells: dict[str, object] = {}
    for group, values in {
        "reconsideration": (2, 0, 0, 1, 3),
        "litigation_direct": (0, 0, 0, 0, 0),
        "litigation_after_reconsideration": (1, 0, 0, 0, 1),
    }.items():
        for key, value in zip(("upheld", "corrected", "other_result", "pending", "total"), values, strict=True):
            cells[f"review_litigation.{group}.{key}"] = value
    return cells


PREFACE = (
    "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条的规定，编制本报告。报告由总体情况、主动公开政府信息情况、"
    "收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。"
    "统计期限为{year}年1月1日至{year}年12月31日。本报告电子版可在示例县人民政府网站（www.example.gov.cn）下载。"
    "如有疑问，请与{agency}办公室联系（地址：示例县示例路1号，电话：0000-1234567）。"
)
LONG = (
    "一年来，我局坚持以公开为常态、不公开为例外，把政府信息公开列入年度重点工作，与业务工作同部署、同落实、同检查。",
    "严格执行信息发布审核制度，坚持先审查、后公开，落实保密审查要求，全年没有发生泄密事件。",
    "及时更新政府信息公开指南和目录，公布办公地址、办公时间和咨询电话，方便群众查询。",
    "主动做好政策解读，重要文件的解读材料与文件同步组织、同步审签、同步发布，采用图解、问答等形式。",
    "回应群众关切，对群众关心的社会救助、养老服务、婚姻登记等事项，通过政府网站和政务新媒体公开办事指南。",
    "安排专人负责政务新媒体的日常管理，定期检查链接和附件，发现问题及时处理。",
    "自觉接受社会监督，公布监督电话0000-7654321，对群众反映的问题逐件登记、逐件答复。",
)


def draft_2021(*, long: bool = False) -> Draft:
    """A department's report on 2023 in the format in force."""
    year, agency = 2023, "示例县民政局"
    cells: dict[str, object] = {**request_cells("2021"), **review_cells()}
    for row, values in {"rules": (0, 0, 0), "normative_documents": (2, 1, 9)}.items():
        for key, value in zip(("issued_this_year", "repealed_this_year", "in_force"), values, strict=True):
            cells[f"art20_1.{row}.{key}"] = value
    cells["art20_5.administrative_license.decisions_this_year"] = 46
    cells["art20_6.administrative_penalty.decisions_this_year"] = 3
    cells["art20_6.administrative_coercion.decisions_this_year"] = 0
    cells["art20_8.administrative_fees.amount_this_year"] = "1.25"
    overall = [
        f"（一）主动公开。{year}年，我局主动公开政府信息126条，其中政府网站公开98条，政务新媒体公开28条。",
        "（二）依申请公开。全年新收政府信息公开申请12件，上年结转2件，办结13件。在办结的申请中，予以公开6件，部分公开2件，"
        "不予公开1件，无法提供3件，其他处理1件；结转下年度继续办理1件。",
        "（三）政府信息管理。全年制发行政规范性文件2件，废止1件，现行有效9件，均在政府网站集中公开。",
        "（四）政府信息公开平台建设。在县政府网站设立社会救助、养老服务等专栏，公开办事指南和救助标准。",
        f"（五）监督保障。{year}年召开政府信息公开工作会议2次，举办培训班1次，培训35人次。全年发生行政复议案件3件，行政诉讼案件1件。",
    ]
    if long:
        overall += LONG
    return Draft(
        agency,
        year,
        "2021",
        [agency, f"{year}年政府信息公开工作年度报告"],
        [PREFACE.format(year=year, agency=agency)],
        [
            ("一、总体情况", overall),
            ("二、主动公开政府信息情况", []),
            ("三、收到和处理政府信息公开申请情况", []),
            ("四、政府信息公开行政复议、行政诉讼情况", []),
            (
                "五、存在的主要问题及改进情况",
                [
                    "存在的主要问题：一是政策解读以文字为主，图解只有4篇；二是养老服务专栏更新不够及时，有2个月没有更新。",
                    "改进情况：一是每季度至少发布1篇图解；二是指定专人每周检查养老服务专栏，发现超过两周没有更新的当即补充。",
                ],
            ),
            ("六、其他需要报告的事项", [f"{year}年，我局没有收取信息处理费。"]),
        ],
        cells,
        f"{year + 1}年1月20日",
    )


def draft_2019(*, long: bool = False) -> Draft:
    """A department's report on 2020 in the trial format."""
    year, agency = 2020, "示例区交通运输局"
    cells: dict[str, object] = {**request_cells("2019"), **review_cells()}
    for part in indicators.table("2019").parts:
        if part.key.startswith("art20"):
            for row in part.rows:
                for column in part.columns:
                    cells[part.cell(row.code, column.key)] = 0
    for row, values in {"normative_documents": (3, 3, 17)}.items():
        for key, value in zip(("produced_this_year", "published_this_year", "published_total"), values, strict=True):
            cells[f"art20_1.{row}.{key}"] = value
    cells["art20_5.administrative_license.items_last_year"] = 21
    cells["art20_5.administrative_license.decisions_this_year"] = 164
    cells["art20_6.administrative_penalty.items_last_year"] = 88
    cells["art20_6.administrative_penalty.decisions_this_year"] = 57
    cells["art20_9.centralised_procurement.projects"] = 2
    cells = {code: value for code, value in cells.items() if code in indicators.table("2019").by_code}
    for indicator in indicators.table("2019").indicators:
        if indicator.code not in cells and indicator.part == "art20_9":
            cells[indicator.code] = 0
    overall = [
        f"{year}年，我局认真贯彻落实《条例》，主动公开政府信息218条。其中，政府网站公开175条，政务微信公开43条。",
        "全年新收政府信息公开申请12件，上年结转2件，共办结13件，1件结转下年度继续办理。",
        "全年发生行政复议案件3件，行政诉讼案件1件。",
    ]
    if long:
        overall += [text.replace("社会救助、养老服务、婚姻登记", "道路养护、客运服务、驾驶员培训") for text in LONG]
    return Draft(
        agency,
        year,
        "2019",
        [f"{agency}{year}年政府信息公开工作年度报告"],
        [PREFACE.format(year=year, agency=agency).replace("示例县", "示例区")],
        [
            ("一、总体情况", overall),
            ("二、主动公开政府信息情况", []),
            ("三、收到和处理政府信息公开申请情况", []),
            ("四、政府信息公开行政复议、行政诉讼情况", []),
            (
                "五、存在的主要问题及改进情况",
                [
                    "（一）存在的主要问题。1.部分栏目更新不及时，公路养护栏目全年只更新5次；2.申请答复书的格式不统一。",
                    "（二）改进情况。1.公路养护栏目改为每月更新；2.印发答复书样式12种，由办公室统一编号。",
                ],
            ),
            ("六、其他需要报告的事项", ["无其他需要报告的事项。"]),
        ],
        cells,
        f"{year + 1}年1月26日",
    )


def statistics_cells() -> dict[str, object]:
    """A complete consistent table of 2014."""
    cells: dict[str, object] = {row.code: 0 for row in indicators.table("2014").values}
    cells |= {
        "1.1": 320, "1.1.1": 4, "1.1.2": 5, "1.2.1": 12, "1.2.2": 298, "1.2.3": 21, "1.2.4": 36, "1.2.5": 8,
        "2.1": 6, "2.2.1": 1, "2.2.1.1": 1, "2.2.2": 2, "2.2.2.1": 1, "2.2.3": 7, "2.2.4": 3, "2.2.5": 4,
        "3.1": 15, "3.1.1": 4, "3.1.3": 8, "3.1.4": 3, "3.2": 15, "3.2.1": 14, "3.2.2": 1,
        "3.3": 15, "3.3.1": 5, "3.3.2": 6, "3.3.3": 1, "3.3.4": 1, "3.3.4.3": 1, "3.3.5": 1, "3.3.6": 1,
        "4": 2, "4.1": 2, "5": 1, "5.1": 1, "7": 30, "7.1": 20, "7.2": 10,
        "8.1": 1, "8.2": 3, "8.3": 46, "8.4": 4, "8.4.1": 1, "8.4.2": 3, "8.5": "2.5", "9.1": 3, "9.2": 2, "9.3": 86,
    }  # fmt: skip
    return cells


def draft_2014(*, long: bool = False) -> Draft:
    """A department's report on 2017 with the statistics table."""
    year, agency = 2017, "示例县水利局"
    overall = [
        f"{year}年，我局认真贯彻《条例》，健全工作机制，主动公开政府信息320条，召开政府信息公开工作会议3次，举办培训班2次，培训86人次。",
    ]
    if long:
        overall += [
            text.replace("社会救助、养老服务、婚姻登记", "防汛、饮水安全、河道管理").replace(
                "坚持以公开为常态、不公开为例外，", ""
            )
            for text in LONG
        ]
    return Draft(
        agency,
        year,
        "2014",
        [agency, f"{year}年政府信息公开工作年度报告"],
        [
            "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第三十一条的规定，公布本机关"
            f"{year}年度政府信息公开工作年度报告。统计期限为{year}年1月1日至{year}年12月31日。报告电子版可在示例县人民政府网站下载。"
            f"如有疑问，请与{agency}办公室联系（电话：0000-1234567）。"
        ],
        [
            ("一、概述", overall),
            (
                "二、主动公开政府信息情况",
                [
                    f"（一）公开数量。{year}年，主动公开政府信息320条，其中政府公报公开12条，政府网站公开298条，政务微博公开21条，"
                    "政务微信公开36条，其他方式公开8条。全年制发规范性文件5件，主动公开4件。",
                    "（二）解读回应。发布政策解读稿件7篇，参加新闻发布会1次，回应公众关注热点6次。",
                ],
            ),
            (
                "三、依申请公开政府信息情况",
                [
                    "全年收到政府信息公开申请15件，其中当面申请4件，网络申请8件，信函申请3件。办结15件，其中按时办结14件，延期办结1件。",
                    "答复15件：属于已主动公开范围5件，同意公开6件，同意部分公开1件，不同意公开1件，不属于本行政机关公开1件，申请信息不存在1件。",
                ],
            ),
            ("四、政府信息公开收费及减免情况", [f"{year}年，没有收取检索、复制等费用，也没有减免费用的情况。"]),
            (
                "五、因政府信息公开申请行政复议、提起行政诉讼情况",
                [f"{year}年，发生政府信息公开行政复议2件，行政诉讼1件。"],
            ),
            (
                "六、存在的主要问题及改进情况",
                ["主要问题是基层水管站报送信息不及时，全年有3个站漏报。改进措施是建立每月通报制度，由办公室逐站核对。"],
            ),
        ],
        statistics_cells(),
        f"{year + 1}年2月12日",
        [
            "政府信息公开情况统计表",
            f"（{year}年度）",
            f"填报单位：{agency}",
            f"单位负责人：示例甲　审核人：示例乙　填报人：示例丙　联系电话：0000-1234567　填报日期：{year + 1}年2月8日",
        ],
    )


DRAFTS: dict[str, Callable[..., Draft]] = {"2014": draft_2014, "2019": draft_2019, "2021": draft_2021}


@dataclass(frozen=True)
class Place:
    """Where a planted fault must be found: the part of the text, or the cell; empty is anywhere."""

    part: str | None = None
    cell: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Fault:
    """One planted fault: its check, the format it is planted in, and what plants it."""

    check: str
    name: str
    format: str
    plant: Callable[[Draft], Place]


def _cell(code: str, value: object) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        assert draft.cells[code] != value
        draft.cells[code] = value
        if code[0].isdigit():
            return Place(cell=("statistics", code, "value"))
        key, _, rest = code.partition(".")
        row, _, column = rest.rpartition(".")
        return Place(cell=(key, row, column))

    return plant


def _words(old: str, new: str) -> Callable[[Draft], Place]:
    return lambda draft: Place(part=draft.replace(old, new))


def _added(part: int, text: str) -> Callable[[Draft], Place]:
    return lambda draft: Place(part=draft.add(part, text))


def _title(*lines: str) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        draft.title = list(lines)
        return Place()

    return plant


def _written(day: str) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        draft.written = day
        return Place()

    return plant


def _without_part(at: int) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        del draft.parts[at]
        return Place()

    return plant


def _emptied(at: int, text: str | None) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        heading, _texts = draft.parts[at]
        draft.parts[at] = (heading, [text] if text else [])
        return Place(part=heading.partition("、")[0])

    return plant


def _label(code: str, label: str) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        draft.labels[code] = label
        return Place()

    return plant


def _all(*plants: Callable[[Draft], Place]) -> Callable[[Draft], Place]:
    def plant(draft: Draft) -> Place:
        return [each(draft) for each in plants][-1]

    return plant


def _without_captions(draft: Draft) -> Place:
    draft.captions = []
    return Place()


FAULTS: tuple[Fault, ...] = (
    Fault("CK-LATE", "late-department", "2021", _written("2024年2月19日")),
    Fault("CK-LATE", "late-2017", "2014", _written("2018年4月9日")),
    Fault("CK-TITLE", "summary", "2021", _title("示例县民政局", "2023年政府信息公开工作总结")),
    Fault("CK-TITLE", "letter", "2014", _title("关于报送2017年政府信息公开工作年度报告的函")),
    Fault("CK-YEAR", "last-year", "2021", _words("2023年，我局主动公开", "2022年，我局主动公开")),
    Fault("CK-YEAR", "date-too-early", "2019", _written("2020年1月26日")),
    Fault("CK-YEAR", "this-year", "2014", _added(5, "今年，我局在政府信息公开方面做了3项改进。")),
    Fault("CK-YEAR", "mistyped", "2021", _words("2023年召开", "2203年召开")),
    Fault("CK-PERIOD", "other-year", "2021", _words("2023年1月1日至2023年12月31日", "2022年1月1日至2022年12月31日")),
    Fault("CK-PERIOD", "not-whole", "2014", _words("2017年1月1日至2017年12月31日", "2017年1月1日至2017年11月30日")),
    Fault("CK-PREFACE", "no-contact", "2019", _words("如有疑问，请与示例区交通运输局办公室联系（地址：示例区示例路1号，电话：0000-1234567）。", "")),
    Fault("CK-PARTS", "missing", "2021", _without_part(3)),
    Fault("CK-PARTS", "missing-2014", "2014", _without_part(3)),
    Fault("CK-PARTS", "slip", "2019", _words("一、总体情况", "一、总休情况")),
    Fault("CK-PARTS", "slip-2014", "2014", _words("四、政府信息公开收费", "四、政府新公开收费")),
    Fault("CK-HEADINGBODY", "exemptions", "2014", _words("，也没有减免费用的情况", "")),
    Fault("CK-EMPTYPART", "none", "2021", _emptied(4, "无")),
    Fault("CK-EMPTYPART", "empty", "2014", _emptied(0, None)),
    Fault("CK-EMPTYPART", "empty-2019", "2019", _emptied(4, None)),
    Fault("CK-LENGTH", "long", "2021", lambda d: Place(part=[d.add(0, t * 6) for t in LONG * 2][-1])),
    Fault("CK-NUMBERING", "twice", "2021", _words("（三）政府信息管理", "（二）政府信息管理")),
    Fault("CK-NUMBERING", "skipped", "2019", _words("2.申请答复书", "3.申请答复书")),
    Fault("CK-COUNTWORD", "parts", "2021", _words("六部分组成", "七部分组成")),
    Fault("CK-COUNTWORD", "items", "2014", _added(5, "下一步做好三个方面工作：一是完善制度；二是加强督查。")),
    Fault("CK-SUM", "leaf", "2021", _cell("requests.3.4.1.natural_person", 5)),
    Fault("CK-SUM", "total", "2019", _cell("requests.3.7.total", 12)),
    Fault("CK-SUM", "cases", "2021", _cell("review_litigation.reconsideration.total", 4)),
    Fault("CK-SUM", "row-2014", "2014", _cell("7.1", 18)),
    Fault("CK-SUM", "sentence", "2021", _added(0, "全年受理咨询40件，其中电话咨询21件、来信咨询9件、来访咨询9件。")),
    Fault("CK-OFWHICH", "larger", "2014", _cell("2.2.1.1", 2)),
    Fault("CK-CHANNEL", "channel", "2014", _cell("1.2.2", 398)),
    Fault("CK-BLANK", "stroke", "2021", _cell("requests.3.5.2.legal_research", "/")),
    Fault("CK-BLANK", "blank", "2014", _cell("6.2", None)),
    Fault("CK-BLANK", "blank-2019", "2019", _cell("review_litigation.litigation_direct.upheld", None)),
    Fault("CK-UNIT", "yuan", "2021", _all(_added(0, "全年收取行政事业性收费1.25万元。"), _cell("art20_8.administrative_fees.amount_this_year", "12500"))),
    Fault("CK-TEXTTABLE", "new", "2021", _words("新收政府信息公开申请12件", "新收政府信息公开申请13件")),
    Fault("CK-TEXTTABLE", "granted", "2021", _words("予以公开6件，部分", "予以公开7件，部分")),
    Fault("CK-TEXTTABLE", "documents", "2021", _words("现行有效9件", "现行有效8件")),
    Fault("CK-TEXTTABLE", "cases", "2019", _words("行政复议案件3件", "行政复议案件2件")),
    Fault("CK-TEXTTABLE", "none", "2019", _words("全年新收政府信息公开申请12件，上年结转2件，共办结13件，1件结转下年度继续办理。", "全年未收到政府信息公开申请。")),
    Fault("CK-TEXTTABLE", "website", "2014", _words("政府网站公开298条", "政府网站公开289条")),
    Fault("CK-TEXTTABLE", "interpretation", "2014", _words("政策解读稿件7篇", "政策解读稿件9篇")),
    Fault("CK-PERCENT", "ratio", "2021", _added(0, "全年办理建议提案20件，按期办结18件，按期办结率95%。")),
    Fault("CK-INDICATOR", "hotline", "2014", _words("回应公众关注热点6次", "办理12345热线和群众来信6次")),
    Fault("CK-FEE", "unpaid", "2021", _all(_cell("requests.3.6.3.natural_person", 0), _cell("requests.3.6.3.total", 0), _cell("requests.3.6.2.natural_person", 1), _cell("requests.3.6.2.total", 1), _emptied(5, "无。"))),
    Fault("CK-FOREIGN", "field", "2021", _added(0, "保障全社会对人社工作的知情权、参与权和监督权。")),
    Fault("CK-FOREIGN", "paper", "2014", _added(0, "编制了《样本市旅游局政府信息公开指南》，并向社会公布。")),
    Fault("CK-FOREIGN", "level", "2019", _words("2020年，我局认真贯彻", "2020年，我局按照我县部署，认真贯彻")),
    Fault("CK-SELFNAME", "commission", "2021", _words("我局没有收取", "我委没有收取")),
    Fault("CK-TERM", "swapped", "2014", _words("认真贯彻《条例》，健全工作机制，主动公开政府信息", "认真贯彻《条例》，健全工作机制，主动政府公开信息")),
    Fault("CK-TERM", "mixed", "2021", _added(0, "把政务信息公开工作列入年度考核。")),
    Fault("CK-CITE", "order", "2021", _words("《中华人民共和国政府信息公开条例》（以下简称", "《中华人民共和国政府信息公开条例》（国务院令第771号，以下简称")),
    Fault("CK-CITE", "name", "2019", _words("《中华人民共和国政府信息公开条例》", "《中华人民共和国政务信息公开条例》")),
    Fault("CK-ABBR", "undefined", "2014", _all(_words("（以下简称《条例》）", ""), lambda d: Place(part="一"))),
    Fault("CK-PAIR", "quotation", "2021", _added(0, "深入推进“放管服改革，公开办事流程。")),
    Fault("CK-PAIR", "bracket", "2019", _words("（以下简称《条例》）", "（以下简称《条例》")),
    Fault("CK-LABEL", "label", "2014", _label("9.2", "（二）举办各类学习班数")),
    Fault("CK-LABEL", "label-2021", "2021", _label("requests.3.3.7", "7.属于行政执法卷宗")),
    Fault("CK-TABLEHEAD", "no-head", "2014", _without_captions),
    Fault("CK-TYPO", "wrong-character", "2021", _added(0, "对符合条件的申请依法给于公开。")),
    Fault("CK-TYPO", "doubled", "2014", _words("健全工作机制", "健全健全工作机制的的安排")),
    Fault("CK-TYPO", "punctuation", "2019", _words("1件结转下年度继续办理。", "1件结转下年度继续办理。。")),
    Fault("CK-FIXEDPHRASE", "phrase", "2021", _added(0, "紧密团结在以习近平总书记为核心的党中央周围，做好公开工作。")),
    Fault("CK-CONTRA", "role", "2014", lambda d: (d.add(0, "各股室负责信息的初审，分管领导审定。"), Place(part=d.add(5, "公开信息先由办公室初审，再报分管领导。")))[1] and Place()),
    Fault("CK-COVERAGE", "area", "2014", lambda d: Place(part=[d.add(0, "围绕防汛抗旱、饮水安全、河道采砂等重点领域，做好信息公开。"), d.add(1, "在政府网站设立防汛抗旱专栏和饮水安全专栏。")][0])),
    Fault("CK-VAGUE", "praise", "2021", _added(0, "信息公开工作受到了社会各界的一致好评。")),
    Fault("CK-RULE", "limit", "2021", _added(0, "对政府信息公开申请，自收到之日起15个工作日内予以答复。")),
    Fault("CK-PII", "mobile", "2019", _added(0, "申请人李某某（13800001234）通过邮寄提出申请。")),
    Fault("CK-PII", "identity", "2021", _added(0, "对公民身份号码11010519491231002X的申请人予以答复。")),
    Fault("CK-STOCK", "equal", "2021", _all(_words("制发行政规范性文件2件，废止1件，现行有效9件", "制发行政规范性文件9件，现行有效9件"), _cell("art20_1.normative_documents.repealed_this_year", 0), _cell("art20_1.normative_documents.issued_this_year", 9), lambda d: Place(cell=("art20_1", "normative_documents", "in_force")))),
    Fault("CK-SUSPECT", "filled-down", "2014", _all(_cell("8.2", 1), _cell("8.3", 1))),
    Fault("CK-SUSPECT", "negative", "2014", _cell("9.1", -3)),
)  # fmt: skip
