"""Sense: words that belong to another agency, statements that contradict, areas named but not reported, persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.checks.registry import check
from gongkai.proofing.findings import Finding, Severity
from gongkai.proofing.folding import fold
from gongkai.proofing.subject import Line, Subject

# ---------------------------------------------------------------- CK-FOREIGN

# Field of work → words in an agency's name that tell it has this field; words in a text that name the field.
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "住房": (
        ("房", "住建", "住房", "建设局", "征收", "物业"),
        ("住建", "房管", "住房保障", "物业管理", "房屋征收", "住房城乡建设", "住房和城乡建设"),
    ),
    "人社": (
        ("人社", "人力资源", "劳动", "社会保险", "社保", "就业"),
        ("人社", "人力资源和社会保障", "人力资源社会保障", "社保"),
    ),
    "教育": (("教育", "教体", "学校", "中学", "小学", "教科"), ("教育", "教体", "教育体育")),
    "卫生": (("卫", "医院", "疾"), ("卫生健康", "卫健", "卫计", "卫生计生", "卫生和计划生育")),
    "医保": (("医疗保障", "医保"), ("医保", "医疗保障")),
    "民政": (("民政",), ("民政",)),
    "财政": (("财政", "国资", "金融"), ("财政",)),
    "税务": (("税",), ("税务", "税收", "地税", "国税")),
    "公安": (("公安",), ("公安",)),
    "司法": (("司法",), ("司法行政", "司法")),
    "环保": (("环境", "环保", "生态"), ("环保", "生态环境", "环境保护")),
    "国土": (("国土", "自然资源", "规划", "土地"), ("国土", "国土资源", "自然资源", "自然资源和规划")),
    "交通": (("交通", "公路", "运输", "运管"), ("交通", "交通运输")),
    "水利": (("水利", "水务", "河"), ("水利", "水务")),
    "农业": (("农", "畜牧", "粮"), ("农业", "农业农村", "畜牧")),
    "林业": (("林", "园林"), ("林业", "林草")),
    "商务": (("商务", "投资促进", "招商"), ("商务", "商贸")),
    "文旅": (("文化", "旅游", "文旅", "文广", "体育", "文物"), ("文旅", "文化旅游", "文化和旅游", "旅游", "文化广电")),
    "应急": (("应急", "安全生产", "安监", "消防"), ("应急管理", "安监", "安全生产监管")),
    "审计": (("审计",), ("审计",)),
    "统计": (("统计", "调查队"), ("统计",)),
    "市场监管": (
        ("市场监", "工商", "质监", "食品药品", "食药", "质量"),
        ("市场监管", "市场监督管理", "工商", "质监", "食药监", "食品药品监管"),
    ),
    "城管": (("城管", "城市管理", "综合行政执法", "行政执法", "市容"), ("城管", "城市管理")),
    "发改": (("发展和改革", "发改", "发展改革", "物价"), ("发改", "发展改革", "物价")),
    "退役军人": (("退役",), ("退役军人事务", "退役军人")),
    "信访": (("信访",), ("信访",)),
    "行政审批": (("行政审批", "政务服务"), ("行政审批", "政务服务")),
    "工信": (("工业", "工信", "经信", "经济和信息化"), ("工信", "工业和信息化", "经信")),
    "科技": (("科技", "科学技术", "教科"), ("科技",)),
    "气象": (("气象",), ("气象",)),
    "残联": (("残疾人", "残联"), ("残疾人", "残联")),
    "公积金": (("公积金",), ("公积金",)),
}
_GENERAL = re.compile(r"人民政府|政府办|办公室$|街道|管委会|管理委员会|镇$|乡$|政府$|园区|开发区")
_INSTITUTION = re.compile(r"(?:中心|站|所|馆|院|学校|中学|小学|大学|学院|处|事务局|服务局)$")


def fields_of(subject: Subject) -> frozenset[str]:
    """Return the fields of work that the agency's name and profile tell; empty when they tell none."""
    names = (subject.agency, *map(fold, subject.profile.names))
    told = {
        field for field, (marks, _words) in _FIELDS.items() if any(mark in name for mark in marks for name in names)
    }
    return frozenset(told | set(subject.profile.fields))


