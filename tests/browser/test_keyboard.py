"""The pages of an evaluation without a mouse, and at 200 % zoom of a small screen: everything is reached and seen."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, expect

from livinglab.accounts.models import User
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.operations import objections, rounds
from livinglab.organizations.queries import organizations
from tests.browser.conftest import Site
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, MINISTRY, SPBE, Region, of_year, open_round
from tests.organizations.people import organization

pytestmark = pytest.mark.browser

CODE = "33.21"  # Demak; everything in its round is made up
HERE = f"/regions/{CODE}/evaluations/2025/"
PASSWORD = "kata-sandi-uji-2025"
#: 1280 × 720 CSS pixels at 200 %
ZOOMED = ViewportSize(width=640, height=360)
NARROW = ViewportSize(width=320, height=700)
PATHS = (
    HERE,
    f"{HERE}21/",
    f"{HERE}21/evidence/",
    f"{HERE}assign/",
    f"{HERE}minutes/",
    f"{HERE}team/",
    f"{HERE}report/",
    f"/regions/{CODE}/evidence/",
    f"/regions/{CODE}/evidence/new/",
)
KLATEN = "33.10"  # everything in its round is made up too
THERE = f"/regions/{KLATEN}/evaluations/2025/"
#: who, and what they open
ASSESSED = (
    ("external", f"{THERE}score/"),
    ("external", f"{THERE}21/score/"),
    ("external", f"{THERE}21/score/versions/"),
    ("external", f"{THERE}objections/"),
    ("external", f"{THERE}objections/{{objection}}/settle/"),
    ("external", f"{THERE}findings/A1/"),
    ("external", f"{THERE}recommendation/"),
    ("coordinator", f"{THERE}21/objection/"),
    ("coordinator", f"{THERE}22/objection/"),
    ("ministry", "/evaluations/rounds/"),
    ("ministry", "/evaluations/rounds/{round}/"),
    ("ministry", f"{THERE}21/score/"),
)
#: what a person without a mouse has to reach: one of a group of radio buttons stands for all
REACHABLE = """() => {
  const groups = new Set();
  const places = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  return [...places].filter((one) => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility()) return false;
    if (one.type !== "radio") return true;
    const isFirst = !groups.has(one.name);
    groups.add(one.name);
    return isFirst;
  }).length;
}"""
#: the element with the focus: its number among those met so far, and what is wrong with how it is seen
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  if (one === window.before) return { isInside: true }; // a day has a place each for day, month, year and calendar
  window.before = one;
  const isKnown = one.dataset.met === "yes";
  one.dataset.met = "yes";
  const box = one.getBoundingClientRect();
  const label = one.closest("label") ?? document.querySelector(`label[for="${one.id}"]`);
  const ring = [one, label].filter(Boolean).some((each) => {
    const { outlineStyle, outlineWidth, boxShadow, stroke, strokeWidth } = getComputedStyle(each);
    const isDrawn = each instanceof SVGElement && stroke !== "none" && parseFloat(strokeWidth) >= 3;
    return isDrawn || (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  const name = `${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}`;
  const faults = [];
  if (!ring) faults.push(`${name}: no ring`);
  const isOut = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  if (isOut) faults.push(`${name}: out of sight`);
  return { isInside: false, isKnown, faults };
}"""
CLIPPED = """() => [...document.querySelectorAll("main button, main input, main select, main textarea, main a.button")]
  .filter((one) => one.type !== "hidden" && one.checkVisibility() && !one.closest(".spoken"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.left < -0.5 || box.right > innerWidth + 0.5; })
  .map((one) => `${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def coordinator(chromium: Browser, site: Site, django_db_blocker: Any) -> Iterator[Page]:
    """The coordinator of a region in a round that nobody touched."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:  # the browser's loop keeps this thread
        region = beside.submit(_demak).result()
    page = _signed_in(chromium, site, region.coordinator)
    yield page
    page.context.close()


def _signed_in(chromium: Browser, site: Site, user: User) -> Page:
    page = chromium.new_context(base_url=site.url, viewport=ZOOMED).new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def _let_in(*people: User) -> None:
    for user in people:
        user.set_password(PASSWORD)
        user.save()


def _demak() -> Region:
    try:
        region = open_round(code=CODE)
        _let_in(region.coordinator)
    finally:
        connections.close_all()
    return region


