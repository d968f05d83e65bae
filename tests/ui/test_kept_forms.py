"""A form that comes without a session: what was typed stays on the page, and is sent after signing in anew."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.adoptions.models import Adoption
from tests.adoptions import editing_kit, kit
from tests.organizations.people import signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
OURS = {"Origin": "http://testserver"}
MESSAGE = "texts/messages/received/"
TYPED = "# Permohonan diterima\r\n\r\nNomor {{ case.number }}. Simpan <nomor> ini & tunggu.\r\n"


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.action = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.action = said.get("action") or ""
        elif tag == "input" and said.get("type") == "hidden":
            self.found.setdefault(said.get("name") or "", []).append(said.get("value") or "")


def kept(page: bytes) -> tuple[str, dict[str, list[str]]]:
    """Return where the page sends what it holds, and that, as a browser does."""
    parser = _Hidden()
    parser.feed(page.decode())
    return parser.action, parser.found


def strict(browser: Client) -> Client:
    """Return the same browser, asked for its CSRF token from now on."""
    browser.handler.enforce_csrf_checks = True
    return browser


def token(page: bytes) -> str:
    return kept(page)[1]["csrfmiddlewaretoken"][0]


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (MESSAGE, {"messages/received.id.md": TYPED}),
        ("service/standard/", {"at.standard.product.id": "Surat keterangan yang dicetak di kantor desa"}),
        ("rules/eligibility/", {}),
        ("forms/citizen-form/", {}),
        ("process/", {}),
        ("scenarios/granted/", {}),
        ("service/parameters/", {}),
    ],
)
def test_what_was_typed_in_an_editor_outlives_the_session(place: str, changes: dict[str, str]) -> None:
    row: Adoption = kit.started()
    browser = strict(editing_kit.officer())
    address = editing_kit.home(row, place)
    page = browser.get(address)
    sent: dict[str, Any] = {**editing_kit.boxes(page.content), **changes, "do": "keep"}
    sent["csrfmiddlewaretoken"] = token(page.content)
    before = editing_kit.texts(row)
    del browser.cookies["sessionid"]

    answer = browser.post(address, sent, headers=OURS)
    action, fields = kept(answer.content)
    assert (answer.status_code, action) == (403, address)
    assert "no-store" in answer["Cache-Control"]
    assert "/accounts/login/?next=" in answer.content.decode()
    expected = {name: [value] if isinstance(value, str) else list(value) for name, value in sent.items()}
    assert {**fields, "csrfmiddlewaretoken": []} == {**expected, "csrfmiddlewaretoken": []}
    assert editing_kit.texts(row) == before

    again = browser.post(address, fields, headers=OURS)  # not signed in yet: nothing is lost
    assert (again.status_code, kept(again.content)[1].keys()) == (403, fields.keys())

    strict(browser).force_login(kit.officer())
    del browser.cookies["csrftoken"]  # signing in gives a new one
    browser.get(address)
    stale = browser.post(address, fields, headers=OURS)
    action, fresh = kept(stale.content)
    assert (stale.status_code, action) == (403, address)
    assert "or you signed in or out meanwhile" in stale.content.decode()
    assert editing_kit.texts(row) == before
    saved = browser.post(action, fresh, headers=OURS)
    assert saved.status_code in (200, 302)
    for path, text in changes.items():
        if path.endswith(".md"):
            assert editing_kit.texts(row)[path] == text.replace("\r\n", "\n")
        else:
            assert text in editing_kit.texts(row)["package.yaml"]


def test_the_page_shows_what_will_be_sent_and_escapes_it() -> None:
    row = kit.started()
    answer = Client().post(
        editing_kit.home(row, MESSAGE), {"messages/received.id.md": TYPED, "seen:a": "mark"}, headers=OURS
    )
    page = answer.content.decode()
    assert "Simpan &lt;nomor&gt; ini &amp; tunggu." in page
    assert "<nomor>" not in page
    shown = page.split('<dl class="kept">')[1]
    assert "Simpan" in unescape(shown)
    assert "mark" not in shown


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_speaks_the_language_of_the_address(language: str) -> None:
    row = kit.started()
    address = editing_kit.home(row, MESSAGE).removeprefix("/en" if language == "id" else "")
    page = Client().post(address, {"a": "b"}, headers=OURS).content.decode()
    assert {"id": "Yang Anda ketik masih ada di sini", "en": "What you typed is still here"}[language] in page
    assert f'href="{"" if language == "id" else "/en"}/accounts/login/?next=' in page


def test_passwords_and_files_are_not_kept_and_the_page_says_so() -> None:
    row = kit.started()
    answer = Client().post(
        editing_kit.home(row),
        {"name": "a", "passphrase": "rahasia-1", "pin": "1234", "paper": SimpleUploadedFile("a.pdf", b"isi")},
        headers=OURS,
    )
    page = answer.content.decode()
    assert kept(answer.content)[1].keys() == {"name"} | {"csrfmiddlewaretoken"}
    assert "rahasia-1" not in page
    assert "1234" not in page
    assert "Files could not be kept" in page
    assert "Passwords are never kept" in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "http://elsewhere.example/a"},
        {**OURS, "HX-Request": "true"},
        {**OURS, "Sec-Fetch-Mode": "cors"},
    ],
)
def test_what_another_site_or_a_script_sends_is_never_shown(headers: dict[str, str]) -> None:
    row = kit.started()
    answer = Client().post(editing_kit.home(row, MESSAGE), {"a": "palsu"}, headers=headers)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/en/accounts/login/")
    strict_answer = Client(enforce_csrf_checks=True).post(
        editing_kit.home(row, MESSAGE), {"a": "palsu"}, headers=headers
    )
    assert (strict_answer.status_code, b"palsu" in strict_answer.content) == (403, False)


def test_who_needs_no_account_is_not_sent_to_sign_in_by_a_page_that_was_open_for_long() -> None:
    releases.published()
    visitor = Client(enforce_csrf_checks=True)
    answer = visitor.post("/en/try/32.11/sktm/", {"do": "start", "note": "Ketikan"}, headers=OURS)
    page = answer.content.decode()
    assert (answer.status_code, "Ketikan" in page, "no longer signed in" in page) == (403, True, False)
    action, fields = kept(answer.content)
    assert visitor.post(action, fields, headers=OURS).status_code != 403


def test_the_form_of_signing_in_is_asked_for_anew() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/en/accounts/login/", {"login": "a@b.example"}, headers=OURS
    )
    assert (answer.status_code, b"a@b.example" in answer.content) == (403, False)


def test_nothing_sent_and_too_much_sent_lead_to_the_sign_in_page() -> None:
    row = kit.started()
    for fields in ({}, {"a": "b" * (3 * 1024 * 1024 + 1)}):
        answer = Client().post(editing_kit.home(row, MESSAGE), fields, headers=OURS)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/en/accounts/login/")


def test_who_comes_back_in_the_other_tab_is_told_to_return() -> None:
    page = signed_in(kit.officer()).get("/en/accounts/back/").content.decode()
    assert "go back to the one that still holds what you typed" in page
    assert Client().get("/en/accounts/back/").status_code == 302
