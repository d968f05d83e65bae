"""Every address × every method × every role × own and other organisation answers as permissions.py says."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from livinglab.accounts.models import User
from livinglab.evaluations.models import Assignment, Participation
from livinglab.evaluations.operations import rounds
from livinglab.evidence import operations as evidence
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations
from livinglab.organizations.domain.roles import HELD_IN
from livinglab.organizations.models import Membership, Organization
from livinglab.organizations.queries import AgencyKind, Kind, Role, find_organization
from livinglab.portal.api.v1 import api
from tests.config.permissions import METHODS, PERMISSIONS, Outcome, Row
from tests.evaluations.kit import SPBE, at_home

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HOMES = ("32.11", "32", "kementerian-panrb", "platform")
OTHER = "14.08"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: a visitor, a person without a role, or a person with one role in one organisation."""

    name: str
    role: Role | None
    home: str
    session: str
    #: loading the middleware takes longer than most requests, so an actor keeps the client; its cookies go each time
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False), compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with one of everything that an address can name."""

    code: str
    membership_id: str
    agency_id: str
    #: a round in which every government under test takes part, and its year
    round_id: str
    year: str
    piece_id: str


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        else:
            assert isinstance(one, URLPattern)
            yield before + str(one.pattern)


def _outcome(status: int, location: str) -> Outcome:
    if status in (301, 302, 303, 307, 308):
        if location.startswith("/accounts/login/"):
            return Outcome.SIGN_IN
        return Outcome.CONFIRM if "/reauthenticate/" in location else Outcome.ELSEWHERE
    if status >= 500:
        return Outcome.BROKEN
    known = {400: Outcome.REFUSED, 422: Outcome.REFUSED, 401: Outcome.UNAUTHORISED, 403: Outcome.FORBIDDEN}
    known |= {404: Outcome.NOT_FOUND, 405: Outcome.NO_METHOD, 429: Outcome.TOO_MANY}
    return known.get(status, Outcome.OPEN if status < 400 else Outcome.BROKEN)


def _address(route: str, row: Row, place: Place) -> str:
    if row.at:
        return row.at
    values = {
        "code": place.code,
        "membership_id": place.membership_id,
        "agency_id": place.agency_id,
        "piece_id": place.piece_id,
        "round_id": place.round_id,
        "year": place.year,
        **row.values,
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


def _asks_about_an_organization(route: str, row: Row) -> bool:
    return ("<str:code>" in route or "<code>" in route) and "code" not in row.values and not row.at


Matrix = tuple[list[Actor], dict[str, Place]]


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: Any) -> Iterator[Matrix]:
    """Everybody and every place, made once and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        round_id = _round()
        places = {code: _place(code, round_id) for code in (*HOMES, OTHER)}
        actors = [Actor("visitor", None, "", ""), _actor("somebody without a role", None)]
        actors += [_actor(role.value, role) for role in Role]
        _assign(round_id)
        logging.disable(logging.CRITICAL)  # tens of thousands of refusals are what is asked for
        yield actors, places
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def _actor(name: str, role: Role | None) -> Actor:
    user = User.objects.create_user(f"{name.replace(' ', '.')}@matrix.example", name=name)
    User.objects.filter(id=user.id).update(
        password="md5$matrix$cannot-be-entered"
    )  # usable, and quick to make
    user.refresh_from_db()
    home = ""
    if role is not None:
        home = next(code for code in HOMES if Kind(_organization(code).kind) in HELD_IN[role])
        operations.grant_membership(user=user, organization=_organization(home), role=role, by=None, at=AT)
    client = Client()
    client.force_login(user)
    return Actor(name, role, home, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _assign(round_id: str) -> None:
    """The external assessor assesses the other region; what that opens after sending is asked by its own matrix."""
    assessor = User.objects.get(email=f"{Role.EXTERNAL_ASSESSOR}@matrix.example")
    at_home(assessor)
    assigned = Participation.objects.get(round_id=round_id, organization=_organization(OTHER))
    Assignment.objects.create(
        participation=assigned, assessor=assessor, assigned_at=AT, assigned_by=assessor.id
    )


def _organization(code: str) -> Organization:
    found = find_organization(code)
    assert found is not None
    return found


def _round() -> str:
    """A round of the ministry for everybody but the platform; nobody has touched it."""
    by = User.objects.create_user("putaran@matrix.example")
    ministry = _organization("kementerian-panrb")
    operations.grant_membership(user=by, organization=ministry, role=Role.MINISTRY, by=None, at=AT)
    takers = [_organization(code).id for code in (*HOMES, OTHER) if code != "platform"]
    opened = rounds.open_round(wanted=SPBE, opened_by=ministry, participants=takers, by=by, at=AT)
    return str(opened.round.id)


def _place(code: str, round_id: str) -> Place:
    organization = _organization(code)
    member = User.objects.create_user(f"anggota.{code}@matrix.example")
    held = Membership.objects.create(
        user=member, organization=organization, role=Role.ADMINISTRATOR, granted_at=AT
    )
    Membership.objects.create(
        user=User.objects.create_user(f"kedua.{code}@matrix.example"),
        organization=organization,
        role=Role.ADMINISTRATOR,
        granted_at=AT,
    )
    with tenancy(organization.id):
        agency = operations.add_agency(
            organization_id=organization.id, name="Dinas Matriks", kind=AgencyKind.DEPARTMENT, by=None, at=AT
        )
    piece = _piece(organization)
    return Place(code, str(held.id), str(agency.id), round_id, str(SPBE.year), piece)


def _piece(organization: Organization) -> str:
    """A link in the organisation's evidence, also where no role that adds evidence can be held."""
    by = User.objects.create_user(f"bukti.{organization.code}@matrix.example")
    Membership.objects.create(user=by, organization=organization, role=Role.DATA_ENTRY, granted_at=AT)
    piece = evidence.add_link(
        organization_id=organization.id,
        url="https://matriks.example/",
        details=evidence.Details(title="Bukti matriks", type="other"),
        by=by.id,
        at=AT,
    )
    return str(piece.id)


def _ask(actor: Actor, method: str, address: str, *, briefly: bool = False) -> Outcome:
    """Ask once, then undo whatever it did. Briefly: a page with an ETag need not be drawn again."""
    client = actor.client
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: actor.session} if actor.session else {})
    headers = {"If-None-Match": "*"} if briefly else None
    with transaction.atomic():
        kind = "application/x-www-form-urlencoded"
        answer = client.generic(method, address, content_type=kind, headers=headers)
        transaction.set_rollback(True)
    said = answer.headers.get("Cache-Control", "")
    assert not actor.session or "private" in said or "public" in said, f"a proxy may keep {address}: {said!r}"
    return _outcome(answer.status_code, answer.headers.get("Location", ""))


