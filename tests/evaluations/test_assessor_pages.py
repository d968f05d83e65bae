"""The pages of assessors, of the region that objects, and of the ministry: who opens them, and what comes of forms."""

from decimal import Decimal

import pytest
from django.test import Client

from livinglab.audit.operations import PLATFORM
from livinglab.audit.queries import latest_entries
from livinglab.evaluations.domain.process import State, Step
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import AspectFinding, Assignment, Objection, Recommendation, Score
from livinglab.evaluations.operations import scores
from livinglab.evaluations.queries.raters import mark_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, Region, at_home, open_round
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db

HERE = "/regions/14.08/evaluations/2025"
FORM = {
    "facts": "Fakta.",
    "analysis": "Analisis.",
    "justification": "Justifikasi.",
    "met": ["1", "2"],
    "base_version": "0",
    "intent": "enter",
}


@pytest.fixture
def siak() -> Region:
    return sent(level=3, i21=4)


def scores_of(region: Region, stage: Stage = Stage.DOCUMENT) -> list[Score]:
    with tenancy(region.organization.id):
        return list(Score.objects.filter(stage=stage))


def assessor(region: Region) -> Client:
    return signed_in(region.external)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


PAGES = ("/score/", "/21/score/", "/objections/", "/findings/", "/findings/A1/", "/recommendation/")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_assessor_opens_in_both_languages_and_is_kept_by_nobody(
    siak: Region, path: str
) -> None:
    score(siak)
    client = assessor(siak)
    for language in ("", "/en"):
        answer = client.get(f"{language}{HERE}{path}")
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/21/score/", "/findings/", "/findings/A1/", "/recommendation/"])
def test_the_region_and_a_foreign_assessor_do_not_open_the_assessors_pages(siak: Region, path: str) -> None:
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    assert signed_in(siak.coordinator).get(HERE + path).status_code == 403
    assert signed_in(stranger).get(HERE + path).status_code == 403
    assert Client().get(HERE + path).status_code == 302


def test_a_score_is_stored_by_the_form_and_the_next_indicator_opens(siak: Region) -> None:
    answer = assessor(siak).post(f"{HERE}/21/score/", {**FORM, "level": "2", "intent": "next"})
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}/22/score/")
    (row,) = scores_of(siak)
    assert (row.level, row.justification) == (Decimal(2), "Justifikasi.")


def test_a_score_without_a_reason_comes_back_with_what_was_typed(siak: Region) -> None:
    given = {**FORM, "level": "2", "facts": "Hanya ini.", "justification": ""}
    answer = assessor(siak).post(f"{HERE}/21/score/", given)
    assert answer.status_code == 422
    assert "Hanya ini." in answer.content.decode()
    assert scores_of(siak) == []


def test_sentences_to_begin_with_are_put_under_what_was_typed_and_nothing_is_stored(siak: Region) -> None:
    given = {**FORM, "level": "2", "facts": "Sudah ada.", "intent": "scaffold-facts"}
    page = assessor(siak).post(f"{HERE}/21/score/", given).content.decode()
    assert "Sudah ada.\n\n" in page
    assert "&lt;&lt;" in page
    assert scores_of(siak) == []


def test_a_score_is_taken_back_by_the_form(siak: Region) -> None:
    row = score(siak).score
    answer = assessor(siak).post(f"{HERE}/21/score/clear/", {"mark": mark_of(row)})
    assert answer.status_code == 302
    assert scores_of(siak) == []


def test_the_review_team_marks_a_score_by_the_form(siak: Region) -> None:
    score(siak)
    client = signed_in(siak.ministry)
    without = client.post(f"{HERE}/21/validity/", {"stage": "document", "valid": "no", "note": ""})
    assert without.status_code == 422
    client.post(f"{HERE}/21/validity/", {"stage": "document", "valid": "no", "note": "Bukti lain."})
    assert scores_of(siak)[0].is_valid is False


def test_nobody_outside_reads_a_draft_that_was_not_sent() -> None:
    region = open_round()
    paths = (
        "/",
        "/21/",
        "/score/",
        "/21/score/",
        "/findings/",
        "/findings/A1/",
        "/recommendation/",
        "/report/",
    )
    for client in (assessor(region), signed_in(region.ministry)):
        for path in paths:
            assert "masih mengerjakan penilaian mandirinya" in text(client, HERE + path, 403)


