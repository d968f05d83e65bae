"""Every page and answer of services that reads cases, beside a tenth of a million cases and beside all of them."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from benchmarks.casework_data import COMPLAINTS, PACKAGE, REGION, Loaded, arrived, begun, casework_database
from benchmarks.pages import StatementCounter
from benchmarks.rows import Row, Target, in_turns, times_as_long
from livinglab.accounts.models import User
from livinglab.casework.models import ServiceVersion, Task
from livinglab.kernel import clock
from livinglab.kernel.kept_pages import kept_pages
from livinglab.kernel.tenancy import tenancy

CASES: Final = 1_000_000
_SIZES: Final = (CASES // 10, CASES)
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
#: of one size the pages, by name
_Looks = Mapping[str, Callable[[], None]]


def growth(runs: int) -> Row:
    """This function will time each page beside a tenth of the cases and beside all of them, call by call in turns.

    The row says how the page that grows most does, the most statements that one takes, and each page in a table.
    What is over the limit is timed in as many pairs again, and all of them count.
    """
    with _beside(_SIZES[0]) as small, _beside(_SIZES[1]) as large:
        found = {name: _Grown.of(small, large, name, pairs=runs) for name in large.names}
    return Row(
        name="case-pages-growth",
        size=f"{len(found)} pages beside {_SIZES[0]} and {_SIZES[1]} cases; the one that grows most",
        queries=max(one.statements for name, one in found.items() if name not in _NO_LIST),
        ratio=max(one.ratio for one in found.values()),
        target=Target(queries=_PROMISED_STATEMENTS, ratio=_PROMISED_RATIO),
        table=tuple(f"{name}: {one}" for name, one in sorted(found.items(), key=lambda pair: -pair[1].ratio)),
    )


class _Beside:
    """The pages beside so many cases. Each size keeps a connection of its own: to go to the other, none is closed.

    Which tenant is set is known of a connection, not of the process. What the process keeps (packages by their digest,
    SQL, texts that were formatted) holds for both sizes alike; finished pages do not and are forgotten at each look.
    """

    def __init__(self, connection: BaseDatabaseWrapper, looks: _Looks) -> None:
        self._connection, self._looks = connection, looks

    @property
    def names(self) -> Iterable[str]:
        """What the pages are called."""
        return self._looks

    def look(self, name: str) -> None:
        """This function will ask for a page."""
        connections["default"] = self._connection
        self._looks[name]()

    def statements(self, name: str) -> int:
        """This function will ask for a page and return how many statements it took."""
        counter = StatementCounter()
        with self._connection.execute_wrapper(counter):
            self.look(name)
        return counter.count


@contextmanager
def _beside(number: int) -> Iterator[_Beside]:
    with casework_database(number) as loaded:
        looks = _looks(loaded)
        connection = connections["default"].copy()
    connection.settings_dict["OPTIONS"].pop("pool", None)  # Django keeps pools by alias: both would share one
    before = connections["default"]
    try:
        yield _Beside(connection, looks)
    finally:
        connections["default"] = before
        connection.close()


@dataclass(frozen=True, slots=True)
class _Grown:
    """Of a page the medians in milliseconds at both sizes, how many times as long it takes, and its statements."""

    small: float
    large: float
    ratio: float
    statements: int

    @classmethod
    def of(cls, small: _Beside, large: _Beside, name: str, *, pairs: int) -> "_Grown":
        """This function will time a page at both sizes in turns."""
        timed = partial(in_turns, partial(small.look, name), partial(large.look, name), pairs=pairs)
        taken = timed()
        if times_as_long(taken) > _PROMISED_RATIO:
            taken += timed()
        at_one_time, at_ten = (round(statistics.median(times), 1) for times in zip(*taken, strict=True))
        return cls(at_one_time, at_ten, round(times_as_long(taken), 2), large.statements(name))

    def __str__(self) -> str:
        return f"{self.small} -> {self.large} ms, {self.ratio} times, {self.statements} statements"


def _looks(loaded: Loaded) -> _Looks:
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
