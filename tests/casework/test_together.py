"""The same step of several applications gets one answer; each is done by itself."""

import re
from uuid import UUID

import pytest
from django.test import Client

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Step, Task
from livinglab.casework.operations import assigning, services
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    REGION,
    VILLAGE,
    arrived,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
HERE = f"/regions/{REGION}/desk/together/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def tasks() -> list[Task]:
    with tenancy(home().id):
        return list(Task.objects.order_by("case__number"))


def completed() -> int:
    with tenancy(home().id):
        return Step.objects.filter(what="completed").count()


def asked(client: Client, *ids: UUID) -> str:
    return text(client.get(HERE, {"task": [str(one) for one in ids]}))


def typed(page: str, **answers: str) -> dict[str, object]:
    key = re.search(r'name="_key" value="([^"]+)"', page)
    node = re.search(r'name="node" value="([^"]+)"', page)
    assert key is not None
    assert node is not None
    return {
        "_key": key[1],
        "node": node[1],
        "case": re.findall(r'name="case" value="([^"]+)"', page),
        "_shown": "result",
        **answers,
    }


def test_one_answer_does_the_step_of_several_and_twice_does_it_once() -> None:
    service = running()
    for _nth in range(3):
        arrived(service)
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    first, second, _third = tasks()
    sent = typed(asked(client, first.id, second.id), result="complete")
    for _time in range(2):
        answer = client.post(HERE, sent)
        assert answer.status_code == 200
        assert "2 permohonan selesai" in text(answer)
        assert "SKTM-2026-000003" not in text(answer)
        assert completed() == 2
    assert [one.node for one in tasks()] == ["approve", "approve", "check"]


def test_a_mistake_is_said_once_and_nothing_is_done() -> None:
    service = running()
    arrived(service)
    arrived(service)
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    page = asked(client, *(one.id for one in tasks()))
    answer = client.post(HERE, {**typed(page, result="perhaps"), "_shown": "result reason"})
    assert answer.status_code == 422
    assert completed() == 0


def test_what_another_works_on_waits_elsewhere_or_is_signed_is_left_out_and_says_why() -> None:
    service = running()
    for _nth in range(4):
        arrived(service)
    operator = seated("operator", SeatKind.VILLAGE, VILLAGE, NEIGHBOUR)
    both = seated("rekan", SeatKind.VILLAGE, VILLAGE, NEIGHBOUR)
    with tenancy(home().id):
        signed = Case.objects.get(number="SKTM-2026-000004")
    done(signed.id, "check", operator, result="complete")
    arrived(service, village=NEIGHBOUR)
    services.give_seat(
        organization=home(),
        user_id=operator.id,
        kind=SeatKind.SIGNER,
        unit_code=VILLAGE,
        by=coordinator(),
        at=AT,
    )
    first, second, third, fourth, fifth = tasks()
    assigning.assign(organization=home(), task_id=second.id, to=both.id, by=both, at=AT)
    page = asked(signed_in(operator), *(one.id for one in (first, second, third, fourth, fifth)))
    assert len(typed(page)["case"]) == 3  # type: ignore[arg-type]
    assert "SKTM-2026-000002: " in page
    assert "SKTM-2026-000004: " in page
    posted = {**typed(page, result="complete"), "case": [str(one.case_id) for one in tasks()]}
    result = text(signed_in(operator).post(HERE, posted))
    assert "3 permohonan selesai" in result
    assert {one.node for one in tasks() if one.case_id in (second.case_id, fourth.case_id)} == {
        "check",
        "approve",
    }


def test_who_has_no_seat_there_does_nothing_and_reads_no_number() -> None:
    arrived(running())
    (one,) = tasks()
    client = signed_in(seated("sebelah", SeatKind.VILLAGE, NEIGHBOUR))
    assert "SKTM-2026-000001" not in asked(client, one.id)
    answer = client.post(
        HERE,
        {"_key": "k", "node": "check", "case": str(one.case_id), "_shown": "result", "result": "complete"},
    )
    assert "SKTM-2026-000001" not in text(answer)
    assert completed() == 0


def test_more_than_twenty_wait_for_the_next_round() -> None:
    service = running()
    for _nth in range(21):
        arrived(service)
    page = asked(signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE)), *(one.id for one in tasks()))
    assert len(typed(page)["case"]) == 20  # type: ignore[arg-type]
    assert page.count("putaran berikutnya") == 1


def test_the_page_without_anything_says_so() -> None:
    running()
    client = signed_in(seated("operator", SeatKind.VILLAGE, VILLAGE))
    assert client.get(f"{HERE}?task=x").status_code == 200
    assert client.post(HERE, {"case": "x", "node": "check"}).status_code == 200
    assert client.post(HERE, {"case": "x", "node": "\0"}).status_code == 200
