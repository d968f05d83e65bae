"""Programs read which hours still have a place, where a form asks for one."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.casework.operations import cases
from livinglab.kernel import clock
from tests.casework.booking import form, mall, visit
from tests.casework.kit import REGION, begun, home, running

pytestmark = pytest.mark.django_db
HERE = f"/api/v1/regions/{REGION}/application"
MONDAY = "2026-11-23"
_CONTROL = ("SAVEPOINT", "RELEASE", "SET LOCAL")


def free(secret: str) -> list[dict[str, Any]]:
    answer = Client().get(HERE, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["free_hours"]
    return found


def hour(value: str, clock_time: str, left: int) -> dict[str, object]:
    return {"value": value, "clock": clock_time, "left": left}


def test_the_hours_that_have_a_place_on_the_day_stand_in_the_form() -> None:
    service, now = mall(closes=10), clock.now()
    visit(service, at=now, visit_on=MONDAY, slot="s0800")
    assert free(form(service, at=now, visit_on=MONDAY, slot="s0900")) == [
        {
            "field": "slot",
            "day_field": "visit_on",
            "day": MONDAY,
            "hours": [hour("s0800", "08.00", 1), hour("s0900", "09.00", 2)],
            "chosen": None,
            "next": {"day": "2026-11-24", "hours": [hour("s0800", "08.00", 2), hour("s0900", "09.00", 2)]},
        }
    ]


@pytest.mark.parametrize(
    ("day", "slot", "chosen", "left"),
    [
        (MONDAY, "s0800", "full", ["s0900"]),
        (MONDAY, "s1300", "closed", ["s0900"]),
        ("2026-11-22", "s0800", "past", []),
        ("2026-11-28", "s0800", "closed", []),
        ("2026-12-23", "s0800", "too_far", []),
    ],
)
def test_why_an_hour_cannot_be_had_is_said(day: str, slot: str, chosen: str, left: list[str]) -> None:
    service, now = mall(closes=10, places_per_hour=1), clock.now()
    visit(service, at=now, visit_on=MONDAY, slot="s0800")
    (found,) = free(form(service, at=now, visit_on=day, slot=slot))
    assert (found["chosen"], [one["value"] for one in found["hours"]]) == (chosen, left)


def test_who_is_asked_for_another_hour_reads_them_and_who_is_not_reads_none() -> None:
    service, now = mall(places_per_hour=1, closes=10), clock.now()
    tokens = [form(service, at=now, visit_on=MONDAY) for _ in range(2)]
    for token in tokens:
        cases.submit(organization=home(), token=token, by=None, at=now)
    assert free(tokens[0]) == []
    assert [one["value"] for one in free(tokens[1])[0]["hours"]] == ["s0800"]


def test_without_a_day_and_without_places_nothing_is_said() -> None:
    assert free(form(mall(), at=clock.now(), visit_on=None)) == []
    assert free(begun(running(), at=clock.now())) == []


def test_the_hours_take_one_statement() -> None:
    service, now = mall(), clock.now()
    with_day, without = (form(service, at=now, visit_on=day) for day in (MONDAY, None))
    free(with_day)
    asked = []
    for secret in (with_day, without):
        with CaptureQueriesContext(connection) as found:
            free(secret)
        asked.append(len([one for one in found if not one["sql"].startswith(_CONTROL)]))
    assert asked[0] == asked[1] + 1
