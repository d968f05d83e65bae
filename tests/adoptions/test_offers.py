"""A region offers back what it improved; the publisher takes it into its next version, or says why not."""

import pytest

from livinglab.adoptions.domain.states import OfferState
from livinglab.adoptions.models import Adoption, Offer
from livinglab.adoptions.operations import editions, offers
from livinglab.adoptions.queries.editions import texts_in_use, texts_of_release
from livinglab.adoptions.queries.offers import find_offer, offerable, offers_waiting, prospect_of
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Role
from livinglab.packages.queries.differences import compare
from livinglab.packages.queries.merging import Side
from livinglab.releases.models import Release
from tests.adoptions import kit
from tests.organizations.people import make_member, organization, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
LETTER, FORM = "documents/letter.html", "form.schema.json"
NAME = f"{FORM}#/properties/full_name/x-title/en"
WORDS = {"title": "Label nama yang lebih jelas", "why": "Warga sering salah mengisi."}


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def by_adopter() -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT}


def by_publisher() -> dict[str, object]:
    return {
        "organization": organization(releases.PUBLISHER),
        "by": releases.coordinator(),
        "at": kit.AT,
    }


def adapted() -> Adoption:
    """Return an adoption that reworded the letter, named a field anew and raised the hint of the income limit."""
    row = kit.started()
    kit.edited(row, LETTER, "Surat Keterangan Tidak Mampu", "Surat Keterangan Kurang Mampu")
    kit.edited(row, FORM, '"en": "Full name"', '"en": "Your full name"')
    kit.edited(row, "package.yaml", 'hint: "600000"', 'hint: "725000"')
    return at_work(row)


def at_work(row: Adoption) -> Adoption:
    editions.publish_draft(adoption_id=row.id, note="", **by_adopter())
    with tenancy(row.organization_id):
        row.refresh_from_db()
    return row


def edited_twice(row: Adoption, *words: tuple[str, str]) -> None:
    """Change two texts of the form in one draft."""
    with tenancy(row.organization_id):
        text = texts_in_use(row)[FORM]
    for old, new in words:
        assert old in text
        text = text.replace(old, new, 1)
    editions.draft(adoption_id=row.id, path=FORM, text=text, **by_adopter())


def offered(row: Adoption, *paths: str) -> Offer:
    return offers.offer(adoption_id=row.id, paths=paths or (NAME,), **WORDS, **by_adopter())


def test_what_is_the_regions_own_stays_and_the_rest_may_be_offered() -> None:
    row = adapted()
    with tenancy(row.organization_id):
        found = offerable(row)
    assert {one.change.path.partition("#")[0] for one in found.may_leave} == {LETTER, FORM}
    assert [one.change.path for one in found.stays] == ["package.yaml#/parameters[id=income_limit]/hint"]


def test_one_of_two_changes_is_offered_and_nothing_else_leaves() -> None:
    row = adapted()
    offer = offered(row)
    base = texts_of_release(row.base_id)
    with tenancy(None):
        found = prospect_of(offer, {})
    assert [one.change.path for one in found.changes] == [NAME]
    assert (str(found.version), found.merged.is_whole) == ("1.0.1", True)
    assert found.merged.files[LETTER] == base[LETTER]
    assert found.report is not None
    assert found.report.is_sound
    assert offered(row).id == offer.id
    assert Offer.objects.count() == 1


def test_an_offer_names_changes_says_what_and_why_and_is_made_by_who_decides() -> None:
    row = adapted()
    given = {"adoption_id": row.id, **by_adopter()}
    for paths, words, code in (
        ((), WORDS, "nothing_chosen"),
        ((NAME,), {**WORDS, "title": " "}, "title_missing"),
        ((NAME,), {**WORDS, "why": ""}, "why_missing"),
        (("package.yaml#/parameters[id=income_limit]/hint",), WORDS, "change_unknown"),
    ):
        with pytest.raises(Refused) as error:
            offers.offer(paths=paths, **words, **given)
        assert code_of(error) == code
    clerk = make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER)
    with pytest.raises(Refused) as error:
        offers.offer(paths=(NAME,), **WORDS, **{**given, "by": clerk})
    assert code_of(error) == "may_not_decide"
    assert not Offer.objects.exists()


