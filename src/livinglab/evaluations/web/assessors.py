"""The ministry's pages of external assessors: who they are, their conflicts, and which regions they assess."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.evaluations.models import Round
from livinglab.evaluations.operations import assessors as operations
from livinglab.evaluations.operations.assessors import Assigned, refusal_of_conflict
from livinglab.evaluations.queries import assessors as queries
from livinglab.evaluations.queries.assessors import Candidate
from livinglab.evaluations.queries.followers import Follower
from livinglab.evaluations.queries.participations import assignments_of, participations, rounds
from livinglab.evaluations.web.frame import url_if_any
from livinglab.evaluations.web.identifiers import read_id
from livinglab.evaluations.web.round_door import ministry_page
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.organizations.operations import list_university
from livinglab.organizations.queries import (
    Organization,
    find_university,
    organizations_by_code,
    universities,
)

Problems = tuple[tuple[str, str], ...]


@require_safe
@ministry_page
def assessors(request: HttpRequest, follower: Follower) -> HttpResponse:
    """This function will list the external assessors with what bears on conflicts of interest."""
    rows = queries.assessors()
    context = {
        "rows": rows,
        "unassigned": sum(row.assigned == 0 for row in rows),
        "breadcrumbs": ((_("Rounds"), url_if_any("evaluations:rounds")), (_("External assessors"), None)),
    }
    return render(request, "evaluations/assessors.html", context)


@require_safe
@ministry_page
def assessor(request: HttpRequest, follower: Follower, assessor_id: UUID) -> HttpResponse:
    """This function will show one assessor: profile, conflicts, assignments, and the regions that can be assigned."""
    return _assessor(request, _find(assessor_id))


def _assessor(request: HttpRequest, person: User, *, problems: Problems = ()) -> HttpResponse:
    profile = queries.profiles_of([person.id]).get(person.id)
    context = {
        "person": person,
        "home": request.POST.get("home", profile.home.code if profile and profile.home else ""),
        "home_name": profile.home.name if profile and profile.home else "",
        "university": request.POST.get(
            "university", profile.university.code if profile and profile.university else ""
        ),
        "universities": universities_offered(_("none, or not from a university")),
        "assign_refusal": _reason(operations.refusal_of_assessor(person.id)),
        "conflicts": queries.conflicts_of(person.id),
        "assignments": list(assignments_of(person.id).order_by("participation__organization__code")),
        "given": {key: request.POST.get(key, "") for key in ("organization", "reason")},
        "problems": problems,
        "errors": dict(problems),
        **_choice(request, person),
        "breadcrumbs": (
            (_("Rounds"), url_if_any("evaluations:rounds")),
            (_("External assessors"), reverse("evaluations:assessors")),
            (str(person), None),
        ),
    }
    return render(request, "evaluations/assessor.html", context, status=422 if problems else 200)


def _choice(request: HttpRequest, person: User) -> dict[str, object]:
    """The regions of the chosen round and province before this assessor; the newest round at first."""
    all_rounds = list(rounds())
    given = request.POST.get("round") or request.GET.get("round", "")
    chosen = next((one for one in all_rounds if str(one.id) == given), all_rounds[0] if all_rounds else None)
    if chosen is None:
        return {"rounds": (), "round": "", "provinces": (), "province": "", "candidates": ()}
    provinces = _provinces(chosen)
    wanted = request.POST.get("province") or request.GET.get("province", "")
    province = wanted if wanted in dict(provinces) else provinces[0][0] if provinces else ""
    found = queries.candidates(person.id, chosen.id, province=province)
    return {
        "rounds": tuple((str(one.id), one.title) for one in all_rounds),
        "round": str(chosen.id),
        "provinces": provinces,
        "province": province,
        "candidates": tuple(_candidate(one) for one in found),
    }


def _provinces(chosen: Round) -> tuple[tuple[str, str], ...]:
    codes = queries.provinces_of(chosen.id)
    named = organizations_by_code(codes)
    return tuple((code, named[code].name if code in named else code) for code in codes)


def _candidate(one: Candidate) -> dict[str, object]:
    refusal = refusal_of_conflict(one.conflict)
    reason = str(refusal.reason) if refusal else _("assigned already") if one.is_assigned else ""
    note = ngettext("%(count)s other assessor", "%(count)s other assessors", one.colleagues) % {
        "count": one.colleagues
    }
    return {
        "id": str(one.participation.id),
        "name": one.participation.organization.name,
        "refusal": reason,
        "note": note if one.colleagues else "",
    }


@require_POST
@ministry_page
def assign(request: HttpRequest, follower: Follower, assessor_id: UUID) -> HttpResponse:
    """This function will assign an assessor to all regions that were ticked."""
    person = _find(assessor_id)
    ids = [one for one in map(read_id, request.POST.getlist("participation")) if one is not None]
    chosen = list(participations().filter(id__in=ids).order_by("organization__code"))
    if not chosen:
        return _assessor(request, person, problems=(("", _("Tick at least one region.")),))
    try:
        done = operations.assign_many(
            participations=chosen, assessor=person, by=follower.user, at=clock.now()
        )
    except Refused as refused:
        return _assessor(request, person, problems=(("", str(refused.refusal.reason)),))
    _tell(request, done)
    if done.refused:
        problems = tuple(("", f"{one.organization.name}: {why.reason}") for one, why in done.refused)
        return _assessor(request, person, problems=problems)
    return redirect("evaluations:assessor", assessor_id=person.id)


def _tell(request: HttpRequest, done: Assigned) -> None:
    if done.added:
        text = ngettext("%(count)s region assigned.", "%(count)s regions assigned.", done.added)
        messages.success(request, text % {"count": done.added})


@require_POST
@ministry_page
def unassign(
    request: HttpRequest, follower: Follower, assessor_id: UUID, assignment_id: UUID
) -> HttpResponse:
    """This function will end one assignment."""
    person = _find(assessor_id)
    row = assignments_of(person.id).filter(id=assignment_id).first()
    if row is None:
        raise Http404(assignment_id)
    operations.unassign(assignment=row, by=follower.user, at=clock.now())
    text = _("%(person)s no longer assesses %(region)s.")
    messages.success(request, text % {"person": person, "region": row.participation.organization.name})
    return redirect("evaluations:assessor", assessor_id=person.id)


@require_POST
@ministry_page
def profile(request: HttpRequest, follower: Follower, assessor_id: UUID) -> HttpResponse:
    """This function will keep home and university of an assessor."""
    person = _find(assessor_id)
    problems = kept_profile(request, person, by=follower.user)
    if problems:
        return _assessor(request, person, problems=problems)
    messages.success(request, _("Home and university are kept. Assignments in conflict with them ended."))
    return redirect("evaluations:assessor", assessor_id=person.id)


def kept_profile(request: HttpRequest, person: User, *, by: User) -> Problems:
    """This function will keep home and university from a form, and return what is wrong with it."""
    code = request.POST.get("university", "")
    university = find_university(code) if code else None
    if code and university is None:
        return (("university", _("Choose a university from the list.")),)
    home = _region(request.POST.get("home", "").strip())
    try:
        operations.set_profile(assessor=person, home=home, university=university, by=by, at=clock.now())
    except Refused as refused:
        field = "home" if refused.refusal.code == "home_missing" else ""
        return ((field, str(refused.refusal.reason)),)
    return ()


def universities_offered(nothing: str) -> tuple[tuple[str, str], ...]:
    """This function will return the universities to choose from by name, after a word for none of them."""
    return (("", nothing), *((one.code, one.name) for one in universities()))


@require_POST
@ministry_page
def conflict(request: HttpRequest, follower: Follower, assessor_id: UUID) -> HttpResponse:
    """This function will keep a conflict of interest of an assessor."""
    person = _find(assessor_id)
    region = _region(request.POST.get("organization", "").strip())
    if region is None:
        problem = ("organization", _("Write the code of a region, such as 14.08."))
        return _assessor(request, person, problems=(problem,))
    try:
        operations.declare_conflict(
            assessor=person,
            organization=region,
            reason=request.POST.get("reason", ""),
            by=follower.user,
            at=clock.now(),
        )
    except Refused as refused:
        return _assessor(request, person, problems=(("reason", str(refused.refusal.reason)),))
    messages.success(
        request,
        _("The conflict is kept. %(region)s is not assessed by this person.") % {"region": region.name},
    )
    return redirect("evaluations:assessor", assessor_id=person.id)


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_page
def partners(request: HttpRequest, follower: Follower) -> HttpResponse:
    """This function will list which universities work for which regions, and take a new partnership."""
    if request.method != "POST":
        return _partners(request)
    if request.POST.get("intent") == "list":
        problems = _listed(request, follower)
        said = _("The university is in the list.")
    else:
        problems = _declared(request, follower)
        said = _("The partnership is kept. Assignments in conflict with it ended.")
    if problems:
        return _partners(request, problems=problems)
    messages.success(request, said)
    return redirect("evaluations:partners")


def _partners(request: HttpRequest, *, problems: Problems = ()) -> HttpResponse:
    context = {
        "rows": queries.partners(),
        "universities": universities_offered(_("Choose a university")),
        "given": {key: request.POST.get(key, "") for key in ("university", "organization", "name")},
        "is_alike": request.method == "POST" and request.POST.get("intent") == "list",
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": (
            (_("External assessors"), reverse("evaluations:assessors")),
            (_("Partner universities"), None),
        ),
    }
    return render(request, "evaluations/partners.html", context, status=422 if problems else 200)


def _declared(request: HttpRequest, follower: Follower) -> Problems:
    university = find_university(request.POST.get("university", ""))
    if university is None:
        return (("university", _("Choose a university from the list.")),)
    region = _region(request.POST.get("organization", "").strip())
    if region is None:
        return (("organization", _("Write the code of a region, such as 14.08.")),)
    operations.declare_partner(university=university, organization=region, by=follower.user, at=clock.now())
    return ()


def _listed(request: HttpRequest, follower: Follower) -> Problems:
    try:
        list_university(
            name=request.POST.get("name", ""),
            is_another=request.POST.get("another") == "yes",
            by=follower.user,
            at=clock.now(),
        )
    except Refused as refused:
        return (("name", str(refused.refusal.reason)),)
    return ()


@require_POST
@ministry_page
def end_partner(request: HttpRequest, follower: Follower, partner_id: UUID) -> HttpResponse:
    """This function will take back a partnership that no longer holds."""
    row = queries.find_partner(partner_id)
    if row is None:
        raise Http404(partner_id)
    operations.end_partner(partner=row, by=follower.user, at=clock.now())
    messages.success(request, _("The partnership is taken back."))
    return redirect("evaluations:partners")


def _find(assessor_id: UUID) -> User:
    person = queries.find_assessor(assessor_id)
    if person is None:
        raise Http404(assessor_id)
    return person


def _region(code: str) -> Organization | None:
    return organizations_by_code([code]).get(code) if code else None


def _reason(refusal: Refusal | None) -> str:
    return str(refusal.reason) if refusal else ""
