"""A package is taken over with one click, made ready, adapted, brought up to date with one question, and taken back."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import AdoptionState, AdoptionStep, Manner
from livinglab.adoptions.domain.values import Wrong
from livinglab.adoptions.models import Adoption, AdoptionFigure, DraftFile, Edition
from livinglab.adoptions.operations import adoptions, agreements, editions
from livinglab.adoptions.queries.adoptions import values_of
from livinglab.adoptions.queries.editions import texts_in_use
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.merging import Side
from tests.adoptions import kit
from tests.organizations.people import make_member, organization
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
LETTER, RULE, FORM = "documents/letter.html", "rules/eligibility.json", "form.schema.json"


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def by_whom() -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT}


def figure(row: Adoption) -> AdoptionFigure:
    return AdoptionFigure.objects.get(adoption_id=row.id)


def test_one_click_takes_a_package_over_as_it_is_and_a_second_makes_no_second_copy() -> None:
    release = releases.published()
    first, second = kit.started(release), kit.started(release)
    assert first.id == second.id
    with tenancy(first.organization_id):
        edition = Edition.objects.get()
    assert (edition.digest, edition.changed, edition.number) == (release.digest, 0, 1)
    assert (figure(first).manner, figure(first).state) == (Manner.AS_IS, AdoptionState.PREPARING)


def test_only_what_is_offered_and_only_anothers_package_is_taken_over() -> None:
    waiting = releases.sent()
    with pytest.raises(Refused) as error:
        adoptions.start(release=waiting, **by_whom())
    assert code_of(error) == "not_listed"
    releases.listed(waiting)
    waiting.refresh_from_db()
    with pytest.raises(Refused) as error:
        adoptions.start(
            organization=organization("32.11"), release=waiting, by=releases.coordinator(), at=kit.AT
        )
    assert code_of(error) == "own_package"
    citizen = make_member("warga.uji", Role.CITIZEN, kit.ADOPTER)
    with pytest.raises(Refused) as error:
        adoptions.start(organization=kit.home(), release=waiting, by=citizen, at=kit.AT)
    assert code_of(error) == "may_not_prepare"
    with tenancy(kit.home().id):
        assert not Adoption.objects.exists()


def test_values_are_checked_and_kept_all_or_none() -> None:
    row = kit.started()
    wrong = {**kit.VALUES, "income_limit": {"": "banyak"}, "lapse_days": {"": "99"}}
    with pytest.raises(adoptions.ValuesRefused) as error:
        adoptions.set_values(adoption_id=row.id, unit_code="", said=wrong, **by_whom())
    assert error.value.problems == {"income_limit": Wrong.NOT_A_WHOLE_NUMBER, "lapse_days": Wrong.TOO_LARGE}
    kit.valued(row)
    with tenancy(row.organization_id):
        assert values_of(row.id) == {
            ("", "agency_name"): "Dinas Sosial Contoh",
            ("", "income_limit"): 650_000,
            ("", "valid_months"): 6,
            ("", "lapse_days"): 10,
        }
    adoptions.set_values(adoption_id=row.id, unit_code="", said={"valid_months": {"": ""}}, **by_whom())
    with tenancy(row.organization_id):
        assert ("", "valid_months") not in values_of(row.id)
    with pytest.raises(Refused) as refused:
        adoptions.set_values(adoption_id=row.id, unit_code="", said={"colour": {"": "biru"}}, **by_whom())
    assert code_of(refused) == "parameter_unknown"


def test_it_goes_live_only_when_agreed_and_ready() -> None:
    row = kit.started()
    live = {"adoption_id": row.id, "step": AdoptionStep.GO_LIVE, **by_whom()}
    with pytest.raises(Refused) as error:
        adoptions.take(**live)
    assert code_of(error) == "not_agreed"
    kit.agreed(row)
    kit.valued(row)
    kit.answered(row, but=Requirement.SECURITY_TEST)
    with pytest.raises(Refused) as error:
        adoptions.take(**live)
    assert code_of(error) == "not_ready"
    adoptions.answer(
        adoption_id=row.id,
        requirement=Requirement.SECURITY_TEST,
        how=adoptions.Answer(waived_because="Diuji bersama asalnya."),
        **by_whom(),
    )
    taken = adoptions.take(**live)
    assert (taken.state, taken.live_at) == (AdoptionState.LIVE, kit.AT)
    assert figure(row).state == AdoptionState.LIVE
    with pytest.raises(Refused) as error:
        adoptions.take(adoption_id=row.id, step=AdoptionStep.PAUSE, **by_whom())
    assert code_of(error) == "reason_missing"


def test_a_requirement_needs_a_number_with_its_day_or_a_reason_of_who_decides() -> None:
    row = kit.started()
    given = {"adoption_id": row.id, "requirement": Requirement.HOSTING}
    for how, code in (
        (adoptions.Answer(), "number_missing"),
        (adoptions.Answer(number="1"), "number_missing"),
        (adoptions.Answer(number="1", on=date(2026, 11, 3)), "day_to_come"),
    ):
        with pytest.raises(Refused) as error:
            adoptions.answer(how=how, **given, **by_whom())
        assert code_of(error) == code
    clerk = make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER)
    waiver = adoptions.Answer(waived_because="Tidak perlu.")
    with pytest.raises(Refused) as error:
        adoptions.answer(organization=kit.home(), by=clerk, at=kit.AT, how=waiver, **given)
    assert code_of(error) == "may_not_decide"


def test_both_sides_sign_and_a_change_takes_the_signatures_away() -> None:
    row = kit.started()
    propose = {"adoption_id": row.id, **by_whom()}
    with pytest.raises(Refused) as error:
        agreements.propose(terms=agreements.Terms("Paket.", " ", "-", "-"), **propose)
    assert code_of(error) == "terms_missing"
    agreement = agreements.propose(terms=kit.TERMS, **propose)
    agreements.sign(agreement_id=agreement.id, **by_whom())
    changed = agreements.propose(terms=agreements.Terms("Paket.", "-", "-", "-"), **propose)
    assert (changed.id, changed.adopter_signed_at) == (agreement.id, None)
    with pytest.raises(agreements.UnknownAgreement):
        agreements.sign(
            organization=organization("33.22"),
            agreement_id=agreement.id,
            by=releases.coordinator("33.22"),
            at=kit.AT,
        )
    kit.agreed(row)
    with pytest.raises(Refused) as error:
        agreements.propose(terms=kit.TERMS, **propose)
    assert code_of(error) == "agreed_already"


def test_an_adaptation_is_measured_and_one_click_goes_back() -> None:
    row = kit.started()
    kit.edited(row, LETTER, "Surat Keterangan Tidak Mampu", "Surat Keterangan Kurang Mampu")
    edition = editions.publish_draft(adoption_id=row.id, note="Judul kita.", **by_whom())
    assert (edition.number, edition.changed) == (2, 1)
    assert (figure(row).manner, figure(row).changed) == (Manner.ADAPTED, 1)
    editions.go_back(adoption_id=row.id, number=1, **by_whom())
    assert figure(row).manner == Manner.AS_IS
    with pytest.raises(editions.UnknownEdition):
        editions.go_back(adoption_id=row.id, number=7, **by_whom())


def test_an_edit_that_breaks_the_package_is_kept_as_a_draft_and_put_to_no_work() -> None:
    row = kit.started()
    kit.edited(row, RULE, "form.income", "form.wage")
    with pytest.raises(editions.NotSound) as error:
        editions.publish_draft(adoption_id=row.id, note="", **by_whom())
    assert {fault.path for fault in error.value.report.faults} == {RULE}
    with tenancy(row.organization_id):
        assert Edition.objects.count() == 1
        assert DraftFile.objects.get().path == RULE
    kit.edited(row, RULE, "form.income", "form.income")
    with tenancy(row.organization_id):
        assert not DraftFile.objects.exists()
    with pytest.raises(Refused) as refused:
        editions.publish_draft(adoption_id=row.id, note="", **by_whom())
    assert code_of(refused) == "nothing_edited"


def test_a_newer_release_asks_only_where_both_changed_the_same() -> None:
    release = releases.published()
    row = kit.started(release)
    kit.edited(row, LETTER, "Surat Keterangan Tidak Mampu", "Surat Keterangan Kurang Mampu")
    kit.edited(row, FORM, '"en": "Full name"', '"en": "Your full name"')
    editions.publish_draft(adoption_id=row.id, note="", **by_whom())
    files = releases.files_of("sktm", organization("32.11"))
    newer = releases.published(
        files=releases.raised(
            files,
            "1.0.1",
            **{
                LETTER: ("Surat Keterangan Tidak Mampu", "Surat Keterangan Keluarga Tidak Mampu"),
                "messages/lapsed.id.md": ("kapan saja", "kapan pun"),
            },
        )
    )
    with pytest.raises(editions.Undecided) as error:
        editions.upgrade(adoption_id=row.id, release=newer, choices={}, **by_whom())
    (question,) = error.value.merged.conflicts
    assert question.path.startswith(LETTER)
    edition = editions.upgrade(
        adoption_id=row.id, release=newer, choices={question.path: Side.OURS}, **by_whom()
    )
    with tenancy(row.organization_id):
        row.refresh_from_db()
        texts = texts_in_use(row)
    assert (row.base_id, edition.number) == (newer.id, 3)
    assert "Surat Keterangan Kurang Mampu" in texts[LETTER]
    assert "kapan pun" in texts["messages/lapsed.id.md"]
    assert '"Your full name"' in texts[FORM]
    editions.go_back(adoption_id=row.id, number=2, **by_whom())
    with tenancy(row.organization_id):
        row.refresh_from_db()
    assert row.base_id == release.id
    assert figure(row).release_id == release.id


def test_an_edition_never_changes_and_no_other_region_sees_it() -> None:
    row = kit.started()
    with (
        tenancy(row.organization_id),
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
    ):
        Edition.objects.update(note="lain")
    with tenancy(organization("32.11").id):
        assert not Adoption.objects.exists()
        assert not Edition.objects.exists()
