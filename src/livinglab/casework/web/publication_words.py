"""The words of what was published."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.casework.models import Publication
from livinglab.casework.queries.publications import MOST_COUNTED
from livinglab.kernel.clock import day_of
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.process import Publishes
from livinglab.packages.domain.publications import LICENCES
from livinglab.ui import formats


def finding(count: int, region: str, language: str, *, is_narrowed: bool) -> str:
    """This function will return in one sentence how much is published, of what was counted up to a thousand."""
    if count > MOST_COUNTED:
        said = (
            _("More than %(num)s entries fit")
            if is_narrowed
            else _("%(region)s published more than %(num)s entries for everybody")
        )
        return said % {"num": formats.count(MOST_COUNTED, language=language), "region": region}
    if is_narrowed:
        said = ngettext("%(num)s entry fits", "%(num)s entries fit", count)
    elif count:
        said = ngettext(
            "%(region)s published %(num)s entry for everybody",
            "%(region)s published %(num)s entries for everybody",
            count,
        )
    else:
        said = _("%(region)s has published nothing here yet")
    return said % {"num": count, "region": region}


def line(one: Publication, organization: Organization, language: str) -> dict[str, object]:
    """This function will return an entry as the list shows it."""
    parts = [kind(one), one.keeper, _day(one, organization, language)]
    if one.status:
        parts.insert(1, status(one.status))
    return {
        "href": reverse("casework:publication", args=[organization.code, one.number]),
        "title": one.title,
        "description": one.description,
        "about": " · ".join(part for part in parts if part),
        "is_synthetic": one.is_synthetic,
    }


def facts(one: Publication, organization: Organization, language: str) -> list[tuple[str, str]]:
    """This function will return what an entry says of itself, what it does not say left out."""
    number, year = one.document_number, one.document_year
    found = [
        (_("Kind of rule"), one.document_type),
        (
            _("Number and year"),
            _("%(number)s of %(year)s") % {"number": number, "year": year} if number else str(year or ""),
        ),
        (_("In force?"), status(one.status) if one.status else ""),
        (_("What amended or repealed it"), one.related),
        (_("Years"), _years(one)),
        (_("Updated"), frequency(one.frequency) if one.frequency else ""),
        (_("Licence"), LICENCES[one.licence].name if one.licence else ""),
        (_("Produced or kept by"), one.keeper),
        (_("Published on"), _day(one, organization, language)),
        (_("Newest edition"), _edition(one, organization, language)),
        (_("Published by the service"), one.names.get(language, one.names["id"])),
        (_("Entry number"), one.number),
    ]
    return [(name, value) for name, value in found if value]


def kind(one: Publication) -> str:
    """This function will return what an entry is."""
    if one.kind == Publishes.DATA:
        return _("Data")
    return one.document_type or _("Legal document")


def status(value: str) -> str:
    """This function will return whether a rule is in force."""
    return {
        "in_force": _("in force"),
        "amended": _("in force, amended"),
        "repealed": _("repealed"),
    }[value]


def frequency(value: str) -> str:
    """This function will return how often data is brought up to date."""
    return {
        "once": _("not"),
        "month": _("every month"),
        "quarter": _("every quarter"),
        "year": _("every year"),
    }[value]


def _years(one: Publication) -> str:
    years = sorted({year for year in (one.from_year, one.until_year) if year is not None})
    return (
        _("%(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
        if len(years) > 1
        else "".join(map(str, years))
    )


def _day(one: Publication, organization: Organization, language: str) -> str:
    return formats.day(day_of(one.published_at, organization.zone), language=language)


def _edition(one: Publication, organization: Organization, language: str) -> str:
    if one.edition == 1:
        return ""
    day = formats.day(day_of(one.revised_at, organization.zone), language=language)
    return _("%(nth)s, of %(day)s") % {"nth": one.edition, "day": day}
