"""Staff pages of the gate: what is in review, the gate of one object, the office's word list."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.models import Account
from gongkai.agencies.models import Agency
from gongkai.agencies.permissions import agency_ids_of
from gongkai.agencies.signed_in import account_of
from gongkai.review.content import adapter, registered
from gongkai.review.forms_gate import WordForm
from gongkai.review.gate.masking import mask_file, mask_text
from gongkai.review.gate.overrides import ask_override, confirm_override, decline_override
from gongkai.review.gate.shown import Shown, shown_to
from gongkai.review.gate.words import KEEPING_ROLES, add_word, refusals_to_keep_words, remove_word
from gongkai.review.models import Approval, ApprovalState, Override, Word
from gongkai.review.tables_gate import ApprovalFilter, ApprovalTable, WordFilter, WordTable
from gongkai.review.turns import said_after_change
from gongkai.rules.refusals import ActRefused, Refusal
from gongkai.ui.components import Action, Crumb
from gongkai.ui.forms import status_of
from gongkai.ui.lists import ListView


class ReviewListView(ListView):
    """What is in review, the oldest first, with what the gate says of it."""

    model = Approval
    table_class = ApprovalTable
    filterset_class = ApprovalFilter
    title = gettext_lazy("审核")
    empty_text = gettext_lazy("现在没有审核中的内容。")

    def get_queryset(self) -> QuerySet[Any]:
        """The runs in review, unless another state is asked for."""
        rows = super().get_queryset().select_related("agency", "department", "drafter", "content")
        return rows if self.request.GET.get("state") else rows.filter(state=ApprovalState.IN_REVIEW)

    def get_actions(self) -> list[Action]:
        """The sheets for those who sign paper; the word list, for the office."""
        words = [Action(_("词表"), reverse("review:words"))] if office_of(account_of(self.request)) else []
        return [Action(_("审批单"), reverse("review:sheets")), *words]


@require_GET
def gate(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The gate of one object: all findings, what was asked and decided."""
    return page(request, shown_or_404(request, kind, key))


