"""A portrait shows the indicators that the region consented to publish, and says how official they are."""

from datetime import date

import pytest
from django.test import Client

from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.operations import process
from tests.evaluations.kit import AT, Region, answer_everything, open_round, send

pytestmark = pytest.mark.django_db
PORTRAIT = "/regions/14.08/"
HEADING = "1 dari 47 indikator berada di tingkat 4 atau 5 pada 2025"


@pytest.fixture
def sent() -> Region:
    """Siak after it sent its self-assessment with level 3 everywhere and one 4, and consented to publish it."""
    region = open_round()
    answer_everything(region, 3, i21=4)
    send(region)
    return region


def portrait() -> str:
    return Client().get(PORTRAIT).content.decode()


def test_nothing_is_shown_of_what_was_not_sent() -> None:
    answer_everything(open_round(), 3, i21=4)
    assert "indikator berada di tingkat" not in portrait()


def test_what_was_consented_to_is_shown_as_a_pre_assessment(sent: Region) -> None:
    page = portrait()
    assert HEADING in page
    assert "Pra-penilaian, bukan hasil resmi" in page
    table = Client().get(f"{PORTRAIT}figures/indicators.csv").content.decode()
    assert "21,Manajemen Risiko SPBE" in table


def test_what_assessors_write_before_the_decision_stays_unseen(sent: Region) -> None:
    process.advance(place=sent.as_(sent.external), step=Step.INTERVIEW, at=AT)
    assert HEADING in portrait()


def test_the_decision_makes_it_official(sent: Region) -> None:
    for step in (Step.INTERVIEW, Step.CONSOLIDATE):
        process.advance(place=sent.as_(sent.external), step=step, at=AT)
    process.decide(place=sent.as_(sent.ministry), number="Kepmen 1/2025", day=date(2025, 6, 1), at=AT)
    page = portrait()
    assert "Sesuai keputusan: Kepmen 1/2025, 1 Juni 2025." in page
    assert "Pra-penilaian" not in page
