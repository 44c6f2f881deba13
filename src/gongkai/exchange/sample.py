"""The sample district: invented agencies, officers and one year, built through the same acts as everything else."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.models import Account
from gongkai.agencies.acts import add_department, add_officer, add_post, appoint, create_agency
from gongkai.agencies.models import Agency, AgencyKind, Department, Officer, Post, Role
from gongkai.exchange.sample_workbook import AGENCY_CODE, SAMPLE_WORKBOOK
from gongkai.exchange.workbook import load
from gongkai.periods.models import Period
from gongkai.publishing.acts import ItemFields, confirm_history, create_column, draft_item
from gongkai.publishing.content import OBJECT_KIND
from gongkai.publishing.models import Column, ColumnKind, Genre, Item, KeyArea
from gongkai.publishing.text import from_plain
from gongkai.review.acts import define_chain
from gongkai.review.models import StepKind

IN_POST_FROM = dt.date(2017, 1, 3)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read for one another

GOVERNMENT: dict[str, Any] = {
    "code": "sl-qzf",
    "name": "示例区人民政府",
    "short_name": "示例区政府",
    "kind": AgencyKind.GOVERNMENT,
    "credit_code": "11990101000001011C",
    "document_code": "示政",
    "address": "示例区示例大道1号",
    "position": 1,
}
HOUSING: dict[str, Any] = {
    "code": AGENCY_CODE,
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
    "code": "sl-csfw",
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
}
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    AGENCY_CODE: ("办公室", "住房保障股", "房屋征收股", "物业管理股", "信息中心"),
    CITY_SERVICE["code"]: ("办公室", "市容股"),
}
COLUMNS: dict[str, tuple[tuple[str, str, ColumnKind], ...]] = {
    AGENCY_CODE: (
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
    CITY_SERVICE["code"]: (("srgl", "市容管理", ColumnKind.BOARD), ("gfxwj", "规范性文件", ColumnKind.COMMON)),
}
STEPS = (
    (StepKind.REVIEW, "办公室审核", (Role.OFFICE,)),
    (StepKind.SIGN, "主要负责人签发", (Role.HEAD,)),
    (StepKind.RELEASE, "发布", (Role.RELEASER,)),
)


@dataclass(frozen=True)
class Person:
    """An invented officer: user name, name, department, and the posts as (role, title, departments answered for)."""

    agency: str
    username: str
    name: str
    department: str
    posts: tuple[tuple[Role, str, tuple[str, ...]], ...]


# The first post is the one by which the account is listed.
PEOPLE = (
    Person(
        AGENCY_CODE,
        "zfbz-xinxiyuan",
        "示例甲",
        "住房保障股",
        ((Role.CONTRIBUTOR, "住房保障股信息员", ("住房保障股",)),),
    ),
    Person(
        AGENCY_CODE,
        "zfbz-bangongshi",
        "示例乙",
        "办公室",
        ((Role.OFFICE, "办公室主任", ()), (Role.RELEASER, "办公室发布岗", ())),
    ),
    Person(AGENCY_CODE, "zfbz-zhuyao", "示例丙", "", ((Role.HEAD, "中心主任", ()),)),
    Person(
        AGENCY_CODE,
        "zfbz-guzhang",
        "示例丁",
        "住房保障股",
        ((Role.DEPARTMENT_HEAD, "住房保障股股长", ("住房保障股",)),),
    ),
    Person(
        AGENCY_CODE,
        "zfbz-fenguan",
        "示例戊",
        "",
        ((Role.LEADER_IN_CHARGE, "中心副主任", ("住房保障股", "房屋征收股")),),
    ),
    Person(AGENCY_CODE, "zfbz-fabu", "示例己", "信息中心", ((Role.RELEASER, "信息中心发布员", ()),)),
    Person(AGENCY_CODE, "zfbz-shenqing", "示例庚", "办公室", ((Role.REQUEST_OFFICER, "依申请公开经办人", ()),)),
    Person(AGENCY_CODE, "zfbz-laixin", "示例辛", "办公室", ((Role.ENQUIRY_OFFICER, "来信来电经办人", ()),)),
    Person(AGENCY_CODE, "zfbz-shenji", "示例壬", "", ((Role.AUDITOR, "内部审计员", ()),)),
    Person(AGENCY_CODE, "zfbz-guanli", "示例癸", "信息中心", ((Role.SYSTEM_ADMINISTRATOR, "信息中心系统管理员", ()),)),
    Person(AGENCY_CODE, "zfbz-wenyuan", "示例子", "办公室", ((Role.OFFICE, "办公室文员", ()),)),
    Person("sl-qzf", "qzf-jiandu", "示例丑", "", ((Role.SUPERVISOR, "政务公开办公室监督员", ()),)),
    Person("sl-csfw", "csfw-xinxiyuan", "示例寅", "市容股", ((Role.CONTRIBUTOR, "市容股信息员", ("市容股",)),)),
    Person(
        "sl-csfw",
        "csfw-bangongshi",
        "示例卯",
        "办公室",
        ((Role.OFFICE, "办公室主任", ()), (Role.RELEASER, "办公室发布岗", ())),
    ),
    Person("sl-csfw", "csfw-zhuyao", "示例辰", "", ((Role.HEAD, "中心主任", ()),)),
)
CONFIRMER = "zfbz-bangongshi"
LOADER = "zfbz-wenyuan"


@dataclass(frozen=True)
class SampleAccount:
    """An account of the sample, with the password that was made for it."""

    username: str
    name: str
    role: str
    agency: str
    password: str


class SampleRefused(Exception):
    """The workbook of the sample year did not go through the door; the message names the faults."""


@transaction.atomic
def build(*, at: dt.datetime) -> list[SampleAccount]:
    """Build the sample district in an empty database, all or nothing; give its accounts, the housing agency's first.

    Through acts: agencies, people, columns and chains; the year 2017 by the door for workbooks; the second officer's
    confirmation; and a draft in each agency that waits for its chain.
    """
    government = create_agency(**_agency(GOVERNMENT), by=None, at=at)
    agencies = [create_agency(**_agency(facts), parent=government, by=None, at=at) for facts in (HOUSING, CITY_SERVICE)]
    by_code = {agency.code: agency for agency in (government, *agencies)}
    departments = {
        (code, name): add_department(agency=by_code[code], name=name, by=None, at=at)
        for code, names in DEPARTMENTS.items()
        for name in names
    }
    listed = [_add_person(person, by_code[person.agency], departments, at) for person in PEOPLE]
    accounts = {account.username: account for account in Account.objects.all()}
    columns = {
        (code, short): create_column(
            agency=by_code[code], code=short, name=name, kind=kind, position=place, by=None, at=at
        )
        for code, rows in COLUMNS.items()
        for place, (short, name, kind) in enumerate(rows, start=1)
    }
    for agency in agencies:
        define_chain(agency=agency, object_kind=OBJECT_KIND, name="三人审核流程", steps=STEPS, by=None, at=at)
    _load_year(accounts, by_code[AGENCY_CODE], at)
    _draft(by_code, departments, columns, accounts, at)
    return listed


def agencies_as_json() -> list[dict[str, Any]]:
    """The sample's agencies with the years that were opened for them, the housing agency first."""
    found = list(Agency.objects.filter(is_sample=True))
    found.sort(key=lambda agency: (agency.code != AGENCY_CODE, agency.position))
    return [
        {
            "code": agency.code,
            "name": agency.name,
            "years": sorted(Period.objects.filter(agency=agency).values_list("year", flat=True)),
        }
        for agency in found
    ]


