"""Figures of services follow their cases, count each once, and are the same when all is counted anew."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner

from livinglab.casework.commands import casework
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.events import CaseMoved
from livinglab.casework.models import Case, CaseFact, ServiceMonth
from livinglab.casework.operations import cases, counting
from livinglab.kernel.events import handle, subscriptions, to_payload
from livinglab.kernel.models import DataVersion
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import AT, VILLAGE, arrived, done, home, running, seated
from tests.organizations.people import organization
from tests.releases.kit import files_of, raised

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def counted(case_id: UUID) -> None:
    """Count a case as the subscriber of its move does."""
    event = CaseMoved(organization_id=home().id, case_id=case_id, service_id=case_id)
    handle("casework.count_case", to_payload(event))


def rows() -> list[dict[str, object]]:
    hidden = ("id", "organization_id", "service_id")
    return [
        {name: value for name, value in row.items() if name not in hidden}
        for row in ServiceMonth.objects.order_by("month", "release").values()
    ]


def month(month: date, release: str = "1.0.0", **counts: object) -> dict[str, object]:
    named = ("arrived", "granted", "refused", "lapsed", "withdrawn", "handed_over", "kept", "breached")
    return {"release": release, "month": month, **dict.fromkeys(named, 0), "days": {}, "hours": {}, **counts}


def test_moves_of_cases_are_heard() -> None:
    assert ("casework.count_case", CaseMoved) in [(one.name, one.event) for one in subscriptions()]


def test_a_case_counts_where_it_arrived_and_where_it_ended() -> None:
    case = arrived(running())
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1)]
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(
        case.id, "check", officer, result="wrong", reason="Bukan warga desa ini.", at=AT + timedelta(days=31)
    )
    counted(case.id)
    assert rows() == [
        month(NOVEMBER, arrived=1),
        month(DECEMBER, refused=1, breached=1, days={"23": 1}, hours={"744": 1}),
    ]


def test_a_case_counts_once_however_often_it_is_looked_at() -> None:
    case = arrived(running())
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, result="wrong", reason="Bukan warga desa ini.", at=AT + timedelta(days=1))
    for _time in range(3):
        counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1, refused=1, kept=1, days={"1": 1}, hours={"24": 1})]
    with tenancy(home().id):
        assert CaseFact.objects.count() == 1


def test_pages_are_stale_only_when_something_changed() -> None:
    case = arrived(running())
    counted(case.id)
    first = DataVersion.objects.get(topic=counting.FIGURES).number
    counted(case.id)
    assert DataVersion.objects.get(topic=counting.FIGURES).number == first


def test_who_withdraws_has_an_outcome_and_no_duration() -> None:
    case = arrived(running())
    cases.withdraw(organization=home(), case_id=case.id, key="1", by=None, at=AT + timedelta(days=1))
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1, withdrawn=1)]


def test_versions_are_counted_apart() -> None:
    first = arrived(running())
    newer = raised(files_of("sktm", home()), "1.1.0")
    second = arrived(running(**{path: newer[path].decode() for path in ("package.yaml", "CHANGELOG.md")}))
    for case in (first, second):
        counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1), month(NOVEMBER, "1.1.0", arrived=1)]


def test_a_case_that_is_open_again_is_taken_back() -> None:
    case = arrived(running())
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    done(case.id, "check", officer, result="wrong", reason="Bukan warga desa ini.", at=AT + timedelta(days=1))
    counted(case.id)
    with tenancy(home().id):
        Case.objects.filter(id=case.id).update(outcome="", ended_at=None)
    counted(case.id)
    assert rows() == [month(NOVEMBER, arrived=1)]


def test_a_case_of_another_region_is_not_found() -> None:
    case = arrived(running())
    counting.count_case(organization_id=organization("14.08").id, case_id=case.id)
    assert rows() == []


def test_counting_all_anew_comes_to_the_same() -> None:
    service = running()
    officer = seated("operator", SeatKind.VILLAGE, VILLAGE)
    for nth in range(4):
        case = arrived(service, at=AT + timedelta(hours=nth))
        if nth:
            done(
                case.id,
                "check",
                officer,
                key=f"k{nth}",
                result="wrong",
                reason="Bukan warga desa ini.",
                at=AT + timedelta(days=2 * nth),
            )
        counted(case.id)
    followed = rows()
    ServiceMonth.objects.update(arrived=99)
    result = CliRunner().invoke(casework, ["recount"])
    assert (result.exit_code, result.output) == (0, "4 cases of 1 organisations counted\n")
    assert rows() == followed
    counted(case.id)  # what is counted anew is not counted again
    assert rows() == followed


def test_an_unknown_region_is_refused() -> None:
    result = CliRunner().invoke(casework, ["recount", "--region", "00.00"])
    assert result.exit_code == 2
    assert "no organisation has the code 00.00" in result.output
