"""A guest that is not on the platform signs by a link: once, in time, and nobody by a link that is none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from livinglab.audit.queries import latest_entries
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.visits.domain.invitations import DAYS_TO_SIGN
from livinglab.visits.domain.kinds import CommitmentState, VisitorKind
from livinglab.visits.domain.process import VisitState
from livinglab.visits.models import Commitment, Invitation, Visit
from livinglab.visits.operations import commitments, guests, visits
from livinglab.visits.queries.funnel import Asked, funnel
from livinglab.visits.queries.invitations import find_invitation
from livinglab.visits.web import guest as pages
from tests.organizations.people import signed_in
from tests.visits import kit
from tests.visits.kit import AT, Scene

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def minuted(who: Scene, kind: VisitorKind = VisitorKind.NGO) -> Visit:
    visit = kit.guest(who, kind)
    visits.hold(visit_id=visit.id, day=kit.TODAY, by=who.host_coordinator, at=AT)
    return visits.minute(visit_id=visit.id, text="Catatan uji.", by=who.host_coordinator, at=AT)


def invited(who: Scene, visit: Visit) -> str:
    return guests.invite(visit_id=visit.id, by=who.host_coordinator, at=AT)


def sign(token: str, *, function: str = "Direktur (uji)", after: timedelta = MINUTE) -> Commitment:
    paper = kit.paper(signed_on=kit.TODAY)
    return guests.sign_as_guest(token=token, paper=paper, function=function, at=AT + after)


def test_a_guest_signs_by_its_link_and_its_visit_ends_in_a_commitment(who: Scene) -> None:
    visit = minuted(who)
    commitment = sign(invited(who, visit))
    visit.refresh_from_db()
    assert visit.state == VisitState.COMMITTED
    assert (commitment.organization_id, commitment.entered_by) == (None, None)
    assert commitment.signed_by_function == "Direktur (uji)"
    assert commitment.steps.count() == 2


def test_each_kind_keeps_its_own_denominator_and_what_a_guest_does_is_not_seen(who: Scene) -> None:
    for kind in (VisitorKind.NGO, VisitorKind.MINISTRY):
        minuted(who, kind)
    sign(invited(who, minuted(who, VisitorKind.NGO)))
    found = funnel(Asked(today=kit.ENDS_ON + timedelta(days=500)))
    counts = {kind: (one.started, one.committed, one.missed, one.ripe) for kind, one in found.kinds.items()}
    assert counts == {VisitorKind.NGO: (2, 1, 0, 0), VisitorKind.MINISTRY: (1, 0, 0, 0)}
    assert found.alone == {}


def test_a_link_works_once(who: Scene) -> None:
    token = invited(who, minuted(who))
    sign(token)
    with pytest.raises(guests.UnknownInvitation):
        sign(token, after=2 * MINUTE)
    assert Commitment.objects.count() == 1


def test_a_link_ends_with_its_days_and_not_before(who: Scene) -> None:
    token = invited(who, minuted(who))
    end = timedelta(days=DAYS_TO_SIGN)
    assert find_invitation(token, at=AT + end - MINUTE) is not None
    with pytest.raises(guests.UnknownInvitation):
        sign(token, after=end)
    assert not Commitment.objects.exists()


def test_a_revoked_link_and_one_that_was_replaced_open_nothing(who: Scene) -> None:
    visit = minuted(who)
    first = invited(who, visit)
    second = invited(who, visit)
    with pytest.raises(guests.UnknownInvitation):
        sign(first)
    assert guests.revoke(visit_id=visit.id, by=who.host_coordinator, at=AT)
    assert not guests.revoke(visit_id=visit.id, by=who.host_coordinator, at=AT)
    with pytest.raises(guests.UnknownInvitation):
        sign(second)
    assert not Commitment.objects.exists()


def test_a_secret_without_our_signature_opens_nothing(who: Scene) -> None:
    token = invited(who, minuted(who))
    secret, _dot, signature = token.rpartition(".")
    forged = signature[:-1] + ("A" if signature[-1] != "A" else "B")
    for wrong in (secret, f"{secret}.{forged}", f"x{token}", "", ".", "a.b"):
        assert find_invitation(wrong, at=AT) is None
    assert find_invitation(token, at=AT) is not None


def test_a_forged_token_takes_the_same_way_as_a_known_one(who: Scene) -> None:
    token = invited(who, minuted(who))
    asked = []
    for each in (token, f"x{token}", "kosong"):
        with CaptureQueriesContext(connection) as taken:
            find_invitation(each, at=AT)
        asked.append(len(taken))
    assert asked == [1, 1, 1]


def test_the_table_holds_no_secret(who: Scene) -> None:
    token = invited(who, minuted(who))
    kept = Invitation.objects.get()
    assert kept.token_hash not in token
    assert token.rpartition(".")[0] not in str(Invitation.objects.values().get())


@pytest.mark.parametrize("person", ["visitor_coordinator", "third_coordinator", "ministry", "citizen"])
def test_only_the_host_invites_and_revokes(who: Scene, person: str) -> None:
    visit = minuted(who)
    for act in (guests.invite, guests.revoke):
        with pytest.raises(Refused, match="not_for_the_host"):
            act(visit_id=visit.id, by=getattr(who, person), at=AT)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_before_the_minutes_or_who_has_an_account(who: Scene) -> None:
    early = kit.guest(who)
    with pytest.raises(Refused, match="minutes_first"):
        guests.invite(visit_id=early.id, by=who.host_coordinator, at=AT)
    with pytest.raises(Refused, match="on_the_platform"):
        guests.invite(visit_id=kit.minuted(who).id, by=who.host_coordinator, at=AT)
    assert not Invitation.objects.exists()


def test_the_trail_of_the_host_names_no_person(who: Scene) -> None:
    visit = minuted(who)
    commitment = sign(invited(who, visit))
    with tenancy(who.host.id):
        entries = {one.action: one for one in latest_entries(who.host.id)}
    assert entries["visits.guest_invited"].by == who.host_coordinator.id
    signed = entries["visits.guest_committed"]
    assert (signed.by, signed.subject, signed.facts["kind"]) == (None, str(commitment.id), "ngo")
    assert "uji" not in str(signed.facts)


def test_the_host_notes_that_its_guest_takes_it_back(who: Scene) -> None:
    commitment = sign(invited(who, minuted(who)))
    with pytest.raises(Refused, match="not_a_signer"):
        commitments.withdraw(commitment_id=commitment.id, reason="Uji.", by=who.visitor_head, at=AT)
    commitments.withdraw(commitment_id=commitment.id, reason="Uji.", by=who.host_coordinator, at=AT)
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.WITHDRAWN


def test_it_ends_by_its_last_day_and_nobody_is_told_that_it_was_missed(who: Scene) -> None:
    commitment = sign(invited(who, minuted(who)))
    assert commitments.end_over(at=kit.on(kit.ENDS_ON + timedelta(days=1))) == 1
    page = Client().get(f"/en/commitments/{commitment.id}/").content.decode()
    assert "not seen here" in page
    assert "missed 2" not in page
    assert "Direktur" not in page
    assert "Lembaga uji" not in page
    own = signed_in(who.host_coordinator).get(f"/commitments/{commitment.id}/").content.decode()
    assert "Kepala daerah (uji), Direktur (uji)" in own


def typed(**changed: str) -> dict[str, str]:
    today = clock.today()
    given = {
        "title": "Kerja sama (uji)",
        "number": "7/LSM/2026",
        "signer": "Penanda tangan (uji)",
        "function": "Direktur (uji)",
        "signed_on": today.isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
        "indicator-1": "21",
        "level-1": "4",
        "due-1": (today + timedelta(days=200)).isoformat(),
        "manner-1": "",
    }
    return given | changed


def link_of(who: Scene, visit: Visit) -> str:
    """The address that the host's page shows once."""
    answer = signed_in(who.host_coordinator).post(f"/visits/{visit.id}/invite/")
    assert answer.status_code == 200
    value = answer.content.decode().split('readonly value="')[1].split('"')[0]
    return value.removeprefix("http://testserver")


