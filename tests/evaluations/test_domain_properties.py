"""What always holds: stages inherit, levels are cumulative, merging loses nothing, the process has no dead end."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.assessments import queries as assessments
from livinglab.evaluations.domain import answers, process, stages
from livinglab.evaluations.domain.answers import FIELDS, AnswerState, AnswerStep, Draft, Duty, merge
from livinglab.evaluations.domain.process import Party, State, Step
from livinglab.evaluations.domain.stages import (
    ORDER,
    RoundKind,
    Stage,
    by_stage,
    stage_of_level,
    standing_levels,
)

INDICATORS = ("1", "2", "3")
LOWEST = Decimal(1)
LEVELS = st.decimals(1, 5, places=2)
SCORES: st.SearchStrategy[Mapping[Stage, Mapping[str, Decimal]]] = st.dictionaries(
    st.sampled_from(ORDER), st.dictionaries(st.sampled_from(INDICATORS), LEVELS)
)


def standing(scores: Mapping[Stage, Mapping[str, Decimal]], at: Stage) -> dict[str, Decimal]:
    return standing_levels(scores, at=at, indicators=INDICATORS, lowest=LOWEST)


@given(SCORES, st.sampled_from(ORDER[1:]))
def test_a_stage_left_untouched_stands_as_the_stage_before(
    scores: Mapping[Stage, Mapping[str, Decimal]], stage: Stage
) -> None:
    without = {one: levels for one, levels in scores.items() if one is not stage}
    before = ORDER[ORDER.index(stage) - 1]
    assert standing(without, stage) == standing(without, before)


@given(SCORES, st.sampled_from(ORDER), st.sampled_from(INDICATORS), LEVELS)
def test_an_entry_stands_at_its_stage_and_changes_no_other_indicator_and_no_earlier_stage(
    scores: Mapping[Stage, Mapping[str, Decimal]], stage: Stage, key: str, level: Decimal
) -> None:
    changed = {**scores, stage: {**scores.get(stage, {}), key: level}}
    assert standing(changed, stage) == {**standing(scores, stage), key: level}
    for earlier in ORDER[: ORDER.index(stage)]:
        assert standing(changed, earlier) == standing(scores, earlier)


@given(SCORES, st.sampled_from(ORDER), st.sampled_from(INDICATORS))
def test_a_standing_level_is_that_of_the_stage_it_is_inherited_from(
    scores: Mapping[Stage, Mapping[str, Decimal]], at: Stage, key: str
) -> None:
    origin = stage_of_level(scores, at=at, indicator=key)
    expected = LOWEST if origin is None else scores[origin][key]
    assert standing(scores, at)[key] == expected
    assert origin is None or ORDER.index(origin) <= ORDER.index(at)


@given(SCORES)
def test_the_table_by_stage_keeps_every_entry(scores: Mapping[Stage, Mapping[str, Decimal]]) -> None:
    entries = [(stage, key, level) for stage, levels in scores.items() for key, level in levels.items()]
    assert by_stage(entries) == {stage: dict(levels) for stage, levels in scores.items() if levels}


MET = st.frozensets(st.integers(-1, 7))
SCALES = st.sampled_from([(0, 5), (1, 5)])


@given(MET, SCALES)
def test_a_level_is_offered_only_when_all_below_it_are_met(
    met: frozenset[int], scale: tuple[int, int]
) -> None:
    lowest, highest = scale
    reached = answers.highest_level(met, lowest=lowest, highest=highest)
    assert lowest <= reached <= highest
    assert set(range(lowest + 1, reached + 1)) <= met
    assert reached == highest or reached + 1 not in met


@given(MET, SCALES, st.integers(-1, 7))
def test_ticking_one_more_criterion_never_lowers_what_is_offered(
    met: frozenset[int], scale: tuple[int, int], more: int
) -> None:
    lowest, highest = scale
    before = answers.highest_level(met, lowest=lowest, highest=highest)
    assert answers.highest_level(met | {more}, lowest=lowest, highest=highest) >= before


@given(MET, SCALES, st.decimals(-1, 7, places=2))
def test_a_decimal_level_needs_the_whole_levels_it_has_reached(
    met: frozenset[int], scale: tuple[int, int], level: Decimal
) -> None:
    lowest, highest = scale
    whole = int(level.to_integral_value(ROUND_FLOOR))
    needed = set(range(lowest + 1, whole + 1))
    expected = lowest <= level <= highest and needed <= met
    assert answers.is_allowed(level, met, lowest=lowest, highest=highest) is expected


DRAFTS = st.builds(
    Draft,
    level=st.none() | st.sampled_from([Decimal(1), Decimal(2), Decimal(3)]),
    met=st.sampled_from([frozenset(), frozenset({2}), frozenset({2, 3})]),
    facts=st.sampled_from(["", "a", "b"]),
    analysis=st.sampled_from(["", "a", "b"]),
    external_source=st.sampled_from(["", "a", "b"]),
)


@given(DRAFTS, DRAFTS)
def test_who_changed_nothing_takes_what_the_other_wrote(base: Draft, other: Draft) -> None:
    assert merge(base, base, other) == answers.Merge(other, ())
    assert merge(base, other, base) == answers.Merge(other, ())
    assert merge(base, other, other) == answers.Merge(other, ())


@given(DRAFTS, DRAFTS, DRAFTS)
def test_merging_loses_nothing_silently(base: Draft, ours: Draft, theirs: Draft) -> None:
    result = merge(base, ours, theirs)
    for name in FIELDS:
        was, mine, stored, kept = (getattr(one, name) for one in (base, ours, theirs, result.merged))
        both_changed = mine != was and stored not in (was, mine)
        assert (name in result.conflicts) is both_changed
        assert kept == (mine if stored == was else stored)
    assert merge(base, theirs, ours).conflicts == result.conflicts


def reachable(kind: RoundKind) -> set[State]:
    found, waiting = {State.SELF}, [State.SELF]
    while waiting:
        state = waiting.pop()
        for step in process.steps_from(state, kind):
            after = process.next_state(state, step, kind)
            assert after is not None
            if after not in found:
                found.add(after)
                waiting.append(after)
    return found


def test_every_state_is_reached_and_monitoring_skips_interview_and_visit() -> None:
    assert reachable(RoundKind.EVALUATION) == set(State)
    assert reachable(RoundKind.MONITORING) == set(State) - {State.INTERVIEW, State.VISIT}


@pytest.mark.parametrize("kind", RoundKind)
def test_every_state_but_the_last_goes_on_and_none_is_a_trap(kind: RoundKind) -> None:
    for state in reachable(kind):
        assert bool(process.steps_from(state, kind)) is (state is not State.DECIDED)


def test_every_step_has_a_party_and_every_party_a_step() -> None:
    assert set(process.TAKEN_BY) == set(Step)
    assert all(process.TAKEN_BY.values())
    assert {party for parties in process.TAKEN_BY.values() for party in parties} == set(Party)
    assert {step for _, step in process.STEPS} == set(Step)


def test_every_state_has_a_stage_that_never_goes_back_once_it_was_sent() -> None:
    assert set(process.STAGE_OF) == set(State)
    for (before, _), after in process.STEPS.items():
        stage = stages.ORDER.index(process.STAGE_OF[after])
        assert stage >= stages.ORDER.index(process.STAGE_OF[before])


def test_nobody_works_in_a_state_that_belongs_to_the_other_side() -> None:
    assert not process.OPEN_TO_THE_REGION & process.OPEN_TO_ASSESSORS
    assert State.DECIDED not in process.OPEN_TO_THE_REGION | process.OPEN_TO_ASSESSORS


def test_every_answer_step_has_its_states_and_its_duties() -> None:
    possible = {(state, step) for step, states in answers.TAKEN_BY.items() for state in states}
    assert possible == set(answers.STEPS)
    assert set(answers.TAKEN_BY) == set(AnswerStep)
    assert {
        duty for states in answers.TAKEN_BY.values() for duties in states.values() for duty in duties
    } == set(Duty)


def test_every_answer_can_be_validated_and_returned_to_its_writer() -> None:
    reaches = {state: {state} for state in AnswerState}
    for _ in AnswerState:
        for (before, _), after in answers.STEPS.items():
            reaches[before] |= reaches[after]
    for state in AnswerState:
        assert AnswerState.VALIDATED in reaches[state]
        assert AnswerState.RETURNED in reaches[state]
    for state, step in product(AnswerState, AnswerStep):
        assert answers.next_state(state, step) == answers.STEPS.get((state, step))


@pytest.mark.parametrize("code", ["spbe-2018", "spbe-2020", "pemdi-2026"])
@given(data=st.data())
def test_raising_one_answer_never_lowers_the_index_and_lifts_it_by_its_weight(
    code: str, data: st.DataObject
) -> None:
    instrument = assessments.get_instrument(code)
    scale, indicators = instrument.scale, list(instrument.indicators())
    step = 10**scale.decimals

    def level_of(units: int) -> int | Decimal:
        return Decimal(units).scaleb(-scale.decimals) if scale.decimals else units

    units = {
        each.key: data.draw(st.integers(scale.minimum * step, scale.maximum * step)) for each in indicators
    }
    raised = data.draw(st.sampled_from(indicators))
    more = data.draw(st.integers(units[raised.key], scale.maximum * step))
    before = assessments.score(instrument, {key: level_of(each) for key, each in units.items()})
    after = assessments.score(
        instrument, {key: level_of(each) for key, each in {**units, raised.key: more}.items()}
    )
    gain = raised.weight * Fraction(more - units[raised.key], step * 100)
    assert after.index_exact - before.index_exact == gain
    assert after.index >= before.index
    order = [band.code for band in instrument.bands]
    assert order.index(after.predicate.code) >= order.index(before.predicate.code)
