"""Who there is in the sample district: agencies, departments, columns, officers and their posts. All invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import AgencyKind, Role
from gongkai.exchange.sample_workbook import AGENCY_CODE
from gongkai.publishing.models import ColumnKind, KeyArea, Numbering, PublicationMode

IN_POST_FROM = dt.date(2017, 1, 3)
HOUSING_CODE = AGENCY_CODE
CITY_SERVICE_CODE = "sl-csfw"
GOVERNMENT_CODE = "sl-qzf"

GOVERNMENT: dict[str, Any] = {
    "code": GOVERNMENT_CODE,
    "name": "示例区人民政府",
    "short_name": "示例区政府",
    "kind": AgencyKind.GOVERNMENT,
    "credit_code": "11990101000001011C",
    "document_code": "示政",
    "address": "示例区示例大道1号",
    "office_hours": "工作日上午8:30—12:00，下午1:30—5:30",
    "telephone": "000-00000001",
    "email": "zwgk@sample.invalid",
    "position": 1,
    "duties": "领导全区政府信息公开工作。区政府办公室是全区政府信息公开工作主管部门。",
    "guide": (
        "本机关主动公开区政府规范性文件、规划计划和政务公开工作情况，可以在本网站按栏目查看或者全文检索。\n"
        "需要其他政府信息的，可以向区政府办公室提出申请。各部门制作的信息，请向制作该信息的部门提出。"
    ),
}
HOUSING: dict[str, Any] = {
    "code": HOUSING_CODE,
    "name": "示例区住房保障服务中心",
    "short_name": "区住房保障中心",
    "kind": AgencyKind.AUTHORISED,
    "credit_code": "129901010000021883",
    "document_code": "示房保",
    "address": "示例区示例大道8号",
    "office_hours": "工作日上午8:30—12:00，下午1:30—5:30",
    "telephone": "000-00000008",
    "email": "zfbz@sample.invalid",
    "position": 2,
    "duties": "负责全区住房保障、国有土地上房屋征收与补偿、物业管理和房产交易的事务性工作。",
    "guide": (
        "本机关主动公开机构职能、规范性文件以及住房保障、房屋征收、物业管理、房产交易方面的政府信息，"
        "可以在本网站按栏目查看或者全文检索，也可以到查阅点查阅。\n"
        "需要其他政府信息的，可以向本机关办公室书面提出申请。"
    ),
}
CITY_SERVICE: dict[str, Any] = {
    "code": CITY_SERVICE_CODE,
    "name": "示例区城市服务中心",
    "short_name": "区城市服务中心",
    "kind": AgencyKind.DEPARTMENT,
    "credit_code": "11990101000003068M",
    "document_code": "示城服",
    "address": "示例区示例大道20号",
    "office_hours": "工作日上午8:30—12:00，下午1:30—5:30",
    "telephone": "000-00000020",
    "email": "csfw@sample.invalid",
    "position": 3,
    "duties": "负责城区市容管理、环境卫生和生活垃圾分类的组织实施。",
    "guide": "本机关主动公开市容管理、环境卫生和垃圾分类方面的政府信息，可以在本网站按栏目查看或者全文检索。",
}
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    GOVERNMENT_CODE: ("政务公开办公室",),
    HOUSING_CODE: ("办公室", "住房保障股", "房屋征收股", "物业管理股", "信息中心"),
    CITY_SERVICE_CODE: ("办公室", "市容股", "环卫股"),
}
COLUMNS: dict[str, tuple[tuple[str, str, ColumnKind], ...]] = {
    GOVERNMENT_CODE: (
        ("zfwj", "政府文件", ColumnKind.BOARD),
        ("zwgk", "政务公开", ColumnKind.BOARD),
        ("ghjh", "规划计划", ColumnKind.BOARD),
        ("tzgg", "通知公告", ColumnKind.BOARD),
    ),
    HOUSING_CODE: (
        ("zfbz", "住房保障", ColumnKind.BOARD),
        ("fwzs", "房屋征收", ColumnKind.BOARD),
        ("wygl", "物业管理", ColumnKind.BOARD),
        ("fcjy", "房产交易", ColumnKind.BOARD),
        ("tzgg", "通知公告", ColumnKind.BOARD),
        ("gfxwj", "规范性文件", ColumnKind.COMMON),
        ("zcjd", "政策解读", ColumnKind.COMMON),
        ("jyta", "建议提案办理", ColumnKind.COMMON),
        ("czxx", "财政信息", ColumnKind.COMMON),
    ),
    CITY_SERVICE_CODE: (
        ("srgl", "市容管理", ColumnKind.BOARD),
        ("hwgl", "环卫管理", ColumnKind.BOARD),
        ("ljfl", "垃圾分类", ColumnKind.BOARD),
        ("tzgg", "通知公告", ColumnKind.BOARD),
        ("gfxwj", "规范性文件", ColumnKind.COMMON),
    ),
}
# Which chain of `review.chains` an agency has: six people in the housing agency, three elsewhere.
CHAINS = {HOUSING_CODE: "six", CITY_SERVICE_CODE: "merged", GOVERNMENT_CODE: "merged"}

# How an agency publishes: here all on pages of their own, so that a visitor reads at once what was released.
_OWN_SITE: dict[str, Any] = {"mode": PublicationMode.OWN_SITE, "numbering": Numbering.ISSUED}
PRACTICES: dict[str, dict[str, Any]] = {
    GOVERNMENT_CODE: {**_OWN_SITE, "subject_class": "综合政务\\政务公开"},
    HOUSING_CODE: {
        **_OWN_SITE,
        "subject_class": "城乡建设、环境保护\\城乡建设（含住房）",
        "key_areas": {area.value: str(area.label) for area in KeyArea if area is not KeyArea.NONE},
    },
    CITY_SERVICE_CODE: _OWN_SITE,
}


@dataclass(frozen=True)
class Person:
    """An invented officer: user name, name, department, and the posts as (role, title, departments answered for)."""

    agency: str
    username: str
    name: str
    department: str
    posts: tuple[tuple[Role, str, tuple[str, ...]], ...]


def _person(agency: str, username: str, name: str, department: str, role: Role, title: str, *names: str) -> Person:
    """A person with one post."""
    return Person(agency, username, name, department, ((role, title, names),))


# The first post is the one by which the account is listed.
PEOPLE = (
    _person(HOUSING_CODE, "zfbz-xinxiyuan", "示例甲", "住房保障股", Role.CONTRIBUTOR, "住房保障股信息员", "住房保障股"),
    _person(HOUSING_CODE, "zfbz-guzhang", "示例丁", "住房保障股", Role.DEPARTMENT_HEAD, "住房保障股股长", "住房保障股"),
    _person(HOUSING_CODE, "zfbz-bangongshi", "示例乙", "办公室", Role.OFFICE, "办公室主任"),
    _person(
        HOUSING_CODE, "zfbz-fenguan", "示例戊", "", Role.LEADER_IN_CHARGE, "中心副主任", "住房保障股", "房屋征收股"
    ),
    _person(HOUSING_CODE, "zfbz-zhuyao", "示例丙", "", Role.HEAD, "中心主任"),
    _person(HOUSING_CODE, "zfbz-fabu", "示例己", "信息中心", Role.RELEASER, "信息中心发布员"),
    _person(HOUSING_CODE, "zfbz-shenqing", "示例庚", "办公室", Role.REQUEST_OFFICER, "依申请公开经办人"),
    _person(HOUSING_CODE, "zfbz-laixin", "示例辛", "办公室", Role.ENQUIRY_OFFICER, "来信来电经办人"),
    _person(HOUSING_CODE, "zfbz-shenji", "示例壬", "", Role.AUDITOR, "内部审计员"),
    _person(HOUSING_CODE, "zfbz-guanli", "示例癸", "信息中心", Role.SYSTEM_ADMINISTRATOR, "信息中心系统管理员"),
    _person(HOUSING_CODE, "zfbz-wenyuan", "示例子", "办公室", Role.OFFICE, "办公室文员"),
    _person(CITY_SERVICE_CODE, "csfw-xinxiyuan", "示例寅", "市容股", Role.CONTRIBUTOR, "市容股信息员", "市容股"),
    # In a small office one person reviews, checks for secrecy and releases.
    Person(
        CITY_SERVICE_CODE,
        "csfw-bangongshi",
        "示例卯",
        "办公室",
        ((Role.OFFICE, "办公室主任", ()), (Role.RELEASER, "办公室发布岗", ())),
    ),
    _person(CITY_SERVICE_CODE, "csfw-zhuyao", "示例辰", "", Role.HEAD, "中心主任"),
    _person(CITY_SERVICE_CODE, "csfw-wenyuan", "示例巳", "办公室", Role.OFFICE, "办公室文员"),
    _person(GOVERNMENT_CODE, "qzf-bangongshi", "示例午", "政务公开办公室", Role.OFFICE, "政务公开办公室主任"),
    _person(GOVERNMENT_CODE, "qzf-wenyuan", "示例未", "政务公开办公室", Role.OFFICE, "政务公开办公室文员"),
    _person(GOVERNMENT_CODE, "qzf-zhuyao", "示例申", "", Role.HEAD, "区政府办公室主任"),
    _person(GOVERNMENT_CODE, "qzf-jiandu", "示例丑", "", Role.SUPERVISOR, "政务公开办公室监督员"),
)
# Who enters what was public before and who confirms it, by agency.
LOADERS = {HOUSING_CODE: "zfbz-wenyuan", CITY_SERVICE_CODE: "csfw-wenyuan", GOVERNMENT_CODE: "qzf-wenyuan"}
CONFIRMERS = {HOUSING_CODE: "zfbz-bangongshi", CITY_SERVICE_CODE: "csfw-bangongshi", GOVERNMENT_CODE: "qzf-bangongshi"}
