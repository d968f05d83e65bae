"""The pages of action plans as their readers use them."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.accounts.models import User
from livinglab.actions.domain.states import ActionState
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.operations import actions, ledger, milestones
from livinglab.actions.operations.actions import draft_of
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from tests.actions.kit import AT, DUE, SIAK, Region, accepted_region, bring
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
HERE = f"/en/regions/{SIAK}/actions/"


@pytest.fixture
def region() -> Region:
    return accepted_region()


def read(user: User, path: str, *, status: int = 200, base: str = HERE) -> str:
    return _text(signed_in(user).get(base + path), status)


def send(user: User, path: str, *, status: int = 302, **fields: object) -> str:
    return _text(signed_in(user).post(HERE + path, fields), status)


def _text(response: object, status: int) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == status, content[:3000]  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())


def test_a_plan_is_accepted_under_the_instrument_that_its_address_chose(region: Region) -> None:
    page = read(region.coordinator, "accept/?instrument=pemdi-2026")
    assert "The levels at the start are from: an estimate from the older instrument" in page
    assert "This plan becomes 10 actions to reach 3.50" in page


def form_of(client: Client, path: str, opening: str = '<form class="action-form"') -> dict[str, str]:
    """The fields of a form as a browser would send them back."""
    content = client.get(HERE + path).content.decode()
    form = content[content.index(opening) :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', form))
    areas = re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]*)<', form)
    found |= {name: text.removeprefix("\n") for name, text in areas}
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


def path_of(action: Action) -> str:
    return f"{action.plan_id}/{action.id}/"


def test_the_list_says_what_the_region_wants(region: Region) -> None:
    text = read(region.coordinator, "")
    assert "Siak wants an index of 2.20 by 31 December 2027" in text
    assert f"0 of {len(region.actions())} actions done." in text


@pytest.mark.parametrize("view", ["", "board/", "timeline/", "ledger/"])
@pytest.mark.parametrize("base", [HERE, HERE.removeprefix("/en")])
def test_each_view_opens_in_both_languages(region: Region, view: str, base: str) -> None:
    text = read(region.assessor, f"{region.plan.id}/{view}", base=base)
    assert "Rencana aksi uji" in text


@pytest.mark.parametrize("view", ["", "board/", "timeline/", "ledger/"])
def test_a_view_asks_the_database_at_most_ten_times(region: Region, view: str) -> None:
    for action in region.actions():
        milestones.add(
            place=region.as_(region.coordinator), action_id=action.id, title="Titik", due_on=DUE, at=AT
        )
    client = signed_in(region.coordinator)
    client.get(f"{HERE}{region.plan.id}/{view}")  # what is read once per process is read now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(f"{HERE}{region.plan.id}/{view}").status_code == 200
    questions = [one["sql"] for one in asked if one["sql"].startswith(("SELECT", "\nSELECT"))]
    assert len(questions) <= 10, questions


def test_ministry_province_and_citizens_stay_outside(region: Region) -> None:
    ministry = make_member("kementerian", Role.MINISTRY, "kementerian-panrb")
    province = make_member("provinsi", Role.PROVINCE, "14")
    citizen = make_member("warga", Role.CITIZEN, SIAK)
    elsewhere = make_member("sekda.lain", Role.COORDINATOR, "32.11")
    for user in (ministry, province, citizen, elsewhere):
        for path in ("", "accept/", f"{region.plan.id}/", path_of(region.action())):
            read(user, path, status=403)


def test_a_plan_of_another_region_is_not_found(region: Region) -> None:
    elsewhere = make_member("sekda.lain", Role.COORDINATOR, "32.11")
    base = HERE.replace(SIAK, "32.11")
    read(elsewhere, f"{region.plan.id}/", status=404, base=base)
    read(elsewhere, path_of(region.action()), status=404, base=base)


def test_the_board_moves_an_action_by_a_button(region: Region) -> None:
    first = region.action(1)
    assert "Begin" in read(region.officer, f"{region.plan.id}/board/")
    send(region.officer, path_of(first) + "step/", step="start", next="board")
    assert region.action(1).state == ActionState.STARTED


def test_a_step_without_its_reason_comes_back_with_the_page(region: Region) -> None:
    first = bring(region, 1, ActionState.STARTED)
    text = send(region.officer, path_of(first) + "step/", status=422, step="block", reason=" ")
    assert "Say why, so that the others know what to do." in text
    assert region.action(1).state == ActionState.STARTED


def test_an_unknown_step_or_act_is_refused(region: Region) -> None:
    first = region.action(1)
    send(region.coordinator, path_of(first) + "step/", status=404, step="fly")
    send(region.coordinator, path_of(first) + "act/", status=422, intent="fly")


def test_nobody_confirms_by_hand(region: Region) -> None:
    text = send(region.coordinator, path_of(region.action(1)) + "step/", status=422, step="confirm")
    assert "never by hand" in text
    assert region.action(1).state == ActionState.PLANNED


def test_the_form_stores_agency_days_cost_and_code(region: Region) -> None:
    second = region.action(2)
    client = signed_in(region.planner)
    typed = form_of(client, path_of(second))
    typed |= {
        "agency_id": str(region.agency.id),
        "due_on": "30-06-2027",
        "starts_on": "2027-01-04",
        "cost": "Rp1.250.000",
        "sub_activity": "2.16.02.2.01.0001",
        "lever": "capacity",
    }
    assert client.post(HERE + path_of(second), typed).status_code == 302
    now = region.action(2)
    assert (now.agency_id, now.due_on, now.cost) == (region.agency.id, date(2027, 6, 30), 1_250_000)
    assert (now.sub_activity, now.lever, now.version) == ("2.16.02.2.01.0001", "capacity", 1)


def test_what_cannot_be_read_comes_back_with_every_problem(region: Region) -> None:
    second = region.action(2)
    client = signed_in(region.planner)
    typed = form_of(client, path_of(second)) | {"due_on": "31-02-2027", "cost": "murah", "title": "Nama saya"}
    answer = client.post(HERE + path_of(second), typed)
    text = _text(answer, 422)
    assert "Enter the day as in 31-12-2026." in text
    assert "Enter whole rupiah, as in Rp1.250.000." in text
    assert 'value="Nama saya"' in answer.content.decode()
    assert region.action(2).version == 0


def test_two_writers_of_different_fields_are_merged(region: Region) -> None:
    second = region.action(2)
    client = signed_in(region.planner)
    typed = form_of(client, path_of(second))
    _save(region, second, title="Nama bersama")
    assert client.post(HERE + path_of(second), typed | {"cost": "5000"}).status_code == 302
    now = region.action(2)
    assert (now.title, now.cost, now.version) == ("Nama bersama", 5000, 2)


def test_two_writers_of_one_field_choose_what_stays(region: Region) -> None:
    second = region.action(2)
    client = signed_in(region.planner)
    typed = form_of(client, path_of(second))
    _save(region, second, title="Nama pertama")
    answer = client.post(HERE + path_of(second), typed | {"title": "Nama kedua", "cost": "7000"})
    text = _text(answer, 409)
    assert "Two people changed the same field: choose what stays" in text
    assert region.action(2).title == "Nama pertama"
    settled = _settled(answer.content.decode())
    assert client.post(HERE + path_of(second), settled | {"choose-title": "mine"}).status_code == 302
    now = region.action(2)
    assert (now.title, now.cost) == ("Nama kedua", 7000)


def _settled(content: str) -> dict[str, str]:
    form = content[content.index("<form method=") :]
    areas = re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]*)<', form)
    found = {name: html.unescape(text.removeprefix("\n")) for name, text in areas}
    version = re.search(r'name="base_version" value="(\d+)"', form)
    assert version is not None
    return {**found, "base_version": version[1]}


def _save(region: Region, action: Action, **changes: object) -> None:
    base = draft_of(action)
    values = {name: getattr(base, name) for name in base.__slots__} | changes
    actions.save(
        place=region.as_(region.coordinator),
        action_id=action.id,
        draft=type(base)(**values),
        base=base,
        base_version=action.version,
        at=AT,
    )


def test_an_agency_officer_sees_no_form_of_the_action_but_its_steps(region: Region) -> None:
    text = read(region.officer, path_of(region.action(1)))
    assert "Only the coordinator, the responsible officer and the planning agency change this." in text
    client = signed_in(region.officer)
    typed = {"due_on": "2027-01-01", "title": "Diam-diam", "base_version": "0", "base-due_on": "2027-01-01"}
    assert client.post(HERE + path_of(region.action(1)), typed).status_code == 422
    assert region.action(1).title == ""


def test_ticked_actions_go_to_an_agency_and_a_person_at_once(region: Region) -> None:
    chosen = [str(region.action(2).id), str(region.action(3).id)]
    send(
        region.coordinator,
        f"{region.plan.id}/",
        action=chosen,
        agency_id=str(region.agency.id),
        assignee_id=str(region.officer.id),
    )
    assert [one.assignee_id for one in region.actions()[1:3]] == [region.officer.id] * 2
    text = send(region.coordinator, f"{region.plan.id}/", status=422)
    assert "Tick the actions to give away." in text


def test_a_citizen_is_given_nothing(region: Region) -> None:
    citizen = make_member("warga", Role.CITIZEN, SIAK)
    chosen = [str(region.action(2).id), str(region.action(3).id)]
    text = send(
        region.coordinator, f"{region.plan.id}/", status=422, action=chosen, assignee_id=str(citizen.id)
    )
    assert "This person holds no role here that works on actions." in text
    assert {one.assignee_id for one in region.actions()} == {None}


def test_the_timeline_says_its_milestones_in_the_table_too(region: Region) -> None:
    milestones.add(
        place=region.as_(region.coordinator),
        action_id=region.action(1).id,
        title="Rancangan peraturan selesai",
        due_on=date(2027, 3, 31),
        at=AT,
    )
    text = read(region.assessor, f"{region.plan.id}/timeline/")
    assert "Rancangan peraturan selesai" in text
    assert "Q2" in text


def test_the_timeline_shows_to_where_a_missed_document_moves_an_action(region: Region) -> None:
    before = read(region.assessor, f"{region.plan.id}/timeline/")
    assert "moved" not in before
    with tenancy(region.organization.id):
        Action.objects.filter(id=region.action(1).id).update(cost=5_000_000, planning_year=2026)
    text = read(region.assessor, f"{region.plan.id}/timeline/")
    assert text.count("moved to ") == 1
    assert "moved: a document of its budget year was missed" in text


def test_milestones_comments_and_gifts_are_sent_from_the_page(region: Region) -> None:
    act = path_of(region.action(1)) + "act/"
    send(region.coordinator, act, intent="milestone-add", milestone_title="Titik", milestone_due="2027-02-01")
    send(region.officer, act, intent="comment", text="Kami mulai minggu depan.")
    send(
        region.coordinator,
        act,
        intent="give",
        payer="private",
        giver="Mitra uji",
        kind="in_kind",
        rupiah="Rp2.500.000",
        what="Pelatihan",
    )
    text = read(region.officer, path_of(region.action(1)))
    for words in ("Titik", "Kami mulai minggu depan.", "Rp2,500,000", "Pelatihan", "promised, no paper yet"):
        assert words in text


def test_the_excess_over_the_cost_is_named(region: Region) -> None:
    second = region.action(2)
    for action in region.actions():
        _save(region, action, cost=1_000 if action.number == 2 else 0)
    gift = ledger.GiftDraft("apbd", "Dinas Kominfo (uji)", "money", 1_750)
    ledger.enter(place=region.as_(region.coordinator), action_id=second.id, draft=gift, at=AT)
    text = read(region.coordinator, path_of(second))
    assert "Rp750 more is given than the action costs." in text
    assert "Rp750 more is given than the actions cost." in read(
        region.coordinator, f"{region.plan.id}/ledger/"
    )


def test_accepting_shows_what_is_made_and_makes_it(region: Region) -> None:
    client = signed_in(region.head)
    content = client.get(f"{HERE}accept/?by=2027-12-31").content.decode()
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())
    assert "One plan in force is closed." in text
    seen = re.search(r'name="seen" value="(\w+)"', content)
    assert seen is not None
    address = html.unescape(re.search(r'action="([^"]+accept/[^"]+)"', content)[1])  # type: ignore[index]
    answer = client.post(address, {"seen": seen[1], "title": "Rencana baru"})
    assert answer.status_code == 302
    with tenancy(region.organization.id):
        plans = ActionPlan.objects.filter(organization_id=region.organization.id)
        newer = plans.get(closed_at__isnull=True)
        assert (newer.title, newer.accepted_by, newer.is_synthetic) == ("Rencana baru", region.head.id, False)
        assert newer.origin == "synthetic"
        assert plans.count() == 2
    text = read(region.head, f"{newer.id}/")
    assert "The levels at the start are made up so that they give the published result." in text
    assert "for demonstration only" not in text


def test_a_plan_that_changed_since_it_was_read_is_not_accepted(region: Region) -> None:
    answer = signed_in(region.head).post(f"{HERE}accept/?by=2027-12-31", {"seen": "0", "title": "X"})
    assert "The plan changed since you opened it. Look at it again." in _text(answer, 422)
    with tenancy(region.organization.id):
        assert ActionPlan.objects.get(organization_id=region.organization.id).closed_at is None


def test_an_officer_sees_why_the_plan_is_not_theirs_to_accept(region: Region) -> None:
    text = read(region.officer, "accept/?by=2027-12-31")
    assert "Only the coordinator and the head of the region accept a plan." in text


def test_a_target_that_is_reached_already_names_the_nearest(region: Region) -> None:
    text = read(region.head, "accept/?target=1.1&by=2027-12-31", status=422)
    assert "A plan leads up. The nearest targets above the present index are these." in text
