"""A region writes a practice, who answers for it publishes it, and the public row follows."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.accounts.models import User
from livinglab.audit import queries as audit
from livinglab.catalogue import operations, queries
from livinglab.catalogue.domain.practice_steps import STEPS, State, Step, after, open_steps
from livinglab.catalogue.domain.practices import (
    LONGEST,
    NEEDED,
    Fault,
    IndicatorStep,
    NamedSource,
    PracticeText,
    read_practice,
)
from livinglab.catalogue.domain.shelf import EntryKind, Known, Search
from livinglab.catalogue.models import OwnPractice, Practice
from livinglab.catalogue.policies import PUBLISHERS, RECORDERS, may_take_step
from livinglab.catalogue.queries import Slice, search_shelf, shelf_entry
from livinglab.kernel import events
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role, find_organization

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LIST = "/en/regions/14.08/practices/"
TEXT = PracticeText(
    title="Antar dokumen ke rumah",
    function="civil-registration",
    summary="Kurir mengantar dokumen kependudukan ke rumah warga.",
    audience="Warga lanjut usia dan penyandang disabilitas.",
    agency="Disdukcapil",
    legal_basis="Peraturan Bupati tentang layanan antar.",
    lessons="Jadwal kurir ditetapkan lebih dahulu.",
    contact_office="Bidang Pelayanan",
    contact_address="layanan@siakkab.go.id",
    status="active",
    year="2024",
    steps=(IndicatorStep("spbe-2020/45", "4"),),
    sources=(NamedSource("Laporan kinerja", "https://siakkab.go.id/lkjip", "report"),),
)


@pytest.fixture
def siak() -> Organization:
    found = find_organization("14.08")
    assert found is not None
    return found


def somebody(region: Organization, role: Role) -> User:
    user = User.objects.create_user(f"{role}@{region.code}.example", None)
    grant_membership(user=user, organization=region, role=role, by=None, at=AT)
    return user


def deliver() -> None:
    """Runs the waiting jobs of the catalogue, twice each: a handler may run again."""
    jobs = list(ProcrastinateJob.objects.filter(args__subscription__startswith="catalogue.").order_by("id"))
    for job in [*jobs, *jobs]:
        events.handle(job.args["subscription"], job.args["payload"])


def published(siak: Organization, text: PracticeText = TEXT) -> tuple[OwnPractice, User, User]:
    writer, coordinator = somebody(siak, Role.AGENCY_OFFICER), somebody(siak, Role.COORDINATOR)
    row = operations.write_practice(organization=siak, text=text, by=writer, at=AT)
    for step, by in ((Step.SUBMIT, writer), (Step.PUBLISH, coordinator)):
        operations.move_practice(organization=siak, practice_id=row.id, step=step, by=by, at=AT)
    deliver()
    return row, writer, coordinator


def stored(siak: Organization, row: OwnPractice) -> OwnPractice:
    with tenancy(siak.id):
        return OwnPractice.objects.get(organization_id=siak.id, id=row.id)


def test_what_was_published_is_public_searchable_and_in_the_audit_trail(siak: Organization) -> None:
    row, *_people = published(siak)
    key = f"practice-{row.id}"
    shown = queries.find_practice(key)
    assert shown is not None
    assert (shown.text, shown.region_code, shown.published_at) == (TEXT, "14.08", AT)
    hits = search_shelf(Search(text="kurir", kind="practice"), Slice()).hits
    assert [hit.entry.key for hit in hits] == [key]
    entry = shelf_entry(EntryKind.PRACTICE, key)
    assert entry is not None
    assert entry.indicators == ("spbe-2020/45",)
    assert set(Known) - set(entry.known) == {Known.RESULT, Known.COST}
    with tenancy(siak.id):
        actions = [
            one.action for one in audit.latest_entries(siak.id) if one.action.startswith("catalogue.practice")
        ]
    assert sorted(actions) == [
        "catalogue.practice_published",
        "catalogue.practice_submitted",
        "catalogue.practice_written",
    ]


def test_a_newer_text_stays_inside_until_it_is_published(siak: Organization) -> None:
    row, writer, coordinator = published(siak)
    newer = replace(TEXT, result="Waktu tunggu turun menurut laporan kinerja.")
    operations.save_practice(
        organization=siak, practice_id=row.id, base_version=1, text=newer, by=writer, at=LATER
    )
    operations.project_practice(organization_id=siak.id, practice_id=row.id)
    shown = queries.find_practice(f"practice-{row.id}")
    assert shown is not None
    assert shown.text == TEXT
    for step, by in ((Step.SUBMIT, writer), (Step.PUBLISH, coordinator)):
        operations.move_practice(organization=siak, practice_id=row.id, step=step, by=by, at=LATER)
    deliver()
    shown = queries.find_practice(f"practice-{row.id}")
    assert shown is not None
    assert (shown.text, shown.published_at) == (newer, LATER)


def test_a_withdrawn_practice_leaves_the_public(siak: Organization) -> None:
    row, writer, _coordinator = published(siak)
    operations.move_practice(organization=siak, practice_id=row.id, step=Step.WITHDRAW, by=writer, at=LATER)
    deliver()
    assert queries.find_practice(f"practice-{row.id}") is None
    assert shelf_entry(EntryKind.PRACTICE, f"practice-{row.id}") is None
    assert read_practice(stored(siak, row).text) == TEXT


def test_an_officer_does_not_publish_and_nothing_changes(siak: Organization) -> None:
    writer = somebody(siak, Role.AGENCY_OFFICER)
    row = operations.write_practice(organization=siak, text=TEXT, by=writer, at=AT)
    operations.move_practice(organization=siak, practice_id=row.id, step=Step.SUBMIT, by=writer, at=AT)
    with pytest.raises(Refused, match="not_a_publisher"):
        operations.move_practice(organization=siak, practice_id=row.id, step=Step.PUBLISH, by=writer, at=AT)
    assert stored(siak, row).state == State.SUBMITTED
    assert not Practice.objects.exists()


def test_a_return_needs_its_reason_and_the_writer_reads_it(siak: Organization) -> None:
    writer, coordinator = somebody(siak, Role.DATA_ENTRY), somebody(siak, Role.COORDINATOR)
    row = operations.write_practice(organization=siak, text=TEXT, by=writer, at=AT)
    operations.move_practice(organization=siak, practice_id=row.id, step=Step.SUBMIT, by=writer, at=AT)
    with pytest.raises(Refused, match="reason_missing"):
        operations.move_practice(
            organization=siak, practice_id=row.id, step=Step.RETURN, by=coordinator, at=AT
        )
    with pytest.raises(Refused, match="reason_too_long"):
        operations.move_practice(
            organization=siak, practice_id=row.id, step=Step.RETURN, reason="a" * 601, by=coordinator, at=AT
        )
    operations.move_practice(
        organization=siak,
        practice_id=row.id,
        step=Step.RETURN,
        reason="Sebut hasilnya.",
        by=coordinator,
        at=AT,
    )
    assert (stored(siak, row).state, stored(siak, row).return_reason) == (State.DRAFT, "Sebut hasilnya.")


def test_nobody_overwrites_what_somebody_else_changed(siak: Organization) -> None:
    writer = somebody(siak, Role.DATA_ENTRY)
    row = operations.write_practice(organization=siak, text=TEXT, by=writer, at=AT)
    first, second = replace(TEXT, cost="Rp10 juta"), replace(TEXT, cost="Rp20 juta")
    operations.save_practice(
        organization=siak, practice_id=row.id, base_version=1, text=first, by=writer, at=AT
    )
    with pytest.raises(Refused, match="changed_meanwhile"):
        operations.save_practice(
            organization=siak, practice_id=row.id, base_version=1, text=second, by=writer, at=AT
        )
    assert read_practice(stored(siak, row).text) == first


def test_a_draft_needs_a_title_only_and_handing_in_needs_the_rest(siak: Organization) -> None:
    writer = somebody(siak, Role.DATA_ENTRY)
    with pytest.raises(operations.PracticeRefused, match="title: missing"):
        operations.write_practice(organization=siak, text=PracticeText(), by=writer, at=AT)
    row = operations.write_practice(
        organization=siak, text=PracticeText(title="Antar dokumen"), by=writer, at=AT
    )
    with pytest.raises(operations.PracticeRefused) as refused:
        operations.move_practice(organization=siak, practice_id=row.id, step=Step.SUBMIT, by=writer, at=AT)
    missing = [one.field for one in refused.value.problems]
    assert missing == [*(name for name in NEEDED if name != "title"), "function", "status"]
    assert stored(siak, row).state == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"contact_address": "0812 3456 7890"}, "contact_address", Fault.CONTACT_NOT_AN_OFFICE),
        ({"contact_address": "siti@gmail.com"}, "contact_address", Fault.CONTACT_NOT_AN_OFFICE),
        ({"function": "magic"}, "function", Fault.FUNCTION_UNKNOWN),
        ({"status": "none"}, "status", Fault.STATUS_UNKNOWN),
        ({"year": "1989"}, "year", Fault.YEAR_WRONG),
        ({"year": "2027"}, "year", Fault.YEAR_WRONG),
        ({"url": "javascript:alert(1)"}, "url", Fault.URL_NOT_WEB),
        ({"lessons": "a" * (LONGEST["lessons"] + 1)}, "lessons", Fault.TOO_LONG),
        ({"title": "a\u202eb"}, "title", Fault.NOT_PLAIN_TEXT),
        ({"service": "kab-bantul-lapor-bantul"}, "service", Fault.SERVICE_UNKNOWN),
        ({"steps": (IndicatorStep("spbe-2020/99", "4"),)}, "step_1_indicator", Fault.STEP_UNKNOWN),
        ({"steps": (IndicatorStep("spbe-2020/42", "6"),)}, "step_1_indicator", Fault.STEP_UNKNOWN),
        ({"steps": (IndicatorStep("spbe-2020/42", "4"),) * 2}, "step_2_indicator", Fault.STEP_TWICE),
        ({"sources": (NamedSource("", "https://a.go.id", "report"),)}, "source_1_name", Fault.SOURCE_HALF),
        ({"sources": (NamedSource("Berita", "a.go.id", "press"),)}, "source_1_url", Fault.URL_NOT_WEB),
    ],
)
def test_what_cannot_stand_is_refused_by_its_field(
    siak: Organization, changes: dict[str, str], field: str, fault: Fault
) -> None:
    writer = somebody(siak, Role.DATA_ENTRY)
    with pytest.raises(operations.PracticeRefused) as refused:
        operations.write_practice(organization=siak, text=replace(TEXT, **changes), by=writer, at=AT)  # type: ignore[arg-type]
    assert [(one.field, one.fault) for one in refused.value.problems] == [(field, fault)]
    with tenancy(siak.id):
        assert not OwnPractice.objects.exists()


def test_another_regions_officer_may_nothing(siak: Organization) -> None:
    sumedang = find_organization("32.11")
    assert sumedang is not None
    stranger = somebody(sumedang, Role.COORDINATOR)
    with pytest.raises(Refused, match="not_a_recorder"):
        operations.write_practice(organization=siak, text=TEXT, by=stranger, at=AT)


def test_a_region_sees_its_own_rows_only(siak: Organization) -> None:
    published(siak)
    sumedang = find_organization("32.11")
    assert sumedang is not None
    with tenancy(sumedang.id):
        assert not OwnPractice.objects.exists()


def test_the_database_refuses_public_words_that_nobody_published(siak: Organization) -> None:
    row, *_people = published(siak)
    for change in ("published = NULL", "state = 'withdrawn'"):
        with (
            pytest.raises(IntegrityError),
            tenancy(siak.id),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE catalogue_own_practice SET {change} WHERE id = %s", [row.id])


def test_the_table_of_steps_is_total() -> None:
    for state in State:
        for step in Step:
            assert (after(state, step) is not None) == (step in open_steps(state)) == ((state, step) in STEPS)
    assert open_steps(State.WITHDRAWN) == ()


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("step", list(Step))
def test_who_may_take_a_step_from_the_states_that_allow_it(role: Role, step: Step) -> None:
    allowed = PUBLISHERS if step in (Step.RETURN, Step.PUBLISH) else RECORDERS
    for state in State:
        refusal = may_take_step(frozenset({role}), state, step)
        assert (refusal is None) == (role in allowed and after(state, step) is not None)


@given(st.builds(PracticeText, title=st.text(max_size=20), lessons=st.text(max_size=50)))
def test_a_stored_text_reads_back_the_same(text: PracticeText) -> None:
    assert read_practice(text.trimmed().as_json()) == text.trimmed() == text.trimmed().trimmed()


def form(text: PracticeText) -> dict[str, str]:
    steps = {
        f"step_{place}_{name}": value
        for place, one in enumerate(text.steps, 1)
        for name, value in (("indicator", one.indicator), ("level", one.level))
    }
    sources = {
        f"source_{place}_{name}": getattr(one, name)
        for place, one in enumerate(text.sources, 1)
        for name in ("name", "url", "kind")
    }
    texts = {name: value for name, value in text.as_json().items() if isinstance(value, str)}
    return texts | steps | sources


def test_an_officer_writes_and_the_coordinator_publishes_on_the_pages(
    client: Client, siak: Organization
) -> None:
    writer, coordinator = somebody(siak, Role.AGENCY_OFFICER), somebody(siak, Role.COORDINATOR)
    client.force_login(writer)
    assert "Siak tells others about no practice yet" in client.get(LIST).content.decode()
    address = client.post(f"{LIST}new/", form(TEXT))["Location"]
    html = client.get(address).content.decode()
    assert 'value="layanan@siakkab.go.id"' in html
    assert client.post(f"{address}step/", {"step": "publish"}).status_code == 422
    assert client.post(f"{address}step/", {"step": "submit"})["Location"] == address
    assert "waiting for publication" in client.get(address).content.decode()
    client.force_login(coordinator)
    client.post(f"{address}step/", {"step": "publish"})
    deliver()
    key = Practice.objects.get().key
    shown = client.get(f"/en/practices/{key}/").content.decode()
    for words in (
        TEXT.title,
        "SPBE 2020 · 45",
        "layanan@siakkab.go.id",
        "from an official report",
        "stated by the region itself",
        "No proof score: 30 more real cases are needed, of 30.",
    ):
        assert words in shown
    assert shown.count("Not known yet.") == 2  # result and cost


def test_a_practice_about_a_service_begins_with_what_is_known_and_is_linked_from_it(
    client: Client, siak: Organization
) -> None:
    service = queries.region_services("14.08")[0]
    client.force_login(somebody(siak, Role.DATA_ENTRY))
    html = client.get(f"{LIST}new/?service={service.key}").content.decode()
    assert f'value="{service.name}"' in html
    published(siak, replace(TEXT, service=service.key))
    page = client.get(f"/en/services/{service.key}/").content.decode()
    assert f"Its region tells about it: {TEXT.title}" in page
    assert page.count("Not known yet.") == 2


def test_a_practice_in_a_national_field_carries_the_warning(client: Client, siak: Organization) -> None:
    row, *_people = published(siak, replace(TEXT, function="complaints"))
    html = client.get(f"/en/practices/practice-{row.id}/").content.decode()
    assert "National common application: SP4N-LAPOR!" in html
    assert "articles 36 to 38" in html


def test_a_form_with_faults_comes_back_with_what_was_typed(client: Client, siak: Organization) -> None:
    client.force_login(somebody(siak, Role.DATA_ENTRY))
    response = client.post(f"{LIST}new/", form(replace(TEXT, contact_address="0812", url="x")))
    html = response.content.decode()
    assert response.status_code == 422
    assert html.index("Enter a web address") < html.index("never a person&#39;s number")
    assert 'value="0812"' in html
    with tenancy(siak.id):
        assert not OwnPractice.objects.exists()


def test_the_api_says_what_the_page_says(client: Client, siak: Organization) -> None:
    row, *_people = published(siak)
    answer = client.get(f"/api/v1/practices/practice-{row.id}").json()
    assert (answer["result"], answer["year"], answer["steps"]) == (
        None,
        2024,
        [{"indicator": "spbe-2020/45", "level": 4}],
    )
    entry = client.get(f"/api/v1/catalogue/practice/practice-{row.id}").json()
    assert (entry["proof"], entry["cases"], entry["reliability"]) == (None, 0, "region")
    found = client.get("/api/v1/catalogue?q=kurir&kind=practice").json()
    assert [one["id"] for one in found["items"]] == [f"practice-{row.id}"]
    assert found["facets"]["kind"] == [{"value": "practice", "count": 1}]
    assert client.get("/api/v1/practices/none").status_code == 404