@check(
    "CK-FOREIGN",
    name="别的单位的内容",
    compares="正文里的工作领域、机构名称和「我县／我区」与本机构的名称、类别；需要时在配置文件里写明 fields、places、names。",
    grades="把别的领域、别的机构当作自己写的为错误；不合本机构类别的标题、地名级别不符为警告。",
    example="房地产服务中心的年报写「全社会对人社工作的知情权」。",
)
def foreign(subject: Subject) -> Iterator[Finding]:
    """Look for fields, names and headings that belong to another agency."""
    yield from _foreign_fields(subject)
    yield from _foreign_names(subject)
    yield from _foreign_subjects(subject)
    yield from _foreign_level(subject)
    if _INSTITUTION.search(subject.agency) and not subject.agency.endswith(("委员会", "办事处")):
        for line in subject.lines:
            if line.kind == "heading" and re.search(
                r"所属(?:的)?事业单位|下属(?:的)?事业单位|直属(?:的)?事业单位", line.text
            ):
                message = "本机构自己就是事业单位，「所属事业单位」是主管局的标题，请核对是否从模板抄来；确有下属单位的请写明名称。"
                yield line.finding("CK-FOREIGN", "warning", message, (0, 14), None, "所属事业单位")


def _foreign_fields(subject: Subject) -> Iterator[Finding]:
    own = fields_of(subject)
    if not own or _GENERAL.search(subject.agency):
        return
    own_words = {word for field in own if field in _FIELDS for word in _FIELDS[field][1]}
    for field, (_marks, words) in _FIELDS.items():
        if field in own:
            continue
        choice = "|".join(sorted((re.escape(word) for word in words if word not in own_words), key=len, reverse=True))
        if not choice:
            continue
        pattern = re.compile(
            rf"对(?:我[局区县市]|全[区县市])?({choice})(?:工作|事业|部门|系统)的(?:知情|参与|监督|表达|满意|理解|关注|关心|支持|认可)"
            rf"|结合(?:我局|我委|我单位|我中心|本单位|本部门|全[区县市]|我[区县市])?({choice})(?:工作|部门|系统|行业)?(?:的)?实际"
            rf"|(?:我局|我委|我单位|我中心|本单位|本局)(?:的|作为|各项|在|负责的)?({choice})(?:工作|部门|系统|职能|事业)"
            rf"|全[区县市]({choice})系统(?:各|全|干部|的|政府信息)"
            rf"|(?:围绕|紧扣)({choice})(?:中心)?工作(?:重点|大局|实际|中心)"
        )
        for line, match in subject.find(pattern):
            word = next(group for group in match.groups() if group)
            message = f"「{word}」不是本机构（{subject.report.agency}）的工作领域，疑为从别的单位抄来，请核对。"
            yield line.finding("CK-FOREIGN", "error", message, match.span(), None, word)


_OWN_PAPER = re.compile(
    r"《([^《》]{2,24}?(?:局|委员会|委|中心|办公室|厅|人民政府|街道办事处|镇|院|站|处|管委会))(?:\d{4}年)?(?:政府信息|政务|党务政务|信息)(?:主动)?公开(?:指南|目录|制度|办法|规定|年度报告|工作制度|工作方案|实施方案)"
)
_OWN_REPORT = re.compile(
    r"(?:现将|公布|发布)([\u4e00-\u9fff]{3,24}?(?:局|委员会|中心|办公室|厅|人民政府|街道办事处|院|管委会))\d{4}年(?:度)?政府信息公开"
)
_OWN_CONTACT = re.compile(
    r"请(?:直接)?(?:与|联系|同)([\u4e00-\u9fff]{3,24}?(?:局|委员会|中心|厅|人民政府|街道办事处|医院|管委会))(?:[\u4e00-\u9fff]{0,8}(?:办公室|科|股|处|室))?(?:联系|\(|,|。|:)"
)


def _foreign_names(subject: Subject) -> Iterator[Finding]:
    agency = subject.agency
    if not agency:
        return
    names = (agency, *map(fold, subject.profile.names))
    for pattern in (_OWN_PAPER, _OWN_REPORT, _OWN_CONTACT):
        for line, match in subject.find(pattern):
            name = match[1]
            if any(_same_agency(name, own) for own in names):
                continue
            if pattern is _OWN_PAPER and re.search(r"(?:人民政府|政府|办公室|管委会|委员会)$", name):
                continue  # papers of the government above are followed, not made
            message = f"「{name}」不是本机构（{subject.report.agency}），疑为从别的单位抄来，请核对。"
            yield line.finding("CK-FOREIGN", "error", message, match.span(1), subject.report.agency, name)


