"""What proves a service: cases that ended, and those that somebody complained about by their number."""

import json
from datetime import timedelta

import pytest

from livinglab.casework.domain.states import ServiceStep
from livinglab.casework.models import Case, OfferedService
from livinglab.casework.operations import complaints, services
from livinglab.casework.queries.handled import handled
from livinglab.kernel.clock import day_of
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.domain.process import Outcome
from tests.casework.complaints import PARAMETERS, taking_complaints
from tests.casework.ended import complained, ended
from tests.casework.kit import AT, VILLAGE, coordinator, home
from tests.releases.kit import files_of, zipped

pytestmark = pytest.mark.django_db
#: before the cases end
EARLIER = AT - timedelta(days=1)


def counts() -> tuple[int, int, int]:
    """Return the cases of the letter, of how many one could complain, and of how many somebody did."""
    with tenancy(home().id):
        (one,) = (each for each in handled(home().id) if each.package == "sktm")
    return one.cases, one.heard, one.complained


def test_without_a_service_of_complaints_nothing_was_heard() -> None:
    ended(home(), 3)
    assert counts() == (3, 0, 0)


def test_a_complaint_counts_once_for_the_application_that_it_names() -> None:
    service = taking_complaints(at=EARLIER)
    first, second, _third = ended(home(), 3)
    complained(service, first.number)
    complained(service, f" {first.number.lower()} ")
    complained(service, second.number, outcome=Outcome.HANDED_OVER)
    complained(service, "SKTM-2026-999999")
    assert counts() == (3, 3, 2)


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({"outcome": Outcome.REFUSED}, 0),
        ({"outcome": Outcome.LAPSED}, 0),
        ({"outcome": Outcome.WITHDRAWN}, 0),
        ({"is_synthetic": True}, 0),
        ({"outcome": "", "ended_at": None}, 0),
        ({"outcome": "", "ended_at": None, "is_late": True}, 1),
    ],
)
def test_what_is_not_proven_counts_for_nothing_and_what_lies_too_long_counts(
    fields: dict[str, object], counted: int
) -> None:
    service = taking_complaints(at=EARLIER)
    (case,) = ended(home(), 1)
    complained(service, case.number, **fields)
    assert counts() == (1, 1, counted)


def test_only_what_ended_while_complaints_were_taken_is_heard() -> None:
    service = taking_complaints(at=AT)
    (before,) = ended(home(), 1, ended_at=EARLIER)
    complained(service, before.number)
    ended(home(), 2)
    assert counts() == (3, 2, 0)
    services.move(
        organization=home(),
        service_id=service.id,
        step=ServiceStep.CLOSE,
        reason="Loket pindah.",
        by=coordinator(),
        at=AT + timedelta(days=2),
    )
    ended(home(), 4, ended_at=AT + timedelta(days=3))
    assert counts() == (7, 2, 0)


def test_a_version_that_does_not_ask_for_the_number_hears_nothing_any_more() -> None:
    taking_complaints(at=AT)
    form = json.loads(files_of("pengaduan", home())["form.schema.json"])
    del form["properties"]["application_number"]
    form["x-pages"][2]["fields"].remove("application_number")
    files = files_of("pengaduan", home(), **{"form.schema.json": json.dumps(form)})
    services.put_to_work(
        organization=home(),
        content=zipped(files),
        parameters=PARAMETERS,
        places={},
        by=None,
        at=AT + timedelta(days=2),
    )
    ended(home(), 2)
    ended(home(), 1, ended_at=AT + timedelta(days=3))
    assert counts() == (3, 2, 0)


def test_a_reporter_names_the_application_in_the_form() -> None:
    service = taking_complaints(at=EARLIER)
    (case,) = ended(home(), 1)
    answers = {
        "full_name": "Warga Contoh",
        "topic": "service",
        "application_number": case.number.lower(),
        "subject": "Surat terlambat",
        "story": "Surat yang saya minta datang terlambat dan namanya keliru.",
        "village": VILLAGE,
        "happened_on": day_of(EARLIER, home().zone).isoformat(),
        "truth": True,
    }
    row, _secret = complaints.report(
        OfferedService.objects.select_related("organization").get(service_id=service.id),
        answers=answers,
        at=AT,
    )
    assert counts() == (1, 1, 0)
    with tenancy(home().id):
        Case.objects.filter(id=row.id).update(outcome=Outcome.GRANTED, ended_at=AT)
    assert counts() == (1, 1, 1)
