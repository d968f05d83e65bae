"""The teachers of a step, from published results and decided evaluations."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import Participation, Round
from livinglab.kernel.freshness import changed, versions_of
from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization
from livinglab.planning.queries.matching import matching
from livinglab.planning.queries.teachers import (
    TOPICS,
    Criterion,
    Evidence,
    country,
    first_teachers,
    learning,
)
from tests.organizations.people import organization

pytestmark = pytest.mark.django_db
SIAK, SUMEDANG = "14.08", "32.11"
STEP = ("20", 3)
PAGE = f"/en/regions/{SIAK}/plan/teachers/20/3/"


def decide(code: str, year: int, *, decided: bool = True, **levels: int) -> None:
    """This function will make a region's levels of a year public, as a decision or only as sent."""
    ministry = organization("kementerian-panrb")
    row = Round.objects.create(
        id=new_id(),
        instrument="spbe-2020",
        year=year,
        kind=RoundKind.EVALUATION,
        title=f"Evaluasi {year}",
        opened_by=ministry,
        opened_at=datetime(year, 1, 2, tzinfo=UTC),
        self_until=date(year, 5, 1),
        document_until=date(year, 7, 1),
        interview_until=date(year, 9, 1),
        ends_on=date(year, 12, 1),
    )
    Participation.objects.create(
        id=new_id(),
        round=row,
        organization=organization(code),
        year=year,
        state=State.DECIDED if decided else State.DOCUMENT,
        indicators=47,
        has_consent=True,
        decision_number=f"Keputusan {year}" if decided else "",
        decision_date=date(year, 12, 20) if decided else None,
        published_levels={key.removeprefix("i"): str(level) for key, level in levels.items()},
    )
    changed("evaluations")


def test_a_region_learns_from_those_whose_domain_crossed_the_step() -> None:
    found = learning(SIAK, get_instrument("spbe-2020"), STEP)
    assert {one.taken.evidence for one in found.teachers} == {Evidence.DOMAIN}
    assert {one.taken.part for one in found.teachers} == {"D2"}
    assert all(
        one.taken.before < Decimal("2.5") <= one.taken.after and one.taken.to_year == 2024
        for one in found.teachers
    )
    assert SIAK not in {one.code for one in found.teachers}
    regional = [one for one in found.teachers if "." in one.code]
    assert len(regional) == 67  # 68 regencies and cities took it, Siak one of them


def test_decided_levels_of_the_indicator_itself_are_the_firmest_evidence() -> None:
    decide(SUMEDANG, 2024, i20=2)
    decide(SUMEDANG, 2025, i20=3, i21=1)
    decide(SIAK, 2025, i20=2, i21=4)
    found = learning(SIAK, get_instrument("spbe-2020"), STEP)
    sumedang = next(one for one in found.teachers if one.code == SUMEDANG)
    assert (sumedang.taken.evidence, sumedang.taken.to_year) == (Evidence.INDICATOR, 2025)
    assert sumedang.points[Criterion.EVIDENCE] == 300
    assert sumedang.points[Criterion.START] == 150
    assert found.gives_back(sumedang) == (("21", 4),)


def test_levels_that_were_only_sent_are_no_evidence() -> None:
    decide(SUMEDANG, 2024, i20=2)
    decide(SUMEDANG, 2025, decided=False, i20=3)
    found = learning(SIAK, get_instrument("spbe-2020"), STEP)
    assert all(one.taken.evidence is Evidence.DOMAIN for one in found.teachers)


def test_a_step_that_nobody_is_known_to_have_taken_has_no_teacher() -> None:
    found = learning(SIAK, get_instrument("spbe-2020"), ("21", 5))  # domain 3: nobody held level 5
    assert found.teachers == ()


def test_the_first_three_of_each_step_of_a_plan_are_those_of_its_page() -> None:
    instrument = get_instrument("spbe-2020")
    found = first_teachers(SIAK, instrument, [STEP, ("21", 5)])
    assert found[STEP] == learning(SIAK, instrument, STEP).teachers[:3]
    assert len(found[STEP]) == 3
    assert found["21", 5] == ()


def test_a_newer_instrument_is_matched_on_the_domains_of_the_older() -> None:
    found = learning(SIAK, get_instrument("pemdi-2026"), ("1", 3))
    assert {one.taken.evidence for one in found.teachers} == {Evidence.CROSSWALK}
    assert {one.points[Criterion.EVIDENCE] for one in found.teachers} == {60}


def test_the_page_says_who_fits_best_and_on_what_it_was_matched(client: Client) -> None:
    best = learning(SIAK, get_instrument("spbe-2020"), STEP).teachers[0]
    page = client.get(PAGE).content.decode()
    assert f"{country().places[best.code].name} fits best" in page
    assert "Matched on the domain, because levels of single indicators are not published." in page


def test_the_page_says_that_there_is_no_evidence(client: Client) -> None:
    page = client.get(f"/en/regions/{SIAK}/plan/teachers/21/5/").content.decode()
    assert "No evidence yet of a region that took this step" in page


def test_the_file_has_everybody_in_the_same_order(client: Client) -> None:
    answer = client.get(f"{PAGE}teachers.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = learning(SIAK, get_instrument("spbe-2020"), STEP)
    assert [(row["code"], int(row["fit"])) for row in rows] == [(one.code, one.fit) for one in found.teachers]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("regions/00.00/plan/teachers/20/3/", "Region “00.00” is not known"),
        (f"regions/{SIAK}/plan/teachers/99/3/", "Indicator “99” is not known"),
        (f"regions/{SIAK}/plan/teachers/20/1/", "Level “1” is not known"),
        (f"regions/{SIAK}/plan/teachers/20/3/?instrument=spbe", "Instrument “spbe” is not known"),
        (f"regions/{SIAK}/plan/teachers/20/3/teachers.pdf", "File format “pdf” is not known"),
    ],
)
def test_what_is_not_known_is_named(client: Client, path: str, said: str) -> None:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 404
    assert said in answer.content.decode()


@pytest.mark.parametrize(("level", "number"), [(3, 74), (5, 7)])
def test_the_page_asks_the_database_the_same_however_many_took_the_step(
    client: Client, level: int, number: int
) -> None:
    client.get(PAGE)  # what was published of all regions is kept from here on
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/en/regions/{SIAK}/plan/teachers/20/{level}/").content.decode()
    assert f"{number} regions took this step" in page
    assert sum("SELECT" in one["sql"] for one in asked) == 5


def test_no_real_region_is_sent_to_a_fictitious_one() -> None:
    Organization.objects.create(
        id=new_id(),
        code="99.01",
        name="Kabupaten Contoh",
        short_name="Contoh",
        kind="regency",
        province=organization("14"),
        is_synthetic=True,
    )
    changed("organizations")
    decide("99.01", 2024, i20=2)
    decide("99.01", 2025, i20=3)
    instrument = get_instrument("spbe-2020")
    assert "99.01" not in {one.code for one in learning(SIAK, instrument, STEP).teachers}
    assert country().has_synthetic
    found = matching(versions_of(TOPICS), year=2026)
    assert "99.01" not in {one.asker for one in found.matches} | set(found.loads)