@require_POST
def ask(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask that findings pass."""
    shown = shown_or_404(request, kind, key)
    findings = request.POST.getlist("finding")
    ground, text = request.POST.get("ground", ""), request.POST.get("text", "")
    try:
        ask_override(
            agency=shown.subject.agency,
            object_key=key,
            content=shown.subject.content,
            digest=request.POST.get("digest", ""),
            drafter=shown.subject.drafter,
            findings=findings,
            ground=ground,
            text=text,
            by=account_of(request),
            at=timezone.now(),
        )
    except ActRefused as refused:
        typed = {"findings": findings, "ground": ground, "text": text}
        return page(request, shown_or_404(request, kind, key), refused.refusals, typed)
    messages.success(request, _("已提出，由另一人确认后才放行。"))
    return redirect("review:gate", kind=kind, key=key)


@require_POST
def decide(request: HttpRequest, kind: str, key: str, uid: uuid.UUID, answer: str) -> HttpResponse:
    """Confirm, or decline, as a second officer, what was asked."""
    shown = shown_or_404(request, kind, key)
    override = get_object_or_404(Override, object_kind=kind, object_key=key, uid=uid)
    by, at = account_of(request), timezone.now()
    try:
        if answer == "confirm":
            digest = request.POST.get("digest", "")
            confirm_override(override=override, content=shown.subject.content, digest=digest, by=by, at=at)
            messages.success(request, _("已确认放行。内容改动后须重新提出。"))
        elif answer == "decline":
            decline_override(override=override, text=request.POST.get("text", ""), by=by, at=at)
            messages.success(request, _("已记下不同意的原因。"))
        else:
            raise Http404
    except ActRefused as refused:
        return page(request, shown_or_404(request, kind, key), refused.refusals)
    return redirect("review:gate", kind=kind, key=key)


@require_POST
def mask(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Cover the numbers of persons in title and body, or put a masked copy in the place of a file."""
    shown = shown_or_404(request, kind, key)
    sha256, digest = request.POST.get("sha256", ""), request.POST.get("digest", "")
    by, at = account_of(request), timezone.now()
    try:
        if sha256:
            mask_file(subject=shown.subject, object_key=key, digest=digest, sha256=sha256, by=by, at=at)
        else:
            mask_text(subject=shown.subject, object_key=key, digest=digest, by=by, at=at)
    except ActRefused as refused:
        return page(request, shown_or_404(request, kind, key), refused.refusals)
    messages.success(request, _("已遮盖。%(next)s") % {"next": said_after_change(kind, key, by)})
    return redirect(adapter(kind).url(key))


class WordListView(ListView):
    """The words of the officer's agency."""

    model = Word
    table_class = WordTable
    filterset_class = WordFilter
    title = gettext_lazy("词表")
    subtitle = gettext_lazy("名称、正文、登记内容或附件里有这些词的，发布前检查会指出来。")
    empty_text = gettext_lazy("词表里还没有词。个人的号码、密级标志不用列，都会检查。")

    def get_queryset(self) -> QuerySet[Any]:
        """The visible words with who added them."""
        return super().get_queryset().select_related("added_by", "agency")

    def get_table_kwargs(self) -> dict[str, Any]:
        """Only the office takes words off."""
        return {} if office_of(account_of(self.request)) else {"exclude": ("remove",)}

    def get_actions(self) -> list[Action]:
        """Add a word."""
        return [self._add()] if office_of(account_of(self.request)) else []

    def get_empty_action(self) -> Action | None:
        """The same where there is none."""
        return self._add() if office_of(account_of(self.request)) else None

    def _add(self) -> Action:
        return Action(_("加入一个词"), reverse("review:word_new"), primary=True)


@require_http_methods(["GET", "POST"])
def word_new(request: HttpRequest) -> HttpResponse:
    """Put a word on the list."""
    account = account_of(request)
    agency = office_of(account)
    if agency is None:
        raise Http404
    form = WordForm(request.POST or None)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            word = add_word(agency=agency, by=account, at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, _("已加入「%(word)s」。") % {"word": word})
            return redirect("review:words")
    context = {"title": _("加入一个词"), "form": form, "refusals": refusals, "trail": word_trail(_("加入一个词"))}
    return render(request, "review/word.html", context, status=status_of(refusals, form))


@require_http_methods(["GET", "POST"])
def word_remove(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take a word off the list, after asking once more."""
    account = account_of(request)
    word = get_object_or_404(Word.objects.visible_to(account).select_related("agency"), uid=uid)
    if refusals_to_keep_words(account, word.agency):
        raise Http404
    if request.method == "POST":
        remove_word(word=word, by=account, at=timezone.now())
        messages.success(request, _("已移出「%(word)s」。") % {"word": word})
        return redirect("review:words")
    context = {"title": _("移出「%(word)s」") % {"word": word}, "word": word, "trail": word_trail(_("移出"))}
    return render(request, "review/word_remove.html", context)


def page(
    request: HttpRequest, shown: Shown, refusals: tuple[Refusal, ...] = (), typed: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of the gate, with what was refused and typed."""
    content = shown.subject.content
    context = {
        "title": _("发布前检查"),
        "gate": shown,
        "name": content.title,
        "back": adapter(shown.kind).url(shown.key),
        "refusals": refusals,
        "typed": typed or {},
        "trail": [
            Crumb(_("审核"), reverse("review:list")),
            Crumb(content.title, adapter(shown.kind).url(shown.key)),
            Crumb(_("发布前检查")),
        ],
    }
    return render(request, "review/gate.html", context, status=409 if refusals else 200)


def shown_or_404(request: HttpRequest, kind: str, key: str) -> Shown:
    """The gate of an object with all its findings, for those who work on it."""
    shown = shown_to(account_of(request), kind, key, most=None) if kind in registered() else None
    if shown is None:
        raise Http404
    return shown


def office_of(account: Account) -> Agency | None:
    """The agency whose office the account is, if any."""
    return Agency.objects.filter(pk__in=agency_ids_of(account, KEEPING_ROLES)).order_by("pk").first()


def word_trail(last: str) -> list[Crumb]:
    """The breadcrumb of a page below the word list."""
    return [Crumb(_("审核"), reverse("review:list")), Crumb(_("词表"), reverse("review:words")), Crumb(last)]
