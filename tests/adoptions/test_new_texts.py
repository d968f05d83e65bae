"""A message or document is added to an adaptation, written, used, and taken out once nothing uses it."""

from html import unescape

import pytest

from livinglab.audit.models import Entry
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.editing import examine
from livinglab.packages.queries.process_editing import diagram_of
from tests.adoptions import kit
from tests.adoptions.editing_kit import boxes, drafts, home, officer, said, texts
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
BPMN, MANIFEST = "process.bpmn", "package.yaml"
MESSAGE = {
    "title.id": "Permohonan {{ case.number }} sedang diperiksa",
    "body.id": "Petugas sedang memeriksa.\r\n\r\nTunggu kabar.",
    "title.en": "We are checking {{ case.number }}",
    "body.en": "An officer is checking.",
    "ident": "being-checked",
    "where": "f3",
}
DOCUMENT = {"title.id": "Tanda terima", "title.en": "Receipt", "series": "TT", "signed_by": "head"}


def test_a_message_is_added_where_it_is_sent_in_both_languages() -> None:
    row = kit.started()
    before, browser, page = texts(row), officer(), home(row, "new/messages/")
    answer = browser.post(page, {**boxes(browser.get(page).content), **MESSAGE})
    assert answer.headers["Location"] == home(row, "texts/messages/being-checked/")
    after = texts(row)
    assert after["messages/being-checked.id.md"] == (
        "# Permohonan {{ case.number }} sedang diperiksa\n\nPetugas sedang memeriksa.\n\nTunggu kabar.\n"
    )
    assert after["messages/being-checked.en.md"].startswith("# We are checking {{ case.number }}\n")
    main = diagram_of(after[BPMN]).main
    (step,) = (one for one in main.nodes.values() if one.said.get("message") == "being-checked")
    assert (step.name, step.lane) == ("Permohonan … sedang diperiksa", "village")
    assert [main.flows["f3"].source, main.flows["f3"].target] == ["check", step.id]
    assert drafts(row) == {BPMN, "messages/being-checked.id.md", "messages/being-checked.en.md"}
    assert {one.path.split("/")[0] for one in examine(after).errors()} == {"scenarios"}
    assert "Message “being-checked.id.md” added" in said(before, after)
    with tenancy(row.organization_id):
        entry = Entry.objects.filter(action="adoptions.drafted").latest("at")
    assert "messages/being-checked.id.md" in str(entry.facts["name"])


def test_a_message_sent_nowhere_is_named_by_its_subject_and_goes_again() -> None:
    row = kit.started()
    browser, page = officer(), home(row, "new/messages/")
    given = {"title.id": "Kantor tutup {{ case.today|date }}", "body.id": "Buka lagi besok."}
    answer = browser.post(page, {**boxes(browser.get(page).content), **given})
    own = home(row, "texts/messages/kantor-tutup/")
    assert answer.headers["Location"] == own
    assert drafts(row) == {"messages/kantor-tutup.id.md"}
    assert examine(texts(row)).errors() == ()
    start = unescape(browser.get(home(row)).content.decode())
    assert "Kantor tutup …" in start
    assert browser.post(own, {**boxes(browser.get(own).content), "do": "remove"}).status_code == 302
    assert drafts(row) == set()


def test_what_is_used_stays_and_says_where() -> None:
    row = kit.started()
    browser = officer()
    for page, places in (
        ("texts/messages/granted/", ("process, step “Kabari: surat terbit”", "scenario “")),
        (
            "texts/documents/letter/",
            ("process, step “Terbitkan surat”", "process, step “Tanda tangani surat”"),
        ),
    ):
        address = home(row, page)
        answer = browser.post(address, {**boxes(browser.get(address).content), "do": "remove"})
        shown = unescape(answer.content.decode())
        assert (answer.status_code, [one in shown for one in places]) == (422, [True, True])
        assert "It stays: it is still used by" in shown
    assert drafts(row) == set()


