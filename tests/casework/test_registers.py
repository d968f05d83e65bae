"""Registers: what they answer and how they fail; the stand-in keeps the same promises as the one over HTTP."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from livinglab.casework.adapters.questions import NotAnswered
from livinglab.casework.adapters.registers import (
    Inquiry,
    NoRegister,
    RegisterGateway,
    Registers,
    StandIn,
    is_imitated,
    register_for,
)
from livinglab.casework.domain.outside import Fault
from livinglab.config.register_places import RegistersRefused, RegisterSystem, read_registers
from livinglab.packages.domain.process import Register
from livinglab.packages.domain.registers import NAMES, Person, complete
from tests.casework.payment_server import TOKEN, Till, till_open
from tests.casework.registers import NIK, answer

PERSON = Person(NIK, "Warga Contoh", "1990-01-01")
IDENTITY = Inquiry("0192-a-key", Register.IDENTITY, PERSON)
WELFARE = Inquiry("0192-a-key", Register.WELFARE, PERSON)
#: answers that are none
GARBLED = {
    "no json": b"<html>",
    "a list": b"[]",
    "too deep": b"[" * 16_000,
    "too long": b'{"found": true, "more": "' + b"1" * 100_000 + b'"}',
    "not utf-8": b"\xff\xfe\x00",
    "nothing": b"{}",
    "a word": b'{"found": "yes", "registered": "yes"}',
    "half": b'{"found": true, "registered": true}',
    "not compared": b'{"found": true, "active": true, "registered": true, "decile": 0}',
    "a wish": b'{"found": true, "active": true, "name_matches": "yes", "registered": true, "decile": 11}',
    "a fraction": b'{"found": true, "active": 1, "registered": true, "decile": 2.5}',
    "no day": b'{"found": 1, "registered": true, "decile": 2, "as_of": "soon"}',
}
ALL = {"IDENTITY_URL": "https://kependudukan.example.go.id/cek", "IDENTITY_TOKEN": "tanda"}


def spoken(key: str, asked: dict[str, object]) -> bytes:
    if "birth_date" in asked:
        return b'{"found": true, "active": true, "name_matches": true, "birth_date_matches": true, "alamat": "x"}'
    return answer(key, asked)


@pytest.fixture
def till() -> Iterator[Till]:
    with till_open(spoken, GARBLED) as found:
        yield found


@pytest.fixture(params=["over HTTP", "stand-in"])
def system(request: pytest.FixtureRequest, till: Till) -> Registers:
    return RegisterGateway(till.url, TOKEN, 10) if request.param == "over HTTP" else StandIn()


def fault_of(act: Callable[[], object]) -> NotAnswered:
    with pytest.raises(NotAnswered) as failed:
        act()
    assert failed.value.__cause__ is None
    assert NIK not in str(failed.value)
    return failed.value


@pytest.mark.parametrize("inquiry", [IDENTITY, WELFARE], ids=["identity", "welfare"])
def test_an_answer_has_the_names_of_its_register_and_a_repeat_gets_the_same(
    system: Registers, inquiry: Inquiry
) -> None:
    said = system.ask(inquiry)
    assert {*said} == {*NAMES[inquiry.register]} - {"answered", "matches"}
    assert system.ask(inquiry) == said
    whole = complete(inquiry.register, said)
    assert whole["answered"] is True
    assert whole.get("matches", True) is True


def test_identity_sends_what_is_compared_and_welfare_the_number_alone(till: Till) -> None:
    gateway = RegisterGateway(till.url, TOKEN, 10)
    gateway.ask(IDENTITY)
    assert till.charges.pop(IDENTITY.key) == {
        "key": IDENTITY.key,
        "nik": NIK,
        "name": "Warga Contoh",
        "birth_date": "1990-01-01",
    }
    gateway.ask(WELFARE)
    assert till.charges == {WELFARE.key: {"key": WELFARE.key, "nik": NIK}}


def test_what_a_register_says_unasked_is_dropped(till: Till) -> None:
    gateway = RegisterGateway(till.url, TOKEN, 10)
    assert gateway.ask(Inquiry("k", Register.IDENTITY, Person(NIK, "Warga Contoh"))) == {
        "found": True,
        "active": True,
        "name_matches": True,
        "birth_date_matches": None,
    }
    assert gateway.ask(WELFARE) == {"registered": True, "decile": 2, "as_of": "2026-10-01"}


@pytest.mark.parametrize("inquiry", [IDENTITY, WELFARE], ids=["identity", "welfare"])
@pytest.mark.parametrize(
    ("mood", "fault", "wait"),
    [
        ("slow", Fault.SILENT, 0),
        ("in drops", Fault.SILENT, 0),
        ("cut", Fault.BROKEN, 0),
        ("429", Fault.BUSY, 0),
        ("500", Fault.BROKEN, 0),
        ("503", Fault.BROKEN, 7200),
        ("204", Fault.BROKEN, 0),
        ("403", Fault.SIGNED_OUT, 0),
        ("422", Fault.REFUSED, 0),
        *((one, Fault.GARBLED, 0) for one in GARBLED),
    ],
)
def test_it_fails_as_real_ones_do(till: Till, inquiry: Inquiry, mood: str, fault: Fault, wait: int) -> None:
    till.mood = mood
    seconds = 0.2 if mood in ("slow", "in drops") else 10
    failed = fault_of(lambda: RegisterGateway(till.url, TOKEN, seconds).ask(inquiry))
    assert (failed.fault, failed.wait) == (fault, timedelta(seconds=wait))


def test_a_wrong_token_is_our_sign_in_and_nobody_there_is_silence(till: Till) -> None:
    assert fault_of(lambda: RegisterGateway(till.url, "x", 10).ask(WELFARE)).fault is Fault.SIGNED_OUT
    nowhere = RegisterGateway("http://127.0.0.1:9/", TOKEN, 10)
    assert fault_of(lambda: nowhere.ask(WELFARE)).fault is Fault.SILENT
    assert fault_of(lambda: NoRegister().ask(WELFARE)).fault is Fault.NOT_SET
    silent = Inquiry("k", Register.WELFARE, Person(f"{NIK[:-1]}9"))
    assert fault_of(lambda: StandIn().ask(silent)).fault is Fault.SILENT


@pytest.mark.parametrize(
    ("nik", "identity", "welfare"),
    [
        ("9999010101900003", (True, True, True, True), (True, 3)),
        ("9999010101900007", (True, True, False, False), (True, 7)),
        ("9999010101900008", (True, False, True, False), (True, 8)),
        ("9999010101900000", (False, None, None, False), (False, None)),
        ("3211010101900003", (False, None, None, False), (False, None)),  # could be somebody's
    ],
)
def test_the_stand_in_knows_invented_people_by_their_last_digit(
    nik: str, identity: tuple[object, ...], welfare: tuple[object, ...]
) -> None:
    person = Person(nik, "Warga Contoh")
    found = complete(Register.IDENTITY, StandIn().ask(Inquiry("k", Register.IDENTITY, person)))
    assert tuple(found[one] for one in ("found", "active", "name_matches", "matches")) == identity
    assert found["birth_date_matches"] is None
    data = complete(Register.WELFARE, StandIn().ask(Inquiry("k", Register.WELFARE, person)))
    assert (data["registered"], data["decile"]) == welfare


def test_the_fingerprint_is_of_the_question_and_nobody_guesses_the_number_from_it(settings: object) -> None:
    same = Inquiry("0192-a-key", Register.WELFARE, Person(NIK, "Warga Contoh", "1990-01-01"))
    assert WELFARE.digest == same.digest != IDENTITY.digest
    assert NIK not in repr(WELFARE)
    before = WELFARE.digest
    settings.SECRET_KEY = "another secret of fifty characters, made for this test"  # type: ignore[attr-defined]
    assert WELFARE.digest != before


def test_the_stand_in_stands_outside_production_only(settings: object) -> None:
    assert is_imitated()
    settings.KEEPS_OUTBOX = False  # type: ignore[attr-defined]
    assert isinstance(register_for(Register.WELFARE), NoRegister)
    settings.REGISTERS = {"welfare": RegisterSystem(url="https://a/", token="t", seconds=1)}  # type: ignore[attr-defined]
    assert isinstance(register_for(Register.WELFARE), RegisterGateway)
    assert isinstance(register_for(Register.IDENTITY), NoRegister)
    assert not is_imitated()


def test_what_the_environment_says_is_read_or_refused_by_name() -> None:
    assert read_registers({}) == {}
    found = read_registers({**ALL, "IDENTITY_SECONDS": "7"})
    assert found == {"identity": RegisterSystem(url=ALL["IDENTITY_URL"], token="tanda", seconds=7)}
    assert "tanda" not in repr(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IDENTITY_URL", ""),
        ("IDENTITY_TOKEN", ""),
        ("IDENTITY_URL", "http://kependudukan.example.go.id/"),
        ("IDENTITY_URL", "https://a@kependudukan.example.go.id/"),
        ("IDENTITY_SECONDS", "0"),
        ("WELFARE_SECONDS", "soon"),
        ("WELFARE_TOKEN", "alone"),
    ],
)
def test_a_wrong_variable_is_refused(name: str, value: str) -> None:
    with pytest.raises(RegistersRefused, match=name):
        read_registers({**ALL, name: value})
