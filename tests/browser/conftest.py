"""A real server on loopback and a real Chromium."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from livinglab.kernel import clock
from tests.accounts.openid_server import CLIENT, SECRET, Server, serving

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
PHONE = ViewportSize(width=360, height=740)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class Site:
    """The server under test."""

    url: str
    password: str
    var: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """This hook will let the story of a round be told last: all share one database, and it gives Siak its own levels.

    What begins with the result that was published of Siak comes before it.
    """
    items.sort(key=lambda item: item.path.name == "test_assess.py")


@pytest.fixture(scope="package", autouse=True)
def _clock_of_the_machine() -> Iterator[None]:
    """The server reads the machine's clock, so the tests that lay its ground here must not read another."""
    given = clock.now
    clock.now = lambda: datetime.now(UTC)  # noqa: TID251  what the server reads
    yield
    clock.now = given


@pytest.fixture(scope="session")
def identity() -> Iterator[Server]:
    """This fixture will run the OpenID Connect server by which the site lets citizens sign in."""
    with serving() as one:
        yield one


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory, identity: Server) -> Iterator[Site]:
    """This fixture will serve the test database as ./run serves, with the synthetic demo people."""
    var = tmp_path_factory.mktemp("site")
    environment = {**os.environ, **databases(), "LIVINGLAB_MODE": "demo", "LIVINGLAB_VAR": str(var)}
    environment |= {"OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
    environment |= {"OIDC_SERVER_URL": identity.url, "OIDC_NAME": "Identitas Warga"}
    for command in (["messages", "compile"], ["static"], ["load-reference"]):
        subprocess.run(
            [sys.executable, "-m", "livinglab.config.cli", *command],
            env=environment,
            check=True,
            cwd=settings.ROOT,
            capture_output=True,
        )
    port = _free_port()
    gunicorn = ["gunicorn", "--config", "src/livinglab/config/gunicorn.py", "--bind", f"127.0.0.1:{port}"]
    log = (var / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", *gunicorn, "livinglab.config.wsgi:application"],
        env=environment,
        cwd=settings.ROOT,
        stdout=log,
        stderr=log,
    )
    worker = subprocess.Popen(
        [sys.executable, "-m", "livinglab.config.cli", "worker"],
        env=environment,
        cwd=settings.ROOT,
        stdout=log,
        stderr=log,
    )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/ready", server, var / "server.log")
        password = (var / "secrets" / "demo-password").read_text().strip()
        yield Site(f"http://127.0.0.1:{port}", password, var)
    finally:
        for process in (worker, server):
            process.terminate()
            process.wait(timeout=20)
        log.close()


def chromium_path() -> str:
    """This function will return where Chromium is; without it the test fails."""
    candidates = (os.environ.get("LIVINGLAB_CHROMIUM", ""), *CHROMIUM)
    path = next((one for one in candidates if one and Path(one).exists()), None)
    if path is None:
        pytest.fail("no Chromium found: apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def chromium(site: Site) -> Iterator[Browser]:  # the database is made before an event loop runs
    """This fixture will start Debian's Chromium once."""
    path = chromium_path()
    expect.set_options(timeout=30_000)  # a busy machine is no fault of the pages
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """This fixture will open a fresh browser on the site; a script error or a blocked resource fails the test."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="id-ID")
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: _keep_refusals(message, complaints))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Page]:
    """This fixture will open the site on a phone of its own."""
    context = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", accept_downloads=True)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def beside(site: Site, django_db_blocker: Any) -> "Callable[[Callable[[], Any]], Any]":
    """This fixture will run something on the site's database: the browser's loop keeps the thread of the test."""

    def run(act: Callable[[], Any]) -> Any:
        def closing() -> Any:
            try:
                return act()
            finally:
                connections.close_all()

        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
            return thread.submit(closing).result()

    return run


#: what depends on the theme and the width, and on nothing else
LOOKS = ("color-contrast", "target-size", "link-in-text-block")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture
def desk(chromium: Browser, site: Site) -> "Iterator[Callable[[str], Page]]":
    """This fixture will give each person a browser of their own, signed in; sign-ins are kept for the story."""
    opened: dict[str, Page] = {}

    def sit_down(who: str) -> Page:
        if who not in opened:
            context = chromium.new_context(base_url=site.url, locale="id-ID", accept_downloads=True)
            context.set_default_timeout(60_000)
            page = context.new_page()
            page.goto("/accounts/login/?next=/me/")
            page.get_by_label("Alamat surel").fill(f"{who}@demo.example")
            page.get_by_label("Kata sandi", exact=True).fill(site.password)
            page.get_by_role("button", name="Masuk", exact=True).click()
            page.wait_for_url("**/me/")
            opened[who] = page
        return opened[who]

    yield sit_down
    for page in opened.values():
        page.context.close()


def axe_violations(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """This function will return what axe finds against WCAG 2.2 A and AA, one line each; `rules` pick some."""
    chosen = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(STANDARDS)}
    options: dict[str, Any] = {"runOnly": chosen, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}" for one in found for node in one["nodes"][:3]
    ]


def _keep_refusals(message: Any, complaints: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        complaints.append(message.text)


def databases() -> dict[str, str]:
    """This function will return the addresses of the test database, for a process of its own."""
    urls = {}
    for variable, alias in (("DATABASE_URL", "default"), ("DATABASE_OWNER_URL", "owner")):
        one = settings.DATABASES[alias]
        parts = {
            "dbname": one["NAME"],
            "user": one["USER"],
            "password": one["PASSWORD"],
            "host": one["HOST"],
            "port": one["PORT"],
        }
        urls[variable] = " ".join(f"{key}='{value}'" for key, value in parts.items() if value)
    return urls


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_until_ready(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 300  # a busy machine is no fault of the code
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"the server stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server was not ready within five minutes:\n{log.read_text()[-3000:]}")
