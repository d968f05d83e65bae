"""An applicant sees what is kept of them, why and until when, and takes it along."""

import json
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from livinglab.casework.domain.retention import kept_until
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import done, home, running, seated
from tests.casework.test_pages import sent, text


@pytest.mark.parametrize(
    ("ended", "months", "until"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_data_is_kept_for_whole_months(ended: date, months: int, until: date) -> None:
    assert kept_until(ended, months) == until


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(min_value=0, max_value=600))
def test_data_is_never_kept_shorter_than_the_months_say_less_three_days(ended: date, months: int) -> None:
    until = kept_until(ended, months)
    assert (until.year - ended.year) * 12 + until.month - ended.month == months
    assert 0 <= ended.day - until.day <= 3


@pytest.mark.django_db
def test_an_applicant_reads_what_is_kept_and_takes_it_along(client: Client) -> None:
    running()
    address = sent(client)
    assert f'href="{address}data/"' in text(client.get(address))
    page = text(client.get(f"{address}data/"))
    assert "9999010101900001" in page
    assert "UU 27/2022" in page
    assert "Disimpan selama" in page
    file = client.get(f"{address}data.json")
    assert file["Content-Disposition"] == 'attachment; filename="SKTM-2026-000001.json"'
    assert "no-store" in file["Cache-Control"]
    said = json.loads(file.content)
    assert said["answers"]["full_name"] == "Warga Contoh"
    assert [one["message"] for one in said["messages"]] == ["received"]
    assert [one["what"] for one in said["history"]] == ["applied", "sent"]
    with tenancy(home().id):
        case_id = Case.objects.get().id
    operator = seated("operator", SeatKind.VILLAGE)
    done(case_id, "check", operator, result="complete")
    later = client.get(f"{address}data.json").content.decode()
    assert ("check" in later, str(operator.id) in later) == (True, False)
    client.post(f"{address}withdraw/")
    assert "Disimpan sampai" in text(client.get(f"{address}data/"))


@pytest.mark.django_db
def test_nobody_else_has_it(client: Client) -> None:
    running()
    for more in ("data/", "data.json"):
        assert client.get(f"/applications/32.11/{'A' * 43}/{more}").status_code == 404
