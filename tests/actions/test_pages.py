"""The pages of action plans as their readers use them."""

import html
import re

import pytest
from django.test import Client

from livinglab.accounts.models import User
from tests.actions.kit import SIAK, Region, accepted_region
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
HERE = f"/en/regions/{SIAK}/actions/"


@pytest.fixture
def region() -> Region:
    return accepted_region()


def read(user: User, path: str, *, status: int = 200, base: str = HERE) -> str:
    return _text(signed_in(user).get(base + path), status)


def send(user: User, path: str, *, status: int = 302, **fields: object) -> str:
    return _text(signed_in(user).post(HERE + path, fields), status)


def _text(response: object, status: int) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == status, content[:3000]  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())


def form_of(client: Client, path: str) -> dict[str, str]:
    """The fields of an action's own form as a browser would send them back."""
    content = client.get(HERE + path).content.decode()
    form = content[content.index('<form class="action-form"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', form))
    found |= {
        name: text.removeprefix("\n")
        for name, text in re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>([^<]*)<', form)
    }
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


def test_the_list_says_what_the_region_wants(region: Region) -> None:
    text = read(region.coordinator, "")
    assert "Siak wants an index of 2.20 by 31 December 2027" in text
    assert f"0 of {len(region.actions())} actions done." in text


@pytest.mark.parametrize("view", ["", "board/", "timeline/", "ledger/"])
@pytest.mark.parametrize("base", [HERE, HERE.removeprefix("/en")])
def test_each_view_opens_in_both_languages(region: Region, view: str, base: str) -> None:
    text = read(region.assessor, f"{region.plan.id}/{view}", base=base)
    assert "Rencana aksi uji" in text
