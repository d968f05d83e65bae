"""Evaluations: read one, change an answer or a score and get the new index, follow a round; then at ten times the size.

The rows run against a database of their own (`evaluation_data`); `…-growth` rows measure the same at 5,140 regions
and compare the medians of both.
"""

import json
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from benchmarks.evaluation_data import ASSESSED, COUNTRY, WORKING, YEAR, Loaded, evaluation_database
from benchmarks.pages import Answer, Server
from benchmarks.rows import Row, Target, timings
from livinglab.accounts.models import User
from livinglab.evaluations.web import overview_page
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role, find_organization

TEN_TIMES: Final = COUNTRY * 10
_TOKEN: Final = "b" * 32
_TURNS: Final = 5


@dataclass(slots=True)
class Session:
    """A signed-in person's program: the WSGI application with the session and its CSRF token."""

    user: User
    cookie: str
    server: Server

    def send(self, method: str, url: str, body: Mapping[str, object] | None = None) -> Answer:
        """This function will send a request with a JSON body. Errors: RuntimeError for any answer but 200."""
        data = b"" if body is None else json.dumps(body).encode()
        return self._send(method, url, data)

    def post(self, url: str, fields: Mapping[str, object], **headers: str) -> Answer:
        """This function will send a form as a browser does. Errors: RuntimeError for any answer but 200."""
        data = urlencode({**fields, "csrfmiddlewaretoken": _TOKEN}, doseq=True).encode()
        return self._send("POST", url, data, CONTENT_TYPE="application/x-www-form-urlencoded", **headers)

    def upload(self, url: str, body: bytes) -> Answer:
        """This function will send a form with a file, encoded for `BOUNDARY`. Errors: RuntimeError unless 200."""
        return self._send("POST", url, body, CONTENT_TYPE=MULTIPART_CONTENT)

    def _send(self, method: str, url: str, data: bytes, **headers: str) -> Answer:
        headers = {"HTTP_COOKIE": self.cookie, "HTTP_X_CSRFTOKEN": _TOKEN, **headers}
        answer = self.server.send(method, url, data, **headers)
        if answer.status != 200:
            raise RuntimeError(f"{method} {url} answered {answer.status}")
        return answer


def _session_of(role: Role, *codes: str) -> Session:
    user, is_new = User.objects.get_or_create(
        email=f"{role}.{codes[0]}@bench.example", defaults={"name": role}
    )
    if is_new:
        with tenancy(None):
            user.set_password(None)
            user.save()
    for code in codes if is_new else ():
        with tenancy(None):
            organization = find_organization(code)
            assert organization is not None
            grant_membership(user=user, organization=organization, role=role, by=None, at=clock.now())
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={client.cookies[name].value}; csrftoken={_TOKEN}"
    return Session(user, cookie, Server())


def officer() -> Session:
    """This function will sign in somebody who enters data of both regions."""
    return _session_of(Role.DATA_ENTRY, WORKING, ASSESSED)


def ministry() -> Session:
    """This function will sign in an officer of the ministry."""
    return _session_of(Role.MINISTRY, "kementerian-panrb")


def _reading(loaded: Loaded) -> Callable[[], Answer]:
    return partial(officer().send, "GET", f"/regions/{ASSESSED}/evaluations/{YEAR}/")


def _overview(loaded: Loaded) -> Callable[[], Answer]:
    return partial(ministry().send, "GET", f"/evaluations/rounds/{loaded.round_id}/")


def _overview_drawn(loaded: Loaded) -> Callable[[], Answer]:
    """The page as it is after every change, when nothing of it is kept."""
    read = _overview(loaded)

    def draw() -> Answer:
        overview_page.forget()
        return read()

    return draw


def _answering(loaded: Loaded) -> Callable[[], Answer]:
    """Each call stores another level and text of one answer, and gets the new index."""
    session = officer()
    url = f"/api/v1/regions/{WORKING}/evaluations/{YEAR}/answers/21"
    present: dict[str, Any] = json.loads(_plain(session, url))
    held = {"version": present["version"], "turn": 0}

    def change() -> Answer:
        held["turn"] += 1
        level = 2 + held["turn"] % 2
        answer = session.send(
            "PUT",
            url,
            {
                "level": str(level),
                "met": list(range(1, level + 1)),
                "facts": f"{present['facts'][:580]} {held['version']}",
                "analysis": present["analysis"],
                "base_version": held["version"],
            },
        )
        held["version"] += 1
        return answer

    return change


def _saving_itself(loaded: Loaded) -> Callable[[], Answer]:
    """Each call is what the page's script sends a second after the last keystroke, and gets the new index."""
    session = officer()
    present: dict[str, Any] = json.loads(
        _plain(session, f"/api/v1/regions/{WORKING}/evaluations/{YEAR}/answers/21")
    )
    held = {"version": present["version"], "turn": 0}

    def save() -> Answer:
        held["turn"] += 1
        level = 2 + held["turn"] % 2
        fields = {
            "level": level,
            "met": list(range(1, level + 1)),
            "facts": f"{present['facts'][:580]} {held['version']}",
            "analysis": present["analysis"],
            "external_source": "",
            "base_version": held["version"],
        }
        url = f"/regions/{WORKING}/evaluations/{YEAR}/21/"
        answer = session.post(url, fields, HTTP_X_AUTOSAVE="true")
        held["version"] += 1
        return answer

    return save


