"""Every page and answer of services that reads cases, beside a tenth of a million cases and beside all of them."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from benchmarks.casework_data import COMPLAINTS, PACKAGE, REGION, Loaded, arrived, begun, casework_database
from benchmarks.pages import StatementCounter
from benchmarks.rows import Row, Target, timings
from livinglab.accounts.models import User
from livinglab.casework.models import ServiceVersion, Task
from livinglab.kernel import clock
from livinglab.kernel.kept_pages import kept_pages
from livinglab.kernel.tenancy import tenancy

CASES: Final = 1_000_000
_SIZES: Final = (CASES // 10, CASES)
_TURNS: Final = 3
_PROMISED_RATIO: Final = 1.2
_PROMISED_STATEMENTS: Final = 10
_REGION: Final = f"/regions/{REGION}"
_API: Final = f"/api/v1{_REGION}"
#: the span of a list of complaints is 90 days; at most a thousand are in it
_REQUESTS: Final = f"/open311/v2/requests.json?jurisdiction_id={REGION}"
_FORM_PAGE: Final = "why"
#: of the inbox, on one page
_TICKED: Final = 20
#: an answer that is no list, and may take more than the ten statements promised of lists
_NO_LIST: Final = frozenset({"evidence of a service"})
_Timed = tuple[float, int]
#: of each size the pages, by name
_Looks = Mapping[int, Mapping[str, Callable[[], None]]]


def growth(runs: int) -> Row:
    """This function will time each page in turns at one time and at ten times the cases.

    The row says how the page that grows most does, the most statements that one takes, and each page in a table.
    What is over the limit is timed in as many turns again, and the least of all counts: what else the machine does
    only makes a page take longer, and a page that grows stays over it.
    """
    each = max(runs // _TURNS, 5)
    looks = {number: _prepared(number) for number in _SIZES}
    taken = _turns(looks, each, only=looks[CASES])
    over = [name for name, pairs in taken.items() if _Grown.of(pairs).ratio > _PROMISED_RATIO]
    for name, pairs in _turns(looks, each, only=over).items():
        taken[name] += pairs
    found = {name: _Grown.of(pairs) for name, pairs in taken.items()}
    return Row(
        name="case-pages-growth",
        size=f"{len(found)} pages beside {_SIZES[0]} and {CASES} cases; the one that grows most",
        queries=max(one.statements for name, one in found.items() if name not in _NO_LIST),
        ratio=max(one.ratio for one in found.values()),
        target=Target(queries=_PROMISED_STATEMENTS, ratio=_PROMISED_RATIO),
        table=tuple(f"{name}: {one}" for name, one in sorted(found.items(), key=lambda pair: -pair[1].ratio)),
    )


class _Grown:
    """Of a page the medians in milliseconds at both sizes, how many times as long it takes, and its statements."""

    def __init__(self, small: float, large: float, ratio: float, statements: int) -> None:
        self.small, self.large, self.ratio, self.statements = small, large, ratio, statements

    @classmethod
    def of(cls, turns: Iterable[tuple[_Timed, _Timed]]) -> "_Grown":
        """This function will compare the least median of several turns at each size: others only make it longer."""
        at_one_time, at_ten = zip(*turns, strict=True)
        small, large = (min(taken for taken, _statements in times) for times in (at_one_time, at_ten))
        return cls(small, large, round(large / small, 2), max(statements for _taken, statements in at_ten))

    def __str__(self) -> str:
        return f"{self.small} -> {self.large} ms, {self.ratio} times, {self.statements} statements"


def _turns(looks: _Looks, each: int, *, only: Iterable[str]) -> dict[str, list[tuple[_Timed, _Timed]]]:
    """This function will time pages, each in turns at both sizes: what else the machine does meets both alike."""
    return {name: [_turn(looks, name, runs=each) for _nth in range(_TURNS)] for name in only}


def _turn(looks: _Looks, name: str, *, runs: int) -> tuple[_Timed, _Timed]:
    small, large = (_at(number, looks[number][name], runs=runs) for number in _SIZES)
    return small, large


def _at(number: int, look: Callable[[], None], *, runs: int) -> _Timed:
    with casework_database(number):
        return _timed(look, runs=runs)


def _prepared(number: int) -> Mapping[str, Callable[[], None]]:
    with casework_database(number) as loaded:
        return _looks(loaded)


def _timed(look: Callable[[], None], *, runs: int) -> _Timed:
    p50, _p95 = timings(look, runs=runs)
    counter = StatementCounter()
    with connection.execute_wrapper(counter):
        look()
    return p50, counter.count


def _looks(loaded: Loaded) -> Mapping[str, Callable[[], None]]:
    case, secret = arrived(loaded.service, at=clock.now())
    with tenancy(loaded.organization.id):
        task = Task.objects.filter(case=case).get()
        several = Task.objects.filter(node=task.node).exclude(pk=task.pk).values_list("id", flat=True)
        ticked = urlencode({"task": list(several[:_TICKED])}, doseq=True)
        versions = ServiceVersion.objects.filter(service=loaded.service).order_by("number")
        before = versions.values_list("id", flat=True)[0]
    application = f"/applications/{REGION}/{secret}"
    form = f"/applications/{REGION}/{begun(loaded.service, at=clock.now())}"
    anybody, officer = Client(SERVER_NAME="localhost"), _as(loaded.officer)
    signer, coordinator, applicant = _as(loaded.signer), _as(loaded.coordinator), _as(loaded.applicant)
    api = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {secret}"})
    asked: list[tuple[Client, str, str]] = [
        (anybody, "services", "/apply/"),
        (anybody, "one service", f"/apply/{REGION}/{PACKAGE}/"),
        (anybody, "how a service does", f"{_REGION}/performance/{PACKAGE}/"),
        (anybody, "open complaints", f"{_REQUESTS}&status=open"),
        (anybody, "services of complaints", f"/open311/v2/services.json?jurisdiction_id={REGION}"),
        (anybody, "a page of a form", f"{form}/form/{_FORM_PAGE}/"),
        (anybody, "answers to be checked", f"{form}/check/"),
        (anybody, "an application", f"{application}/"),
        (anybody, "a receipt", f"{application}/receipt/"),
        (anybody, "data of an application", f"{application}/data/"),
        (api, "an application, API", f"{_API}/application"),
        (applicant, "own applications", "/me/applications/"),
        (officer, "inbox", f"{_REGION}/desk/"),
        (officer, "inbox: late", f"{_REGION}/desk/?due=late"),
        (officer, "inbox: of nobody", f"{_REGION}/desk/?who=nobody"),
        (officer, "inbox: one step", f"{_REGION}/desk/?step={loaded.service.id}/check"),
        (officer, "inbox: asked", f"{_REGION}/desk/?standing=asked"),
        (officer, "inbox: a number", f"{_REGION}/desk/?number={case.number}"),
        (officer, "inbox, API", f"{_API}/desk"),
        (officer, "list of a day", f"{_REGION}/desk/day/"),
        (officer, "several at once", f"{_REGION}/desk/together/?{ticked}"),
        (officer, "a case by its number", f"{_REGION}/desk/cases/?number={case.number}"),
        (officer, "a case", f"{_REGION}/desk/cases/{case.id}/"),
        (signer, "inbox of who signs", f"{_REGION}/desk/"),
        (signer, "what waits for a signature", f"{_REGION}/desk/sign/"),
        (officer, "a step", f"{_REGION}/desk/{task.id}/"),
        (officer, "counter", f"{_REGION}/counter/"),
        (officer, "forms for the offline counter", f"{_REGION}/counter/offline/forms/"),
        (coordinator, "inbox of who answers for services", f"{_REGION}/desk/"),
        (coordinator, "inbox: told to superiors", f"{_REGION}/desk/?standing=escalated"),
        (coordinator, "seats", f"{_REGION}/seats/"),
        (coordinator, "versions", f"{_REGION}/versions/"),
        (coordinator, "a version before", f"{_REGION}/versions/{before}/"),
        (coordinator, "messages that failed", f"{_REGION}/messages/"),
        (coordinator, "questions to other systems", f"{_REGION}/outside/"),
        (coordinator, "signed documents", f"{_REGION}/papers/?number={case.number}"),
        (coordinator, "requests for deletion", f"{_REGION}/erasures/"),
        (coordinator, "evidence of a service", f"{_REGION}/services/{PACKAGE}/evidence/"),
        (anybody, "what was published", f"{_REGION}/publications/"),
        (anybody, "what was published, by words", f"{_REGION}/publications/?q=contoh+desa"),
        (anybody, "what was published, by a word that few have", f"{_REGION}/publications/?q=1000"),
        (anybody, "one publication", f"{_REGION}/publications/2026-7/"),
        (anybody, "publications as JSON-LD", f"{_REGION}/publications/catalog.jsonld"),
        (anybody, "how complaints do", f"{_REGION}/performance/{COMPLAINTS}/"),
    ]
    return {name: partial(_look, client, url) for client, name, url in asked}


def _as(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _look(client: Client, url: str) -> None:
    """This function will ask for a page as it is drawn anew, not as it is kept for the next visitor."""
    kept_pages.clear()
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")
    b"".join(answer) if answer.streaming else answer.content


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {"case-pages-growth": growth}
