"""One answer as people write it: with and without scripts, two at once, and from hand to hand."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest

from livinglab.evaluations.models import Answer, Evaluation, EvidenceUse
from livinglab.evaluations.operations import answers, evidence_uses
from livinglab.evidence import operations as evidence
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.browsing import BASE, page, sent, text_of
from tests.evaluations.kit import AT, Region, answer, draft, open_round
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db

ANSWER, STEP = "2025/21/", "2025/21/step/"
TYPED = {
    "base_version": "0",
    "level": "3",
    "met": ["2", "3"],
    "facts": "Fakta.\r\nBaris dua.",
    "analysis": "Analisis.",
}
SCRIPT = {"HTTP_X_AUTOSAVE": "true"}


@pytest.fixture
def siak() -> Region:
    return open_round()


def stored(siak: Region, indicator: str = "21") -> Answer:
    with tenancy(siak.organization.id):
        return Answer.objects.get(indicator=indicator)


def test_a_form_without_scripts_saves_and_comes_back_with_what_was_typed(siak: Region) -> None:
    client = signed_in(siak.entry)
    response = client.post(BASE + ANSWER, TYPED)
    assert (response.status_code, response["Location"]) == (302, BASE + ANSWER)
    row = stored(siak)
    assert (row.level, row.met, row.facts, row.version) == (Decimal(3), [2, 3], "Fakta.\nBaris dua.", 1)
    text = page(client, ANSWER)
    assert "SPBE risk management: level 3" in text
    assert "Saved." in text
    assert "Baris dua." in text


def test_a_script_learns_the_new_index_the_version_and_what_is_missing(siak: Region) -> None:
    response = signed_in(siak.entry).post(BASE + ANSWER, TYPED, **SCRIPT)  # type: ignore[arg-type]
    told = response.json()
    assert (response.status_code, told["version"], told["merged"]) == (200, 1, None)
    live = html.unescape(told["live"])
    assert "1.03" in live
    assert "Still missing for level 4" in live
    assert 'data-offered="3"' in live


def test_a_level_that_the_checklist_does_not_carry_is_refused_and_everything_typed_stays(
    siak: Region,
) -> None:
    client = signed_in(siak.entry)
    text = sent(client, ANSWER, status=422, **{**TYPED, "level": "4"})
    assert "Levels are cumulative: with this checklist the highest level is 3." in text
    assert "Baris dua." in text
    told = client.post(BASE + ANSWER, {**TYPED, "level": "4"}, **SCRIPT)  # type: ignore[arg-type]
    assert (told.status_code, told.json()["problems"]) == (
        422,
        ["Levels are cumulative: with this checklist the highest level is 3."],
    )
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()


def test_a_text_of_300_pages_is_refused_and_comes_back_whole(siak: Region) -> None:
    book = "Panjang. " * 60_000
    response = signed_in(siak.entry).post(BASE + ANSWER, {**TYPED, "facts": book})
    assert response.status_code == 422
    assert book.strip() in html.unescape(response.content.decode())
    assert "540000 characters are too many" in text_of(response, 422)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("level", "tiga", "Write the level as a number, such as 3."),
        ("level", "1e99999", "Write the level as a number, such as 3."),
        ("level", "NaN", "Write the level as a number, such as 3."),
        ("level", "9", "This instrument has the levels 1 to 5."),
        ("met", ["2", "x"], "The checklist names a level that this instrument does not have."),
        ("met", ["2", "77"], "The checklist names a level that this instrument does not have."),
        ("base_version", "", "The form was incomplete."),
        ("facts", "a\x00b", "The text holds a character that cannot be stored."),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_stored(
    siak: Region, field: str, value: object, words: str
) -> None:
    assert words in sent(signed_in(siak.entry), ANSWER, status=422, **{**TYPED, field: value})
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()


def test_sentences_to_begin_with_are_inserted_without_scripts_and_nothing_is_stored_yet(
    siak: Region,
) -> None:
    response = signed_in(siak.entry).post(BASE + ANSWER, {**TYPED, "intent": "scaffold-facts"})
    area = re.search(
        r'<textarea class="input" id="facts".*?>(.*?)</textarea>', response.content.decode(), re.S
    )
    assert area is not None
    assert html.unescape(area[1]).startswith("Fakta.\nBaris dua.\n\n")
    assert "<<" in html.unescape(area[1])
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()


def test_two_people_on_different_parts_are_merged_and_the_script_is_told_the_other_part(siak: Region) -> None:
    place = siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(3, "F", "A"), base_version=0, at=AT)
    answers.save(place=place, indicator="21", draft=draft(3, "F dua", "A"), base_version=1, at=AT)
    form = {"base_version": "1", "level": "3", "met": ["1", "2", "3"], "facts": "F", "analysis": "A dua"}
    told = signed_in(siak.coordinator).post(BASE + ANSWER, form, **SCRIPT).json()  # type: ignore[arg-type]
    assert told["merged"] == {
        "level": "3",
        "met": ["1", "2", "3"],
        "facts": "F dua",
        "analysis": "A dua",
        "external_source": "",
    }
    assert (stored(siak).facts, stored(siak).analysis, stored(siak).version) == ("F dua", "A dua", 3)


@pytest.fixture
def conflict(siak: Region) -> dict[str, object]:
    """Two people began with the same text; the data entry officer was first. This is what the other one sends."""
    place = siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(3, "Semula", "A"), base_version=0, at=AT)
    answers.save(place=place, indicator="21", draft=draft(3, "Dari entri", "A"), base_version=1, at=AT)
    return {
        "base_version": "1",
        "level": "3",
        "met": ["1", "2", "3"],
        "facts": "Dari sekda",
        "analysis": "A sekda",
    }


def test_a_conflict_shows_all_three_sides_and_stores_nothing(
    siak: Region, conflict: dict[str, object]
) -> None:
    client = signed_in(siak.coordinator)
    text = sent(client, ANSWER, status=409, **conflict)
    assert "two people changed the same part" in text
    for side in ("Before Semula", "Entri.14.08 left Dari entri", "You wrote Dari sekda"):
        assert side in text
    assert client.post(BASE + ANSWER, conflict, **SCRIPT).status_code == 409  # type: ignore[arg-type]
    assert (stored(siak).facts, stored(siak).version) == ("Dari entri", 2)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("mine", "Dari sekda"), ("theirs", "Dari entri"), ("edit", "Keduanya")],
)
def test_a_conflict_is_settled_by_choosing_or_writing_together(
    siak: Region, conflict: dict[str, object], choice: str, kept: str
) -> None:
    client = signed_in(siak.coordinator)
    response = client.post(BASE + ANSWER, conflict)
    form = hidden_fields(response.content.decode())
    assert (form["base_version"], form["analysis"]) == (
        ["2"],
        ["A sekda"],
    )  # the part only one wrote is merged
    response = client.post(
        BASE + ANSWER, {**form, "intent": "merge", "choose-facts": choice, "facts": "Keduanya"}
    )
    assert response.status_code == 302
    assert (stored(siak).facts, stored(siak).analysis) == (kept, "A sekda")


def hidden_fields(page_: str) -> dict[str, list[str]]:
    """What a browser sends of the merge form without a choice."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page_):
        found.setdefault(name, []).append(html.unescape(value))
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page_, re.S):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def test_an_answer_is_returned_with_a_reason_that_its_writer_reads(siak: Region) -> None:
    answer(siak, "21", 3)
    internal = signed_in(siak.internal)
    text = sent(internal, STEP, status=422, step="return", reason=" ")
    assert "Say why the answer goes back, so that it can be put right." in text
    assert internal.post(BASE + STEP, {"step": "return", "reason": "Reviu belum ada."}).status_code == 302
    text = page(signed_in(siak.entry), ANSWER)
    assert "Returned: Reviu belum ada." in text
    assert "returned at level 3" in text


