"""The pages that give a workbook out and take it back."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.accounts.models import User
from livinglab.evaluations.models import Answer
from livinglab.evaluations.operations import answers
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, Region, answer_everything, draft, open_round, send
from tests.evaluations.test_workbook_files import WHOLE, edited, where

pytestmark = pytest.mark.django_db
PLACE = "/regions/14.08/evaluations/2025/workbook/"


@pytest.fixture
def siak() -> Region:
    return open_round()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, content: bytes) -> Any:
    return client.post(PLACE, {"file": SimpleUploadedFile("lembar.xlsx", content)})


def seen(page: Any) -> str:
    """This function will return what the form says of the preview that was looked at."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())
    assert found is not None
    return found[1]


def test_a_workbook_goes_out_comes_back_is_looked_at_and_stored(siak: Region) -> None:
    client = signed_in(siak.entry)
    page = client.get(PLACE).content.decode()
    assert "Isi lembar kerja di spreadsheet" in page
    out = client.get(f"{PLACE}sheet.xlsx?language=id")
    assert out["Content-Disposition"] == 'attachment; filename="lembar-kerja-14.08-2025-id.xlsx"'
    assert "no-store" in out["Cache-Control"]
    cells = {where(out.content, "21", "level"): 1, where(out.content, "21", "facts"): "Diisi luring."}
    answer = upload(client, edited(out.content, **cells))
    assert answer.status_code == 302
    looked = client.get(answer["Location"])
    assert "Buku kerja mengubah 1 indikator" in looked.content.decode()
    assert "Diisi luring." in looked.content.decode()
    stored = client.post(answer["Location"], {"action": "store", "seen": seen(looked)})
    assert stored["Location"] == "/regions/14.08/evaluations/2025/"
    with tenancy(siak.organization.id):
        assert Answer.objects.get(indicator="21").facts == "Diisi luring."
    assert client.get(answer["Location"]).status_code == 404


def test_a_conflict_asks_whose_text_stands(siak: Region) -> None:
    client, place = signed_in(siak.entry), siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(1, "F", "A"), base_version=0, at=AT)
    content = client.get(f"{PLACE}sheet.xlsx").content
    filled = edited(content, **{where(content, "21", "facts"): "Luring"})
    answers.save(place=place, indicator="21", draft=draft(1, "Daring", "A"), base_version=1, at=AT)
    address = upload(client, filled)["Location"]
    page = client.get(address)
    assert "Pilih: orang lain juga mengubah isian ini" in page.content.decode()
    form = {"action": "store", "seen": seen(page)}
    without = client.post(address, form)
    assert without.status_code == 422
    assert "Pilih salah satu dari kedua isian." in without.content.decode()
    client.post(address, form | {"choice-facts-21": "mine"})
    with tenancy(siak.organization.id):
        assert Answer.objects.get(indicator="21").facts == "Luring"


def test_a_file_that_is_none_comes_back_as_the_form_with_the_reason(siak: Region) -> None:
    client = signed_in(siak.entry)
    for content, reason in (
        (b"x", "bukan buku kerja Excel"),
        (WHOLE, "dari putaran lain"),
    ):
        answer = upload(client, content)
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    assert client.post(PLACE, {}).status_code == 422


def test_a_reader_who_answers_nothing_downloads_and_is_told_why_not_to_upload(siak: Region) -> None:
    answer_everything(siak)
    send(siak)
    client = signed_in(siak.external)
    assert client.get(f"{PLACE}sheet.xlsx").status_code == 200
    assert "Hanya mereka yang mengisi indikator" in client.get(PLACE).content.decode()
    answer = upload(client, WHOLE)
    assert answer.status_code == 422


def test_the_upload_of_another_person_is_not_found(siak: Region) -> None:
    content = signed_in(siak.entry).get(f"{PLACE}sheet.xlsx").content
    address = upload(signed_in(siak.entry), content)["Location"]
    assert signed_in(siak.entry).get(address).status_code == 200
    assert signed_in(siak.coordinator).get(address).status_code == 404
    assert signed_in(siak.coordinator).post(address, {"action": "discard"}).status_code == 404


def test_a_discarded_upload_is_gone_and_changed_nothing(siak: Region) -> None:
    client = signed_in(siak.entry)
    content = client.get(f"{PLACE}sheet.xlsx").content
    address = upload(client, edited(content, **{where(content, "21", "facts"): "Luring"}))["Location"]
    assert client.post(address, {"action": "discard"})["Location"] == PLACE
    assert client.get(address).status_code == 404
    with tenancy(siak.organization.id):
        assert not Answer.objects.exclude(facts="").exists()