def test_a_document_begins_with_a_frame_is_written_issued_and_goes_again() -> None:
    row = kit.started()
    before, browser, page = texts(row), officer(), home(row, "new/documents/")
    answer = browser.post(page, {**boxes(browser.get(page).content), **DOCUMENT})
    own = home(row, "texts/documents/tanda-terima/")
    assert answer.headers["Location"] == own
    after = texts(row)
    assert after["documents/tanda-terima.html"].startswith('<div class="letterhead">')
    assert '<h1 class="centre">Receipt</h1>' in after["documents/tanda-terima.en.html"]
    assert (
        "  - {id: tanda-terima, name: {id: Tanda terima, en: Receipt}, series: TT, signed_by: head}"
        in (after[MANIFEST])
    )
    assert examine(after).errors() == ()
    assert "Document “Receipt” added" in said(before, after)
    shown = unescape(browser.get(own).content.decode())
    assert '<h1 class="centre">Tanda terima</h1>' in shown.split('id="preview"')[1]
    assert (
        'value="serviceTask|ll:kind|issue|tanda-terima"'
        in browser.get(home(row, "process/")).content.decode()
    )
    assert browser.post(own, {**boxes(browser.get(own).content), "do": "remove"}).status_code == 302
    assert drafts(row) == set()


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        ("messages", {"title.id": ""}, "Write it in Indonesian too"),
        ("messages", {"body.id": " "}, "Write it in Indonesian too"),
        ("messages", {"body.en": ""}, "In English write subject and text, or neither."),
        ("messages", {"ident": "granted"}, "There is one with this id already."),
        ("messages", {"ident": "../x"}, "Use small letters, digits and -"),
        ("messages", {"where": "gone"}, "There is no such way any more."),
        ("documents", {"title.id": ""}, "Write it in Indonesian too"),
        ("documents", {"series": "tt"}, "Use capital letters, digits and -"),
        ("documents", {"signed_by": "village"}, "Choose one of the options."),
        ("documents", {"ident": "letter"}, "There is one with this id already."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_added(
    kind: str, given: dict[str, str], problem: str
) -> None:
    row = kit.started()
    browser, page = officer(), home(row, f"new/{kind}/")
    whole = {**(MESSAGE if kind == "messages" else DOCUMENT), **given}
    answer = browser.post(page, {**boxes(browser.get(page).content), **whole})
    shown = unescape(answer.content.decode())
    assert (answer.status_code, problem in shown) == (422, True)
    kept = boxes(answer.content)
    assert {name: kept[name][0] for name in ("title.id", "title.en")} == {
        name: whole[name] for name in ("title.id", "title.en")
    }
    assert drafts(row) == set()


def test_who_does_not_prepare_services_adds_nothing() -> None:
    row = kit.started()
    stranger = signed_in(make_member("inspektorat.uji", Role.INSPECTORATE, kit.ADOPTER))
    assert stranger.post(home(row, "new/messages/"), MESSAGE).status_code == 403
    assert officer().get(home(row, "new/roles/")).status_code == 404
    assert drafts(row) == set()


def test_a_form_of_a_task_is_added_edited_and_goes_again() -> None:
    row = kit.started()
    before, browser, page = texts(row), officer(), home(row, "new/tasks/")
    given = {"title.id": "Periksa rumah", "title.en": "Look at the house"}
    answer = browser.post(page, {**boxes(browser.get(page).content), **given})
    own = home(row, "forms/periksa_rumah/")
    assert answer.headers["Location"] == own
    assert drafts(row) == {"tasks/periksa_rumah.schema.json"}
    assert examine(texts(row)).errors() == ()
    assert said(before, texts(row)) == ["Form to fill in “Look at the house” added"]
    assert "It is done" in browser.get(own).content.decode()
    process = browser.get(home(row, "process/")).content.decode()
    assert 'value="userTask|ll:form|periksa_rumah|"' in process
    start = unescape(browser.get(home(row)).content.decode())
    assert home(row, "new/tasks/") in start
    browser.post(home(row), {"do": "undo:tasks/periksa_rumah.schema.json"})
    assert drafts(row) == set()


@pytest.mark.parametrize("kind", ["boolean", "text", "integer", "money", "number"])
def test_a_decision_table_is_added_and_takes_rows(kind: str) -> None:
    row = kit.started()
    before, browser, page = texts(row), officer(), home(row, "new/rules/")
    given = {"title.id": "Tarif", "title.en": "Fee", "asks": "purpose", "type": kind, "ident": "tarif"}
    answer = browser.post(page, {**boxes(browser.get(page).content), **given})
    own = home(row, "rules/tarif/")
    assert answer.headers["Location"] == own
    assert examine(texts(row)).errors() == ()
    assert said(before, texts(row)) == ["Decision table “Fee” added"]
    shown = unescape(browser.get(own).content.decode())
    assert "form.purpose" in shown
    assert browser.post(own, boxes(browser.get(own).content) | {"do": ["keep"]}).status_code == 302
    assert 'value="businessRuleTask|ll:rule|tarif|"' in browser.get(home(row, "process/")).content.decode()


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        ("tasks", {"title.id": ""}, "Write it in Indonesian too"),
        ("tasks", {"ident": "check"}, "There is one with this id already."),
        ("tasks", {"ident": "a-b"}, "Use small letters, digits and _"),
        ("rules", {"ident": "../eligibility"}, "Use small letters, digits and _"),
        ("rules", {"ident": "eligibility"}, "There is one with this id already."),
        ("rules", {"asks": "nobody"}, "Choose one of the options."),
        ("rules", {"type": "secret"}, "Choose one of the options."),
    ],
)
def test_a_new_form_or_table_that_does_not_fit_is_said(
    kind: str, given: dict[str, str], problem: str
) -> None:
    row = kit.started()
    browser, page = officer(), home(row, f"new/{kind}/")
    whole = {"title.id": "Baru", "asks": "purpose", "type": "boolean", **given}
    answer = browser.post(page, {**boxes(browser.get(page).content), **whole})
    assert (answer.status_code, problem in unescape(answer.content.decode())) == (422, True)
    assert drafts(row) == set()
