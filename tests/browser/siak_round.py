"""Fills Siak's working sheet up to one indicator, for the story of a round: python -m tests.browser.siak_round 2025."""

import sys

import django

django.setup()

from livinglab.accounts.queries import User, find_user  # noqa: E402  Django is set up first
from livinglab.evaluations.queries.participations import find_participation  # noqa: E402
from livinglab.kernel.tenancy import tenancy  # noqa: E402
from livinglab.organizations.queries import agencies, find_organization  # noqa: E402
from tests.evaluations.kit import Region, answer_everything  # noqa: E402


def person(name: str) -> User:
    """This function will return one of the demo people."""
    found = find_user(f"{name}@demo.example")
    assert found is not None, name
    return found


def fill(year: int, *, skip: str) -> None:
    """This function will answer every indicator of Siak at level 3 but one, as if it had gone through every hand."""
    with tenancy(None):
        siak = find_organization("14.08")
        assert siak is not None
        participation = find_participation(siak.id, year)
        assert participation is not None
        people = {
            "coordinator": person("sekda.siak"),
            "responsible": person("pj.siak"),
            "entry": person("operator.siak"),
            "internal": person("asesor.siak"),
            "officer": person("opd.siak"),
            "external": person("asesor.eksternal"),
            "ministry": person("kementerian"),
        }
    with tenancy(siak.id):
        agency = agencies(siak.id).get()
    answer_everything(Region(siak, participation, agency, **people), 3, skip=[skip])


if __name__ == "__main__":
    fill(int(sys.argv[1]), skip="21")
