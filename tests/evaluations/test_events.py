"""What others may react to is told in the transaction of the write, and only when the write holds."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from livinglab.evaluations import events as told_here
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.events import (
    AnswerMoved,
    AnswerSaved,
    AssessorAssigned,
    AssessorProfileChanged,
    AssessorUnassigned,
    ConclusionWritten,
    ConflictDeclared,
    EvidenceJudged,
    EvidenceUseChanged,
    IndicatorAssigned,
    LevelScored,
    ObjectionRaised,
    ObjectionSettled,
    PartnershipChanged,
    ReportMade,
    RoundChanged,
    RoundOpened,
    ScoreCleared,
    ScoreReviewed,
    ScoresShown,
    TeamChanged,
)
from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import (
    answer_steps,
    answers,
    assessors,
    delegation,
    evidence_uses,
    findings,
    objections,
    reports,
    round_changes,
    scores,
    team,
    verdicts,
)
from livinglab.evaluations.operations.round_changes import Days
from livinglab.evaluations.queries.raters import mark_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import University
from livinglab.organizations.queries import Role
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import (
    AT,
    MINISTRY,
    SPBE,
    Region,
    accept_and_validate,
    answer,
    at_home,
    draft,
    open_round,
)
from tests.evidence.people import link
from tests.kernel.listener import listening, told
from tests.organizations.people import make_member, organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listener() -> Iterator[None]:
    with listening(told_here):
        yield


def test_each_step_of_an_answer_is_told_and_a_refused_one_is_not() -> None:
    region = open_round()
    answer(region, "21", 3)
    entry = region.as_(region.entry)
    internal = region.as_(region.internal)
    with pytest.raises(Refused):  # without a reason
        answer_steps.take_step(place=internal, indicator="21", step=AnswerStep.RETURN, at=AT)
    answer_steps.take_step(
        place=internal, indicator="21", step=AnswerStep.RETURN, reason="Bukti belum ada.", at=AT
    )
    answer_steps.take_step(place=entry, indicator="21", step=AnswerStep.HAND_IN, at=AT)
    accept_and_validate(region, "21")
    found = told(AnswerMoved)
    assert [one["step"] for one in found] == ["hand_in", "return", "hand_in", "accept", "validate"]
    assert {(one["organization_id"], one["indicator"]) for one in found} == {
        (str(region.organization.id), "21")
    }


def test_scores_and_objections_are_told() -> None:
    region = sent(level=3, i21=5)
    score(region, 2)
    assert [(one["indicator"], one["stage"]) for one in told(LevelScored)] == [("21", "document")]
    advance(region, Step.INTERVIEW)
    row = objections.raise_objection(
        place=region.as_(region.coordinator),
        indicator="21",
        requested_level=Decimal(5),
        reason="Pasal 7.",
        at=AT,
    )
    assert [one["objection_id"] for one in told(ObjectionRaised)] == [str(row.id)]
    assert told(ObjectionSettled) == []
    objections.settle(
        place=region.as_(region.external),
        objection_id=row.id,
        outcome=objections.Outcome.UPHELD,
        reason="Terbukti.",
        at=AT,
    )
    assert [one["outcome"] for one in told(ObjectionSettled)] == ["upheld"]
    assert [one["stage"] for one in told(LevelScored)] == ["document", "interview"]


def test_an_answer_is_told_each_time_it_changes_and_not_when_it_is_stored_again() -> None:
    region = open_round()
    place = region.as_(region.entry)
    for version, level in ((0, 3), (1, 3), (1, 2)):
        answers.save(place=place, indicator="21", draft=draft(level), base_version=version, at=AT)
    with pytest.raises(answers.AnswerRefused):
        answers.save(place=place, indicator="21", draft=draft(9), base_version=2, at=AT)
    assert [(one["indicator"], one["version"]) for one in told(AnswerSaved)] == [("21", 1), ("21", 2)]


def test_each_assigned_indicator_is_told_once() -> None:
    region = open_round()
    wanted: dict[str, Any] = {
        "agency_id": region.agency.id,
        "assignee_id": None,
        "due_on": date(2025, 7, 1),
        "at": AT,
    }
    for _again in range(2):
        delegation.assign(place=region.as_(region.coordinator), indicators=["20", "21"], **wanted)
    with pytest.raises(Refused):
        delegation.assign(place=region.as_(region.entry), indicators=["22"], **wanted)
    found = told(IndicatorAssigned)
    assert [(one["indicator"], one["agency_id"], one["due_on"]) for one in found] == [
        ("20", str(region.agency.id), "2025-07-01"),
        ("21", str(region.agency.id), "2025-07-01"),
    ]


def test_the_team_is_told_as_it_changes() -> None:
    region = open_round()
    place = region.as_(region.coordinator)
    team.enter_decree(place=place, number="SK 1/2025", day=date(2025, 1, 2), at=AT)
    row = team.seat(place=place, function="coordinator", holder="Anggota (uji)", at=AT)
    with pytest.raises(Refused):
        team.seat(place=place, function="coordinator", holder="anggota (uji)", at=AT)
    team.unseat(place=place, seat_id=row.id, at=AT)
    assert [one["change"] for one in told(TeamChanged)] == ["decree", "seated", "unseated"]


def test_evidence_is_told_where_it_comes_and_goes() -> None:
    region = open_round()
    place = region.as_(region.entry)
    piece = link(region.organization, region.entry)
    use = evidence_uses.attach(place=place, indicator="21", piece_id=piece.id, level=2, at=AT)
    with pytest.raises(Refused):
        evidence_uses.attach(place=place, indicator="21", piece_id=piece.id, level=2, at=AT)
    evidence_uses.detach(place=place, indicator="21", use_id=use.id, at=AT)
    found = told(EvidenceUseChanged)
    assert [(one["change"], one["piece_id"]) for one in found] == [
        ("attached", str(piece.id)),
        ("detached", str(piece.id)),
    ]


def test_evidence_that_follows_a_revision_is_told_for_each_indicator() -> None:
    region = open_round()
    old, new = (link(region.organization, region.entry, f"https://{name}.example/") for name in ("a", "b"))
    for indicator in ("20", "21"):
        evidence_uses.attach(
            place=region.as_(region.entry), indicator=indicator, piece_id=old.id, level=2, at=AT
        )
    for _again in range(2):
        evidence_uses.follow_revision(
            organization_id=region.organization.id, older_id=old.id, newer_id=new.id, at=AT
        )
    found = [one for one in told(EvidenceUseChanged) if one["change"] == "revised"]
    assert sorted((one["indicator"], one["piece_id"]) for one in found) == [
        ("20", str(new.id)),
        ("21", str(new.id)),
    ]


def test_a_report_is_told_once_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    region = open_round()
    shared: dict[str, Any] = {"organization_id": region.organization.id, "at": AT}
    made = reports.ask(place=region.as_(region.entry), language="id", form="docx", at=AT)
    monkeypatch.setattr(reports, "draw_pictures", lambda _paper: {})
    assert told(ReportMade) == []
    for _again in range(2):
        reports.make(job_id=made.id, **shared)
    failing = reports.ask(place=region.as_(region.entry), language="en", form="docx", at=AT)
    monkeypatch.setattr(reports, "write_docx", _no_paper)
    reports.make(job_id=failing.id, **shared)
    assert [(one["report_id"], one["audience"]) for one in told(ReportMade)] == [(str(made.id), "region")]


def _no_paper(*_given: object, **_more: object) -> bytes:
    raise OSError("no paper")


def _first_piece(region: Region) -> EvidenceUse:
    with tenancy(region.organization.id):
        return EvidenceUse.objects.filter(indicator="21").order_by("letter")[0]


def test_what_assessors_and_the_review_team_do_is_told() -> None:
    region = sent(level=3)
    external, ministry = region.as_(region.external), region.as_(region.ministry)
    use = _first_piece(region)
    verdicts.judge(
        place=external, indicator="21", piece_id=use.piece_id, is_accepted=False, note="Belum.", at=AT
    )
    scored = score(region, 2)
    with pytest.raises(Refused):  # not valid, but nobody said why
        scores.mark_validity(
            place=ministry, indicator="21", stage=Stage.DOCUMENT, is_valid=False, note="", at=AT
        )
    scores.mark_validity(place=ministry, indicator="21", stage=Stage.DOCUMENT, is_valid=True, note="", at=AT)
    scores.clear(place=external, indicator="21", mark=mark_of(scored.score), at=AT)
    scores.show(place=external, at=AT)
    texts = {"fulfilment": "Ada.", "strengths": "Ada.", "weaknesses": ""}
    findings.write_finding(place=external, aspect="A1", **texts, at=AT)
    closing = {"summary": "Baik.", "excellence": "", "weakness": "", "advice": "Lanjutkan."}
    findings.write_recommendation(place=external, **closing, at=AT)
    assert [(one["piece_id"], one["is_accepted"]) for one in told(EvidenceJudged)] == [
        (str(use.piece_id), False)
    ]
    assert [(one["stage"], one["is_valid"]) for one in told(ScoreReviewed)] == [("document", True)]
    assert [one["indicator"] for one in told(ScoreCleared)] == ["21"]
    assert [one["stage"] for one in told(ScoresShown)] == ["document"]
    assert [one["aspect"] for one in told(ConclusionWritten)] == ["A1", ""]


def test_assignments_are_told_when_they_begin_and_end() -> None:
    region = open_round()
    person = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, MINISTRY)
    with pytest.raises(Refused):  # nobody knows where the person is at home
        assessors.assign(participation=region.participation, assessor=person, by=region.ministry, at=AT)
    at_home(person)
    row = assessors.assign(participation=region.participation, assessor=person, by=region.ministry, at=AT)
    for _again in range(2):
        assessors.unassign(assignment=row, by=region.ministry, at=AT)
    assert [one["assessor_id"] for one in told(AssessorAssigned)] == [str(person.id)]
    assert [(one["assessor_id"], one["reason"]) for one in told(AssessorUnassigned)] == [
        (str(person.id), "unassigned")
    ]


def test_what_keeps_assessors_apart_from_regions_is_told_once() -> None:
    region = open_round()
    person = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, MINISTRY)
    school = University.objects.create(code="universitas-uji", name="Universitas Uji")
    shared: dict[str, Any] = {"by": region.ministry, "at": AT}
    for _again in range(2):
        assessors.set_profile(assessor=person, home=organization("61.71"), university=school, **shared)
        assessors.declare_conflict(
            assessor=person, organization=region.organization, reason="Keluarga.", **shared
        )
        partner = assessors.declare_partner(university=school, organization=region.organization, **shared)
    with pytest.raises(Refused):  # without a reason
        assessors.declare_conflict(assessor=person, organization=organization("32.11"), reason="", **shared)
    assessors.end_partner(partner=partner, **shared)
    assert [one["assessor_id"] for one in told(AssessorProfileChanged)] == [str(person.id)]
    assert [(one["assessor_id"], one["organization_id"]) for one in told(ConflictDeclared)] == [
        (str(person.id), str(region.organization.id))
    ]
    assert [(one["university_id"], one["change"]) for one in told(PartnershipChanged)] == [
        (str(school.id), "declared"),
        (str(school.id), "ended"),
    ]


def test_a_round_is_told_when_it_opens_and_changes() -> None:
    region = open_round()
    shared: dict[str, Any] = {"round_id": region.participation.round_id, "by": region.ministry, "at": AT}
    days = {name: getattr(SPBE, name) for name in ("self_until", "document_until", "interview_until")}
    for _again in range(2):
        round_changes.change_days(days=Days(**days, ends_on=date(2026, 1, 31)), **shared)
    sumedang = organization("32.11")
    round_changes.add_participants(participants=[sumedang.id], **shared)
    round_changes.withdraw_participant(organization_id=sumedang.id, **shared)
    assert [one["round_id"] for one in told(RoundOpened)] == [str(region.participation.round_id)]
    assert [one["change"] for one in told(RoundChanged)] == [
        "days",
        "participants_added",
        "participant_withdrawn",
    ]