def test_every_address_is_declared_and_every_declared_address_exists() -> None:
    # another test may have left English active, which would add its prefix to every address
    with override("id"):
        there = set(routes(get_resolver()))
    declared = set(PERMISSIONS)
    assert there - declared == set(), "declare these addresses in tests/config/permissions.py"
    assert declared - there == set(), "these rows of tests/config/permissions.py have no address any more"


def test_the_api_document_names_every_api_address_and_its_methods() -> None:
    documented = {
        (path.lstrip("/").replace("{", "<").replace("}", ">"), method.upper())
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if method.upper() in METHODS
    }
    frame = {"api/v1/", "api/v1/openapi.json", "api/v1/docs", "api/v1/docs/"}
    declared = {
        (re.sub(r"<\w+:", "<", route), method)
        for route, row in PERMISSIONS.items()
        if route.startswith("api/v1/") and route not in frame
        for method in METHODS
        if row.access(method).visitor is not Outcome.NO_METHOD
    }
    assert declared == documented


@pytest.mark.parametrize("route", sorted(PERMISSIONS))
def test_an_address_answers_everybody_as_declared(route: str, matrix: Matrix) -> None:
    actors, places = matrix
    wrong = [
        problem
        for actor in actors
        for place in _places_to_ask_about(route, actor, places)
        for method in METHODS
        if (problem := _difference(route, actor, place, method)) is not None
    ]
    assert wrong == []


def _places_to_ask_about(route: str, actor: Actor, places: dict[str, Place]) -> tuple[Place, ...]:
    own = places[actor.home or HOMES[0]]
    return (own, places[OTHER]) if _asks_about_an_organization(route, PERMISSIONS[route]) else (own,)


def _difference(route: str, actor: Actor, place: Place, method: str) -> str | None:
    row = PERMISSIONS[route]
    expected = row.access(method).outcome(
        signed_in=bool(actor.session), role=actor.role, own=place.code == actor.home
    )
    # A visitor reads every open page in full, but for slow ones; whoever signed in asks only whether it is there.
    briefly = method == "GET" and expected is Outcome.OPEN and (bool(actor.session) or row.is_slow)
    address = _address(route, row, place)
    found = _ask(actor, method, address, briefly=briefly)
    return None if found is expected else f"{method} {address} by {actor.name}: {found}, not {expected}"
