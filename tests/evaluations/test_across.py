"""What stands in the way of a sheet as a whole: told after each save, and counted by every button that it stops."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.models import Answer, Evaluation
from livinglab.evaluations.operations import process, scores
from livinglab.evaluations.queries.records import find_evaluation
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.browsing import BASE, page
from tests.evaluations.external import sent
from tests.evaluations.kit import AT, Region, answer_everything, open_round
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Autosave": "true"}
TEXTS = {"analysis": "Analisis.", "justification": "Justifikasi.", "external_source": ""}
LONG = "Peraturan bupati menetapkan arsitektur secara lengkap dan dilaksanakan seluruh perangkat daerah. " * 2


def save(client: Client, path: str, level: int, facts: str = "Fakta.", base: int = 0) -> None:
    met = [str(one) for one in range(1, level + 1)]
    form = {**TEXTS, "level": str(level), "met": met, "facts": facts, "base_version": str(base)}
    assert client.post(BASE + path, form, headers=SCRIPT).status_code == 200


def told(client: Client, path: str) -> str:
    """What the part of the form says, in few statements."""
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(BASE + path)
    control = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    asked = [one["sql"] for one in counted if not one["sql"].startswith(control)]
    assert (answer.status_code, len(asked) <= 11) == (200, True), "\n".join(asked)
    return " ".join(answer.content.decode().split())


def test_an_answer_hears_after_each_save_what_it_is_among_the_others() -> None:
    client = signed_in(open_round().entry)
    save(client, "2025/11/", 3, LONG)
    assert told(client, "2025/11/checks/") == ""
    save(client, "2025/1/", 2, LONG)
    of_practice, of_policy = told(client, "2025/11/checks/"), told(client, "2025/1/checks/")
    assert "Level 3 here, but the policy that rules it, indicator 1, is at level 2." in of_practice
    assert f'<a href="{BASE}2025/11/">Indicator 11</a>: Level 3 here' in of_policy  # told at both ends
    assert ("<small>A049</small>" in of_practice, "<small>A049</small>" in of_policy) == (True, True)
    save(client, "2025/1/", 3, "Lain sekali.", base=1)
    assert told(client, "2025/11/checks/") == ""


def test_an_assessor_hears_what_the_level_being_typed_is_among_those_of_the_assessors() -> None:
    region = sent(level=3)
    client = signed_in(region.external)
    assert told(client, "2025/11/score/checks/") == ""
    save(client, "2025/1/score/", 2)
    assert told(client, "2025/11/score/checks/") == ""  # a draft of another indicator counts nothing
    assert "A055" in told(client, "2025/1/score/checks/")
    scores.enter(place=region.as_(region.external), indicator="1", version=1, at=AT)
    assert "indicator 1, is at level 2." in told(client, "2025/11/score/checks/")


def test_what_nobody_has_is_not_found() -> None:
    region = open_round()
    assert signed_in(region.entry).get(f"{BASE}2025/48/checks/").status_code == 404
    assert signed_in(region.entry).get(f"{BASE}2025/21/score/checks/").status_code == 403


@pytest.fixture
def siak() -> Region:
    """Every answer validated, nothing wrong."""
    region = open_round()
    answer_everything(region, 3)
    return region


def take_facts(region: Region) -> None:
    """Leave a validated answer without Fakta."""
    with tenancy(region.organization.id):
        Answer.objects.filter(indicator="21").update(facts="")


def errors_told(client: Client, path: str = "2025/") -> int:
    """How many errors the button that is off names, 0 where it is on."""
    found = re.search(r"The checks found (\d+) errors. Correct them first", page(client, path))
    return int(found[1]) if found else 0


def test_an_error_switches_the_approval_off_and_the_button_says_so(siak: Region) -> None:
    client = signed_in(siak.responsible)
    assert (errors_told(client), errors_told(client, "2025/minutes/")) == (0, 0)
    take_facts(siak)
    assert (errors_told(client), errors_told(client, "2025/minutes/")) == (1, 1)
    with pytest.raises(Refused) as refused:
        process.approve(place=siak.as_(siak.responsible), at=AT)
    assert refused.value.refusal.code == "checks_failed"


def test_everything_that_blocks_is_counted_at_once(siak: Region) -> None:
    take_facts(siak)
    with tenancy(siak.organization.id):
        Answer.objects.filter(indicator="22").update(state=AnswerState.ACCEPTED)
    both = "1 indicators are not validated yet. Validate each answer first. The checks found 1 errors."
    for path in ("2025/", "2025/minutes/"):
        assert both in page(signed_in(siak.responsible), path)


def test_what_failed_since_the_approval_stops_the_signature_too(siak: Region) -> None:
    process.approve(place=siak.as_(siak.responsible), at=AT)
    take_facts(siak)
    assert errors_told(signed_in(siak.coordinator)) == 1
    with pytest.raises(Refused) as refused:
        sign(siak)
    assert refused.value.refusal.code == "checks_failed"
    with tenancy(siak.organization.id):
        evaluation = find_evaluation(siak.organization.id, siak.participation.id)
    assert evaluation is not None
    assert (evaluation.state, evaluation.minutes_number) == ("approved", "")


def test_an_error_of_the_whole_sheet_stops_the_sending_and_the_button_counts_it(siak: Region) -> None:
    process.approve(place=siak.as_(siak.responsible), at=AT)
    sign(siak)
    client = signed_in(siak.coordinator)
    assert (errors_told(client), errors_told(client, "2025/minutes/")) == (0, 0)
    with tenancy(siak.organization.id):
        Evaluation.objects.update(decree_number="", decree_date=None)
    assert (errors_told(client), errors_told(client, "2025/minutes/")) == (1, 1)
    with pytest.raises(Refused) as refused:
        process.send(place=siak.as_(siak.coordinator), at=AT)
    assert refused.value.refusal.code == "checks_failed"


def sign(region: Region) -> None:
    """Sign the minutes as the coordinator."""
    place = region.as_(region.coordinator)
    process.sign(place=place, minutes_number="BA/1", minutes_date=date(2025, 6, 1), has_consent=True, at=AT)
