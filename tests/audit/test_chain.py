"""The audit trail can be added to, never changed; a change from below is found."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import Error, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from livinglab.audit import operations, queries
from livinglab.audit.domain.chain import FIRST, Link, first_broken, link_hash
from livinglab.audit.models import Entry
from livinglab.kernel.tenancy import tenancy

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ORGANIZATION = UUID("01930000-0000-7000-8000-000000000001")


def _chain(actions: list[str]) -> list[tuple[Link, str]]:
    previous, chain = FIRST, []
    for number, action in enumerate(actions, start=1):
        link = Link(
            organization_id=ORGANIZATION,
            number=number,
            at=AT + timedelta(seconds=number),
            by=None,
            action=action,
            subject="",
            facts={"n": number},
        )
        previous = link_hash(previous, link)
        chain.append((link, previous))
    return chain


@given(st.lists(st.text(max_size=20), max_size=8))
def test_an_untouched_chain_holds(actions: list[str]) -> None:
    assert first_broken(_chain(actions)) is None


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_a_removed_entry_before_the_last_is_found_where_it_is_missing(
    actions: list[str], data: st.DataObject
) -> None:
    chain = _chain([*actions, "last"])
    gone = data.draw(st.integers(0, len(actions) - 1))
    assert first_broken(chain[:gone] + chain[gone + 1 :]) == gone + 1


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_an_end_that_was_cut_off_is_found(actions: list[str], data: st.DataObject) -> None:
    chain = _chain(actions)
    left = data.draw(st.integers(0, len(chain) - 1))
    end = (len(chain), chain[-1][1])
    assert first_broken(chain, end=end) is None
    assert first_broken(chain[:left], end=end) == left + 1


@pytest.mark.django_db
def test_each_entry_follows_from_the_one_before() -> None:
    for action in ("one", "two", "three"):
        operations.record(organization_id=ORGANIZATION, by=None, at=AT, action=action, facts={"to": "ş"})
    with tenancy(ORGANIZATION):
        assert [one.number for one in queries.latest_entries(ORGANIZATION)] == [3, 2, 1]
        assert queries.first_broken_entry(ORGANIZATION) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET action = 'other'", "DELETE FROM audit_entry"],
)
def test_an_entry_can_be_neither_changed_nor_deleted(statement: str) -> None:
    entry = operations.record(organization_id=ORGANIZATION, by=None, at=AT, action="kept")
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        tenancy(ORGANIZATION),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with tenancy(ORGANIZATION):
        assert Entry.objects.get(id=entry.id).action == "kept"


@pytest.mark.django_db
def test_one_organizations_trail_is_not_read_by_another() -> None:
    operations.record(organization_id=ORGANIZATION, by=None, at=AT, action="mine")
    other = UUID("01930000-0000-7000-8000-000000000002")
    with tenancy(other):
        assert queries.latest_entries(ORGANIZATION) == []
