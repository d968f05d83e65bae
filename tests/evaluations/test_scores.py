"""What external assessors score: inherited where untouched, never overwritten unseen, kept when the stage is over."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from livinglab.accounts.models import User
from livinglab.audit.operations import digest
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.process import State, Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import RatedDifference, Score
from livinglab.evaluations.operations import process, scores
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.operations.scores import ScoreConflict
from livinglab.evaluations.queries.raters import mark_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.external import advance, opinion, score, seen, sent
from tests.evaluations.kit import AT, Region, open_round
from tests.organizations.people import make_member, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    """Everything at level 3, indicator 21 at 4, sent: the documents are being read."""
    return sent(level=3, i21=4)


def rows(region: Region, stage: Stage) -> list[Score]:
    with tenancy(region.organization.id):
        return list(Score.objects.filter(stage=stage))


def test_a_score_changes_the_index_of_its_stage_and_nothing_else(siak: Region) -> None:
    scored = score(siak)
    assert scored.standing.score.index == Decimal("2.99")  # 3.015 - 2 x 1.5 %, half up
    assert (scored.standing.levels["21"], scored.standing.levels["20"]) == (Decimal(2), Decimal(3))
    found = siak.as_(siak.ministry).participation
    assert (found.standing_index, found.self_index, found.scored) == (Decimal("2.99"), Decimal("3.02"), 1)
    newest = trail("14.08")[0]
    assert (newest.action, newest.by) == ("evaluations.scored", siak.external.id)
    assert newest.facts == {
        "year": 2025,
        "indicator": "21",
        "stage": "document",
        "version": 1,
        "changed": ["level", "facts", "analysis", "justification", "met"],
        "before": {"level": "4", "facts": "", "analysis": "", "justification": "", "met": []},
        "after": {
            "level": "2",
            "facts": digest("Fakta asesor."),
            "analysis": digest("Analisis asesor."),
            "justification": digest("Justifikasi uji."),
            "met": [1, 2],
        },
    }


def test_a_stage_left_untouched_inherits_and_each_stage_keeps_its_own(siak: Region) -> None:
    score(siak, 2)
    advance(siak, Step.INTERVIEW)
    line = seen(siak, siak.external).line("21")
    assert line is not None
    assert (line.standing, line.stage, set(line.entries)) == (
        Decimal(2),
        Stage.DOCUMENT,
        {Stage.SELF, Stage.DOCUMENT},
    )
    score(siak, 3)
    assert [row.level for row in rows(siak, Stage.DOCUMENT)] == [Decimal(2)]
    assert [row.level for row in rows(siak, Stage.INTERVIEW)] == [Decimal(3)]
    assert siak.as_(siak.external).participation.standing_index == Decimal("3.00")


def test_what_is_cleared_inherits_again(siak: Region) -> None:
    scored = score(siak)
    place = siak.as_(siak.external)
    cleared = scores.clear(place=place, indicator="21", mark=mark_of(scored.score), at=AT)
    assert (cleared.score, cleared.standing.score.index) == (None, Decimal("3.02"))
    assert rows(siak, Stage.DOCUMENT) == []
    newest = trail("14.08")[0]
    assert (newest.action, newest.facts["before"]["level"], newest.facts["after"]["level"]) == (
        "evaluations.score_cleared",
        "2",
        "4",
    )
    with pytest.raises(Refused) as refused:
        scores.clear(place=place, indicator="21", mark="", at=AT)
    assert refused.value.refusal.code == "nothing_to_clear"


def test_two_assessors_never_overwrite_each_other_unseen(siak: Region) -> None:
    first = score(siak, 2)
    with pytest.raises(ScoreConflict) as conflict:
        score(siak, 3, by=siak.ministry)  # began before the first score
    assert conflict.value.stored == first.score
    assert conflict.value.differing == ("level", "met")
    assert [row.level for row in rows(siak, Stage.DOCUMENT)] == [Decimal(2)]
    score(siak, 3, by=siak.ministry, mark=conflict.value.mark)
    assert [(row.level, row.scored_by) for row in rows(siak, Stage.DOCUMENT)] == [
        (Decimal(3), siak.ministry.id)
    ]


def test_an_entry_that_was_cleared_and_written_anew_is_another_one(siak: Region) -> None:
    first = score(siak, 2)
    scores.clear(place=siak.as_(siak.external), indicator="21", mark=mark_of(first.score), at=AT)
    score(siak, 1, by=siak.ministry)
    with pytest.raises(ScoreConflict):
        score(siak, 3, mark=mark_of(first.score))  # the number of the version alone would be the same
    assert [row.level for row in rows(siak, Stage.DOCUMENT)] == [Decimal(1)]


def test_the_same_score_sent_twice_is_one(siak: Region) -> None:
    score(siak, 2)
    score(siak, 2)
    assert [row.version for row in rows(siak, Stage.DOCUMENT)] == [1]
    assert [entry.action for entry in trail("14.08")].count("evaluations.scored") == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (opinion(None), "level"),
        (opinion(6), "level"),
        (opinion(0), "level"),
        (opinion("2.5"), "level"),
        (opinion(2, justification=" "), "justification"),
        (replace(opinion(), facts=""), "facts"),
        (replace(opinion(), analysis="a" * 20_001), "analysis"),
        (replace(opinion(), facts="\x00"), "facts"),
    ],
)
def test_a_score_that_cannot_be_is_refused_with_its_field(siak: Region, given: Opinion, field: str) -> None:
    with pytest.raises(ScoreRefused) as refused:
        scores.score(place=siak.as_(siak.external), indicator="21", opinion=given, mark="", at=AT)
    assert [one.field for one in refused.value.problems] == [field]
    assert rows(siak, Stage.DOCUMENT) == []


def test_an_indicator_that_the_instrument_does_not_have_is_refused(siak: Region) -> None:
    with pytest.raises(ScoreRefused):
        scores.score(place=siak.as_(siak.external), indicator="48", opinion=opinion(), mark="", at=AT)


@pytest.mark.parametrize("who", ["coordinator", "responsible", "internal", "entry", "officer"])
def test_nobody_of_the_region_scores(siak: Region, who: str) -> None:
    with pytest.raises(Refused) as refused:
        score(siak, by=getattr(siak, who))
    assert refused.value.refusal.code == "not_an_assessor"
    assert rows(siak, Stage.DOCUMENT) == []


def test_an_assessor_of_another_region_does_not_score(siak: Region) -> None:
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    with pytest.raises(Refused) as refused:
        score(siak, by=stranger)
    assert refused.value.refusal.code == "not_an_assessor"


def test_nothing_is_scored_before_it_is_sent() -> None:
    region = open_round()
    with pytest.raises(Refused) as refused:
        score(region)
    assert refused.value.refusal.code == "not_open_to_assessors"


def test_nothing_is_scored_after_the_decision(siak: Region) -> None:
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    process.decide(place=siak.as_(siak.ministry), number="Kepmen 1/2025", day=AT.date(), at=AT)
    with pytest.raises(Refused) as refused:
        score(siak, by=siak.ministry)
    assert refused.value.refusal.code == "not_open_to_assessors"
    assert siak.as_(siak.ministry).participation.state == State.DECIDED


# --- what the database refuses, whoever writes ------------------------------------------------------------


def raw(region: Region, stage: Stage, by: User) -> Score:
    return Score.objects.create(
        organization_id=region.organization.id,
        evaluation_id=region.participation.id,
        stage=stage,
        indicator="21",
        level=Decimal(1),
        justification="Di luar operasi.",
        scored_at=AT,
        scored_by=by.id,
    )


def assert_refused(name: str, region: Region, write: object) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic(), tenancy(region.organization.id):
        write()  # type: ignore[operator]
    assert error.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def test_the_database_keeps_the_scores_of_a_stage_that_is_over(siak: Region) -> None:
    kept = "a_score_of_a_stage_that_is_over_is_kept"
    score(siak, 2)
    advance(siak, Step.INTERVIEW)
    document = rows(siak, Stage.DOCUMENT)[0]
    assert_refused(kept, siak, lambda: Score.objects.filter(id=document.id).update(level=Decimal(5)))
    assert_refused(kept, siak, lambda: Score.objects.filter(id=document.id).update(justification="Lain."))
    assert_refused(kept, siak, lambda: Score.objects.filter(id=document.id).delete())
    assert_refused(kept, siak, lambda: Score.objects.filter(stage=Stage.SELF).update(level=Decimal(5)))
    assert_refused(kept, siak, lambda: Score.objects.filter(stage=Stage.SELF, indicator="21").delete())
    with tenancy(siak.organization.id):
        Score.objects.filter(id=document.id).update(is_valid=True)  # the review comes later than the score
    assert [row.level for row in rows(siak, Stage.DOCUMENT)] == [Decimal(2)]


def test_the_database_takes_no_score_of_a_stage_that_is_over(siak: Region) -> None:
    advance(siak, Step.INTERVIEW)
    kept = "a_score_of_a_stage_that_is_over_is_kept"
    assert_refused(kept, siak, lambda: raw(siak, Stage.DOCUMENT, siak.external))
    assert rows(siak, Stage.DOCUMENT) == []


def test_the_database_takes_no_score_of_somebody_who_is_not_assigned(siak: Region) -> None:
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    assert_refused("an_assessor_is_assigned", siak, lambda: raw(siak, Stage.DOCUMENT, stranger))
    assert_refused("an_assessor_is_no_member", siak, lambda: raw(siak, Stage.DOCUMENT, siak.coordinator))


def test_the_database_takes_no_level_without_a_justification(siak: Region) -> None:
    row = rows(siak, Stage.SELF)[0]
    bare = Score(
        organization_id=row.organization_id,
        evaluation_id=row.evaluation_id,
        stage=Stage.DOCUMENT,
        indicator="21",
        level=Decimal(1),
        scored_at=AT,
        scored_by=siak.external.id,
    )
    assert_refused("an_assessor_justifies_the_level", siak, bare.save)


# --- the review team --------------------------------------------------------------------------------------


def review(region: Region, *, is_valid: bool, note: str = "", by: User | None = None) -> Score:
    return scores.mark_validity(
        place=region.as_(by or region.ministry),
        indicator="21",
        stage=Stage.DOCUMENT,
        is_valid=is_valid,
        note=note,
        at=AT,
    )


def test_the_review_team_marks_a_score_valid_or_not_and_says_why(siak: Region) -> None:
    score(siak)
    with pytest.raises(Refused) as refused:
        review(siak, is_valid=False)
    assert refused.value.refusal.code == "note_missing"
    review(siak, is_valid=False, note="Bukti tidak dibaca.")
    (row,) = rows(siak, Stage.DOCUMENT)
    assert (row.is_valid, row.validity_note, row.reviewed_by) == (
        False,
        "Bukti tidak dibaca.",
        siak.ministry.id,
    )
    assert trail("14.08")[0].facts["after"]["verdict"] == "not valid"


def test_an_assessor_does_not_review_the_own_scores(siak: Region) -> None:
    score(siak)
    with pytest.raises(Refused) as refused:
        review(siak, is_valid=True, by=siak.external)
    assert refused.value.refusal.code == "not_the_review_team"
    assert rows(siak, Stage.DOCUMENT)[0].is_valid is None


def test_a_corrected_score_has_to_be_reviewed_anew(siak: Region) -> None:
    first = score(siak)
    review(siak, is_valid=False, note="Bukti tidak dibaca.")
    score(siak, 3, by=siak.ministry, mark=mark_of(first.score))
    (row,) = rows(siak, Stage.DOCUMENT)
    assert (row.level, row.is_valid, row.validity_note) == (Decimal(3), None, "")


def test_nothing_is_reviewed_that_nobody_scored(siak: Region) -> None:
    with pytest.raises(Refused) as refused:
        review(siak, is_valid=True)
    assert refused.value.refusal.code == "no_such_score"


# --- what the region sees ---------------------------------------------------------------------------------


def test_the_region_sees_a_stage_when_it_is_over_or_shown(siak: Region) -> None:
    score(siak)
    hidden = seen(siak, siak.coordinator)
    line = hidden.line("21")
    assert line is not None
    assert (hidden.stages, line.standing, line.newest) == ((Stage.SELF,), Decimal(4), None)
    scores.show(place=siak.as_(siak.external), at=AT)
    shown = seen(siak, siak.coordinator)
    line = shown.line("21")
    assert line is not None
    assert (shown.stages, line.standing) == ((Stage.SELF, Stage.DOCUMENT), Decimal(2))
    advance(siak, Step.INTERVIEW)
    score(siak, 3)
    line = seen(siak, siak.coordinator).line("21")
    assert line is not None
    assert line.standing == Decimal(2)  # the interview is not over


def test_only_the_assessors_show_their_scores_and_once_a_stage(siak: Region) -> None:
    with pytest.raises(Refused) as refused:
        scores.show(place=siak.as_(siak.coordinator), at=AT)
    assert refused.value.refusal.code == "not_an_assessor"
    scores.show(place=siak.as_(siak.external), at=AT)
    with pytest.raises(Refused) as refused:
        scores.show(place=siak.as_(siak.external), at=AT)
    assert refused.value.refusal.code == "shown_already"


def test_nothing_an_assessor_writes_is_published_before_the_decision(siak: Region) -> None:
    score(siak)
    assert siak.as_(siak.ministry).participation.published_levels["21"] == "4"
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    assert siak.as_(siak.ministry).participation.published_levels["21"] == "4"
    process.decide(place=siak.as_(siak.ministry), number="Kepmen 1/2025", day=AT.date(), at=AT)
    assert siak.as_(siak.ministry).participation.published_levels["21"] == "2"


def test_a_score_after_consolidation_changes_the_measured_difference_at_once(siak: Region) -> None:
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    score(siak, 1, by=siak.ministry)
    row = RatedDifference.objects.get(participation=siak.participation, indicator="21")
    assert (row.self_level, row.external_level, row.stage, row.assessor_id) == (
        Decimal(4),
        Decimal(1),
        Stage.CONSOLIDATED,
        siak.ministry.id,
    )
