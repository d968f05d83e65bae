"""A host is told that a visit was asked for: on the pages of its people and by mail."""

from smtplib import SMTPException
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

from livinglab.accounts.models import User
from livinglab.kernel.events import subscriptions
from livinglab.visits.events import VisitRequested
from livinglab.visits.models import Visit
from livinglab.visits.operations import letters, visits
from livinglab.visits.operations.letters import tell_host
from tests.organizations.people import signed_in
from tests.visits.kit import AT, HOST, Scene, scene, wanted

pytestmark = pytest.mark.django_db


class _Refusing(BaseEmailBackend):
    def send_messages(self, _messages: object) -> int:
        raise SMTPException("the server is away")


@pytest.fixture
def here() -> Scene:
    return scene()


def asked(here: Scene) -> Visit:
    return visits.ask(
        host=here.host, visitor=here.visitor, wanted=wanted(), by=here.visitor_coordinator, at=AT
    )


def page(user: User, path: str) -> str:
    return signed_in(user).get(path).content.decode()


def test_a_request_waits_on_the_pages_of_the_hosts_people_until_it_is_answered(here: Scene) -> None:
    home, said = f"/en/organizations/{HOST}/", "1 request for a study visit to answer"
    assert said not in page(here.host_coordinator, home)
    visit = asked(here)
    for path in (home, "/en/me/"):
        found = page(here.host_coordinator, path)
        assert said in found
        assert "Waiting for an answer" in found
    assert said not in page(here.visitor_coordinator, "/en/me/")
    visits.agree(visit_id=visit.id, day=visit.wished_from, by=here.host_coordinator, at=AT)
    assert said not in page(here.host_coordinator, home)


def test_those_who_answer_are_mailed_without_what_was_written(here: Scene) -> None:
    visit = asked(here)
    User.objects.filter(id=here.host_coordinator.id).update(language="en")
    assert tell_host(visit.id) == 1
    (sent,) = outbox.outbox
    assert sent.to == [here.host_coordinator.email]
    assert sent.subject == f"{here.visitor.name} asks to visit {here.host.name}"
    assert visit.purpose not in sent.body
    assert "agree on a day or to decline with a reason" in sent.body


def test_what_was_answered_meanwhile_is_told_to_nobody(here: Scene) -> None:
    visit = asked(here)
    visits.decline(visit_id=visit.id, reason="Sedang penuh.", by=here.host_coordinator, at=AT)
    assert tell_host(visit.id) == 0
    assert tell_host(UUID(int=0)) == 0
    assert outbox.outbox == []


def test_a_mail_that_is_refused_leaves_the_notice(here: Scene) -> None:
    visit = asked(here)
    with override_settings(EMAIL_BACKEND=f"{__name__}._Refusing"):
        assert tell_host(visit.id) == 0
    assert "1 request for a study visit to answer" in page(here.host_coordinator, "/en/me/")


def test_asking_tells_of_it(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(visits, "publish", told.append)
    visit = asked(here)
    assert told == [VisitRequested(visit_id=visit.id)]
    (found,) = [one for one in subscriptions() if one.event is VisitRequested]
    assert found.name == "visits.tell_host"
    monkeypatch.setattr(letters, "tell_host", told.append)
    found.handler(VisitRequested(visit_id=visit.id))
    assert told[-1] == visit.id
