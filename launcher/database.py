"""The database that a command works on: the embedded one, or the one named by DATABASE_URL."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launcher import archive, named_database, privileges
from launcher.accounts import Account, postgres_account
from launcher.cluster import LOCAL, Cluster
from launcher.console import CannotContinueError
from launcher.folders import DataFolder
from launcher.placement import place_cluster, place_programs
from launcher.secret_files import kept_secret


@dataclass(frozen=True, slots=True)
class Database:
    """How to reach the database, as the application and as the owner of its tables."""

    url: str = field(repr=False)
    owner_url: str | None = field(repr=False)
    identity: str | None = None  # changes when the database is made anew; None for one that is not ours


@contextmanager
def opened(folder: DataFolder) -> Iterator[Database]:
    """This function will give the database to work on, and keep it running until the block ends."""
    named = named_by_environment(os.environ)
    if named:
        named_database.prepare(named.url, named.owner_url)
        yield named
        return
    cluster = embedded_cluster(folder)
    with cluster.in_use() as port:
        yield set_up(cluster, port, folder.secrets)


def named_by_environment(environment: Mapping[str, str]) -> Database | None:
    """This function will read DATABASE_URL and DATABASE_OWNER_URL; None if neither is set.

    Raises CannotContinueError for an owner alone: it would serve pages past the policies.
    """
    url, owner_url = environment.get("DATABASE_URL"), environment.get("DATABASE_OWNER_URL")
    if owner_url and not url:
        raise CannotContinueError(
            "DATABASE_OWNER_URL is set but DATABASE_URL is not: name the role that serves requests too, "
            "one that is neither superuser nor BYPASSRLS."
        )
    return Database(url, owner_url) if url else None


def embedded_cluster(
    folder: DataFolder,
    *,
    programs: Path | None = None,
    settings: Mapping[str, str] | None = None,
    patience: int = 60,
) -> Cluster:
    """This function will place the embedded cluster of a data folder, without starting it.

    Without other settings it hands its log over, for backups. `patience` are seconds that a start may take.
    """
    account: Account = postgres_account()
    home = place_cluster(folder, account)
    return Cluster(
        home=home,
        programs=programs or place_programs(account),
        account=account,
        locks=folder.running,
        settings=archive.settings(home) if settings is None else settings,
        patience=patience,
    )


def set_up(cluster: Cluster, port: int, secrets: Path) -> Database:
    """This function will make the roles and the database where they are missing, and give their addresses."""
    passwords = privileges.Passwords(
        owner=kept_secret(secrets / "owner-password"),
        application=kept_secret(secrets / "application-password"),
    )
    identity = cluster.execute(privileges.set_up(passwords), port=port)
    place = f"@{LOCAL}:{port}/{privileges.DATABASE}"
    return Database(
        url=f"postgresql://{privileges.APPLICATION}:{passwords.application}{place}",
        owner_url=f"postgresql://{privileges.OWNER}:{passwords.owner}{place}",
        identity=identity,
    )