def _opening(loaded: Loaded) -> Callable[[], Answer]:
    """Each call hands an assessed region's file to the ministry: the next one of twenty in turn."""
    session = ministry()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT piece.id FROM evidence_piece AS piece JOIN organizations_organization AS owner "
            "ON owner.id = piece.organization_id WHERE owner.code = %s ORDER BY piece.id",
            [ASSESSED],
        )
        pieces = cycle([row[0] for row in cursor.fetchall()])
    here = f"/regions/{ASSESSED}/evaluations/{YEAR}/evidence"
    return lambda: session.send("GET", f"{here}/{next(pieces)}/file/")


def _all_evidence(loaded: Loaded) -> Callable[[], Answer]:
    """All files of a region as one zip, as its own people take it."""
    session = officer()
    url = f"/regions/{ASSESSED}/evaluations/{YEAR}/evidence.zip"
    return partial(session.post, url, {})


def _scoring(loaded: Loaded) -> Callable[[], Answer]:
    """Each call changes the ministry's score of one answer, and gets the new index."""
    session = ministry()
    url = f"/api/v1/regions/{ASSESSED}/evaluations/{YEAR}/scores/21"
    present: dict[str, Any] = json.loads(_plain(session, url))
    name, _dot, version = present["mark"].rpartition(".")
    held = {"version": int(version), "turn": 0}

    def change() -> Answer:
        held["turn"] += 1
        body = {
            "level": str(1 + held["turn"] % 2),
            "facts": present["facts"],
            "analysis": present["analysis"],
            "justification": f"{present['justification'][:580]} {held['version']}",
            "mark": f"{name}.{held['version']}",
        }
        answer = session.send("PUT", url, body)
        held["version"] += 1
        return answer

    return change


def _plain(session: Session, url: str) -> bytes:
    answer = session.server.send("GET", url, b"", HTTP_COOKIE=session.cookie, HTTP_ACCEPT_ENCODING="identity")
    if answer.status != 200:
        raise RuntimeError(f"GET {url} answered {answer.status}")
    return answer.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something somebody does, with its promise."""

    name: str
    begin: Callable[[Loaded], Callable[[], Answer]]
    target: Target
    growth: float | None = 1.2
    #: whether it is measured at ten times the size too; files lie in the country of 514 regions only
    grows: bool = True


ACTS: Final = (
    Act(
        name="evaluation-read",
        begin=_reading,
        target=Target(p95_ms=40, queries=10, bytes=40 * 1024),
    ),
    Act(name="answer-change", begin=_answering, target=Target(p95_ms=60)),
    Act(name="answer-autosave", begin=_saving_itself, target=Target(p95_ms=60)),
    Act(name="answer-change-ministry", begin=_scoring, target=Target(p95_ms=60)),
    Act(name="ministry-overview", begin=_overview, target=Target(p95_ms=60)),
    Act(name="ministry-overview-drawn", begin=_overview_drawn, target=Target(p95_ms=60), growth=None),
    Act(name="evidence-open", begin=_opening, target=Target(), grows=False),
    Act(name="evidence-zip", begin=_all_evidence, target=Target(), grows=False),
)


def _measured(act: Act, regions: int, runs: int) -> Row:
    with evaluation_database(regions) as loaded:
        call = act.begin(loaded)
        p50, p95 = timings(call, runs=runs)
        answer = call()
    return Row(
        name=act.name,
        size=f"{regions} regions x 47 answers x 3 stages",
        p50_ms=p50,
        p95_ms=p95,
        queries=answer.queries,
        bytes=len(answer.body),
        target=act.target,
    )


def measure(act: Act, *, runs: int) -> Row:
    """This function will measure an act in a country of 514 regions."""
    return _measured(act, COUNTRY, runs)


def measure_growth(act: Act, *, runs: int) -> Row:
    """This function will measure an act at 5,140 regions, and how many times as long as at 514 it takes.

    Both are measured in turns, and the middle one of the ratios counts: a machine that gets busy slows both.
    """
    turns = [
        (_measured(act, COUNTRY, max(runs // _TURNS, 5)), _measured(act, TEN_TIMES, max(runs // _TURNS, 5)))
        for _ in range(_TURNS)
    ]
    large = sorted((row for _small, row in turns), key=lambda row: row.p95_ms or 0)[_TURNS // 2]
    ratios = [(large.p50_ms or 0) / small.p50_ms for small, large in turns if small.p50_ms]
    return replace(
        large,
        name=f"{act.name}-growth",
        ratio=round(statistics.median(ratios), 2),
        target=replace(act.target, ratio=act.growth),
    )


def _of(act: Act, work: Callable[..., Row]) -> Callable[[int], Row]:
    return lambda runs: work(act, runs=runs)


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    **{act.name: _of(act, measure) for act in ACTS},
    **{f"{act.name}-growth": _of(act, measure_growth) for act in ACTS if act.grows},
}
