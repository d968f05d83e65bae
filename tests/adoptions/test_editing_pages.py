"""The editors of an adaptation, as an officer of the adopting region uses them in the browser."""

import pytest

from livinglab.adoptions.domain.states import AdoptionStep
from livinglab.adoptions.operations import adoptions, editions
from livinglab.organizations.queries import Role
from tests.adoptions import kit
from tests.adoptions.editing_kit import boxes, drafts, home, officer, said, texts, typed
from tests.organizations.people import make_member, signed_in

pytestmark = pytest.mark.django_db
FORM, RULE = "form.schema.json", "rules/eligibility.json"
NIK = "forms/citizen-form/fields/nik/"
TITLE = "at.properties.nik.x-title"


PAGES = (
    "forms/citizen-form/",
    "forms/check/",
    "forms/citizen-form/fields/full_name/",
    "forms/citizen-form/fields/purpose/",
    "forms/citizen-form/fields/family_card/",
    "rules/eligibility/",
    "texts/messages/granted/",
    "texts/documents/letter/",
    "service/standard/",
    "service/law/",
    "service/parameters/",
    "service/others/",
)


def test_keeping_what_stands_on_a_page_changes_nothing() -> None:
    row = kit.started()
    browser = officer()
    for page in PAGES:
        answer = browser.post(home(row, page), {**boxes(browser.get(home(row, page)).content), "do": "keep"})
        assert (page, answer.status_code, drafts(row)) == (page, 302, set())


LETTER_IS_THERE = (
    "# Your letter has been issued\n\nThe letter for application {{ case.number }} can be fetched at "
    "{{ param.office_name }}.{% if form.referral %} {{ param.agency_name }} will contact you.{% endif %}\n"
)
EDITS = (
    ("texts/messages/granted/", "messages/granted.en.md", LETTER_IS_THERE),
    ("forms/citizen-form/", "at.x-title.en", "Ask for a letter"),
    ("forms/citizen-form/fields/full_name/", "at.properties.full_name.x-hint.en", "As on your card."),
    ("forms/citizen-form/fields/full_name/", "at.properties.full_name.maxLength", "80"),
    ("forms/check/fields/reason/", "at.properties.reason.maxLength", "400"),
    ("rules/eligibility/", "at.rows.1.because.en", "Income per person is within the limit."),
    ("rules/eligibility/", "at.rows.1.then.urgent", "true"),
    ("service/standard/", "at.standard.product.en", "A signed letter."),
    ("service/standard/", "at.standard.duration.within.days", "2"),
    ("service/law/", "at.law.3.cite", "Peraturan Bupati Contoh"),
    ("service/parameters/", "at.parameters.4.hint", "700000"),
    ("service/others/", "at.data.keep.months", "12"),
)


def test_one_edit_is_one_difference_and_typing_it_back_is_none() -> None:
    row = kit.started()
    before, browser = texts(row), officer()
    for page, name, value in EDITS:
        typed = boxes(browser.get(home(row, page)).content)
        assert name in typed
        assert browser.post(home(row, page), {**typed, name: value, "do": "keep"}).status_code == 302
        assert (name, len(said(before, texts(row)))) == (name, 1)
        back = {**boxes(browser.get(home(row, page)).content), name: typed[name], "do": "keep"}
        assert browser.post(home(row, page), back).status_code == 302
        assert (name, drafts(row)) == (name, set())


