"""What others did that concerns the reader, in words, with the page to go on at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.evaluations.domain.notices import NoticeKind
from livinglab.evaluations.models import Notice

_WORDS: Final[Mapping[NoticeKind, Promise]] = {
    NoticeKind.HANDED_IN: _("Indicator %(number)s was handed in and waits for the internal assessor."),
    NoticeKind.ACCEPTED: _("Indicator %(number)s was accepted and waits for the responsible officer."),
    NoticeKind.RETURNED: _("Indicator %(number)s was returned with a reason."),
    NoticeKind.VALIDATED: _("Indicator %(number)s was validated."),
    NoticeKind.SCORED: _("Indicator %(number)s was scored by another assessor."),
    NoticeKind.OBJECTED: _("The region objects to the level of indicator %(number)s."),
    NoticeKind.SETTLED: _("The objection to indicator %(number)s was settled."),
}
#: where the reader goes on; the list of objections has no indicator in its address
_PAGES: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.SCORED: "evaluations:score",
    NoticeKind.OBJECTED: "evaluations:objections",
    NoticeKind.SETTLED: "evaluations:objections",
}


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that happened."""

    at: datetime
    where: str
    text: str
    href: str


def news(found: Iterable[Notice]) -> tuple[NewsLine, ...]:
    """This function will return notices as lines to read."""
    return tuple(_line(one) for one in found)


def _line(one: Notice) -> NewsLine:
    kind, organization, year = NoticeKind(one.kind), one.participation.organization, one.participation.year
    page = _PAGES.get(kind, "evaluations:answer")
    here = (
        [organization.code, year]
        if page == "evaluations:objections"
        else [organization.code, year, one.indicator]
    )
    return NewsLine(
        at=one.at,
        where=f"{organization.short_name} {year}",
        text=str(_WORDS[kind]) % {"number": one.indicator},
        href=reverse(page, args=here),
    )
