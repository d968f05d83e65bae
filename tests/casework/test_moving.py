"""Open cases stay on their version, and a checked move takes those that fit to a newer one, each once."""

import json
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.models import Entry
from livinglab.casework.commands import casework
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, Service, ServiceVersion, Step
from livinglab.casework.operations import cases, moving
from livinglab.casework.operations.services import put_to_work
from livinglab.casework.tasks import move_cases
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.moves import Hindrance, HindranceKind
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    PARAMETERS,
    REGION,
    VILLAGE,
    arrived,
    begun,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import make_member, signed_in
from tests.releases.kit import files_of, raised, zipped

pytestmark = pytest.mark.django_db
PAGE = f"/regions/{REGION}/versions/"
PROCESS, FORM = "process.bpmn", "form.schema.json"
IN_LANE = "<flowNodeRef>check</flowNodeRef>"


def renewed(**changed: tuple[str, str]) -> Service:
    """Return the service with its next version at work: texts replaced in files by path."""
    files = raised(files_of("sktm", home()), "1.1.0", **changed)
    return put_to_work(
        organization=home(),
        content=zipped(files),
        parameters={**PARAMETERS, "lapse_days": 14},
        places={VILLAGE: {}, NEIGHBOUR: {}},
        by=None,
        at=AT,
    )


def redrawn(*pairs: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """Return the change of the process by which each text is replaced by another one."""
    before = after = files_of("sktm", home())[PROCESS].decode()
    for old, new in pairs:
        assert old in after
        after = after.replace(old, new, 1)
    return {PROCESS: (before, after)}


def versions() -> list[UUID]:
    with tenancy(home().id):
        return list(ServiceVersion.objects.order_by("number").values_list("id", flat=True))


def moved() -> moving.Tally:
    before, after = versions()
    return moving.move_open(
        organization_id=home().id, before_id=before, after_id=after, by=coordinator().id, at=AT
    )


def number_of(case: Case) -> int:
    with tenancy(home().id):
        return Case.objects.select_related("version").get(id=case.id).version.number


def hindered(tally: moving.Tally) -> list[Hindrance]:
    assert tally.moved == 0
    (one,) = tally.left
    return list(one.hindrances)


def test_a_case_that_fits_goes_on_under_the_new_rules_and_is_moved_once() -> None:
    case = arrived(running())
    renewed(**{PROCESS: ('name="Periksa permohonan"', 'name="Periksa berkas"')})
    assert number_of(case) == 1
    assert moved() == moving.Tally(1, ())
    assert moved() == moving.Tally(0, ())
    with tenancy(home().id):
        row = Case.objects.select_related("version").get(id=case.id)
        steps = list(Step.objects.filter(case_id=case.id, what="renewed").values_list("on", "by"))
        entries = list(Entry.objects.filter(action="casework.renewed").values_list("subject", "facts"))
    assert row.version.number == 2
    assert row.state["parameters"]["lapse_days"] == 14
    assert (row.due_at, row.number) == (case.due_at, case.number)
    assert steps == [("1.1.0", str(coordinator().id))]
    assert entries == [(case.number, {"before": 1, "after": 2})]
    done(case.id, "check", seated("operator", SeatKind.VILLAGE, VILLAGE), result="complete")
    ended = done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)
    assert ended.outcome == "granted"


def test_a_case_that_ended_and_a_form_that_was_begun_stay() -> None:
    service = running()
    case, token = arrived(service), begun(service)
    cases.withdraw(organization=home(), case_id=case.id, key="k", by=None, at=AT)
    renewed()
    assert moved() == moving.Tally(0, ())
    late = cases.submit(organization=home(), token=token, by=None, at=AT)
    assert (number_of(case), number_of(late)) == (1, 1)


def test_a_step_that_is_another_offices_keeps_its_case() -> None:
    case = arrived(running())
    renewed(**{"package.yaml": ("{id: village, kind: village,", "{id: village, kind: district,")})
    assert hindered(moved()) == [Hindrance(HindranceKind.STEP_GONE, "check")]
    assert number_of(case) == 1


def test_a_new_step_behind_the_case_keeps_it() -> None:
    flow = '<sequenceFlow id="f2" sourceRef="tell_received" targetRef="check"/>'
    through = (
        '<businessRuleTask id="first_look" name="Lihat dulu" ll:rule="eligibility"/>'
        '<sequenceFlow id="f2" sourceRef="tell_received" targetRef="first_look"/>'
        '<sequenceFlow id="f2b" sourceRef="first_look" targetRef="check"/>'
    )
    arrived(running())
    renewed(**redrawn((flow, through), (IN_LANE, f"{IN_LANE}<flowNodeRef>first_look</flowNodeRef>")))
    assert hindered(moved()) == [Hindrance(HindranceKind.STEP_BEFORE, "first_look")]


