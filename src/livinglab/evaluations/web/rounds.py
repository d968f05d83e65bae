"""The rounds: the list, opening one for many or for oneself, changing dates and participants."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.evaluations import policies
from livinglab.evaluations.models import Round
from livinglab.evaluations.operations import round_changes
from livinglab.evaluations.operations import rounds as operations
from livinglab.evaluations.queries.followers import Follower
from livinglab.evaluations.queries.participations import participations
from livinglab.evaluations.queries.rounds import (
    RoundProgress,
    is_opener,
    ministries_of,
    rounds_with_progress,
    taken_already,
)
from livinglab.evaluations.web import round_words
from livinglab.evaluations.web.frame import officer
from livinglab.evaluations.web.round_door import follower_page, ministry_page, round_or_404
from livinglab.evaluations.web.round_forms import DaysForm, OpenForm, ParticipantsForm, Preview, RoundForm
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role

_OPENS_OWN = frozenset({Role.COORDINATOR, Role.RESPONSIBLE_OFFICER})


@require_safe
@follower_page
def rounds(request: HttpRequest, follower: Follower) -> HttpResponse:
    """This function will list the rounds with how far they are; a province's officer sees the own regions counted."""
    found = rounds_with_progress(provinces=follower.province_ids)
    context = {
        "rows": [_listed(one) for one in found],
        "may_open": follower.is_ministry,
        "provinces": [one.name for one in follower.provinces] if not follower.is_ministry else [],
    }
    return render(request, "evaluations/rounds.html", context)