@dataclass(frozen=True)
class Assessed:
    """A region whose levels are assessed and objected to, a round of a whole province, and who looks at them."""

    region: Region
    objection_id: UUID
    round_id: UUID
    desks: dict[str, Page]

    def path(self, given: str) -> str:
        """This method will return an address with the ids filled in."""
        return given.format(objection=self.objection_id, round=self.round_id)


@pytest.fixture(scope="module")
def assessed(chromium: Browser, site: Site, django_db_blocker: Any) -> Iterator[Assessed]:
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as beside:
        region, objection_id, round_id = beside.submit(_klaten).result()
    desks = {
        who: _signed_in(chromium, site, getattr(region, who))
        for who in ("external", "coordinator", "ministry")
    }
    yield Assessed(region, objection_id, round_id, desks)
    for page in desks.values():
        page.context.close()


def _klaten() -> tuple[Region, UUID, UUID]:
    """Klaten in its interview, one level objected to, another open to objection; its province in a round of its own."""
    try:
        region = sent(code=KLATEN, level=3, i21=4, i22=4)
        score(region, 2)
        score(region, 3, indicator="22")
        advance(region, Step.INTERVIEW)
        raised = objections.raise_objection(
            place=region.as_(region.coordinator),
            indicator="21",
            requested_level=Decimal(4),
            reason="Pasal 7, halaman 3.",
            at=AT,
        )
        regions = organizations().filter(province__code="35", is_synthetic=False)
        opened = rounds.open_round(
            wanted=replace(of_year(SPBE, 2024), title="Evaluasi SPBE 2024 (uji)"),
            opened_by=organization(MINISTRY),
            participants=[one.id for one in regions],
            by=region.ministry,
            at=AT,
        )
        _let_in(region.external, region.coordinator, region.ministry)
    finally:
        connections.close_all()
    return region, raised.id, opened.round.id


def _walk(page: Page) -> tuple[int, list[str]]:
    """Press Tab until the focus comes round again; how many places it met, and what is wrong with them."""
    faults: list[str] = []
    met = 0
    wanted = int(page.evaluate(REACHABLE))
    for _press in range(4 * wanted + 20):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is not None and focused["isInside"]:
            continue
        if focused is None or focused["isKnown"]:
            break
        met += 1
        faults += focused["faults"]
    return met, faults


@pytest.mark.parametrize("path", PATHS)
def test_everything_is_reached_by_tab_and_its_focus_is_seen(coordinator: Page, path: str) -> None:
    coordinator.set_viewport_size(ZOOMED)
    coordinator.goto(path)
    wanted = coordinator.evaluate(REACHABLE)
    assert _walk(coordinator) == (wanted, [])


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off_at_200_percent_and_on_the_narrowest_phone(coordinator: Page, path: str) -> None:
    for size in (ZOOMED, NARROW):
        coordinator.set_viewport_size(size)
        coordinator.goto(path)
        wide = coordinator.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (size["width"], wide, coordinator.evaluate(CLIPPED)) == (size["width"], 0, [])


@pytest.mark.parametrize(("who", "path"), ASSESSED)
def test_scoring_objections_and_the_overview_are_reached_by_tab(
    assessed: Assessed, who: str, path: str
) -> None:
    page = assessed.desks[who]
    page.set_viewport_size(ZOOMED)
    page.goto(assessed.path(path))
    page.wait_for_load_state("networkidle")
    wanted = page.evaluate(REACHABLE)
    assert _walk(page) == (wanted, [])


@pytest.mark.parametrize(("who", "path"), ASSESSED)
def test_scoring_objections_and_the_overview_are_whole_at_200_percent(
    assessed: Assessed, who: str, path: str
) -> None:
    page = assessed.desks[who]
    for size in (ZOOMED, NARROW):
        page.set_viewport_size(size)
        page.goto(assessed.path(path))
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (size["width"], wide, page.evaluate(CLIPPED)) == (size["width"], 0, [])


def test_an_assessor_scores_without_a_mouse(assessed: Assessed) -> None:
    page = assessed.desks["external"]
    page.set_viewport_size(ZOOMED)
    # Given the form of an indicator that nobody scored
    page.goto(f"{THERE}23/score/")
    # When the checklist is ticked, a level chosen and every text written by keys alone
    page.locator("#met-2").focus()
    page.keyboard.press("Space")
    page.locator("#level-1").focus()
    page.keyboard.press("ArrowRight")
    for name in ("facts", "analysis", "justification"):
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(f"Isi {name}.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    # Then the level is entered, and the focus does not have to look for what happened
    expect(page.locator("main")).to_contain_text("Ditetapkan.")
    expect(page.locator("#level-2")).to_be_checked()
