"""What others may react to is told in the transaction of the write, and only when the write holds."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.events import AnswerMoved, LevelScored, ObjectionRaised, ObjectionSettled
from livinglab.evaluations.operations import answers, objections
from livinglab.kernel import events
from livinglab.kernel.refusals import Refused
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, accept_and_validate, answer, open_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listener() -> Iterator[None]:
    for one in (AnswerMoved, LevelScored, ObjectionRaised, ObjectionSettled):
        events.subscribe(one, name=f"tests.{one.name}")(_ignored)
    yield
    for one in (AnswerMoved, LevelScored, ObjectionRaised, ObjectionSettled):
        events._subscriptions.pop(f"tests.{one.name}")


def _ignored(event: events.Event) -> None:
    raise AssertionError(f"nobody works here on {event}")


def told(one: type[events.Event]) -> list[dict[str, Any]]:
    """The payloads of the jobs that wait for the listener, oldest first."""
    jobs = ProcrastinateJob.objects.order_by("id")
    name = f"tests.{one.name}"
    return [job.args["payload"] for job in jobs if job.args.get("subscription") == name]


def test_each_step_of_an_answer_is_told_and_a_refused_one_is_not() -> None:
    region = open_round()
    answer(region, "21", 3)
    entry = region.as_(region.entry)
    internal = region.as_(region.internal)
    with pytest.raises(Refused):  # without a reason
        answers.take_step(place=internal, indicator="21", step=AnswerStep.RETURN, at=AT)
    answers.take_step(
        place=internal, indicator="21", step=AnswerStep.RETURN, reason="Bukti belum ada.", at=AT
    )
    answers.take_step(place=entry, indicator="21", step=AnswerStep.HAND_IN, at=AT)
    accept_and_validate(region, "21")
    found = told(AnswerMoved)
    assert [one["step"] for one in found] == ["hand_in", "return", "hand_in", "accept", "validate"]
    assert {(one["organization_id"], one["indicator"]) for one in found} == {
        (str(region.organization.id), "21")
    }


def test_scores_and_objections_are_told() -> None:
    region = sent(level=3, i21=5)
    score(region, 2)
    assert [(one["indicator"], one["stage"]) for one in told(LevelScored)] == [("21", "document")]
    advance(region, Step.INTERVIEW)
    row = objections.raise_objection(
        place=region.as_(region.coordinator),
        indicator="21",
        requested_level=Decimal(5),
        reason="Pasal 7.",
        at=AT,
    )
    assert [one["objection_id"] for one in told(ObjectionRaised)] == [str(row.id)]
    assert told(ObjectionSettled) == []
    objections.settle(
        place=region.as_(region.external),
        objection_id=row.id,
        outcome=objections.Outcome.UPHELD,
        reason="Terbukti.",
        at=AT,
    )
    assert [one["outcome"] for one in told(ObjectionSettled)] == ["upheld"]
    assert [one["stage"] for one in told(LevelScored)] == ["document", "interview"]
