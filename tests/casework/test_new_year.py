"""Numbers begin at 1 again with the year of the region's clock, and have no gap on either side of midnight."""

from datetime import UTC, datetime
from typing import Final

import pytest

from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Counter, Paper
from livinglab.casework.operations import cases
from livinglab.kernel.tenancy import tenancy
from livinglab.packages.queries.cases import AnswersRefused
from tests.casework import published
from tests.casework.kit import VILLAGE, arrived, begun, done, home, running, seated

pytestmark = pytest.mark.django_db

#: 23:59:59 on 31 December and 00:00:01 on 1 January in western Indonesia; the same day and year in UTC
LAST: Final = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
FIRST: Final = datetime(2026, 12, 31, 17, 0, 1, tzinfo=UTC)


def counted(series: str) -> list[tuple[int, int]]:
    """Return the years of a series, each with its last number."""
    with tenancy(home().id):
        return list(Counter.objects.filter(series=series).order_by("year").values_list("year", "last"))


def test_applications_begin_at_one_again_in_the_second_after_midnight() -> None:
    service = running()
    refused = begun(service, at=LAST, truth=False)
    numbers = [arrived(service, at=LAST).number, arrived(service, at=LAST).number]
    for at in (LAST, FIRST):  # what is refused takes no number of either year
        with pytest.raises(AnswersRefused):
            cases.submit(organization=home(), token=refused, by=None, at=at)
    numbers += [arrived(service, at=FIRST).number]
    numbers += [arrived(service, at=LAST).number]  # a server whose clock is two seconds behind
    numbers += [arrived(service, at=FIRST).number]
    assert numbers == [
        *("SKTM-2026-000001", "SKTM-2026-000002"),
        *("SKTM-2027-000001", "SKTM-2026-000003", "SKTM-2027-000002"),
    ]
    assert counted("case/sktm") == [(2026, 3), (2027, 2)]


def test_a_document_is_numbered_in_the_year_in_which_it_is_signed() -> None:
    service = running()
    operator, head = seated("operator", SeatKind.VILLAGE), seated("kades", SeatKind.SIGNER)
    signed = []
    for applied, decided in ((LAST, LAST), (LAST, FIRST), (LAST, LAST), (FIRST, FIRST)):
        case = arrived(service, at=applied, village=VILLAGE)
        done(case.id, "check", operator, key=f"a{case.id}", at=applied, result="complete")
        done(case.id, "approve", head, key=f"b{case.id}", at=decided, approved=True)
        with tenancy(home().id):
            signed.append((case.number, Paper.objects.get(case_id=case.id).number))
    assert signed == [
        ("SKTM-2026-000001", "SKTM/1/2026"),
        ("SKTM-2026-000002", "SKTM/1/2027"),
        ("SKTM-2026-000003", "SKTM/2/2026"),
        ("SKTM-2027-000001", "SKTM/2/2027"),
    ]
    assert counted("SKTM") == [(2026, 2), (2027, 2)]


def test_what_an_office_publishes_is_numbered_so_too() -> None:
    service = published.running("data-terbuka")
    for nth, at in enumerate((LAST, LAST, FIRST, FIRST)):
        case = published.ready_data(service)
        done(case.id, "publish", published.officer("wali"), key=f"terbit-{nth}", at=at, **published.LINKED)
    assert [one.number for one in published.entries()] == ["2026-1", "2026-2", "2027-1", "2027-2"]
