"""Words: near misses of fixed terms, abbreviations, self-names, official phrases, empty phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.subject import Line, Subject

# ---------------------------------------------------------------- CK-TERM

_TERM_ROWS: tuple[tuple[str, Severity, str, str], ...] = (
    (r"主动政府公开信息|主动公开信息政府|政府主动信息公开数|主动信息公开政府", "error", "主动公开政府信息", "词序颠倒"),
    (r"政府公开信息工作|政府公开信息(?=年度报告|条例|指南|目录|申请)", "warning", "政府信息公开", "词序颠倒"),
    (
        r"信息政府公开|政府信公开|政府信息公(?=[,。;、工申情])|政信息公开|(?<=[^政])府信息公开",
        "error",
        "政府信息公开",
        "缺字或者词序颠倒",
    ),
    (
        r"政务信息公开(?!栏|网|平台|系统)",
        "warning",
        "政府信息公开或者政务公开",
        "法定用语是「政府信息公开」，更广的工作叫「政务公开」",
    ),
    (r"行政覆审|行政复仪", "error", "行政复议", "法定用语写错"),
    (
        r"因政府信息公开的(?=行政复议|行政诉讼|提起|诉讼)",
        "warning",
        "因政府信息公开申请行政复议、提起行政诉讼",
        "缺「申请」",
    ),
    (r"提起诉讼(?=案件|的?情况|\d+件|件)", "info", "提起行政诉讼", "缺「行政」"),
    (r"党务政务公开|党务、政务公开", "info", "政务公开", "党务公开另有规定，不属于《条例》调整的范围"),
    (r"解读政策(?=\d+[条篇件次])", "info", "政策解读", "词序颠倒"),
    (r"依申请信息公开(?=工作|情况|事项)", "info", "依申请公开", "通行用语是「依申请公开」"),
    (r"申请依公开|依公开申请|以申请公开", "error", "依申请公开", "词序颠倒或者写错"),
    (r"主动公开公开|公开主动", "error", "主动公开", "词序颠倒或者重复"),
    (r"规范性(?:行政)?文件性|规性范文件|规范文件性|行政性规范文件", "error", "行政规范性文件", "词序颠倒"),
    (r"政务公开信息(?=条例|指南|年度报告)", "warning", "政府信息公开", "法定用语写错"),
    (r"政策解(?=[,。;、])", "error", "政策解读", "缺字"),
)
# One character of a fixed term replaced; in brackets those that make another right word.
_NEAR_TERMS = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"政府信[^息\W\d用访箱贷](?:公开)", "政府信息公开"),
        (r"政府信息[^公\W\d展分打离召拨放敞一]开(?!展|放|始|辟|设|通|发)", "政府信息公开"),
        (r"政府[^信\W\d消]息公开", "政府信息公开"),
        (r"政府信息公[^开\W\d布示告众共司益正务平]", "政府信息公开"),
        (r"行政复[^议\W\d查核审垦工]", "行政复议"),
        (r"行政[^复\W\d合会审决商建提协评倡争]议(?!员|事|题|程|案)", "行政复议"),
        (r"行政诉[^讼\W\d求状权源]", "行政诉讼"),
        (r"行政[^诉\W\d涉应争]讼", "行政诉讼"),
        (r"主动公[^开\W\d布示告正益共务众平]", "主动公开"),
        (r"依申请公[^开\W\d布示告]", "依申请公开"),
        (r"规范性文[^件\W\d书本字章]", "规范性文件"),
    )
)
_TERMS = tuple((re.compile(pattern), severity, right, why) for pattern, severity, right, why in _TERM_ROWS)


@check(
    "CK-TERM",
    name="固定用语",
    compares="主动公开政府信息、政府信息公开、政务公开、行政复议、行政诉讼等固定用语和它们的近似写法（缺字、词序颠倒）。",
    grades="缺字和颠倒为错误，易混的用语为警告，惯用但不准确的为提示。",
    example="「主动政府公开信息」应为「主动公开政府信息」。",
)
def terms(subject: Subject) -> Iterator[Finding]:
    """Look for near misses of fixed terms; the same miss is told once for a part."""
    for pattern, right in _NEAR_TERMS:
        for line, match in subject.find(pattern):
            if any(each.search(match[0]) for each, _severity, _right, _why in _TERMS):
                continue  # told below, with its own reason
            message = f"「{match[0]}」疑有错字，应为「{right}」。"
            yield line.finding("CK-TERM", "error", message, (match.start(), match.end() + 3), right, match[0])
    for pattern, severity, right, why in _TERMS:
        told: set[tuple[str, str]] = set()
        for line, match in subject.find(pattern):
            if (line.where.part, match[0]) in told:
                continue
            told.add((line.where.part, match[0]))
            message = f"「{match[0]}」{why}，应为{right if right.startswith('《') else f'「{right}」'}。"
            yield line.finding("CK-TERM", severity, message, (match.start(), match.end() + 3), right, match[0])


# ---------------------------------------------------------------- CK-ABBR

_TITLE = re.compile(r"《([^《》]{1,60})》")
_DEFINED = re.compile(r"(?:以下)?(?:统称|简称|下称)为?:?[《“\"]?([^》”\")\u3002,;]{1,30})")
_GENERAL_WORDS = (
    "条例",
    "办法",
    "规定",
    "意见",
    "通知",
    "方案",
    "指南",
    "要点",
    "保密法",
    "格式",
    "实施细则",
    "细则",
    "标准",
)


@check(
    "CK-ABBR",
    name="简称先定义后使用",
    compares="用书名号写的简称（《条例》《保密法》《办法》等）前面有没有给出全称和「以下简称」。",
    grades="没有定义的为警告，每个简称只提一次。",
    example="首次写《条例》前没有「（以下简称《条例》）」。",
)
def abbreviations(subject: Subject) -> Iterator[Finding]:
    """Look for abbreviations in title marks that nothing defines; once for each."""
    # What the form itself prints (不是《条例》所指政府信息) is no use by the author; tables are not in the text.
    defined = set(subject.profile.defined)
    told: set[str] = set()
    for line in subject.body:
        for match in _DEFINED.finditer(line.text):
            defined.add(match[1].rpartition("《")[2].strip('》“”" '))
        for match in _TITLE.finditer(line.text):
            word = match[1]
            if word in told or word in defined or word not in _GENERAL_WORDS:
                continue
            if _DEFINED.search(line.text[max(0, match.start() - 8) : match.end()]):
                continue
            told.add(word)
            message = f"《{word}》是简称，此前没有写明全称和「以下简称《{word}》」，请在第一次出现时写明。"
            yield line.finding("CK-ABBR", "warning", message, (max(0, match.start() - 4), match.end()), None, word)


# ---------------------------------------------------------------- CK-SELFNAME

_SELF_NAME = re.compile(
    r"(?<!自)(我|本)(局|委|办(?!法|理|结|事|公)|中心(?!任务|工作)|单位(?!性质)|厅|镇|乡(?!镇)|街道|院|站|处(?!理)|所(?!有|属|在)|公司|部门|机关)(?![\u4e00-\u9fff]?务员)"
)
# What an agency may call itself, by the end of its name; the first one is proposed.
_OWN_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("街道办事处", ("街道", "办", "处")),
    ("委员会办公室", ("办", "委")),
    ("办公室", ("办",)),
    ("委员会", ("委",)),
    ("管委会", ("委",)),
    ("委", ("委",)),
    ("局", ("局",)),
    ("中心", ("中心",)),
    ("厅", ("厅",)),
    ("镇人民政府", ("镇",)),
    ("镇政府", ("镇",)),
    ("乡人民政府", ("乡",)),
    ("乡政府", ("乡",)),
    ("医院", ("院",)),
)
_TELLING = ("局", "委", "办", "中心", "厅", "镇", "乡", "街道")


@check(
    "CK-SELFNAME",
    name="自称前后一致",
    compares="报告里的自称（我局、我中心、本机关、我单位）和机构名称，以及前后是否一致。",
    grades="自称与机构类别不符的为警告（如「中心」自称「我局」），几种自称混用的为提示。",
    example="前言称「我中心」，后文都称「我单位」。",
)
def self_names(subject: Subject) -> Iterator[Finding]:
    """Compare the words by which the agency calls itself with each other and with its name."""
    uses: dict[str, list[tuple[Line, re.Match[str]]]] = {}
    for line, match in subject.find(_SELF_NAME):
        if match[2] in ("所", "站", "处", "院", "公司") and match[1] == "本":
            continue
        uses.setdefault(match[2], []).append((line, match))
    own = next((words for ending, words in _OWN_WORDS if subject.agency.endswith(ending)), ())
    for word, places in uses.items():
        if not own or word in own or word not in _TELLING:
            continue
        line, match = places[0]
        # Used all through, it is the habit of the house (a bureau within a commission), not a slip.
        severity: Severity = "question" if len(places) > 3 else "warning"
        message = (
            f"自称「{match[0]}」与机构名称「{subject.report.agency}」不符，应为「我{own[0]}」，请核对是否从别处抄来。"
        )
        yield line.finding("CK-SELFNAME", severity, message, (match.start(), match.end() + 6), f"我{own[0]}", match[0])
    usual = {word: places for word, places in uses.items() if word not in ("机关", "部门")}
    if len(usual) > 1:
        ranked = sorted(usual.items(), key=lambda item: len(item[1]))
        rare, often = ranked[0], ranked[-1]
        line, match = rare[1][0]
        message = (
            f"自称「{match[0]}」（{len(rare[1])}处）与「{often[1][0][1][0]}」（{len(often[1])}处）混用，建议统一。"
        )
        yield line.finding("CK-SELFNAME", "info", message, match.span(), often[1][0][1][0], match[0])


# ---------------------------------------------------------------- CK-FIXEDPHRASE

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"新时代中国特色社会主义(?=思想)(?<!习近平新时代中国特色社会主义)", "习近平新时代中国特色社会主义思想"),
        (
            r"习近平新时期中国特色社会主义思想|习近平新时代特色社会主义思想|习近平中国特色社会主义思想|习近平新时代中国特色社会思想|习近平新时代中国社会主义思想",
            "习近平新时代中国特色社会主义思想",
        ),
        (r"习近平同志为核心的党中央(?<!以习近平同志为核心的党中央)", "以习近平同志为核心的党中央"),
        (r"习进平|习近评|刁近平|习近乎|习近年(?=总书记|同志)", "习近平"),
        (
            r"以习近平总书记为核心的党中央|以习近平同志为核心党中央|以习近平同志核心的党中央|以习近平同志为中心的党中央",
            "以习近平同志为核心的党中央",
        ),
        (r"增强“四个自信”|坚定“四个意识”|增强四个自信|坚定四个意识", "增强「四个意识」、坚定「四个自信」"),
        (r"坚定“两个维护”|增强“两个维护”", "做到「两个维护」"),
        (r"党的十[四五六七八九]大会议|党的第?二十大会议", "党的…大（不加「会议」）"),
        (r"党的十八届[八九]中全会|党的十九届[八九]中全会|党的二十届[八九]中全会|党的十[89]大", "历次会议的正式名称"),
        (r"四个全面战略(?!布局)|“四个全面”战略(?!布局)", "「四个全面」战略布局"),
        (r"五位一体总布局|“五位一体”总布局|“五位一体”战略布局", "「五位一体」总体布局"),
        (r"以人民为核心的发展思想", "以人民为中心的发展思想"),
        (r"放管服务改革|“放管服务”改革", "「放管服」改革"),
        (r"公开是原则、?,?不公开是例外|公开为常态、?,?不公开为特例", "以公开为常态、不公开为例外"),
        (r"党的20大", "党的二十大"),
    )
)


@check(
    "CK-FIXEDPHRASE",
    name="规范表述",
    compares="领导人姓名、会议名称和政治用语的规范表述，以及「以公开为常态、不公开为例外」等固定语句。",
    grades="写错为错误；2019 年以后仍用旧语句的为提示。",
    example="「以习近平总书记为核心的党中央」应为「以习近平同志为核心的党中央」。",
)
def fixed_phrases(subject: Subject) -> Iterator[Finding]:
    """Look for official phrases that are not exact."""
    for pattern, right in _PHRASES:
        for line, match in subject.find(pattern):
            if right == "以公开为常态、不公开为例外":
                if not subject.is_order_711:
                    continue
                message = f"2019 年修订的《条例》的表述是「{right}」，请核对。"
                yield line.finding("CK-FIXEDPHRASE", "info", message, match.span(), right, match[0])
                continue
            message = f"「{match[0]}」不是规范表述，请核对，应为：{right}。"
            yield line.finding("CK-FIXEDPHRASE", "error", message, match.span(), right, match[0])


# ---------------------------------------------------------------- CK-VAGUE

_PRAISE = re.compile(
    r"(?:受到|得到|赢得|获得|深受)了?[^,。;]{0,14}(?:一致好评|广泛好评|高度评价|普遍好评|充分肯定|广泛赞誉|一致认可|高度认可|普遍欢迎|好评)"
    r"|(?:发挥|起到)了?[^,。;]{0,8}第一平台的?作用"
)
_EMPTY_PHRASES = re.compile(
    r"有待(?:进一步)?(?:加强|提高|提升|完善|拓展|丰富)|不够[\u4e00-\u9fff]{0,3}|不足(?!的?问题)|不强|不高|不深|不到位|有(?:一定)?差距|存在(?:一定)?差距|欠缺|需(?:要)?(?:进一步)?(?:加强|提高|提升|完善)"
)
_CONCRETE = re.compile(
    r"\d|[《“]|[一二三四五六七八九十]+(?:名|项|次|个|条|件|处)|例如|比如|如[^何]|台账|清单|专栏|目录|模板|系统|名单|流程|培训班|月底|季度|每[周月季年]"
)
# The Regulations and the year are named in every text; that makes it no more concrete.
_OWN_TITLE = re.compile(r"《[^》]*条例》|\d{4}年(?:度)?|[(]?[一二三四五六七八九十\d][)、.]")
_PROBLEMS = re.compile(r"存在的?(?:主要)?(?:问题|不足|困难)")


@check(
    "CK-VAGUE",
    name="空泛表述",
    compares="自我评价的套话（一致好评、第一平台的作用等）有没有依据；「存在的主要问题」一部分有没有具体的问题和措施。",
    grades="都是提示；问题部分通篇没有一处具体内容的为疑问。",
    example="「受到了社会各界和网友的一致好评」没有数据。",
)
def vague(subject: Subject) -> Iterator[Finding]:
    """Look for praise without evidence and for a part on problems without anything concrete."""
    for line in subject.body:
        for match in _PRAISE.finditer(line.text):
            sentence = line.sentence_at(match.start())
            # A share of satisfied readers or a named assessment is evidence.
            if re.search(r"满意(?:率|度)[^,。]{0,6}\d|排名|第[一二三\d]名|通报", sentence):
                continue
            message = f"「{match[0]}」是没有数据和出处的自我评价，建议写明依据或者删去。"
            yield line.finding("CK-VAGUE", "info", message, match.span(), None, match[0])
    for part in subject.report.parts:
        if not _PROBLEMS.search(part.heading):
            continue
        lines = subject.part_lines(part)
        text = "".join(line.text for line in lines)
        if len(text) < 40 or not lines:
            continue  # CK-EMPTYPART says so
        phrases = list(_EMPTY_PHRASES.finditer(text))
        if len(phrases) >= 2 and not _CONCRETE.search(_OWN_TITLE.sub("", text)):
            message = "问题和改进措施都是一般性的说法，没有具体问题、数字、措施和时间，建议写具体。"
            yield lines[0].finding("CK-VAGUE", "question", message, (0, 12), None, None)