def test_the_publisher_reads_the_old_and_the_new_text_of_what_is_offered() -> None:
    row = kit.started()
    words = "Tulis persis Seperti pada KTP, tanpa gelar, juga bila nama itu hanya satu kata."
    kit.edited(row, FORM, "Seperti pada KTP.", words)
    offer = offered(at_work(row), f"{FORM}#/properties/full_name/x-hint/id")
    address = f"/en/regions/32.11/packages/offers/{offer.id}/"
    page = signed_in(releases.coordinator()).get(address).content.decode()
    assert "Form field “Full name”: hint (Indonesian) changed" in page
    assert "<del>KTP.</del>" in page
    assert "<ins>KTP, tanpa gelar, juga bila nama itu hanya satu kata.</ins>" in page


def test_what_leans_on_a_change_that_was_not_chosen_is_not_offered() -> None:
    row = kit.started()
    field = '"nik": {\n      "x-type": "nik"'
    new = (
        '"helper_name": {"x-type": "text", "type": "string", "maxLength": 100, '
        '"x-title": {"id": "Nama pendamping"}},\n    '
    )
    fields = '"fields": ["full_name", "nik"'
    edited_twice(row, (field, new + field), (fields, f'{fields}, "helper_name"'))
    kit.edited(row, LETTER, "{{ form.full_name }}", "{{ form.full_name }} {{ form.helper_name }}")
    at_work(row)
    with tenancy(row.organization_id):
        paths = [one.change.path for one in offerable(row).may_leave]
    leaning = [path for path in paths if path.startswith(LETTER)]
    with pytest.raises(editions.NotSound):
        offered(row, *leaning)
    assert not Offer.objects.exists()
    assert offered(row, *paths).state == OfferState.OFFERED


def test_a_taken_offer_is_the_next_version_that_credits_its_offerer() -> None:
    row = adapted()
    offer = offers.accept(offer_id=offered(row).id, choices={}, **by_publisher())
    release = offer.taken_in
    assert release is not None
    assert (offer.state, release.version, release.state) == (OfferState.TAKEN, "1.0.1", "in_review")
    assert release.changes == "- Label nama yang lebih jelas (Kabupaten Siak)"
    with pytest.raises(Refused) as error:
        offers.accept(offer_id=offer.id, choices={}, **by_publisher())
    assert code_of(error) == "answered_already"


def test_after_acceptance_the_upgrade_leaves_nothing_of_what_was_taken() -> None:
    row = adapted()
    offer = offers.accept(offer_id=offered(row).id, choices={}, **by_publisher())
    assert offer.taken_in is not None
    newer = releases.listed(offer.taken_in)
    editions.upgrade(adoption_id=row.id, release=newer, choices={}, **by_adopter())
    with tenancy(row.organization_id):
        row.refresh_from_db()
        left = compare(texts_of_release(newer.id), texts_in_use(row)).differences
    assert {one.change.path.partition("#")[0] for one in left} == {LETTER, "package.yaml"}


def test_what_the_publisher_changed_too_is_a_question_to_the_publisher() -> None:
    row = adapted()
    offer = offered(row)
    files = releases.files_of("sktm", organization(releases.PUBLISHER))
    words = ('"en": "Full name"', '"en": "Name in full"')
    releases.published(files=releases.raised(files, "1.0.1", **{FORM: words}))
    with pytest.raises(editions.Undecided) as error:
        offers.accept(offer_id=offer.id, choices={}, **by_publisher())
    (question,) = error.value.merged.conflicts
    with pytest.raises(Refused) as refused:
        offers.accept(offer_id=offer.id, choices={question.path: Side.OURS}, **by_publisher())
    assert code_of(refused) == "nothing_new"
    taken = offers.accept(offer_id=offer.id, choices={question.path: Side.THEIRS}, **by_publisher())
    assert taken.taken_in is not None
    assert taken.taken_in.version == "1.0.2"


def test_an_offer_is_declined_with_a_reason_or_taken_back() -> None:
    row = adapted()
    offer = offered(row)
    with pytest.raises(Refused) as error:
        offers.decline(offer_id=offer.id, reason=" ", **by_publisher())
    assert code_of(error) == "reason_missing"
    declined = offers.decline(offer_id=offer.id, reason="Sudah ada di versi berikutnya.", **by_publisher())
    assert (declined.state, declined.taken_in) == (OfferState.DECLINED, None)
    again = offered(row)
    assert again.id != offer.id
    assert offers.withdraw(offer_id=again.id, **by_adopter()).state == OfferState.WITHDRAWN
    assert Release.objects.count() == 1


