"""How the stories are told: people at their desks, pages that axe looks at, buttons."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import axe_violations

Desk = Callable[[str], Page]


def at(page: Page, path: str) -> Page:
    """This function will open a page of the story and have axe look at it."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path} answered {answer.status}"
    assert axe_violations(page) == []
    return page


def press(page: Page, name: str) -> None:
    """This function will press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()
