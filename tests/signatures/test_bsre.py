"""Signing with BSrE: against a server on loopback that refuses as the real one does."""

import logging

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from livinglab.signatures.adapters.bsre import BsreSigner
from livinglab.signatures.adapters.examining import examine
from livinglab.signatures.adapters.signers import (
    AnswerDistrusted,
    Credential,
    NotRegistered,
    Secret,
    SigningFailed,
    SigningUnavailable,
    WrongPassphrase,
)
from livinglab.signatures.domain.verdicts import Level, Verdict

from .bsre_server import NIK, PASSPHRASE, PASSWORD, USER, Service, serving
from .kit import OCCASION, SIGNED_AT, authority, official, small_pdf


def _credential(service: Service) -> Credential:
    return Credential(service.holder.certificate.public_bytes(Encoding.PEM).decode())


def _signed(service: Service, secret: Secret, *, password: str = PASSWORD, seconds: float = 10) -> bytes:
    signer = BsreSigner(service.url, USER, password, seconds)
    return signer.sign(small_pdf(), credential=_credential(service), secret=secret, occasion=OCCASION)


def test_the_service_gets_the_document_and_gives_it_back_signed() -> None:
    with serving(official()) as service:
        signed = _signed(service, Secret(PASSPHRASE, NIK))

    found = examine(signed, trusted=[authority().root.certificate], at=SIGNED_AT)
    assert (found.verdict, found.signatures[0].level) == (Verdict.VALID, Level.B_LTA)
    assert signed.startswith(small_pdf())
    (asked,) = service.asked
    assert asked["file"] == small_pdf()
    assert (asked["nik"], asked["passphrase"]) == (NIK.encode(), PASSPHRASE.encode())
    assert asked["tampilan"] == b"invisible"
    assert service.paths == ["/api/sign/pdf"]  # nothing secret in an address, which servers log


@pytest.mark.parametrize(
    ("secret", "mood", "password", "failure"),
    [
        (Secret("salah sekali", NIK), "", PASSWORD, WrongPassphrase),
        (Secret(PASSPHRASE, "9999010101900002"), "", PASSWORD, NotRegistered),
        (Secret(PASSPHRASE, NIK), "down", PASSWORD, SigningUnavailable),
        (Secret(PASSPHRASE, NIK), "", "salah", SigningUnavailable),
        (Secret(PASSPHRASE, NIK), "unsigned", PASSWORD, AnswerDistrusted),
        (Secret(PASSPHRASE, NIK), "page", PASSWORD, AnswerDistrusted),
    ],
    ids=["passphrase", "official", "down", "own sign-in", "unsigned", "no document"],
)
def test_each_failure_has_its_name_and_repeats_nothing_that_was_typed(
    secret: Secret,
    mood: str,
    password: str,
    failure: type[SigningFailed],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serving(official()) as service, caplog.at_level(logging.DEBUG):
        service.mood = mood
        with pytest.raises(failure) as raised:
            _signed(service, secret, password=password)

    said = repr(raised.value) + repr(raised.value.__cause__) + repr(secret) + caplog.text
    assert secret.passphrase not in said
    assert secret.nik not in said


def test_a_service_that_does_not_answer_in_time_is_unavailable() -> None:
    with serving(official()) as service:
        service.mood = "slow"
        with pytest.raises(SigningUnavailable):
            _signed(service, Secret(PASSPHRASE, NIK), seconds=0.2)
    with pytest.raises(SigningUnavailable):  # nobody listens there any more
        _signed(service, Secret(PASSPHRASE, NIK))


def test_a_signature_by_somebody_else_is_not_taken() -> None:
    with serving(official()) as service:
        other = official().certificate.public_bytes(Encoding.PEM).decode()
        signer = BsreSigner(service.url, USER, PASSWORD, 10)
        with pytest.raises(AnswerDistrusted):
            signer.sign(
                small_pdf(),
                credential=Credential(other),
                secret=Secret(PASSPHRASE, NIK),
                occasion=OCCASION,
            )
