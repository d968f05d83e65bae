"""The filters of an inbox: read from an address, and shown as a form that works by GET."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.casework.domain.filters import Due, Filters, Standing, Who, numbers_like
from livinglab.casework.models import Seat, ServiceVersion
from livinglab.casework.queries.appointments import gives_appointments
from livinglab.casework.queries.colleagues import Colleagues
from livinglab.casework.queries.running import package_of, runner_of
from livinglab.casework.queries.services import running_versions
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, area_names
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.queries import case_words

#: the fields of the form, as an address has them
KEYS: Final = ("number", "service", "step", "place", "due", "who", "standing")
#: characters of a number that anybody can mean
_LONGEST: Final = 120
_DISTRICT_DOTS: Final = 2
_Options = list[tuple[str, str]]
_Name = TypeVar("_Name", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody can choose, and what they chose: `typed` by field, `filters` as it is meant."""

    services: _Options
    steps: _Options
    places: _Options
    people: _Options
    typed: Mapping[str, str]
    filters: Filters
    gives_appointments: bool  # whether one of the services books, at an office of these seats

    @property
    def dues(self) -> _Options:
        """By when."""
        return [(Due.LATE, _("Late")), (Due.TODAY, _("Today")), (Due.WEEK, _("This week"))]

    @property
    def standings(self) -> _Options:
        """What is special."""
        return [
            (Standing.AGAIN, _("Opened again")),
            (Standing.ASKED, _("The applicant is asked")),
            (Standing.ESCALATED, _("Told to the superior")),
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen besides what the views above the form offer."""
        return any(self.typed[key] for key in KEYS if key not in {"due", "who"}) or (
            self.typed["due"] not in {"", Due.LATE} or self.typed["who"] not in {"", Who.MINE}
        )


def form(organization: Organization, seats: tuple[Seat, ...], people: Colleagues, given: QueryDict) -> Form:
    """This function will return the filters of an address with what can be chosen; what is unknown filters nothing.

    Two queries: versions and places.
    """
    versions = running_versions(organization.id)
    packages = {one.service.package for one in versions}
    services, steps = _services(organization, seats, versions)
    books = any(
        gives_appointments(package_of(one), one.service_id, seats) for one in versions if _near(one, seats)
    )
    places = _places(organization, seats)
    kinds = {seat.kind for seat in seats}
    near = {seat.user_id for seat in people.seats if seat.kind in kinds}
    names = [(str(one), name) for one, name in people.names.items() if one in near]
    typed = {key: storable(given.get(key, ""))[:_LONGEST] for key in KEYS}
    typed["due"] = typed["due"] or ("late" if given.get("show") == "late" else "")
    typed["who"] = typed["who"] or ("mine" if given.get("show") == "mine" else "")
    for key, known in (("service", services), ("step", steps), ("place", places)):
        typed[key] = typed[key] if typed[key] in dict(known) else ""
    service, _dot, node = typed["step"].partition("/")
    who = _named(Who, typed["who"]) or (UUID(typed["who"]) if typed["who"] in dict(names) else None)
    filters = Filters(
        numbers=numbers_like(typed["number"], packages, year=clock.today(organization.zone).year)
        if typed["number"]
        else None,
        service_id=UUID(service or typed["service"]) if service or typed["service"] else None,
        node=node,
        places=_within(typed["place"], places) if typed["place"] else None,
        due=_named(Due, typed["due"]),
        who=who,
        standing=_named(Standing, typed["standing"]),
    )
    typed |= {"due": filters.due or "", "who": str(who or ""), "standing": filters.standing or ""}
    people_options = [(str(Who.MINE), _("Mine")), (str(Who.NOBODY), _("Nobody's")), *names]
    return Form(services, steps, places, people_options, typed, filters, books)


def _named(kind: type[_Name], text: str) -> _Name | None:
    return kind(text) if text in set(kind) else None


def _services(
    organization: Organization,
    seats: tuple[Seat, ...],
    versions: Iterable[ServiceVersion],
) -> tuple[_Options, _Options]:
    """Return the services that these seats cover, and the offices' steps of their versions at work."""
    services: _Options = []
    steps: _Options = []
    for one in versions:
        mine = _near(one, seats)
        if not mine:
            continue
        runs = runner_of(one, zone=organization.zone)
        manifest = runs.package.manifest
        name = manifest.name.in_language(language())
        services.append((str(one.service_id), name))
        kinds = {role.id: role.kind.value for role in manifest.roles}
        diagram = runs.package.diagram
        steps += [
            (f"{one.service_id}/{node.id}", f"{name}: {case_words.node_name(runs, node.id, language())}")
            for process in (diagram.main, *diagram.called.values())
            for node in process.nodes.values()
            if node.kind is NodeKind.USER
            and any(seat.kind == kinds.get(node.lane, "") and seat.lane in ("", node.lane) for seat in mine)
        ]
    return services, steps


def _near(version: ServiceVersion, seats: tuple[Seat, ...]) -> list[Seat]:
    """Return which seats are of a service: only of those is the package looked into."""
    return [seat for seat in seats if seat.service_id in (None, version.service_id)]


def _places(organization: Organization, seats: tuple[Seat, ...]) -> _Options:
    """Return the districts and villages of these seats: all of the region where one seat is the region's."""
    own = {seat.unit_code for seat in seats}
    if all(code.count(".") > _DISTRICT_DOTS for code in own) and len(own) <= 1:
        return []  # one village: there is nothing to choose
    return [
        (code, name)
        for code, name in area_names(organization.code)
        if "" in own or any(code == one or code.startswith(f"{one}.") for one in own)
    ]


def _within(place: str, places: _Options) -> tuple[str, ...]:
    return tuple(code for code, _name in places if code == place or code.startswith(f"{place}."))
