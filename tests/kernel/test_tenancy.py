"""One transaction touches one tenant, and the database itself refuses anything else."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import Error, connection, connections

from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import (
    SharedModel,
    TenantChanged,
    TenantModel,
    apart,
    current_organization,
    enter,
    tenancy,
)
from livinglab.organizations import operations, queries
from livinglab.organizations.domain.kinds import AgencyKind
from livinglab.organizations.models import Agency, Organization

pytestmark = pytest.mark.django_db

#: tables of libraries: shared, because they hold no region's rows
LIBRARY_APPS = {"auth", "contenttypes", "sessions", "account", "mfa", "socialaccount", "procrastinate"}


@pytest.fixture
def sumedang() -> Organization:
    found = queries.find_organization("32.11")
    assert found is not None
    return found


@pytest.fixture
def siak() -> Organization:
    found = queries.find_organization("14.08")
    assert found is not None
    return found


@pytest.fixture
def agency(sumedang: Organization) -> Agency:
    return operations.add_agency(
        organization_id=sumedang.id, name="Dinas Uji", kind=AgencyKind.DEPARTMENT, by=None, at=clock.now()
    )


@pytest.fixture
def another_connection() -> Iterator[None]:
    """A connection outside the transaction of the test, as a request has it."""
    mine = connections["default"]
    connections["default"] = fresh = mine.copy()
    try:
        yield
    finally:
        fresh.close()
        connections["default"] = mine


def _named_to_the_database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.organization', true)")
        row = cursor.fetchone()
    assert row is not None
    said: str | None = row[0]
    return said


def _role() -> tuple[bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        row = cursor.fetchone()
    assert row is not None
    return bool(row[0]), bool(row[1])


def test_the_app_role_can_neither_skip_policies_nor_rule_the_server() -> None:
    assert _role() == (False, False)


def test_rows_are_seen_inside_their_organizations_transaction(sumedang: Organization, agency: Agency) -> None:
    with tenancy(sumedang.id):
        assert Agency.objects.filter(id=agency.id).exists()


def test_rows_are_not_seen_by_another_organization(siak: Organization, agency: Agency) -> None:
    with tenancy(siak.id):
        assert not Agency.objects.filter(id=agency.id).exists()


def test_rows_are_not_seen_without_an_organization(agency: Agency) -> None:
    with tenancy(None):
        assert Agency.objects.count() == 0


def test_a_row_cannot_be_written_into_another_organization(
    sumedang: Organization, siak: Organization
) -> None:
    with pytest.raises(Error, match="row-level security"), tenancy(siak.id):
        Agency.objects.create(organization_id=sumedang.id, name="Menyusup", kind=AgencyKind.OTHER)
    with tenancy(sumedang.id):
        assert not Agency.objects.filter(name="Menyusup").exists()


def test_a_row_cannot_be_changed_or_deleted_by_another_organization(
    sumedang: Organization, siak: Organization, agency: Agency
) -> None:
    with tenancy(siak.id):
        assert Agency.objects.filter(id=agency.id).update(name="Diambil alih") == 0
        assert Agency.objects.filter(id=agency.id).delete() == (0, {})
    with tenancy(sumedang.id):
        assert Agency.objects.get(id=agency.id).name == "Dinas Uji"


def test_a_reference_to_another_organizations_row_is_impossible(siak: Organization, agency: Agency) -> None:
    with pytest.raises(Error, match="parent_id_same_organization"), tenancy(siak.id):
        Agency.objects.create(
            organization_id=siak.id, name="Bidang", kind=AgencyKind.OTHER, parent_id=agency.id
        )


def test_one_transaction_never_touches_two_organizations(sumedang: Organization, siak: Organization) -> None:
    with tenancy(sumedang.id):
        with pytest.raises(TenantChanged):
            enter(siak.id)
        with pytest.raises(TenantChanged), tenancy(siak.id):
            pytest.fail("entered a second organisation")
        assert current_organization() == sumedang.id


def test_a_tenant_ends_with_its_block_also_after_an_error(sumedang: Organization) -> None:
    with pytest.raises(ZeroDivisionError), tenancy(sumedang.id):
        raise ZeroDivisionError
    assert current_organization() is None
    with tenancy(None):
        assert Agency.objects.count() == 0


def test_the_next_transaction_of_a_connection_names_nobody(
    sumedang: Organization, another_connection: None
) -> None:
    assert not connection.in_atomic_block
    with tenancy(sumedang.id):
        assert _named_to_the_database() == str(sumedang.id)
    with tenancy(None):
        assert _named_to_the_database() in (None, "")
        assert Agency.objects.count() == 0
        enter(sumedang.id)
        assert _named_to_the_database() == str(sumedang.id)
    with pytest.raises(ZeroDivisionError), tenancy(sumedang.id):
        raise ZeroDivisionError
    with tenancy(None):
        assert _named_to_the_database() in (None, "")


def test_an_organization_is_named_by_a_uuid_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="badly formed"), tenancy(None):
        enter("x'; DROP TABLE organizations_agency; --")  # type: ignore[arg-type]


def test_every_table_is_declared_tenant_or_shared() -> None:
    undeclared = [
        model._meta.label
        for model in apps.get_models()
        if not issubclass(model, TenantModel | SharedModel) and model._meta.app_label not in LIBRARY_APPS
    ]
    assert undeclared == []


def test_every_tenant_table_has_its_key_and_its_forced_policy() -> None:
    for model in apps.get_models():
        if not issubclass(model, TenantModel):
            continue
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
                [table],
            )
            assert cursor.fetchone() == (True,), table
            cursor.execute(
                "SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int[], a.attnum::int)) "
                "FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
                "WHERE i.indrelid = %s::regclass AND i.indisprimary",
                [table],
            )
            assert cursor.fetchone() == (["organization_id", "id"],), table
            for column, target in model.tenant_references.items():
                cursor.execute(
                    "SELECT count(*) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f' "
                    "AND confrelid = %s::regclass AND conname = %s",
                    [table, target, f"{table}_{column}_same_organization"],
                )
                assert cursor.fetchone() == (1,), (table, column)


def test_identifiers_are_ordered_by_the_moment_they_were_made() -> None:
    made = [new_id() for _ in range(100)]
    assert made == sorted(made)
    assert {one.version for one in made} == {7}
    assert all(isinstance(one, UUID) for one in made)


def test_an_organization_is_entered_only_inside_a_block_that_leaves_it_again(sumedang: Organization) -> None:
    with pytest.raises(RuntimeError, match="inside a block"):
        enter(sumedang.id)
    with tenancy(None):
        enter(sumedang.id)
        assert current_organization() == sumedang.id
    assert current_organization() is None


def test_what_is_apart_is_of_the_same_organization_and_so_is_what_follows(
    sumedang: Organization, agency: Agency
) -> None:
    with tenancy(None):
        enter(sumedang.id)
        with apart(sumedang.id):
            assert Agency.objects.filter(id=agency.id).exists()
        assert current_organization() == sumedang.id
        assert Agency.objects.filter(id=agency.id).exists()
    assert current_organization() is None


def test_nothing_is_apart_inside_an_operation(sumedang: Organization) -> None:
    for outer in (sumedang.id, None):
        with tenancy(outer), tenancy(sumedang.id), pytest.raises(RuntimeError), apart(sumedang.id):
            pytest.fail("an operation was divided")
    with tenancy(sumedang.id), pytest.raises(RuntimeError), apart(sumedang.id):
        pytest.fail("an operation was divided")
