"""The data of applicants goes: after its last day, when they ask, and forms that nobody went on with."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from livinglab.accounts.models import User
from livinglab.audit.models import Entry
from livinglab.casework.commands import casework
from livinglab.casework.domain.forgetting import BATCH, POLICIES, Fate, last_end
from livinglab.casework.domain.retention import kept_until
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, CaseFact, Draft, Erasure, Message, OwnCase, Paper, Step
from livinglab.casework.operations import erasing, forgetting, reopening
from livinglab.casework.tasks import forget_region
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.personal import Personal, declared
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.signatures.models import IssuedDocument, IssuedFile
from tests.casework.ended import complained
from tests.casework.kit import AT, VILLAGE, arrived, begun, coordinator, done, home, running, seated
from tests.casework.test_counting import counted, rows
from tests.casework.test_pages import sent, text
from tests.casework.test_signing import PASSPHRASE, TYPED, checked, head, hidden
from tests.organizations.people import make_member, signed_in
from tests.releases.kit import files_of

pytestmark = pytest.mark.django_db
#: the letter is kept for 24 months after its end
LAST = datetime(2028, 11, 2, 16, 59, tzinfo=UTC)
OVER = datetime(2028, 11, 2, 17, tzinfo=UTC)
NAME = "Warga Contoh"
OURS = [one for one in apps.get_models() if one.__module__.startswith("livinglab.")]


def fields_of(model: type[models.Model]) -> set[str]:
    return {*getattr(model, "personal_data", {}), *getattr(model, "impersonal", ())}


def _is_of_a_case(model: type[models.Model]) -> bool:
    names = {one.name for one in model._meta.get_fields()}
    label = model._meta.label
    if label.startswith("casework."):
        return label in {"casework.Draft", "casework.Case"} or bool({"case", "case_id"} & names)
    holds = any(one.personal is Personal.APPLICANT for one in declared(model))
    # a trial is made up by whoever tries it, and goes after a day
    return (holds or "case_id" in names) and not label.startswith("sandboxes.")


OF_A_CASE = [one for one in OURS if _is_of_a_case(one)]


@pytest.mark.parametrize("model", OF_A_CASE, ids=lambda one: one._meta.label)
def test_every_field_of_a_case_has_a_policy(model: type[models.Model]) -> None:
    assert set(POLICIES.get(model._meta.label, {"no policy": None})) == fields_of(model)


def test_no_policy_is_about_what_is_not_there() -> None:
    assert set(POLICIES) - {one._meta.label for one in OURS} == set()
    assert all(one.why for policies in POLICIES.values() for one in policies.values())


def granted(*, by: UUID | None = None) -> tuple[Case, User]:
    """Return a case that ended with a letter, with a contact, and who checked it."""
    case = arrived(running())
    with tenancy(home().id):
        Case.objects.filter(id=case.id).update(
            email="warga@contoh.example", consented_at=AT, applicant=by or new_id()
        )
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, result="complete")
    done(case.id, "approve", seated("kades", SeatKind.SIGNER, VILLAGE), approved=True)
    return case, officer


def everything() -> Iterator[str]:
    """Yield every row about cases as text, whatever its table."""
    with tenancy(home().id):
        for model in OF_A_CASE:
            for row in model._default_manager.values():
                yield f"{model._meta.label} {row}"


def test_nothing_is_deleted_on_the_last_day_and_all_of_it_after() -> None:
    case, _officer = granted()
    counted(case.id)
    figures = rows()
    assert any(NAME in one for one in everything())
    assert forgetting.forget_due(organization_id=home().id, at=LAST).cases == 0
    assert any(NAME in one for one in everything())
    assert forgetting.forget_due(organization_id=home().id, at=OVER) == forgetting.Forgotten(1, 0)
    assert [one for one in everything() if NAME in one or "99990101" in one or "@contoh" in one] == []
    with tenancy(home().id):
        row = Case.objects.get()
        assert (row.number, row.outcome, row.forgotten_at) == (case.number, "granted", OVER)
        assert Paper.objects.get().number == "SKTM/1/2026"
        assert Step.objects.filter(what="completed").count() == 2
        assert CaseFact.objects.count() == 1
        assert (Message.objects.count(), Draft.objects.count()) == (0, 0)
        entry = Entry.objects.get(action="casework.data_deleted")
        assert entry.facts == {"cases": 1, "drafts": 0}
    counted(case.id)
    assert rows() == figures
    assert forgetting.forget_due(organization_id=home().id, at=OVER) == forgetting.Forgotten(0, 0)


def test_each_deleted_field_is_empty_and_each_kept_one_as_it_was() -> None:
    granted()
    models_kept = {"casework.Case", "casework.Paper", "casework.Step"}
    with tenancy(home().id):
        before = {label: list(apps.get_model(label)._default_manager.values()) for label in models_kept}
    forgetting.forget_due(organization_id=home().id, at=OVER)
    with tenancy(home().id):
        for label, known in before.items():
            after = list(apps.get_model(label)._default_manager.values())
            for old, new in zip(known, after, strict=True):
                for name, policy in POLICIES[label].items():
                    if policy.fate is Fate.KEPT and name != "signer":
                        assert new[name] == old[name], (label, name)
                    elif policy.fate is Fate.DELETED and name != "state":
                        assert not new[name], (label, name)


def test_it_goes_on_in_batches() -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    for nth in range(3):
        done(
            arrived(service).id,
            "check",
            officer,
            key=str(nth),
            result="wrong",
            reason="Bukan warga desa ini.",
        )
    assert forgetting.forget_due(organization_id=home().id, at=OVER, batch=2) == forgetting.Forgotten(3, 0)
    with tenancy(home().id):
        found = list(Entry.objects.filter(action="casework.data_deleted").values_list("facts", flat=True))
    assert sorted(str(one) for one in found) == [
        str({"cases": 1, "drafts": 0}),
        str({"cases": 2, "drafts": 0}),
    ]
    assert BATCH == 200


def test_an_open_case_is_never_forgotten() -> None:
    arrived(running())
    assert forgetting.forget_due(organization_id=home().id, at=OVER).cases == 0


def test_a_form_that_nobody_goes_on_with_is_deleted_after_30_days() -> None:
    begun(running())
    job = forgetting.forget_due
    assert job(organization_id=home().id, at=AT + timedelta(days=29, hours=23)).drafts == 0
    assert job(organization_id=home().id, at=AT + timedelta(days=30)).drafts == 1
    with tenancy(home().id):
        assert Draft.objects.count() == 0


@pytest.mark.parametrize("months", [1, 6, 12, 24, 120])
def test_the_last_end_is_the_last_day_whose_data_is_over(months: int) -> None:
    for nth in range(400):
        today = datetime(2027, 12, 1, tzinfo=UTC).date() + timedelta(days=nth)
        day = last_end(today, months)
        assert kept_until(day, months) < today <= kept_until(day + timedelta(days=1), months)


def test_the_command_counts_and_then_deletes() -> None:
    granted()
    run = CliRunner().invoke(casework, ["forget", "--dry-run", "--region", "32.11"])
    assert run.output == "32.11: data of 0 cases and 0 forms to delete\n"
    with tenancy(home().id):
        Case.objects.update(ended_at=datetime(2024, 11, 21, tzinfo=UTC))
    run = CliRunner().invoke(casework, ["forget", "--dry-run", "--json", "--region", "32.11"])
    assert run.output == '{"to_delete": {"32.11": {"cases": 1, "drafts": 0}}}\n'
    assert any(NAME in one for one in everything())
    forget_region(str(home().id))
    assert not any(NAME in one for one in everything())
    assert "0 cases" in CliRunner().invoke(casework, ["forget", "--region", "32.11"]).output


def test_the_address_says_that_the_data_was_deleted_and_never_fails(client: Client) -> None:
    running()
    address = sent(client)
    with tenancy(home().id):
        case_id = Case.objects.get().id
    done(
        case_id,
        "check",
        seated("operator", SeatKind.VILLAGE, VILLAGE),
        result="wrong",
        reason="Bukan warga desa ini.",
        at=AT,
    )
    with tenancy(home().id):
        Case.objects.update(ended_at=datetime(2024, 11, 21, tzinfo=UTC))
    forget_region(str(home().id))
    page = client.get(address)
    assert (page.status_code, "Data Anda dihapus pada" in text(page)) == (200, True)
    assert "SKTM-2026-000001" in text(page)
    assert "ditolak" in text(page)
    assert NAME not in text(page)
    for more in ("data/", "data.json", "contact/", "papers/1/", "receipt/", "pay/", "reopen/", "delete/"):
        assert client.get(f"{address}{more}")["Location"] == address, more
    for more in ("withdraw/", "rate/", "reopen/", "delete/", "contact/"):
        assert client.post(f"{address}{more}", {"reason": "x"})["Location"] == address, more
    token = address.split("/")[3]
    api = client.get("/api/v1/regions/32.11/application", headers={"authorization": f"Bearer {token}"})
    assert api.status_code == 410
    with pytest.raises(Refused) as caught:
        reopening.reopen(
            organization=home(), case_id=case_id, reason="x", key="1", by=None, at=AT + timedelta(days=1)
        )
    assert caught.value.refusal.code == "forgotten"


def test_an_open_case_says_to_withdraw_first(client: Client) -> None:
    running()
    address = sent(client)
    assert f'href="{address}delete/"' in text(client.get(f"{address}data/"))
    assert "Tarik permohonan dahulu" in text(client.get(f"{address}delete/"))
    assert client.post(f"{address}delete/")["Location"] == address
    with tenancy(home().id):
        assert (Case.objects.get().forgotten_at, Erasure.objects.count()) == (None, 0)


def test_an_ended_case_is_deleted_when_the_region_says_so(client: Client) -> None:
    running()
    address = sent(client)
    client.post(f"{address}withdraw/")
    for _click in range(2):
        assert client.post(f"{address}delete/")["Location"] == f"{address}data/"
    assert "Anda meminta penghapusan" in text(client.get(f"{address}data/"))
    with tenancy(home().id):
        one = Erasure.objects.get()
        assert one.due_at - one.asked_at == timedelta(hours=72)
    client.force_login(coordinator())
    listed = text(client.get("/regions/32.11/erasures/"))
    assert "SKTM-2026-000001" in listed
    refuse = f"/regions/32.11/erasures/{one.id}/refuse/"
    empty = client.post(refuse, {f"reason-{one.id}": " "})
    assert (empty.status_code, 'aria-invalid="true"' in text(empty)) == (422, True)
    reason = "Wajib disimpan sampai pemeriksaan selesai."
    assert client.post(refuse, {f"reason-{one.id}": reason})["Location"] == "/regions/32.11/erasures/"
    assert reason in text(client.get(f"{address}data/"))
    assert client.post(refuse, {f"reason-{one.id}": reason}).status_code == 404  # it is decided
    client.post(f"{address}delete/")  # they may ask again
    with tenancy(home().id):
        second = Erasure.objects.get(decided_at__isnull=True)
    grant = client.post(f"/regions/32.11/erasures/{second.id}/grant/")
    assert grant["Location"] == "/regions/32.11/erasures/"
    assert "Data Anda dihapus pada" in text(client.get(address))
    with tenancy(home().id):
        actions = list(
            Entry.objects.filter(action__startswith="casework.erasure")
            .order_by("at", "id")
            .values_list("action", flat=True)
        )
    asked = "casework.erasure_asked"
    assert sorted(actions) == [asked, asked, "casework.erasure_granted", "casework.erasure_refused"]


def test_what_only_consent_keeps_goes_at_once(client: Client) -> None:
    manifest = files_of("sktm", home())["package.yaml"].decode()
    running(**{"package.yaml": manifest.replace("ground: public_task", "ground: consent")})
    address = sent(client)
    client.post(f"{address}withdraw/")
    assert client.post(f"{address}delete/")["Location"] == address
    assert "Data Anda dihapus pada" in text(client.get(address))
    with tenancy(home().id):
        assert Erasure.objects.count() == 0


def test_who_does_not_answer_for_services_decides_nothing(client: Client) -> None:
    case, officer = granted()
    erasing.ask(organization=home(), case_id=case.id, by=None, at=AT)
    with tenancy(home().id):
        one = Erasure.objects.get()
    client.force_login(officer)
    assert client.post(f"/regions/32.11/erasures/{one.id}/grant/").status_code == 403
    assert client.get("/regions/32.11/erasures/").status_code == 403
    with tenancy(home().id):
        assert Erasure.objects.get().decided_at is None


def test_the_own_list_says_that_it_was_deleted(client: Client) -> None:
    someone = coordinator()
    case, _officer = granted(by=someone.id)
    client.force_login(someone)
    assert f"/applications/32.11/{case.id}/" in text(client.get("/me/applications/"))
    forgetting.forget_due(organization_id=home().id, at=OVER)
    page = text(client.get("/me/applications/"))
    assert f"/applications/32.11/{case.id}/" not in page
    assert "dihapus pada" in page
    assert client.get(f"/applications/32.11/{case.id}/").status_code == 404
    assert OwnCase.objects.get().papers == []


def test_a_form_is_deleted_at_once_when_its_applicant_asks(client: Client) -> None:
    service = running()
    address = f"/applications/32.11/{begun(service, at=datetime(2026, 11, 21, tzinfo=UTC))}/"
    assert "Hapus formulir" in text(client.get(f"{address}delete/"))
    assert client.post(f"{address}delete/")["Location"] == "/apply/"
    with tenancy(home().id):
        assert Draft.objects.count() == 0
    assert client.post(f"{address}delete/").status_code == 404


def test_another_regions_request_is_not_there() -> None:
    case, _officer = granted()
    erasing.ask(organization=home(), case_id=case.id, by=None, at=AT)
    with tenancy(home().id):
        one = Erasure.objects.get()
    stranger = signed_in(make_member("sekda-jauh", Role.COORDINATOR, "14.08"))
    for act in ("grant", "refuse"):
        answer = stranger.post(f"/regions/14.08/erasures/{one.id}/{act}/", {f"reason-{one.id}": "x"})
        assert answer.status_code == 404
    with tenancy(home().id):
        assert Erasure.objects.get().decided_at is None


def test_the_check_of_a_letter_still_says_what_it_was(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.AUTHORITY_DIR, settings.SIGNATURE_ROOTS, settings.BSRE = tmp_path / "authority", "", None
    running()
    address = sent(client)
    with tenancy(home().id):
        case = Case.objects.get()
    place, signer = checked(case.id), signed_in(head())
    seen = text(signer.post(place, TYPED))
    typed = {**TYPED, "_key": hidden(seen, "_key"), "_seal": hidden(seen, "_seal"), "passphrase": PASSPHRASE}
    signer.post(place, typed)
    file = client.get(f"{address}papers/1/id.pdf").content
    with tenancy(home().id):
        document = IssuedDocument.objects.get(language="id")
        forgetting.forget_case(
            organization=home(), row=Case.objects.select_for_update().get(), by=None, at=clock.now()
        )
        assert IssuedFile.objects.count() == 0
        assert IssuedDocument.objects.get(language="id").sha256 == document.sha256
    shown = client.get(f"/verify/{document.code}/")
    assert (shown.status_code, "dihapus pada" in text(shown)) == (200, True)
    assert document.number in text(shown)
    examined = client.post("/verify/", {"file": io.BytesIO(file)})
    assert (examined.status_code, "dihapus pada" in text(examined)) == (200, True)
    assert f"/verify/{document.code}/" in text(client.get(address))
    assert client.get(f"{address}papers/1/id.pdf")["Location"] == address


def test_a_request_is_answered_by_the_last_day_itself() -> None:
    case, _officer = granted()
    erasing.ask(organization=home(), case_id=case.id, by=None, at=AT)
    forgetting.forget_due(organization_id=home().id, at=OVER)
    with tenancy(home().id):
        one = Erasure.objects.get()
        assert (one.decided_at, one.is_granted, one.decided_by) == (OVER, True, None)


def test_a_batch_takes_as_many_statements_for_many_cases_as_for_few() -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    counts = []
    for number in (2, 6):
        for nth in range(number):
            done(
                arrived(service).id,
                "check",
                officer,
                key=f"{number}/{nth}",
                result="wrong",
                reason="Bukan warga desa ini.",
            )
        with CaptureQueriesContext(connection) as asked:
            assert forgetting.forget_due(organization_id=home().id, at=OVER).cases == number
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_complaint_still_counts_for_the_application_that_it_names() -> None:
    """The number is left where there is such a case; whatever else was typed there goes."""
    service = running()
    case = arrived(service)
    known = complained(service, f" {case.number.lower()} ", ended_at=AT)
    unknown = complained(service, "9999010101900001", ended_at=AT)
    with tenancy(home().id):
        rows = Case.objects.filter(id__in=[known.id, unknown.id])
        rows.update(version_id=case.version_id)
        forgetting.forget_due(organization_id=home().id, at=OVER)
        states = dict(rows.values_list("id", "state__answers"))
    assert states == {known.id: {"application_number": f" {case.number.lower()} "}, unknown.id: {}}


def test_an_applicant_takes_along_what_they_asked_for(client: Client) -> None:
    running()
    address = sent(client)
    client.post(f"{address}withdraw/")
    client.post(f"{address}delete/")
    said = client.get(f"{address}data.json").json()
    assert (said["opened_again"], len(said["deletion_asked"])) == (None, 1)


@pytest.mark.parametrize(
    ("path", "to_an_officer"),
    [
        ("desk/", 200),
        ("desk/sign/", 200),
        ("counter/", 200),
        ("messages/", 403),
        ("outside/", 403),
        ("erasures/", 403),
        ("versions/", 403),
        ("performance/sktm/", 200),
    ],
)
def test_no_page_of_the_region_fails_on_what_was_deleted(
    client: Client, path: str, to_an_officer: int
) -> None:
    case, officer = granted()
    counted(case.id)
    with tenancy(home().id):
        Case.objects.update(helped_by=officer.id)
    erasing.ask(organization=home(), case_id=case.id, by=None, at=AT)
    forgetting.forget_due(organization_id=home().id, at=OVER)
    for reader, status in ((officer, to_an_officer), (coordinator(), 200)):
        client.force_login(reader)
        page = client.get(f"/regions/32.11/{path}")
        assert page.status_code == status
        assert NAME not in text(page)
