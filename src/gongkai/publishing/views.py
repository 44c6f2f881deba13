"""Staff pages of items: list, draft, read, approve, release."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.permissions import CONTENT_ROLES, agency_ids_of
from gongkai.agencies.signed_in import account_of, own_agency
from gongkai.publishing import acts
from gongkai.publishing.content import OBJECT_KIND, content_of, fields_of
from gongkai.publishing.forms import (
    ItemForm,
    RecallForm,
    WithdrawalForm,
    initial_of,
    initial_of_new,
)
from gongkai.publishing.models import Attachment, Item, ItemState, PublicationMode
from gongkai.publishing.permissions import (
    refusals_to_draft,
    refusals_to_recall,
    refusals_to_record_channels,
    refusals_to_revise,
    refusals_to_set_validity,
    refusals_to_submit,
    refusals_to_withdraw,
)
from gongkai.publishing.practice import practice_of
from gongkai.publishing.tables import head_rows
from gongkai.publishing.terms import working_days_between
from gongkai.publishing.text import to_plain
from gongkai.review.content import read_copies
from gongkai.review.forms import OpinionForm
from gongkai.review.gate import Examination, examine_many
from gongkai.review.gate.covering import history_of
from gongkai.review.gate.shown import shown_to
from gongkai.review.permissions import refusals_to_take_step
from gongkai.review.runs import run_context
from gongkai.review.turns import said_after_act, said_after_change
from gongkai.review.views_presence import answer_presence
from gongkai.review.worklist import compare
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Crumb, page_links
from gongkai.ui.forms import status_of

HISTORY_PER_PAGE = 50
EXCERPT_LENGTH = 160


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an item."""
    agency = own_agency(request)
    if agency is None or refusals_to_draft(account_of(request), agency):
        raise Http404
    department = account_of(request).officer.department
    form = ItemForm(request.POST or None, agency=agency, initial=initial_of_new(agency, department))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            item = acts.draft_item(agency=agency, fields=form.item_fields(), by=account_of(request), at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("草稿已保存，确认无误后可以送审。"))
            return redirect("publishing:item", uid=item.uid)
    context = {"title": _("起草公开信息"), "form": form, "refusals": refusals, "trail": trail(_("起草"))}
    return render(request, "publishing/form.html", context, status=status_of(refusals, form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a draft, or content in review by the holder of its step.

    When somebody else changed it meanwhile, the page shows what is there now beside what was typed; saving again is
    then an answer to that.
    """
    item = visible_item(request, uid)
    account = account_of(request)
    if refusals_to_revise(account, item):
        raise Http404
    form = ItemForm(request.POST or None, agency=item.agency, item=item, initial=initial_of(item, digest_of(item)))
    refusals: tuple[Refusal, ...] = ()
    meanwhile: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        opened = form.cleaned_data["digest"]
        try:
            acts.revise_item(item=item, digest=opened, fields=form.item_fields(), by=account, at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
            if any(refusal.code == "content_changed" for refusal in refusals):
                item = visible_item(request, uid)
                meanwhile = changed_since(item, opened)
                typed = request.POST.copy()
                typed["digest"] = digest_of(item)
                form = ItemForm(typed, agency=item.agency, item=item)
        else:
            messages.success(request, changed(_("修改已保存。"), item, account))
            return redirect("publishing:item", uid=item.uid)
    context = {
        "title": _("修改公开信息"),
        "form": form,
        "item": item,
        "refusals": refusals,
        "trail": trail(_("修改")),
        "in_review": item.state == ItemState.IN_REVIEW,
    }
    return render(request, "publishing/form.html", context | meanwhile, status=status_of(refusals, form))


def changed_since(item: Item, digest: str) -> dict[str, Any]:
    """What somebody changed since the content with this digest; where that was not kept, what is there now."""
    now = content_of(item)
    opened = read_copies([digest]).get(digest)
    if opened is None:
        return {"now": fields_of(str(item.uid), now)}
    return {"changes": compare(OBJECT_KIND, str(item.uid), opened, now)}


def changed(done: str, item: Item, account: Account) -> str:
    """What an officer who changed an item is told: what was done, whose turn it is now, what happens next."""
    return done + said_after_change(OBJECT_KIND, str(item.uid), account)


def digest_of(item: Item) -> str:
    """The digest of the content as it is."""
    return content_of(item).digest


@require_GET
def item(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Read an item as the public will see it, and take the step whose turn it is."""
    return show(request, visible_item(request, uid))


@require_POST
def presence(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Hear that the officer has the item open, and say who else has."""
    return answer_presence(request, OBJECT_KIND, str(visible_item(request, uid).uid))


@require_POST
def act(request: HttpRequest, uid: uuid.UUID, act: str) -> HttpResponse:
    """Submit, agree, return, recall, release or withdraw; a refusal is shown on the page, with what was typed."""
    item = visible_item(request, uid)
    if act not in ACTS:
        raise Http404
    name, form_class, done, run = ACTS[act]
    form = form_class(request.POST)
    if not form.is_valid():
        return show(request, item, forms={name: form}, status=422)
    try:
        run(item, form.cleaned_data, account_of(request))
    except ActRefused as refused:
        if isinstance(form, OpinionForm):
            # The page shows the content as it is now: the next opinion is on that, and what was typed is kept.
            now = digest_of(visible_item(request, uid))
            form = OpinionForm(initial={**form.cleaned_data, "digest": now})
        return show(request, visible_item(request, uid), forms={name: form}, refusals=refused.refusals, status=409)
    messages.success(request, str(done) + said_after_act(OBJECT_KIND, item.uid, account_of(request)))
    return redirect("publishing:item", uid=item.uid)


# The form's name on the page, the form, what is said when it is done, the act.
ACTS: dict[str, tuple[str, type[Form], Promise, Callable[[Item, dict[str, Any], Account], object]]] = {
    "submit": (
        "opinion",
        OpinionForm,
        gettext_lazy("已送审。"),
        lambda item, data, by: acts.submit_item(item=item, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "agree": (
        "opinion",
        OpinionForm,
        gettext_lazy("已提交同意意见。"),
        lambda item, data, by: acts.agree(
            item=item, digest=data["digest"], text=data["text"], secrecy=data["secrecy"], by=by, at=timezone.now()
        ),
    ),
    "return": (
        "opinion",
        OpinionForm,
        gettext_lazy("已退回起草人。"),
        lambda item, data, by: acts.return_item(
            item=item, digest=data["digest"], text=data["text"], secrecy=data["secrecy"], by=by, at=timezone.now()
        ),
    ),
    "release": (
        "opinion",
        OpinionForm,
        gettext_lazy("已发布，公众现在可以看到。"),
        lambda item, data, by: acts.release_item(item=item, digest=data["digest"], by=by, at=timezone.now()),
    ),
    "recall": (
        "recall",
        RecallForm,
        gettext_lazy("已收回为草稿，改好后可以重新送审。"),
        lambda item, data, by: acts.recall_item(item=item, reason=data["reason"], by=by, at=timezone.now()),
    ),
    "withdraw": (
        "withdrawal",
        WithdrawalForm,
        gettext_lazy("已撤回。公众曾经能看到的，原地址显示撤回原因。"),
        lambda item, data, by: acts.withdraw_item(
            item=item, reason=data["reason"], note=data["note"], by=by, at=timezone.now()
        ),
    ),
}


@require_http_methods(["GET", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Confirm, as a second officer, items that were public before this system, page by page and read one by one."""
    agency = own_agency(request)
    waiting = waiting_history(request)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and agency is not None:
        digests = read_items(request.POST.getlist("item"))
        try:
            acts.confirm_history(agency=agency, digests=digests, by=account_of(request), at=timezone.now())
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已复核 %(count)d 条，公众现在可以看到。") % {"count": len(digests)})
            return redirect("publishing:history" if waiting.exists() else "publishing:list")
    page = Paginator(waiting.exclude(drafter=account_of(request)), HISTORY_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("复核补录信息"),
        "rows": history_rows(list(page)),
        "pages": page_links(page, lambda number: f"?page={number}"),
        "own": waiting.filter(drafter=account_of(request)).count(),
        "refusals": refusals,
        "trail": trail(_("复核补录信息")),
    }
    return render(request, "publishing/history.html", context, status=409 if refusals else 200)


def history_rows(items: list[Item]) -> list[tuple[Item, str, Examination]]:
    """Entered items with the beginning of their text and what the release gate says of them."""
    examined = examine_many([(item.agency, str(item.uid), content_of(item)) for item in items])
    return [(item, excerpt(item), examination) for item, examination in zip(items, examined, strict=True)]


def excerpt(item: Item) -> str:
    """The beginning of the text."""
    words = " ".join(to_plain(item.body).split())
    return words if len(words) <= EXCERPT_LENGTH else words[:EXCERPT_LENGTH] + "…"


def show(
    request: HttpRequest,
    item: Item,
    *,
    forms: dict[str, Form] | None = None,
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page of an item, with the acts that the officer may take now; `forms` are those that came back."""
    account = account_of(request)
    content = content_of(item)
    run = run_context(OBJECT_KIND, item.uid, account)
    approval = run["approval"]
    is_draft_of_own = item.state == ItemState.DRAFTED and account.pk == item.drafter_id
    why_not_submit = refusals_to_submit(account, item) if is_draft_of_own else []
    may = {
        "edit": not refusals_to_revise(account, item),
        "submit": is_draft_of_own and not why_not_submit,
        "recall": not refusals_to_recall(account, item),
        "withdraw": not refusals_to_withdraw(account, item),
        "channels": not refusals_to_record_channels(account, item),
        "validity": not refusals_to_set_validity(account, item),
        "step": approval is not None and not refusals_to_take_step(approval, account, digest=content.digest),
    }
    came_back = (forms or {}).get("opinion")
    opinion_form = came_back if isinstance(came_back, OpinionForm) else OpinionForm(initial={"digest": content.digest})
    context = {
        "title": item.title,
        "item": item,
        "head": head_rows(item),
        "away": taken_away(item, account),
        "digest": content.digest,
        "may": may,
        **run,
        "is_outside": run["is_release"] and practice_of(item.agency).mode == PublicationMode.OUTSIDE,
        "why_not_submit": why_not_submit,
        "interpretations": interpretations_of(request, item),
        "of_policy": working_days_between(item.interprets, item) if item.interprets else None,
        "timeline": history_of(OBJECT_KIND, str(item.uid)),
        "forms": {
            "opinion": opinion_form.for_step(run["step"]),
            "recall": RecallForm(),
            "withdrawal": WithdrawalForm(),
        }
        | {name: form for name, form in (forms or {}).items() if form is not opinion_form},
        "refusals": refusals,
        "gate": shown_to(account, OBJECT_KIND, str(item.uid)),
        "trail": trail(item.title),
    }
    return render(request, "publishing/item.html", context, status=status)


def taken_away(item: Item, account: Account) -> list[Attachment]:
    """The attachments that were taken away when a publicity term was over, for those on the case alone."""
    if item.publicity_ended_at is None or item.agency_id not in agency_ids_of(account, CONTENT_ROLES):
        return []
    rows = Attachment.kept.filter(item=item, taken_away_on__isnull=False)
    return list(rows.select_related("stored").order_by("position", "pk"))


def interpretations_of(request: HttpRequest, item: Item) -> list[tuple[Item, int | None]]:
    """The items that interpret this one and that the officer may see, with the working days between both."""
    found = Item.objects.visible_to(request.user).filter(interprets=item).order_by("published_on", "pk")
    return [(other, working_days_between(item, other)) for other in found]


def trail(last: str) -> list[Crumb]:
    """The breadcrumb of a page below the list."""
    return [Crumb(_("公开信息"), reverse("publishing:list")), Crumb(last)]


def visible_item(request: HttpRequest, uid: uuid.UUID) -> Item:
    """The item, if the officer may see it; a foreign one is as missing as one that never was."""
    items = Item.objects.visible_to(request.user).select_related(
        "agency", "department", "drafter", "interprets__agency", "outside"
    )
    return get_object_or_404(items.prefetch_related("columns", "channels", "attachments"), uid=uid)


def waiting_history(request: HttpRequest) -> Any:
    """The entered items of the officer's agency that a second officer has yet to confirm."""
    items = Item.objects.visible_to(request.user).to_confirm().filter(agency=own_agency(request))
    rows = items.select_related("agency", "interprets", "department").prefetch_related("columns", "attachments")
    return rows.order_by("published_on", "pk")


def read_items(values: list[str]) -> dict[uuid.UUID, str]:
    """What `uid:digest` values say was read; others are passed over, as no item has them."""
    read = {}
    for value in values:
        uid, _colon, digest = value.partition(":")
        try:
            read[uuid.UUID(uid)] = digest
        except ValueError:
            continue
    return read