_OTHER_SUBJECT = re.compile(
    r"(?:^|[。;,:])(?:\d{4}年(?:度|来)?,?)?([\u4e00-\u9fff]{2,14}?(?:局|委员会|中心))"
    r"(?:高度重视|认真贯彻|认真落实|深入贯彻|严格按照|积极推进|始终坚持|共?主动公开|共?收到|未收到|坚持以)"
)
# A county with its city before it (样本市示例县): a verb before 区政府 reads like a name, so nothing shorter is judged.
_OTHER_PLACE = re.compile(r"[\u4e00-\u9fff]{2}市([\u4e00-\u9fff]{2,3}?)([县区旗])(?![级直域])")
_NO_PLACE = re.compile(r"[上各全本我该市省州中下个位和与及在由向据照同新园务发直辖属]")


def _foreign_subjects(subject: Subject) -> Iterator[Finding]:
    """Another agency as the one who does the work, or another county's party committee and government."""
    agency = subject.agency
    if not agency or _GENERAL.search(agency):
        return
    names = (agency, *map(fold, subject.profile.names))
    for line, match in subject.find(_OTHER_SUBJECT):
        if any(_same_agency(match[1], own) for own in names) or re.match(r"我|本|各|全|该", match[1]):
            continue
        message = f"这里说「{match[1]}」做了工作，本机构是{subject.report.agency}，疑为从别处抄来，请核对。"
        yield line.finding("CK-FOREIGN", "warning", message, match.span(1), subject.report.agency, match[1])
    own_place = re.match(r"(?:[\u4e00-\u9fff]{2,4}?[省市州])?([\u4e00-\u9fff]{2,4}?)([县区旗])", agency)
    if own_place is None:
        return
    places = {own_place[1][-2:], *(fold(each)[-3:-1] for each in subject.profile.places)}
    for line, match in subject.find(_OTHER_PLACE):
        if match[1][-2:] in places or match[2] != own_place[2] or _NO_PLACE.search(match[1]):
            continue
        message = f"「{match[1]}{match[2]}」不是本机构所在的「{own_place[0]}」，疑为从别处抄来，请核对。"
        yield line.finding("CK-FOREIGN", "warning", message, match.span(), own_place[0], f"{match[1]}{match[2]}")
        return


def _same_agency(name: str, own: str) -> bool:
    """Whether a name may be a longer or shorter form of our own."""
    if name in own or own in name or name.endswith(own[-6:]) or own.endswith(name[-6:]):
        return True
    short = re.sub(r"^.*?(?:省|市|县|区|旗|州)", "", own)
    other = re.sub(r"^.*?(?:省|市|县|区|旗|州)", "", name)
    return bool(short) and bool(other) and (short in name or other in own)


def _foreign_level(subject: Subject) -> Iterator[Finding]:
    """「我县」 in the report of a district, or the other way round."""
    levels = re.findall(
        r"[\u4e00-\u9fff]{2,}?(县|区|旗|市)",
        re.sub(r"自治|社区|小区|园区|开发区|景区|新区|地区|城市|都市|市场", "", subject.agency),
    )
    if not levels:
        return
    own = levels[-1]
    others = {"县": "区", "区": "县"}.get(own)
    if others is None:
        return
    places: list[tuple[Line, re.Match[str]]] = list(subject.find(re.compile(rf"我{others}(?!城|域|级|分)")))
    if not places or others in levels:
        return
    own_use = sum(1 for _ in subject.find(re.compile(rf"我{own}")))
    line, match = places[0]
    severity: Severity = "question" if len(places) > max(2, own_use) else "warning"
    message = f"本机构属于「{own}」，文中写「我{others}」，请核对是否从别处抄来。"
    yield line.finding("CK-FOREIGN", severity, message, (match.start(), match.end() + 6), f"我{own}", f"我{others}")


# ---------------------------------------------------------------- CK-CONTRA

