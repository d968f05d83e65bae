"""A PostgreSQL that is not ours is used only if its roles keep the tenants apart."""

import pytest

from launcher import named_database
from launcher.cluster import Cluster
from launcher.console import CannotContinueError
from tests.launcher.test_cluster import as_role

ROLES = """
    CREATE ROLE "The owner" LOGIN BYPASSRLS PASSWORD 'x';
    CREATE ROLE "the app" LOGIN PASSWORD 'x';
    CREATE ROLE plain LOGIN PASSWORD 'x';
    CREATE DATABASE own OWNER "The owner";
"""


def test_roles_are_checked_and_the_application_is_let_in(cluster: Cluster) -> None:
    with cluster.in_use() as port:
        cluster.execute(ROLES, port=port)

        def url(role: str) -> str:
            return f"postgresql://{role}:x@127.0.0.1:{port}/own"

        owner, application = url("The%20owner"), url("the%20app")
        with pytest.raises(
            CannotContinueError, match="The owner, which row-level security does not hold for"
        ):
            named_database.prepare(owner, owner)
        with pytest.raises(CannotContinueError, match="same role, the app"):
            named_database.prepare(application, application)
        with pytest.raises(CannotContinueError, match='ALTER ROLE "plain" BYPASSRLS'):
            named_database.prepare(application, url("plain"))
        with pytest.raises(CannotContinueError, match="named by DATABASE_URL cannot be used"):
            named_database.prepare(url("nobody_known"), owner)

        named_database.prepare(application, owner)
        named_database.prepare(application, owner)  # at each start
        as_role(cluster, owner, "CREATE TABLE region (code text)")
        assert as_role(cluster, application, "INSERT INTO region VALUES (1) RETURNING code").stdout == "1\n"


def test_old_postgresql_is_refused() -> None:
    role = named_database.Role("app", is_superuser=False, bypasses_policies=False, version=14)
    with pytest.raises(CannotContinueError, match=r"15 or newer is needed; DATABASE_URL leads to 14\."):
        named_database.check_application(role)
