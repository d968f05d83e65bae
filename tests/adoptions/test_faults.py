"""Faults of a version: reported by adopters, counted, answered once for all, counted alone in public."""

import pytest

from livinglab.adoptions.domain.notices import MANY, NoticeKind
from livinglab.adoptions.models import Adoption, FaultReport, Notice
from livinglab.adoptions.operations import adoptions, faults, notices
from livinglab.adoptions.queries.faults import faults_of, faults_received, faults_waiting, parts_of
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Role
from livinglab.releases.models import Release
from tests.adoptions import kit
from tests.organizations.people import make_member, organization, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
PART = "form.schema.json#/properties/income"
TEXT = "Angka dengan titik ditolak."
ADOPTERS = ("14.08", "33.22", "34.02")


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def by(code: str) -> dict[str, object]:
    return {"organization": organization(code), "by": releases.coordinator(code), "at": kit.AT}


def adopted(release: Release, code: str) -> Adoption:
    return adoptions.start(release=release, **by(code))


def reported(release: Release, code: str, path: str = PART) -> FaultReport:
    return faults.report(adoption_id=adopted(release, code).id, path=path, text=TEXT, **by(code))


def kinds() -> list[str]:
    return list(Notice.objects.order_by("at", "id").values_list("kind", flat=True))


def test_the_same_fault_of_several_adopters_is_one_and_most_reported_come_first() -> None:
    release = releases.published()
    reported(release, "14.08", "")
    for code in ADOPTERS[1:]:
        reported(release, code)
    found = faults_received(organization(releases.PUBLISHER).id)
    assert [(one.path, one.adopters, one.is_open) for one in found] == [(PART, 2, True), ("", 1, True)]
    assert faults_waiting(organization(releases.PUBLISHER).id) == 2
    assert faults_received(organization("14.08").id) == ()


def test_a_report_has_words_and_a_part_and_is_made_once_by_who_works_on_the_service() -> None:
    row = adopted(releases.published(), "14.08")
    given = {"adoption_id": row.id, **by("14.08")}
    for path, text, code in ((PART, " ", "text_missing"), ("rules/none.json", TEXT, "part_unknown")):
        with pytest.raises(Refused) as error:
            faults.report(path=path, text=text, **given)
        assert code_of(error) == code
    citizen = make_member("warga.uji", Role.CITIZEN, "14.08")
    with pytest.raises(Refused) as error:
        faults.report(path=PART, text=TEXT, **{**given, "by": citizen})
    assert code_of(error) == "may_not_prepare"
    faults.report(path=PART, text=TEXT, **given)
    with pytest.raises(Refused) as error:
        faults.report(path=PART, text=TEXT, **given)
    assert code_of(error) == "reported_already"
    assert FaultReport.objects.count() == 1


def test_one_answer_reaches_all_and_names_a_later_version() -> None:
    release = releases.published()
    for code in ADOPTERS[:2]:
        reported(release, code)
    given = {"release_id": release.id, "path": PART, **by(releases.PUBLISHER)}
    for text, fixed_in, code in ((" ", "", "answer_missing"), ("Ya.", "1.0.0", "version_unknown")):
        with pytest.raises(Refused) as error:
            faults.answer(text=text, fixed_in=fixed_in, **given)
        assert code_of(error) == code
    files = releases.files_of("sktm", organization(releases.PUBLISHER))
    releases.sent(files=releases.raised(files, "1.0.1"))
    with pytest.raises(faults.UnknownFault):
        faults.answer(text="Ya.", **{**given, **by("14.08")})
    assert faults.answer(text="Sudah diperbaiki.", fixed_in="1.0.1", **given) == 2
    with pytest.raises(faults.UnknownFault):
        faults.answer(text="Lagi.", **given)
    (found,) = faults_of(release.listing_id)
    assert (found.is_open, found.adopters, found.reports[0].fixed_in) == (False, 2, "1.0.1")
    again = [notices.tell_of_fault_answer(release_id=release.id, path=PART, at=kit.AT) for _ in range(2)]
    assert again == [2, 0]
    assert kinds() == [NoticeKind.FAULT_ANSWERED] * 2


def test_the_publisher_is_told_of_the_first_and_of_as_many_as_count() -> None:
    release = releases.published()
    told = []
    assert len(ADOPTERS) == MANY
    for minute, code in enumerate(ADOPTERS):
        at = kit.AT.replace(minute=minute)
        row = adopted(release, code)
        one = faults.report(adoption_id=row.id, path=PART, text=TEXT, **{**by(code), "at": at})
        told.append(notices.tell_of_fault(report_id=one.id))
        assert notices.tell_of_fault(report_id=one.id) == 0
    assert told == [1, 0, 1]
    assert kinds() == [NoticeKind.FAULT_FOUND, NoticeKind.FAULT_OF_MANY]


def test_the_parts_of_a_version_have_names() -> None:
    parts = parts_of(releases.published().id)
    assert parts[PART] == "Kolom “Penghasilan keluarga sebulan”"
    assert "documents/letter.html" in parts


def test_the_pages_report_answer_and_count_without_words_or_names() -> None:
    release = releases.published()
    row = adopted(release, "14.08")
    adopter, publisher = signed_in(kit.officer()), signed_in(releases.coordinator())
    path = f"/en/regions/14.08/adoptions/{row.id}/faults/"
    assert "You have reported no fault of Letter of financial hardship." in adopter.get(path).content.decode()
    assert adopter.post(path, {"part": PART, "text": ""}).status_code == 422
    assert adopter.post(path, {"part": PART, "text": TEXT}).status_code == 302
    public = publisher.get("/en/packages/32.11/sktm/faults/").content.decode()
    assert "1 reported fault of Letter of financial hardship waits for its answer." in public
    assert TEXT not in public
    assert "Siak" not in public
    here = "/en/regions/32.11/packages/faults/"
    page = publisher.get(here).content.decode()
    assert TEXT in page
    assert "Kabupaten Siak" in page
    key = f"{release.id}:{PART}"
    assert publisher.post(here, {"fault": key, f"answer-{key}": ""}).status_code == 422
    assert publisher.post(here, {"fault": key, f"answer-{key}": "Kami perbaiki."}).status_code == 302
    assert "Kami perbaiki." in adopter.get(path).content.decode()
    assert publisher.post(here, {"fault": "x", "answer-x": "Ya."}).status_code == 404
    stranger = signed_in(releases.coordinator("33.22"))
    assert stranger.get(f"/en/regions/33.22/adoptions/{row.id}/faults/").status_code == 404
    assert TEXT not in stranger.get("/en/regions/33.22/packages/faults/").content.decode()
