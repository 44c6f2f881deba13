"""Reading a report: the same agency, year, parts and cells from every file type and layout; nothing is guessed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from gongkai.proofing import heads
from gongkai.proofing.folding import fold
from gongkai.proofing.numbers import chinese_number, read_cell
from gongkai.proofing.reading import read_report, read_text
from gongkai.proofing.report import STATISTICS, ReadFailure, Report, tables_as_json
from tests.proofing import reading_samples as samples
from tests.proofing.reading_samples import AGENCY, COLUMNS, Content

SEED = Path(__file__).parents[3] / "shared" / "seed" / "annual-report-2017.txt"

Writer = Callable[[Sequence[Content]], bytes]
WRITERS: dict[str, tuple[str, Writer]] = {
    "html": ("a.html", samples.as_html),
    "html in a page": ("a.html", lambda content: samples.as_html(content, page=True)),
    "html in GBK": ("a.html", lambda content: samples.as_html(content, encoding="gb18030")),
    "html laid out by tables": ("a.html", samples.as_nested_html),
    "docx": ("a.docx", samples.as_docx),
    "xlsx": ("a.xlsx", samples.as_xlsx),
    "pdf": ("a.pdf", samples.as_pdf),
    "text, cells closed by |": ("a.txt", samples.as_text),
    "text, cells parted by |": ("a.txt", lambda content: samples.as_text(content, closed=False)),
    "text, rows framed by |": ("a.txt", lambda content: samples.as_text(content, closed=False, framed=True)),
    "markdown, merged cells repeated": ("a.txt", lambda content: samples.as_markdown(content, repeated=True)),
    "markdown, merged cells blank": ("a.txt", lambda content: samples.as_markdown(content, repeated=False)),
    "text, full-width ｜": ("a.txt", lambda content: samples.as_text(content).replace(b"|", "｜".encode())),
    "text, tabs": ("a.txt", lambda content: samples.as_text(content, "\t", closed=False)),
    "text, wide spaces": ("a.txt", lambda content: samples.as_text(content, "　　", closed=False)),
    "text, one cell a line": ("a.txt", samples.as_cells_on_lines),
}


def read(folder: Path, name: str, data: bytes) -> Report:
    path = folder / name
    path.write_bytes(data)
    report = read_report(path)
    assert isinstance(report, Report), report
    return report


@pytest.fixture(params=WRITERS, ids=lambda name: name)
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[Content]], Report]:
    name, writer = WRITERS[request.param]
    return lambda content: read(tmp_path, name, writer(content))


def test_a_report_of_2021_is_read_whole(write: Callable[[Sequence[Content]], Report]) -> None:
    report = write(samples.report_of_2021())
    assert (report.agency, report.year, report.format) == (AGENCY, 2022, "2021")
    assert report.title == f"{AGENCY}2022年政府信息公开工作年度报告"
    assert report.written_on == date(2023, 1, 18)
    assert report.unread == ()
    assert [part.number_text for part in report.parts] == list("一二三四五六")
    assert report.parts[0].heading == "总体情况"
    assert [len(part.paragraphs) for part in report.parts] == [5, 0, 0, 0, 1, 1]
    requests = report.tables["requests"]
    assert {
        row: [requests.value(row, column) for column in COLUMNS] for row in requests.rows
    } == samples.request_values()
    review = report.tables["review_litigation"]
    assert [[review.value(row, column) for column in review.columns] for row in review.rows] == [
        [1, 0, 0, 1, 2],
        [0, 0, 1, 0, 1],
        [0, 0, 0, 0, 0],
    ]
    assert {
        key: [cell.value for cell in report.tables[key].cells.values()] for key in report.tables if "art" in key
    } == {
        "art20_1": [1, 2, 3, 4, 5, 6],
        "art20_5": [7],
        "art20_6": [8, 9],
        "art20_8": [10],
    }
    assert {key: table.part for key, table in report.tables.items()} == {
        "art20_1": "二",
        "art20_5": "二",
        "art20_6": "二",
        "art20_8": "二",
        "requests": "三",
        "review_litigation": "四",
    }
    assert all(table.is_complete for table in report.tables.values())


def test_a_report_of_2014_is_read_whole(write: Callable[[Sequence[Content]], Report]) -> None:
    report = write(samples.report_of_2014())
    assert (report.agency, report.year, report.format) == (AGENCY, 2016, "2014")
    assert report.written_on == date(2017, 1, 20)
    assert report.unread == ()
    assert [part.number_text for part in report.parts] == list("一二三")
    table = report.tables[STATISTICS]
    assert table.values == samples.statistics_values()
    assert table.units["8.5"] == "万元"
    assert {statement.concept: statement.value for statement in report.statements} == {
        "items_disclosed": 1,
        "items_on_website": 5,
        "requests_received": 15,
    }


def test_a_report_of_2019_is_told_from_one_of_2021(write: Callable[[Sequence[Content]], Report]) -> None:
    content = [
        AGENCY,
        "2020年政府信息公开工作年度报告",
        "一、总体情况",
        "2020年新收申请12件。",
        "二、主动公开政府信息情况",
        samples.article_table("2019"),
        "三、收到和处理政府信息公开申请情况",
        samples.requests_table(samples.request_values("2019"), "2019"),
        "四、政府信息公开行政复议、行政诉讼情况",
        samples.review_table(),
        "五、存在的主要问题及改进情况",
        "公开的及时性有待提高。",
        "六、其他需要报告的事项",
        "无",
    ]
    report = write(content)
    assert (report.year, report.format, report.unread) == (2020, "2019", ())
    requests = report.tables["requests"]
    assert {
        row: [requests.value(row, column) for column in COLUMNS] for row in requests.rows
    } == samples.request_values("2019")
    assert [cell.value for cell in report.tables["art20_6"].cells.values()] == [13, 14, 15, 16, 17, 18]
    assert report.tables["art20_9"].value("central_procurement", "amount") == 22


@pytest.mark.parametrize(
    "order",
    [
        ("total", *COLUMNS[:6]),
        (
            "total",
            "legal_other",
            "legal_law_service",
            "legal_social",
            "legal_research",
            "legal_commercial",
            "natural_person",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "text, cells closed by |", "text, rows framed by |"])
def test_columns_are_known_by_their_headings_in_any_order(kind: str, order: Sequence[str], tmp_path: Path) -> None:
    name, writer = WRITERS[kind]
    report = read(tmp_path, name, writer(samples.report_of_2021(order=order)))
    requests = report.tables["requests"]
    assert {
        row: [requests.value(row, column) for column in COLUMNS] for row in requests.rows
    } == samples.request_values()


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "text, cells closed by |"])
@pytest.mark.parametrize(
    "head", [("序号", "统计指标", "单位", "统计数"), ("统计数", "单位", "统计指标"), ("统计指标", "统计数")]
)
def test_columns_of_2014_may_stand_in_any_order(kind: str, head: Sequence[str], tmp_path: Path) -> None:
    name, writer = WRITERS[kind]
    report = read(tmp_path, name, writer(samples.report_of_2014(heads=head)))
    assert report.tables[STATISTICS].values == samples.statistics_values()


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_two_halves_beside_each_other_are_one_table(kind: str, tmp_path: Path) -> None:
    content = samples.report_of_2014()
    content[-1] = samples.side_by_side(samples.statistics_table(samples.statistics_values()))
    name, writer = WRITERS[kind]
    assert read(tmp_path, name, writer(content)).tables[STATISTICS].values == samples.statistics_values()


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "text, cells closed by |"])
def test_results_may_stand_below_each_other(kind: str, tmp_path: Path) -> None:
    values = [list(range(at, at + 5)) for at in (1, 11, 21)]
    content = [
        samples.upright_review_table(values) if each == samples.review_table() else each
        for each in samples.report_of_2021()
    ]
    name, writer = WRITERS[kind]
    table = read(tmp_path, name, writer(content)).tables["review_litigation"]
    assert [[table.value(row, column) for column in table.columns] for row in table.rows] == values


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "pdf", "text, cells closed by |"])
def test_zero_blank_and_not_applicable_stay_different(kind: str, tmp_path: Path) -> None:
    values: dict[str, list[object]] = {row: list(cells) for row, cells in samples.request_values().items()}
    values["3.2"] = ["/", "-", "—", "无", "0件", "", 0]
    name, writer = WRITERS[kind]
    table = read(tmp_path, name, writer(samples.report_of_2021(values))).tables["requests"]  # type: ignore[arg-type]
    cells = [table.cells["3.2", column] for column in COLUMNS]
    assert [cell.state for cell in cells] == [*["not_applicable"] * 4, "number", "blank", "number"]
    assert [cell.value for cell in cells] == [None, None, None, None, 0, None, 0]
    assert cells[0].where.table == "requests"
    assert (cells[0].where.row, cells[0].where.column) == ("3.2", "natural_person")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    values: dict[str, list[object]] = {row: list(cells) for row, cells in samples.request_values().items()}
    values["3.4.1"][0] = "1O"
    report = read(tmp_path, "a.html", samples.as_html(samples.report_of_2021(values)))  # type: ignore[arg-type]
    assert report.tables["requests"].cells["3.4.1", "natural_person"].state == "unreadable"
    assert any("1O" in reason for reason in report.unread)


@pytest.mark.parametrize("kind", ["html", "text, cells closed by |"])
def test_a_merged_value_cell_is_not_shared_out(kind: str, tmp_path: Path) -> None:
    table = samples.requests_table(samples.request_values())
    row = next(spot.row for spot in table if spot.text.startswith("（二）部分公开"))
    merged = [spot for spot in table if spot.row != row or spot.column not in (4, 5)]
    merged = [samples.Spot(s.text, s.row, s.column, 1, 3) if (s.row, s.column) == (row, 3) else s for s in merged]
    content = [merged if each == table else each for each in samples.report_of_2021()]
    name, writer = WRITERS[kind]
    requests = read(tmp_path, name, writer(content)).tables["requests"]
    assert requests.cells["3.2", "natural_person"].state == "unreadable"
    assert requests.value("3.1", "natural_person") == 5


def test_a_table_that_differs_from_the_first_is_named(tmp_path: Path) -> None:
    other = samples.request_values()
    other["1"] = [90, 2, 0, 0, 1, 0, 93]
    content = [*samples.report_of_2021(), samples.requests_table(other)]
    report = read(tmp_path, "a.html", samples.as_html(content))
    assert report.tables["requests"].value("1", "total") == 12
    assert any("两次" in reason for reason in report.unread)


@pytest.mark.parametrize(
    ("printed", "value", "state"),
    [
        ("", None, "blank"),
        ("　", None, "blank"),
        ("0", 0, "number"),
        ("0件", 0, "number"),
        ("１２", 12, "number"),
        ("1,234", 1234, "number"),
        ("1 234", 1234, "number"),
        ("12.50", 12.5, "number"),
        ("增10", 10, "number"),
        ("减3", -3, "number"),
        ("+5", 5, "number"),
        ("-2", -2, "number"),
        ("十二", 12, "number"),
        ("/", None, "not_applicable"),
        ("／", None, "not_applicable"),
        ("-", None, "not_applicable"),
        ("—", None, "not_applicable"),
        ("——", None, "not_applicable"),
        ("无", None, "not_applicable"),
        ("1O", None, "unreadable"),
        ("3 5", None, "unreadable"),
        ("12/5", None, "unreadable"),
        ("见附件", None, "text"),
        ("约10", None, "text"),
    ],
)
def test_cell(printed: str, value: float | None, state: str) -> None:
    read = read_cell(printed)
    assert (None if read.value is None else float(read.value), read.state) == (value, state)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("一百零五", 105),
        ("二〇一七", 2017),
        ("三万五千", 35000),
        ("两千", 2000),
        ("三五", 35),
        ("百", None),
    ],
)
def test_chinese_numeral(written: str, number: int | None) -> None:
    assert chinese_number(written) == number


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("示例市示例区住房局2022年政府信息公开工作年度报告", "示例市示例区住房局", 2022),
        ("2022年示例区住房局政府信息公开年度报告", "示例区住房局", 2022),
        ("示例区人民政府办公室关于2017年政府信息公开工作情况的报告", "示例区人民政府办公室", 2017),
        ("示例县司法局二〇一七年政府信息公开工作年度报告", "示例县司法局", 2017),
        ("示例区教育局 2019 年政府信息公开工作年度报告", "示例区教育局", 2019),
        ("示例镇2020年度政府信息公开工作年报", "示例镇", 2020),
        ("示例市2021年政府信息公开工作年度报告", "示例市", 2021),
        ("示例局示例调查队2021年政府信息公开工作年度报告", "示例局示例调查队", 2021),
        ("示例区卫健局政府信息公开工作报告（2015年度）", "示例区卫健局", 2015),
        ("2017年政府信息公开工作总结", "", 2017),
    ],
)
def test_title(title: str, agency: str, year: int) -> None:
    head = heads.find_head([title], 1)
    assert (head.agency, heads.find_year(head.title, [], [])) == (agency, year)


@pytest.mark.parametrize(
    "lines",
    [
        ["示例市示例区", "住房和城乡建设局", "2022年政府信息公开工作年度报告"],
        ["2022年", "政府信息公开工作年度报告"],
        [AGENCY, "2022年度政府信息公开工作", "年度报告"],
        ["政府信息公开工作年度报告", "（2022年）"],
        [f"{AGENCY} 2022 年政府信息公开工作年度报告", "2023年1月18日"],
        [
            "首页 > 政府信息公开 > 年报",
            "2021年政府信息公开工作年度报告 打印",
            f"{AGENCY}2022年政府信息公开工作年度报告",
        ],
    ],
)
def test_title_over_several_lines_and_below_navigation(lines: list[str]) -> None:
    text = samples.as_text([*lines, *samples.report_of_2021()[2:]]).decode()
    report = read_text(text)
    assert report.year == 2022
    assert report.agency.endswith("住房和城乡建设局")
    assert "住房和城乡建设局".join(["示例市示例区", ""]) == report.agency or report.agency == "住房和城乡建设局"


def test_a_table_of_contents_holds_no_parts() -> None:
    contents = ["目录", "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    report = read_text(
        "\n".join([f"{AGENCY}2022年政府信息公开工作年度报告", *contents, *map(str, samples.report_of_2021()[3:10])])
    )
    assert [part.number_text for part in report.parts] == ["一", "二"]
    assert len(report.parts[0].paragraphs) == 5


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2018年1月19日", date(2018, 1, 19)),
        ("二〇一八年一月十九日", date(2018, 1, 19)),
        ("二○一八年一月三十日", date(2018, 1, 30)),
        ("示例区住房局 2018年1月19日", date(2018, 1, 19)),
        ("（2018年1月19日）", date(2018, 1, 19)),
        ("2018-01-19", date(2018, 1, 19)),
        ("2018.1.19", date(2018, 1, 19)),
        ("2018年2月30日", None),
    ],
)
def test_date_line(line: str, day: date | None) -> None:
    assert heads.is_date_line(line)
    assert heads.day_of(fold(line)) == day


@pytest.mark.parametrize(
    "line", ["于2018年1月19日召开会议", "2018年1月19日，我局召开会议。", "统计期限自2017年1月1日起"]
)
def test_a_day_within_a_sentence_is_no_date_line(line: str) -> None:
    assert not heads.is_date_line(line)


def test_what_stands_around_a_report_on_a_page_is_left_off(tmp_path: Path) -> None:
    report = read(tmp_path, "a.html", samples.as_html(samples.report_of_2021(), page=True))
    plain = read(tmp_path, "b.html", samples.as_html(samples.report_of_2021()))
    assert [each.text for each in report.paragraphs] == [each.text for each in plain.paragraphs]
    assert report.published_on == date(2023, 1, 20)
    assert report.statements == plain.statements


def test_tables_print_as_the_command_promises(tmp_path: Path) -> None:
    values: dict[str, list[object]] = {row: list(cells) for row, cells in samples.request_values().items()}
    values["3.2"] = ["/", *[0] * 5, ""]
    printed = tables_as_json(read(tmp_path, "a.html", samples.as_html(samples.report_of_2021(values))))  # type: ignore[arg-type]
    assert printed["requests"]["values"]["1"] == [9, 2, 0, 0, 1, 0, 12]
    assert printed["requests"]["values"]["3.2"] == [None, 0, 0, 0, 0, 0, None]
    assert printed["requests"]["printed"] == {"3.2": {"natural_person": "/"}}
    assert printed["review_litigation"]["values"]["litigation_direct"] == [0, 0, 1, 0, 1]
    assert tables_as_json(read(tmp_path, "b.html", samples.as_html(samples.report_of_2014())))["1.2.2"] == 5


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "empty"),
        ("a.docx", b"PK\x03\x04broken", "damaged"),
        ("a.txt", "今天天气很好。".encode(), "no_report"),
        ("a.html", b"<html><body><p> </p></body></html>", "empty"),
    ],
)
def test_a_file_that_is_no_report_is_refused_by_name(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    failure = read_report(path)
    assert isinstance(failure, ReadFailure)
    assert (failure.code, failure.path) == (code, str(path))
    assert failure.sentence.endswith("。")


def test_what_is_far_too_long_for_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("示例区住房局2022年政府信息公开工作年度报告\n" + "一切正常。" * 70_000, encoding="utf-8")
    failure = read_report(path)
    assert isinstance(failure, ReadFailure)
    assert failure.code == "too_large"


def test_a_text_full_of_figures_is_read_to_a_limit_that_is_named() -> None:
    report = read_text("示例区住房局2022年政府信息公开工作年度报告\n一、总体情况\n" + "收到申请12件。\n" * 2_100)
    assert len(report.statements) == 2_000
    assert any("只核对了前" in reason for reason in report.unread)


def test_reading_loads_no_framework() -> None:
    script = (
        "import sys, gongkai.proofing.reading; assert not [n for n in sys.modules if n.partition('.')[0] == 'django']"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    failure = read_report(tmp_path / "none.docx")
    assert isinstance(failure, ReadFailure)
    assert failure.code == "unreadable"


@pytest.mark.skipif(not SEED.exists(), reason="shared: the real report is not beside the project")
def test_the_real_report_is_read() -> None:
    report = read_report(SEED)
    assert isinstance(report, Report)
    assert (report.agency, report.year, report.format) == ("定陶区房地产服务中心", 2017, "2014")
    assert report.written_on == date(2018, 1, 19)
    assert len(report.parts) == 11
    table = report.tables[STATISTICS]
    filled = {row: value for row, value in table.values.items() if value is not None}
    assert filled == {
        "1.1.1": 1,
        "1.2.2": 53,
        "2.1": 136,
        "2.2.3": 1,
        "8.1": 1,
        "8.2": 1,
        "8.3": 1,
        "8.4": 2,
        "8.4.1": 1,
        "8.4.2": 1,
    }
    assert len(table.values) == 65
    assert all(
        cell.state == "blank"
        for row, cell in ((row, table.cells[row, "value"]) for row in table.rows)
        if row not in filled
    )
    said = {(each.where.part, each.concept, each.value) for each in report.statements if each.concept}
    assert said == {
        ("三", "interpretations", 1),
        ("三", "enquiries", 136),
        ("三", "hotline_calls", 130),
        ("三", "petitions", 6),
        ("四", "items_on_website", 49),
        ("五", "items_disclosed", 53),
        ("六", "requests_received", 0),
        ("七", "processing_fee", 0),
        ("八", "reconsiderations", 0),
        ("八", "lawsuits", 0),
    }
