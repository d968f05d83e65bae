"""Money in a case: asked for outside its transaction, tried again for a day, paid once, and the case goes on once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.casework.adapters.payments import DemoPayments, PaymentGateway
from livinglab.casework.domain.deliveries import WAITS
from livinglab.casework.domain.outside import CallState, Fault, signature
from livinglab.casework.models import Bill, Case, OutsideCall, Step
from livinglab.casework.operations import billing, cases, outside, paying
from livinglab.casework.operations.asking_later import ASK_TASK
from livinglab.config.payment_places import PaymentSystem
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries import case_words
from tests.casework.billing import AMOUNT, billed, bills, calls, found, permits
from tests.casework.kit import AT, REGION, begun, coordinator, home, running
from tests.casework.payment_server import SECRET, TOKEN, UNTIL, Till, later, till_open
from tests.casework.test_pages import text
from tests.organizations.people import make_member, signed_in, trail
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/outside/"
DOOR = f"/regions/{REGION}/payments/paid/"


@pytest.fixture
def till(settings: object) -> Iterator[Till]:
    with till_open() as open_till:
        system = PaymentSystem(url=open_till.url, token=TOKEN, secret=SECRET, seconds=0.2)
        settings.PAYMENTS = system  # type: ignore[attr-defined]
        yield open_till


def asked(call: OutsideCall, *, after: timedelta = timedelta(0), at: datetime = AT) -> bool:
    return outside.ask(organization_id=home().id, call_id=call.id, at=at + after)


def steps(case: Case) -> list[Step]:
    with tenancy(home().id):
        return list(Step.objects.filter(case_id=case.id).order_by("place"))


def texts() -> dict[str, str]:
    return {path: one.decode() for path, one in files_of("reklame", home()).items()}


def planned(task: str) -> list[dict[str, object]]:
    return [one.args for one in ProcrastinateJob.objects.filter(task_name=task).order_by("id")]


def waits_at(case: Case) -> list[str]:
    return [one["node"] for one in found(case).state["tokens"]]


def told(bill: Bill, client: Client | None = None, *, secret: str = SECRET, **changed: object) -> object:
    said = {
        "key": str(bill.call_id),
        "code": bill.code,
        "amount": bill.amount,
        "paid_at": bill.made_at.isoformat(),
        "reference": "B-1",
        **changed,
    }
    body = json.dumps(said).encode()
    return (client or Client()).post(
        DOOR,
        body,
        content_type="application/json",
        headers={"X-Payment-Signature": signature(secret, body)},
    )


def status(answer: object) -> int:
    return answer.status_code  # type: ignore[attr-defined]


def paid_case(till: Till) -> tuple[Case, Bill]:
    """Return a case with a code that can be paid."""
    case, _token = billed(permits())
    [call] = calls(case)
    assert asked(call)
    [bill] = bills(case)
    return case, bill


def test_a_step_that_asks_for_money_makes_one_bill_by_the_packages_rule(till: Till) -> None:
    case, _token = billed(permits())
    [call], [bill] = calls(case), bills(case)
    assert (call.state, call.kind, call.tries, len(call.digest)) == ("waiting", "payment", 0, 64)
    assert (bill.amount, bill.code, bill.paid_at) == (AMOUNT, "", None)
    assert bill.until == datetime(
        2026, 11, 16, 17, tzinfo=UTC
    )  # the end of the fourteenth day in that region
    assert planned(ASK_TASK) == [{"organization_id": str(home().id), "call_id": str(call.id)}]
    assert till.asked == []  # nobody was asked inside the case's transaction
    assert waits_at(case) == ["wait_payment"]


def test_the_code_comes_by_a_job_and_a_second_job_asks_nobody(till: Till) -> None:
    case, bill = paid_case(till)
    [call] = calls(case)
    assert (bill.code, bill.code_until) == (f"UJI-{str(call.id)[-8:]}", UNTIL)
    assert (call.state, call.answered_at) == (CallState.DONE, AT)
    assert not asked(call, after=timedelta(days=2))
    assert till.asked == [str(call.id)]


def test_a_payment_system_down_for_an_hour_loses_nothing(till: Till) -> None:
    case, _token = billed(permits())
    [call] = calls(case)
    till.mood = "slow"
    down = timedelta(0)
    for wait in WAITS[:3]:
        assert not asked(call, after=down)
        assert (calls(case)[0].fault, calls(case)[0].tries_at) == (Fault.SILENT, AT + down + wait)
        assert not asked(call, after=down + wait - timedelta(seconds=1))
        down += wait
    till.mood = "503"
    assert not asked(call, after=down)  # and asks for two hours
    assert calls(case)[0].tries_at == AT + down + timedelta(hours=2)
    assert waits_at(case) == ["wait_payment"]
    till.mood = ""
    assert asked(call, after=down + timedelta(hours=2))
    assert set(till.asked) == {str(call.id)}
    assert len(till.charges) == 1
    assert bills(case)[0].code


def test_the_next_try_is_planned_before_the_first_so_a_dead_worker_loses_nothing(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _token = billed(permits())
    [call] = calls(case)

    def dies(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PaymentGateway, "code_for", dies)
    with pytest.raises(KeyboardInterrupt):
        asked(call)
    assert len(planned(ASK_TASK)) == 2
    monkeypatch.undo()
    assert asked(call, after=WAITS[0])


def test_a_case_that_ended_asks_nobody(till: Till) -> None:
    case, _token = billed(permits())
    cases.withdraw(organization=home(), case_id=case.id, key="w", by=None, at=AT)
    [call] = calls(case)
    assert not asked(call)
    assert (calls(case)[0].state, calls(case)[0].fault) == (CallState.DEAD, Fault.NOT_NEEDED)
    assert till.asked == []


def test_after_the_last_wait_a_question_stands_on_the_page_until_somebody_asks_again(till: Till) -> None:
    case, _token = billed(permits())
    [call] = calls(case)
    till.mood = "500"
    for nth in range(len(WAITS) + 1):
        assert not asked(call, after=sum(WAITS[:nth], timedelta(0)))
    assert calls(case)[0].state == CallState.FAILED
    assert not asked(call, after=timedelta(days=3))
    officer = signed_in(coordinator())
    page = text(officer.get(PAGE))
    assert case.number in page
    assert "1 pertanyaan ke sistem lain tidak terjawab." in page
    till.mood = ""
    assert officer.post(f"{PAGE}{call.id}/again/").status_code == 302
    assert [one.action for one in trail()][:1] == ["casework.outside_tried_again"]
    assert asked(call, at=calls(case)[0].tries_at)
    assert case.number not in text(officer.get(PAGE))
    officer.post(f"{PAGE}{call.id}/again/")
    assert calls(case)[0].state == CallState.DONE


def test_a_question_is_given_up_with_a_reason_only(till: Till) -> None:
    case, token = billed(permits())
    [call] = calls(case)
    till.mood = "422"
    assert not asked(call)
    officer, address = signed_in(coordinator()), f"{PAGE}{call.id}/give-up/"
    for typed, said in (("", "Tuliskan mengapa"), ("a" * 501, "501")):
        refused = officer.post(address, {f"reason-{call.id}": typed})
        assert (refused.status_code, said in text(refused)) == (422, True)
        assert f">{typed}</textarea>" in text(refused)
        assert (calls(case)[0].state, calls(case)[0].reason) == (CallState.FAILED, "")
    officer.post(address, {f"reason-{call.id}": "Dibayar di loket."})
    assert (calls(case)[0].state, calls(case)[0].reason) == (CallState.DEAD, "Dibayar di loket.")
    assert [one.action for one in trail()][:1] == ["casework.outside_given_up"]
    assert "Dibayar di loket." in text(officer.get(f"{PAGE}?show=dead"))
    page = text(Client().get(f"/applications/{REGION}/{token}/pay/"))
    assert "Kode pembayaran tidak akan datang." in page
    with pytest.raises(Refused):
        outside.give_up(organization=home(), call_id=call.id, reason="x", by=coordinator().id, at=AT)


def test_another_regions_question_is_not_there(till: Till) -> None:
    case, _token = billed(permits())
    [call] = calls(case)
    stranger = signed_in(make_member("sekda-jauh", Role.COORDINATOR, "14.08"))
    assert stranger.post(f"/regions/14.08/outside/{call.id}/again/").status_code == 404
    assert stranger.post(f"/regions/14.08/outside/{call.id}/give-up/").status_code == 404
    assert not outside.ask(organization_id=coordinator().id, call_id=call.id, at=AT)
    assert till.asked == []


def test_a_payment_moves_its_case_once_however_often_it_is_told(till: Till) -> None:
    case, bill = paid_case(till)
    assert [status(told(bill)) for _ in range(3)] == [200, 200, 200]
    assert waits_at(case) == ["approve"]
    assert [one.what for one in steps(case)].count("paid") == 1
    assert [one.action for one in trail()].count("casework.payment_taken") == 1
    [after] = bills(case)
    assert (after.paid_at, after.reference, after.went_on_at is None) == (bill.made_at, "B-1", False)


@pytest.mark.parametrize(
    ("expected", "secret", "changed"),
    [
        (403, "x" * 32, {}),
        (404, SECRET, {"key": str(new_id())}),
        (409, SECRET, {"amount": 1}),
        (409, SECRET, {"code": "UJI-lain"}),
        (400, SECRET, {"amount": "1200000"}),
        (400, SECRET, {"amount": True}),
        (400, SECRET, {"key": "none"}),
        (400, SECRET, {"paid_at": "2026-11-02T03:00:00"}),
        (400, SECRET, {"paid_at": "yesterday"}),
        (400, SECRET, {"reference": 5}),
        (400, SECRET, {"reference": "9" * 81}),
        (403, SECRET, {"reference": "9" * 5000}),
    ],
)
def test_a_payment_that_is_forged_or_wrong_changes_nothing(
    till: Till, expected: int, secret: str, changed: dict[str, object]
) -> None:
    case, bill = paid_case(till)
    assert status(told(bill, secret=secret, **changed)) == expected
    assert waits_at(case) == ["wait_payment"]
    assert bills(case)[0].paid_at is None
    is_noted = [one.action for one in trail()][:1] == ["casework.payment_refused"]
    assert is_noted == (expected != 400)


def test_an_unsigned_payment_is_refused_and_without_a_payment_system_there_is_no_door(
    till: Till, settings: object
) -> None:
    _case, bill = paid_case(till)
    assert Client().post(DOOR, b"{}", content_type="application/json").status_code == 403
    assert Client().get(DOOR).status_code == 405
    settings.PAYMENTS = None  # type: ignore[attr-defined]
    assert status(told(bill)) == 404


def test_who_paid_in_time_and_was_told_late_has_paid_in_time(till: Till) -> None:
    case, bill = paid_case(till)
    payment = paying.Payment(bill.call_id, bill.code, AMOUNT, later(-1), "B-2")  # type: ignore[arg-type]
    paying.take(organization=home(), payment=payment, by=None, at=AT + timedelta(days=15))
    assert waits_at(case) == ["approve"]


def test_a_payment_after_the_case_ended_is_kept_and_shown(till: Till) -> None:
    case, bill = paid_case(till)
    cases.ring(organization=home(), case_id=case.id, at=AT + timedelta(days=15))
    assert found(case).outcome == "lapsed"
    assert status(told(bill)) == 200
    [after] = bills(case)
    assert (after.paid_at, after.went_on_at) == (bill.made_at, None)
    page = text(signed_in(coordinator()).get(f"{PAGE}?show=paid"))
    assert case.number in page
    assert "Rp1.200.000" in page


def test_a_code_that_ran_out_is_asked_for_anew_once(till: Till) -> None:
    case, bill = paid_case(till)
    with pytest.raises(Refused):
        billing.renew(organization=home(), case_id=case.id, by=None, at=UNTIL - timedelta(seconds=1))
    billing.renew(organization=home(), case_id=case.id, by=None, at=UNTIL)
    with pytest.raises(Refused):
        billing.renew(organization=home(), case_id=case.id, by=None, at=UNTIL)
    first, second = calls(case)
    assert (first.place, first.nth, second.place, second.nth) == (first.place, 0, first.place, 1)
    assert asked(second, at=UNTIL)
    assert bills(case)[1].code != bill.code
    assert status(told(bill)) == 200  # the old code moves nothing
    assert waits_at(case) == ["wait_payment"]
    assert status(told(bills(case)[1])) == 200
    assert waits_at(case) == ["approve"]


def test_a_free_service_that_asks_for_money_goes_on_without_asking_anybody(till: Till) -> None:
    free = (texts()["package.yaml"]).replace("    rule: tax\n    output: amount\n", "    free: true\n", 1)
    case, _token = billed(permits(**{"package.yaml": free}))
    [bill] = bills(case)
    assert (bill.amount, bill.call_id, calls(case)) == (0, None, [])
    [job] = planned(billing.GO_ON_TASK)
    assert job["bill_id"] == str(bill.id)
    assert paying.go_on(organization_id=home().id, bill_id=bill.id, at=AT)
    assert not paying.go_on(organization_id=home().id, bill_id=bill.id, at=AT)
    assert waits_at(case) == ["approve"]


def test_a_fee_that_is_no_amount_stands_on_the_page_and_cannot_be_asked(till: Till) -> None:
    silent = (texts()["package.yaml"]).replace(
        "    rule: tax\n    output: amount\n", "    rule: limits\n    output: allowed\n", 1
    )
    case, _token = billed(permits(**{"package.yaml": silent}))
    [call] = calls(case)
    assert (call.state, call.fault) == (CallState.FAILED, Fault.UNPRICED)
    with pytest.raises(Refused):
        outside.try_again(organization=home(), call_id=call.id, by=coordinator().id, at=AT)
    assert planned(ASK_TASK) == []


def told_to_programs(address: str) -> dict[str, object]:
    """Return what the API says of the bill of the application at an address."""
    headers = {"authorization": f"Bearer {address.rstrip('/').rsplit('/', 1)[-1]}"}
    answer = Client().get(f"/api/v1/regions/{REGION}/application", headers=headers)
    return dict(answer.json()["case"]["bill"])


def said(moment: datetime | None) -> str | None:
    """Return a moment as the API writes it."""
    return (
        moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace("+00:00", "Z")
        if moment
        else None
    )


def test_the_applicant_sees_the_amount_the_code_and_pays_made_up_money() -> None:
    now = clock.now()
    case, token = billed(permits(), at=now)
    address = f"/applications/{REGION}/{token}/"
    assert "Kode pembayaran sedang disiapkan." in text(Client().get(f"{address}pay/"))
    [call] = calls(case)
    assert asked(call, at=now)
    page = text(Client().get(f"{address}pay/"))
    [bill] = bills(case)
    assert bill.code.startswith("99")
    assert (bill.code in page, "Rp1.200.000" in page, "uang rekaan" in page) == (True, True, True)
    for said_of, until in (
        ("Kode ini dapat dipakai sampai", bill.code_until),
        ("Permohonan menunggu pembayaran sampai", bill.until),
    ):
        assert until is not None
        assert f"<dt>{said_of}</dt><dd>{case_words.deadline(until, 'id')}</dd>" in page
    assert "minta kode lain di sini" in page
    assert "A payment is asked for<" in text(Client().get(f"/en{address}"))
    assert bill.code not in text(Client().get(address))
    assert told_to_programs(address) == {
        "amount": 1_200_000,
        "state": "open",
        "code": bill.code,
        "code_until": said(bill.code_until),
        "until": said(bill.until),
        "paid_at": None,
    }
    assert Client().post(f"{address}pay/renew/").status_code == 302
    assert len(bills(case)) == 1
    assert Client().post(f"{address}pay/made-up/").status_code == 302
    assert waits_at(case) == ["approve"]
    assert "Sudah dibayar." in text(Client().get(f"{address}pay/"))
    assert Client().post(f"{address}pay/made-up/").status_code == 302
    assert [one.what for one in steps(case)].count("paid") == 1
    paid = told_to_programs(address)
    assert (paid["state"], paid["paid_at"]) == ("paid", said(bills(case)[0].paid_at))
    kept = json.loads(Client().get(f"{address}data.json").content)["bills"]
    assert [(one["rupiah"], one["code"], one["reference"]) for one in kept] == [(AMOUNT, bill.code, "DEMO")]


def test_made_up_money_pays_nothing_where_a_payment_system_is_set_up(settings: object) -> None:
    now = clock.now()
    case, token = billed(permits(), at=now)
    assert asked(calls(case)[0], at=now)
    settings.PAYMENTS = PaymentSystem(url="http://127.0.0.1:9/", token=TOKEN, secret=SECRET, seconds=0.2)  # type: ignore[attr-defined]
    address = f"/applications/{REGION}/{token}/pay/"
    assert Client().post(f"{address}made-up/").status_code == 404
    assert "made-up" not in text(Client().get(address))
    assert waits_at(case) == ["wait_payment"]


def test_a_code_of_the_stand_in_runs_out_after_a_day() -> None:
    now = clock.now() - DemoPayments.HOLDS
    case, token = billed(permits(), at=now)
    assert asked(calls(case)[0], at=now)
    address = f"/applications/{REGION}/{token}/pay/"
    page = text(Client().get(address))
    assert "Kode pembayaran sudah lewat batas waktu." in page
    assert f"{address}made-up/" not in page
    assert Client().post(f"{address}renew/").status_code == 302
    assert len(bills(case)) == 2


def test_a_service_that_is_free_says_so() -> None:
    token = begun(running(), at=clock.now())
    case = cases.submit(organization=home(), token=token, by=None, at=clock.now())
    address = f"/applications/{REGION}/{token}/"
    assert "Layanan ini tidak dipungut biaya." in text(Client().get(address))
    assert "Layanan ini tidak dipungut biaya." in text(Client().get(f"{address}pay/"))
    assert bills(case) == []