def test_what_is_no_part_of_a_package_is_refused_at_its_field_and_nothing_typed_is_lost() -> None:
    row = kit.started()
    browser, address = officer(), home(row, "forms/citizen-form/fields/full_name/")
    name = "at.properties.full_name"
    wrong = typed(browser, address) | {f"{name}.x-title.en": "Your name", f"{name}.maxLength": "900"}
    answer = browser.post(address, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{name}.maxLength"' in page
    assert 'value="900"' in page
    assert 'value="Your name"' in page
    answer = browser.post(address, wrong | {f"{name}.maxLength": "many"})
    assert (answer.status_code, 'value="many"' in answer.content.decode()) == (422, True)
    answer = browser.post(address, wrong | {f"{name}.maxLength": "80", f"{name}.x-title.id": ""})
    assert "Write it in Indonesian too" in answer.content.decode()
    assert (answer.status_code, drafts(row)) == (422, set())


def test_what_breaks_a_check_is_kept_as_a_draft_said_at_its_cell_and_not_put_to_work() -> None:
    row = kit.started()
    browser, address = officer(), home(row, "rules/eligibility/")
    cell = "at.rows.1.then.urgent"
    answer = browser.post(address, typed(browser, address) | {cell: "form.wage > 3"}, follow=True)
    page = answer.content.decode()
    assert "It cannot be put to work yet: the checker finds 1 error." in page
    assert page.index(f'id="{cell}-error"') < page.index("What the checker says here")
    assert drafts(row) == {RULE}
    start = browser.get(home(row)).content.decode()
    assert "1 thing differs from the origin." in start
    assert "1 error keeps the draft from being put to work." in start
    refused = browser.post(home(row), {"do": "publish"})
    assert refused.status_code == 422
    assert "mend the errors below first" in refused.content.decode()
    assert browser.post(home(row), {"do": f"undo:{RULE}"}).status_code == 302
    assert drafts(row) == set()
    refused = browser.post(home(row), {"do": "publish"})
    assert "Nothing was changed since this edition." in refused.content.decode()
    assert browser.post(home(row), {"do": "undo:../x"}).status_code == 422


def test_two_people_at_one_file_overwrite_nothing_unseen() -> None:
    row = kit.started()
    browser, address = officer(), home(row, NIK)
    mine = typed(browser, address) | {f"{TITLE}.en": "Mine"}
    theirs = typed(browser, address) | {f"{TITLE}.en": "Theirs"}
    assert browser.post(address, theirs).status_code == 302
    answer = browser.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else kept changes here while you were typing." in page
    assert "“Theirs”" in page
    assert 'value="Mine"' in page
    assert '"en": "Theirs"' in texts(row)[FORM]
    assert browser.post(address, boxes(answer.content) | {"do": ["keep"]}).status_code == 302
    assert '"en": "Mine"' in texts(row)[FORM]
    address = home(row, "texts/messages/granted/")
    mine, theirs = typed(browser, address), typed(browser, address)
    assert browser.post(address, theirs | {"messages/granted.id.md": "# Siap\n\nAmbil."}).status_code == 302
    page = browser.post(address, mine | {"messages/granted.id.md": "# Terbit\n\nUnduh."}).content.decode()
    assert page.count("# Siap\n\nAmbil.") == 1
    assert page.count("# Terbit\n\nUnduh.") == 1


def test_a_field_is_added_on_a_page_of_its_own_previewed_moved_and_taken_out() -> None:
    row = kit.started()
    before, browser = texts(row), officer()
    address = home(row, "forms/citizen-form/add/?page=where")
    new = typed(browser, address) | {
        "at.properties..x-title.id": "Nama ibu",
        "at.properties..x-title.en": "Mother's name",
        "page": "+",
    }
    preview = browser.post(address, new | {"do": "preview"}).content.decode()
    assert "Mother&#39;s name (optional)" in preview.split('id="preview"')[1]
    refused = browser.post(address, new)
    assert (refused.status_code, "Give the new page a title" in refused.content.decode()) == (422, True)
    taken = browser.post(address, new | {"page-title.id": "Keluarga", "field-id": "nik"})
    assert (taken.status_code, "a field of this name already" in taken.content.decode()) == (422, True)
    assert browser.post(address, new | {"page-title.id": "Keluarga"}).status_code == 302
    assert said(before, texts(row)) == ["Page “Keluarga” added", "Form field “Mother's name” added"]
    form = home(row, "forms/citizen-form/")
    assert browser.post(form, typed(browser, form, do="up:nama_ibu")).status_code == 302
    assert "Page “Keluarga” added" not in said(before, texts(row))
    assert browser.post(form, typed(browser, form, do="remove:nama_ibu")).status_code == 302
    assert drafts(row) == set()


def test_another_type_shows_its_boxes_first_and_choices_come_and_go() -> None:
    row = kit.started()
    before, browser = texts(row), officer()
    address = home(row, "forms/citizen-form/fields/school/")
    answer = browser.post(address, typed(browser, address, type="choice"))
    assert answer.status_code == 200
    assert drafts(row) == set()
    place = "at.properties.school.x-options"
    shown = boxes(answer.content) | {f"{place}.0.text.id": ["SD"], f"{place}.0.value": ["sd"]}
    answer = browser.post(address, shown | {"do": ["add"]})
    shown = boxes(answer.content) | {f"{place}.1.text.id": ["SMP"]}
    assert browser.post(address, shown | {"do": ["keep"]}).status_code == 302
    assert '"enum": ["sd", "smp"]' in texts(row)[FORM]
    assert browser.post(address, typed(browser, address, do="remove:0")).status_code == 200
    assert '"enum": ["sd", "smp"]' in texts(row)[FORM]
    assert any("type" in one for one in said(before, texts(row)))


def test_rows_of_fields_have_columns_that_are_edited_too() -> None:
    row = kit.started()
    browser = officer()
    address = home(row, "forms/citizen-form/fields/school/")
    answer = browser.post(address, typed(browser, address, type="list"))
    assert browser.post(address, boxes(answer.content) | {"do": ["keep"]}).status_code == 302
    column = f"{address}columns/name/"
    title = "at.properties.school.items.properties.name.x-title.id"
    assert browser.post(column, typed(browser, column) | {title: "Nama kampus"}).status_code == 302
    assert '"id": "Nama kampus"' in texts(row)[FORM]
    new = typed(browser, f"{address}columns/") | {
        "at.properties.school.items.properties..x-title.id": "Tahun"
    }
    assert browser.post(f"{address}columns/", new).status_code == 302
    assert '"tahun"' in texts(row)[FORM]
    assert browser.get(f"{address}columns/none/").status_code == 404


def test_rows_of_a_table_are_added_and_moved_on_the_page_and_kept_together() -> None:
    row = kit.started()
    before, browser, address = texts(row), officer(), home(row, "rules/eligibility/")
    added = browser.post(address, typed(browser, address, do="add"))
    assert "It is not kept yet." in added.content.decode()
    assert drafts(row) == set()
    filled = boxes(added.content) | {
        "at.rows.2.when.purpose": ["'school'"],
        "at.rows.2.then.eligible": ["false"],
        "at.rows.2.then.urgent": ["false"],
        "at.rows.2.because.id": ["Contoh."],
    }
    moved = browser.post(address, filled | {"do": ["up:2"]})
    assert browser.post(address, boxes(moved.content) | {"do": ["keep"]}).status_code == 302
    assert said(before, texts(row)) == ["Row “row-1” added"]
    gone = browser.post(address, typed(browser, address, do="remove:1"))
    assert browser.post(address, boxes(gone.content) | {"do": ["keep"]}).status_code == 302
    assert drafts(row) == set()


def test_laws_and_parameters_come_and_go() -> None:
    row = kit.started()
    before, browser, address = texts(row), officer(), home(row, "service/law/")
    added = boxes(browser.post(address, typed(browser, address, do="add")).content)
    law = {"at.law.7.cite": ["Peraturan Bupati Contoh"], "at.law.7.about.id": ["Tata cara di sini"]}
    assert browser.post(address, added | law | {"do": ["keep"]}).status_code == 302
    assert len(said(before, texts(row))) == 1
    address = home(row, "service/parameters/")
    twice = browser.post(address, typed(browser, address, do="add") | {"new-id": "income_limit"})
    assert (twice.status_code, "no name twice" in twice.content.decode()) == (422, True)
    new = typed(browser, address, do="add") | {"new-id": "desk", "new-type": "text"}
    shown = boxes(browser.post(address, new).content) | {"at.parameters.10.name.id": ["Loket"]}
    assert browser.post(address, shown | {"do": ["keep"]}).status_code == 302
    assert len(said(before, texts(row))) == 2


def test_the_start_page_plays_scenarios_and_puts_the_draft_to_work_by_who_decides() -> None:
    row = kit.started()
    browser, address = officer(), home(row, NIK)
    assert browser.post(address, typed(browser, address) | {f"{TITLE}.en": "Your NIK"}).status_code == 302
    clerk = signed_in(make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER))
    played = clerk.get(f"{home(row)}?play=1").content.decode()
    assert "A family that qualifies receives its letter: as expected" in played
    refused = clerk.post(home(row), {"do": "publish"})
    assert (refused.status_code, drafts(row)) == (422, {FORM})
    assert browser.post(home(row), {"do": "publish", "note": "NIK"}).status_code == 302
    assert drafts(row) == set()
    assert "1 thing differs from the origin." in browser.get(home(row)).content.decode()
    page = browser.get(f"/regions/14.08/adoptions/{row.id}/edit/").content.decode()
    assert "1 hal berbeda dari asalnya." in page
    editions.go_back(organization=kit.home(), adoption_id=row.id, number=1, by=kit.officer(), at=kit.AT)
    adoptions.take(
        organization=kit.home(),
        adoption_id=row.id,
        step=AdoptionStep.END,
        reason="Selesai.",
        by=kit.officer(),
        at=kit.AT,
    )
    ended = browser.post(address, typed(browser, address) | {f"{TITLE}.en": "Mine"})
    assert (ended.status_code, drafts(row)) == (422, set())
    assert "This service has ended." in ended.content.decode()