def test_the_region_sees_both_raters_when_the_stage_is_over_and_objects(siak: Region) -> None:
    score(siak)
    client = signed_in(siak.coordinator)
    assert "Fakta asesor." not in text(client, f"{HERE}/21/objection/")
    advance(siak, Step.INTERVIEW)
    assert "Fakta asesor." in text(client, f"{HERE}/21/objection/")
    assert "/21/objection/" in text(client, f"{HERE}/score/?show=different")
    wrong = client.post(f"{HERE}/21/objection/", {"level": "5", "reason": "Lebih tinggi."})
    assert wrong.status_code == 422
    client.post(f"{HERE}/21/objection/", {"level": "4", "reason": "Pasal 7, halaman 3."})
    with tenancy(siak.organization.id):
        assert Objection.objects.get().requested_level == Decimal(4)


def test_an_objection_is_settled_by_the_form_and_only_then_the_scores_are_consolidated(siak: Region) -> None:
    score(siak)
    advance(siak, Step.INTERVIEW)
    signed_in(siak.coordinator).post(f"{HERE}/21/objection/", {"level": "4", "reason": "Pasal 7."})
    client = assessor(siak)
    refused = client.post(f"{HERE}/advance/", {"step": "consolidate"})
    assert refused.status_code == 422
    with tenancy(siak.organization.id):
        row = Objection.objects.get()
    settle = f"{HERE}/objections/{row.id}/settle/"
    assert "Pasal 7." in text(client, settle)
    assert client.post(settle, {"outcome": "partly", "reason": "Sebagian.", "level": "4"}).status_code == 422
    assert client.post(settle, {"outcome": "partly", "reason": "Sebagian.", "level": "3"}).status_code == 302
    assert [found.level for found in scores_of(siak, Stage.INTERVIEW)] == [Decimal(3)]
    client.post(f"{HERE}/advance/", {"step": "consolidate"})
    assert siak.as_(siak.external).participation.state == State.CONSOLIDATED


def test_an_objection_is_withdrawn_by_the_form(siak: Region) -> None:
    score(siak)
    advance(siak, Step.INTERVIEW)
    client = signed_in(siak.coordinator)
    client.post(f"{HERE}/21/objection/", {"level": "4", "reason": "Pasal 7."})
    with tenancy(siak.organization.id):
        row = Objection.objects.get()
    withdraw = f"{HERE}/objections/{row.id}/withdraw/"
    assert client.post(withdraw, {"withdrawal": ""}).status_code == 422
    assert client.post(withdraw, {"withdrawal": "Sudah jelas."}).status_code == 302
    with tenancy(siak.organization.id):
        assert Objection.objects.get().outcome == "withdrawn"


def test_the_levels_of_the_stage_under_way_are_shown_by_the_form(siak: Region) -> None:
    score(siak)
    assert signed_in(siak.coordinator).post(f"{HERE}/show/").status_code == 403
    assert assessor(siak).post(f"{HERE}/show/").status_code == 302
    assert "Fakta asesor." in text(signed_in(siak.coordinator), f"{HERE}/21/objection/")


def test_the_decision_is_entered_by_the_ministry_only(siak: Region) -> None:
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    assert assessor(siak).get(f"{HERE}/decide/").status_code == 403
    client = signed_in(siak.ministry)
    text(client, f"{HERE}/decide/")
    assert client.post(f"{HERE}/decide/", {"number": "", "day": "2025-06-01"}).status_code == 422
    assert client.post(f"{HERE}/decide/", {"number": "Kepmen 1", "day": "2025-13-01"}).status_code == 422
    client.post(f"{HERE}/decide/", {"number": "Kepmen 1", "day": "2025-06-01"})
    assert siak.as_(siak.ministry).participation.state == State.DECIDED


def test_the_assessor_reads_what_the_checks_say_of_the_own_score(siak: Region) -> None:
    client = assessor(siak)
    assert "A076" not in text(client, f"{HERE}/21/score/")
    score(siak)  # two levels below the region's own
    page = text(client, f"{HERE}/21/score/")
    assert "<small>A076</small>" in page
    assert "A076" not in text(client, f"{HERE}/20/score/")