def _listed(one: RoundProgress) -> dict[str, object]:
    return {
        "id": one.round.id,
        "title": one.round.title,
        "subtitle": round_words.subtitle(one.round),
        "opened_by": one.round.opened_by.name,
        "participants": one.participants,
        "sent": one.sent,
        "decided": one.decided,
        "until": one.round.self_until,
        "is_synthetic": one.round.is_synthetic,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_page
def open_round(request: HttpRequest, follower: Follower) -> HttpResponse:
    """This function will show the form for a round, what it would do, and open it."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    preview = None
    if form.is_bound and form.is_valid():
        if request.POST.get("step") == "open" and (opened := _opened(form, follower)):
            messages.success(request, _opened_words(opened))
            return redirect("evaluations:round", opened.round.id)
        preview = _preview(form) if not form.errors else None
    context = {
        "form": form,
        "preview": preview,
        "breadcrumbs": (
            (_("Rounds of evaluation"), reverse("evaluations:rounds")),
            (_("Open a round"), None),
        ),
    }
    return render(request, "evaluations/rounds_open.html", context, status=422 if form.errors else 200)


def _opened(form: OpenForm, follower: Follower) -> operations.Opened | None:
    try:
        return operations.open_round(
            wanted=form.wanted(),
            opened_by=ministries_of(follower.user)[0],
            participants=form.participants(),
            by=follower.user,
            at=clock.now(),
        )
    except Refused as refused:
        form.refuse(refused.refusal)
        return None


def _opened_words(opened: operations.Opened) -> str:
    text = ngettext(
        "The round is open: %(count)s participant.",
        "The round is open: %(count)s participants.",
        opened.added,
    )
    return text % {"count": round_words.count(opened.added)}


def _preview(form: OpenForm) -> Preview | None:
    ids = form.participants()
    refusal = operations.refusal_of_wish(form.wanted())
    if refusal is not None:
        form.refuse(refusal)
        return None
    elsewhere = taken_already(ids, form.cleaned_data["year"])
    return Preview(len(ids) - len(elsewhere), tuple((one.name, one.round_title) for one in elsewhere))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(_OPENS_OWN)
def open_own(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will let a region's coordinator or responsible officer open a round for the own region."""
    form = RoundForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            opened = operations.open_round(
                wanted=form.wanted(),
                opened_by=organization,
                participants=[organization.id],
                by=officer(request),
                at=clock.now(),
            )
            messages.success(request, _("The round is open. Begin with the working sheet."))
            return redirect("evaluations:sheet", organization.code, opened.round.year)
        except Refused as refused:
            if refused.refusal.code == "nobody_takes_part":
                form.add_error("year", _("Your region takes part in a round of that year already."))
            else:
                form.refuse(refused.refusal)
    context = {
        "region": organization,
        "form": form,
        "breadcrumbs": (
            (organization.short_name, reverse("organizations:home", args=[organization.code])),
            (_("Evaluations"), reverse("evaluations:list", args=[organization.code])),
            (_("Open a round"), None),
        ),
    }
    return render(request, "evaluations/rounds_own.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_page
def change_round(request: HttpRequest, follower: Follower, round_id: UUID) -> HttpResponse:
    """This function will change the last days of a round, or take more organisations into it."""
    row = _own_round(round_id, follower)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    days = DaysForm(
        request.POST if act == "days" else None,
        initial={name: getattr(row, name) for name in DaysForm.base_fields},
    )
    joining = ParticipantsForm(request.POST if act == "add" else None, initial={"who": "codes"})
    if act and act not in ("days", "add"):
        raise Http404(act)
    if days.is_bound and days.is_valid() and _changed(request, days, row, follower):
        return redirect("evaluations:round", row.id)
    if joining.is_bound and joining.is_valid() and _added(request, joining, row, follower):
        return redirect("evaluations:round", row.id)
    context = {
        "round": row,
        "days": days,
        "joining": joining,
        "untouched": list(
            participations()
            .filter(round=row, changed_at__isnull=True)
            .order_by("organization__code")
            .values_list("organization__code", "organization__name")
        ),
        "breadcrumbs": _way(row),
    }
    refused = request.method == "POST"
    return render(request, "evaluations/rounds_change.html", context, status=422 if refused else 200)


def _own_round(round_id: UUID, follower: Follower) -> Round:
    row = round_or_404(round_id)
    refusal = policies.may_change_round(is_opener=is_opener(follower.posts, row))
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    return row


def _way(row: Round) -> tuple[tuple[str, str | None], ...]:
    return (
        (_("Rounds of evaluation"), reverse("evaluations:rounds")),
        (row.title, reverse("evaluations:round", args=[row.id])),
        (_("Change dates or participants"), None),
    )


def _changed(request: HttpRequest, form: DaysForm, row: Round, follower: Follower) -> bool:
    try:
        round_changes.change_days(round_id=row.id, days=form.days(), by=follower.user, at=clock.now())
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, _("The days of the round are changed."))
    return True


def _added(request: HttpRequest, form: ParticipantsForm, row: Round, follower: Follower) -> bool:
    try:
        opened = round_changes.add_participants(
            round_id=row.id, participants=form.participants(), by=follower.user, at=clock.now()
        )
    except Refused as refused:
        _refuse(form, "who", refused)
        return False
    text = ngettext("%(count)s participant was added.", "%(count)s participants were added.", opened.added)
    messages.success(request, text % {"count": round_words.count(opened.added)})
    return True


def _refuse(form: Form, field: str, refused: Refused) -> None:
    form.add_error(field, str(refused.refusal.reason))


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_page
def withdraw(request: HttpRequest, follower: Follower, round_id: UUID, code: str) -> HttpResponse:
    """This function will ask whether an organisation should leave a round it has not begun, and take it out."""
    row = _own_round(round_id, follower)
    found = participations().filter(round=row, organization__code=code.replace("\x00", "")).first()
    if found is None:
        raise Http404(code)
    problem = ""
    if request.method == "POST":
        try:
            round_changes.withdraw_participant(
                round_id=row.id, organization_id=found.organization_id, by=follower.user, at=clock.now()
            )
            messages.success(request, _("%(region)s left the round.") % {"region": found.organization.name})
            return redirect("evaluations:round", row.id)
        except Refused as refused:
            problem = str(refused.refusal.reason)
    context = {"round": row, "region": found.organization, "problem": problem, "breadcrumbs": _way(row)}
    return render(request, "evaluations/rounds_withdraw.html", context, status=422 if problem else 200)
