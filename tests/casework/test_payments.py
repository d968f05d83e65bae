"""Payment systems: what they answer and how they fail; the stand-in keeps the same promises as the one over HTTP."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from livinglab.casework.adapters.payments import (
    Charge,
    DemoPayments,
    NoPayments,
    PaymentGateway,
    Payments,
    payments,
    takes_made_up_money,
)
from livinglab.casework.adapters.questions import NotAnswered
from livinglab.casework.domain.deliveries import WAITS
from livinglab.casework.domain.outside import (
    BillState,
    Fault,
    bill_state,
    is_dead_letter,
    is_signed,
    signature,
)
from livinglab.config.payment_places import PaymentsRefused, PaymentSystem, read_payments
from tests.casework.kit import AT
from tests.casework.payment_server import GARBLED, SECRET, TOKEN, UNTIL, Till, till_open

CHARGE = Charge("0192-a-key", "REKLAME/1/2026", 1_200_000, None)
ALL = {
    "PAYMENT_URL": "https://bayar.example.go.id/kode",
    "PAYMENT_TOKEN": "tanda",
    "PAYMENT_SECRET": SECRET,
}


@pytest.fixture
def till() -> Iterator[Till]:
    with till_open() as found:
        yield found


@pytest.fixture(params=["over HTTP", "stand-in"])
def system(request: pytest.FixtureRequest, till: Till) -> Payments:
    return PaymentGateway(till.url, TOKEN, 0.2) if request.param == "over HTTP" else DemoPayments()


def fault_of(act: Callable[[], object]) -> NotAnswered:
    with pytest.raises(NotAnswered) as failed:
        act()
    assert failed.value.__cause__ is None
    return failed.value


def test_a_repeat_of_a_key_gets_the_same_code(system: Payments) -> None:
    first = system.code_for(CHARGE, at=AT)
    assert system.code_for(CHARGE, at=AT) == first
    assert first.until > AT
    other = Charge("another", CHARGE.number, CHARGE.amount, None)
    assert system.code_for(other, at=AT).code != first.code


def test_a_code_ends_no_later_than_the_case_waits(system: Payments) -> None:
    soon = AT + timedelta(hours=3)
    assert system.code_for(Charge("k", "N", 1, soon), at=AT).until == soon


def test_what_is_asked_names_nobody(till: Till) -> None:
    PaymentGateway(till.url, TOKEN, 0.2).code_for(CHARGE, at=AT)
    assert till.charges == {
        CHARGE.key: {
            "key": CHARGE.key,
            "number": CHARGE.number,
            "amount": 1_200_000,
            "currency": "IDR",
            "until": None,
        }
    }


@pytest.mark.parametrize(
    ("mood", "fault", "wait"),
    [
        ("slow", Fault.SILENT, 0),
        ("in drops", Fault.SILENT, 0),
        ("cut", Fault.BROKEN, 0),
        ("429", Fault.BUSY, 0),
        ("500", Fault.BROKEN, 0),
        ("503", Fault.BROKEN, 7200),
        ("302", Fault.BROKEN, 0),
        ("204", Fault.BROKEN, 0),
        ("403", Fault.SIGNED_OUT, 0),
        ("422", Fault.REFUSED, 0),
        *((one, Fault.GARBLED, 0) for one in GARBLED),
    ],
)
def test_it_fails_as_real_ones_do(till: Till, mood: str, fault: Fault, wait: int) -> None:
    till.mood = mood
    seconds = 0.2 if mood in ("slow", "in drops") else 10
    failed = fault_of(lambda: PaymentGateway(till.url, TOKEN, seconds).code_for(CHARGE, at=AT))
    assert (failed.fault, failed.wait) == (fault, timedelta(seconds=wait))


def test_a_wrong_token_is_our_sign_in_and_nobody_there_is_silence(till: Till) -> None:
    assert (
        fault_of(lambda: PaymentGateway(till.url, "x", 0.2).code_for(CHARGE, at=AT)).fault is Fault.SIGNED_OUT
    )
    nowhere = PaymentGateway("http://127.0.0.1:9/", TOKEN, 0.2)
    assert fault_of(lambda: nowhere.code_for(CHARGE, at=AT)).fault is Fault.SILENT
    assert fault_of(lambda: NoPayments().code_for(CHARGE, at=AT)).fault is Fault.NOT_SET


def test_a_late_success_is_found_again_by_its_key(till: Till) -> None:
    system = PaymentGateway(till.url, TOKEN, 0.2)
    till.mood = "taken, then silent"
    assert fault_of(lambda: system.code_for(CHARGE, at=AT)).fault is Fault.SILENT
    till.mood = ""
    assert system.code_for(CHARGE, at=AT).until == UNTIL
    assert till.asked == [CHARGE.key, CHARGE.key]
    assert len(till.charges) == 1


def test_the_stand_in_stands_outside_production_only(settings: object) -> None:
    assert takes_made_up_money()
    settings.KEEPS_OUTBOX = False  # type: ignore[attr-defined]
    assert isinstance(payments(), NoPayments)
    settings.PAYMENTS = PaymentSystem(url="https://a/", token="t", secret=SECRET, seconds=1)  # type: ignore[attr-defined]
    assert isinstance(payments(), PaymentGateway)
    assert not takes_made_up_money()


def test_what_the_environment_says_is_read_or_refused_by_name() -> None:
    assert read_payments({}) is None
    found = read_payments({**ALL, "PAYMENT_SECONDS": "7"})
    assert found == PaymentSystem(url=ALL["PAYMENT_URL"], token="tanda", secret=SECRET, seconds=7)
    assert SECRET not in repr(found)
    for name in ALL:
        with pytest.raises(PaymentsRefused, match="set together"):
            read_payments({**ALL, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAYMENT_URL", "http://bayar.example.go.id/"),
        ("PAYMENT_URL", "https://a@bayar.example.go.id/"),
        ("PAYMENT_SECRET", "pendek"),
        ("PAYMENT_SECONDS", "0"),
        ("PAYMENT_SECONDS", "soon"),
    ],
)
def test_a_wrong_variable_is_refused(name: str, value: str) -> None:
    with pytest.raises(PaymentsRefused, match=name):
        read_payments({**ALL, name: value})


def test_a_signature_is_that_of_rfc_4231() -> None:
    assert signature("Jefe", b"what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert is_signed(SECRET, b"x", signature(SECRET, b"x"))
    for forged in ("", signature(SECRET, b"y"), signature("other", b"x"), "é"):
        assert not is_signed(SECRET, b"x", forged)


@pytest.mark.parametrize(
    ("expected", "changed"),
    [
        (BillState.OPEN, {}),
        (BillState.FREE, {"amount": 0, "is_paid": True}),
        (BillState.PAID, {"is_paid": True, "is_over": True}),
        (BillState.VOID, {"is_over": True}),
        (BillState.PREPARED, {"code": "", "code_until": None}),
        (BillState.WITHOUT_CODE, {"code": "", "code_until": None, "is_given_up": True}),
        (BillState.EXPIRED, {"code_until": AT}),
    ],
)
def test_a_bill_stands_as_its_facts_say(expected: BillState, changed: dict[str, object]) -> None:
    facts: dict[str, object] = {
        "amount": 5,
        "code": "UJI-1",
        "code_until": AT + timedelta(seconds=1),
        "is_given_up": False,
        "is_paid": False,
        "is_over": False,
    }
    assert bill_state(**{**facts, **changed}, at=AT) is expected  # type: ignore[arg-type]


def test_a_question_is_given_up_after_the_last_wait_or_where_it_is_not_wanted() -> None:
    assert not is_dead_letter(len(WAITS), Fault.BROKEN)
    assert is_dead_letter(len(WAITS) + 1, Fault.BROKEN)
    assert is_dead_letter(1, Fault.REFUSED)
