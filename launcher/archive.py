"""The log of the embedded PostgreSQL, kept as it is written, so that any moment since a backup can be restored.

It is kept once a first backup was made: before, there is nothing that it could be replayed onto.
"""

import shlex
from collections.abc import Mapping
from pathlib import Path

#: a quiet server hands its log over after so many seconds: what can be lost with the disk
HANDED_OVER_AFTER = 300


def folder_of(home: Path) -> Path:
    """This function will name the folder of a cluster's kept log, beside its data."""
    return home / "log-archive"


def settings(home: Path) -> Mapping[str, str]:
    """This function will give the settings with which a cluster hands its log over, compressed.

    A file is written beside its place, flushed and moved there; one that is there already is never written over.
    """
    kept = shlex.quote(str(folder_of(home)))
    command = (
        f"test ! -d {kept} || test -f {kept}/%f.gz || "
        f"(gzip -c %p > {kept}/%f.part && sync {kept}/%f.part && mv {kept}/%f.part {kept}/%f.gz)"
    )
    return {
        "archive_mode": "on",
        "archive_command": shlex.quote(command),
        "archive_timeout": str(HANDED_OVER_AFTER),
    }


def fetching(archive: Path) -> str:
    """This function will give the command by which a server that is restored reads the kept log."""
    kept = shlex.quote(str(archive))
    return f"test -f {kept}/%f.gz && gzip -dc {kept}/%f.gz > %p"