def test_the_way_from_hand_to_hand_and_why_each_button_is_off(siak: Region) -> None:
    entry, internal, responsible = (signed_in(one) for one in (siak.entry, siak.internal, siak.responsible))
    assert "The answer was not handed in yet." in page(entry, ANSWER)
    assert entry.post(BASE + ANSWER, {**TYPED, "intent": "hand-in"}).status_code == 302
    text = page(entry, ANSWER)
    assert "The answer lies with the internal assessor." in text
    assert "Only an internal assessor who is not of the answering agency does this." in text
    sent(entry, STEP, status=422, step="accept")
    assert stored(siak).state == "answered"
    assert internal.post(BASE + STEP, {"step": "accept"}).status_code == 302
    assert responsible.post(BASE + STEP, {"step": "validate"}).status_code == 302
    assert stored(siak).state == "validated"


def test_handing_in_without_a_level_is_refused_but_the_text_is_stored(siak: Region) -> None:
    form = {"base_version": "0", "facts": "Sudah ditulis.", "intent": "hand-in"}
    text = sent(signed_in(siak.entry), ANSWER, status=422, **form)
    assert "Choose a level before you hand the answer in." in text
    assert (stored(siak).facts, stored(siak).state) == ("Sudah ditulis.", "open")


def test_who_may_not_write_reads_the_answer_and_why(siak: Region) -> None:
    text = page(signed_in(siak.officer), ANSWER)
    assert "Only the agency or person this indicator was given to" in text
    assert 'name="facts"' not in signed_in(siak.officer).get(BASE + ANSWER).content.decode()
    sent(signed_in(siak.officer), ANSWER, status=422, **TYPED)
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()


