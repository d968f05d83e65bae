"""What an assessor types: saved by itself, carried by an own checklist, and counted only once it is entered."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.operations import digest
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.models import EvidenceUse, Score, ScoreDraft, ScoreDraftVersion
from livinglab.evaluations.operations import objections, score_drafts, scores, verdicts
from livinglab.evaluations.operations.score_drafts import DraftConflict, ScoreRefused
from livinglab.evaluations.queries.raters import mark_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.browsing import BASE, page, sent
from tests.evaluations.external import advance, rows_of, score
from tests.evaluations.external import sent as sent_region
from tests.evaluations.kit import AT, Region, open_round
from tests.organizations.people import signed_in, trail

pytestmark = pytest.mark.django_db

HERE = "2025/21/score/"
TYPED = {
    "level": "2",
    "met": ["1", "2"],
    "facts": "Fakta.",
    "analysis": "Analisis.",
    "justification": "Justifikasi.",
    "base_version": "0",
}


@pytest.fixture
def siak() -> Region:
    """Everything at level 3, indicator 21 at 4, sent: the documents are being read."""
    return sent_region(level=3, i21=4)


def save(region: Region, base: int = 0, **changes: object) -> score_drafts.Typed:
    typed = replace(Opinion(met=frozenset({1, 2})), **changes)  # type: ignore[arg-type]
    place = region.as_(region.external)
    return score_drafts.save(place=place, indicator="21", opinion=typed, base_version=base, at=AT)


def drafts(region: Region) -> list[ScoreDraft]:
    with tenancy(region.organization.id):
        return list(ScoreDraft.objects.all())


def versions(region: Region) -> list[tuple[int, str, bool]]:
    with tenancy(region.organization.id):
        rows = ScoreDraftVersion.objects.order_by("number")
        return [(row.number, row.facts, row.is_entered) for row in rows]


def autosave(client: Client, status: int = 200, **changes: object) -> dict[str, object]:
    answer = client.post(BASE + HERE, {**TYPED, **changes}, headers={"X-Autosave": "true"})
    assert answer.status_code == status, answer.content.decode()[:2000]
    found: dict[str, object] = answer.json()
    return found


def test_what_is_typed_is_kept_in_versions_and_changes_no_level(siak: Region) -> None:
    save(siak, facts="Per")
    save(siak, 1, facts="Pertama", level=Decimal(2))
    assert versions(siak) == [(1, "Per", False), (2, "Pertama", False)]
    assert rows_of(siak) == []
    assert siak.as_(siak.ministry).participation.standing_index == Decimal("3.02")
    newest = trail("14.08")[0]
    assert newest.action == "evaluations.score_drafted"
    assert newest.facts == {
        "year": 2025,
        "indicator": "21",
        "stage": "document",
        "version": 2,
        "changed": ["level", "facts"],
        "before": {"level": "", "facts": digest("Per")},
        "after": {"level": "2", "facts": digest("Pertama")},
    }


def test_entering_makes_it_the_score_and_every_version_of_the_stage_stays(siak: Region) -> None:
    place = siak.as_(siak.external)
    save(siak, level=Decimal(2), facts="F", analysis="A", justification="J")
    first = scores.enter(place=place, indicator="21", version=1, at=AT)
    assert first.standing.score.index == Decimal("2.99")
    save(siak, 2, level=Decimal(1), facts="F lain", analysis="A", justification="J")
    scores.enter(place=place, indicator="21", version=3, at=AT)
    (row,) = rows_of(siak)
    assert (row.level, row.facts, row.met, row.version) == (Decimal(1), "F lain", [1, 2], 2)
    assert versions(siak) == [(1, "F", False), (2, "F", True), (3, "F lain", False), (4, "F lain", True)]


def test_what_is_not_complete_is_kept_but_not_entered(siak: Region) -> None:
    save(siak, facts="Fakta saja.")
    with pytest.raises(ScoreRefused) as refused:
        scores.enter(place=siak.as_(siak.external), indicator="21", version=1, at=AT)
    assert [one.field for one in refused.value.problems] == ["level", "analysis", "justification"]
    assert (rows_of(siak), versions(siak)) == ([], [(1, "Fakta saja.", False)])


def test_what_a_colleague_changed_since_is_not_entered_unseen(siak: Region) -> None:
    save(siak, level=Decimal(2), facts="F", analysis="A", justification="J")
    save(siak, 1, level=Decimal(1), facts="F", analysis="A", justification="J")
    with pytest.raises(Refused) as refused:
        scores.enter(place=siak.as_(siak.external), indicator="21", version=1, at=AT)
    assert refused.value.refusal.code == "changed_meanwhile"
    assert rows_of(siak) == []


def test_two_assessors_on_different_fields_are_merged_and_on_the_same_one_asked(siak: Region) -> None:
    save(siak, facts="F", analysis="A")
    save(siak, 1, facts="F lain", analysis="A")
    merged = save(siak, 1, facts="F", analysis="A lain")
    assert (merged.merged, merged.draft.facts, merged.draft.analysis) == (True, "F lain", "A lain")
    with pytest.raises(DraftConflict) as conflict:
        save(siak, 1, facts="F ketiga", analysis="A")
    assert conflict.value.found.conflicts == ("facts",)
    assert (conflict.value.stored.facts, conflict.value.version) == ("F lain", 3)
    assert [number for number, *_rest in versions(siak)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("level", "met", "is_stored"),
    [("3", {2, 3}, True), ("2", {2, 3}, True), ("4", {2, 3}, False), ("3", {3}, False), ("1", set(), True)],
)
def test_a_level_is_offered_only_when_all_below_it_are_met(
    siak: Region, level: str, met: set[int], is_stored: bool
) -> None:
    wanted = {"level": Decimal(level), "met": frozenset(met)}
    if is_stored:
        save(siak, **wanted)
        assert [row.level for row in drafts(siak)] == [Decimal(level)]
        return
    with pytest.raises(ScoreRefused) as refused:
        save(siak, **wanted)
    assert [one.field for one in refused.value.problems] == ["level"]
    assert drafts(siak) == []


def test_nobody_of_the_region_writes_a_draft_and_nobody_before_it_is_sent(siak: Region) -> None:
    for region, who in ((siak, siak.coordinator), (siak, siak.internal)):
        with pytest.raises(Refused) as refused:
            score_drafts.save(place=region.as_(who), indicator="21", opinion=Opinion(), base_version=0, at=AT)
        assert refused.value.refusal.code == "not_an_assessor"
    other = open_round(code="14.01")
    with pytest.raises(Refused) as refused:
        save(other, facts="F")
    assert refused.value.refusal.code == "not_open_to_assessors"
    assert (drafts(siak), drafts(other)) == ([], [])


def test_a_score_from_elsewhere_is_a_version_too_and_stands_in_the_way_of_an_open_form(siak: Region) -> None:
    save(siak, facts="Belum selesai.")
    score(siak, 3)
    assert versions(siak) == [(1, "Belum selesai.", False), (2, "Fakta asesor.", True)]
    (row,) = rows_of(siak)
    assert row.met == [1, 2, 3]  # a level without a checklist says that all levels up to it are met
    with pytest.raises(DraftConflict):
        save(siak, 1, facts="Masih diketik.")


def test_a_settled_objection_keeps_what_was_typed_before_it(siak: Region) -> None:
    score(siak, 2)
    scores.show(place=siak.as_(siak.external), at=AT)
    raised = objections.raise_objection(
        place=siak.as_(siak.coordinator), indicator="21", requested_level=Decimal(4), reason="Ada.", at=AT
    )
    save(siak, 1, level=Decimal(2), facts="Sedang ditulis.", analysis="A", justification="J")
    objections.settle(
        place=siak.as_(siak.external),
        objection_id=raised.id,
        outcome=objections.Outcome.UPHELD,
        reason="Benar.",
        at=AT,
    )
    assert [(number, facts) for number, facts, _is_entered in versions(siak)][1:] == [
        (2, "Sedang ditulis."),
        (3, "Fakta asesor."),
    ]
    assert rows_of(siak)[0].met == [1, 2, 3, 4]


def test_taking_a_score_back_leaves_the_words_as_a_draft(siak: Region) -> None:
    row = score(siak).score
    scores.clear(place=siak.as_(siak.external), indicator="21", mark=mark_of(row), at=AT)
    found = page(signed_in(siak.external), HERE)
    assert "Fakta asesor." in found
    assert "Saved, but not entered" in found


def test_the_next_stage_begins_with_an_empty_form_and_keeps_the_versions_of_the_last(siak: Region) -> None:
    score(siak)
    advance(siak, Step.INTERVIEW)
    client = signed_in(siak.external)
    assert 'name="base_version" value="0"' in client.get(BASE + HERE).content.decode()
    assert "nothing was typed at this stage" in page(client, f"{HERE}versions/")
    assert versions(siak) == [(1, "Fakta asesor.", True)]


def test_the_form_says_what_differs_what_is_missing_and_what_the_checks_say(siak: Region) -> None:
    client = signed_in(siak.external)
    answer = autosave(client)
    live = " ".join(str(answer["live"]).split())
    assert (answer["version"], answer["merged"]) == (1, None)
    assert "Your checklist differs from the region's on 2 levels" in live
    assert "Level 3: met, says the region; not met on your checklist." in live
    assert "Level 4: met, says the region; not met on your checklist." in live
    assert "Still missing for level 3" in live
    assert "Tick the criterion of level 3, if it is met." in live
    assert "Index with this level" in live
    assert "2.99" in live
    assert "<small>A076</small>" in live  # two levels below the region's own
    assert "Saved, but not entered" in live
    assert rows_of(siak) == []


def test_a_piece_that_the_assessor_refused_is_missing_for_the_next_level(siak: Region) -> None:
    client = signed_in(siak.external)
    before = str(autosave(client)["live"])
    with tenancy(siak.organization.id):
        use = EvidenceUse.objects.get(indicator="21", level=3)
    verdicts.judge(
        place=siak.as_(siak.external),
        indicator="21",
        piece_id=use.piece_id,
        is_accepted=False,
        note="Bukan bukti.",
        at=AT,
    )
    after = str(autosave(client, base_version="1")["live"])
    assert (before.count("Evidence:"), after.count("Evidence:")) == (1, 2)


def test_a_level_beyond_the_checklist_comes_back_with_what_was_typed(siak: Region) -> None:
    client = signed_in(siak.external)
    answer = autosave(client, status=422, level="4")
    assert answer["problems"] == ["Levels are cumulative: with this checklist the highest level is 2."]
    found = sent(client, HERE, status=422, **{**TYPED, "level": "4", "intent": "enter"})
    assert "Justifikasi." in found
    assert (drafts(siak), rows_of(siak)) == ([], [])


def test_only_levels_that_the_checklist_carries_can_be_chosen(siak: Region) -> None:
    save(siak, level=Decimal(2))
    html = signed_in(siak.external).get(BASE + HERE).content.decode()
    open_to = [level for level in "12345" if f'name="level" value="{level}" disabled' not in html]
    assert open_to == ["1", "2"]
    assert html.count("The region says: met.") == 3
    assert html.count("The region says: not met.") == 1


def test_a_conflict_is_told_to_the_script_and_settled_on_a_page(siak: Region) -> None:
    client = signed_in(siak.external)
    autosave(client)
    autosave(signed_in(siak.ministry), base_version="1", facts="Fakta rekan.")
    told = autosave(client, status=409, base_version="1", facts="Fakta saya.")
    assert (told["version"], told["changed_by"]) == (2, str(siak.ministry))
    assert told["stored"] == {
        "level": "2",
        "met": ["1", "2"],
        "facts": "Fakta rekan.",
        "analysis": "Analisis.",
        "justification": "Justifikasi.",
    }
    form = {**TYPED, "base_version": "1", "facts": "Fakta saya.", "intent": "enter"}
    asked = sent(client, HERE, status=409, **form)
    assert "Fakta rekan." in asked
    assert "Fakta saya." in asked
    chosen = {**form, "base_version": "2", "choose-facts": "edit", "facts": "Fakta kami.", "intent": "merge"}
    assert client.post(BASE + HERE, chosen).status_code == 302
    assert [row.facts for row in drafts(siak)] == ["Fakta kami."]


def test_a_form_without_its_version_stores_nothing(siak: Region) -> None:
    told = autosave(signed_in(siak.external), status=422, base_version="")
    assert told["problems"] == ["The form was incomplete. Load this page again and repeat the change."]
    assert drafts(siak) == []


def test_the_versions_of_a_stage_are_read_by_assessors_only(siak: Region) -> None:
    client = signed_in(siak.external)
    autosave(client)
    sent(client, HERE, status=302, **{**TYPED, "base_version": "1", "intent": "enter"})
    found = page(client, f"{HERE}versions/")
    assert "2 versions at this stage" in found
    assert "Version 2: level 2 entered" in found
    assert signed_in(siak.coordinator).get(f"{BASE}{HERE}versions/").status_code == 403


def test_a_checklist_of_a_stage_that_is_over_is_kept(siak: Region) -> None:
    score(siak)
    advance(siak, Step.INTERVIEW)
    with tenancy(siak.organization.id), pytest.raises(Exception, match="the stage is over"):
        Score.objects.filter(stage="document", indicator="21").update(met=[1])


def test_a_saved_draft_counts_only_once_it_is_entered(siak: Region) -> None:
    client = signed_in(siak.external)
    assert "Index now 3.02" in page(client, HERE)
    client.post(BASE + HERE, {**TYPED, "intent": "save"})
    assert siak.as_(siak.ministry).participation.standing_index == Decimal("3.02")
    client.post(BASE + HERE, {**TYPED, "base_version": "1", "intent": "enter"})
    assert siak.as_(siak.ministry).participation.standing_index == Decimal("2.99")


PAGES = (
    "2025/",
    "2025/21/",
    "2025/score/",
    "2025/21/score/",
    "2025/21/score/versions/",
    "2025/objections/",
    "2025/findings/",
    "2025/findings/A1/",
    "2025/recommendation/",
    "2025/minutes/",
    "2025/team/",
    "2025/report/",
    "2025/workbook/",
)


def statements(client: Client, path: str) -> list[str]:
    """The statements of a page, without transaction control, as the benchmarks count them."""
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    control = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    return [one["sql"] for one in counted if not one["sql"].startswith(control)]


@pytest.mark.parametrize("who", ["external", "ministry"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_an_assessor_takes_at_most_ten_queries(siak: Region, path: str, who: str) -> None:
    score(siak)
    score(siak, 1, indicator="22", by=siak.ministry)
    advance(siak, Step.INTERVIEW)
    asked = statements(signed_in(getattr(siak, who)), BASE + path)
    assert len(asked) <= 10, f"{len(asked)}\n" + "\n".join(one[:160] for one in asked)


def test_settling_an_objection_takes_at_most_ten_queries(siak: Region) -> None:
    score(siak)
    scores.show(place=siak.as_(siak.external), at=AT)
    raised = objections.raise_objection(
        place=siak.as_(siak.coordinator), indicator="21", requested_level=Decimal(4), reason="Ada.", at=AT
    )
    path = f"{BASE}2025/objections/{raised.id}/settle/"
    assert len(statements(signed_in(siak.external), path)) <= 10
