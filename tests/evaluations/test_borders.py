"""Where an evaluation could say too much, take too much, or fail: between stages, people, days and strange texts."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import process, scores, team
from livinglab.evidence import operations as evidence
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from tests.evaluations.browsing import BASE, page, text_of
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, Region, answer, answer_everything, open_round
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db

#: 3 June in all of Indonesia, still 2 June in UTC
NIGHT = datetime(2025, 6, 2, 20, 0, tzinfo=UTC)
KEYS = [str(number) for number in range(1, 48)]


def test_the_list_shows_no_index_of_a_stage_that_is_not_shown() -> None:
    siak = sent(level=3)
    for key in KEYS:
        score(siak, 1, indicator=key)
    assert "Index 3.00 at the stage: self-assessment" in page(signed_in(siak.coordinator), "")

    scores.show(place=siak.as_(siak.external), at=AT)
    assert "Index 1.00 at the stage: document assessment" in page(signed_in(siak.coordinator), "")


def test_the_list_shows_the_index_of_the_stage_that_is_over() -> None:
    siak = sent(level=3)
    for key in KEYS:
        score(siak, 2, indicator=key)
    advance(siak, Step.INTERVIEW)
    for key in KEYS:
        score(siak, 1, indicator=key)
    client = signed_in(siak.coordinator)
    assert "Index 2.00 at the stage: document assessment" in page(client, "")
    assert "Index 2.00 at the stage: document assessment" in page(client)
    assert "Index 1.00 at the stage: interview" in page(signed_in(siak.external))


def test_the_checks_tell_the_region_nothing_of_levels_that_are_not_shown() -> None:
    siak = sent(level=3)
    score(siak, 1)
    address = "/api/v1/regions/14.08/evaluations/2025/checks"
    far_apart = {"A076"}

    def said(client: Client) -> set[str]:
        return {one["id"] for one in client.get(address).json()} & far_apart

    assert said(signed_in(siak.external)) == far_apart
    assert said(signed_in(siak.coordinator)) == set()
    scores.show(place=siak.as_(siak.external), at=AT)
    assert said(signed_in(siak.coordinator)) == far_apart


def _piece_of(region: Region, indicator: str) -> UUID:
    with tenancy(region.organization.id):
        return EvidenceUse.objects.filter(indicator=indicator).order_by("letter")[0].piece_id


def test_what_was_handed_over_is_neither_described_anew_nor_withdrawn_until_it_is_open_again() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    process.approve(place=siak.as_(siak.responsible), at=AT)
    piece = {"organization_id": siak.organization.id, "piece_id": _piece_of(siak, "21")}
    better = evidence.Details(title="Judul baru (uji)", type="policy", issued_on=date(2025, 5, 1))

    def describe() -> None:
        evidence.describe(**piece, details=better, by=siak.entry.id, at=AT)

    def withdraw() -> None:
        evidence.withdraw(**piece, by=siak.entry.id, at=AT)

    for change in (describe, withdraw):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.refusal.code == "held"
    process.reopen(place=siak.as_(siak.coordinator), at=AT)
    describe()
    withdraw()


def test_what_was_handed_over_keeps_its_review_and_its_class_only_becomes_stricter() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    process.approve(place=siak.as_(siak.responsible), at=AT)
    piece = {"organization_id": siak.organization.id, "piece_id": _piece_of(siak, "21"), "at": AT}
    with pytest.raises(Refused) as refused:
        evidence.review(**piece, accepted=True, by=siak.coordinator.id)
    assert refused.value.refusal.code == "held"
    limited = {**piece, "classification": "limited", "class_reason": "Memuat nomor telepon."}
    assert evidence.classify(**limited, by=siak.coordinator.id).classification == "limited"
    with pytest.raises(Refused) as refused:
        evidence.classify(**piece, classification="open", by=siak.coordinator.id)
    assert refused.value.refusal.code == "held_class"
    process.reopen(place=siak.as_(siak.coordinator), at=AT)
    assert evidence.review(**piece, accepted=True, by=siak.coordinator.id).review_state == "accepted"
    assert evidence.classify(**piece, classification="open", by=siak.coordinator.id).classification == "open"


def test_nobody_approves_while_a_piece_of_the_evaluation_is_described() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    better = evidence.Details(title="Judul baru (uji)", type="policy", issued_on=date(2025, 5, 1))
    piece = {"organization_id": siak.organization.id, "piece_id": _piece_of(siak, "21")}
    with CaptureQueriesContext(connection) as asked:
        evidence.describe(**piece, details=better, by=siak.entry.id, at=AT)
    locked = [
        one["sql"] for one in asked if "FOR UPDATE" in one["sql"] and "evaluations_evaluation" in one["sql"]
    ]
    assert len(locked) == 1


def test_a_piece_says_under_which_answers_it_is_shown() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    address = f"/en/regions/14.08/evidence/{_piece_of(siak, '21')}/"
    shown = text_of(signed_in(siak.entry).get(address), 200)
    assert "Evaluation 2025, indicator 21, level 2" in shown


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DATA_ENTRY])
def test_who_works_inside_neither_assesses_nor_decides_from_outside(role: Role) -> None:
    siak = sent(level=3)
    for user in (siak.external, siak.ministry):
        grant_membership(user=user, organization=siak.organization, role=role, agency_id=None, by=None, at=AT)
        actor = siak.as_(user).actor
        assert not actor.is_external
        with pytest.raises(Refused):
            process.advance(place=siak.as_(user), step=Step.INTERVIEW, at=AT)


def test_papers_dated_today_are_taken_while_it_is_still_yesterday_in_utc() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    number, today = "SK 1/2025", date(2025, 6, 3)
    team.enter_decree(place=siak.as_(siak.coordinator), number=number, day=today, at=NIGHT)
    process.approve(place=siak.as_(siak.responsible), at=NIGHT)
    _sign(siak, today)


def test_papers_dated_tomorrow_are_not() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    process.approve(place=siak.as_(siak.responsible), at=NIGHT)
    with pytest.raises(Refused) as refused:
        _sign(siak, date(2025, 6, 4))
    assert refused.value.refusal.code == "minutes_in_future"


def test_a_number_that_does_not_fit_is_refused_and_not_cut() -> None:
    siak = open_round()
    answer_everything(siak, 3)
    process.approve(place=siak.as_(siak.responsible), at=NIGHT)
    with pytest.raises(Refused) as refused:
        _sign(siak, date(2025, 6, 3), number="9" * 81)
    assert refused.value.refusal.code == "number_too_long"
    _sign(siak, date(2025, 6, 3), number="9" * 80)


def _sign(region: Region, day: date, number: str = "BA/1") -> None:
    process.sign(
        place=region.as_(region.coordinator),
        minutes_number=number,
        minutes_date=day,
        has_consent=True,
        at=NIGHT,
    )


NUL = "a\x00b"


def _answers(client: Client, path: str, **fields: str) -> int:
    client.raise_request_exception = False
    return client.post(path if path.startswith("/") else f"{BASE}2025/{path}", fields).status_code


def test_no_form_of_the_region_fails_on_a_character_that_cannot_be_stored() -> None:
    siak = open_round()
    answer(siak, "21", 3)
    coordinator = signed_in(siak.coordinator)
    assert _answers(signed_in(siak.internal), "21/step/", step="return", reason=NUL) == 302
    decree = {"intent": "decree", "decree_number": NUL, "decree_date": "2025-01-01"}
    assert _answers(coordinator, "team/", **decree) == 302
    assert _answers(coordinator, "team/", intent="add", function="coordinator", holder=NUL) == 302


def test_no_form_of_the_outside_fails_on_a_character_that_cannot_be_stored() -> None:
    siak = sent(level=3)
    score(siak, 1)
    with tenancy(siak.organization.id):
        piece = EvidenceUse.objects.filter(indicator="21").values_list("piece_id", flat=True)[0]
    external, ministry = signed_in(siak.external), signed_in(siak.ministry)
    assert _answers(ministry, "21/validity/", stage="document", valid="yes", note=NUL) == 302
    assert _answers(external, f"21/evidence/{piece}/verdict/", verdict="refuse", note=NUL) == 302
    person = f"/en/evaluations/assessors/{siak.external.id}/"
    assert _answers(ministry, f"{person}profile/", home=NUL, university=NUL) == 422
    partners = "/en/evaluations/assessors/partners/"
    assert _answers(ministry, partners, organization="32.11", university=NUL) == 422
    assert _answers(ministry, partners, intent="list", name=NUL) == 302
    assert _answers(ministry, f"{person}conflict/", organization="32.11", reason=NUL) == 302
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    assert _answers(ministry, "decide/", number=NUL, day="2025-06-01") == 302
