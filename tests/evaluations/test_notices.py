"""What others did is told to those whom it concerns, once, and to nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.accounts.models import User
from livinglab.evaluations.domain.answers import AnswerStep
from livinglab.evaluations.models import Notice
from livinglab.evaluations.operations import answer_steps, delegation, objections, scores
from livinglab.evaluations.queries.notices import notices_for
from livinglab.kernel.events import handle
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from tests.evaluations.browsing import page
from tests.evaluations.external import score
from tests.evaluations.external import sent as sent_region
from tests.evaluations.kit import AT, accept_and_validate, answer, open_round
from tests.organizations.people import make_person, signed_in

pytestmark = pytest.mark.django_db


def work(*, after: int = 0) -> int:
    """Do the jobs that tell somebody, each twice, since a job may run again; return the number of the last."""
    for job in ProcrastinateJob.objects.filter(id__gt=after).order_by("id"):
        name = job.args.get("subscription", "")
        if name.startswith("evaluations.tell_"):
            for _time in range(2):
                handle(name, job.args["payload"])
        after = job.id
    return after


def told(user: User) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(user=user).order_by("at", "kind")
    return [(row.kind, row.indicator) for row in rows]


def test_an_answer_is_told_to_whoever_has_it_next() -> None:
    siak = open_round()
    own = make_person("asesor.opd")  # an internal assessor of the agency that answers
    grant_membership(
        user=own,
        organization=siak.organization,
        role=Role.INTERNAL_ASSESSOR,
        agency_id=siak.agency.id,
        by=None,
        at=AT,
    )
    place = siak.as_(siak.coordinator)
    delegation.assign(
        place=place, indicators=["21"], agency_id=siak.agency.id, assignee_id=None, due_on=None, at=AT
    )
    answer(siak, "21", 3, by=siak.officer)
    work()
    assert (told(siak.internal), told(own), told(siak.officer)) == ([("handed_in", "21")], [], [])
    answer_steps.take_step(
        place=siak.as_(siak.internal),
        indicator="21",
        step=AnswerStep.RETURN,
        reason="Lengkapi.",
        at=AT + timedelta(hours=1),
    )
    work()
    assert told(siak.officer) == [("returned", "21")]
    assert told(siak.responsible) == []


def test_an_accepted_answer_is_told_to_the_responsible_officer_and_a_validated_one_to_its_writer() -> None:
    siak = open_round()
    answer(siak, "21", 3)
    accept_and_validate(siak, "21")
    work()
    assert told(siak.responsible) == [("accepted", "21")]
    assert told(siak.entry) == [("validated", "21")]


def test_scores_and_objections_are_told_to_the_other_side_and_never_to_who_did_it() -> None:
    region = sent_region(level=3, i21=4)
    score(region, 2, by=region.ministry)
    work()
    assert told(region.external) == [("scored", "21")]
    assert told(region.coordinator) == []  # nobody follows an assessor's pen
    scores.show(place=region.as_(region.external), at=AT)
    raised = objections.raise_objection(
        place=region.as_(region.coordinator),
        indicator="21",
        requested_level=Decimal(4),
        reason="Ada.",
        at=AT + timedelta(hours=1),
    )
    work()
    assert told(region.external) == [("scored", "21"), ("objected", "21")]
    objections.settle(
        place=region.as_(region.external),
        objection_id=raised.id,
        outcome=objections.Outcome.DISMISSED,
        reason="Tidak.",
        at=AT + timedelta(hours=2),
    )
    work()
    assert told(region.coordinator) == [("settled", "21")]
    assert told(region.responsible) == [("settled", "21")]
    assert ("settled", "21") not in told(region.external)


def test_it_is_read_for_two_weeks_and_forgotten_after_ninety_days() -> None:
    siak = open_round()
    answer(siak, "21", 3)
    last = work()
    here = siak.organization.id
    assert len(notices_for(siak.internal.id, now=AT + timedelta(days=13))) == 1
    assert notices_for(siak.internal.id, now=AT + timedelta(days=15)) == []
    assert len(notices_for(siak.internal.id, now=AT, organization_id=here)) == 1
    assert notices_for(siak.internal.id, now=AT, organization_id=siak.ministry.id) == []
    Notice.objects.update(at=AT - timedelta(days=91))
    answer(siak, "22", 3)
    work(after=last)
    assert told(siak.internal) == [("handed_in", "22")]


def test_it_stands_on_the_pages_where_people_begin() -> None:
    siak = open_round()
    answer(siak, "21", 3)
    work()
    Notice.objects.update(at="2100-01-01T00:00:00Z")
    found = page(signed_in(siak.internal), "")
    assert "New for you Indicator 21 was handed in and waits for the internal assessor. Siak 2025" in found
    assert "New for you" not in page(signed_in(siak.coordinator), "")
    assert signed_in(siak.external).get("/en/evaluations/assigned/").status_code == 200