def test_a_step_that_checks_stop_says_which_of_them_and_where(siak: Region) -> None:
    score(siak)
    with tenancy(siak.organization.id):
        Score.objects.filter(stage=Stage.DOCUMENT, indicator="21").update(facts="", analysis="")
    advance(siak, Step.INTERVIEW)
    for page in (
        text(assessor(siak), f"{HERE}/score/"),
        assessor(siak).post(f"{HERE}/advance/", {"step": "consolidate"}).content.decode(),
    ):
        assert "A075" in page
        assert "tanpa Fakta dan Analisis" in page
        assert f'<a href="{HERE}/21/score/">Indikator 21</a>' in page
    assert "A075" not in text(signed_in(siak.coordinator), f"{HERE}/score/")


def test_a_decision_that_checks_stop_says_which_of_them_and_where(siak: Region) -> None:
    score(siak)
    scores.mark_validity(
        place=siak.as_(siak.ministry),
        indicator="21",
        stage=Stage.DOCUMENT,
        is_valid=False,
        note="Tanpa bukti.",
        at=AT,
    )
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    client = signed_in(siak.ministry)
    given = {"number": "Kepmen 1", "day": "2025-06-01"}
    for page in (text(client, f"{HERE}/decide/"), client.post(f"{HERE}/decide/", given).content.decode()):
        assert "A081" in page
        assert f'<a href="{HERE}/21/score/">Indikator 21</a>' in page
    assert siak.as_(siak.ministry).participation.state == State.CONSOLIDATED


def test_the_index_stands_at_the_head_of_both_raters_until_the_end(siak: Region) -> None:
    score(siak)
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    for user in (siak.external, siak.ministry):
        assert "<h1>Indeks 2,99: " in text(signed_in(user), f"{HERE}/score/")
    client = signed_in(siak.ministry)
    client.post(f"{HERE}/decide/", {"number": "Kepmen 1", "day": "2025-06-01"})
    assert siak.as_(siak.ministry).participation.state == State.DECIDED
    for user in (siak.external, siak.ministry):
        assert "<h1>Indeks 2,99: " in text(signed_in(user), f"{HERE}/score/")


@pytest.mark.parametrize("path", ["/evaluations/bias/", "/evaluations/assessors/{person}/"])
def test_pages_across_regions_say_what_their_figures_are(siak: Region, path: str) -> None:
    page = text(signed_in(siak.ministry), path.format(person=siak.external.id))
    assert "Pra-penilaian, bukan hasil resmi, kecuali yang sudah ditetapkan." in page


def test_findings_begin_with_what_the_levels_say_and_are_stored(siak: Region) -> None:
    client = assessor(siak)
    assert "tingkat 3" in text(client, f"{HERE}/findings/A1/")
    assert "level 3" in text(client, f"/en{HERE}/findings/A1/")
    text(client, f"{HERE}/findings/X9/", 404)
    client.post(f"{HERE}/findings/A1/", {"fulfilment": "Cukup.", "strengths": "", "weaknesses": "Tidak ada."})
    client.post(f"{HERE}/recommendation/", {"summary": "Ringkas.", "advice": "Lanjutkan."})
    with tenancy(siak.organization.id):
        assert AspectFinding.objects.get().fulfilment == "Cukup."
        assert Recommendation.objects.get().advice == "Lanjutkan."


