"""What somebody was told of packages, as lines with the page to go on at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from livinglab.accounts.queries import User
from livinglab.adoptions.domain.notices import NoticeKind
from livinglab.adoptions.models import Notice
from livinglab.adoptions.operations.letters import sentence
from livinglab.adoptions.queries.notices import notices_for, spoken_of
from livinglab.kernel import clock
from livinglab.organizations.queries import Organization
from livinglab.ui.jinja import url_if_any

#: where the reader goes on; the rest go on at the package
_PAGES: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.AGREEMENT_WAITS: "adoptions:agreements",
    NoticeKind.AGREED: "adoptions:agreements",
    NoticeKind.OFFERED: "adoptions:received",
    NoticeKind.OFFER_WITHDRAWN: "adoptions:received",
    NoticeKind.FAULT_FOUND: "adoptions:faults-received",
    NoticeKind.FAULT_OF_MANY: "adoptions:faults-received",
}


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that happened."""

    at: datetime
    text: str
    href: str | None


def news_for(user: User, organization: Organization) -> tuple[NewsLine, ...]:
    """This function will return what a person was told for an organisation in the last 14 days, newest first."""
    return tuple(_lines(notices_for(user.id, organization_id=organization.id, now=clock.now()), organization))


def _lines(found: Iterable[Notice], organization: Organization) -> Iterable[NewsLine]:
    for one in found:
        page = _PAGES.get(NoticeKind(one.kind))
        listing = one.listing
        href = (
            url_if_any(page, organization.code)
            if page
            else url_if_any("releases:package", listing.publisher.code, listing.package_id)
        )
        yield NewsLine(one.at, sentence(one, spoken_of(one)), href)
