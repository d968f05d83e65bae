"""`./livinglab audit verify` names the first entry that does not follow from the ones before."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from livinglab.audit import operations
from livinglab.audit.models import Entry, Head
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.commands import audit
from livinglab.organizations.queries import Organization, find_organization

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def siak() -> Organization:
    """Siak with three entries in its chain."""
    found = find_organization("14.08")
    assert found is not None
    for action in ("one", "two", "three"):
        operations.record(organization_id=found.id, by=None, at=AT, action=action)
    return found


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(audit, ["verify", *arguments, "--json"])


def test_untouched_chains_hold(siak: Organization) -> None:
    answer = verify("--organization", siak.code)
    assert json.loads(answer.stdout) == {"chains": 1, "entries": 3, "broken": []}
    assert answer.exit_code == 0


@pytest.mark.parametrize("number", [4, 5])  # a forged entry; one that leaves a hole
def test_an_entry_written_past_the_application_is_named(siak: Organization, number: int) -> None:
    with tenancy(siak.id):
        Entry.objects.create(
            organization_id=siak.id, number=number, at=AT, action="forged", hash="f" * 64, previous_hash=""
        )
    answer = verify()
    assert json.loads(answer.stdout)["broken"] == [{"organization": "14.08", "entries": 4, "first_broken": 4}]
    assert answer.exit_code == 1


def test_an_end_that_was_cut_off_is_named(siak: Organization) -> None:
    Head.objects.filter(organization_id=siak.id).update(number=5, hash="a" * 64)
    answer = verify("--organization", siak.code)
    assert json.loads(answer.stdout)["broken"][0]["first_broken"] == 4


def test_an_unknown_organization_is_refused_and_near_ones_are_named() -> None:
    answer = verify("--organization", "32.99")
    assert answer.exit_code == 2
    assert "32.01" in answer.stderr
