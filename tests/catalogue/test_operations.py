"""The register loads once, and a region speaks for its own services only."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.audit import queries as audit
from livinglab.audit.operations import PLATFORM
from livinglab.catalogue import operations, queries
from livinglab.catalogue.adapters.yaml_lines import ReferenceRefused
from livinglab.catalogue.domain.entries import Entry, Fault
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.models import OwnService, Service
from livinglab.catalogue.policies import RECORDERS
from livinglab.kernel import events
from livinglab.kernel.models import DataVersion
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Agency, Organization
from livinglab.organizations.operations import add_agency, close_agency, grant_membership
from livinglab.organizations.queries import AgencyKind, Role, find_organization

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
#: roles that no region can give
OF_OTHERS = {Role.PROVINCE, Role.MINISTRY, Role.EXTERNAL_ASSESSOR, Role.MENTOR}
ENTRY = Entry(function="complaints", name="Lapor Siak", agency="Diskominfo", status="active", year="2025")


def _region(code: str) -> Organization:
    found = find_organization(code)
    assert found is not None
    return found


@pytest.fixture
def siak() -> Organization:
    return _region("14.08")


@pytest.fixture
def officer(siak: Organization) -> User:
    return an_officer(siak, Role.DATA_ENTRY)


def an_officer(region: Organization, role: Role) -> User:
    user = User.objects.create_user(f"{role}@{region.code}.example", None)
    grant_membership(user=user, organization=region, role=role, by=None, at=AT)
    return user


def version() -> int:
    return DataVersion.objects.get(topic=queries.TOPIC).number


def deliver() -> None:
    """Runs the waiting jobs of the catalogue, twice each: a handler may run again."""
    jobs = list(ProcrastinateJob.objects.filter(args__subscription__startswith="catalogue.").order_by("id"))
    for job in [*jobs, *jobs]:
        events.handle(job.args["subscription"], job.args["payload"])


def test_loading_again_changes_nothing() -> None:
    before, rows = version(), list(Service.objects.values_list("id", "key"))
    assert operations.load_reference(by=None, at=AT) == 310
    assert (version(), list(Service.objects.values_list("id", "key"))) == (before, rows)


def test_a_changed_file_changes_its_rows_and_keeps_regions_entries(
    settings: Settings, tmp_path: Path, siak: Organization, officer: User
) -> None:
    entry = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    operations.project_own_service(organization_id=siak.id, entry_id=entry.id)
    folder = tmp_path / "reference"
    shutil.copytree(settings.REFERENCE_DIR, folder)
    text = (folder / "services.csv").read_text(encoding="utf-8")
    text = text.replace(",WA Kepo,", ",WA KEPO,").replace("kab-siak-e-smart,", "kab-siak-e-smart-2,")
    (folder / "services.csv").write_text(text, encoding="utf-8")
    settings.REFERENCE_DIR = folder
    before = version()
    assert operations.load_reference(by=None, at=AT) == 310
    assert Service.objects.get(key="kab-sumedang-wa-kepo").name == "WA KEPO"
    assert not Service.objects.filter(key="kab-siak-e-smart").exists()
    assert Service.objects.filter(origin="register").count() == 310
    assert Service.objects.get(entry_id=entry.id).name == "Lapor Siak"
    assert version() == before + 1
    with tenancy(PLATFORM):
        assert audit.latest_entries(PLATFORM)[0].facts == {"count": 310}


def test_a_wrong_file_stores_nothing(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(settings.REFERENCE_DIR, folder)
    path = folder / "services.csv"
    text = (
        path.read_text(encoding="utf-8")
        .replace(",WA Kepo,", ",WA KEPO,")
        .replace(",press,press", ",press,prass", 1)
    )
    path.write_text(text, encoding="utf-8")
    settings.REFERENCE_DIR = folder
    with pytest.raises(ReferenceRefused, match=r"services\.csv:\d+: sources_are_known"):
        operations.load_reference(by=None, at=AT)
    assert Service.objects.get(key="kab-sumedang-wa-kepo").name == "WA Kepo"


@pytest.mark.parametrize("role", sorted(RECORDERS))
def test_the_regions_officers_record_and_the_public_sees_it_once_the_job_ran(
    siak: Organization, role: Role
) -> None:
    officer = an_officer(siak, role)
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    assert not Service.objects.filter(entry_id=row.id).exists()
    before = version()
    deliver()
    shown = queries.find_service(f"own-{row.id}")
    assert shown is not None
    assert (shown.name, shown.region_code, shown.region_name) == ("Lapor Siak", "14.08", "Kabupaten Siak")
    assert (shown.functions, shown.year, shown.status) == (("complaints",), 2025, Status.ACTIVE)
    assert shown.reliability is Reliability.REGION
    assert version() > before
    with tenancy(siak.id):
        written = audit.latest_entries(siak.id)[0]
    assert (written.action, written.by, written.subject) == (
        "catalogue.own_service_recorded",
        officer.id,
        str(row.id),
    )


def _kept(region: Organization, name: str, short_name: str = "") -> Agency:
    return add_agency(
        organization_id=region.id,
        name=name,
        short_name=short_name,
        kind=AgencyKind.DEPARTMENT,
        by=None,
        at=AT,
    )


def test_an_agency_that_the_region_keeps_is_stored_as_such_and_printed_by_its_full_name(
    siak: Organization, officer: User
) -> None:
    kept = _kept(siak, "Dinas Komunikasi dan Informatika Kabupaten Siak", "Diskominfo")
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    assert (row.agency_id, row.agency) == (kept.id, "Dinas Komunikasi dan Informatika Kabupaten Siak")
    deliver()
    shown = queries.find_service(f"own-{row.id}")
    assert shown is not None
    assert shown.agency == "Dinas Komunikasi dan Informatika Kabupaten Siak"


def test_an_agency_that_is_not_kept_or_is_anothers_or_closed_stays_as_typed(
    siak: Organization, officer: User
) -> None:
    _kept(_region("32.11"), "Diskominfo")
    close_agency(agency=_kept(siak, "Diskominfo"), by=None, at=AT)
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    assert (row.agency_id, row.agency) == (None, "Diskominfo")


def test_the_database_refuses_an_agency_of_another_region(siak: Organization, officer: User) -> None:
    foreign = _kept(_region("32.11"), "Dinas Uji")
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    refused = pytest.raises(IntegrityError, match="agency_id_same_organization")
    with refused, transaction.atomic(), tenancy(siak.id):
        OwnService.objects.filter(id=row.id).update(agency_id=foreign.id)


@pytest.mark.parametrize("role", sorted(set(Role) - RECORDERS - OF_OTHERS))
def test_other_roles_are_refused_and_nothing_is_written(siak: Organization, role: Role) -> None:
    with pytest.raises(Refused, match="not_a_recorder"):
        operations.record_own_service(organization=siak, entry=ENTRY, by=an_officer(siak, role), at=AT)
    with tenancy(siak.id):
        assert not OwnService.objects.exists()
    assert not ProcrastinateJob.objects.filter(args__subscription__startswith="catalogue.").exists()


def test_an_officer_of_another_region_is_refused(siak: Organization) -> None:
    stranger = an_officer(_region("32.11"), Role.COORDINATOR)
    with pytest.raises(Refused, match="not_a_recorder"):
        operations.record_own_service(organization=siak, entry=ENTRY, by=stranger, at=AT)
    with tenancy(siak.id):
        assert not OwnService.objects.exists()


def test_a_wrong_entry_is_refused_with_every_problem(siak: Organization, officer: User) -> None:
    wrong = Entry(function="cooking", status="active", year="2027")
    with pytest.raises(operations.EntryRefused) as refused:
        operations.record_own_service(organization=siak, entry=wrong, by=officer, at=AT)
    assert [(one.field, one.fault) for one in refused.value.problems] == [
        ("function", Fault.FUNCTION_UNKNOWN),
        ("name", Fault.NAME_MISSING),
        ("year", Fault.YEAR_OUT_OF_RANGE),
    ]
    with tenancy(siak.id):
        assert not OwnService.objects.exists()


def test_the_same_service_is_recorded_once_for_a_function_until_it_is_withdrawn(
    siak: Organization, officer: User
) -> None:
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    again = Entry(function="complaints", name="lapor  SIAK", status="inactive")
    with pytest.raises(Refused, match="already_recorded"):
        operations.record_own_service(organization=siak, entry=again, by=officer, at=AT)
    operations.withdraw_own_service(organization=siak, entry_id=row.id, by=officer, at=AT)
    operations.record_own_service(organization=siak, entry=again, by=officer, at=AT)
    with tenancy(siak.id):
        assert [(one.name, one.status) for one in queries.own_services(siak.id)] == [
            ("lapor SIAK", "inactive")
        ]


def test_a_withdrawn_entry_leaves_the_public_pages_in_whatever_order_the_jobs_run(
    siak: Organization, officer: User
) -> None:
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    operations.withdraw_own_service(organization=siak, entry_id=row.id, by=officer, at=AT)
    operations.withdraw_own_service(organization=siak, entry_id=row.id, by=officer, at=AT)
    deliver()
    assert queries.find_service(f"own-{row.id}") is None
    with tenancy(siak.id):
        actions = [one.action for one in audit.latest_entries(siak.id)]
    assert actions.count("catalogue.own_service_withdrawn") == 1


def test_another_regions_entry_cannot_be_withdrawn(siak: Organization, officer: User) -> None:
    row = operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    sumedang = _region("32.11")
    stranger = an_officer(sumedang, Role.COORDINATOR)
    with pytest.raises(OwnService.DoesNotExist):
        operations.withdraw_own_service(organization=sumedang, entry_id=row.id, by=stranger, at=AT)
    with tenancy(siak.id):
        assert OwnService.objects.get(id=row.id).withdrawn_at is None


def test_no_row_of_a_region_is_seen_without_its_tenant(siak: Organization, officer: User) -> None:
    operations.record_own_service(organization=siak, entry=ENTRY, by=officer, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_own_service")
        assert cursor.fetchone() == (0,)
    with tenancy(_region("32.11").id):
        assert OwnService.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "none"}, "only_a_region_says_that_it_has_no_service"),
        ({"name": ""}, "a_service_has_a_name_unless_there_is_none"),
        ({"origin": "region"}, "a_region_entry_names_its_row"),
        ({"spbe_indicator": 31}, "service_indicators_are_32_to_47"),
    ],
)
def test_the_database_refuses_what_cannot_be(changes: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Service.objects.filter(key="kab-sumedang-wa-kepo").update(**changes)