def test_other_deadlines_on_the_step_keep_its_case() -> None:
    timer = (
        '<boundaryEvent id="remind" name="Ingatkan" attachedToRef="check" cancelActivity="false">'
        '<timerEventDefinition id="remind_t"><timeDuration>P1D</timeDuration></timerEventDefinition>'
        '</boundaryEvent><endEvent id="reminded" name="Diingatkan" ll:outcome="lapsed"/>'
        '<sequenceFlow id="fr" sourceRef="remind" targetRef="reminded"/>'
    )
    arrived(running())
    nodes = "<flowNodeRef>remind</flowNodeRef><flowNodeRef>reminded</flowNodeRef>"
    renewed(**redrawn(("</process>", f"{timer}</process>"), (IN_LANE, f"{IN_LANE}{nodes}")))
    assert Hindrance(HindranceKind.TIMERS, "check") in hindered(moved())


def required(name: str) -> dict[str, tuple[str, str]]:
    """Return the change by which an optional question of the form must be answered."""
    return {FORM: ('"required": ["full_name"', f'"required": ["{name}", "full_name"')}


def test_an_answer_that_became_required_keeps_a_case_unless_its_applicant_is_asked() -> None:
    service = running()
    waiting, asked = arrived(service), arrived(service)
    done(
        asked.id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="incomplete",
        reason="Kartu keluarga",
    )
    renewed(**required("phone"))
    tally = moved()
    assert (tally.moved, [one.number for one in tally.left]) == (1, [waiting.number])
    assert tally.left[0].hindrances == (Hindrance(HindranceKind.ANSWER_MISSING, "phone"),)
    assert (number_of(waiting), number_of(asked)) == (1, 2)


def test_only_a_newer_version_of_the_same_service_takes_cases() -> None:
    arrived(running())
    renewed()
    after, before = versions()
    with pytest.raises(Refused) as refused:
        moving.move_open(organization_id=home().id, before_id=before, after_id=after, by=None, at=AT)
    assert refused.value.refusal.code == "not_newer"


def test_the_page_shows_what_fits_and_has_it_moved_by_a_job() -> None:
    case = arrived(running())
    renewed()
    before, after = versions()
    client = signed_in(coordinator())
    assert f'href="{PAGE}"' in client.get(f"/organizations/{REGION}/").content.decode()
    assert case.number not in client.get(PAGE).content.decode()
    address = f"{PAGE}{before}/"
    assert "1 permohonan berjalan dapat dilanjutkan" in client.get(address).content.decode()
    refused = client.post(address, {"after": str(before)})
    assert refused["Location"] == address
    assert client.post(address, {"after": str(after)})["Location"] == PAGE
    assert number_of(case) == 1  # the job does it
    move_cases(str(home().id), str(before), str(after), str(coordinator().id))
    assert number_of(case) == 2
    assert client.get(address).status_code == 404
    with tenancy(home().id):
        asked = Entry.objects.get(action="casework.move_asked")
    assert (asked.subject, asked.facts) == ("32.11/sktm", {"before": 1, "after": 2, "count": 1})


def test_another_regions_version_is_not_there() -> None:
    arrived(running())
    renewed()
    before, after = versions()
    stranger = signed_in(make_member("sekda-jauh", Role.COORDINATOR, "14.08"))
    address = f"/regions/14.08/versions/{before}/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"after": str(after)}).status_code == 404


def test_the_page_names_what_stays_and_why() -> None:
    case = arrived(running())
    renewed(**required("phone"))
    page = signed_in(coordinator()).get(f"{PAGE}{versions()[0]}/").content.decode()
    assert case.number in page
    assert "phone" in page
    assert 'name="after"' not in page  # nothing fits, so there is no button


def test_only_who_answers_for_the_services_moves_cases() -> None:
    arrived(running())
    renewed()
    operator = signed_in(make_member("operator-desa", Role.VILLAGE_OPERATOR, REGION))
    assert operator.get(PAGE).status_code == 403
    assert operator.post(f"{PAGE}{versions()[0]}/", {"after": str(versions()[1])}).status_code == 403


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_page_asks_as_much_of_the_database_however_many_cases() -> None:
    service = running()
    arrived(service)
    tokens = [begun(service), begun(service, village=NEIGHBOUR)]
    renewed()
    client, address = signed_in(coordinator()), f"{PAGE}{versions()[0]}/"
    queries_of(client, address)  # packages are read once by a process
    one = queries_of(client, address)
    for token in tokens:
        cases.submit(organization=home(), token=token, by=None, at=AT)
    assert queries_of(client, address) == one


def test_the_command_looks_first_and_moves_when_told_to() -> None:
    case = arrived(running())
    renewed()
    told = ["move", "--region", REGION, "--service", "sktm", "--from", "1", "--to", "2"]
    assert CliRunner().invoke(casework, told).output == "1 cases can move, 0 stay\n"
    assert number_of(case) == 1
    applied = CliRunner().invoke(casework, [*told, "--apply", "--json"])
    assert json.loads(applied.output) == {"moved": 1, "left": {}}
    assert number_of(case) == 2
    back = ["move", "--region", REGION, "--service", "sktm", "--from", "2", "--to", "1"]
    assert CliRunner().invoke(casework, back).exit_code == 2
