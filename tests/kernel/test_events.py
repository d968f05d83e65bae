"""Events reach their subscribers through the job queue, or not at all when the write is rolled back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.kernel import events
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.tenancy import current_organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted(events.Event):
    name: ClassVar[str] = "tests.planted"
    tree: str
    on: date
    at: datetime
    by: UUID | None = None
    count: int = 1


SEEN: list[tuple[Planted, UUID | None]] = []


@pytest.fixture(autouse=True)
def subscriber() -> Iterator[None]:
    SEEN.clear()

    @events.subscribe(Planted, name="tests.remember")
    def remember(event: Planted) -> None:
        SEEN.append((event, current_organization()))

    yield
    events._subscriptions.pop("tests.remember")


def _event() -> Planted:
    return Planted(
        organization_id=new_id(),
        tree="jati",
        on=date(2026, 11, 21),
        at=datetime(2026, 11, 21, 3, tzinfo=UTC),
        by=new_id(),
    )


def test_an_event_survives_its_way_through_json() -> None:
    event = _event()
    assert events.from_payload(Planted, events.to_payload(event)) == event


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        events.from_payload(Planted, {**events.to_payload(_event()), "colour": "green"})


@pytest.mark.django_db
def test_publishing_enqueues_one_job_per_subscriber() -> None:
    events.publish(_event())
    (job,) = ProcrastinateJob.objects.filter(
        task_name="kernel.deliver_event", args__subscription="tests.remember"
    )
    assert job.args["payload"]["tree"] == "jati"


@pytest.mark.django_db
def test_a_rolled_back_write_tells_nobody() -> None:
    with transaction.atomic():
        events.publish(_event())
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(args__subscription="tests.remember").exists()


@pytest.mark.django_db
def test_a_handler_runs_in_its_events_organization() -> None:
    event = _event()
    events.handle("tests.remember", events.to_payload(event))
    assert [(event, event.organization_id)] == SEEN
