"""The command that tidies the storage."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from livinglab.evidence.commands import evidence
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence.people import add, officer

pytestmark = pytest.mark.django_db


def test_leftover_files_are_deleted_and_counted(siak: Organization, shelf: Path) -> None:
    kept = add(siak, officer(siak, Role.DATA_ENTRY))
    left = shelf / str(siak.id) / ("a" * 64)
    left.write_bytes(b"left")
    os.utime(left, (0, 0))
    done = CliRunner().invoke(evidence, ["tidy", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"deleted": 1})
    assert [path.name for path in left.parent.iterdir()] == [kept.sha256]
    assert CliRunner().invoke(evidence, ["tidy"]).stdout == "0 leftover files deleted\n"
