"""The risk on the plan's page, a plan for a certainty, and what share of claims was measured."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from django.test import Client

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.models import Participation, RatedDifference, Round
from livinglab.evaluations.queries.acceptance import (
    Acceptance,
    acceptance_by_indicator,
    measured_acceptance,
)
from livinglab.kernel.identifiers import new_id
from livinglab.planning.queries import likely_efforts, problem_of, risk
from livinglab.planning.queries.made import made_plan
from livinglab.planning.queries.requests import read_asked
from livinglab.planning.queries.risk import CERTAINTIES, Counted, chance, claims_of, rate_of, safe_targets
from livinglab.planning.queries.starts import Start, start_of
from tests.organizations.people import make_person, organization
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
SIAK = "14.08"
PAGE = f"/en/regions/{SIAK}/plan/"
TODAY = date(2026, 11, 22)
SPBE = get_instrument("spbe-2020")
FIVE = ("14.08", "32.11", "34.02", "31.74", "91.71")


def siak() -> Start:
    found = start_of(organization(SIAK).id, is_member=False)
    assert found is not None
    return found


def shown(client: Client, query: str, *, status: int = 200) -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == status, answer.content[:2000]
    return text_of(answer.content)


def rate(codes: tuple[str, ...], *, is_synthetic: bool = False, state: State = State.DECIDED) -> None:
    """Four answers each: one confirmed, one raised, one lowered, one that no assessor touched; and one at level 1."""
    at = datetime(2025, 6, 1, tzinfo=UTC)
    held = Round.objects.create(
        id=new_id(),
        instrument=SPBE.code,
        year=2025,
        kind=RoundKind.EVALUATION,
        title="Evaluasi 2025",
        is_synthetic=is_synthetic,
        opened_by=organization("kementerian-panrb"),
        opened_at=at,
        self_until=date(2025, 5, 1),
        document_until=date(2025, 7, 1),
        interview_until=date(2025, 9, 1),
        ends_on=date(2025, 12, 1),
    )
    assessor = make_person(f"asesor.{held.id}")
    for code in codes:
        decided = state is State.DECIDED
        taken = Participation.objects.create(
            id=new_id(),
            round=held,
            organization=organization(code),
            year=2025,
            state=state,
            indicators=47,
            decision_number="Keputusan 2025" if decided else "",
            decision_date=date(2025, 12, 20) if decided else None,
        )
        for key, stage, own, final in (
            ("1", Stage.DOCUMENT, 3, 3),
            ("2", Stage.DOCUMENT, 3, 4),
            ("3", Stage.INTERVIEW, 4, 2),
            ("4", Stage.SELF, 3, 3),
            ("5", Stage.DOCUMENT, 1, 1),
        ):
            RatedDifference.objects.create(
                participation=taken,
                indicator=key,
                stage=stage,
                self_level=own,
                external_level=final,
                assessor=None if stage is Stage.SELF else assessor,
                at=at,
            )


# --- what was measured --------------------------------------------------------------------------------


def test_of_what_assessors_rated_above_the_lowest_level_two_in_three_were_confirmed() -> None:
    rate(FIVE)
    assert measured_acceptance(SPBE) == Acceptance(answers=15, regions=5, confirmed=10)
    assert measured_acceptance(get_instrument("pemdi-2026")) is None


def test_four_regions_are_too_few() -> None:
    rate(FIVE[:4])
    assert measured_acceptance(SPBE) is None


@pytest.mark.parametrize(("is_synthetic", "state"), [(True, State.DECIDED), (False, State.CONSOLIDATED)])
def test_demonstrations_and_what_is_not_decided_do_not_count(is_synthetic: bool, state: State) -> None:
    rate(FIVE, is_synthetic=is_synthetic, state=state)
    assert measured_acceptance(SPBE) is None


def test_a_measured_rate_is_rounded_down_and_an_assumed_one_goes_before_it() -> None:
    assert rate_of(SPBE, None) is None
    rate(FIVE)
    measured, assumed = rate_of(SPBE, None), rate_of(SPBE, 90)
    assert measured is not None
    assert assumed is not None
    assert (measured.percent, measured.is_assumed) == (66, False)
    assert (assumed.percent, assumed.is_assumed, assumed.measured) == (90, True, measured.measured)


def test_where_enough_was_counted_an_indicator_or_its_domain_has_its_own_share(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(FIVE)
    few = rate_of(SPBE, None)
    assert few is not None
    assert few.own == ()  # fifteen answers
    monkeypatch.setattr(risk, "FEWEST_ANSWERS", 5)
    found = rate_of(SPBE, None)
    assert found is not None
    alone = [
        (one.indicator, one.percent, one.answers) for one in found.own if one.counted is Counted.INDICATOR
    ]
    assert alone == [("1", 100, 5), ("2", 100, 5), ("3", 0, 5)]
    pooled = {(one.indicator, one.percent, one.answers) for one in found.own if one.counted is Counted.DOMAIN}
    assert pooled == {(str(number), 66, 15) for number in range(4, 11)}
    assert found.shares["3"] == 0
    raised = next(one for one in found.own if siak().levels[one.indicator] < 5)
    page = shown(client, f"?target=4.1&lock={raised.indicator}:5")
    assert "10 indicators count with shares of their own or of their domains." in page
    assert f"Indicator {raised.indicator}: {raised.percent}%, from {raised.answers} answers of its " in page


def test_shares_of_indicators_are_not_those_of_four_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk, "FEWEST_ANSWERS", 1)
    rate(FIVE[:4])
    assert {one.regions for one in acceptance_by_indicator(SPBE).values()} == {4}
    assert not any(one.is_of_enough_regions for one in acceptance_by_indicator(SPBE).values())


# --- a plan for a certainty ---------------------------------------------------------------------------


def test_a_plan_for_a_certainty_aims_higher_and_keeps_it() -> None:
    start = siak()
    asked = read_asked({"target": "4.1", "certainty": "0.9", "accept": "80"}, start, today=TODAY)
    made = made_plan(start, asked, today=TODAY)
    steps = made.outcome.best.steps
    assert chance(made.problem.index, claims_of(steps), Fraction(4, 5), Fraction(41, 10)) >= Fraction(9, 10)
    problem = problem_of(SPBE, start.levels, likely_efforts(SPBE, start.levels))
    by_certainty = {one.certainty: one for one in safe_targets(problem, Fraction(41, 10), Fraction(4, 5))}
    assert made.goal.target == by_certainty[Fraction(9, 10)].target > Fraction(41, 10)
    assert made.outcome.best.effort == by_certainty[Fraction(9, 10)].effort
    assert list(by_certainty) == list(CERTAINTIES)


def test_a_plan_without_a_certainty_is_the_one_it_always_was() -> None:
    start = siak()
    plain = made_plan(start, read_asked({"target": "4.1"}, start, today=TODAY), today=TODAY)
    assumed = made_plan(start, read_asked({"target": "4.1", "accept": "80"}, start, today=TODAY), today=TODAY)
    assert plain.outcome == assumed.outcome


def test_the_address_carries_certainty_and_share() -> None:
    asked = read_asked({"target": "4.1", "certainty": "0,9", "accept": "80"}, siak(), today=TODAY)
    assert asked.query() == "target=4.1&certainty=0.9&accept=80&by=2027-12-31"


# --- the page -----------------------------------------------------------------------------------------


def test_without_a_rate_the_page_says_so_and_reckons_with_nothing(client: Client) -> None:
    said = shown(client, "?target=4.1")
    assert "was not measured yet" in said
    assert "is confirmed with a chance" not in said


def test_with_an_assumed_rate_the_page_says_the_chance_and_what_to_plan_for(client: Client) -> None:
    said = shown(client, "?target=4.1&accept=80")
    assert "Assumed, not measured: assessors accept 80% of the steps claimed" in said
    assert "With this plan 4.1 is confirmed with a chance of" in said
    assert "25% 4.21 117.9 27.9%" in said
    assert "95% 4.41 168.7 96%" in said


def test_with_a_measured_rate_the_page_says_of_how_many(client: Client) -> None:
    rate(FIVE)
    said = shown(client, "?target=4.1")
    assert "Measured: assessors confirmed 10 of 15 claimed levels in 5 regions, 66%." in said


def test_a_plan_for_a_certainty_says_what_it_aims_at(client: Client) -> None:
    said = shown(client, "?target=4.1&certainty=0.9&accept=80")
    assert "This plan aims at 4.37, so that 4.1 is confirmed with a chance of 91.2%." in said


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?target=4.1&certainty=0.9", "How much assessors accept was not measured yet"),
        ("?steps=3&certainty=0.9&accept=80", "A certainty needs an index to reach"),
        ("?target=4.9&certainty=0.95&accept=50", "No plan is confirmed with this certainty"),
        ("?target=4.1&certainty=0.1&accept=80", "Write a share from 0.25 to 0.99"),
        ("?target=4.1&accept=800", "percent of accepted steps"),
    ],
)
def test_a_certainty_that_cannot_be_is_refused_with_what_can(client: Client, query: str, says: str) -> None:
    assert says.casefold() in shown(client, query, status=422).casefold()
