"""The system account that PostgreSQL runs as: ourselves, or `nobody` because it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}  # no secret of ours in it


@dataclass(frozen=True, slots=True)
class Account:
    """Who owns a cluster's files and runs its processes."""

    uid: int
    gid: int

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """This function will run a program as this account, in a folder that everybody can enter."""
        other = self.uid != os.geteuid()
        return subprocess.run(
            command,
            cwd="/",
            env=CLEAN_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C is meant for us
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
        )

    def can_enter(self, folder: Path) -> bool:
        """This function will say whether this account can reach a folder, by trying."""
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def processes_in(self, folder: Path) -> list[int]:
        """This function will give the PIDs of this account's processes whose working folder is the given one.

        The kernel shows a working folder to its own account alone, and to root only outside most containers.
        """
        compare = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}"; done'
        found = self.run("/bin/sh", "-c", compare, "sh", folder).stdout
        return [int(line) for line in found.splitlines() if line.isdigit()]


def postgres_account() -> Account:
    """This function will choose the account for PostgreSQL: `nobody` for root, else the one we run as."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
