"""Evaluations: read one, change an answer or a score and get the new index, follow a round; then at ten times the size.

The rows run against a database of their own (`evaluation_data`); `…-growth` rows measure the same at 5,140 regions
and compare the medians of both.
"""

import json
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.test import Client

from benchmarks.evaluation_data import ASSESSED, COUNTRY, WORKING, YEAR, Loaded, evaluation_database
from benchmarks.pages import Answer, Server
from benchmarks.rows import Row, Target, timings
from livinglab.accounts.models import User
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.access import actor_before
from livinglab.evaluations.models import ReportJob
from livinglab.evaluations.operations import reports, workbooks
from livinglab.evaluations.queries.participations import find_participation
from livinglab.evaluations.queries.places import Place
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
        """This function will send a request. Errors: RuntimeError for any answer but 200."""
        data = b"" if body is None else json.dumps(body).encode()
        answer = self.server.send(method, url, data, HTTP_COOKIE=self.cookie, HTTP_X_CSRFTOKEN=_TOKEN)
        if answer.status != 200:
            raise RuntimeError(f"{method} {url} answered {answer.status}")
        return answer


def _session(role: Role, *codes: str) -> Session:
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


def _officer() -> Session:
    return _session(Role.DATA_ENTRY, WORKING, ASSESSED)


def _ministry() -> Session:
    return _session(Role.MINISTRY, "kementerian-panrb")


def _reading(loaded: Loaded) -> Callable[[], Answer]:
    return partial(_officer().send, "GET", f"/regions/{ASSESSED}/evaluations/{YEAR}/")


def _overview(loaded: Loaded) -> Callable[[], Answer]:
    return partial(_ministry().send, "GET", f"/evaluations/rounds/{loaded.round_id}/")


def _overview_drawn(loaded: Loaded) -> Callable[[], Answer]:
    """The page as it is after every change, when nothing of it is kept."""
    read = _overview(loaded)

    def draw() -> Answer:
        overview_page.forget()
        return read()

    return draw


def _answering(loaded: Loaded) -> Callable[[], Answer]:
    """Each call stores another level and text of one answer, and gets the new index."""
    session = _officer()
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
                "facts": f"{present['facts'][:590]} {held['turn'] % 10}",
                "analysis": present["analysis"],
                "base_version": held["version"],
            },
        )
        held["version"] += 1
        return answer

    return change


def _scoring(loaded: Loaded) -> Callable[[], Answer]:
    """Each call changes the ministry's score of one answer, and gets the new index."""
    session = _ministry()
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
            "justification": f"{present['justification'][:590]} {held['turn'] % 10}",
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


ACTS: Final = (
    Act(
        name="evaluation-read",
        begin=_reading,
        target=Target(p95_ms=40, queries=10, bytes=40 * 1024),
    ),
    Act(name="answer-change", begin=_answering, target=Target(p95_ms=60)),
    Act(name="answer-change-ministry", begin=_scoring, target=Target(p95_ms=60)),
    Act(name="ministry-overview", begin=_overview, target=Target(p95_ms=60)),
    Act(name="ministry-overview-drawn", begin=_overview_drawn, target=Target(p95_ms=60), growth=None),
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


def _place(session: Session, code: str) -> Place:
    organization = find_organization(code)
    assert organization is not None
    participation = find_participation(organization.id, YEAR)
    assert participation is not None
    actor = actor_before(session.user, organization.id, participation.id)
    return Place(organization, participation, get_instrument(participation.round.instrument), actor)


def report_pdf(*, runs: int) -> Row:
    """This function will time the making of the report of one region as PDF, as the job does it."""
    with evaluation_database(COUNTRY):
        place = _place(_ministry(), ASSESSED)

        def make() -> None:
            with tenancy(place.organization.id):
                ReportJob.objects.filter(organization_id=place.organization.id).delete()
            with tenancy(place.organization.id):
                job = reports.ask(place=place, language="id", form="pdf", at=clock.now())
            reports.make(organization_id=place.organization.id, job_id=job.id, at=clock.now())
            with tenancy(place.organization.id):
                job.refresh_from_db()
            if job.problem:
                raise RuntimeError(f"the report was not made: {job.problem}")

        p50, p95 = timings(make, runs=min(runs, 5), warmup=1)
    return Row(name="report-pdf", size="47 indicators", p50_ms=p50, p95_ms=p95, target=Target(p95_ms=5_000))


def workbook_out(*, runs: int) -> Row:
    """This function will time the writing of one working sheet as XLSX."""
    with evaluation_database(COUNTRY):
        place = _place(_officer(), WORKING)
        work = partial(workbooks.export, place=place, at=clock.now(), language="id")
        p50, p95 = timings(work, runs=min(runs, 9), warmup=1)
    return Row(name="workbook-out", size="47 answers", p50_ms=p50, p95_ms=p95, target=Target(p95_ms=2_000))


def workbook_in(*, runs: int) -> Row:
    """This function will time the reading of one working sheet from XLSX, up to the preview of its changes."""
    with evaluation_database(COUNTRY):
        place = _place(_officer(), WORKING)
        content = workbooks.export(place=place, at=clock.now(), language="id")

        def read() -> None:
            with tenancy(place.organization.id):
                draft = workbooks.upload(place=place, content=content, at=clock.now())
                workbooks.preview(place, draft)

        p50, p95 = timings(read, runs=min(runs, 9), warmup=1)
    return Row(
        name="workbook-in",
        size="47 answers, to the preview",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=2_000),
    )


def _of(act: Act, work: Callable[..., Row]) -> Callable[[int], Row]:
    return lambda runs: work(act, runs=runs)


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    **{act.name: _of(act, measure) for act in ACTS},
    **{f"{act.name}-growth": _of(act, measure_growth) for act in ACTS},
    "report-pdf": lambda runs: report_pdf(runs=runs),
    "workbook-out": lambda runs: workbook_out(runs=runs),
    "workbook-in": lambda runs: workbook_in(runs=runs),
}
