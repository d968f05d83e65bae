"""The steps of a plan at the widths of a phone: each a block of its own whose parts say what they are."""

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
PLAN = "/en/regions/14.08/plan/?by=2027"
#: of each row: whether its cells stand below each other, within the page, and named before their value
ROWS = """() => [...document.querySelectorAll('.plan-steps tbody tr')].map(row => {
  const cells = [...row.children], boxes = cells.map(cell => cell.getBoundingClientRect())
  return {
    stacked: boxes.every((box, at) => at === 0 || box.top >= boxes[at - 1].bottom - 1),
    inside: boxes.every(box => box.left >= 0 && box.right <= document.documentElement.clientWidth + 1),
    named: cells.filter(cell => cell.tagName === 'TD').every(cell =>
      cell.dataset.label && getComputedStyle(cell, '::before').content.includes(cell.dataset.label)),
    read: [...row.querySelectorAll('a, summary')].every(one => one.getBoundingClientRect().height >= 24),
  }
})"""


@pytest.mark.parametrize("size", [ViewportSize(width=360, height=740), ViewportSize(width=320, height=700)])
def test_on_a_phone_each_step_is_a_block_whose_parts_are_named(
    chromium: Browser, site: Site, size: ViewportSize
) -> None:
    context = chromium.new_context(base_url=site.url, viewport=size)
    page = context.new_page()
    page.goto(PLAN)
    rows = page.evaluate(ROWS)
    assert rows
    assert rows == [{"stacked": True, "inside": True, "named": True, "read": True}] * len(rows)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    context.close()


def test_on_a_desk_the_parts_of_a_step_stand_beside_each_other(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, viewport=ViewportSize(width=1440, height=1000))
    page = context.new_page()
    page.goto(PLAN)
    rows = page.evaluate(ROWS)
    assert rows
    assert {row["stacked"] for row in rows} == {False}
    assert page.locator(".plan-steps thead").first.bounding_box()["height"] > 10  # type: ignore[index]
    context.close()
