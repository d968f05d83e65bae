"""How the stories are told: people at their desks and on their phones, pages that axe looks at, buttons."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import PHONE, axe_violations

__all__ = ["PHONE", "Beside", "Desk", "at", "looked_at", "on_a_phone", "press", "reread", "scrolled_sideways"]

Desk = Callable[[str], Page]
#: runs something on the site's database
Beside = Callable[[Callable[[], Any]], Any]
#: the folder that takes a picture of each page that a story looks at; none without it
SHOTS = os.environ.get("LIVINGLAB_SHOTS", "")
#: how long what happens beside the pages may take, in seconds
PATIENCE = 90


def at(page: Page, path: str) -> Page:
    """This function will open a page of the story and have axe look at it."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path} answered {answer.status}"
    assert axe_violations(page) == []
    return page


def looked_at(page: Page, name: str) -> None:
    """This function will have axe look at a page, and see that nothing of it lies beyond the edge."""
    found = axe_violations(page)
    assert found == [], (name, found)
    width = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{name} is wider than the screen"
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def on_a_phone(page: Page) -> Page:
    """This function will make a desk as small as a phone."""
    page.set_viewport_size(PHONE)
    return page


def press(page: Page, name: str) -> None:
    """This function will press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def reread(page: Page, path: str, text: str) -> None:
    """This function will open a page again until it says what is worked out beside it. Errors: AssertionError."""
    until = time.monotonic() + PATIENCE
    page.goto(path)
    while text not in (said := " ".join(page.locator("main").inner_text().split())):
        assert time.monotonic() < until, f"{path} never said “{text}”, but: {said[:600]}"
        page.goto(path)


def scrolled_sideways(page: Page) -> list[str]:
    """This function will return what of a page its reader must push sideways to read, one line each."""
    found: list[str] = page.evaluate(
        """() => [document.documentElement, ...document.body.querySelectorAll("*")]
            .filter(one => one.scrollWidth > one.clientWidth && one.clientWidth > 1)
            .filter(one => one === document.documentElement
                || ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
            .filter(one => !one.matches("input, select, textarea") && one.checkVisibility())
            .map(one => `${one.tagName.toLowerCase()}.${one.className} by ${one.scrollWidth - one.clientWidth} px`)"""
    )
    return found
