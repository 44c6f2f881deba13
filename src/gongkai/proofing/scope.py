"""What a figure is about beside its indicator: whose, whose requests, of which period."""

from __future__ import annotations

import re
from typing import Literal

from gongkai.proofing.report import Scope

Area = Literal["", "own", "district", "other"]
Period = Literal["", "year", "previous", "cumulative", "partial", "other_year"]

_DISTRICT = re.compile(
    r"全(?:区|市|县|省|镇|乡|系统|州|旗|街道?|国|域)(?!.{0,3}(?:中心工作|大局|要点|工作部署))|各(?:级|部门|单位|镇|乡|街道|股室所属|地|区县|县区|行政机关)|区直|市直|县直|系统内|所属(?:单位|各)|下属|辖区"
)
_OWN = re.compile(
    r"本级|本机关(?!不掌握)|机关本级|本单位|本部门|本局|本委|本办|本中心|我(?:局|委|办|厅|单位|中心|镇|街道|乡|院|处|部门|机关|区政府办)|局机关"
)
_OTHER = re.compile(
    r"(?:^|[,;、:由])(?:其中)?((?!本|我|各|全|该|因|通过|在|向|对)[\u4e00-\u9fff]{2,12}(?:局|委员会|街道办事处|街道|镇|乡))(?:共|全年|年度)?(?:收到|受理|办理|公开|发布|新收)"
)
_COMPARED = r"(?:较|比|与|同|和|对比|相比|相较|跟)"
_PREVIOUS = re.compile(
    r"(?<!较)(?<!比)(?<!与)(?<!同)(?<!和)(?<!跟)(?:上年|上一年|去年|上一年度|上年度|前一年)(?!度?(?:结转|遗留|同期|相比))(?!.{0,4}结转)"
)
_CUMULATIVE = re.compile(r"累计|截至|截止|历年|自[^,;。]{2,14}以来|至今")
_PARTIAL = re.compile(r"[一二三四1-4]季度|上半年|下半年|\d{1,2}月份|每月|每季度|当月|当日|首月")
_YEAR = re.compile(r"(20\d{2})年")
_CARRIED = re.compile(r"结转(?:至|到|入)?20\d{2}年")

_APPLICANTS = (
    ("legal_commercial", r"商业企业|企业"),
    ("legal_research", r"科研机构"),
    ("legal_social", r"社会公益组织|公益组织"),
    ("legal_law_service", r"法律服务机构|律师事务所"),
    ("legal_other", r"其他(?:法人|组织)(?!.{0,3}和)"),
    ("legal", r"法人(?:、|和|或|及|与)?其他组织|法人(?:或者?|和)其他组织|法人|单位申请"),
    ("natural_person", r"自然人|公民(?!、法人)|个人(?!隐私|信息)"),
)
_ANYONE = re.compile(r"(?:公民|自然人|个人)(?:、|和|或|及|以及|或者)(?:法人|组织|企业|单位)")
_APPLICANT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _APPLICANTS))

_ACTS = (
    ("carried_out", r"结转(?:至|到|入)?(?:下|次|明)"),
    ("carried_in", r"(?:上|去)(?:一)?年度?结转|结转上年|结转"),
    ("received", r"新收|收到|接收|接到"),
    ("accepted", r"受理"),
    ("settled", r"办结|办理完毕|办复"),
    ("answered", r"答复|回复"),
    ("handled", r"办理|处理(?!费|结果)"),
    ("repealed", r"废止|失效"),
    ("issued", r"制发|制定|出台|印发"),
    ("disclosed", r"(?<!信息)(?<!政务)(?<!不予)(?<!申请)(?<!同意)公开(?!电话|指南|申请|工作|栏)|发布(?!会)|公布"),
)
_ACT = tuple((name, re.compile(words)) for name, words in _ACTS)


def scope_of(sentence: str, before: str, after: str, *, year: int | None, agency: str, act: str) -> Scope:
    """Return the scope of a figure.

    `sentence` is the sentence up to the figure, `before` and `after` the text around it that holds no other figure;
    all compact. `act` is what the concept itself says, which comes first.
    """
    words: list[str] = []
    area, area_word = _area(sentence, before, agency)
    applicant = ""
    found = _applicant(before, after)
    if found:
        applicant, word = found
        words.append(word)
    if area_word:
        words.insert(0, area_word)
    clause = before[max(before.rfind(","), before.rfind(";")) + 1 :]
    doing = act or next((name for name, pattern in _ACT if pattern.search(clause) or pattern.match(after)), "")
    shown = next((m[0] for name, pattern in _ACT if name == doing and (m := pattern.search(before + after))), "")
    if shown:
        words.append(shown)
    period, named_year, word = _period(sentence, before, year)
    if word:
        words.append(word)
    return Scope(area, applicant, doing, period, named_year, tuple(words))


def applicant_of(before: str, after: str) -> str:
    """Return the column of the applicant that the words next to a figure name."""
    found = _applicant(before, after)
    return found[0] if found else ""


def _applicant(before: str, after: str) -> tuple[str, str] | None:
    clause = before[max(before.rfind(","), before.rfind(";"), before.rfind("("), 0) :]
    if _ANYONE.search(clause):
        return None
    clause = clause[clause.rfind("、") + 1 :].lstrip(",;(")
    for text in (clause[-24:], after):
        named = list(_APPLICANT.finditer(text))
        if named:
            return named[-1].lastgroup or "", named[-1][0]
    return None


def _area(sentence: str, before: str, agency: str) -> tuple[Area, str]:
    others = [each[1] for each in _OTHER.finditer(before)]
    if others and agency and others[-1] not in agency and agency not in others[-1]:
        return "other", others[-1]
    last, word = -1, ""
    name: Area = ""
    areas: tuple[tuple[Area, re.Pattern[str]], ...] = (("district", _DISTRICT), ("own", _OWN))
    for area, pattern in areas:
        for found in pattern.finditer(sentence):
            if found.start() > last:
                last, name, word = found.start(), area, found[0]
    return name, word


def _period(sentence: str, before: str, year: int | None) -> tuple[Period, int | None, str]:
    clause = before[max(before.rfind(","), before.rfind(";")) + 1 :]
    if found := _PREVIOUS.search(clause):
        return "previous", None, found[0]
    if found := _PARTIAL.search(clause):
        return "partial", None, found[0]
    years = [int(each) for each in _YEAR.findall(_CARRIED.sub("", sentence))]
    is_compared = bool(years) and re.search(_COMPARED + rf"{years[-1]}年", sentence) is not None
    if years and year is not None and years[-1] != year and not is_compared:
        return "other_year", years[-1], f"{years[-1]}年"
    if found := _CUMULATIVE.search(before):
        return "cumulative", None, found[0]
    return "year", years[-1] if years else None, ""
