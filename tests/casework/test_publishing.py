"""Offices publish by a step: everybody reads the entry, nothing of who asked is in it, and it outlives the case."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.models import Entry
from livinglab.casework import tasks
from livinglab.casework.models import Case, Message, Publication, PublishedText, Task
from livinglab.casework.operations import forgetting, publishing
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.cases import AnswersRefused
from tests.casework.kit import AT, REGION, coordinator, done, home
from tests.casework.published import (
    CSV,
    DATA,
    EMAIL,
    LINKED,
    LIST,
    NAME,
    RULE,
    entries,
    officer,
    publish_data,
    ready_data,
    ready_rule,
    running,
    send,
)
from tests.casework.test_attachments import lying
from tests.organizations.people import make_member, organization, signed_in

pytestmark = pytest.mark.django_db
ENTRY = f"{LIST}2026-1/"


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def linked() -> Case:
    """Return a case whose data was published as a link."""
    case = ready_data()
    done(case.id, "publish", officer("wali"), **LINKED)
    return case


def test_data_is_published_with_its_file_for_everybody(client: Client) -> None:
    assert "Kabupaten" in text(client.get(f"/en{LIST}"))
    assert "has published nothing here yet" in text(client.get(f"/en{LIST}"))
    publish_data()
    listed = text(client.get(f"/en{LIST}"))
    assert f'<a href="/en{ENTRY}">Jumlah murid sekolah dasar</a>' in listed
    page = text(client.get(f"/en{ENTRY}"))
    for said in ("CC-BY-4.0", "2022 to 2025", "every year", "Dinas Pendidikan Contoh", "murid.csv", "2026-1"):
        assert said in page
    got = client.get(f"{ENTRY}file/")
    assert b"".join(got.streaming_content) == CSV  # type: ignore[attr-defined]
    assert got["Content-Type"] == "text/csv; charset=utf-8"
    assert got["Content-Disposition"] == 'attachment; filename="murid.csv"'
    assert got["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"{ENTRY}file/", headers={"If-None-Match": got["ETag"]})
    assert again.status_code == 304


def test_a_rule_says_its_kind_number_year_and_force(client: Client) -> None:
    case = ready_rule()
    done(case.id, "load", officer("jdih"), **RULE)
    page = text(client.get(ENTRY))
    for said in ("Peraturan daerah", "5 Tahun 2019", "dicabut", "Nomor 2 Tahun 2024", "Bagian Hukum Contoh"):
        assert said in page
    assert 'href="https://jdih.contoh.example/5-2019"' in page
    assert client.get(f"{ENTRY}file/").status_code == 404
    found = json.loads(client.get(f"{LIST}2026-1.jsonld").content)
    assert found["@type"] == "eli:LegalResource"
    assert found["eli:in_force"] == {"@id": "eli:InForce-notInForce"}
    assert (found["eli:number"], found["dct:date"]["@value"]) == ("5", "2019")
    with tenancy(home().id):
        message = Message.objects.get(message="granted").texts["id"]["body"]
    assert f"/regions/{REGION}/publications/2026-1/" in message


def test_the_message_and_the_page_of_the_applicant_carry_the_address(client: Client) -> None:
    case = linked()
    with tenancy(home().id):
        row = Case.objects.get(id=case.id)
    assert row.state["published"][0]["address"].endswith(f"/regions/{REGION}/publications/2026-1/")
    assert entries()[0].title == DATA["title"]


@pytest.mark.parametrize("path", ["", "2026-1/", "2026-1.jsonld", "catalog.jsonld"])
def test_nothing_of_who_asked_is_published(client: Client, path: str) -> None:
    case = publish_data()
    for language in ("", "/en"):
        page = text(client.get(f"{language}{LIST}{path}"))
        assert "murid" in page
        for secret in (NAME, EMAIL, case.number, str(case.id), "Tugas akhir"):
            assert secret not in page
    with tenancy(home().id):
        row = Publication.objects.values().get()
    assert not any(secret in str(row) for secret in (NAME, EMAIL, case.number))


@pytest.mark.parametrize("field", ["title", "description"])
@pytest.mark.parametrize("secret", ["name", "spaced", "joined", "number"])
def test_a_step_that_names_the_applicant_or_the_case_publishes_nothing(field: str, secret: str) -> None:
    case = ready_data()
    named = {
        "name": NAME.upper(),
        "spaced": NAME.replace(" ", "  \n"),
        "joined": NAME.replace(" ", "_"),
        "number": case.number,
    }[secret]
    with pytest.raises(AnswersRefused) as refused:
        done(case.id, "publish", officer("wali"), **{**LINKED, field: f"Data murid untuk {named} tahun ini"})
    assert [one.field for one in refused.value.mistakes] == [field]
    assert entries() == []
    page = send(case, title=f"Data untuk {NAME}")
    assert page.status_code == 422
    assert "menyebut pemohon" in text(page)
    assert entries() == []


def test_a_repeat_publishes_once_and_takes_one_number() -> None:
    service = running("data-terbuka")
    case = ready_data(service)
    for _again in range(2):
        done(case.id, "publish", officer("wali"), key="sekali", **LINKED)
    assert [one.number for one in entries()] == ["2026-1"]
    second = ready_data(service)
    with pytest.raises(AnswersRefused):
        done(second.id, "publish", officer("wali"), key="salah", **{**LINKED, "link": "javascript:alert(1)"})
    done(second.id, "publish", officer("wali"), key="benar", **LINKED)
    assert [one.number for one in entries()] == ["2026-1", "2026-2"]
    with tenancy(home().id):
        assert Entry.objects.filter(action="casework.published").count() == 2


def test_the_entry_outlives_the_data_of_its_case(client: Client, shelf: Path) -> None:
    case = publish_data()
    with tenancy(home().id):
        row = Case.objects.get(id=case.id)
        row.outcome = row.outcome or "granted"
        row.ended_at = AT
        row.save()
        forgetting.forget_case(organization=home(), row=row, by=None, at=AT)
    (one,) = entries()
    assert one.case_id is None
    tasks.forget_file(organization_id=str(home().id), sha256=one.sha256)
    assert lying(shelf) == [f"{one.sha256}.attached"]
    assert DATA["title"] in text(client.get(ENTRY))  # type: ignore[operator]
    assert b"".join(client.get(f"{ENTRY}file/").streaming_content) == CSV  # type: ignore[attr-defined]


def test_what_is_withdrawn_says_so_at_its_address_and_nothing_else(client: Client, shelf: Path) -> None:
    case = publish_data()
    (one,) = entries()
    page = f"{ENTRY}withdraw/"
    assert str(DATA["title"]) in text(client.get(f"{LIST}?q=murid"))
    boss = signed_in(coordinator())
    empty = boss.post(page, {"reason": "  "})
    assert empty.status_code == 422
    assert entries()[0].withdrawn_at is None
    boss.post(page, {"reason": "Angkanya keliru."})
    gone = client.get(ENTRY)
    assert gone.status_code == 410
    assert "Angkanya keliru." in text(gone)
    assert str(DATA["title"]) not in text(gone)
    assert [client.get(f"{LIST}{path}").status_code for path in ("2026-1/file/", "2026-1.jsonld")] == [
        410,
        410,
    ]
    assert str(DATA["title"]) not in text(client.get(LIST))
    assert not PublishedText.objects.exists()
    assert "Nothing fits" in text(client.get(f"/en{LIST}?q=murid"))
    assert boss.get(page).status_code == 302  # withdrawn already
    with tenancy(home().id):
        entry = Entry.objects.get(action="casework.publication_withdrawn")
        assert (entry.subject, case.number in str(entry.facts)) == ("2026-1", False)
        forgetting.attachments.drop_of_cases(home().id, [case.id])
    tasks.forget_file(organization_id=str(home().id), sha256=one.sha256)
    assert lying(shelf) == []


def test_only_who_answers_for_the_services_of_this_region_withdraws(client: Client) -> None:
    linked()
    page = f"{ENTRY}withdraw/"
    assert client.get(page)["Location"].startswith("/accounts/login/")
    assert signed_in(officer("wali")).post(page, {"reason": "x"}).status_code == 403
    theirs = make_member("sekda-lain", Role.COORDINATOR, "14.08")
    assert signed_in(theirs).post(page, {"reason": "x"}).status_code == 403
    assert signed_in(theirs).post(page.replace(REGION, "14.08"), {"reason": "x"}).status_code == 404
    assert client.get(ENTRY.replace(REGION, "14.08")).status_code == 404
    with pytest.raises(publishing.UnknownPublication):
        publishing.withdraw(organization=organization("14.08"), number="2026-1", reason="x", by=theirs, at=AT)
    with pytest.raises(Refused):
        publishing.withdraw(organization=home(), number="2026-1", reason="x", by=theirs, at=AT)
    assert entries()[0].withdrawn_at is None
    assert "withdraw/" not in text(client.get(ENTRY))
    assert page in text(signed_in(coordinator()).get(ENTRY))


def test_row_level_security_hides_the_entries_of_another_region() -> None:
    linked()
    with tenancy(organization("14.08").id):
        assert Publication.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'casework_publication'"
        )
        assert cursor.fetchone() == (True, True)


def many(count: int) -> None:
    with tenancy(home().id):
        made = Publication.objects.bulk_create(
            Publication(
                organization_id=home().id,
                number=f"2026-{nth}",
                kind="data",
                package="data-terbuka",
                names={"id": "Data terbuka", "en": "Open data"},
                step="publish",
                title=f"Data {nth} {'pasar' if nth % 2 else 'sekolah'}",
                description="Keterangan data.",
                keeper="Dinas Contoh",
                published_at=AT + timedelta(minutes=nth),
                revised_at=AT,
            )
            for nth in range(1, count + 1)
        )
        PublishedText.objects.bulk_create(
            PublishedText(
                organization_id=one.organization_id,
                publication_id=one.id,
                package=one.package,
                words=f"{one.title} {one.description} {one.keeper}".upper(),
                published_at=one.published_at,
            )
            for one in made
        )


def test_the_list_is_searched_filtered_and_paged_with_few_statements(client: Client) -> None:
    running("data-terbuka")
    many(60)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = text(client.get(LIST))
    assert len(few) <= 10, [one["sql"] for one in few]
    assert page.index("Data 60 ") < page.index("Data 36 ")
    assert "Data 35 " not in page
    assert "Data 35 " in text(client.get(f"{LIST}?page=2"))
    found = text(client.get(f"/en{LIST}?q=PASAR+dinas"))
    assert "30 entries fit" in found
    assert "sekolah" not in found
    assert "Data 60 " in text(client.get(f"{LIST}?service=data-terbuka"))
    assert client.get(f"{LIST}?service=lain").status_code == 422
    assert "Nothing fits" in text(client.get(f"/en{LIST}?q=kereta"))
    assert len(json.loads(client.get(f"{LIST}catalog.jsonld").content)["dcat:dataset"]) == 60


def test_what_stood_before_there_was_a_search_is_found_by_it(client: Client) -> None:
    running("data-terbuka")
    many(2)
    filling = import_module("livinglab.casework.migrations.0043_words_of_publications")
    with tenancy(home().id):
        Publication.objects.filter(number="2026-1").update(title="Straße")
        publishing.withdraw(organization=home(), number="2026-2", reason="Keliru.", by=coordinator(), at=AT)
        for _again in range(2):
            filling._what_stands(apps, SimpleNamespace(connection=connection))
        assert [one.words.split()[0] for one in PublishedText.objects.all()] == ["STRASSE"]
    assert "Straße" in text(client.get(f"{LIST}?q=straße"))


def test_beyond_a_thousand_entries_the_page_says_so_and_ends(client: Client) -> None:
    running("data-terbuka")
    many(1_001)
    page = text(client.get(f"/en{LIST}"))
    assert "published more than 1,000 entries for everybody" in page
    assert "narrow it further to find others" in page
    assert "Lebih dari 1.000 terbitan cocok" in text(client.get(f"{LIST}?q=data"))
    assert "Data 2 " in text(client.get(f"/en{LIST}?page=40"))
    assert "Data 1 " not in text(client.get(f"/en{LIST}?page=41"))
    assert "501 entries fit" in text(client.get(f"/en{LIST}?q=pasar"))


def test_the_catalogue_is_dcat(client: Client) -> None:
    publish_data()
    found = json.loads(client.get(f"/en{LIST}catalog.jsonld").content)
    assert found["@type"] == "dcat:Catalog"
    (one,) = found["dcat:dataset"]
    assert one["@id"] == f"http://testserver{ENTRY}"
    assert one["dct:temporal"]["dcat:endDate"]["@value"] == "2025-12-31"
    (file,) = one["dcat:distribution"]
    assert file["dcat:downloadURL"]["@id"] == f"http://testserver{ENTRY}file/"
    assert file["dct:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert file["dcat:mediaType"]["@id"].endswith("text/csv")


@pytest.mark.parametrize("path", ["2026-1.jsonld", "catalog.jsonld"])
def test_machines_read_that_an_entry_is_made_up(client: Client, path: str) -> None:
    publish_data()
    assert "peragaan" not in text(client.get(f"{LIST}{path}"))
    with tenancy(home().id):
        Publication.objects.update(is_synthetic=True)
    said = "[Rekaan untuk peragaan] Jumlah murid menurut kelas"
    assert said in json.dumps(json.loads(client.get(f"{LIST}{path}").content))


def test_the_services_page_leads_there_only_where_there_is_something(client: Client) -> None:
    case = ready_data()
    page = f"/apply/?region={REGION}"
    assert LIST not in text(client.get(page))
    done(case.id, "publish", officer("wali"), **LINKED)
    assert LIST in text(client.get(page))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"nama\n\xff\xfe\x00", "data.csv", "text/csv"),
        (b"<!doctype html><script>1</script>", "data.csv", "text/csv"),
        (b"MZ" + b"\x00" * 200, "data.xlsx", "application/octet-stream"),
    ],
)
def test_a_file_that_is_none_of_the_kinds_is_refused_and_publishes_nothing(
    content: bytes, name: str, kind: str
) -> None:
    answer = send(ready_data(), content=content, name=name, kind=kind)
    assert answer.status_code == 422
    assert str(DATA["title"]) in text(answer)
    assert entries() == []


def test_the_officer_is_told_that_the_form_becomes_public() -> None:
    case = ready_data()
    with tenancy(home().id):
        task = Task.objects.get(case_id=case.id)
    page = text(signed_in(officer("wali")).get(f"/en/regions/{REGION}/desk/{task.id}/"))
    assert "Everything that you fill in here becomes public" in page