def test_the_pages_lead_from_the_link_to_the_commitment(who: Scene) -> None:
    visit = minuted(who)
    host = signed_in(who.host_coordinator)
    assert f"/visits/{visit.id}/invite/" in host.get(f"/visits/{visit.id}/").content.decode()
    link = link_of(who, visit)
    again = host.get(f"/visits/{visit.id}/").content.decode()
    assert link not in again
    assert f"/visits/{visit.id}/revoke/" in again
    guest = Client()
    assert "Lembaga uji" in guest.get(link).content.decode()
    refused = guest.post(link, typed(function=""))
    assert refused.status_code == 422
    assert 'href="#function"' in refused.content.decode()
    assert not Commitment.objects.exists()
    done = guest.post(link, typed())
    assert done.status_code == 302
    assert done["Location"] == f"/commitments/{Commitment.objects.get().id}/"
    assert guest.get(link).status_code == 404
    assert guest.post(link, typed()).status_code == 404
    assert Commitment.objects.count() == 1


def test_a_revoked_link_says_only_that_it_does_not_work(who: Scene) -> None:
    visit = minuted(who)
    link = link_of(who, visit)
    signed_in(who.host_coordinator).post(f"/visits/{visit.id}/revoke/")
    revoked, forged = Client().get(link), Client().get("/commitments/sign/tidak.ada/")
    assert (revoked.status_code, forged.status_code) == (404, 404)
    assert "Lembaga uji" not in revoked.content.decode()


def test_too_many_tries_from_one_address_are_told_to_wait(
    who: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_of(who, minuted(who))
    monkeypatch.setattr(pages, "MOST_TRIES", 2)
    guest = Client(REMOTE_ADDR="198.51.100.7")
    statuses = [guest.get("/commitments/sign/tidak.ada/").status_code for _try in range(3)]
    assert statuses == [404, 404, 429]
    assert guest.get(link).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.8").get(link).status_code == 200
