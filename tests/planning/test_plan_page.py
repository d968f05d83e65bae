"""The plan of a region as everybody sees it and as its own people do: page, files, one sheet, API."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from urllib.parse import parse_qsl

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.organizations.queries import Role
from livinglab.planning.adapters.step_files import Wishes
from livinglab.planning.queries.requests import Asked
from livinglab.portal.api.v1 import api
from tests.evaluations import kit
from tests.organizations.people import make_member, signed_in
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
PAGE = "/en/regions/14.08/plan/"
_NOT_COUNTED = re.compile(r"SET LOCAL|SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK")


def _main(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return text_of(answer.content.partition(b"<main")[2].partition(b"</main>")[0])


def _steps(client: Client, query: str = "") -> list[dict[str, str]]:
    content = client.get(f"{PAGE}figures/steps.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_plan_begins_with_its_finding_and_says_what_its_levels_are(client: Client) -> None:
    page = _main(client, f"{PAGE}?target=3.6&by=2030-12-31")
    assert "3 steps with effort 7.1 take Siak from 3.54 to 3.61" in page
    assert "No plan with less effort reaches 3.6. It runs until 31 December 2030." in page
    assert "made-up levels that give exactly the published result of Siak in 2024" in page
    assert "Every plan that reaches the target was weighed; none takes less effort." in page
    assert "Invented for demonstration; not a real result." in page


def test_the_same_plan_in_indonesian(client: Client) -> None:
    page = _main(client, "/regions/14.08/plan/?target=3,6&by=2030-12-31")
    assert "3 langkah dengan upaya 7,1 membawa Siak dari 3,54 ke 3,61" in page
    assert "Semua rencana yang mencapai target sudah ditimbang" in page


def test_files_hold_the_steps_of_the_address(client: Client) -> None:
    rows = _steps(client, "?target=3.6")
    assert len(rows) == 3
    assert {row["synthetic"] for row in rows} == {"true"}
    gained = sum(Decimal(row["gain"]) for row in rows)
    document = client.get("/api/v1/regions/14.08/plan?target=3.6").json()
    assert [str(step["indicator"]) for step in document["steps"]] == [row["indicator"] for row in rows]
    assert round(gained, 6) == round(_number(document["index_exact"]) - _number(document["present_exact"]), 6)
    assert client.get(f"{PAGE}figures/steps.xlsx").content[:2] == b"PK"
    assert json.loads(client.get(f"{PAGE}figures/price.json").content)["synthetic"] is True
    assert b"line-focus" in client.get(f"{PAGE}figures/price.svg").content
    assert client.get(f"{PAGE}figures/nothing.csv").status_code == 404


def _number(fraction: str) -> Decimal:
    above, _slash, below = fraction.partition("/")
    return Decimal(above) / Decimal(below or 1)


def test_following_lock_and_leave_out_changes_the_plan_and_its_price(client: Client) -> None:
    html = client.get(f"{PAGE}?target=3.6&by=2030-12-31").content.decode()
    first = _steps(client, "?target=3.6")[0]
    wish = f"exclude={first['indicator']}:{first['to_level']}"
    assert f"?target=3.6&amp;by=2030-12-31&amp;{wish}#steps" in html
    rest = _steps(client, f"?target=3.6&{wish}")
    key = (first["indicator"], first["to_level"])
    assert key not in {(row["indicator"], row["to_level"]) for row in rest}
    locked = _main(client, f"{PAGE}?target=3.6&lock=20:5")
    assert "It is locked." in locked
    assert "Indicator 20 to level 5 is locked: without it the plan would cost 7.1." in locked
    assert "locked: indicator 20 to level 5" in locked


def test_an_index_out_of_reach_is_an_answer_with_what_holds_it_down(client: Client) -> None:
    page = _main(client, f"{PAGE}?target=4.2&capacity=20&by=2027-12-31")
    assert "Siak cannot reach 4.2 this way; the highest index that can be is 3.69" in page
    assert "What the years can carry" in page
    assert client.get("/api/v1/regions/14.08/plan?target=4.2&capacity=20").json()["status"] == "unreachable"


def test_limits_of_effort_and_of_steps_are_answered_together(client: Client) -> None:
    both = "target=3.59&effort=30&steps=2&by=2030-12-31"
    page = _main(client, f"{PAGE}?{both}")
    assert "The number of steps: without it the plan would cost 7.1." in page
    assert "The proof is in whole numbers and fractions" in page
    document = client.get(f"/api/v1/regions/14.08/plan?{both}").json()
    assert (document["status"], len(document["steps"]), document["certificate"]["exact"]) == (
        "optimal",
        2,
        True,
    )


def test_bad_wishes_are_refused_with_the_nearest_right_one_on_the_page_and_in_the_api(client: Client) -> None:
    page = _main(client, f"{PAGE}?target=3", 422)
    assert "The index is 3.54 already, which holds 3" in page
    assert "Excellent (4.20)" in page
    error = client.get("/api/v1/regions/14.08/plan?target=3").json()["error"]
    assert (error["status"], error["known"]) == (422, ["4.2"])
    assert client.get("/en/regions/00.00/plan/").status_code == 404
    assert client.get("/api/v1/regions/00.00/plan").status_code == 404


def test_a_region_without_levels_is_told_so(client: Client) -> None:
    assert "No plan for Kabupaten Administrasi Kepulauan Seribu yet" in _main(
        client, "/en/regions/31.01/plan/"
    )
    assert client.get("/en/regions/31.01/plan/brief.pdf").status_code == 422
    assert client.get("/api/v1/regions/31.01/plan").status_code == 422


def test_the_gap_says_what_it_is_compared_with(client: Client) -> None:
    page = _main(client, PAGE)
    assert "Single levels are made up here, so they are compared with nobody; the domains are." in page
    assert "Similar regions: same kind, nearest in population, area and density:" in page
    rows = list(
        csv.DictReader(
            io.StringIO(client.get(f"{PAGE}figures/gap-indicators.csv").content.decode("utf-8-sig"))
        )
    )
    assert len(rows) == 47


def test_the_regions_own_people_see_its_own_levels_and_nobody_else_does(client: Client) -> None:
    region = kit.open_round()
    kit.answer_everything(region, 2)
    own = signed_in(make_member("perencana", Role.PLANNING_AGENCY, kit.SIAK))
    answer = own.get(PAGE)
    page = text_of(answer.content)
    assert "take Siak from 2.00 to 2.61" in page
    assert "which only its own people see" in page
    assert "no-store" in answer["Cache-Control"]
    stranger = signed_in(make_member("tetangga", Role.COORDINATOR, "32.11"))
    for other in (client, stranger, signed_in(make_member("warga", Role.CITIZEN, kit.SIAK))):
        assert "from 3.54 to" in text_of(other.get(PAGE).content)
    assert own.get("/api/v1/regions/14.08/plan").json()["present"] == "3.54"


@pytest.mark.parametrize("as_member", [False, True])
def test_the_page_asks_the_database_at_most_twelve_times(client: Client, *, as_member: bool) -> None:
    region = kit.open_round()
    kit.answer_everything(region, 2)
    reader = signed_in(region.coordinator) if as_member else client
    reader.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(PAGE).status_code == 200
    asked = [one["sql"] for one in queries if not _NOT_COUNTED.match(one["sql"])]
    assert len(asked) <= 12, "\n".join(asked)


@pytest.mark.parametrize("code", ["14.08", "32.05", "82.08"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_brief_is_one_sheet_of_a4(client: Client, code: str, prefix: str) -> None:
    answer = client.get(f"{prefix}/regions/{code}/plan/brief.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    (sheet,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    said = " ".join(sheet.extract_text().split())
    for heading in (
        ("Posisi kita", "Langkah berikutnya") if not prefix else ("Where we are", "The next steps")
    ):
        assert heading in said


def test_portrait_and_the_members_own_page_lead_to_the_plan(client: Client) -> None:
    assert 'href="/regions/14.08/plan/"' in client.get("/regions/14.08/").content.decode()
    assert "/plan/" not in client.get("/regions/31.01/").content.decode()
    planner = signed_in(make_member("perencana", Role.PLANNING_AGENCY, kit.SIAK))
    assert 'href="/regions/14.08/plan/"' in planner.get("/me/").content.decode()


def test_the_api_documents_every_parameter_that_it_reads() -> None:
    operation = api.get_openapi_schema()["paths"]["/api/v1/regions/{code}/plan"]["get"]
    said = {one["name"]: one.get("description") for one in operation["parameters"] if one["in"] == "query"}
    asked = Asked(
        by=date(2027, 12, 31),
        target=Fraction(4),
        effort=Fraction(1),
        capacity=Fraction(1),
        steps=1,
        wishes=Wishes(*(frozenset({(name, 4)}) for name in "123")),
        with_precedence=False,
        certainty=Fraction(1, 2),
        acceptance=80,
        instrument="pemdi-2026",
        rupiah=1000,
        budget=5000,
    )
    assert set(said) == {"band", *dict(parse_qsl(asked.query()))}
    assert all(said.values())
