"""Real cases prove a version: counted where it runs, shown to everybody, and ordered by in the catalogue."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from livinglab.adoptions.models import AdoptionFigure, VersionUse
from livinglab.adoptions.operations import use
from livinglab.adoptions.tasks import count_use
from livinglab.catalogue.models import ShelfRow
from livinglab.catalogue.operations import project_package
from livinglab.packages.domain.process import Outcome
from livinglab.releases.models import Listing
from tests.adoptions import kit
from tests.casework.complaints import taking_complaints
from tests.casework.ended import complained, ended
from tests.organizations.people import organization
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
ADOPTERS = "/en/packages/32.11/sktm/adopters/"


def offered() -> Listing:
    """Return the letter as it is offered, and as it stands on the shelf."""
    listing = releases.published().listing
    project_package(listing_id=listing.id)
    return listing


def on_shelf() -> tuple[float | None, int]:
    row = ShelfRow.objects.get(kind="package", key="32.11-sktm")
    return (None if row.proof is None else float(row.proof), row.cases)


def test_thirty_real_cases_prove_a_version_and_one_less_proves_nothing(client: Client) -> None:
    offered()
    home = organization("32.11")
    ended(home, 29)
    count_use(timestamp=0)
    assert on_shelf() == (None, 29)
    assert "no proof score: 1 more real case is needed, of 30" in unescape(
        client.get(ADOPTERS).content.decode()
    )
    ended(home, 1)
    count_use(timestamp=0)
    assert on_shelf() == (0.355, 30)
    shown = unescape(client.get(ADOPTERS).content.decode())
    assert (
        "Version 1.0.0: proof score 35 of 100." in shown or "Version 1.0.0: proof score 36 of 100." in shown
    )
    assert "30 cases, 100% in time" in shown


def test_made_up_withdrawn_and_open_cases_never_count() -> None:
    offered()
    home = organization("32.11")
    ended(home, 3, late=1)
    ended(home, 5, is_synthetic=True)
    ended(home, 7, outcome=Outcome.WITHDRAWN)
    ended(home, 9, outcome="", ended_at=None)
    use.count_use(organization_id=home.id, at=kit.AT)
    (row,) = VersionUse.objects.all()
    assert (row.version, row.cases, row.kept, row.ratings) == ("1.0.0", 3, 2, 0)


def test_what_an_adopter_handled_stands_in_its_public_figure_and_counts_with_the_publishers() -> None:
    row = kit.started()
    listing = Listing.objects.get(id=row.listing_id)
    project_package(listing_id=listing.id)
    ended(kit.home(), 20, late=5)
    ended(organization("32.11"), 15)
    count_use(timestamp=0)
    figure = AdoptionFigure.objects.get(adoption_id=row.id)
    assert (figure.cases, figure.cases_in_time) == (20, 15)
    assert on_shelf()[1] == 35


def test_counted_again_nothing_changes_and_a_new_version_begins_at_nought() -> None:
    listing = offered()
    home = organization("32.11")
    ended(home, 30)
    assert use.count_use(organization_id=home.id, at=kit.AT) == {listing.id}
    assert use.count_use(organization_id=home.id, at=kit.AT) == frozenset()
    use.prove(listing_id=listing.id)
    before = ShelfRow.objects.get(kind="package").changed_at
    project_package(listing_id=listing.id)
    assert (on_shelf()[1], ShelfRow.objects.get(kind="package").changed_at) == (30, before)
    releases.published(files=releases.raised(releases.files_of("sktm", home), "1.0.1"))
    use.prove(listing_id=listing.id)
    assert on_shelf() == (None, 0)


def test_complaints_lower_the_score_and_everybody_reads_how_many_there_are(client: Client) -> None:
    offered()
    home = organization("32.11")
    first, second, *_others = ended(home, 30)
    assert "no figure of complaints: 0 of 30 cases" in shown_after_counting(client)
    service = taking_complaints(at=kit.AT - timedelta(days=30))
    assert "0 of 30 cases with complaints" in shown_after_counting(client)
    assert on_shelf() == (0.532, 30)
    complained(service, first.number)
    complained(service, second.number)
    assert "2 of 30 cases with complaints" in shown_after_counting(client)
    assert on_shelf() == (0.512, 30)
    (row,) = VersionUse.objects.all()
    assert (row.heard, row.complained) == (30, 2)


def shown_after_counting(client: Client) -> str:
    count_use(timestamp=0)
    return unescape(client.get(ADOPTERS).content.decode())
