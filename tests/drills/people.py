"""Programs that apply and decide over HTTP, and try again until they are answered. Everybody is made up."""

import http.client
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from secrets import token_urlsafe
from typing import Final
from urllib.parse import urlencode

CITY: Final = "99.71"
VILLAGE: Final = "99.71.01.2001"
API: Final = f"/api/v1/regions/{CITY}"
ANSWERS: Final = {
    "full_name": "Warga Contoh",
    "nik": "9999010101900001",
    "village": VILLAGE,
    "address": "Jalan Contoh 1",
    "purpose": "health",
    "members": 4,
    "income": 200000,
    "truth": True,
}
TYPED: Final = {**{name: str(value) for name, value in ANSWERS.items()}, "truth": "yes"}
_CSRF: Final = "a" * 32
_WAIT: Final = 0.2  # seconds between two tries


class NeverAnswered(AssertionError):
    """Nobody answered within the time of the drill."""


@dataclass(frozen=True)
class Answer:
    """What came back, and whether an earlier try of it was lost on its way."""

    status: int
    body: str
    location: str
    is_repeat: bool


@dataclass
class Caller:
    """Somebody with a browser or a program: keeps cookies, and repeats what was not answered."""

    port: int
    is_over: Callable[[], bool]  # whether the drill goes on without this
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": _CSRF})
    repeats: int = 0

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        form: Mapping[str, str] | None = None,
        secret: str = "",
    ) -> Answer:
        """This function will ask until there is an answer below 500. Errors: `NeverAnswered`."""
        tries = 0
        while not self.is_over():
            answer: Answer | None = None
            with suppress(OSError, http.client.HTTPException):
                answer = self._try(method, path, body=body, form=form, secret=secret, is_repeat=tries > 0)
            if answer is not None and answer.status < 500:
                return answer
            tries += 1
            self.repeats += 1
            time.sleep(_WAIT)
        raise NeverAnswered(f"{method} {path}")

    def _try(
        self,
        method: str,
        path: str,
        *,
        body: object,
        form: Mapping[str, str] | None,
        secret: str,
        is_repeat: bool,
    ) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers["X-CSRFToken"] = self.cookies.get("csrftoken", _CSRF)
        data: bytes | None = None
        if form is not None:
            data, headers["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
        elif method != "GET":
            data, headers["Content-Type"] = json.dumps(body or {}).encode(), "application/json"
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=data, headers=headers)
            answer = connection.getresponse()
            said = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return Answer(answer.status, said, answer.headers.get("Location", ""), is_repeat)
        finally:
            connection.close()

    def sign_in(self, email: str, password: str) -> None:
        """This function will sign somebody in by the page for it."""
        answer = self.ask("POST", "/accounts/login/", form={"login": email, "password": password})
        assert answer.status == 302, answer


def apply(caller: Caller, *, phone: str = "") -> tuple[str, str]:
    """This function will apply on the pages as a citizen does, and return the secret and the number of the case."""
    begun = caller.ask("POST", f"/apply/{CITY}/sktm/", form={})
    secret = begun.location.split("/")[3]
    kept = caller.ask("PUT", f"{API}/application/answers", body={"answers": ANSWERS}, secret=secret)
    assert kept.status == 200, kept
    contact = {"phone": phone, "by_phone": "sms", "consent": "yes"} if phone else {}
    sent = caller.ask("POST", f"/applications/{CITY}/{secret}/check/", form=contact)
    assert (sent.status, sent.location) == (302, f"/applications/{CITY}/{secret}/receipt/"), sent
    told = json.loads(caller.ask("GET", f"{API}/application", secret=secret).body)
    return secret, str(told["case"]["number"])


def send_offline(caller: Caller, version: str) -> tuple[str, str]:
    """This function will send an application from the queue of a village, twice, and return its secret and number."""
    entry = {
        "token": token_urlsafe(32),
        "version": version,
        "village": VILLAGE,
        "taken_at": "2026-11-02T03:00:00+00:00",
        "typed": {name: [value] for name, value in TYPED.items()},
    }
    path = f"/regions/{CITY}/counter/offline/send/"
    first, again = (caller.ask("POST", path, body=entry) for _ in range(2))
    assert (first.status, again.status) == (200, 200), (first, again)
    assert json.loads(first.body) == json.loads(again.body)
    return str(entry["token"]), str(json.loads(first.body)["number"])


def complete(caller: Caller, task_id: str, **answers: object) -> None:
    """This function will do a step. Done by a try whose answer was lost, it waits no more: 404."""
    path = f"{API}/desk/{task_id}/completion"
    answer = caller.ask("POST", path, body={"answers": answers, "key": f"drill-{task_id}"})
    assert answer.status == 200 or (answer.status == 404 and answer.is_repeat), answer