def _agency(facts: dict[str, Any]) -> dict[str, Any]:
    return {"region_code": "990101", "is_sample": True, **facts}


def _add_person(
    person: Person, agency: Agency, departments: dict[tuple[str, str], Department], at: dt.datetime
) -> SampleAccount:
    password = make_password()
    officer: Officer = add_officer(
        agency=agency,
        name=person.name,
        department=departments.get((agency.code, person.department)),
        username=person.username,
        password=password,
        by=None,
        at=at,
    )
    for role, title, names in person.posts:
        answered_for = [departments[agency.code, name] for name in names]
        post: Post = add_post(agency=agency, role=role, title=title, departments=answered_for, by=None, at=at)
        appoint(post=post, officer=officer, from_on=IN_POST_FROM, by=None, at=at)
    return SampleAccount(person.username, person.name, person.posts[0][0].value, agency.code, password)


def make_password() -> str:
    """A random password that can be read out: three groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _load_year(accounts: dict[str, Account], agency: Agency, at: dt.datetime) -> None:
    """Bring the sample year in through the door and have it confirmed by the second officer."""
    result = load(SAMPLE_WORKBOOK, by=accounts[LOADER], at=at)
    if not result.saved:
        raise SampleRefused("\n".join(fault.sentence for fault in result.faults))
    items = Item.objects.filter(agency=agency).to_confirm()
    digests = {item.uid: item.published_digest for item in items}
    confirm_history(agency=agency, digests=digests, by=accounts[CONFIRMER], at=at)


def _draft(
    agencies: dict[str, Agency],
    departments: dict[tuple[str, str], Department],
    columns: dict[tuple[str, str], Column],
    accounts: dict[str, Account],
    at: dt.datetime,
) -> None:
    """Leave a draft in each agency, for the chain to be tried and to show who does not see it."""
    today = timezone.localdate(at)
    draft_item(
        agency=agencies[AGENCY_CODE],
        fields=ItemFields(
            title="关于开展公共租赁住房住户满意度调查的通知",
            body=from_plain(
                "为改进公共租赁住房小区的管理和服务，定于近期在示例和苑等小区开展住户满意度调查。\n"
                "调查采用书面问卷和网上问卷两种方式，内容包括维修及时性、环境卫生、收费公开和邻里服务，不记名填写。\n"
                "调查结果将在一个月内公布，住户集中反映的问题列出整改事项和完成期限。"
            ),
            written_on=today,
            genre=Genre.NOTICE,
            key_area=KeyArea.AFFORDABLE_HOUSING,
            subject_class="城乡建设、环境保护\\城乡建设（含住房）",
            department=departments[AGENCY_CODE, "住房保障股"],
            columns=(columns[AGENCY_CODE, "zfbz"],),
        ),
        by=accounts["zfbz-xinxiyuan"],
        at=at,
    )
    draft_item(
        agency=agencies["sl-csfw"],
        fields=ItemFields(
            title="关于规范临时便民摊点设置的通告",
            body=from_plain(
                "为方便居民生活，在示例街等路段划定临时便民摊点区域，开放时间为每日下午5时至晚上9时。\n"
                "经营者应当保持摊点整洁，收摊后清运垃圾，不得占用盲道和消防通道。"
            ),
            written_on=today,
            genre=Genre.PUBLIC_NOTICE,
            department=departments["sl-csfw", "市容股"],
            columns=(columns["sl-csfw", "srgl"],),
        ),
        by=accounts["csfw-xinxiyuan"],
        at=at,
    )
