"""People are told of what happened to packages: once each, on their page and by one mail."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail as outbox

from livinglab.adoptions import tasks
from livinglab.adoptions.domain.notices import NoticeKind
from livinglab.adoptions.models import Adoption, Notice
from livinglab.adoptions.operations import adoptions, agreements, editions, notices, offers
from livinglab.adoptions.operations.letters import SENTENCES, URGENCIES, write_letter
from livinglab.kernel.events import subscriptions
from livinglab.organizations.queries import Role, waiting_for
from livinglab.releases.domain.states import AdvisoryKind, ReleaseStep, Severity
from livinglab.releases.models import Advisory, Release
from livinglab.releases.operations import advisories, reviews
from tests.adoptions import kit
from tests.organizations.people import make_member, organization, signed_in
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
NAME = "form.schema.json#/properties/full_name/x-title/en"


def by_adopter() -> dict[str, object]:
    return {"organization": kit.home(), "by": kit.officer(), "at": kit.AT}


def newer() -> Release:
    files = releases.files_of("sktm", organization(releases.PUBLISHER))
    return releases.published(files=releases.raised(files, "1.0.1"))


def told_of(release: Release) -> int:
    return notices.tell_of_release(listing_id=release.listing_id, release_id=release.id, state=release.state)


def warned(release: Release, version: str = "1.0.0") -> Advisory:
    return advisories.warn(
        listing=release.listing,
        versions=[version],
        kind=AdvisoryKind.FAULTY,
        severity=Severity.CRITICAL,
        text="Batas penghasilan salah dihitung.",
        issued_for=organization(releases.PUBLISHER),
        by=releases.coordinator(),
        at=kit.AT,
    )


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("at", "kind", "user__email")
    return [(one.kind, one.user.email) for one in rows.select_related("user")]


def test_adopters_of_an_older_version_are_told_of_a_newer_one_once() -> None:
    kit.started()
    clerk = make_member("entri.uji", Role.DATA_ENTRY, kit.ADOPTER)
    make_member("warga.uji", Role.CITIZEN, kit.ADOPTER)
    release = newer()
    assert (told_of(release), told_of(release)) == (2, 0)
    assert told() == [(NoticeKind.NEWER, clerk.email), (NoticeKind.NEWER, kit.officer().email)]
    outbox.outbox.clear()
    assert (notices.mail(now=kit.AT), notices.mail(now=kit.AT)) == (2, 0)
    letter = next(one for one in outbox.outbox if one.to == [kit.officer().email])
    assert letter.subject.startswith("Surat Keterangan Tidak Mampu: versi 1.0.1 ditawarkan oleh")
    assert "Yang berubah:\n- Perubahan." in letter.body


def test_who_runs_the_newest_and_who_ended_is_told_nothing() -> None:
    row = kit.started()
    release = newer()
    editions.upgrade(adoption_id=row.id, release=release, choices={}, **by_adopter())
    assert told_of(release) == 0
    editions.go_back(adoption_id=row.id, number=1, **by_adopter())
    adoptions.take(adoption_id=row.id, step=adoptions.AdoptionStep.END, reason="Selesai.", **by_adopter())
    assert told_of(release) == 0
    assert not Notice.objects.exists()


def test_who_runs_a_withdrawn_version_is_told_why() -> None:
    release = releases.published()
    kit.started(release)
    gone = reviews.take(
        release_id=release.id,
        step=ReleaseStep.WITHDRAW,
        reason="Dasar hukum dicabut.",
        by=releases.coordinator(),
        at=kit.AT,
    )
    assert told_of(gone) == 1
    (notice,) = Notice.objects.all()
    assert "Dasar hukum dicabut." in write_letter(notice, language="id").text


def test_a_warning_reaches_who_runs_these_versions_with_its_urgency() -> None:
    release = releases.published()
    kit.started(release)
    one = warned(release)
    given = {"listing_id": release.listing_id, "advisory_id": one.id}
    assert notices.tell_of_advisory(**given, is_lifted=False) == 1
    assert notices.tell_of_advisory(**given, is_lifted=True) == 0
    (notice,) = Notice.objects.all()
    letter = write_letter(notice, language="en")
    assert letter.subject.endswith("warns of version 1.0.0: act today.")
    assert "Batas penghasilan salah dihitung." in letter.text
    advisories.lift(advisory_id=one.id, by=releases.coordinator(), at=kit.AT)
    assert notices.tell_of_advisory(**given, is_lifted=True) == 1
    newest = newer()
    other = warned(newest, "1.0.1")
    assert notices.tell_of_advisory(listing_id=newest.listing_id, advisory_id=other.id, is_lifted=False) == 0


def test_an_agreement_waits_for_both_sides_and_then_the_adopter_knows() -> None:
    row = kit.started()
    one = agreements.propose(adoption_id=row.id, terms=kit.TERMS, **by_adopter())
    assert [notices.tell_of_agreement(agreement_id=one.id) for _ in range(2)] == [2, 0]
    kit.agreed(row)
    assert notices.tell_of_agreement(agreement_id=one.id) == 1
    assert sorted(kind for kind, _email in told()) == [NoticeKind.AGREED, *[NoticeKind.AGREEMENT_WAITS] * 2]


def offered() -> tuple[Adoption, offers.Offer]:
    row = kit.started()
    kit.edited(row, "form.schema.json", '"en": "Full name"', '"en": "Your full name"')
    editions.publish_draft(adoption_id=row.id, note="", **by_adopter())
    return row, offers.offer(
        adoption_id=row.id, paths=[NAME], title="Label", why="Rahasia kami.", **by_adopter()
    )


def test_an_offer_is_told_to_its_publisher_and_its_end_to_its_offerer() -> None:
    _row, offer = offered()
    assert notices.tell_of_offer(offer_id=offer.id, state="offered") == 1
    assert notices.tell_of_offer(offer_id=offer.id, state="taken") == 0
    (notice,) = Notice.objects.all()
    assert notice.organization.code == releases.PUBLISHER
    assert "Rahasia kami." not in write_letter(notice, language="id").text
    offers.accept(
        offer_id=offer.id,
        choices={},
        organization=organization(releases.PUBLISHER),
        by=releases.coordinator(),
        at=kit.AT,
    )
    assert notices.tell_of_offer(offer_id=offer.id, state="taken") == 1
    letter = write_letter(Notice.objects.get(kind=NoticeKind.OFFER_TAKEN), language="en")
    assert letter.subject.endswith("took your change into version 1.0.1.")


def test_a_refused_mail_is_tried_again_and_an_old_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    kit.started()
    release = newer()
    told_of(release)

    def refuse(_letter: object) -> int:
        raise SMTPException("closed")

    with monkeypatch.context() as patch:
        patch.setattr("livinglab.adoptions.operations.notices.EmailMessage.send", refuse)
        assert notices.mail(now=kit.AT) == 0
    assert Notice.objects.get().mailed_at is None
    assert notices.mail(now=kit.AT + timedelta(days=3)) == 0
    assert notices.mail(now=kit.AT + timedelta(hours=1)) == 1


def test_each_kind_has_its_sentence_each_severity_its_urgency_and_each_event_its_handler() -> None:
    assert set(SENTENCES) == set(NoticeKind)
    assert set(URGENCIES) == {one.value for one in Severity}
    names = {one.name for one in subscriptions()}
    handlers = {name for name in dir(tasks) if name.startswith("tell_of_")}
    assert {f"adoptions.{name}" for name in handlers} <= names
    assert len(handlers) == 6


def test_news_and_what_waits_stand_on_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    _row, offer = offered()
    notices.tell_of_offer(offer_id=offer.id, state="offered")
    told_of(newer())
    monkeypatch.setattr("livinglab.kernel.clock.now", lambda: kit.AT)
    page = signed_in(releases.coordinator()).get("/en/regions/32.11/packages/offers/").content.decode()
    assert "offers you a change." in page
    page = signed_in(kit.officer()).get("/en/regions/14.08/adoptions/").content.decode()
    assert "version 1.0.1 is offered by" in page
    assert "offers you a change." not in page
    publisher = organization(releases.PUBLISHER)
    waiting = [one.url for one in waiting_for(publisher, {Role.COORDINATOR})]
    assert any(url.endswith("/regions/32.11/packages/offers/") for url in waiting)
    assert waiting_for(publisher, {Role.AGENCY_OFFICER}) == []
