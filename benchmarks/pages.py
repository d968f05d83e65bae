"""Pages: the whole server's time for one request in one process, its statements, and what goes over the wire."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from benchmarks.rows import Row, Target, timings
from livinglab.config.wsgi import application
from livinglab.kernel.kept_pages import kept_pages

_NOT_COUNTED = re.compile(r"\s*(SET LOCAL|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    queries: int = 0


@dataclass(slots=True)
class StatementCounter:
    """Counts statements while it wraps a connection, without transaction control and SET LOCAL."""

    count: int = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not _NOT_COUNTED.match(sql):
            self.count += 1
        return execute(sql, params, many, context)


@dataclass(slots=True)
class Server:
    """The WSGI application, called without a network."""

    application: WSGIHandler = application

    def get(self, url: str, **headers: str) -> Answer:
        """This function will request a URL and return the complete answer with the statements it took."""
        return self.send("GET", url, b"", **headers)

    def send(self, method: str, url: str, body: bytes, **headers: str) -> Answer:
        """This function will send a request and return the answer with the statements it took.

        The body is JSON unless `CONTENT_TYPE` says otherwise.
        """
        path, _, query = url.partition("?")
        environ: dict[str, Any] = {
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_ACCEPT_ENCODING": "gzip, br",
        }
        setup_testing_defaults(environ)
        environ.update(
            {
                "REQUEST_METHOD": method,
                "HTTP_HOST": "127.0.0.1",
                "CONTENT_TYPE": "application/json",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": BytesIO(body),
                **headers,
            }
        )
        seen: dict[str, Any] = {}

        def start_response(status: str, raw: list[tuple[str, str]], _: Any = None) -> Any:
            seen.update(status=int(status.split()[0]), headers=dict(raw))

        counter = StatementCounter()
        with connection.execute_wrapper(counter):
            iterable = self.application(environ, start_response)
            body = b"".join(iterable)
            close = getattr(iterable, "close", None)
            if close:
                close()
        return Answer(seen["status"], seen["headers"], body, counter.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with its promise."""

    name: str
    url: str
    size: str
    target: Target
    revalidated: bool = False
    #: also measured without the kept copy: as its first visitor after a change gets it
    drawn: bool = False


TWELVE = "32.11,14.08,34.02,35.10,35.29,32.73,33.14,35.15,18.71,51.71,73.72,35.22"
PAGES = (
    Page(
        name="country",
        url="/",
        size="514 regions",
        target=Target(p95_ms=60, queries=8, bytes=60 * 1024),
        drawn=True,
    ),
    Page(
        name="ranking",
        url="/regions/",
        size="514 regions",
        target=Target(p95_ms=60, queries=8, bytes=60 * 1024),
        drawn=True,
    ),
    Page(
        name="portrait",
        url="/regions/32.11/",
        size="1 region",
        target=Target(p95_ms=40, queries=10),
        drawn=True,
    ),
    Page(
        name="portrait-304",
        url="/regions/32.11/",
        size="1 region, unchanged",
        target=Target(p95_ms=10),
        revalidated=True,
    ),
    Page(
        name="compare-12",
        url=f"/compare/?regions={TWELVE}",
        size="12 regions",
        target=Target(p95_ms=80),
        drawn=True,
    ),
    Page(name="api-region", url="/api/v1/regions/32.11", size="1 region", target=Target(p95_ms=40)),
)


def measure_page(page: Page, *, runs: int, drawn: bool = False) -> Row:
    """This function will measure a page; a page that does not answer as it should is an error.

    `drawn` forgets the kept page before each request, so that every run draws it anew.
    """
    server = Server()
    first = server.get(page.url)
    headers = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]} if page.revalidated else {}
    if drawn:
        kept_pages.clear()
    answer = server.get(page.url, **headers)
    wanted = 304 if page.revalidated else 200
    if answer.status != wanted:
        raise RuntimeError(f"{page.url} answered {answer.status} instead of {wanted}")

    def request() -> None:
        if drawn:
            kept_pages.clear()
        server.get(page.url, **headers)

    p50, p95 = timings(request, runs=runs)
    return Row(
        name=f"{page.name}-drawn" if drawn else page.name,
        size=page.size,
        p50_ms=p50,
        p95_ms=p95,
        queries=answer.queries,
        bytes=len(answer.body),
        target=page.target,
    )