_ACTORS: tuple[tuple[str, str], ...] = (
    ("业务科室", r"各?(?:业务)?(?:股室|科室|处室)|各(?:部门|单位)|起草(?:科室|股室|单位)|承办(?:科室|股室|单位)"),
    ("办公室", r"(?:局|委|中心|政府|综合)?办公室|政务公开办|信息公开办"),
    ("信息中心", r"信息(?:化)?中心"),
    ("分管领导", r"分管(?:领导|负责人|局长|主任|副局长|副主任)"),
    ("主要领导", r"主要(?:领导|负责人)|局长|主任"),
)
_ROLES = ("初审", "复审", "终审")
_LEADER_RELEASE = re.compile(
    r"(?:领导|负责人|局长|主任)[^。;]{0,10}(?:签批|签发|审签|审批|审定|签字)[^。;]{0,10}(?:公开|发布)"
)
_UNIT_RELEASE = re.compile(r"(?:信息(?:化)?中心|办公室)负责(?:政府)?(?:信息)?的?(?:对外)?发布(?!信息的编|前)")
_NO_REQUEST = re.compile(
    r"(?:未|没有|无)[^。;,]{0,6}(?:收到|接到|受理)?[^。;]{0,16}(?:信息公开|依申请公开)[^。;,]{0,6}申请"
)
_HANDLED = re.compile(
    r"(?:对|根据)[^。;]{0,24}申请[^。;]{0,24}(?:依法|及时|按时)[^。;]{0,4}(?:给[予于]|提供|答复|作出)"
)


@check(
    "CK-CONTRA",
    name="前后矛盾",
    compares="同一职责（初审、发布等）、同一数字、同一情况在不同地方的说法。",
    grades="职责说法不同为警告；同一数字不同为警告，口径可能不同时为疑问；没有申请却描述办理为提示。",
    example="第二部分说股室初审，第九部分说办公室初审。",
)
def contradictions(subject: Subject) -> Iterator[Finding]:
    """Look for statements about the same matter that differ."""
    for role in _ROLES:
        yield from _role(subject, role)
    yield from _release(subject)
    if any(_NO_REQUEST.search(line.text) for line in subject.body):
        for line, match in subject.find(_HANDLED):
            if _NO_REQUEST.search(line.text) or re.search(r"\d+件", match[0]):
                continue
            message = "文中说没有收到申请，这里却描述对申请的办理，只能作为一般规定来写，请核对。"
            yield line.finding("CK-CONTRA", "info", message, match.span(), None, match[0])
            break


def _role(subject: Subject, role: str) -> Iterator[Finding]:
    told: dict[str, tuple[Line, int]] = {}
    for line in subject.body:
        for match in re.finditer(rf"(?:保密)?{role}(?!后|合格|通过)", line.text):
            if line.text[max(0, match.start() - 1)] in "经未":
                continue
            actor = _actor(line.text, match.start())
            if actor:
                told.setdefault(actor, (line, match.start()))
    if len(told) < 2:
        return
    (first, (line, at)), (second, (other, _)) = list(told.items())[:2]
    if line.where.paragraph == other.where.paragraph:
        return
    message = f"这里说{role}由{first}负责，{other.section or other.where.part}又说由{second}负责，请统一。"
    yield line.finding("CK-CONTRA", "warning", message, (at, at + 12), None, f"{first}、{second}")


def _actor(text: str, position: int) -> str:
    """Return who does what stands at a position: the nearest actor before it in the same clause."""
    start = max(text.rfind(mark, 0, position) for mark in ",。;:")
    clause = text[start + 1 : position]
    best = (-1, "")
    for actor, pattern in _ACTORS:
        for match in re.finditer(pattern, clause):
            best = max(best, (match.end(), actor))
    return best[1]


def _release(subject: Subject) -> Iterator[Finding]:
    strict = next(subject.find(_LEADER_RELEASE), None)
    if strict is None:
        return
    for line, match in subject.find(_UNIT_RELEASE):
        if line.where.paragraph == strict[0].where.paragraph or re.search(
            r"领导|负责人[^为]{0,8}审", line.sentence_at(match.start())
        ):
            continue
        place = strict[0].section or strict[0].where.part
        message = f"这里的发布流程没有领导审批，{place}要求领导签批后才能公开，两处不一致，请统一。"
        yield line.finding("CK-CONTRA", "warning", message, match.span(), None, match[0])
        return


# ---------------------------------------------------------------- CK-COVERAGE