def test_an_assessor_finds_the_own_regions(siak: Region) -> None:
    assert f"{HERE}/score/" in text(assessor(siak), "/evaluations/assigned/")
    stranger = make_member("asesor.lain", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    assert HERE not in text(signed_in(stranger), "/evaluations/assigned/")
    text(signed_in(siak.coordinator), "/evaluations/assigned/", 403)


def test_the_ministry_assigns_many_regions_at_once_and_sees_who_cannot_be(siak: Region) -> None:
    person = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    client = signed_in(siak.ministry)
    text(client, "/evaluations/assessors/")
    page = f"/evaluations/assessors/{person.id}/"
    assert "Daerah asal asesor belum diisi" in text(client, page)
    given = {"participation": [str(siak.participation.id)]}
    assert client.post(f"{page}assign/", given).status_code == 422  # nobody knows where the person is from
    at_home(person)
    assert client.post(f"{page}assign/", given).status_code == 302
    assert client.post(f"{page}assign/", given).status_code == 422  # assigned already
    assert client.post(f"{page}assign/", {}).status_code == 422
    client.post(f"{page}conflict/", {"organization": "14.08", "reason": "Saudara bekerja di sana."})
    assert not Assignment.objects.filter(assessor=person, ended_at__isnull=True).exists()
    assert "dinyatakan" in text(client, page)


def test_profile_and_partners_are_kept_by_their_forms(siak: Region) -> None:
    person = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    client = signed_in(siak.ministry)
    page = f"/evaluations/assessors/{person.id}/"
    for home, university in (("99.99", ""), ("", ""), ("14.08", "universitas-tidak-ada"), ("14.08", "\x00")):
        answered = client.post(f"{page}profile/", {"home": home, "university": university})
        assert answered.status_code == 422
    riau = {"home": "14.08", "university": "universitas-riau"}
    assert client.post(f"{page}profile/", riau).status_code == 302
    assert client.post(f"{page}assign/", {"participation": [str(siak.participation.id)]}).status_code == 422
    assert client.post(f"{page}profile/", {"home": "14.08", "university": ""}).status_code == 302
    with tenancy(PLATFORM):
        entries = latest_entries(PLATFORM, limit=50)
    newest, first = [one.facts for one in entries if one.action == "evaluations.assessor_profile_set"]
    assert (first["before"], first["home"]) == ({}, "14.08")
    assert newest["before"] == {"home": "14.08", "university": "Universitas Riau"}
    partners = "/evaluations/assessors/partners/"
    assert client.post(partners, {"university": "", "organization": "14.08"}).status_code == 422
    assert client.post(partners, {"university": "universitas-riau", "organization": ""}).status_code == 422
    client.post(partners, {"university": "universitas-riau", "organization": "14.08"})
    assert "<h3>Universitas Riau</h3>" in text(client, partners)


def test_a_university_that_is_missing_is_added_once_in_one_spelling(siak: Region) -> None:
    client = signed_in(siak.ministry)
    partners = "/evaluations/assessors/partners/"

    def add(name: str, **more: str) -> int:
        return client.post(partners, {"intent": "list", "name": name, **more}).status_code

    assert add("") == 422
    assert add("univ.  riau") == 422  # in the list, in another spelling
    assert add("Universitas Rau") == 422  # nearly the same: somebody has to look
    assert add("Universitas Lancang Kuning") == 302
    assert add("Universitas Rau", another="yes") == 302
    page = text(client, partners)
    for code in ("universitas-lancang-kuning", "universitas-rau"):
        assert f'<option value="{code}">' in page


def test_an_assessor_enters_the_own_home_before_the_first_assignment(siak: Region) -> None:
    person = make_member("asesor.baru", Role.EXTERNAL_ASSESSOR, "kementerian-panrb")
    client = signed_in(person)
    form = 'action="/evaluations/assigned/profile/"'
    assert form in text(client, "/evaluations/assigned/")
    assert client.post("/evaluations/assigned/profile/", {"home": ""}).status_code == 422
    given = {"home": "61.71", "university": "universitas-riau"}
    assert client.post("/evaluations/assigned/profile/", given).status_code == 302
    assert form not in text(client, "/evaluations/assigned/")
    assert client.post("/evaluations/assigned/profile/", given).status_code == 422  # the ministry corrects it
    coordinator = signed_in(siak.coordinator)
    assert coordinator.post("/evaluations/assigned/profile/", given).status_code == 403


@pytest.mark.parametrize(
    "path", ["/evaluations/assessors/", "/evaluations/assessors/partners/", "/evaluations/bias/"]
)
def test_only_the_ministry_opens_the_pages_across_regions(siak: Region, path: str) -> None:
    for user in (siak.external, siak.coordinator):
        text(signed_in(user), path, 403)
    text(signed_in(siak.ministry), path)
