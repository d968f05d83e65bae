"""The family of a package drawn over time: where each line begins, what it came of, and what stands on it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from livinglab.adoptions.models import AdoptionFigure
from livinglab.adoptions.web.family_drawing import FOOT, LINE, ROW, Member, draw_family
from livinglab.releases.models import Release
from tests.adoptions import kit

DAY = datetime(2026, 11, 2, tzinfo=UTC)


def version(days: int) -> Release:
    return Release(signed_at=DAY + timedelta(days=days))


def adopter(days: int, manner: str = "as_is") -> AdoptionFigure:
    return AdoptionFigure(started_at=DAY + timedelta(days=days), manner=manner)


def member(
    name: str, parent: int | None, *versions: Release, adopters: tuple[AdoptionFigure, ...] = ()
) -> Member:
    return Member(name, "Kota Contoh", parent is None, parent, versions, adopters)


def test_lines_begin_with_their_first_version_and_hang_on_what_they_came_of() -> None:
    drawing = draw_family(
        [
            member("Asal", None, version(0), version(50), adopters=(adopter(25), adopter(75, "adapted"))),
            member("Turunan", 0, version(100)),
            member("Cucu", 1, version(75)),
        ]
    )
    assert drawing is not None
    assert [(one.start, one.above, one.line) for one in drawing.rows] == [
        ("2.00%", 0, LINE),
        ("98.00%", LINE, ROW + LINE),
        ("74.00%", ROW + LINE, 2 * ROW + LINE),
    ]
    assert [(mark.x, mark.css) for mark in drawing.rows[0].marks] == [
        ("2.00%", "version"),
        ("50.00%", "version"),
        ("26.00%", "adopter"),
        ("74.00%", "adapted"),
    ]
    assert drawing.height == 3 * ROW + FOOT
    assert (drawing.first, drawing.last) == (DAY, DAY + timedelta(days=100))


def test_a_family_of_one_moment_stands_at_its_beginning_and_an_empty_one_is_not_drawn() -> None:
    drawing = draw_family([member("Asal", None, version(0))])
    assert drawing is not None
    assert drawing.rows[0].marks[0].x == "2.00%"
    assert draw_family([member("Asal", None)]) is None


@pytest.mark.django_db
def test_the_page_draws_the_family_beside_its_list(client: Client) -> None:
    row = kit.started()
    page = client.get(f"/en/packages/32.11/{row.listing.package_id}/family/").content.decode()
    assert page.count('class="adopter" cy') == 1
    assert page.count('class="version" d="M0') == 1
    assert '<ul class="tree">' in page
