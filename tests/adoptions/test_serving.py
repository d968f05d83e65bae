"""What is live at an adopter runs in casework: for its people, with its values, in the places that take part."""

from datetime import date

import pytest

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.models import Adoption
from livinglab.adoptions.operations import adoptions, editions, units
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.models import Service, ServicePlace, ServiceVersion
from livinglab.kernel.tenancy import tenancy
from tests.adoptions import kit
from tests.adoptions.test_units import DESA, KELURAHAN, OTHER_DESA, handed, set_for, whose

pytestmark = pytest.mark.django_db
LOCAL = {"office_name": "Kantor Contoh", "letterhead": "Pemerintah Contoh"}


def ready(row: Adoption) -> Adoption:
    """Let an adoption have everything that going live needs."""
    kit.valued(row)
    kit.agreed(row)
    kit.answered(row)
    return row


def moved(row: Adoption, step: AdoptionStep, reason: str = "") -> None:
    adoptions.take(adoption_id=row.id, step=step, reason=reason, **whose())


def running(row: Adoption) -> tuple[str, str, int]:
    """Return state, reason and number of the version at work."""
    with tenancy(row.organization_id):
        found = Service.objects.get()
        return found.state, found.reason, ServiceVersion.objects.get(id=found.version_id).number


def places(row: Adoption) -> dict[str, object]:
    with tenancy(row.organization_id):
        return dict(ServicePlace.objects.order_by("unit_code").values_list("unit_code", "parameters"))


def test_nothing_runs_before_it_is_live_and_nothing_new_begins_after_it_ended() -> None:
    row = ready(kit.started())
    with tenancy(row.organization_id):
        assert not Service.objects.exists()
    moved(row, AdoptionStep.GO_LIVE)
    assert running(row) == (ServiceState.OPEN, "", 1)
    moved(row, AdoptionStep.PAUSE, "Kantor pindah.")
    assert running(row) == (ServiceState.RESTING, "Kantor pindah.", 1)
    moved(row, AdoptionStep.RESUME)
    assert running(row) == (ServiceState.OPEN, "", 1)
    moved(row, AdoptionStep.END, "Diganti layanan lain.")
    assert running(row) == (ServiceState.CLOSED, "Diganti layanan lain.", 1)


def test_a_value_or_an_edition_that_changes_is_a_new_version_and_nothing_else_is() -> None:
    row = ready(kit.started())
    moved(row, AdoptionStep.GO_LIVE)
    kit.valued(row)
    assert running(row)[2] == 1
    adoptions.set_values(adoption_id=row.id, unit_code="", said={"lapse_days": {"": "12"}}, **whose())
    assert running(row)[2] == 2
    kit.edited(row, "messages/received.id.md", "\n", "\nTerima kasih.\n")
    editions.publish_draft(adoption_id=row.id, note="", **whose())
    assert running(row)[2] == 3
    editions.go_back(adoption_id=row.id, number=1, **whose())
    assert running(row)[2] == 4
    with tenancy(row.organization_id):
        digests = list(ServiceVersion.objects.order_by("number").values_list("digest", flat=True))
        lapse = [
            one["lapse_days"]
            for one in ServiceVersion.objects.order_by("number").values_list("parameters", flat=True)
        ]
    assert digests[0] == digests[1] == digests[3] != digests[2]
    assert lapse == [10, 12, 12, 12]


def test_a_place_offers_the_service_once_it_takes_part_and_owes_no_value() -> None:
    row = ready(handed(DESA, KELURAHAN, OTHER_DESA))
    moved(row, AdoptionStep.GO_LIVE)
    assert places(row) == {}
    for code in (DESA, KELURAHAN):
        set_for(row, code, **LOCAL)
        official = {"name": "Pejabat Contoh", "rank": "", "number": ""}
        adoptions.set_values(
            adoption_id=row.id, unit_code=code, said={"head_of_village": official}, **whose()
        )
    assert list(places(row)) == [KELURAHAN]
    units.decide(
        adoption_id=row.id, unit_codes=[DESA], number="Perdes 1/2026", on=date(2026, 10, 1), **whose()
    )
    assert list(places(row)) == [KELURAHAN, DESA]
    assert places(row)[DESA] == {
        "office_name": "Kantor Contoh",
        "letterhead": {"lines": ["Pemerintah Contoh"]},
        "head_of_village": {"name": "Pejabat Contoh", "rank": "", "number": ""},
    }
    units.take_out(adoption_id=row.id, unit_codes=[KELURAHAN], **whose())
    assert list(places(row)) == [DESA]
