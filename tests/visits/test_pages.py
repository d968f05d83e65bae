"""The pages of visits: who sees what, forms that keep what was typed, both languages, few queries."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from livinglab.kernel import clock
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import VisitState
from livinglab.visits.models import Commitment, Rating, Visit
from livinglab.visits.operations import visits
from tests.organizations.people import signed_in
from tests.visits import kit
from tests.visits.kit import HOST, VISITOR, Scene

pytestmark = pytest.mark.django_db

SYNTHETIC = "Termasuk data rekaan dari peragaan."
SECRET = "Melihat layanan yang sudah terpadu"


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def body(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def test_everybody_sees_who_visited_whom_but_not_what_was_written(who: Scene) -> None:
    visit = kit.minuted(who)
    for path in (f"/visits/{visit.id}/", "/visits/"):
        page = body(Client(), path)
        assert "Sumedang" in page
        assert "Siak" in page
        assert SECRET not in page
        assert "Catatan uji" not in page
    assert "Dari 1 studi tiru oleh daerah, 0 berakhir dengan komitmen" in body(Client(), "/visits/")
    english = body(Client(), "/en/visits/")
    assert "Of 1 study visit by regions, 0 ended in a commitment" in english


def test_both_parties_and_the_ministry_read_what_was_written(who: Scene) -> None:
    visit = kit.minuted(who)
    for reader in (who.host_coordinator, who.visitor_entry, who.ministry):
        page = body(signed_in(reader), f"/visits/{visit.id}/")
        assert SECRET in page
        assert "Catatan uji" in page
    for other in (who.citizen, who.third_coordinator, who.mentor):
        assert SECRET not in body(signed_in(other), f"/visits/{visit.id}/")


@pytest.mark.parametrize("state", [VisitState.REQUESTED, VisitState.AGREED, VisitState.DECLINED])
def test_a_visit_that_did_not_take_place_is_its_parties_own(who: Scene, state: VisitState) -> None:
    visit = kit.AT_STATE[state](who)
    path = f"/visits/{visit.id}/"
    assert Client().get(path).headers["Location"].startswith("/accounts/login/")
    for other in (who.citizen, who.third_coordinator, who.mentor):
        assert SECRET not in body(signed_in(other), path, 403)
    for reader in (who.host_coordinator, who.visitor_entry, who.ministry):
        assert SECRET in body(signed_in(reader), path)
    assert str(visit.id) not in body(Client(), "/visits/")


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_visit_is_shown_at_each_state_in_both_languages(
    who: Scene, state: VisitState, language: str
) -> None:
    visit = kit.AT_STATE[state](who)
    for reader in (who.host_coordinator, who.visitor_head):
        page = body(signed_in(reader), f"{language}/visits/{visit.id}/")
        assert ("Siak" in page, "Sumedang" in page) == (True, True)


def test_each_kind_of_visitor_is_counted_for_itself(who: Scene) -> None:
    kit.committed(who)
    for kind in (VisitorKind.NGO, VisitorKind.MINISTRY):
        visit = kit.guest(who, kind)
        visits.hold(visit_id=visit.id, day=kit.TODAY, by=who.host_coordinator, at=kit.AT)
    page = body(Client(), "/visits/")
    assert "Dari 1 studi tiru oleh daerah, 1 berakhir dengan komitmen" in page
    for said in ("kabupaten atau kota", "kementerian atau lembaga", "organisasi masyarakat sipil"):
        assert said in page
    assert "Organisasi masyarakat sipil di" in body(Client(), "/visits/?kind=ngo")
    assert "Organisasi masyarakat sipil di" not in body(Client(), "/visits/?kind=region")


def test_the_name_that_a_host_typed_is_read_by_those_who_read_what_was_written(who: Scene) -> None:
    visit = kit.guest(who)
    visits.hold(visit_id=visit.id, day=kit.TODAY, by=who.host_coordinator, at=kit.AT)
    path = f"/visits/{visit.id}/"
    for page in (
        *(body(client, path) for client in (Client(), signed_in(who.third_coordinator))),
        *(body(client, "/visits/") for client in (Client(), signed_in(who.third_coordinator))),
        body(Client(), f"/en{path}"),
    ):
        assert "Lembaga uji" not in page
    assert "Organisasi masyarakat sipil" in body(Client(), path)
    for reader in (who.host_coordinator, who.ministry):
        assert "Lembaga uji" in body(signed_in(reader), path)
    assert "Lembaga uji" in body(signed_in(who.host_coordinator), f"/regions/{HOST}/visits/")


def test_made_up_visits_are_listed_in_demonstrations_only_and_the_page_says_so(
    who: Scene, settings: Settings
) -> None:
    made_up = kit.held(who)
    Visit.objects.filter(id=made_up.id).update(is_synthetic=True)
    page = body(Client(), "/visits/")
    assert "Belum ada studi tiru" in page
    assert str(made_up.id) not in page
    assert f'value="{HOST}"' not in page
    assert SYNTHETIC not in page
    settings.DEMO = True
    page = body(Client(), "/visits/?page=1")  # another address: pages are kept until a visit changes
    assert str(made_up.id) in page
    assert f'value="{HOST}"' in page
    assert SYNTHETIC in page


def test_filters_narrow_the_list_and_unknown_values_are_named(who: Scene) -> None:
    visit = kit.held(who)
    for query in (f"host={HOST}", f"visitor={VISITOR}", "state=held", "year=2026", "page=7"):
        assert str(visit.id) in body(Client(), f"/visits/?{query}")
    for query in (f"host={VISITOR}", "state=committed", "year=2025", "host=x%00"):
        assert str(visit.id) not in body(Client(), f"/visits/?{query}")
    for query in ("kind=tourist", "state=requested", "year=20"):
        body(Client(), f"/visits/?{query}", 422)


def test_lists_need_few_queries_however_long(
    who: Scene, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        visit = kit.guest(who)
        if number % 2:
            visits.hold(visit_id=visit.id, day=kit.TODAY, by=who.host_coordinator, at=kit.AT)
    kit.committed(who)
    with django_assert_num_queries(9):
        body(Client(), "/visits/")
    member = signed_in(who.host_coordinator)
    with django_assert_num_queries(10):
        body(member, f"/regions/{HOST}/visits/")


def test_ours_names_the_requests_to_answer_first_and_only_to_us(who: Scene) -> None:
    kit.requested(who)
    page = body(signed_in(who.host_coordinator), f"/regions/{HOST}/visits/")
    assert "1 permintaan menunggu jawaban Sumedang" in page
    assert page.index("Permintaan yang perlu dijawab") < page.index("Menjadi tuan rumah")
    body(signed_in(who.visitor_coordinator), f"/regions/{HOST}/visits/", 403)
    body(signed_in(who.citizen), f"/regions/{VISITOR}/visits/", 403)


def test_the_form_is_filled_with_the_steps_of_the_address(who: Scene) -> None:
    page = body(
        signed_in(who.visitor_head), f"/regions/{HOST}/visits/ask/?instrument=spbe-2020&steps=21:4,22:3"
    )
    assert '<option value="21" selected>' in page
    assert '<option value="22" selected>' in page
    body(signed_in(who.visitor_head), f"/regions/{HOST}/visits/ask/?steps=nonsense")
    body(signed_in(who.visitor_entry), f"/regions/{HOST}/visits/ask/", 403)
    body(signed_in(who.visitor_head), "/regions/99.99/visits/ask/", 404)


def _request(**changes: str) -> dict[str, str]:
    first = clock.today() + timedelta(days=7)
    return {
        "instrument": "spbe-2020",
        "indicator-1": "21",
        "level-1": "4",
        "indicator-2": "",
        "level-2": "",
        "purpose": f"{SECRET} (uji).",
        "wished_from": first.isoformat(),
        "wished_until": (first + timedelta(days=7)).isoformat(),
        "people": "4",
        **changes,
    }


def test_a_request_is_sent_and_a_wrong_one_keeps_what_was_typed(who: Scene) -> None:
    client = signed_in(who.visitor_head)
    path = f"/regions/{HOST}/visits/ask/"
    for changes, said in (
        ({"indicator-1": ""}, "Sebutkan paling sedikit satu langkah"),
        ({"purpose": ""}, "Sebutkan apa yang ingin dilihat"),
        ({"wished_from": "kapan saja"}, "Tulis tanggal seperti 31-12-2026."),
        ({"people": "banyak"}, "Jumlah terdekat adalah 1"),
    ):
        answer = client.post(path, _request(**changes))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert ('value="4" selected' in page) or "indicator-1" in changes
    assert not Visit.objects.exists()
    answer = client.post(path, _request())
    visit = Visit.objects.get()
    assert answer.headers["Location"] == f"/visits/{visit.id}/"
    assert [(one.indicator, one.to_level) for one in visit.steps.all()] == [("21", 4)]


def test_the_host_answers_on_the_page_and_nobody_else(who: Scene) -> None:
    visit = kit.requested(who)
    path = f"/visits/{visit.id}/step/"
    answer = signed_in(who.visitor_head).post(path, {"step": "agree", "day-agree": "2026-03-12"})
    assert answer.status_code == 422
    assert "hanya diambil oleh tuan rumah" in answer.content.decode()
    host = signed_in(who.host_coordinator)
    answer = host.post(path, {"step": "decline", "reason-decline": ""})
    assert (answer.status_code, "reason-decline" in answer.content.decode()) == (422, True)
    assert host.post(path, {"step": "nonsense"}).status_code == 422
    answer = host.post(path, {"step": "decline", "reason-decline": "Penuh (uji)."})
    assert answer.status_code == 302
    page = body(signed_in(who.visitor_head), f"/visits/{visit.id}/")
    assert "Tuan rumah lain yang paling sesuai" in page
    assert "/visits/ask/?instrument=spbe-2020&amp;steps=22:3" in page
    assert Visit.objects.get().state == "declined"


def test_minutes_and_commitment_are_entered_on_their_pages(who: Scene) -> None:
    visit = kit.held(who)
    head = signed_in(who.visitor_head)
    body(head, f"/visits/{visit.id}/commit/", 403)
    body(signed_in(who.third_coordinator), f"/visits/{visit.id}/minutes/", 403)
    body(head, f"/visits/{visit.id}/minutes/")
    assert head.post(f"/visits/{visit.id}/minutes/", {"minutes": " "}).status_code == 422
    assert head.post(f"/visits/{visit.id}/minutes/", {"minutes": "Catatan uji."}).status_code == 302
    page = body(head, f"/visits/{visit.id}/commit/")
    assert '<option value="21" selected>' in page
    today = clock.today()
    given = {
        "title": "Komitmen uji",
        "number": "800/9",
        "signer": "Kepala daerah (uji)",
        "signed_on": today.isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
        "indicator-1": "21",
        "level-1": "4",
        "due-1": (today + timedelta(days=200)).isoformat(),
        "manner-1": "atm",
        "indicator-2": "22",
        "level-2": "3",
        "due-2": "",
        "manner-2": "",
    }
    answer = head.post(f"/visits/{visit.id}/commit/", given)
    assert answer.status_code == 422
    assert "Isi tanggal terakhir untuk indikator 22" in answer.content.decode()
    assert not Commitment.objects.exists()
    given["indicator-2"] = ""
    answer = head.post(f"/visits/{visit.id}/commit/", given)
    commitment = Commitment.objects.get()
    assert answer.headers["Location"] == f"/commitments/{commitment.id}/"
    assert [(one.indicator, one.manner) for one in commitment.steps.all()] == [("21", "atm")]


def test_a_commitment_shows_everybody_its_steps_and_the_parties_who_signed(who: Scene) -> None:
    commitment = kit.committed(who)
    path = f"/commitments/{commitment.id}/"
    page = body(Client(), path)
    assert "800/1/2026" in page
    assert "Open Government Partnership" in page
    assert "Kepala daerah (uji)" not in page
    assert "Kepala daerah (uji)" in body(signed_in(who.host_coordinator), path)
    english = body(Client(), f"/en{path}")
    assert "kept 0 of 2 promised steps so far" in english


def test_a_missed_promise_is_shown_as_missed(who: Scene) -> None:
    commitment = kit.committed(who)
    commitment.steps.filter(indicator="21").update(due_on=clock.today() - timedelta(days=1))
    page = body(Client(), f"/commitments/{commitment.id}/")
    assert "melewatkan 1 dari 2 langkah yang dijanjikan" in page
    assert page.count('class="missed"') == 1


def test_a_rating_is_given_on_its_page_by_neither_party(who: Scene) -> None:
    commitment = kit.ended(who)
    path = f"/commitments/{commitment.id}/rate/"
    body(signed_in(who.host_coordinator), path, 403)
    mentor = signed_in(who.mentor)
    body(mentor, path)
    assert mentor.post(path, {"potential": "modest", "completion": "most"}).status_code == 422
    answer = mentor.post(path, {"potential": "modest", "completion": "limited", "reason": "Dasar uji."})
    assert answer.headers["Location"] == f"/commitments/{commitment.id}/"
    assert Rating.objects.get().rater_id == who.mentor.id
    page = body(Client(), f"/commitments/{commitment.id}/")
    assert "Dasar uji." not in page
    assert "Dasar uji." in body(signed_in(who.visitor_head), f"/commitments/{commitment.id}/")


def test_what_does_not_exist_is_not_found() -> None:
    body(Client(), "/visits/01930000-0000-7000-8000-000000000001/", 404)
    body(Client(), "/commitments/01930000-0000-7000-8000-000000000001/", 404)
