"""A teacher's card says which packages and practices the region publishes for the step's indicator."""

import csv
import io

import pytest
from django.test import Client

from livinglab.catalogue.operations import project_package
from livinglab.catalogue.queries.helpful import EntryKind, helpful_entries
from livinglab.releases.domain.states import ReleaseStep
from livinglab.releases.operations import reviews
from tests.planning.test_teachers import SIAK, SUMEDANG, decide
from tests.releases import kit

pytestmark = pytest.mark.django_db


def test_the_card_of_a_teacher_leads_to_its_package_while_it_is_offered(client: Client) -> None:
    decide(SUMEDANG, 2024, i45=3)
    decide(SUMEDANG, 2025, i45=4)
    path = f"/en/regions/{SIAK}/plan/teachers/45/4/?instrument=spbe-2020"
    assert "/packages/32.11/sktm/" not in client.get(path).content.decode()
    release = kit.published()
    project_package(listing_id=release.listing_id)
    (offered,) = _offers(client)
    assert offered.startswith("package ")
    page = client.get(path).content.decode()
    assert page.count('<a href="/en/packages/32.11/sktm/">package ') == 1
    reviews.take(
        release_id=release.id, step=ReleaseStep.WITHDRAW, reason="Salah.", by=kit.coordinator(), at=kit.AT
    )
    project_package(listing_id=release.listing_id)
    assert "/packages/32.11/sktm/" not in client.get(path).content.decode()
    assert _offers(client) == [""]


def _offers(client: Client) -> list[str]:
    """Return what the file of teachers says that Sumedang publishes for the indicator."""
    path = f"/en/regions/{SIAK}/plan/teachers/45/4/teachers.csv?instrument=spbe-2020"
    rows = csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig")))
    return [row["offers"] for row in rows if row["code"] == SUMEDANG]


def test_only_what_names_the_indicator_is_found_and_only_of_the_regions_asked_for() -> None:
    project_package(listing_id=kit.published().listing_id)
    found = helpful_entries("spbe-2020", "45", regions=[SUMEDANG, SIAK])
    assert [(code, [one.kind for one in each]) for code, each in found.items()] == [
        (SUMEDANG, [EntryKind.PACKAGE])
    ]
    assert helpful_entries("spbe-2020", "4", regions=[SUMEDANG]) == {}
    assert helpful_entries("spbe-2020", "45", regions=[SIAK]) == {}
    assert helpful_entries("spbe-2020", "45", regions=[]) == {}