def test_only_both_sides_of_an_offer_see_it_and_each_does_only_its_part() -> None:
    offer = offered(adapted())
    stranger = organization("33.22")
    assert find_offer(stranger.id, offer.id) is None
    assert offers_waiting(organization(releases.PUBLISHER).id) == 1
    by_stranger = {"organization": stranger, "by": releases.coordinator("33.22"), "at": kit.AT}
    for call in (
        lambda: offers.accept(offer_id=offer.id, choices={}, **by_stranger),
        lambda: offers.decline(offer_id=offer.id, reason="Tidak.", **by_stranger),
        lambda: offers.withdraw(offer_id=offer.id, **by_stranger),
        lambda: offers.accept(offer_id=offer.id, choices={}, **by_adopter()),
        lambda: offers.withdraw(offer_id=offer.id, **by_publisher()),
    ):
        with pytest.raises(offers.UnknownOffer):
            call()
    officer = make_member("dinas.uji", Role.AGENCY_OFFICER, releases.PUBLISHER)
    with pytest.raises(Refused) as error:
        offers.accept(offer_id=offer.id, choices={}, **{**by_publisher(), "by": officer})
    assert code_of(error) == "may_not_decide"
    offer.refresh_from_db()
    assert offer.state == OfferState.OFFERED


def test_the_pages_lead_from_the_offer_to_the_next_version() -> None:
    row = adapted()
    adopter, publisher = signed_in(kit.officer()), signed_in(releases.coordinator())
    path = f"/en/regions/14.08/adoptions/{row.id}/offers/"
    page = adopter.get(path).content.decode()
    assert "You can offer 2 changes back to Sumedang." in page
    assert "Form field “Nama lengkap”" in page or "Full name" in page
    keys = [part.split('"')[0] for part in page.split('name="take" value="')[1:]]
    refused = adopter.post(path, {"form": "offer", "take": keys[:1], "title": "", "why": "Jelas."})
    assert refused.status_code == 422
    assert "Say in up to 160 characters what you offer." in refused.content.decode()
    assert adopter.post(path, {"form": "offer", "take": keys, **WORDS}).status_code == 302
    assert "waits for its answer" in adopter.get(path).content.decode()
    listed = publisher.get("/en/regions/32.11/packages/offers/").content.decode()
    assert "1 change waits for your answer." in listed
    offer = Offer.objects.get()
    here = f"/en/regions/32.11/packages/offers/{offer.id}/"
    page = publisher.get(here).content.decode()
    assert "It fits your version 1.0.0 without a question." in page
    assert "Taken, it becomes version 1.0.1." in page
    assert publisher.post(here, {"form": "decline", "reason": ""}).status_code == 422
    assert publisher.post(here, {"form": "accept"}).status_code == 302
    assert "version 1.0.1" in publisher.get(here).content.decode()
    assert "taken, in version 1.0.1" in adopter.get(path).content.decode()


def test_the_publisher_answers_the_question_on_the_page() -> None:
    row = adapted()
    offer = offered(row)
    files = releases.files_of("sktm", organization(releases.PUBLISHER))
    words = ('"en": "Full name"', '"en": "Name in full"')
    releases.published(files=releases.raised(files, "1.0.1", **{FORM: words}))
    publisher, here = signed_in(releases.coordinator()), f"/en/regions/32.11/packages/offers/{offer.id}/"
    page = publisher.get(here).content.decode()
    assert "It asks 1 question, because you changed the same since." in page
    assert "Name in full" in page
    assert "Your full name" in page
    assert publisher.post(here, {"form": "accept"}).status_code == 422
    assert publisher.post(here, {"form": "accept", f"at:{NAME}": "theirs"}).status_code == 302


def test_nobody_elses_offer_is_there() -> None:
    offer = offered(adapted())
    stranger, adopter = signed_in(releases.coordinator("33.22")), signed_in(kit.officer())
    assert stranger.get(f"/regions/33.22/packages/offers/{offer.id}/").status_code == 404
    assert stranger.get(f"/regions/32.11/packages/offers/{offer.id}/").status_code == 403
    assert adopter.get(f"/regions/14.08/packages/offers/{offer.id}/").status_code == 404
    assert stranger.get(f"/regions/33.22/packages/offers/{new_id()}/").status_code == 404
