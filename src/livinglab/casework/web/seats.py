"""Who works where: the seats of a region's offices, given and ended by those who answer for its services."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.access import not_kept
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat
from livinglab.casework.operations import services
from livinglab.casework.queries.disposed import agency_names, open_agencies
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.seats import held_seats
from livinglab.casework.queries.services import services_of, versions_at_work
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, areas, members
from livinglab.packages.queries import case_words

#: pairs of value and label of a select
_Options = list[tuple[str, str]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(policies.DECIDES)
def seats(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list who works where, and give a seat; what is wrong is said at its field with 422."""
    people = {str(one.user_id): str(one.user) for one in members(organization.id)}
    works, places, agencies = _works(organization), _places(organization), _agencies(organization)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _given(request, organization, people, dict(works), dict(places), dict(agencies))
        if not problems:
            messages.success(request, _("The seat is given."))
            return redirect("casework:seats", organization.code)
    held = list(held_seats(organization.id))
    named = agency_names(organization.id, (one.agency_id for one in held))
    rows = [
        {
            "id": one.id,
            "person": people.get(str(one.user_id), _("who holds no role here any more")),
            "work": dict(works).get(_work(one), _("a service that is closed")),
            "place": _place(one, dict(places)),
            "agency": named.get(str(one.agency_id), ""),
        }
        for one in held
    ]
    return render(
        request,
        "casework/seats.html",
        {
            "organization": organization,
            "rows": rows,
            "people": sorted(people.items(), key=lambda pair: pair[1]),
            "works": works,
            "places": places,
            "agencies": agencies,
            "typed": request.POST,
            "problems": problems,
            "here": request.path,
            "breadcrumbs": [(organization.name, None), (_("Who works where"), None)],
        },
        status=422 if problems else 200,
    )


@require_POST
@never_cache
@member_page(policies.DECIDES)
def end(request: HttpRequest, organization: Organization, seat_id: UUID) -> HttpResponse:
    """This function will end a seat."""
    if not held_seats(organization.id).filter(id=seat_id).exists():
        return not_kept(request, organization)
    assert isinstance(request.user, User)
    services.end_seat(organization=organization, seat_id=seat_id, by=request.user, at=clock.now())
    messages.success(request, _("The seat is ended. What waits there waits for the others."))
    return redirect("casework:seats", organization.code)


def _given(
    request: HttpRequest,
    organization: Organization,
    people: dict[str, str],
    works: dict[str, str],
    places: dict[str, str],
    agencies: dict[str, str],
) -> dict[str, str]:
    """This function will give the seat that was posted, and return what is wrong by field."""
    person, work, place, agency = (request.POST.get(one, "") for one in ("person", "work", "place", "agency"))
    problems = {
        name: _("Choose one of the list.")
        for name, value, known in (
            ("person", person, people),
            ("work", work, works),
            ("place", place, places),
            ("agency", agency, agencies),
        )
        if value not in known
    }
    if problems:
        return problems
    kind, service_id, lane = work.split("/")
    assert isinstance(request.user, User)
    try:
        services.give_seat(
            organization=organization,
            user_id=UUID(person),
            kind=SeatKind(kind),
            service_id=UUID(service_id) if service_id else None,
            lane=lane,
            unit_code=place,
            agency_id=UUID(agency) if agency else None,
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        field = "agency" if refused.refusal.code in ("agency_elsewhere", "unknown_agency") else "place"
        return {field: str(refused.refusal.reason)}
    return {}


def _work(seat: Seat) -> str:
    return f"{seat.kind}/{seat.service_id or ''}/{seat.lane}"


def _works(organization: Organization) -> _Options:
    """This function will return what somebody can do: a kind of office in every service, or one office of a service."""
    found = [
        (f"{kind.value}//", _("%(office)s, in every service") % {"office": words.seat_kind(kind)})
        for kind in SeatKind
    ]
    running = services_of(organization.id)
    versions = versions_at_work(running)
    for one in running:
        if one.id not in versions:
            continue
        manifest = package_of(versions[one.id]).manifest
        name = manifest.name.in_language(language())
        superior = words.seat_kind(SeatKind.SUPERIOR)
        found.append((f"{SeatKind.SUPERIOR.value}/{one.id}/", f"{name}: {superior}"))
        found += [
            (
                f"{role.kind.value}/{one.id}/{role.id}",
                f"{name}: {case_words.role_name(manifest, role.id, language())}",
            )
            for role in manifest.roles
            if role.kind.value in set(SeatKind)
        ]
    return found


def _place(seat: Seat, places: dict[str, str]) -> str:
    if not seat.unit_code and seat.kind == SeatKind.VILLAGE:
        return _("Every kelurahan")  # a desa governs itself
    if not seat.unit_code and seat.kind == SeatKind.SIGNER:
        return _("The region's own offices and every kelurahan")
    return places.get(seat.unit_code, seat.unit_code)


def _agencies(organization: Organization) -> _Options:
    every = ("", _("Everything there, of every agency"))
    return [every, *((str(one), name) for one, name in open_agencies(organization.id))]


def _places(organization: Organization) -> _Options:
    everywhere = ("", _("Everywhere in the region"))
    return [everywhere, *areas(organization.code).order_by("code").values_list("code", "name")]
