"""Members are kept by two people's hands, and every change is in the trail."""

import re

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.kernel.refusals import Refused
from livinglab.organizations import operations
from livinglab.organizations.models import Membership
from livinglab.organizations.queries import AgencyKind, Role
from tests.organizations.people import (
    AT,
    make_member,
    make_person,
    memberships,
    organization,
    signed_in,
    trail,
)

pytestmark = pytest.mark.django_db
MEMBERS = "/organizations/32.11/members/"


@pytest.fixture
def keeper(db: None) -> User:
    return make_member("koordinator", Role.COORDINATOR)


def test_a_keeper_grants_a_role_and_the_trail_says_who_and_what(keeper: User) -> None:
    person = make_person("petugas")
    client = signed_in(keeper)
    answer = client.post(MEMBERS, {"email": "PETUGAS@uji.example", "role": "data_entry"})
    assert (answer.status_code, answer["Location"]) == (302, MEMBERS)
    (held,) = memberships(person)
    assert (held.role, held.granted_by, held.organization.code) == ("data_entry", keeper.id, "32.11")
    entry = trail()[0]
    assert (entry.action, entry.by) == ("organizations.membership_granted", keeper.id)
    assert entry.facts == {"user": str(person.id), "role": "data_entry"}
    page = client.get(MEMBERS).content.decode()
    assert "Petugas kini memegang peran: Petugas entri data." in page
    assert "petugas@uji.example" in page


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"email": "", "role": "data_entry"}, "Tulis alamat surel orang itu."),
        ({"email": "bukan-surel", "role": "data_entry"}, "Tulis alamat surel yang lengkap"),
        ({"email": "siapa@uji.example", "role": "data_entry"}, "Belum ada akun dengan alamat ini."),
        ({"email": "petugas@uji.example", "role": ""}, "Pilih peran."),
        ({"email": "petugas@uji.example", "role": "ministry"}, "Pilih salah satu peran dalam daftar."),
        ({"email": "baru@uji.example", "role": "data_entry"}, "belum mengonfirmasi alamat surelnya"),
        ({"email": "koordinator@uji.example", "role": "administrator"}, "Tidak seorang pun memberi peran"),
        ({"email": "koordinator@uji.example", "role": "data_entry"}, "Tidak seorang pun memberi peran"),
        (
            {"email": "petugas@uji.example", "role": "agency_officer", "agency": "x"},
            "Pilih salah satu perangkat",
        ),
    ],
)
def test_what_cannot_be_granted_comes_back_as_the_form_and_changes_nothing(
    keeper: User, data: dict[str, str], reason: str
) -> None:
    make_person("petugas")
    make_person("baru", verified=False)
    before, entries = Membership.objects.count(), len(trail())
    answer = signed_in(keeper).post(MEMBERS, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="problems" role="alert"' in page
    assert reason in page.replace("&#39;", "'")
    if data["email"]:
        assert f'value="{data["email"]}"' in page
    assert (Membership.objects.count(), len(trail())) == (before, entries)


def test_an_officer_can_belong_to_an_agency_of_the_organization_only(keeper: User) -> None:
    person = make_person("petugas")
    own, other = (
        operations.add_agency(
            organization_id=organization(code).id,
            name="Dinas Uji",
            kind=AgencyKind.DEPARTMENT,
            by=None,
            at=AT,
        )
        for code in ("32.11", "14.08")
    )
    client = signed_in(keeper)
    data = {"email": person.email, "role": "agency_officer"}
    assert client.post(MEMBERS, {**data, "agency": str(other.id)}).status_code == 422
    assert memberships(person) == []
    assert client.post(MEMBERS, {**data, "agency": str(own.id)}).status_code == 302
    assert memberships(person)[0].agency_id == own.id


def test_granting_twice_is_one_role_and_one_entry(keeper: User) -> None:
    person = make_person("petugas")
    for _ in range(2):
        operations.grant_membership(
            user=person, organization=organization("32.11"), role=Role.DATA_ENTRY, by=keeper.id, at=AT
        )
    assert len(memberships(person)) == 1
    assert [one.action for one in trail()].count(
        "organizations.membership_granted"
    ) == 2  # the keeper's own, and this


def test_the_operation_refuses_what_the_page_would_not_offer(keeper: User) -> None:
    stranger = make_member("asing", Role.COORDINATOR, "14.08")
    person = make_person("petugas")
    with pytest.raises(Refused, match="not_a_keeper"):
        operations.grant_membership(
            user=person, organization=organization("32.11"), role=Role.CITIZEN, by=stranger.id, at=AT
        )
    with pytest.raises(Refused, match="role_of_others"):
        operations.grant_membership(
            user=person, organization=organization("32.11"), role=Role.MINISTRY, by=None, at=AT
        )
    assert memberships(person) == []


def test_a_keeper_ends_a_role_after_being_asked(keeper: User) -> None:
    person = make_member("petugas", Role.DATA_ENTRY)
    (held,) = memberships(person)
    client = signed_in(keeper)
    address = f"{MEMBERS}{held.id}/end/"
    assert "Akhiri peran “Petugas entri data” dari Petugas?" in client.get(address).content.decode()
    assert memberships(person) == [held]
    assert client.post(address)["Location"] == MEMBERS
    assert memberships(person) == []
    assert Membership.objects.get(id=held.id).ended_at is not None
    assert trail()[0].action == "organizations.membership_ended"
    assert signed_in(person).get("/organizations/32.11/").status_code == 403
    assert client.post(address).status_code == 404


def test_the_last_keeper_stays(keeper: User) -> None:
    Membership.objects.filter(organization__code="32.11").exclude(user=keeper).delete()
    (held,) = memberships(keeper)
    client = signed_in(keeper)
    answer = client.post(f"{MEMBERS}{held.id}/end/")
    assert answer.status_code == 422
    assert "Ini orang terakhir yang mengelola anggota." in answer.content.decode()
    assert memberships(keeper) == [held]
    with pytest.raises(Refused, match="last_keeper"):
        operations.end_membership(membership=held, by=keeper.id, at=AT)

    make_member("pengganti", Role.ADMINISTRATOR)
    assert client.post(f"{MEMBERS}{held.id}/end/")["Location"] == "/me/"
    assert memberships(keeper) == []


def test_a_role_of_another_organization_cannot_be_ended_from_here(keeper: User) -> None:
    other = make_member("asing", Role.DATA_ENTRY, "14.08")
    (held,) = memberships(other)
    assert signed_in(keeper).post(f"{MEMBERS}{held.id}/end/").status_code == 404
    assert memberships(other) == [held]
    with pytest.raises(Refused, match="not_a_keeper"):
        operations.end_membership(membership=held, by=keeper.id, at=AT)


def test_ones_own_page_shows_where_one_belongs_and_what_is_missing(keeper: User) -> None:
    page = signed_in(keeper).get("/me/").content.decode()
    assert 'href="/organizations/32.11/">Kabupaten Sumedang</a>' in page
    assert "Koordinator (sekretaris daerah)" in page
    assert "hanya dilindungi kata sandi" in page
    page = signed_in(make_person("sendiri")).get("/me/").content.decode()
    assert "Anda belum memiliki peran di organisasi mana pun" in page


def test_the_list_of_members_costs_the_same_for_three_and_for_thirty(keeper: User) -> None:
    client = signed_in(keeper)
    counts = []
    for number in range(30):
        make_member(f"orang-{number}", Role.DATA_ENTRY)
        if number in (2, 29):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(MEMBERS).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_role_granted_by_another_keeper_at_the_same_moment_is_held_once(
    keeper: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person("serentak")
    seen = QuerySet.first

    def blind_once(self: "QuerySet[Membership]") -> object:
        if self.model is not Membership:
            return seen(self)
        monkeypatch.setattr(QuerySet, "first", seen)
        return None  # the other's membership was not yet there to be seen

    def grant() -> Membership:
        return operations.grant_membership(
            user=person, organization=organization("32.11"), role=Role.DATA_ENTRY, by=None, at=AT
        )

    held = grant()
    entries = len(trail())
    monkeypatch.setattr(QuerySet, "first", blind_once)
    assert grant().id == held.id
    assert (len(memberships(person)), len(trail())) == (1, entries)


def test_home_leads_nobody_to_a_closed_door() -> None:
    for name, role in (("warga", Role.CITIZEN), ("sekda", Role.COORDINATOR)):
        client = signed_in(make_member(name, role))
        page = client.get("/organizations/32.11/").content.decode()
        doors = set(re.findall(r'href="(/(?:organizations|services|regions)/[^"]*)"', page))
        assert "/services/compare/?regions=32.11" in doors
        assert ("/organizations/32.11/agencies/" in doors) is (role is not Role.CITIZEN)
        assert {door: client.get(door).status_code for door in doors} == dict.fromkeys(doors, 200)
