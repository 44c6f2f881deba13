"""Title, agency, year and days of a report, read from the lines at its head and foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.proofing.folding import fold
from gongkai.proofing.numbers import chinese_number

_YEAR = r"(?:20\d{2}|二[〇零0OoＯ]{1}[〇零一二三四五六七八九]{2})"
YEAR = re.compile(rf"(?<![\d〇零一二三四五六七八九])({_YEAR})(?=年)")
_REPORT = r"(?:政府信息公开|政务信息公开|信息公开|政务公开|政府信息公开和政务公开|政府信息与政务公开)"
TITLE = re.compile(rf"{_REPORT}(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报|总结|年度报告)")
_TITLE_TAIL = re.compile(r"(?:报告|年报|总结)(?:\([^()]{1,20}\))?$")
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff·()]{2,40}?(?:人民政府办公[厅室]|人民政府|办公[厅室]|委员会|管委会|办事处|管理处|服务中心|管理中心|中心|总队|支队|大队|局|委|厅|部|署|院|站|所|处|办|街道|镇|乡|公司|学校|集团|社|会)"
)
_DAY = re.compile(
    rf"({_YEAR})[年./-]({{}}|\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[月./-](\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日?".replace(
        "{}|", ""
    )
)
_PUBLISHED = re.compile(r"(?:发布|发文|公开|更新|生成|上传|信息)(?:时间|日期)[:]?")
_AUTHOR = re.compile(
    r"(?:发布机构|发布单位|信息来源|来源|文章来源|公开主体|主办单位|编制单位|作者)[:]([\u4e00-\u9fff()]{3,30})"
)
_FILLER = re.compile(
    r"(?:填报单位|报告单位|单位名称|编制单位|填报机关)(?:\((?:盖章|公章)\))?[:]([\u4e00-\u9fff()]{3,30})"
)
_BREADCRUMB = re.compile(
    r"当前位置|您的位置|您现在|首页|>|»|字体|打印|关闭|分享|浏览|点击|阅读|来源[:]|发布(?:时间|日期)|索引号|上一篇|下一篇|\||下载"
)


@dataclass(frozen=True)
class Head:
    """What the head of a report says; `title_at` are the positions of the title's lines, empty when there is none."""

    title: str
    title_lines: tuple[str, ...]
    title_at: tuple[int, ...]
    agency: str


def year_number(text: str) -> int | None:
    """Return a year written in digits or Chinese (二〇一七), None when it is none."""
    text = text.replace("零", "〇")
    if text.isdigit():
        return int(text)
    text = re.sub("[0OoＯ]", "〇", text)
    return chinese_number(text)


def find_head(lines: Sequence[str], first_part: int) -> Head:
    """Find the title among the lines before the first part: the last one that reads like the title of a report."""
    for at in range(min(first_part, len(lines)) - 1, -1, -1):
        text = fold(lines[at])
        if not 4 <= len(text) <= 70 or _BREADCRUMB.search(text) or text[-1] in "。:;,":
            continue
        start = _title_start(lines, at)
        joined = fold("".join(lines[start : at + 1]))
        if start is not None and TITLE.search(joined) and _TITLE_TAIL.search(joined):
            printed = tuple(lines[start : at + 1])
            title = re.sub(r"\s+", "", "".join(printed))
            return Head(title, printed, tuple(range(start, at + 1)), agency_of_title(joined))
    return Head("", (), (), "")


def _title_start(lines: Sequence[str], at: int) -> int:
    """Return where a title that ends here begins: a name or a year on a line of its own belongs to it."""
    start = at
    for _ in range(3):
        if start == 0:
            break
        above, text = fold(lines[start - 1]), fold("".join(lines[start : at + 1]))
        if not above or len(above) > 34 or _BREADCRUMB.search(above) or re.search(r"[。:;!?,]", above):
            break
        if TITLE.search(above) and TITLE.search(text):
            break
        if len(above) <= 12 and re.fullmatch(r"[\u4e00-\u9fff]+[省市县区州盟旗]", above) and agency_of_title(text):
            start -= 1
            continue
        whole = TITLE.search(text) and YEAR.search(text) and agency_of_title(text)
        is_name = _ORGANISATION.fullmatch(above) or YEAR.match(above) or TITLE.search(above + text)
        if whole or not is_name:
            break
        start -= 1
    return start


