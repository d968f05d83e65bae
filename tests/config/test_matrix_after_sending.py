"""After the self-assessment was sent: every address of an evaluation × method × who has a part in it, here and next
door; and another region's ids below one's own address, which answer as ids that nobody has.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from http.cookies import SimpleCookie
from typing import Any, Final
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from livinglab.accounts.models import User
from livinglab.actions.models import Action, ActionPlan
from livinglab.catalogue.models import OwnPractice, OwnService
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import EvidenceUse, ReportJob, TeamSeat, WorkbookDraft
from livinglab.evaluations.operations import objections
from livinglab.evidence.models import Piece
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Membership
from livinglab.organizations.queries import Role
from tests.config.permissions import METHODS, PERMISSIONS, Outcome
from tests.config.permissions_sent import AFTER_SENDING, LETTERS
from tests.config.test_permission_matrix import _outcome
from tests.evaluations.external import advance, score
from tests.evaluations.kit import AT, Region, answer_everything, open_round, send
from tests.evidence import people as evidence
from tests.organizations.people import make_member

pytestmark = pytest.mark.django_db

HERE, NEXT_DOOR = "14.08", "32.11"
#: parts of an address that name a row of a region, and that the regions here have
IDS: Final = (
    "action_id",
    "agency_id",
    "draft_id",
    "entry_id",
    "job_id",
    "membership_id",
    "objection_id",
    "piece_id",
    "plan_id",
    "practice_id",
    "seat_id",
    "use_id",
)
#: public (a service), or of rows that take a published package or a workbook to make: the tests of their contexts ask
#: about neighbours
ASKED_ELSEWHERE: Final = frozenset(
    {
        "adoption_id",
        "agreement_id",
        "call_id",
        "case_id",
        "certificate_id",
        "delivery_id",
        "file_id",
        "erasure_id",
        "item_id",
        "offer_id",
        "paper_id",
        "received_id",
        "service_id",
        "task_id",
        "version_id",
        "workbook_id",
    }
)
#: bodies for operations that read theirs before they look
BODIES: Final[Mapping[str, dict[str, object]]] = {
    "evidence/<piece_id>": {"title": "Lain", "type": "other"},
    "evidence/<piece_id>/class": {"classification": "open"},
    "evidence/<piece_id>/review": {"is_accepted": True},
    "workbook/<draft_id>/application": {"seen": "x"},
    "objections/<objection_id>/settlement": {"outcome": "upheld", "reason": "Terbukti."},
    "objections/<objection_id>/withdrawal": {"reason": "Terjawab."},
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A region that was sent, and one of everything that an address of it can name."""

    region: Region
    administrator: User
    ids: Mapping[str, str]


#: whose session is which, opened before the first test
_sessions: Final[dict[UUID, str]] = {}
#: loading the middleware takes longer than most requests
_client: Final = Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def both(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Sent, Sent]]:
    """Two regions that were sent, made once and rolled back at the end."""
    shelf = override_settings(
        EVIDENCE_DIR=tmp_path_factory.mktemp("evidence"), EVIDENCE_BUCKET=None, CLAMAV_ADDRESS=""
    )
    with shelf, django_db_blocker.unblock(), transaction.atomic():
        made = (_sent(HERE), _sent(NEXT_DOOR))
        logging.disable(logging.CRITICAL)
        yield made
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def _sent(code: str) -> Sent:
    region = open_round(code=code)
    answer_everything(region, 3, i21=5)
    here, evaluation_id = region.organization.id, region.participation.id
    piece = evidence.add(region.organization, region.entry)
    with tenancy(here):
        use = EvidenceUse.objects.create(
            organization_id=here,
            evaluation_id=evaluation_id,
            indicator="21",
            level=2,
            letter="z",
            piece_id=piece.id,
            added_at=AT,
            added_by=region.entry.id,
        )
    send(region)
    score(region, 2)
    advance(region, Step.INTERVIEW)
    objection = objections.raise_objection(
        place=region.as_(region.coordinator),
        indicator="21",
        requested_level=Decimal(5),
        reason="Pasal 7.",
        at=AT,
    )
    shared: dict[str, Any] = {"organization_id": here, "evaluation_id": evaluation_id}
    with tenancy(here):
        draft = WorkbookDraft.objects.create(
            **shared, rows=[], uploaded_at=clock.now(), uploaded_by=region.coordinator.id
        )
        job = ReportJob.objects.create(
            **shared,
            language="id",
            form="pdf",
            audience="region",
            state="done",
            percent=100,
            requested_at=AT,
            requested_by=region.coordinator.id,
            finished_at=AT,
            content=b"%PDF-1.7",
        )
        seat = TeamSeat.objects.filter(**shared)[0]
        other = _other_rows(region)
    administrator = make_member(f"admin.{code}", Role.ADMINISTRATOR, code)
    for user in (region.external, region.ministry, region.coordinator, region.entry, administrator):
        client = Client()
        client.force_login(user)
        _sessions[user.id] = client.cookies[settings.SESSION_COOKIE_NAME].value
    ids = {
        **other,
        "agency_id": region.agency.id,
        "draft_id": draft.id,
        "job_id": job.id,
        "membership_id": Membership.objects.get(user=region.entry).id,
        "objection_id": objection.id,
        "piece_id": piece.id,
        "seat_id": seat.id,
        "use_id": use.id,
    }
    return Sent(region, administrator, {name: str(one) for name, one in ids.items()})


