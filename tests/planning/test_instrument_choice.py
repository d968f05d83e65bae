"""Whoever plans chooses the instrument in the address, and every way on keeps it."""

import io
import re

import pypdf
import pytest
from django.test import Client

from livinglab.kernel.freshness import versions_of
from livinglab.organizations.queries import Role
from livinglab.planning.queries.matching import matching
from livinglab.planning.queries.teachers import TOPICS
from tests.organizations.people import make_member, signed_in
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
PEMDI = "instrument=pemdi-2026"
PLAN = "/en/regions/14.08/plan/"
SIMULATE = "/en/regions/14.08/simulate/"


def _links(html: str, path: str) -> list[str]:
    return re.findall(rf'href="({re.escape(path)}\?[^"]*)"', html)


def test_the_plan_of_the_instrument_in_force_says_that_its_start_is_an_estimate(client: Client) -> None:
    html = client.get(f"{PLAN}?{PEMDI}").content.decode()
    page = text_of(html.encode())
    assert "Siak has no levels of Pemdi 2026 yet. It begins with an estimate from its result of 2024" in page
    assert "The criteria of Pemdi 2026 follow a draft" in page
    assert f'href="{PLAN}?instrument=spbe-2020&amp;by=' in html
    own = [link for link in _links(html, PLAN) if "spbe-2020" not in link]
    assert own
    assert all(PEMDI in link for link in own)
    assert 'name="instrument" value="pemdi-2026"' in html
    assert f"{SIMULATE}?{PEMDI}" in html
    assert "teachers/" in html
    assert all(link.endswith(f"?{PEMDI}") for link in re.findall(r'href="([^"]*/teachers/[^"]*)"', html))


def test_spbe_is_the_choice_where_no_evaluation_under_pemdi_is_known(client: Client) -> None:
    plain, chosen = (client.get(f"{PLAN}{query}").content for query in ("", "?instrument=spbe-2020"))
    assert (
        text_of(plain).partition("What the plan is for")[0]
        == text_of(chosen).partition("What the plan is for")[0]
    )
    assert "follow a draft" not in text_of(plain)


def test_brief_and_programs_have_the_same_choice(client: Client) -> None:
    sheet = pypdf.PdfReader(io.BytesIO(client.get(f"{PLAN}brief.pdf?{PEMDI}").content)).pages[0]
    assert "Pemdi 2026" in sheet.extract_text()
    document = client.get(f"/api/v1/regions/14.08/plan?{PEMDI}").json()
    assert (document["instrument"], document["start"]["origin"]) == ("pemdi-2026", "carried")
    assert document["query"].startswith(PEMDI)
    assert client.get("/api/v1/regions/14.08/plan?instrument=spbe-2018").json()["error"]["known"] == [
        "pemdi-2026",
        "spbe-2020",
    ]


def test_levels_are_tried_out_under_the_instrument_chosen(client: Client) -> None:
    html = client.get(f"{SIMULATE}?{PEMDI}&to=1:5").content.decode()
    assert 'name="instrument" value="pemdi-2026"' in html
    assert f'href="{SIMULATE}?{PEMDI}"' in html  # back to the start
    assert f'href="{PLAN}?{PEMDI}&amp;lock=1:5"' in html
    answer = client.get(f"{SIMULATE}?{PEMDI}&level-1=5")
    assert answer["Location"] == f"{SIMULATE}?{PEMDI}&to=1:5"


def test_a_regions_efforts_are_given_under_the_instrument_chosen(client: Client) -> None:
    planner = signed_in(make_member("perencana", Role.PLANNING_AGENCY, "14.08"))
    html = planner.get(f"/en/regions/14.08/efforts/?{PEMDI}").content.decode()
    assert f'action="/en/regions/14.08/efforts/?{PEMDI}"' in html
    given = {"intent": "set", "step": "1:5", "effort": "7", "reason": "The regent's team is there"}
    answer = planner.post(f"/en/regions/14.08/efforts/?{PEMDI}", given)
    assert answer["Location"] == f"/en/regions/14.08/efforts/?{PEMDI}"
    rows = planner.get(f"/en/regions/14.08/efforts.csv?{PEMDI}").content.decode().splitlines()
    assert "1,5,7" in rows
    assert "1,5,7" not in planner.get("/en/regions/14.08/efforts.csv").content.decode().splitlines()


def test_the_country_is_matched_under_the_instrument_chosen(client: Client) -> None:
    newest, spbe, pemdi = (
        matching(versions_of(TOPICS), year=2026, instrument=code) for code in ("", "spbe-2020", "pemdi-2026")
    )
    assert spbe.matches == newest.matches  # nobody has decided levels under Pemdi
    assert (pemdi.matches, len(pemdi.without_results)) == ((), 514)
    ministry = signed_in(make_member("kementerian", Role.MINISTRY, "kementerian-panrb"))
    page = text_of(ministry.get(f"/en/planning/matching/?{PEMDI}").content)
    assert "No region here has a wanted step" in page
    assert ministry.get("/en/planning/matching/?instrument=spbe-2018").status_code == 422
