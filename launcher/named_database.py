"""A PostgreSQL that is not ours, named by DATABASE_URL: checked before it is used, and opened to the application.

The driver in .venv speaks to it, in a process of its own: it knows TLS, which the embedded psql does not.
"""

import json
import os
import subprocess
from dataclasses import dataclass

from launcher.console import CannotContinueError
from launcher.folders import PYTHON
from launcher.privileges import default_privileges, quoted

OLDEST = 15
ASK = """
import json, os, sys, psycopg
try:
    with psycopg.connect(os.environ["URL"], connect_timeout=10) as connection:
        rows = [connection.execute(statement) for statement in json.load(sys.stdin)]
        print(json.dumps(rows[-1].fetchone() if rows[-1].description else None))
except psycopg.Error as problem:
    sys.exit(str(problem))
"""
WHO = """
    SELECT current_user, rolsuper, rolbypassrls, current_setting('server_version_num')::int / 10000
      FROM pg_roles WHERE rolname = current_user
"""


@dataclass(frozen=True, slots=True)
class Role:
    """The role that an address leads to, on which version of PostgreSQL."""

    name: str
    is_superuser: bool
    bypasses_policies: bool
    version: int


def prepare(url: str, owner_url: str | None) -> None:
    """This function will refuse roles that row-level security does not hold for, and let the application in.

    Raises CannotContinueError where a role may too much or too little, or cannot be reached.
    """
    application = _role("DATABASE_URL", url)
    check_application(application)
    if owner_url:
        owner = _role("DATABASE_OWNER_URL", owner_url)
        check_owner(owner, application)
        name = quoted(application.name)
        _ask(
            "DATABASE_OWNER_URL",
            owner_url,
            f"GRANT USAGE ON SCHEMA public TO {name}",
            default_privileges(name),
        )


def check_application(role: Role) -> None:
    """This function will refuse an application role that would see every tenant, or a server that is too old."""
    if role.version < OLDEST:
        raise CannotContinueError(
            f"PostgreSQL {OLDEST} or newer is needed; DATABASE_URL leads to {role.version}."
        )
    if role.is_superuser or role.bypasses_policies:
        raise CannotContinueError(
            f"DATABASE_URL signs in as {role.name}, which row-level security does not hold for: one region would "
            f"see another's rows. Use a role that is neither superuser nor BYPASSRLS:\n"
            f"  ALTER ROLE {quoted(role.name)} NOSUPERUSER NOBYPASSRLS"
        )


def check_owner(role: Role, application: Role) -> None:
    """This function will refuse an owner that is the application itself, or that sees no tenant's rows."""
    if role.name == application.name:
        raise CannotContinueError(
            f"DATABASE_URL and DATABASE_OWNER_URL sign in as the same role, {role.name}. A table's owner escapes "
            "its policies: use two roles."
        )
    if not (role.is_superuser or role.bypasses_policies):
        raise CannotContinueError(
            f"DATABASE_OWNER_URL signs in as {role.name}, which is not BYPASSRLS: migrations of data would see no "
            f"rows and change none. As the database's administrator:\n  ALTER ROLE {quoted(role.name)} BYPASSRLS"
        )


def _role(variable: str, url: str) -> Role:
    name, is_superuser, bypasses_policies, version = json.loads(_ask(variable, url, WHO))
    return Role(name, is_superuser, bypasses_policies, version)


def _ask(variable: str, url: str, *statements: str) -> str:
    done = subprocess.run(
        [PYTHON, "-c", ASK],
        env={**os.environ, "PYTHONPATH": "", "URL": url},  # with the PGSSL… variables, if there are any
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotContinueError(f"The database named by {variable} cannot be used: {done.stderr.strip()}")
    return done.stdout
