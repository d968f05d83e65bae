"""The audit trail of the work on an evaluation: every change with what was before, nothing of a score not shown."""

import hashlib
from decimal import Decimal

import pytest

from livinglab.audit.operations import digest
from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import AnswerVersion, EvidenceUse
from livinglab.evaluations.operations import answers, findings, process, scores, team, verdicts
from livinglab.evaluations.queries.teams import seats_of
from livinglab.evidence import operations as evidence
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.browsing import text_of
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, Region, answer_everything, open_round
from tests.organizations.people import make_member, signed_in, trail

pytestmark = pytest.mark.django_db


def newest(action: str) -> dict[str, object]:
    return next(one.facts for one in trail("14.08") if one.action == action)


def read_trail(region: Region) -> str:
    return text_of(signed_in(region.coordinator).get("/en/organizations/14.08/audit/"), 200)


def test_an_answer_is_told_field_by_field_and_the_chain_covers_its_words() -> None:
    siak = open_round()
    place = siak.as_(siak.entry)
    first = Draft(Decimal(2), frozenset({2}), "Fakta.", "", "")
    answers.save(place=place, indicator="21", draft=first, base_version=0, at=AT)
    second = Draft(Decimal(2), frozenset({2, 3}), "Fakta lain.", "", "")
    answers.save(place=place, indicator="21", draft=second, base_version=1, at=AT)
    facts = newest("evaluations.answer_saved")
    assert (facts["changed"], facts["version"]) == (["met", "facts"], 2)
    assert facts["before"] == {"met": [2], "facts": digest("Fakta.")}
    assert facts["after"] == {"met": [2, 3], "facts": digest("Fakta lain.")}
    # the words behind the fingerprints stand in versions that nobody changes
    with tenancy(siak.organization.id):
        kept = {row.facts for row in AnswerVersion.objects.all()}
    assert {f"sha256:{hashlib.sha256(text.encode()).hexdigest()}" for text in kept} == {
        digest("Fakta."),
        digest("Fakta lain."),
    }


def test_minutes_that_lapse_are_told() -> None:
    siak = sent_back_from_signature()
    assert newest("evaluations.reopened")["minutes"] == {"number": "BA/1/2025", "date": "2025-06-01"}
    assert "minutes: date: 2025-06-01, number: BA/1/2025" in read_trail(siak)


def sent_back_from_signature() -> Region:
    siak = open_round()
    answer_everything(siak, 3)
    process.approve(place=siak.as_(siak.responsible), at=AT)
    coordinator = siak.as_(siak.coordinator)
    day = AT.date().replace(day=1)
    process.sign(place=coordinator, minutes_number="BA/1/2025", minutes_date=day, has_consent=True, at=AT)
    process.reopen(place=siak.as_(siak.coordinator), at=AT)
    return siak


def test_a_name_taken_out_of_the_team_is_kept_beside_the_chain() -> None:
    siak = open_round()
    place = siak.as_(siak.coordinator)
    row = team.seat(place=place, function="data", holder="Anggota Data (uji)", at=AT)
    team.unseat(place=place, seat_id=row.id, at=AT)
    assert newest("evaluations.team_member_removed")["before"] == {"holder": digest("Anggota Data (uji)")}
    with tenancy(siak.organization.id):
        assert seats_of(siak.organization.id, siak.participation.id) == []
    assert "before: held by: “Anggota Data (uji)”" in read_trail(siak)


def test_findings_and_verdicts_written_anew_keep_what_stood_there() -> None:
    siak = sent(level=3)
    place = siak.as_(siak.external)
    for strengths in ("Kuat.", "Sangat kuat."):
        findings.write_finding(
            place=place, aspect="A1", fulfilment="", strengths=strengths, weaknesses="", at=AT
        )
    assert newest("evaluations.finding_written")["before"] == {"strengths": digest("Kuat.")}
    with tenancy(siak.organization.id):
        piece_id = EvidenceUse.objects.filter(indicator="21")[0].piece_id
    for is_accepted, note in ((False, "Tidak terbaca."), (True, "")):
        verdicts.judge(
            place=place, indicator="21", piece_id=piece_id, is_accepted=is_accepted, note=note, at=AT
        )
    facts = newest("evaluations.evidence_judged")
    assert facts["before"] == {"verdict": "refused", "note": digest("Tidak terbaca.")}
    assert facts["after"] == {"verdict": "accepted", "note": ""}
    # nothing of it is the region's to read before the end
    assert "Tidak terbaca." not in read_trail(siak)
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    shown = read_trail(siak)
    for words in ("“Tidak terbaca.”", "“Kuat.”", "“Sangat kuat.”"):
        assert words in shown


def test_a_note_of_the_review_team_written_anew_is_kept() -> None:
    siak = sent(level=3)
    score(siak)
    for is_valid, note in ((False, "Bukti tidak dibaca."), (True, "")):
        scores.mark_validity(
            place=siak.as_(siak.ministry),
            indicator="21",
            stage=Stage.DOCUMENT,
            is_valid=is_valid,
            note=note,
            at=AT,
        )
    facts = newest("evaluations.score_reviewed")
    assert facts["before"] == {"verdict": "not valid", "note": digest("Bukti tidak dibaca.")}
    assert facts["after"] == {"verdict": "valid", "note": ""}


def test_the_trail_tells_a_region_no_level_that_its_assessors_do_not_show() -> None:
    siak = sent(level=3, i21=5)
    score(siak, 2)
    inspector = make_member("inspektur", Role.INSPECTORATE, "14.08")
    for reader in (siak.coordinator, inspector):
        text = text_of(signed_in(reader).get("/en/organizations/14.08/audit/"), 200)
        assert "Level scored by an assessor What is told of it here has not been shown" in text
        assert "level: 2" not in text
    scores.show(place=siak.as_(siak.external), at=AT)
    assert "level: 2" in read_trail(siak)


def test_class_and_review_of_a_piece_keep_their_reasons_from_before() -> None:
    siak = open_round()
    with tenancy(siak.organization.id):
        piece = evidence.add_link(
            organization_id=siak.organization.id,
            url="https://siakkab.go.id/",
            details=evidence.Details(title="Perbup", type="policy"),
            by=siak.entry.id,
            at=AT,
        )
    for accepted, reason in ((False, "Belum ditandatangani."), (True, "")):
        evidence.review(
            organization_id=siak.organization.id,
            piece_id=piece.id,
            accepted=accepted,
            reason=reason,
            by=siak.internal.id,
            at=AT,
        )
    facts = newest("evidence.piece_accepted")
    assert facts["before"] == {"review": "refused", "reason": digest("Belum ditandatangani.")}
    assert "“Belum ditandatangani.”" in read_trail(siak)
    evidence.classify(
        organization_id=siak.organization.id,
        piece_id=piece.id,
        classification="limited",
        class_reason="Belum diumumkan.",
        by=siak.entry.id,
        at=AT,
    )
    facts = newest("evidence.piece_classified")
    assert facts["before"] == {"class": "open", "letter": "", "reason": ""}
    assert facts["after"] == {"class": "limited", "letter": "", "reason": digest("Belum diumumkan.")}