def _other_rows(region: Region) -> dict[str, object]:
    """A plan with an action, a practice and a service: as rows, since only their ids are asked about."""
    here, by = region.organization.id, region.coordinator.id
    plan = ActionPlan.objects.create(
        organization_id=here,
        title="Rencana (uji)",
        instrument="spbe-2020",
        origin="own",
        levels={"21": "2"},
        start_index=Decimal(2),
        target_index=Decimal(3),
        due_on=AT.date(),
        document={},
        asked={},
        accepted_at=AT,
        accepted_by=by,
    )
    action = Action.objects.create(
        organization_id=here,
        plan_id=plan.id,
        number=1,
        indicator="21",
        to_level=3,
        due_on=AT.date(),
        changed_at=AT,
    )
    practice = OwnPractice.objects.create(
        organization_id=here, state="draft", title="Praktik (uji)", text={}, written_at=AT, written_by=by
    )
    service = OwnService.objects.create(
        organization_id=here, function="uji", status="none", recorded_at=AT, recorded_by=by
    )
    return {
        "plan_id": plan.id,
        "action_id": action.id,
        "practice_id": practice.id,
        "entry_id": service.id,
    }


def _address(route: str, code: str, ids: Mapping[str, str]) -> str:
    row = PERMISSIONS[route]
    values = {"year": "2025", **row.values, **ids, "code": code}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], route)


def _ask(
    at: Sent, user: User | None, method: str, route: str, ids: Mapping[str, str], *, with_body: bool = False
) -> Outcome:
    """Ask with nothing, or with a body that the route takes; then undo whatever it did."""
    _client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: _sessions[user.id]} if user else {})
    address = _address(route, at.region.organization.code, ids)
    body = next((one for ending, one in BODIES.items() if with_body and route.endswith(ending)), None)
    with transaction.atomic():
        if body is None or method == "GET":
            kind = "application/x-www-form-urlencoded"
            answer = _client.generic(method, address, content_type=kind)
        else:
            answer = _client.generic(method, address, json.dumps(body), content_type="application/json")
        transaction.set_rollback(True)
    return _outcome(answer.status_code, answer.headers.get("Location", ""))


def test_every_address_of_one_evaluation_is_declared_for_what_comes_after_sending() -> None:
    assert set(AFTER_SENDING) == {
        route for route in PERMISSIONS if "/evaluations/<" in route and "code" in route
    }


@pytest.mark.parametrize("route", sorted(AFTER_SENDING))
def test_after_sending_an_address_answers_each_part_as_declared(route: str, both: tuple[Sent, Sent]) -> None:
    here, _next_door = both
    parts = (here.region.external, here.region.ministry, here.region.coordinator)
    found = {
        method: "".join(LETTERS[_ask(here, user, method, route, here.ids)] for user in parts)
        for method in METHODS
    }
    none = LETTERS[Outcome.NO_METHOD] * len(parts)
    assert {method: letters for method, letters in found.items() if letters != none} == AFTER_SENDING[route]


@pytest.mark.parametrize("route", sorted(AFTER_SENDING))
def test_after_sending_nobody_without_a_part_comes_in(route: str, both: tuple[Sent, Sent]) -> None:
    here, next_door = both
    visitor = Outcome.UNAUTHORISED if route.startswith("api/") else Outcome.SIGN_IN
    for method in METHODS:
        is_one = method in AFTER_SENDING[route]
        for user in (next_door.region.external, next_door.region.coordinator, None):
            refused = visitor if user is None else Outcome.FORBIDDEN
            found = _ask(here, user, method, route, here.ids)
            assert found is (refused if is_one else Outcome.NO_METHOD), (method, user)


def _named_by(route: str) -> list[str]:
    return [one for one in re.findall(r"<(?:\w+:)?(\w+)>", route) if one in IDS]


def test_every_id_below_an_own_address_is_asked_about_or_said_to_be_elsewhere() -> None:
    named = {
        one
        for route in PERMISSIONS
        if "code>" in route and not route.startswith(("evaluations/rounds/", "api/v1/rounds/"))
        for one in re.findall(r"<(?:\w+:)?(\w+_id)>", route)
    }
    assert named == {*IDS, *ASKED_ELSEWHERE, "package_id"}  # a package's id is public


WITH_IDS: Final = sorted(one for one in PERMISSIONS if "code" in one and _named_by(one))


@pytest.mark.parametrize("route", WITH_IDS)
def test_another_regions_id_below_the_own_address_is_not_there(route: str, both: tuple[Sent, Sent]) -> None:
    here, next_door = both
    region = here.region
    people = (region.external, region.ministry, region.coordinator, region.entry, here.administrator)
    nobodys = {name: str(new_id()) for name in IDS}
    found: set[Outcome] = set()
    for method in METHODS:
        for user in people:
            theirs, none = (
                _ask(here, user, method, route, {**here.ids, **_only(route, ids)}, with_body=True)
                for ids in (next_door.ids, nobodys)
            )
            assert theirs is none, (method, user)
            assert theirs not in (Outcome.OPEN, Outcome.ELSEWHERE, Outcome.BROKEN), (method, user)
            found.add(theirs)
    # what is closed after sending says so before it looks
    assert found & {Outcome.NOT_FOUND, Outcome.REFUSED}


def _only(route: str, ids: Mapping[str, str]) -> dict[str, str]:
    return {name: ids[name] for name in _named_by(route)}


def test_what_a_region_holds_is_there_for_its_own_people(both: tuple[Sent, Sent]) -> None:
    """So that the ids above are of rows that exist, and not found only from elsewhere."""
    here, _next_door = both
    with tenancy(here.region.organization.id):
        assert Piece.objects.filter(id=here.ids["piece_id"]).exists()
    opened = _ask(here, here.region.entry, "GET", "regions/<str:code>/evidence/<uuid:piece_id>/", here.ids)
    assert opened is Outcome.OPEN
