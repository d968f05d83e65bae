"""The test database: made by the owner role, used through the app role, filled once with the reference data."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from psycopg import sql

from livinglab.catalogue.queries import shelf_counts
from livinglab.comparisons import portrait_reads
from livinglab.config.reference import load_everything
from livinglab.kernel import clock
from livinglab.kernel.kept_pages import kept_pages
from livinglab.planning.queries import matching, teachers
from livinglab.visits.queries import kept as kept_follow_through

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # in Jakarta; fixtures name days on both sides of it


def pytest_configure(config: pytest.Config) -> None:
    """This hook will set up what every test relies on: time without a limit, a folder of static files, a day."""
    # a busy machine is no fault of the code; one commit gives one verdict, and `LIVINGLAB_EXPLORE=1` looks further
    hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
    hypothesis.settings.register_profile("explore", deadline=None, max_examples=500)
    hypothesis.settings.load_profile("explore" if os.environ.get("LIVINGLAB_EXPLORE") else "house")
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # one commit gives one verdict on any day: the suite begins at the same noon whenever it is run
    clock.now = running_from(NOON, clock.now)


def running_from(first: datetime, machine: Callable[[], datetime]) -> Callable[[], datetime]:
    """This function will return a clock that reads `first` now and goes on as the machine's does."""
    ahead = machine() - first
    return lambda: machine() - ahead


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Versions are rolled back with each test, so the pages and reads kept under them must go too.

    A page in English leaves its thread in English; the next test begins in Indonesian again.
    """
    translation.activate(settings.LANGUAGE_CODE)
    kept_pages.clear()
    portrait_reads.forget()
    kept_follow_through.forget()
    teachers.forget()
    matching.forget()
    shelf_counts.forget()


def _name() -> str:
    suffix = os.environ.get("TEST_DATABASE_SUFFIX", "main")
    return f"test_{suffix}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """This fixture will create, migrate and fill a fresh database; tests see it as the app role does."""
    name = _name()
    owner = settings.DATABASES["owner"]
    with _maintenance(owner) as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        _let_the_app_in(owner["USER"], settings.DATABASES["default"]["USER"], name)
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        load_everything()
    yield
    for alias in ("default", "owner"):
        connections[alias].close()
    with _maintenance(owner) as connection:
        _drop(connection, name)


def _maintenance(owner: dict[str, Any]) -> psycopg.Connection[Any]:
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given: dict[str, Any] = {libpq: owner[django] for libpq, django in keys.items() if owner[django]}
    return psycopg.connect(dbname="postgres", autocommit=True, **given)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    """The database goes, whoever is still in it.

    `WITH (FORCE)` is refused while the server's own vacuum is in the database, because its owner may not end that;
    a plain drop lets the server end it. So we end the sessions of people ourselves, and drop plainly.
    """
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _let_the_app_in(owner: str, app: str, name: str) -> None:
    """The same default privileges that the launcher gives in the real database."""
    to = sql.Identifier(app)
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(to))
        for what, rights in (
            ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
            ("SEQUENCES", "USAGE, SELECT"),
            ("FUNCTIONS", "EXECUTE"),
        ):
            statement = f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {what} TO {{}}"
            cursor.execute(sql.SQL(statement).format(to))
