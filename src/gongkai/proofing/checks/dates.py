"""Years, dates and limits; laws and documents cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import fold
from gongkai.proofing.report import Where
from gongkai.proofing.subject import Line, Subject

# ---------------------------------------------------------------- CK-LATE

_GOVERNMENT = re.compile(r"(?:人民政府|政府|政府办公室|政府办|管理委员会|管委会|[省市县区旗州盟])$")
_TOWNSHIP = re.compile(r"(?:镇|乡|街道|民族乡)(?:人民政府|政府|办事处|党政办公室)?$|街道办事处|镇政府|乡政府")


def last_day(year: int, *, is_government: bool) -> date:
    """Return the last day for publishing the report on a year.

    Regulations of 2007, Article 31: 31 March. Regulations of 2019, Article 49: 31 January for departments, 31 March
    for the report of a government. The first report with the earlier day is the one on 2019.
    """
    return date(year + 1, 3, 31) if year < 2019 or is_government else date(year + 1, 1, 31)


@check(
    "CK-LATE",
    name="按期公布",
    compares="网页的发布日期（没有时用落款日期）与法定期限：2018年度以前为次年3月31日；2019年度起部门为次年1月31日，政府为次年3月31日。",
    grades="超过期限为错误；网页日期比落款晚一年以上（可能是网站迁移）、乡镇街道为疑问。",
    example="2021年度部门年报的发布日期是2022年2月15日。",
)
def late(subject: Subject) -> Iterator[Finding]:
    """Compare the day of publication with the last day the law allows."""
    report = subject.report
    day = report.published_on or report.written_on
    if day is None or report.year is None:
        return
    is_government = bool(_GOVERNMENT.search(subject.agency)) or bool(_TOWNSHIP.search(subject.agency))
    limit = last_day(report.year, is_government=is_government)
    if day <= limit:
        return
    days = (day - limit).days
    severity: Severity = "error"
    written = report.written_on
    if report.published_on and written and written <= limit and (day - written).days > 300:
        severity = "question"
    where = next((line.where for line in subject.lines if line.kind == "date"), Where())
    what = "发布日期" if report.published_on else "落款日期"
    message = f"{what}{_shown(day)}晚于法定期限{_shown(limit)}，超过{days}天。"
    yield Finding("CK-LATE", severity, message, where, _shown(day), limit.isoformat(), day.isoformat())


def _shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ---------------------------------------------------------------- CK-YEAR

_THIS_YEAR = re.compile(
    r"今年(?!(?:内|度)?(?:将|要|拟|计划|继续|的?工作(?:打算|计划|重点)))(?![^,。;]{0,14}(?:将(?!近)|拟|计划|打算))"
)
_YEAR = re.compile(r"(?<![\d〔\[(第])(\d{4,5})(?=年)")
_OPENING_YEAR = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]?[^,。;:]{0,18}?[。:])?(\d{4})年(?:度|全年)?,?(?:全年|我|本|共|全[区县市镇]|主动|收到|受理|未|在|以|政府信息|[\u4e00-\u9fff]{2,14}(?:局|委|中心|办公室|镇|街道)(?:共|主动|收到|认真|坚持|以)?)"
)
# A sentence that opens with a year and a comma and counts something.
_YEAR_WITH_FIGURE = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.][^,。;:]{0,18}?[。:])?(\d{4})年(?:度)?,(?=[^。;]*\d[条件次篇起期])"
)
_COMPARING = re.compile(
    r"相比|对比|较|同比|比(?:上|去|前)|上年|去年|增加|增长|减少|下降|上升|问题|整改|结转|成立|以来|至|开始|起|截至|制定|印发|出台|换届|改革|组建|挂牌|荣获|评为|建成|任务"
)
_PLAN = re.compile(r"规划|远景|目标|纲要|十[三四五]五|计划|到\d{4}年|专项|试点|行动|预算|届")


@check(
    "CK-YEAR",
    name="年份",
    compares="标题、正文、标题行里的年份、「今年」「本年度」，以及落款日期与报告年度。",
    grades="落款早于年度结束、年份写错为错误；沿用上一年的年份、「今年」用错为警告；拿不准的为疑问。",
    example="2018年1月写的2017年度报告说「今年，我单位……」。",
)
def years(subject: Subject) -> Iterator[Finding]:
    """Compare years with the year reported on and with the date of the report."""
    year = subject.year
    if year is None:
        if subject.lines:
            message = "没有读到报告的年度，请核对标题是否写明年份。"
            yield Finding("CK-YEAR", "question", message, subject.lines[0].where, subject.lines[0].raw)
        return
    yield from _date_of_report(subject, year)
    yield from _this_year(subject, year)
    for line in subject.body:
        yield from _numbers(subject, line, year)


def _date_of_report(subject: Subject, year: int) -> Iterator[Finding]:
    written = subject.report.written_on
    line = next((each for each in subject.lines if each.kind == "date"), None)
    if written is None or line is None:
        return
    if written <= date(year, 12, 20):
        message = f"落款日期{_shown(written)}早于{year}年度结束，年份疑有误，请核对。"
        yield line.finding("CK-YEAR", "error", message, (0, 12), year + 1, written.year)
    elif written.year > year + 1:
        message = f"落款日期{_shown(written)}比报告年度晚了不止一年，请核对年份。"
        yield line.finding("CK-YEAR", "question", message, (0, 12), year + 1, written.year)


def _this_year(subject: Subject, year: int) -> Iterator[Finding]:
    written = subject.report.written_on or subject.report.published_on
    if written is not None and written.year <= year:
        return
    told: set[str] = set()
    for line, match in subject.find(_THIS_YEAR):
        if line.where.part in told or _in_title_marks(line.text, match.start()):
            continue
        told.add(line.where.part)
        when = f"报告写于{written.year}年" if written else "年度报告在次年写成"
        severity: Severity = "warning" if written else "question"
        message = f"{when}，「今年」不是报告年度，应写「{year}年」。"
        yield line.finding("CK-YEAR", severity, message, (match.start(), match.end() + 5), f"{year}年", "今年")


def _in_title_marks(text: str, position: int) -> bool:
    before = text[:position]
    return before.rfind("《") > before.rfind("》")


def _numbers(subject: Subject, line: Line, year: int) -> Iterator[Finding]:
    for match in _YEAR.finditer(line.text):
        number = int(match[1])
        if _in_title_marks(line.text, match.start()):
            continue
        quote = (match.start(), match.start() + 12)
        if number < 1900 or number > 2099:
            message = f"年份「{match[1]}年」写错了，请核对。"
            yield line.finding("CK-YEAR", "error", message, quote, None, number)
        elif number > year + 2 and not _PLAN.search(line.sentence_at(match.start())):
            message = f"「{number}年」比报告年度{year}年晚得多，请核对。"
            yield line.finding("CK-YEAR", "question", message, quote, None, number)
    if line.kind == "heading":
        yield from _heading_year(line, year)
        return
    for sentence in line.sentences():
        found = _OPENING_YEAR.match(sentence[0]) or _YEAR_WITH_FIGURE.match(sentence[0])
        if found is None:
            continue
        number = int(found[1])
        start = sentence.start() + found.start(1)
        rest = sentence[0][found.end(1) :]
        if number in (year - 1, year - 2) and not _COMPARING.search(rest) and not _names_both(sentence[0], year):
            message = f"句子以「{number}年」开头，报告年度是{year}年，疑为沿用了以前的文字，请核对。"
            yield line.finding("CK-YEAR", "warning", message, (start, start + 12), f"{year}年", f"{number}年")


def _heading_year(line: Line, year: int) -> Iterator[Finding]:
    for match in _YEAR.finditer(line.text):
        if int(match[1]) == year - 1 and not re.search(r"问题|整改|上年|对比", line.text):
            message = f"标题里的「{match[1]}年」不是报告年度{year}年，疑为沿用了以前的文字，请核对。"
            yield line.finding("CK-YEAR", "warning", message, match.span(), f"{year}年", f"{match[1]}年")


def _names_both(sentence: str, year: int) -> bool:
    return f"{year}年" in sentence


# ---------------------------------------------------------------- CK-CITE

_ORDER = re.compile(r"国务院(?:第)?令?第?\(?(\d{3})\)?号令?|国务院令\(?第?(\d{3})号\)?")
_REGULATIONS = re.compile(r"《(?:中华人民共和国)?政府信息公开条例》|信息公开条例")
_WRONG_NAMES = re.compile(
    r"《(?:中华人民共和国)?(?:政务信息公开条例|信息公开条例|政务公开条例|政府公开信息条例|政府信息公开工作条例|政府信息公开管理条例|政府信息条例|政府信息公条例|政府信公开条例|政府信息公开法)》"
    r"|《中华人民(?!共和国)[^》]{0,4}政府信息公开条例》|《中国人民共和国[^》]*》|《中华人民共和国政府信息公开$"
)
_NUMBER = re.compile(r"(国办公开办函|国办发|国办函|国发)[〔\[(](\d{4})[〕\])](\d+)号")
_DOCUMENTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("年度报告格式", "国办公开办函"): ("〔2019〕60号", "〔2021〕30号"),
    ("信息处理费", "国办函"): ("〔2020〕109号",),
}
_ARTICLE = re.compile(
    r"条例》?第([一二三四五六七八九十]{1,3})条[^。;,]{0,12}(?:规定|要求|精神)?[^。;]{0,24}(?:年度报告|编制|编写|现将)"
)
_ARTICLES = {True: ("四十九", "五十"), False: ("三十一", "三十二")}


@check(
    "CK-CITE",
    name="引用的法规和文件",
    compares="《条例》的名称、国务院令号（2019年前为492号，之后为711号）、条号，以及年度报告格式、信息处理费等文件的文号。",
    grades="名称和令号写错为错误；引用已被代替的为警告。",
    example="「国务院令第771号」应为「第711号」。",
)
def citations(subject: Subject) -> Iterator[Finding]:
    """Compare laws and documents cited with a table of known ones."""
    year = subject.year or 0
    for line in subject.body:
        for match in _WRONG_NAMES.finditer(line.text):
            message = f"法规名称「{match[0]}」写错了，应为《中华人民共和国政府信息公开条例》。"
            yield line.finding(
                "CK-CITE", "error", message, match.span(), "《中华人民共和国政府信息公开条例》", match[0]
            )
        for match in _ORDER.finditer(line.text):
            yield from _order(line, match, year)
        for match in _NUMBER.finditer(line.text):
            yield from _document(line, match, year)
        for match in _ARTICLE.finditer(line.text):
            right = _ARTICLES[subject.is_order_711]
            if year and match[1] in _ARTICLES[not subject.is_order_711]:
                names = "、".join(f"第{each}条" for each in right)
                message = f"第{match[1]}条是另一版《条例》的条号，{year}年度报告的依据是{names}，请核对。"
                yield line.finding("CK-CITE", "warning", message, match.span(), names, f"第{match[1]}条")


def _order(line: Line, match: re.Match[str], year: int) -> Iterator[Finding]:
    around = line.text[max(0, match.start() - 40) : match.end() + 40]
    if not _REGULATIONS.search(around):
        return
    number = match[1] or match[2]
    right = "711" if year >= 2019 else "492"
    if number == right or (number == "711" and year == 0):
        return
    if number not in ("492", "711"):
        message = f"《条例》的令号写作「第{number}号」，应为「国务院令第{right}号」。"
        yield line.finding("CK-CITE", "error", message, match.span(), right, number)
    elif year:
        if number == "711" and year < 2019:
            message = f"第711号国务院令2019年才施行，{year}年度报告的依据是第492号，请核对。"
        else:
            message = "第492号国务院令已由第711号修订，请改引「国务院令第711号」。"
        yield line.finding("CK-CITE", "warning", message, match.span(), right, number)


def _document(line: Line, match: re.Match[str], year: int) -> Iterator[Finding]:
    around = fold(line.text[max(0, match.start() - 44) : match.end() + 30])
    number = f"〔{match[2]}〕{match[3]}号"
    for (subject_word, issuer), rights in _DOCUMENTS.items():
        if subject_word not in around or match[1] != issuer:
            continue
        if number not in rights:
            message = f"文号「{match[1]}{number}」与{subject_word}的文号不符，应为{issuer}{rights[-1]}，请核对。"
            yield line.finding("CK-CITE", "error", message, match.span(), f"{issuer}{rights[-1]}", f"{issuer}{number}")
        elif number == "〔2019〕60号" and year >= 2021:
            message = "〔2019〕60号的格式已由国办公开办函〔2021〕30号代替，请改引现行格式。"
            yield line.finding("CK-CITE", "warning", message, match.span(), "〔2021〕30号", number)


# ---------------------------------------------------------------- CK-RULE

_WORKING_DAYS = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,3})个?工作日(?:之)?内?")


@check(
    "CK-RULE",
    name="时限与现行规定",
    compares="正文写的期限（答复期限、解读时间、主动公开时间）与报告年度的规定。",
    grades="答复期限、主动公开期限与《条例》不符为警告；解读晚于同步发布为提示。",
    example="「文件公开发布后的7个工作日内作出解读」，规定是解读与文件同步发布。",
)
def limits(subject: Subject) -> Iterator[Finding]:
    """Compare limits stated in the text with those in force."""
    from gongkai.proofing.checks.marks import chinese_number  # the marks know ordinals

    reply = 20 if subject.is_order_711 else 15
    for line, match in subject.find(_WORKING_DAYS):
        days = chinese_number(match[1])
        if days is None:
            continue
        sentence = line.sentence_at(match.start())
        near = line.text[max(0, match.start() - 30) : match.end() + 16]
        span = (match.start(), match.end())
        if "解读" in near and days > 3 and re.search(r"发布|印发|公布|公开|出台", near):
            message = f"解读材料应与文件同步发布，最迟不超过3个工作日，文中写{days}个工作日，请核对本单位的规定。"
            yield line.finding("CK-RULE", "info", message, span, "同步发布", f"{days}个工作日")
        elif re.search(r"形成或者?变更", near) and days > 20:
            message = f"主动公开的期限是自信息形成或者变更之日起20个工作日内，文中写{days}个工作日。"
            yield line.finding("CK-RULE", "warning", message, span, 20, days)
        elif (
            re.search(r"申请", sentence)
            and re.search(r"答复", near)
            and "信息公开" in sentence
            and not re.search(r"延长|延期|平均|提前|压缩|缩短|补正|征求|第三方|咨询|复议|诉讼|登记|转|均在|告知", near)
            and days in {15, 20} - {reply}
            and subject.year is not None
            and subject.year != 2019
        ):
            message = f"{subject.year}年答复申请的法定期限是{reply}个工作日，文中写{days}个工作日，请核对。"
            yield line.finding("CK-RULE", "warning", message, span, reply, days)
