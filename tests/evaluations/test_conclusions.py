"""What assessors conclude: begun from the figures in the order of the guide, in both languages, kept with an entry."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.evaluations.domain.ratings import strengths, weaknesses
from livinglab.evaluations.domain.stages import RoundKind
from livinglab.evaluations.models import AspectFinding, Recommendation
from livinglab.evaluations.operations import findings
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.queries.conclusions import aspect_figures, best_and_worst
from livinglab.evaluations.web import suggestions
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import score, seen, sent
from tests.evaluations.kit import AT, SPBE, Region
from tests.organizations.people import trail

LEVELS = st.lists(st.integers(1, 5).map(Decimal), max_size=20).map(
    lambda levels: [(str(number), level) for number, level in enumerate(levels, 1)]
)


@given(LEVELS)
def test_strengths_come_highest_first_weaknesses_lowest_first_and_level_three_is_neither(
    levels: list[tuple[str, Decimal]],
) -> None:
    strong, weak = strengths(levels), weaknesses(levels)
    assert [level for _key, level in strong] == sorted((one for _k, one in levels if one >= 4), reverse=True)
    assert [level for _key, level in weak] == sorted(one for _k, one in levels if one <= 2)
    assert not {key for key, _level in strong} & {key for key, _level in weak}


@pytest.fixture
def siak(db: None) -> Region:
    region = sent(level=3, i1=5, i2=4, i3=4)
    for indicator, level in (("4", 2), ("5", 1)):
        score(region, level, indicator=indicator)
    return region


def test_an_aspect_names_its_indicators_in_the_order_of_the_guide(siak: Region) -> None:
    found = seen(siak, siak.external)
    first = aspect_figures(siak.as_(siak.external).instrument, found.now)[0]
    assert [row.key for row in first.strengths] == ["1", "2", "3"]
    assert [row.key for row in first.weaknesses] == ["5", "4"]
    assert len(first.fulfilled) == 9  # all but indicator 5, which is at level 1


def test_a_suggestion_is_written_in_both_languages(siak: Region) -> None:
    found = seen(siak, siak.external)
    first = aspect_figures(siak.as_(siak.external).instrument, found.now)[0]
    english, indonesian = suggestions.finding(first, "en"), suggestions.finding(first, "id")
    assert english["weaknesses"].splitlines()[0].endswith("level 1")
    assert indonesian["weaknesses"].splitlines()[0].endswith("tingkat 1")


def test_the_recommendation_begins_with_the_best_and_the_worst_aspect(siak: Region) -> None:
    found = seen(siak, siak.external)
    figures = aspect_figures(siak.as_(siak.external).instrument, found.now)
    best, worst = best_and_worst(figures)
    assert [one.aspect.code for one in best] == ["A1"]  # 3.2: the others are at 3 throughout
    assert "A1" not in [one.aspect.code for one in worst]
    text = suggestions.recommendation(figures, found, "en")
    assert text["excellence"].startswith(best[0].aspect.name.en)
    assert "2 of 47 levels differ" in text["summary"]


def test_a_finding_replaces_the_one_before_and_the_trail_names_what_changed(siak: Region) -> None:
    place = siak.as_(siak.external)
    for strengths_ in ("Kuat.", "Sangat kuat."):
        findings.write_finding(
            place=place, aspect="A1", fulfilment="Cukup.", strengths=strengths_, weaknesses="", at=AT
        )
    with tenancy(siak.organization.id):
        assert [row.strengths for row in AspectFinding.objects.all()] == ["Sangat kuat."]
    assert trail("14.08")[0].facts["changed"] == ["strengths"]


def test_what_cannot_be_kept_is_refused(siak: Region) -> None:
    place = siak.as_(siak.external)
    with pytest.raises(Refused) as refused:
        findings.write_finding(place=place, aspect="X1", fulfilment="", strengths="", weaknesses="", at=AT)
    assert refused.value.refusal.code == "no_such_aspect"
    with pytest.raises(ScoreRefused):
        findings.write_finding(
            place=place, aspect="A1", fulfilment="a" * 20_001, strengths="", weaknesses="", at=AT
        )
    with pytest.raises(Refused):
        findings.write_finding(
            place=siak.as_(siak.coordinator), aspect="A1", fulfilment="", strengths="", weaknesses="", at=AT
        )
    with tenancy(siak.organization.id):
        assert not AspectFinding.objects.exists()


@pytest.mark.django_db
def test_monitoring_ends_without_a_recommendation() -> None:
    region = sent(replace(SPBE, kind=RoundKind.MONITORING, interview_until=None), level=3)
    with pytest.raises(Refused) as refused:
        findings.write_recommendation(
            place=region.as_(region.external), summary="S", excellence="", weakness="", advice="", at=AT
        )
    assert refused.value.refusal.code == "no_recommendation"
    with tenancy(region.organization.id):
        assert not Recommendation.objects.exists()