def agency_of_title(title: str) -> str:
    """Return the agency that a title (compact text) names, empty when it names none."""
    text = re.sub(r"^(?:\(.{1,8}\)|附件\d*[:]?)", "", title)
    year = YEAR.search(text)
    report = re.search(_REPORT, text)
    end = report.start() if report else len(text)
    before = text[: year.start()] if year and year.start() < end else ""
    between = re.sub(r"^年?度?", "", text[year.end() : end]) if year and year.start() < end else text[:end]
    for span, is_sure in ((before, True), (between, False)):
        name = re.sub(r"(?:关于|的|开展|做好|\d{4}年?度?|年度?)+$", "", span.strip("《》“”·-_ "))
        name = re.sub(r"^(?:关于|年度?)", "", name)
        # What stands before the year of a title is its agency, whatever it ends with (示例县, 示例调查队).
        if _ORGANISATION.fullmatch(name) or (is_sure and re.fullmatch(r"[\u4e00-\u9fff·()]{3,40}", name)):
            return name
    return ""


def agency_elsewhere(preface: Sequence[str], foot: Sequence[str], around: Sequence[str]) -> str:
    """Return the agency named by a form's filler line, the signature, the preface or the page around the report."""
    for line in (*foot, *preface, *around):
        found = _FILLER.search(fold(line))
        if found:
            return found[1]
    for line in reversed(foot):
        text = _DAY.sub("", fold(line))
        if 4 <= len(text) <= 30 and _ORGANISATION.fullmatch(text):
            return text
    for line in preface:
        text = fold(line)
        made = re.search(
            r"(?:由|,|。|^)([\u4e00-\u9fff]{2,24}(?:局|委|委员会|厅|办公室|人民政府|中心|街道办事处|镇人民政府))(?:特向社会|编制|组织编制|现公布|向社会公布|公布)",
            text,
        )
        if made:
            return made[1].removeprefix("由")
    for line in around:
        author = _AUTHOR.search(fold(line))
        if author and _ORGANISATION.fullmatch(author[1]):
            return author[1]
    return ""


def find_year(title: str, preface: Sequence[str], body: Sequence[str]) -> int | None:
    """Return the year reported on: as the title says, else the counting period, else the year named most by far."""
    for found in YEAR.finditer(fold(title)):
        return year_number(found[1])
    for line in (*preface, *body[:3], *body[-6:]):
        text = fold(line)
        period = re.search(rf"({_YEAR})年1月1日(?:起)?(?:至|到|-|~)(?:\1年)?12月31日", text)
        if period:
            return year_number(period[1])
    for line in preface:
        named = re.search(rf"({_YEAR})年(?:度)?[^。]{{0,20}}{_REPORT}", fold(line))
        if named:
            return year_number(named[1])
    counted = Counter(each[1] for line in body for each in YEAR.finditer(fold(line)))
    ranked = counted.most_common(2)
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return year_number(ranked[0][0])
    return None


def day_of(text: str) -> date | None:
    """Return the day a compact text names (2018年1月19日, 2018-01-19, 二〇一八年一月十九日), None when none or wrong."""
    found = _DAY.search(text)
    if found is None:
        return None
    numbers = [
        year_number(found[1]),
        *(int(each) if each.isdigit() else chinese_number(each) for each in found.groups()[1:]),
    ]
    try:
        return date(*[each or 0 for each in numbers])
    except ValueError:
        return None


def is_date_line(line: str) -> bool:
    """Tell whether a line is a day, alone or behind the name of an agency."""
    text = fold(line).strip("()")
    found = _DAY.search(text)
    if found is None or found.end() < len(text.rstrip("。印发")) or len(text) > 45:
        return False
    before = text[: found.start()].strip("()日期:成文印发")
    return not before or bool(_ORGANISATION.fullmatch(before))


def published_on(lines: Sequence[str]) -> date | None:
    """Return the day of publication that a web page prints around the report."""
    for line in lines:
        text = fold(line)
        found = _PUBLISHED.search(text)
        if found and (day := day_of(text[found.end() : found.end() + 20])):
            return day
    return None
