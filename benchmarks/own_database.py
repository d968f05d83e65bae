"""Databases of their own for benchmarks: migrated, with the reference data, filled once, kept until something changes.

A database is named after what it holds and a hash of all migrations and of the file that fills it. It needs the owner
role, as every benchmark run has.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections, models
from psycopg import sql

from livinglab.config.reference import load_everything


@contextmanager
def own_database(prefix: str, source: Path, fill: Callable[[], None]) -> Iterator[str]:
    """This function will run a block against the database that `fill` of the file `source` fills, and yield its name.

    It is made first when it is not there; older ones with this prefix go. Errors: RuntimeError without the owner role.
    """
    if "owner" not in settings.DATABASES:
        raise RuntimeError("this benchmark makes a database: set DATABASE_OWNER_URL")
    before = connections["default"].settings_dict["NAME"]
    name = f"{prefix}_{_stamp(source)}"
    is_new = _create(name)
    try:
        _switch(name)
        if is_new:
            _let_the_app_in()
            call_command("migrate", database="owner", interactive=False, verbosity=0)
            load_everything()
            fill()
        yield name
    except BaseException:
        if is_new:
            _switch(before)
            _drop(name)
        raise
    finally:
        _switch(before)


def _stamp(source: Path) -> str:
    digest = hashlib.blake2b(source.read_bytes(), digest_size=5)
    for path in sorted(settings.PACKAGE.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _create(name: str) -> bool:
    """Make the database unless it is there; older ones of the same size go."""
    with _maintenance() as connection:
        size = name.rsplit("_", 1)[0]
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{size}\\_%"])
        names = {row[0] for row in rows}
        for old in names - {name}:
            _end(connection, old)
        if name in names:
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    return True


def _drop(name: str) -> None:
    with _maintenance() as connection:
        _end(connection, name)


def _end(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop plainly: `WITH (FORCE)` is refused to an owner while the server's own vacuum is in the database."""
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
        [name],
    )
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _maintenance() -> psycopg.Connection[Any]:
    owner = settings.DATABASES["owner"]
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given: dict[str, Any] = {libpq: owner[django] for libpq, django in keys.items() if owner[django]}
    return psycopg.connect(dbname="postgres", autocommit=True, **given)


def _switch(name: str) -> None:
    close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def close_all() -> None:
    """This function will close every connection, those that wait in a pool too: a child would share them."""
    for alias in ("default", "owner"):
        connection = connections[alias]
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool and connection.settings_dict["OPTIONS"].get("pool"):
            close_pool()


def _let_the_app_in() -> None:
    """The default privileges that the launcher gives in the real database."""
    app = sql.Identifier(settings.DATABASES["default"]["USER"])
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        for what, rights in (
            ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
            ("SEQUENCES", "USAGE, SELECT"),
            ("FUNCTIONS", "EXECUTE"),
        ):
            statement = f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {what} TO {{}}"
            cursor.execute(sql.SQL(statement).format(app))


def insert_selected(
    cursor: Any, model: type[models.Model], source: str, values: Mapping[str, str], *, where: str = "true"
) -> None:
    """This function will INSERT … SELECT; a column that `values` does not name gets its model's default."""
    meta = model._meta  # noqa: SLF001  Django documents it as public
    columns: list[sql.Composable] = []
    selected: list[sql.Composable] = []
    for field in meta.concrete_fields:
        column = str(field.column)
        columns.append(sql.Identifier(column))
        if column in values:
            selected.append(sql.SQL(values[column]))  # written in this file
        else:
            default = field.get_db_prep_save(field.get_default(), connections["owner"])
            selected.append(sql.Literal(default))
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE {}").format(
            sql.Identifier(meta.db_table),
            sql.SQL(", ").join(columns),
            sql.SQL(", ").join(selected),
            sql.SQL(source),
            sql.SQL(where),
        )
    )
