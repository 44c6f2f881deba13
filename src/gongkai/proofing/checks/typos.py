"""Wrong characters, doubled words, collocations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.subject import Line, Subject

# Wrong → right; the pattern says where the wrong form cannot be right.
_CONFUSIONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"给于", "给予"),
        (r"赋于", "赋予"),
        (r"授于(?!\d)", "授予"),
        (r"予已(?=公开|答复|办理|处理|支持)", "予以"),
        (r"公步(?!伐)", "公布"),
        (r"公市(?=于众|实施)", "公布"),
        (r"新息(?!肉)", "信息"),
        (r"信息工开|政务工开|主动工开", "公开"),
        (r"信息公幵", "信息公开"),
        (r"按排(?![名序列放班行查])", "安排"),
        (r"布署", "部署"),
        (r"幅射", "辐射"),
        (r"按步就班", "按部就班"),
        (r"一如继往", "一如既往"),
        (r"再接再励", "再接再厉"),
        (r"迫不急待", "迫不及待"),
        (r"默守成规", "墨守成规"),
        (r"以经(?=完成|公开|建立|办结|答复)", "已经"),
        (r"通迅", "通讯"),
        (r"坚定不疑", "坚定不移"),
        (r"不径而走", "不胫而走"),
        (r"凑和", "凑合"),
        (r"名列前矛", "名列前茅"),
        (r"申清(?=公开|人|表|数|件|信息)", "申请"),
        (r"受里(?=申请|数|件|\d)", "受理"),
        (r"答覆", "答复"),
        (r"行政覆议|行政复义|行政付议", "行政复议"),
        (r"行政诉松|行政讼诉|行政起讼", "行政诉讼"),
        (r"依申靖|依审请", "依申请"),
        (r"政俯|政付(?=信息|网站|部门|机关)", "政府"),
        (r"网战(?![争略役线队])", "网站"),
        (r"渠到(?=公开|发布)", "渠道"),
        (r"条列(?=》|规定|要求|第)", "条例"),
        (r"规犯(?=性|化|了)", "规范"),
        (r"解渎|解续(?=政策|材料|稿)", "解读"),
        (r"监督保章|保章(?=机制|措施|工作|体系)", "保障"),
        (r"总体清况|工作清况|申请清况|公开清况", "情况"),
        (r"机够(?=建设|改革|设置)", "机构"),
        (r"进一歩", "进一步"),
        (r"年渡(?=报告|工作)", "年度"),
    )
)
# Old or less exact spellings that many still use.
_VARIANTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"帐号", "账号"),
        (r"帐户", "账户"),
        (r"台帐", "台账"),
        (r"报导", "报道"),
        (r"做为(?=一|本|政府|重|主|考|公|全|推|加|信)", "作为"),
        (r"截止(?=\d{4}年\d+月(?:\d+日|底)(?!前|之前))", "截至"),
        (r"其它(?=需要报告|方式|形式|情形|事项|处理)", "其他"),
    )
)
_WORD_ORDER = (
    (re.compile(r"等信息方面的?内容"), "等方面信息内容", "词序颠倒"),
    (
        re.compile(r"(?:科|股)室处(?![理置长罚分境于])|处室股(?!份)|处科室"),
        "「股室」「科室」「处室」只用一个",
        "单位名称重复",
    ),
    (
        re.compile(r"公开信(?![息箱访用件函贷托任念号誉]|[的,。;:、)》”]|$)"),
        "公开…信息",
        "「信息」缺「息」字，句子不通",
    ),
)
_LETTER_BEFORE = re.compile(r"(?:[封篇致]|一封|发出|《)$")
_ADVERB_PHRASE = re.compile(r"进行了?[\u4e00-\u9fff]{1,4}地[\u4e00-\u9fff]{2}(?=[,。;、]|$)")
_CHANNEL_VERB = re.compile(r"加强(?!与|对|和)[^,。;、:加强]{0,6}渠道(?=[,。;、]|$)")
_REPEATED = re.compile(r"(正确|切实|积极|认真|扎实|及时|大力|有效|不断|努力|进一步|全面|严格)([^,。;:、!?“”()]{1,8})\1")
_PARALLEL = re.compile(r"^(?:又|和|与|并|且|而|或|地|的)?$")
_DOUBLED = re.compile(
    r"性性|府府|政政(?!策)|请请(?!示)|办办(?!公|法|理|事)|的的(?!确)(?<!目的的)|了了(?!解|结|断)(?<!为了了)|进行进行|信息信息(?!化|系统|技术|中心|网|员)|工作工作(?!人员|日|组)"
    r"|公开公开(?!指南|目录|年报|栏)|政府政府(?!信息|网站|采购|部门)|情况情况|申请申请(?!人|数|表|量|总)|开展开展|加强加强"
    r"|我(?:局|委|办|单位|中心|镇|县|市)我|本年度本年度|不断不断|进一步进一步|以及以及|通过通过|要求要求|有关有关|单位单位|部门部门"
)
# The same word twice running; what may follow itself in good Chinese is left out.
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_TWICE_RIGHT = re.compile(
    r"^(?:一[\u4e00-\u9fff]|[\u4e00-\u9fff]一|研究|讨论|商量|许多|很多|常常|往往|[零一二三四五六七八九十百千]{2,4}|示例|某某|×+)$"
)
_TWICE_FOLLOWED = re.compile(r"^(?:化|系统|技术|中心|网|员|人|日|组|数|表|量|总|指南|目录|年报|栏|部门|单位)")
_DOUBLE_MARK = re.compile(r"[,。;、:]{2,}|[,;、:]。|。[,;、]")


@check(
    "CK-TYPO",
    name="错别字、重字和搭配",
    compares="易错字表（给于／给予等）、重复的字词和标点、「进行了」后面的「地」、词序、动词和宾语的搭配。",
    grades="确定的错字为错误，重字为警告，搭配和词序为提示。",
    example="「依法给于信息公开」应为「给予」。",
)
def typos(subject: Subject) -> Iterator[Finding]:
    """Look for wrong characters, doubled words and collocations that are wrong."""
    for pattern, right in _CONFUSIONS:
        for line, match in subject.find(pattern):
            message = f"「{match[0]}」疑为错别字，应为「{right}」。"
            yield line.finding("CK-TYPO", "error", message, _around(line, match), right, match[0])
    for pattern, right in _VARIANTS:
        for line, match in subject.find(pattern):
            message = f"「{match[0]}」的规范写法是「{right}」。"
            yield line.finding("CK-TYPO", "info", message, _around(line, match), right, match[0])
    for line in subject.body:
        yield from _order(line)
        yield from _collocations(line)
        yield from _doubled(line)


def _order(line: Line) -> Iterator[Finding]:
    for pattern, right, what in _WORD_ORDER:
        for match in pattern.finditer(line.text):
            if match[0].startswith("公开信") and _LETTER_BEFORE.search(line.text[: match.start()]):
                continue
            severity: Severity = (
                "error" if match[0].startswith("公开信") else "info" if match[0].startswith("等") else "warning"
            )
            span = (match.start(), match.end() + 6) if severity == "error" else _around(line, match)
            yield line.finding("CK-TYPO", severity, f"「{match[0]}」{what}，建议改为：{right}。", span, right, match[0])


def _collocations(line: Line) -> Iterator[Finding]:
    for match in _ADVERB_PHRASE.finditer(line.text):
        right = match[0].replace("地", "的", 1)
        yield line.finding(
            "CK-TYPO", "info", f"「进行」后面应接名词，「{match[0]}」宜写作「{right}」。", match.span(), right, match[0]
        )
    for match in _CHANNEL_VERB.finditer(line.text):
        yield line.finding(
            "CK-TYPO", "info", "「渠道」不与「加强」搭配，宜用「拓宽」或者「拓展」。", match.span(), "拓宽", "加强"
        )
    for match in _REPEATED.finditer(line.text):
        if _PARALLEL.match(match[2]):
            continue
        yield line.finding(
            "CK-TYPO", "info", f"「{match[1]}」在一句里相隔不远出现两次，建议删去一个。", match.span(), None, match[1]
        )


def _doubled(line: Line) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(line.text):
        yield line.finding(
            "CK-TYPO", "warning", f"「{match[0]}」重复，请删去一个。", _around(line, match), None, match[0]
        )
    known = {match.start() for match in _DOUBLED.finditer(line.text)}
    for match in _TWICE.finditer(line.text):
        if match.start() in known or _TWICE_RIGHT.match(match[1]) or _TWICE_FOLLOWED.match(line.text[match.end() :]):
            continue
        message = f"「{match[1]}」连着写了两次，请核对是否多余。"
        yield line.finding("CK-TYPO", "warning", message, _around(line, match), match[1], match[0])
    for match in _DOUBLE_MARK.finditer(line.text):
        yield line.finding(
            "CK-TYPO", "warning", f"标点「{match[0]}」重复或者多余，请核对。", _around(line, match), None, match[0]
        )


def _around(line: Line, match: re.Match[str], before: int = 3) -> tuple[int, int]:
    """The place of a match with some characters around it, so that a reader finds it."""
    start = max(0, match.start() - before)
    return start, min(len(line.text), max(match.end(), start + 9))
