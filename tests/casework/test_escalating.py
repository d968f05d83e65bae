"""What is late is told to the superior: once in the history, at their desk, and by one mail a day."""

from datetime import timedelta

import pytest
from django.core import mail

from livinglab.audit.models import Entry
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Case, EscalationDigest, Step, Task
from livinglab.casework.operations import escalating
from livinglab.casework.tasks import escalate_region
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import (
    AT,
    NEIGHBOUR,
    REGION,
    VILLAGE,
    arrived,
    coordinator,
    done,
    home,
    running,
    seated,
)
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db
DESK = f"/regions/{REGION}/desk/"
#: the first step is due at the end of the next working day
LATER = AT + timedelta(days=3)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def escalated(at: object = LATER, **more: int) -> int:
    return escalating.escalate(organization_id=home().id, at=at, **more)  # type: ignore[arg-type]


def mailed(at: object = LATER) -> list[str]:
    mail.outbox.clear()
    escalating.mail(organization_id=home().id, at=at)  # type: ignore[arg-type]
    return sorted(one.to[0] for one in mail.outbox)


def told(case: Case) -> int:
    with tenancy(home().id):
        return Step.objects.filter(case_id=case.id, what="escalated").count()


def test_what_is_late_is_told_once_for_each_step_and_what_is_not_late_stays() -> None:
    service = running()
    late, soon = arrived(service), arrived(service, at=LATER)
    assert escalated() == 1
    assert escalated() == 0
    assert (told(late), told(soon)) == (1, 0)
    with tenancy(home().id):
        assert Task.objects.get(case_id=late.id).escalated_at == LATER
        assert list(Entry.objects.filter(action="casework.escalated").values_list("facts", flat=True)) == [
            {"count": 1}
        ]
    done(late.id, "check", seated("operator", SeatKind.VILLAGE), result="complete", at=LATER)
    assert escalated(LATER) == 0
    assert escalated(LATER + timedelta(days=10)) == 2
    with tenancy(home().id):
        places = list(Step.objects.filter(case_id=late.id).order_by("place").values_list("place", flat=True))
        assert places == list(range(Case.objects.get(id=late.id).steps))


def test_nothing_is_late_while_the_applicant_is_asked() -> None:
    case = arrived(running())
    done(case.id, "check", seated("operator", SeatKind.VILLAGE), result="incomplete", reason="KTP buram")
    assert escalated(AT + timedelta(days=5)) == 0


def test_many_are_told_in_batches() -> None:
    service = running()
    for _nth in range(5):
        arrived(service)
    assert escalated(batch=2) == 5
    with tenancy(home().id):
        assert Entry.objects.filter(action="casework.escalated").count() == 3


def test_the_superior_of_the_place_is_mailed_once_a_day_numbers_and_no_names() -> None:
    arrived(running())
    coordinator()
    camat = seated("camat", SeatKind.SUPERIOR, "32.11.01")
    seated("lain", SeatKind.SUPERIOR, "32.11.02")
    assert mailed() == []
    escalated()
    assert mailed() == [camat.email]
    (letter,) = mail.outbox
    assert "SKTM-2026-000001" in letter.body
    assert "Warga Contoh" not in letter.subject + letter.body
    assert mailed() == []
    assert mailed(LATER + timedelta(days=1)) == []  # nothing new
    with tenancy(home().id):
        assert EscalationDigest.objects.get().number == 1


def test_where_there_is_no_superior_who_answers_for_the_services_is_told() -> None:
    service = running()
    arrived(service)
    arrived(service, village=NEIGHBOUR)
    lurah = seated("lurah", SeatKind.SUPERIOR, VILLAGE)
    escalated()
    assert mailed() == sorted([coordinator().email, lurah.email])
    by_person = {one.to[0]: one.body for one in mail.outbox}
    assert "SKTM-2026-000001" in by_person[lurah.email]
    assert "SKTM-2026-000001" not in by_person[coordinator().email]
    assert "SKTM-2026-000002" in by_person[coordinator().email]


def test_a_mail_that_is_refused_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    arrived(running())
    coordinator()
    escalated()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _refuse)
        assert mailed() == []
    assert mailed() == [coordinator().email]


def _refuse(*_args: object, **_more: object) -> int:
    raise OSError("the mail server is away")


def test_the_desk_of_a_superior_shows_it_without_the_application_itself() -> None:
    arrived(running())
    ani = seated("ani", SeatKind.VILLAGE, VILLAGE)
    camat = signed_in(seated("camat", SeatKind.SUPERIOR, "32.11.01"))
    assert "SKTM-2026-000001" not in text(camat.get(f"{DESK}?standing=escalated"))
    escalate_region(str(home().id))
    assert "Disampaikan kepada Anda: 1" in text(camat.get(DESK))
    page = text(camat.get(f"{DESK}?standing=escalated"))
    with tenancy(home().id):
        waiting = Task.objects.get()
    assert "SKTM-2026-000001" in page
    assert f'href="{DESK}{waiting.id}/"' not in page
    assert camat.get(f"{DESK}{waiting.id}/").status_code == 403
    camat.post(f"{DESK}act/", {"task": str(waiting.id), "act": "to", "to": str(ani.id)})
    with tenancy(home().id):
        assert Task.objects.get().assignee == ani.id
    other = signed_in(seated("lain", SeatKind.SUPERIOR, "32.11.02"))
    assert "SKTM-2026-000001" not in text(other.get(f"{DESK}?standing=escalated"))
    assert "SKTM-2026-000001" in text(signed_in(coordinator()).get(f"{DESK}?standing=escalated"))
