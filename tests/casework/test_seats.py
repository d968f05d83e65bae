"""Who works where: given and ended by those who answer for the region's services."""

from importlib import import_module

import pytest
from django.db import connection

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Paper, Seat, Task
from livinglab.casework.operations import moving, services
from livinglab.casework.operations.assigning import assign
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Area
from livinglab.organizations.queries import Role
from tests.casework.billing import applied, permits
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    PARAMETERS,
    REGION,
    VILLAGE,
    arrived,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import make_member, signed_in
from tests.releases.kit import files_of, raised, zipped

pytestmark = pytest.mark.django_db
SEATS = f"/regions/{REGION}/seats/"
KELURAHAN = "32.11.01.1001"
backfill = import_module("livinglab.casework.migrations.0039_offices_of_what_waits")
CUSTOMARY = "32.11.01.3001"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def villages() -> None:
    for code in (VILLAGE, NEIGHBOUR):
        Area.objects.get_or_create(
            code=code,
            defaults={
                "name": f"Desa {code[-1]}",
                "kind": "village",
                "parent_code": code[:8],
                "region_code": REGION,
            },
        )


def seats() -> list[tuple[str, str, str]]:
    with tenancy(home().id):
        return [(one.kind, one.lane, one.unit_code) for one in Seat.objects.filter(ended_at__isnull=True)]


def test_a_coordinator_gives_a_village_seat_and_ends_it() -> None:
    person = make_member("operator-desa", Role.VILLAGE_OPERATOR, REGION)
    client = signed_in(coordinator())
    typed = {"person": str(person.id), "work": "village//", "place": VILLAGE}
    assert client.post(SEATS, typed)["Location"] == SEATS
    assert client.post(SEATS, typed)["Location"] == SEATS  # given twice is held once
    assert seats() == [("village", "", VILLAGE)]
    page = text(client.get(SEATS))
    assert "1 penugasan di kantor sedang berlaku." in page
    with tenancy(home().id):
        address = f"{SEATS}{Seat.objects.get().id}/end/"
    assert client.post(address)["Location"] == SEATS
    assert seats() == []
    assert client.post(address).status_code == 404


def test_an_office_of_one_service_is_given_by_its_name() -> None:
    service = running()
    person = make_member("sosial", Role.AGENCY_OFFICER, REGION)
    client = signed_in(coordinator())
    assert "Surat Keterangan Tidak Mampu: Petugas desa" in text(client.get(SEATS))
    work = f"agency/{service.id}/social"
    client.post(SEATS, {"person": str(person.id), "work": work, "place": ""})
    assert seats() == [("agency", "social", "")]


@pytest.mark.parametrize(
    ("work", "place", "said"),
    [
        ("village//", "32.11.01", "Pilih salah satu dari daftar."),  # no such place is known
        ("agency//", VILLAGE, "Kantor ini milik daerah sendiri."),
        ("district//", VILLAGE, "Petugas kecamatan bertugas di kecamatan"),
        ("mayor//", "", "Pilih salah satu dari daftar."),
    ],
)
def test_a_seat_that_cannot_be_is_refused_at_its_field(work: str, place: str, said: str) -> None:
    person = make_member("operator-desa", Role.VILLAGE_OPERATOR, REGION)
    answer = signed_in(coordinator()).post(SEATS, {"person": str(person.id), "work": work, "place": place})
    assert answer.status_code == 422
    assert said in text(answer)
    assert seats() == []


def test_only_who_answers_for_the_services_gives_seats() -> None:
    operator = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    assert operator.get(SEATS).status_code == 403
    assert operator.post(SEATS, {}).status_code == 403


def test_a_village_seat_without_a_place_is_of_every_kelurahan_and_of_no_desa() -> None:
    """A desa governs itself (UU 6/2014 pasal 1); a kelurahan is part of the region (UU 23/2014 pasal 229)."""
    service = services.put_to_work(
        organization=home(),
        content=zipped(files_of("sktm", home())),
        parameters=PARAMETERS,
        places={VILLAGE: {}, KELURAHAN: {}, CUSTOMARY: {}},
        by=None,
        at=AT,
    )
    sent = {place: arrived(service, village=place) for place in (VILLAGE, KELURAHAN, CUSTOMARY)}
    everywhere = seated("petugas", SeatKind.VILLAGE, "")
    page = text(signed_in(everywhere).get(f"/regions/{REGION}/desk/"))
    assert [place for place, case in sent.items() if case.number in page] == [KELURAHAN]
    for place in (VILLAGE, CUSTOMARY):
        with pytest.raises(Refused):
            done(sent[place].id, "check", everywhere, result="complete")
        with tenancy(home().id):
            task = Task.objects.get(case_id=sent[place].id)
        assert signed_in(everywhere).get(f"/regions/{REGION}/desk/{task.id}/").status_code == 403
    done(sent[KELURAHAN].id, "check", everywhere, result="complete")
    done(sent[VILLAGE].id, "check", seated("operator", SeatKind.VILLAGE, VILLAGE), result="complete")
    assert "Semua kelurahan" in text(signed_in(coordinator()).get(SEATS))


