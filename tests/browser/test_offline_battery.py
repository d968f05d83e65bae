"""The battery of a village's device dies: the browser is gone from one moment to the next, what it took is not."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from launcher.processes import wait_until
from tests.browser.conftest import FLAGS, Site, chromium_path
from tests.browser.story import PHONE, Beside
from tests.browser.test_offline import PAGE, begin, shown, sign_in, unlock
from tests.browser.test_offline_sending import (
    NEVER_ANSWER,
    ONLINE,
    came_in,
    finish_quickly,
    kept_for_later,
    ready,
    sent,
    take,
)

pytestmark = pytest.mark.browser
NAMES = ["Warga Baterai Satu", "Warga Baterai Dua", "Warga Baterai Tiga"]


@dataclass
class Device:
    """A telephone with a storage of its own, whose browser is started, and ended by -9."""

    browsers: BrowserType
    profile: Path
    url: str
    started: list[BrowserContext] = field(default_factory=list)

    def start(self, *, offline: bool) -> BrowserContext:
        """Start the browser on what the device has stored."""
        context = self.browsers.launch_persistent_context(
            self.profile,
            executable_path=chromium_path(),
            headless=True,
            args=FLAGS,
            base_url=self.url,
            viewport=PHONE,
            locale="id-ID",
            offline=offline,
        )
        context.set_default_timeout(30_000)
        self.started.append(context)
        return context

    def dies(self) -> None:
        """End every process of the browser without a word to it."""
        (context,), killed = self.started, self.processes()
        assert killed
        with context.expect_event("close"):
            for pid in killed:
                with suppress(ProcessLookupError):  # went with its parent
                    os.kill(pid, signal.SIGKILL)
        self.started.remove(context)
        assert wait_until(lambda: self.processes() == [], seconds=10)

    def processes(self) -> list[int]:
        """Return the processes that run on this storage, and all that they started."""
        parents: dict[int, int] = {}
        family: list[int] = []
        for one in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                state, parent = (one / "stat").read_text().rpartition(")")[2].split()[:2]
                if state == "Z":
                    continue
                parents[int(one.name)] = int(parent)
                if f"--user-data-dir={self.profile}".encode() in (one / "cmdline").read_bytes().split(b"\0"):
                    family.append(int(one.name))
        for pid in family:  # grows while it is read
            family += [one for one, parent in parents.items() if parent == pid and one not in family]
        return family


@pytest.fixture
def device(chromium: Browser, site: Site, beside: Beside, tmp_path: Path) -> Iterator[Device]:
    beside(ready)
    one = Device(chromium.browser_type, tmp_path / "profile", site.url)
    yield one
    for context in one.started:
        context.close()


def opened(context: BrowserContext) -> Page:
    """Open the counter and unlock it by its PIN."""
    (page,) = context.pages
    page.goto(PAGE)
    unlock(page)
    shown(page, "home")
    return page


def test_a_dead_battery_loses_and_doubles_nothing(device: Device, site: Site, beside: Beside) -> None:
    # Given a device without a network, that took two applications and has begun a third
    context = device.start(offline=False)
    (page,) = context.pages
    kept_for_later(page, site)
    context.set_offline(True)
    for name in NAMES[:2]:
        take(page, name)
    begin(page, NAMES[2])
    page.get_by_label("Alamat").fill("Jalan yang belum")
    expect(page.locator("#oc-questions")).to_have_attribute("data-kept", "yes")
    # When its battery dies
    device.dies()
    # Then it finds all three by the PIN, still without a network, and the third goes on where it was
    context = device.start(offline=True)
    page = opened(context)
    entries = page.locator("#oc-entries > li")
    expect(entries).to_have_count(3)
    for name in NAMES:
        expect(page.locator("#oc-entries")).to_contain_text(name)
    page.get_by_role("button", name=f"Lanjutkan: {NAMES[2]}").click()
    expect(page.get_by_label("Alamat")).to_have_value("Jalan yang belum")
    finish_quickly(page)
    assert came_in(beside, *NAMES) == []
    # When it has a network, and dies after the first arrived and before it heard so
    context.clear_cookies()  # a browser writes them each half minute: the sign-in may have gone with the battery
    context.set_offline(False)
    sign_in(page, site)
    page.evaluate(NEVER_ANSWER)
    unlock(page)
    shown(page, "home")
    page.evaluate(ONLINE)
    expect(page.locator("html")).to_have_attribute("data-arrived", "yes")
    before = came_in(beside, *NAMES)
    assert [name for _number, name in before] == NAMES[:1]
    device.dies()
    # Then it sends what waits, and each is there once, the first under the number that it had
    context = device.start(offline=False)
    context.clear_cookies()
    (page,) = context.pages
    sign_in(page, site)
    unlock(page)
    shown(page, "home")
    page.evaluate(ONLINE)
    sent(page, 3)
    after = came_in(beside, *NAMES)
    assert [name for _number, name in after] == NAMES
    assert after[0] == before[0]
    for number, _name in after:
        expect(page.locator("#oc-entries")).to_contain_text(number)
