"""Forms that nobody means to send: far too long, too large, with signs that cannot be kept. Nothing typed is lost."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Draft, Task
from livinglab.casework.operations import cases
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.domain.form import Field
from livinglab.packages.domain.running.room import MOST_CHARACTERS, overlong
from tests.casework.kit import (
    ANSWERS,
    AT,
    NEIGHBOUR,
    REGION,
    VILLAGE,
    arrived,
    begun,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.casework.test_counter import asked
from tests.casework.test_pages import TYPED, sent
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
FAR_TOO_LONG = "x" * (MOST_CHARACTERS + 10_000)
SHOWN = re.compile(r'name="_shown" value="([^"]*)"')


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def page_with(client: Client, address: str, page: str) -> tuple[str, str]:
    """Return the address of a page of a form, and which questions it shows."""
    found = SHOWN.search(text(client.get(f"{address}form/{page}/")))
    assert found is not None
    return f"{address}form/{page}/", found[1]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", "Tulislah paling banyak 200 karakter untuk “Alamat”; sekarang ada 210.000."),
        ("/en", "Write at most 200 characters for “Address”; these are 210,000."),
    ],
)
def test_a_text_far_too_long_comes_back_as_typed_with_how_long_it_may_be(
    client: Client, prefix: str, said: str
) -> None:
    address = f"/applications/{REGION}/{begun(running())}/"
    where, shown = page_with(client, address, "where")
    answer = client.post(f"{prefix}{where}", {"_shown": shown, "village": NEIGHBOUR, "address": FAR_TOO_LONG})
    page = text(answer)
    assert answer.status_code == 422
    assert page.count(said) == 2  # in the summary and at the question
    assert 'href="#address"' in page
    assert FAR_TOO_LONG in page
    with tenancy(home().id):  # what was right beside it is kept, and what was there before it too
        kept = Draft.objects.get().answers
    assert (kept["village"], kept["address"]) == (NEIGHBOUR, ANSWERS["address"])


def test_a_form_that_is_full_says_what_room_is_left() -> None:
    fields: dict[str, Field] = {}
    before = {"full_name": "x" * (MOST_CHARACTERS - 100)}
    assert overlong(fields, {"school": "y" * 100}, before) == ()
    (found,) = overlong(fields, {"school": "y" * 101, "phone": "1"}, before)
    assert (found.field, found.said) == ("school", {"limit": "99", "count": "101"})


@pytest.mark.parametrize("answer", [FAR_TOO_LONG, "Foto buram." + FAR_TOO_LONG])
def test_an_office_reads_how_long_its_reason_may_be_and_its_step_waits(answer: str) -> None:
    arrived(running())
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    with tenancy(home().id):
        where = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    given = {"_key": "1", "_shown": "result reason", "result": "incomplete", "reason": answer}
    refused = operator.post(where, given)
    assert refused.status_code == 422
    assert answer in text(refused)
    assert "paling banyak 500 karakter" in text(refused)
    assert f"sekarang ada {len(answer):,}".replace(",", ".") in text(refused)
    with tenancy(home().id):
        assert Task.objects.get().node == "check"


def test_the_answer_to_the_office_stays_as_typed(client: Client) -> None:
    address, case = asked()
    found = SHOWN.search(text(client.get(f"{address}correct/")))
    assert found is not None
    typed = {one: TYPED[one] for one in found[1].split() if one in TYPED}
    answer = client.post(f"{address}correct/", {**typed, "_shown": found[1], "address": FAR_TOO_LONG})
    assert answer.status_code == 422
    assert FAR_TOO_LONG in text(answer)
    assert "sekarang ada 210.000" in text(answer)
    with tenancy(home().id):
        assert Case.objects.get(id=case.id).state["answers"]["address"] == ANSWERS["address"]


def test_a_reason_for_opening_again_stays_as_typed(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case_id = Case.objects.get().id
    done(
        case_id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="wrong",
        reason="Bukan warga desa ini.",
        at=clock.now(),
    )
    answer = client.post(f"{address}reopen/", {"reason": "z" * 1_001, "_key": "1"})
    assert answer.status_code == 422
    assert "z" * 1_001 in text(answer)
    assert "1000" in text(answer)
    assert "1001" in text(answer)


def test_a_program_reads_how_long_an_answer_may_be(client: Client) -> None:
    token = begun(running())
    answer = client.put(
        f"/api/v1/regions/{REGION}/application/answers",
        {"answers": {"address": FAR_TOO_LONG}},
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )
    (problem,) = answer.json()["error"]["problems"]
    assert (answer.status_code, problem["field"], problem["code"]) == (422, "address", "too_long")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_is_too_large_for_any_form_says_so_and_nothing_kept_is_lost(client: Client, kind: str) -> None:
    address = f"/applications/{REGION}/{begun(running())}/"
    where, shown = page_with(client, address, "where")
    huge = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1_000)
    body = f"_shown={shown}&address={huge}"
    if kind.startswith("multipart"):
        body = f'--x\r\nContent-Disposition: form-data; name="address"\r\n\r\n{huge}\r\n--x--\r\n'
    answer = client.post(where, body, content_type=kind)
    assert answer.status_code == 413
    assert "Yang Anda kirim terlalu besar" in text(answer)
    assert "5 MB" in text(answer)
    with tenancy(home().id):
        assert Draft.objects.get().answers["address"] == ANSWERS["address"]


def test_too_many_fields_say_so(client: Client) -> None:
    address = f"/applications/{REGION}/{begun(running())}/"
    where, _shown = page_with(client, address, "where")
    given = {f"f{number}": "1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    answer = client.post(where, given)
    assert answer.status_code == 400
    assert "terlalu banyak isian" in text(answer)
    assert "2.000" in text(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/regions/%00/adoptions/{id}/upgrade/1.0.0/",
        "/regions/32.11/adoptions/{id}/upgrade/%00/",
        "/regions/32.11/adoptions/{id}/upgrade/1%000/",
        "/regions/32.11/adoptions/{id}/units/%00/",
        "/regions/32.11/adoptions/{id}/tell/%00/",
        "/regions/32.11/desk/%00/",
        "/regions/%00/counter/",
        "/applications/%00/x/",
        "/applications/32.11/%00/form/who/",
        "/applications/32.11/x/form/%00/",
        "/apply/%00/sktm/",
        "/apply/32.11/%00/",
        "/regions/32.11/services/%00/evidence/",
        "/s/%00/",
        "/try/t/%00/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_stands_at_an_address_with_a_nul(address: str, method: str) -> None:
    person = signed_in(coordinator())
    assert getattr(person, method)(address.format(id=new_id())).status_code == 404


def test_a_nul_in_what_is_asked_is_left_out(client: Client) -> None:
    running()
    assert f'href="/apply/{REGION}/sktm/"' in text(client.get("/apply/?q=tidak%00 mampu&region=%0032.11"))


def test_a_nul_in_any_field_of_a_form_breaks_nothing(client: Client) -> None:
    """Each form of the way of an application, with a NUL in every field: kept without it, or refused."""
    running()
    address = sent(client)
    citizen = f"/applications/{REGION}/{begun(running())}/"
    officer = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    chief = signed_in(coordinator())
    with tenancy(home().id):
        task = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    names = (
        *ANSWERS,
        "_key",
        "_add",
        "_remove",
        "_removed",
        "_rows_x",
        "reason",
        "result",
        "service",
        "email",
    )
    names += (
        "phone",
        "by_phone",
        "consent",
        "role",
        "by",
        "passphrase",
        "nik",
        "person",
        "kind",
        "place",
        "_seal",
    )
    given = {one: f"a\x00b{one}" for one in names}
    tries = [
        (client, f"/apply/{REGION}/sktm/"),
        *(
            (client, f"{citizen}{more}")
            for more in ("form/who/", "form/where/", "form/why/", "check/", "delete/")
        ),
        *(
            (client, f"{address}{more}")
            for more in ("contact/", "correct/", "reopen/", "rate/", "complain/", "pay/")
        ),
        (officer, f"/regions/{REGION}/counter/"),
        (officer, task),
        (officer, f"/regions/{REGION}/desk/sign/"),
        (chief, f"/regions/{REGION}/seats/"),
        (chief, f"/regions/{REGION}/versions/"),
        (chief, f"/regions/{REGION}/erasures/{new_id()}/refuse/"),
        (chief, f"/regions/{REGION}/outside/"),
        (client, f"{address}withdraw/"),
    ]
    answered = {
        where: who.post(
            where, {"_shown": " ".join((*ANSWERS, "result", "reason", "\x00")), **given}
        ).status_code
        for who, where in tries
    }
    assert {one for one in answered.values() if one >= 500} == set(), answered
    with tenancy(home().id):
        assert "\x00" not in str([one.answers for one in Draft.objects.all()])


def test_a_nul_in_any_post_of_a_trial_breaks_nothing(client: Client) -> None:
    begin = client.post("/try/99.71/sktm/", {"scenario": "\x00", "role": "\x00"})
    assert begin.status_code < 500
    at = client.post("/try/99.71/sktm/")["Location"]
    for more in (
        "form/who/",
        "form/where/",
        "form/check/",
        "fill/",
        "role/",
        "push/",
        "next/",
        "pay/",
        "withdraw/",
        "reset/",
    ):
        given = {
            "_shown": "full_name nik \x00",
            "full_name": "a\x00b",
            "nik": "\x00",
            "role": "\x00",
            "by": "\x00",
        }
        assert client.post(f"{at}{more}", given).status_code < 500, more


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("PUT answers", {"answers": {"full_name": "a\x00b", "x\x00": "1"}}),
        ("POST reply", {"key": "\x00", "answers": {"address": "a\x00"}}),
        ("POST reopening", {"key": "\x00", "reason": "a\x00b"}),
    ],
)
def test_a_nul_in_what_a_program_sends_is_an_answer(
    client: Client, path: str, body: dict[str, object]
) -> None:
    service = running()
    method, name = path.split()
    token = begun(service)
    if method == "POST":
        cases.submit(organization=home(), token=token, by=None, at=AT)
    answer = client.generic(
        method,
        f"/api/v1/regions/{REGION}/application/{name}",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )
    assert 400 <= answer.status_code < 500


def test_a_question_that_an_answer_brings_up_is_announced(client: Client) -> None:
    address = f"/applications/{REGION}/{begun(running(), purpose='other')}/"
    where, shown = page_with(client, address, "why")
    assert shown.split() == ["purpose", "referral"]
    given = {"_shown": shown, "purpose": "school", "referral": "no"}
    for prefix, said in (
        ("", "Jawaban Anda memunculkan 1 pertanyaan lagi di halaman ini:"),
        ("/en", "Your answer brings up one more question on this page:"),
    ):
        page = text(client.post(f"{prefix}{where}", given))
        (block,) = re.findall(
            r'<div class="notice" role="status" tabindex="-1" autofocus>.*?</div>', page, re.DOTALL
        )
        assert said in block
        assert 'href="#school"' in block
    assert 'role="status"' not in text(client.get(where))


def test_an_office_is_told_of_one_more_question() -> None:
    arrived(running())
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    with tenancy(home().id):
        where = f"/regions/{REGION}/desk/{Task.objects.get().id}/"
    page = text(operator.post(where, {"_key": "1", "_shown": "result", "result": "incomplete"}))
    assert "memunculkan 1 pertanyaan lagi" in page
    assert 'href="#reason"' in page
    given = {"_key": "1", "_shown": "result reason", "result": "incomplete", "reason": ""}
    refused = operator.post(where, given)
    assert (refused.status_code, 'href="#reason"' in text(refused)) == (422, True)
    with tenancy(home().id):
        assert Task.objects.get().node == "check"
