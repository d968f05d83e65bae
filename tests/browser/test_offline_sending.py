"""What was taken without a network arrives once, also when its sending is broken off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from livinglab.accounts.queries import find_user
from livinglab.casework.models import Seat
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import find_organization
from tests.browser.conftest import Site
from tests.browser.story import PHONE, Beside
from tests.browser.test_offline import (
    OFFICER,
    PIN,
    REGION,
    VILLAGE,
    arrived,
    begin,
    onwards,
    put_to_work,
    shown,
    sign_in,
    unlock,
)

pytestmark = pytest.mark.browser

#: what is sent arrives, and its answer never comes back: the moment in which a window is reloaded
NEVER_ANSWER = """() => {
  const real = window.fetch;
  window.fetch = async (address, how) => {
    const answer = await real(address, how);
    if (!String(address).endsWith("/send/")) return answer;
    document.documentElement.dataset.arrived = "yes";
    return new Promise(() => {});
  };
}"""
ONLINE = "() => dispatchEvent(new Event('online'))"


def ready() -> None:
    """Put the service to work where no story did yet: all stories share one site."""
    home, officer = find_organization(REGION), find_user(OFFICER)
    assert home is not None
    assert officer is not None
    with tenancy(home.id):
        is_seated = Seat.objects.filter(user_id=officer.id, unit_code=VILLAGE).exists()
    if not is_seated:
        put_to_work()


def came_in(beside: Beside, *names: str) -> list[tuple[str, str]]:
    """Return number and name of what came in under these names."""
    return [one for one in beside(arrived) if one[1] in names]


def kept_for_later(page: Page, site: Site) -> None:
    """Open the counter with a network and choose a PIN, so that the device keeps it."""
    sign_in(page, site)
    setup = shown(page, "setup")
    setup.get_by_label("PIN", exact=True).fill(PIN)
    setup.get_by_label("PIN sekali lagi").fill(PIN)
    setup.get_by_label("Saya paham").check()
    page.get_by_role("button", name="Kunci perangkat ini dengan PIN").click()
    shown(page, "home")
    expect(page.locator("#oc")).to_have_attribute("data-kept", "yes", timeout=30_000)


@pytest.fixture
def phone(chromium: Browser, site: Site, beside: Beside) -> Iterator[BrowserContext]:
    """A telephone whose counter was opened once with a network, and has none any more."""
    beside(ready)
    context = chromium.new_context(base_url=site.url, viewport=PHONE, locale="id-ID")
    context.set_default_timeout(30_000)
    kept_for_later(context.new_page(), site)
    context.set_offline(True)
    yield context
    context.close()


def take(page: Page, name: str) -> None:
    """Take an application to its end."""
    begin(page, name)
    finish_quickly(page)


def finish_quickly(page: Page) -> None:
    """Take an application from its second page to its end."""
    form = shown(page, "form")
    form.get_by_label("Desa atau kelurahan").select_option(VILLAGE)
    form.get_by_label("Alamat").fill("Jalan Contoh 1")
    onwards(page)
    form.get_by_label("Berobat").check()
    onwards(page)
    form.get_by_label("Jumlah anggota keluarga").fill("4")
    form.get_by_label("Penghasilan keluarga sebulan").fill("Rp 200.000")
    onwards(page)
    form.locator("[name=truth][value=yes]").check()
    onwards(page)
    shown(page, "check")
    page.get_by_role("button", name="Simpan untuk dikirim").click()
    shown(page, "slip")
    page.get_by_role("button", name="Kembali ke loket").click()
    shown(page, "home")


def sent(page: Page, how_many: int) -> None:
    expect(page.locator("#oc-entries > [data-state=sent]")).to_have_count(how_many, timeout=30_000)


def test_a_window_that_is_reloaded_while_it_sends_loses_and_doubles_nothing(
    phone: BrowserContext, beside: Beside
) -> None:
    # Given two applications that wait for a network
    (page,) = phone.pages
    names = ["Warga Diputus", "Warga Sesudahnya"]
    for name in names:
        take(page, name)
    # When there is one, and the window is reloaded after the first arrived and before its answer did
    page.evaluate(NEVER_ANSWER)
    phone.set_offline(False)
    page.evaluate(ONLINE)
    expect(page.locator("html")).to_have_attribute("data-arrived", "yes", timeout=30_000)
    before = came_in(beside, *names)
    assert [name for _number, name in before] == names[:1]
    page.reload()
    # Then the device sends both again, and each is there once, the first under the number that it had
    unlock(page)
    page.get_by_role("button", name="Kirim sekarang").click()
    sent(page, 2)
    after = came_in(beside, *names)
    assert [name for _number, name in after] == names
    assert after[0] == before[0]
    for number, _name in after:
        expect(page.locator("#oc-entries")).to_contain_text(number)
    # And a reload afterwards sends nothing more
    page.reload()
    unlock(page)
    sent(page, 2)
    page.evaluate(ONLINE)
    sent(page, 2)
    assert came_in(beside, *names) == after