def test_evidence_is_attached_under_the_next_letter_and_taken_away(siak: Region) -> None:
    client = signed_in(siak.entry)
    assert "The library is empty" in page(client, "2025/21/evidence/")
    ids = []
    with tenancy(siak.organization.id):
        for title in ("Peraturan Bupati 12/2023", "Notulen reviu"):
            details = evidence.Details(title=title, type="policy", issued_on=date(2023, 5, 4))
            url = f"https://siak.example/{len(ids)}"
            piece = evidence.add_link(
                organization_id=siak.organization.id, url=url, details=details, by=siak.entry.id, at=AT
            )
            ids.append(piece.id)
    assert "Peraturan Bupati 12/2023" in page(client, "2025/21/evidence/?q=bupati")
    assert "Notulen" not in page(client, "2025/21/evidence/?q=bupati")
    text = sent(client, "2025/21/evidence/", status=422, piece=ids[0], level="")
    assert "Choose the level that the piece proves." in text
    for number, piece_id in enumerate(ids):
        form = {"piece": piece_id, "level": "3", "reference": "pasal 5, halaman 3"}
        assert client.post(f"{BASE}2025/21/evidence/", form).status_code == 302, number
    text = page(client, ANSWER)
    assert "21.a Peraturan Bupati 12/2023" in text
    assert "for level 3 · pasal 5, halaman 3" in text
    again = sent(client, "2025/21/evidence/", status=422, piece=ids[0], level="3")
    assert "This piece is shown for that level already." in again
    with tenancy(siak.organization.id):
        use = EvidenceUse.objects.get(letter="a")
    assert client.post(f"{BASE}2025/21/evidence/{use.id}/detach/").status_code == 302
    with tenancy(siak.organization.id):
        assert [one.letter for one in EvidenceUse.objects.all()] == ["b"]
        new = evidence_uses.attach(
            place=siak.as_(siak.entry), indicator="21", piece_id=ids[0], level=2, at=AT
        )
    assert new.letter == "c"  # texts may still speak of 21.a


def test_an_officer_of_another_agency_attaches_nothing(siak: Region) -> None:
    sent(signed_in(siak.officer), "2025/21/evidence/", status=422, piece=siak.entry.id, level="2")
    with tenancy(siak.organization.id):
        assert not EvidenceUse.objects.exists()


def test_a_piece_added_on_the_way_is_chosen_already_when_one_comes_back(siak: Region) -> None:
    client = signed_in(siak.entry)
    path = f"{BASE}2025/21/evidence/"
    link = re.search(r'href="([^"]+/evidence/new/[^"]*)"', client.get(path).content.decode())
    assert link is not None
    form = re.search(r'name="back" value="([^"]+)"', client.get(html.unescape(link[1])).content.decode())
    assert form is not None
    assert form[1] == path
    piece = {"title": "Notulen", "type": "minutes", "classification": "open", "url": "https://siak.example/n"}
    response = client.post("/en/regions/14.08/evidence/new/", {**piece, "back": form[1]})
    assert response["Location"].startswith(f"{path}?piece=")
    assert re.search(r'name="piece" value="[^"]+" checked', client.get(response["Location"]).content.decode())


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/a?b"])
def test_a_way_back_to_somewhere_else_is_not_taken(siak: Region, back: str) -> None:
    piece = {"title": "Notulen", "type": "minutes", "classification": "open", "url": "https://siak.example/n"}
    response = signed_in(siak.entry).post("/en/regions/14.08/evidence/new/", {**piece, "back": back})
    assert response["Location"].startswith("/en/regions/14.08/evidence/")


def test_a_newer_revision_takes_its_place_only_while_the_region_works(siak: Region) -> None:
    here = siak.organization.id
    with tenancy(here):
        details = evidence.Details(title="Perbup", type="policy", issued_on=date(2023, 5, 4))
        old = evidence.add_link(
            organization_id=here, url="https://siak.example/1", details=details, by=siak.entry.id, at=AT
        )
        evidence_uses.attach(place=siak.as_(siak.entry), indicator="21", piece_id=old.id, level=2, at=AT)
        new = evidence.revise_link(
            organization_id=here,
            piece_id=old.id,
            url="https://siak.example/2",
            details=details,
            by=siak.entry.id,
            at=AT,
        )
        revision = {"organization_id": here, "older_id": old.id, "newer_id": new.id, "at": AT}
        assert evidence_uses.follow_revision(**revision) == 1
        assert evidence_uses.follow_revision(**revision) == 0
        assert [one.piece_id for one in EvidenceUse.objects.all()] == [new.id]
        Evaluation.objects.update(state="approved")
        back = {**revision, "older_id": new.id, "newer_id": old.id}
        assert evidence_uses.follow_revision(**back) == 0
