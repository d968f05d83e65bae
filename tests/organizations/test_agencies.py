"""Agencies are kept through pages, each organisation its own, and nobody sees another's."""

import pytest
from django.db.models import QuerySet

from livinglab.accounts.models import User
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations
from livinglab.organizations.models import Agency
from livinglab.organizations.queries import AgencyKind, Role
from tests.organizations.people import AT, make_member, organization, signed_in, trail

pytestmark = pytest.mark.django_db
AGENCIES = "/organizations/32.11/agencies/"


@pytest.fixture
def officer(db: None) -> User:
    return make_member("pj", Role.RESPONSIBLE_OFFICER)


def _agency(name: str = "Dinas Uji", code: str = "32.11", **more: object) -> Agency:
    return operations.add_agency(
        organization_id=organization(code).id, name=name, kind=AgencyKind.DEPARTMENT, by=None, at=AT, **more
    )


def _names(code: str = "32.11") -> list[str]:
    with tenancy(organization(code).id):
        return [one.name for one in Agency.objects.filter(closed_at__isnull=True)]


def test_an_agency_is_added_with_its_parent_and_noted(officer: User) -> None:
    parent = _agency("Sekretariat Uji")
    data = {"name": "Bagian Uji", "short_name": "BU", "kind": "other", "parent": str(parent.id)}
    client = signed_in(officer)
    assert client.post(AGENCIES, data)["Location"] == AGENCIES
    entry = trail()[0]
    assert (entry.action, entry.by) == ("organizations.agency_added", officer.id)
    assert entry.facts == {"name": "Bagian Uji", "kind": "other"}
    page = client.get(AGENCIES).content.decode()
    assert "Bagian Uji sudah ditambahkan." in page
    assert "<td>Sekretariat Uji</td>" in page


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": ""}, "Tulis nama perangkat daerah."),
        ({"name": "DINAS UJI"}, "Sudah ada perangkat daerah dengan nama ini."),
        ({"kind": "dinas"}, "Pilih salah satu jenis."),
        (
            {"parent": "01930000-0000-7000-8000-000000000001"},
            "Pilih salah satu perangkat daerah organisasi ini.",
        ),
    ],
)
def test_what_cannot_be_added_comes_back_as_the_form(
    officer: User, change: dict[str, str], reason: str
) -> None:
    _agency()
    answer = signed_in(officer).post(AGENCIES, {"name": "Baru", "kind": "board", "parent": "", **change})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert _names() == ["Dinas Uji"]


def test_a_reader_sees_the_agencies_and_cannot_add_one() -> None:
    _agency()
    client = signed_in(make_member("inspektur", Role.INSPECTORATE))
    page = client.get(AGENCIES).content.decode()
    assert "Dinas Uji" in page
    assert '<form method="post"' not in page
    assert client.post(AGENCIES, {"name": "Baru", "kind": "board"}).status_code == 403
    assert _names() == ["Dinas Uji"]


def test_one_organizations_agencies_are_invisible_to_another() -> None:
    agency = _agency()
    other = signed_in(make_member("siak", Role.COORDINATOR, "14.08"))
    assert other.get(AGENCIES).status_code == 403
    assert "Dinas Uji" not in other.get("/organizations/14.08/agencies/").content.decode()
    assert other.post(f"/organizations/14.08/agencies/{agency.id}/close/").status_code == 404
    assert other.post(f"{AGENCIES}{agency.id}/close/").status_code == 403
    assert _names() == ["Dinas Uji"]


def test_an_agency_closes_after_its_units_and_opens_again(officer: User) -> None:
    parent = _agency("Sekretariat Uji")
    unit = _agency("Bagian Uji", parent_id=parent.id)
    client = signed_in(officer)
    refused = client.post(f"{AGENCIES}{parent.id}/close/")
    assert refused.status_code == 422
    assert "Masih ada unit di bawah perangkat daerah ini." in refused.content.decode()
    for one in (unit, parent):
        assert client.post(f"{AGENCIES}{one.id}/close/")["Location"] == AGENCIES
    assert _names() == []
    assert client.post(f"{AGENCIES}{parent.id}/reopen/")["Location"] == AGENCIES
    assert _names() == ["Sekretariat Uji"]
    actions = [one.action.removeprefix("organizations.") for one in trail()]
    assert actions[:3] == ["agency_reopened", "agency_closed", "agency_closed"]


def test_the_operation_refuses_somebody_who_keeps_no_agencies() -> None:
    citizen = make_member("warga", Role.CITIZEN)
    with pytest.raises(Refused, match="not_an_agency_keeper"):
        operations.add_agency(
            organization_id=organization("32.11").id, name="Baru", kind=AgencyKind.OTHER, by=citizen.id, at=AT
        )
    assert _names() == []


def test_the_name_that_another_takes_at_the_same_moment_is_refused(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _agency("Dinas Serentak")
    monkeypatch.setattr(QuerySet, "exists", lambda self: False)  # the other's was not yet there to be seen
    with pytest.raises(Refused, match="agency_exists"):
        _agency("DINAS SERENTAK")
    monkeypatch.undo()
    assert _names() == ["Dinas Serentak"]
