"""Where a service is handed down to: districts and villages, chosen one by one or all at once, and their decisions."""

from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import adoption_page
from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import Adoption, HandedDown
from livinglab.adoptions.operations import units
from livinglab.adoptions.queries import units as reads
from livinglab.adoptions.queries.adoptions import package_of
from livinglab.adoptions.web import words
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.texts import storable
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import AreaKind, Organization, areas, roles_in
from livinglab.packages.domain.package import Package
from livinglab.releases.queries.names import name_of
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.jinja import url_if_any

PER_PAGE: Final = 50
LONGEST_SEARCH: Final = 80
_WAITING, _LACKING = "waiting", "lacking"
Row = TypeVar("Row", bound=Model)
Way = tuple[tuple[str, str | None], ...]
Problems = tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def handed_down(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will list the units of a service, and keep decisions of villages or take units out."""
    package = package_of(row)
    if request.method != "POST":
        return _list(request, organization, row, user, package)
    found = _shown(request, organization, row, package)
    every = request.POST.get("every") == "yes"
    codes = list(found.values_list("unit_code", flat=True)) if every else request.POST.getlist("unit")
    who = {"organization": organization, "adoption_id": row.id, "by": user, "at": clock.now()}
    try:
        if request.POST.get("form") == "decide":
            if every:
                codes = list(found.filter(is_autonomous=True).values_list("unit_code", flat=True))
            on = read_day(request.POST.get("day", ""))
            number = request.POST.get("number", "")
            count = units.decide(unit_codes=codes, number=number, on=on, **who)  # type: ignore[arg-type]
            said = ngettext(
                "The decision of %(num)s village was kept.",
                "The decision of %(num)s villages was kept.",
                count,
            )
        elif request.POST.get("form") == "out":
            count = units.take_out(unit_codes=codes, **who)  # type: ignore[arg-type]
            said = ngettext("%(num)s unit was taken out.", "%(num)s units were taken out.", count)
        else:
            return _list(request, organization, row, user, package, (("", _("Choose what to do.")),))
    except Refused as refused:
        field = "number" if refused.refusal.code in ("number_missing", "day_to_come") else ""
        problems = ((field, str(refused.refusal.reason)),)
        return _list(request, organization, row, user, package, problems)
    except DayUnread as unread:
        return _list(request, organization, row, user, package, (("day", str(unread)),))
    messages.success(request, said % {"num": count})
    return redirect("adoptions:units", organization.code, row.id)


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def choose(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will let somebody choose to whom a service is handed down: some, a district, all villages."""
    if request.method != "POST":
        return _choices(request, organization, row, user)
    try:
        count = units.hand_down(
            organization=organization,
            adoption_id=row.id,
            unit_codes=_chosen(request, organization),
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        return _choices(request, organization, row, user, ((("", str(refused.refusal.reason))),))
    said = ngettext("Handed down to %(num)s more unit.", "Handed down to %(num)s more units.", count)
    messages.success(request, said % {"num": count} if count else _("They all have the service already."))
    return redirect("adoptions:units", organization.code, row.id)


def _chosen(request: HttpRequest, organization: Organization) -> list[str]:
    """Return the codes that a button names: all villages, all districts, both, a district with its villages, some."""
    form, found = request.POST.get("form", ""), areas(organization.code)
    if form == "villages":
        found = found.exclude(kind=AreaKind.DISTRICT)
    elif form == "districts":
        found = found.filter(kind=AreaKind.DISTRICT)
    elif form == "district":
        district = storable(request.POST.get("district", ""))
        found = found.filter(Q(code=district) | Q(parent_code=district))
    elif form != "all":
        return request.POST.getlist("unit")
    return list(found.values_list("code", flat=True))


def _list(
    request: HttpRequest,
    organization: Organization,
    row: Adoption,
    user: User,
    package: Package,
    problems: Problems = (),
) -> HttpResponse:
    parameters = package.manifest.parameters
    counts = reads.unit_counts(row.id)
    found = _shown(request, organization, row, package)
    number, pages, shown = _paged(request, found)
    lines = [
        {
            "code": one.code,
            "name": one.name,
            "kind": words.AREA_KINDS[one.kind] if one.kind else "",
            "said": _standing(one),
            "url": reverse("adoptions:unit", args=[organization.code, row.id, one.code]),
            "is_chosen": one.code in request.POST.getlist("unit"),
        }
        for one in reads.described(row, organization.code, shown, parameters)
    ]
    refusal = policies.may_hand_down(roles_in(user, organization.id), state=AdoptionState(row.state))
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "heading": heading(counts),
        "counts": counts,
        "lacking": reads.lacking(
            reads.units_like(row, organization.code, text=""), row.id, parameters
        ).count(),
        "lines": lines,
        "matches": found.count(),
        "text": _text(request),
        "show": request.GET.get("show", ""),
        "shows": [
            ("", _("all")),
            (_WAITING, _("waiting for their decision")),
            (_LACKING, _("lacking a value")),
        ],
        "page": number,
        "pages": pages,
        "link": _link(request),
        "refusal": str(refusal.reason) if refusal else "",
        "given": request.POST,
        "problems": problems,
        "errors": dict(problems),
        "has_areas": organization.is_regional,
        "breadcrumbs": way(organization, row, (_("Districts and villages"), None)),
    }
    return render(request, "adoptions/units.html", context, status=422 if problems else 200)


def _choices(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    own = areas(organization.code)
    districts = list(own.filter(kind=AreaKind.DISTRICT).order_by("code"))
    left = reads.areas_left(row, organization.code, text=_text(request))
    number, pages, shown = _paged(request, left)
    refusal = policies.may_hand_down(roles_in(user, organization.id), state=AdoptionState(row.state))
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "districts": [(one.code, f"{one.name} ({one.code})") for one in districts],
        "villages": own.count() - len(districts),
        "lines": [(one.code, one.name, words.AREA_KINDS[AreaKind(one.kind)]) for one in shown],
        "chosen": request.POST.getlist("unit"),
        "text": _text(request),
        "page": number,
        "pages": pages,
        "link": _link(request),
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "breadcrumbs": way(
            organization,
            row,
            (_("Districts and villages"), reverse("adoptions:units", args=[organization.code, row.id])),
            (_("Hand it down"), None),
        ),
    }
    return render(request, "adoptions/units_choose.html", context, status=422 if problems else 200)


def heading(counts: reads.Counts) -> str:
    """This function will return in words how far a service is handed down, and who has not decided yet."""
    if not counts.districts and not counts.villages:
        return _("This service is not handed down to any district or village yet.")
    districts = ngettext("%(num)s district", "%(num)s districts", counts.districts) % {
        "num": counts.districts
    }
    villages = ngettext("%(num)s village", "%(num)s villages", counts.villages) % {"num": counts.villages}
    said = _("Handed down to %(districts)s and %(villages)s") % {"districts": districts, "villages": villages}
    if not counts.waiting:
        return f"{said}."
    waits = ngettext(
        "%(num)s village has not decided yet.", "%(num)s villages have not decided yet.", counts.waiting
    )
    return f"{said}; {waits % {'num': counts.waiting}}"


def way(organization: Organization, row: Adoption, *more: tuple[str, str | None]) -> Way:
    """This function will return the way from the region to a page below one of its services."""
    return (
        (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
        (_("Own services"), url_if_any("adoptions:own", organization.code)),
        (name_of(row.listing), reverse("adoptions:adoption", args=[organization.code, row.id])),
        *more,
    )


def _standing(one: reads.Unit) -> str:
    if one.is_waiting:
        part = _("waits for its own decision")
    elif one.number:
        part = _("takes part by %(number)s") % {"number": one.number}
    else:
        part = _("takes part")
    own = ngettext("%(num)s value of its own", "%(num)s values of its own", one.own) % {"num": one.own}
    lacks = ngettext("lacks %(num)s value", "lacks %(num)s values", len(one.missing)) % {
        "num": len(one.missing)
    }
    return ", ".join([part, *([own] if one.own else []), *([lacks] if one.missing else [])])


def _shown(
    request: HttpRequest, organization: Organization, row: Adoption, package: Package
) -> "QuerySet[HandedDown]":
    found = reads.units_like(row, organization.code, text=_text(request))
    show = request.GET.get("show", "")
    if show == _WAITING:
        return found.filter(reads.WAITING)
    if show == _LACKING:
        return reads.lacking(found, row.id, package.manifest.parameters)
    return found


def _paged(request: HttpRequest, found: "QuerySet[Row]") -> tuple[int, int, list[Row]]:
    pages = max(1, -(-found.count() // PER_PAGE))
    given = request.GET.get("page", "1")
    if not given.isdecimal() or len(given) > 6 or not 1 <= int(given) <= pages:
        raise UnknownValue(_("page"), given, [1] if pages == 1 else [1, pages])
    number = int(given)
    return number, pages, list(found[(number - 1) * PER_PAGE : number * PER_PAGE])


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_SEARCH]


def _link(request: HttpRequest) -> Callable[[int], str]:
    kept = {name: request.GET[name] for name in ("q", "show") if request.GET.get(name)}
    return lambda page: "?" + urlencode({**kept, "page": page})