_AREAS = re.compile(
    r"(?:围绕|聚焦|突出|针对)[^。;、]{0,12}?((?:[\u4e00-\u9fff]{2,8}、){1,6}[\u4e00-\u9fff]{2,8})等[^。;]{0,10}?(?:热点|难点|重点|领域)"
)
_REPORTED = re.compile(r"专栏|专题|栏目|公开|发布|公示|公布|\d+[条件篇项]")
_ASKED = re.compile(r"咨询|投诉|建议|来信|来电|热线")


@check(
    "CK-COVERAGE",
    name="点名的重点领域都有内容",
    compares="文中点名的重点领域与后面报告的栏目、内容和数字。",
    grades="有的领域有内容、有的一直没有提到，没有提到的为警告。",
    example="点了物业管理、住房保障、房屋征收三个领域，栏目和内容只有两个。",
)
def coverage(subject: Subject) -> Iterator[Finding]:
    """Look for key areas that are named and never reported on, while others are."""
    for line, match in subject.find(_AREAS):
        areas = [re.sub(r"^.*?(?:关心|关注|关切|涉及)的", "", each) for each in match[1].split("、")]
        sentence = line.sentence_at(match.start())
        covered = {area: _is_reported(subject, area, sentence) for area in areas}
        absent = [area for area in areas if not covered[area]]
        if not absent or len(absent) >= len(areas):
            continue
        message = f"点名的重点领域里，「{'、'.join(absent)}」没有对应的栏目、内容或者数字，请补充或者删去。"
        at = line.text.find(absent[0], match.start())
        yield line.finding("CK-COVERAGE", "warning", message, (at, at + 12), None, "、".join(absent))


def _is_reported(subject: Subject, area: str, naming: str) -> bool:
    for line in subject.body:
        for sentence in line.sentences():
            text = sentence[0]
            if text != naming and area in text and _REPORTED.search(text) and not _ASKED.search(text):
                return True
    return False


# ---------------------------------------------------------------- CK-PII

_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_AGENCY_CONTACT = re.compile(r"联系(?:电话|方式)|咨询|电话[:为是]|监督|举报|热线|传真")
_HOME = re.compile(
    r"(?:家住|住址[:为是]?|现住|户籍地址[:为是]?|家庭地址[:为是]?)[\u4e00-\u9fff]{2,}\w*(?:号|室|单元|村|组|栋)"
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_APPLICANT = re.compile(
    rf"(?:申请人|当事人|原告|上诉人|市民|群众)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=申请|提出|要求|向|诉|不服|来信|反映|对我|因)"
)
_MASKED = re.compile(r"某|×|\*|X")


@check(
    "CK-PII",
    name="个人信息",
    compares="正文里的公民身份号码、银行卡号、手机号码、住址和申请人姓名。",
    grades="号码为错误，手机号、住址、姓名为警告；作为单位联系方式的手机号为疑问。",
    example="正文写出申请人的姓名和手机号码。",
)
def personal_data(subject: Subject) -> Iterator[Finding]:
    """Look for numbers, addresses and names of persons."""
    from stdnum import luhn  # only needed when a report is checked
    from stdnum.cn import ric

    for line in subject.lines:
        taken: list[tuple[int, int]] = []
        for match in _IDENTITY.finditer(line.text):
            if ric.is_valid(match[0]):
                taken.append(match.span())
                yield line.finding("CK-PII", "error", "这里有公民身份号码，公开前应删去或者遮盖。", match.span())
        for match in _CARD.finditer(line.text):
            if match.span() not in taken and luhn.is_valid(match[0]):
                yield line.finding("CK-PII", "error", "这里疑有银行卡号，公开前应删去或者遮盖。", match.span())
        for match in _MOBILE.finditer(line.text):
            before = line.text[max(0, match.start() - 20) : match.start()]
            severity: Severity = "question" if _AGENCY_CONTACT.search(before) else "warning"
            message = "这里有手机号码，如果是个人号码，公开前应删去或者遮盖。"
            yield line.finding("CK-PII", severity, message, match.span())
        for match in _HOME.finditer(line.text):
            yield line.finding("CK-PII", "warning", "这里有个人住址，公开前应删去或者只写到街道。", match.span())
        for match in _APPLICANT.finditer(line.text):
            if not _MASKED.search(match[1]) and match[1][1:] not in ("于", "向", "对"):
                yield line.finding("CK-PII", "warning", "这里疑有申请人或者当事人的姓名，公开前应隐去。", match.span())