def test_what_is_not_there_is_not_found() -> None:
    row = kit.started()
    browser = officer()
    for page in (
        "forms/none/",
        "forms/citizen-form/fields/none/",
        "rules/none/",
        "texts/messages/none/",
        "texts/others/granted/",
        "service/none/",
        "forms/citizen-form/fields/none/columns/",
    ):
        assert (page, browser.get(home(row, page)).status_code) == (page, 404)


def test_a_scenario_proves_what_was_changed_once_its_answers_follow() -> None:
    row = kit.started()
    before, browser = texts(row), officer()
    form = home(row, "forms/citizen-form/fields/phone/")
    answer = browser.post(form, typed(browser, form) | {"required": "yes"}, follow=True)
    assert "It cannot be put to work yet" in answer.content.decode()
    page = home(row, "scenarios/granted/")
    step = f"{page}0/"
    shown = boxes(browser.get(step).content)
    assert shown["full_name"] == ["Warga Contoh"]
    assert browser.post(step, {**shown, "phone": "0800000000", "_keep": "yes"}).status_code == 302
    assert (len(said(before, texts(row))), drafts(row)) == (2, {FORM, "scenarios/granted.yaml"})
    again = {**boxes(browser.get(step).content), "phone": "", "_keep": "yes"}
    assert browser.post(step, again).status_code == 302
    assert drafts(row) == {FORM}
    assert browser.post(home(row), {"do": f"undo:{FORM}"}).status_code == 302
    sent = "at.steps.1.expect.messages"
    assert browser.post(page, typed(browser, page) | {sent: "granted"}).status_code == 302
    assert f'id="{sent}-error"' in browser.get(page).content.decode()
    assert browser.post(page, typed(browser, page, do="remove")).status_code == 302
    assert "scenarios/granted.yaml" not in texts(row)
    assert browser.get(page).status_code == 404
    assert browser.post(home(row), {"do": "undo:scenarios/granted.yaml"}).status_code == 302
    assert drafts(row) == set()
    assert browser.get(f"{page}9/").status_code == 404
