"""Error pages: what happened and what to do next, in plain Chinese. Nothing of the error itself is shown.

Below /staff/ a signed-in officer keeps the shell; the public keeps the portal; the pages for a bad request and for a
fault ask neither session nor database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from gongkai.rules.refusals import ActRefused
from gongkai.ui import who
from gongkai.ui.components import Action
from gongkai.ui.places import STAFF, is_staff_path

LEAST_KEPT = 6
_CODE = re.compile(r"[a-z][a-z0-9_]*|[0-9a-f-]{36,}")
_BLOCK_END = re.compile(r"(</(?:p|h[2-4]|li|tr|blockquote)>)")


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says."""

    status: int
    title: str
    happened: str
    next_steps: tuple[str, ...]
    actions: tuple[Action, ...] = ()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400; the request may be too broken to be asked for anything."""
    return _without_request(
        ErrorPage(
            400,
            _("这个请求无法处理"),
            _("浏览器发来的内容不完整或者格式不对。"),
            (_("请返回上一页，刷新后再试一次。"), _("如果多次出现，请把这个页面的地址和操作告诉系统管理员。")),
        )
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403; a sentence given to `PermissionDenied` is shown."""
    said = str(exception) if exception is not None and exception.args else ""
    return _with_shell(
        request,
        ErrorPage(
            403,
            _("没有办理这件事的权限"),
            said or _("您现在的岗位不能打开这个页面或者办理这件事。"),
            (_("如果这是您的职责，请联系本单位系统管理员核对岗位。"),),
            _ways_out(request),
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; what is missing and what belongs to others look the same."""
    if is_staff_path(request.path_info):
        page = ErrorPage(
            404,
            _("没有找到这个页面"),
            _("地址可能有误，内容可能已经移走，也可能不属于您的岗位可以查看的范围。"),
            (_("请从上方菜单或者列表重新进入。"),),
            _ways_out(request),
        )
    else:
        page = ErrorPage(
            404,
            _("没有找到这个页面"),
            _("地址可能有误，或者页面已经不在这里。"),
            (_("请检查地址是否完整。"), _("可以用上方的搜索，输入标题、文号或索引号中的几个字查找。")),
            _ways_out(request),
        )
    return _with_shell(request, page)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405, naming what the address takes: public pages are read alone, staff pages know what they take."""
    if is_staff_path(request.path_info):
        happened = _("这个地址不能这样打开，系统没有作任何改动。")
        steps: tuple[str, ...] = (_("请回到原来的页面，用页面上的按钮或者链接办理。"),)
    else:
        happened = _("公开页面只供查看，不接收提交的内容。")
        steps = (_("请直接打开这个地址，或者从首页进入。"),)
    response = _with_shell(request, ErrorPage(405, _("不能这样打开这个地址"), happened, steps, _ways_out(request)))
    response["Allow"] = allowed
    return response


def too_large(happened: str) -> HttpResponse:
    """Answer 413 to a request that carries more than is taken, before it is read; `happened` says what and how much."""
    return _without_request(
        ErrorPage(
            413,
            _("上传的内容太大"),
            happened,
            (_("请返回上一页，换成较小的文件再提交一次。"),),
        )
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without session, database or context processors."""
    return _without_request(
        ErrorPage(
            500,
            _("系统出了故障"),
            _("刚才的操作没有完成，系统没有保存它。故障已经记入运行日志。"),
            (
                _("请稍等几分钟再试；正在填写的内容可以先返回上一页复制保存。"),
                _("如果仍然这样，请告诉系统管理员出现的时间和当时的操作。"),
            ),
        )
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that carries no valid mark of its own page; its text is given back (see `kept_text`).

    Public pages have no form to send: there the method is what is wrong.
    """
    if not is_staff_path(request.path_info):
        return method_not_allowed(request, "GET, HEAD")
    return _with_shell(
        request,
        ErrorPage(
            403,
            _("页面已经过期，没有提交"),
            _("打开页面以后重新登录过，或者浏览器没有保存登录信息，为了安全没有接受这次提交。"),
            (_("请返回上一页并刷新，再提交一次。"), _("浏览器要允许本站保存登录信息（Cookie）。")),
            _ways_out(request),
        ),
        kept=kept_text(request),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after the sign-in had ended; its text is given back (see `kept_text`).

    Signing in leads back to the page that sent it, where the browser offers its own draft.
    """
    sign_in = _url("backoffice:sign_in") or f"{STAFF}sign-in/"
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and is_staff_path(came_from.path):
        sign_in += f"?{urlencode({'next': came_from._replace(scheme='', netloc='').geturl()})}"
    return _with_shell(
        request,
        ErrorPage(
            403,
            _("登录已经结束，没有提交"),
            _("长时间没有操作或者已经退出，系统不再知道您是谁，刚才的提交没有保存。"),
            (_("请重新登录，回到原来的页面再提交一次。"),),
            (Action(_("重新登录"), sign_in, primary=True),),
        ),
        kept=kept_text(request),
    )


def without_post(request: HttpRequest) -> HttpResponse:
    """Answer someone who signed in but holds no post today."""
    person = who.of(request)
    page = ErrorPage(
        403,
        _("您的账号今天没有岗位"),
        _("%(name)s已经登录，但是账号还没有分配岗位，或者任职已经到期，所以不能查看或办理任何内容。")
        % {"name": person.name if person else ""},
        (_("请联系本单位系统管理员分配岗位，分配后刷新本页即可。"), _("如果登错了账号，请先退出。")),
    )
    return _render(request, page, "ui/plain.html", leave_url=sign_out_url())


def act_refused(request: HttpRequest, refused: ActRefused) -> HttpResponse:
    """Answer an act that a rule refused, with every reason; nothing was written."""
    page = ErrorPage(
        409,
        _("没有办理"),
        _("按照规定现在不能办理，系统没有作任何改动。"),
        (_("请按上面的说明处理后再试。"),),
        _ways_out(request),
    )
    return _with_shell(request, page, refusals=refused.refusals, kept=kept_text(request))


def kept_text(request: HttpRequest) -> list[str]:
    """What a person typed into a form that was not accepted, for copying.

    Only from a page of our own: another site must not be able to have its text shown here. Secrets, files, short values
    and the codes of choices are left out; of HTML the words are shown.
    """
    if request.method != "POST" or not _is_from_us(request):
        return []
    return [
        strip_tags(_BLOCK_END.sub(r"\1\n", value)).strip() if _BLOCK_END.search(value) else value
        for name, values in request.POST.lists()
        if "password" not in name and not name.startswith("csrf")
        for value in values
        if isinstance(value, str) and len(value.strip()) >= LEAST_KEPT and not _CODE.fullmatch(value)
    ]


def sign_out_url() -> str:
    """The address that ends a sign-in; empty where there is none."""
    return _url("backoffice:sign_out")


def password_url() -> str:
    """The address where one sets another password."""
    return _url("backoffice:password")


def _is_from_us(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc == request.get_host()


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _ways_out(request: HttpRequest) -> tuple[Action, ...]:
    if is_staff_path(request.path_info):
        return (Action(_("回到待办"), _url("backoffice:home") or STAFF),)
    return (Action(_("回到首页"), _url("portal:home") or "/"),)


def _shell(request: HttpRequest) -> str:
    if not is_staff_path(request.path_info):
        return "ui/public.html"
    person = who.of(request)
    return "ui/staff.html" if person is not None and person.posts else "ui/plain.html"


def _with_shell(request: HttpRequest, page: ErrorPage, **more: object) -> HttpResponse:
    return _render(request, page, _shell(request), **more)


def _without_request(page: ErrorPage) -> HttpResponse:
    return _render(None, page, "ui/plain.html")


def _render(request: HttpRequest | None, page: ErrorPage, shell: str, **more: object) -> HttpResponse:
    context = {"error": page, "shell": shell, "title": page.title, **more}
    return HttpResponse(loader.render_to_string("ui/errors/page.html", context, request), status=page.status)