def signing(place: str, of: str = "village") -> tuple[Case, str]:
    """Return a case that waits to be signed, whose signer is that of the village or of the region, and the step."""
    files = files_of("sktm", home())
    manifest = files["package.yaml"].decode()
    assert "kind: signer, of: village" in manifest
    service = services.put_to_work(
        organization=home(),
        content=zipped({**files, "package.yaml": manifest.replace("of: village", f"of: {of}").encode()}),
        parameters=PARAMETERS,
        places={VILLAGE: {}, KELURAHAN: {}},
        by=None,
        at=AT,
    )
    case = arrived(service, village=place)
    done(case.id, "check", seated(f"operator-{place[-4:]}", SeatKind.VILLAGE, place), result="complete")
    with tenancy(home().id):
        return case, Task.objects.get(case_id=case.id).unit_code


@pytest.mark.parametrize(
    ("of", "waits_at", "signs"),
    [
        ("village", VILLAGE, [VILLAGE]),
        ("district", VILLAGE[:8], ["", VILLAGE[:8]]),
        ("region", "", [""]),
    ],
)
def test_a_signer_signs_for_the_office_that_the_role_is_of_and_for_no_other(
    of: str, waits_at: str, signs: list[str]
) -> None:
    """A head of village signs no decision of the region, and the region's own signers no letter of a desa."""
    case, place = signing(VILLAGE, of)
    assert place == waits_at
    places = ("", VILLAGE[:8], VILLAGE, NEIGHBOUR)
    signers = {one: seated(f"penanda-{one[-4:]}", SeatKind.SIGNER, one) for one in places}
    desk = f"/regions/{REGION}/desk/"
    assert [one for one in places if case.number in text(signed_in(signers[one]).get(desk))] == signs
    for one in set(places) - set(signs):
        with pytest.raises(Refused):
            done(case.id, "approve", signers[one], key=one, approved=True)
    done(case.id, "approve", signers[signs[-1]], approved=True)
    with tenancy(home().id):
        assert list(Paper.objects.values_list("unit_code", "office")) == [(VILLAGE, waits_at)]


def test_the_regions_signer_signs_for_a_kelurahan_which_is_part_of_the_region() -> None:
    case, place = signing(KELURAHAN)
    assert place == KELURAHAN
    assert (
        done(case.id, "approve", seated("penanda", SeatKind.SIGNER, ""), approved=True).outcome == "granted"
    )


def before_it_was_said(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a package as it was when nothing could be said of whose signer a role is."""
    manifest = files["package.yaml"].decode()
    return {**files, "package.yaml": manifest.replace(", of: village", "").encode()}


def test_versions_from_before_whose_signer_could_be_said_wait_for_the_head_of_village_still() -> None:
    service = services.put_to_work(
        organization=home(),
        content=zipped(before_it_was_said(files_of("sktm", home()))),
        parameters=PARAMETERS,
        places={VILLAGE: {}},
        by=None,
        at=AT,
    )
    case = arrived(service)
    done(case.id, "check", seated("operator", SeatKind.VILLAGE), result="complete")
    assert (
        done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True).outcome
        == "granted"
    )
    with tenancy(home().id):
        assert list(Paper.objects.values_list("office", flat=True)) == [VILLAGE]


def test_a_case_that_is_moved_waits_where_its_new_version_says_that_the_signer_works() -> None:
    case, place = signing(VILLAGE, "region")
    old = seated("walikota", SeatKind.SIGNER, "")
    with tenancy(home().id):
        before = case.version
        assign(
            organization=home(),
            task_id=Task.objects.get().id,
            to=old.id,
            by=old,
            at=AT,
        )
    service = services.put_to_work(
        organization=home(),
        content=zipped(raised(files_of("sktm", home()), "3.0.0")),
        parameters=PARAMETERS,
        places={VILLAGE: {}, KELURAHAN: {}},
        by=None,
        at=AT,
    )
    assert service.version_id is not None
    told = moving.move_open(
        organization_id=home().id,
        before_id=before.id,
        after_id=service.version_id,
        by=coordinator().id,
        at=AT,
    )
    with tenancy(home().id):
        task = Task.objects.get()
    assert (told.moved, place, task.unit_code, task.assignee) == (1, "", VILLAGE, None)
    with pytest.raises(Refused):
        done(case.id, "approve", old, approved=True)
    assert (
        done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True).outcome
        == "granted"
    )


def test_what_waited_before_offices_were_told_apart_is_at_somebodys_seat() -> None:
    """Before, all that signers had waited in the village of its case."""
    village, _place = signing(VILLAGE)
    region, _token = applied(permits())
    with tenancy(home().id):
        Task.objects.filter(case=region).update(kind=SeatKind.SIGNER, lane="head")
        Task.objects.update(unit_code=VILLAGE)
        for nth, (case, signer) in enumerate(((village, "head"), (region, "head"), (village, ""))):
            Paper.objects.create(
                organization_id=home().id,
                case=case,
                nth=nth + 7,
                unit_code=VILLAGE,
                document="letter",
                number=f"SKTM/{nth}/2026",
                pages={},
                at=AT,
                signer=signer,
            )
        with connection.cursor() as cursor:
            for sql in (backfill._TASKS, backfill._PAPERS):
                cursor.execute(sql)
        tasks = dict(Task.objects.values_list("case_id", "unit_code"))
        papers = list(Paper.objects.order_by("nth").values_list("office", flat=True))
    assert tasks == {village.id: VILLAGE, region.id: ""}
    assert papers == [VILLAGE, "", ""]
