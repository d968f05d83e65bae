"""What share followed up: the country, one host or visitor, and for ministries and provinces who owes what."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.kernel import clock
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import Kind, Organization, find_organization
from livinglab.ui.figures import Figure
from livinglab.ui.web.files import figure_file
from livinglab.visits import policies
from livinglab.visits.domain.parties import Parties
from livinglab.visits.queries.funnel import Asked, Counts, Funnel, Side, Stage, VisitorKind, funnel
from livinglab.visits.queries.kept import kept_funnel
from livinglab.visits.queries.owing import Owed, Owing, Wanted, owing
from livinglab.visits.queries.parties import actor_of
from livinglab.visits.web import follow_words as words
from livinglab.visits.web.follow_door import Supervisor, choices, province_ids, supervisor_page
from livinglab.visits.web.follow_figures import Told, figures_of, on_the_page, owing_figure

FORMATS: Final = ("csv", "xlsx", "json")
#: rows of partners on the page; the files have all
MOST_ROWS: Final = 100
PAGE: Final = 50
_SIDES: Final = {"hosts": Side.HOST, "visitors": Side.VISITOR}


def told() -> Told:
    """This function will return what the figures of today say of themselves; made-up rows count in demo mode only."""
    return Told(clock.today(), settings.DEMO)


@require_safe
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """This function will show what share of study visits was followed up, by kind of visitor, year, host, cohort."""
    by = _side(request.GET.get("by", "hosts"))
    said = told()
    found = kept_funnel(Asked(today=said.today, with_synthetic=said.synthetic, by=by), at=clock.now())
    figures = figures_of(found, said, by=by)
    regions = found.of(VisitorKind.REGION)
    partners = "hosts" if by is Side.HOST else "visitors"
    context = {
        "heading": words.country_heading(regions),
        "standing": words.standing(regions),
        "young": words.too_young(regions),
        "missed": words.missed(sum(one.missed for one in (*found.kinds.values(), *found.alone.values()))),
        "stages": stages(regions),
        "synthetic": said.synthetic,
        "figures": figures,
        "tables": on_the_page(figures, most=MOST_ROWS),
        "shown": ("kinds", "alone", "years", partners, "cohorts"),
        "partners": partners,
        "downloads": {key: downloads(reverse("visits:follow"), key) for key in figures},
        "switch": _switch(by),
    }
    return render(request, "visits/follow.html", context)


@require_safe
@never_cache
def follow_file(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """This function will give one table of the country's follow-through as CSV, XLSX or JSON."""
    by = Side.VISITOR if key == "visitors" else Side.HOST
    said = told()
    found = kept_funnel(Asked(today=said.today, with_synthetic=said.synthetic, by=by), at=clock.now())
    return figure_file(figures_of(found, said, by=by), key, file_format, name=f"follow-through-{key}")


@require_safe
@never_cache
def follow_host(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show what came of the visits that one organisation hosted, and of those that it made."""
    organization = _organization(code)
    said = told()
    hosted, made = (_of_one(organization, said, side) for side in (Side.HOST, Side.VISITOR))
    context = {
        "organization": organization,
        "heading": _("What became of study visits: %(name)s") % {"name": organization.name},
        "synthetic": said.synthetic,
        "sides": [
            {
                "key": key,
                "heading": heading,
                "rows": [(str(words.KINDS[kind]), one, stages(one)) for kind, one in found.kinds.items()],
                "standing": _of_regions(found),
                "figure": figure,
                "table": on_the_page({key: figure}, most=MOST_ROWS)[key],
                "downloads": downloads(reverse("visits:follow-host", args=[code]), key),
            }
            for key, heading, found, figure in (
                ("visitors", _("Visits that it hosted"), *hosted),
                ("hosts", _("Visits that it made"), *made),
            )
        ],
        "breadcrumbs": ((_("Follow-through"), reverse("visits:follow")), (organization.name, None)),
    }
    return render(request, "visits/follow_host.html", context)


@require_safe
@never_cache
def follow_host_file(request: HttpRequest, code: str, key: str, file_format: str) -> HttpResponse:
    """This function will give the visitors of a host, or the hosts of a visitor, as CSV, XLSX or JSON."""
    organization = _organization(code)
    if key not in _SIDES:
        raise UnknownValue(_("figure"), key, _SIDES, status=404)
    side = Side.VISITOR if key == "hosts" else Side.HOST
    _found, figure = _of_one(organization, told(), side)
    return figure_file({key: figure}, key, file_format, name=f"follow-through-{code}-{key}")


@require_safe
@supervisor_page
def owed(request: HttpRequest, supervisor: Supervisor) -> HttpResponse:
    """This function will show ministries and provinces which commitments have steps that are not done."""
    known = choices(supervisor)
    code = request.GET.get("province", "")
    ids = province_ids(supervisor, code, known)
    said = told()
    page, found = _part(
        Wanted(today=said.today, with_synthetic=said.synthetic, province_ids=ids),
        _page(request.GET.get("page", "1")),
    )
    here = reverse("visits:owing")
    context = {
        "heading": words.missed(found.missed),
        "found": found,
        "rows": _readable(found.rows, supervisor),
        "today": said.today,
        "synthetic": said.synthetic,
        "provinces": [("", _("all provinces")), *((one.code, one.name) for one in known)],
        "province": code,
        "page": page,
        "pages": -(-found.total // PAGE),
        "link": lambda number: f"{here}?province={code}&page={number}",
        "downloads": [
            (name.upper(), reverse("visits:owing-file", args=[name]) + (f"?province={code}" if code else ""))
            for name in FORMATS
        ],
        "may_keep_cohorts": supervisor.is_ministry,
        "breadcrumbs": ((_("Follow-through"), reverse("visits:follow")), (_("Who owes what"), None)),
    }
    return render(request, "visits/follow_owing.html", context)


@require_safe
@supervisor_page
def owed_file(request: HttpRequest, supervisor: Supervisor, file_format: str) -> HttpResponse:
    """This function will give the whole list of who owes what as CSV, XLSX or JSON."""
    ids = province_ids(supervisor, request.GET.get("province", ""), choices(supervisor))
    said = told()
    found = owing(Wanted(today=said.today, with_synthetic=said.synthetic, province_ids=ids))
    return figure_file(
        {"owing": owing_figure(_readable(found.rows, supervisor), said)}, "owing", file_format, name="owing"
    )


def _part(wanted: Wanted, page: int) -> tuple[int, Owing]:
    """A page of the list and its number; behind the end the last page."""
    found = owing(replace(wanted, limit=PAGE, offset=(page - 1) * PAGE))
    if found.rows or page == 1:
        return page, found
    last = max(-(-owing(replace(wanted, limit=1)).total // PAGE), 1)
    return last, owing(replace(wanted, limit=PAGE, offset=(last - 1) * PAGE))


def _readable(rows: Iterable[Owed], supervisor: Supervisor) -> list[Owed]:
    """The list with the titles that somebody may read; where not, a commitment is called by its number."""
    actor = actor_of(supervisor.user)
    return [
        one
        if policies.may_read_texts(actor, Parties(one.host_id, one.organization_id)) is None
        else replace(one, title=_("Commitment %(number)s") % {"number": one.number})
        for one in rows
    ]


def stages(counts: Counts) -> list[dict[str, object]]:
    """This function will return the stages with their counts and rules, as the pages show them."""
    return [
        {"label": str(words.STAGES[one]), "rule": str(words.RULES[one]), "count": counts.at(one)}
        for one in Stage
    ]


def downloads(base: str, key: str) -> list[tuple[str, str]]:
    """This function will return the addresses of a table's files."""
    return [(name.upper(), f"{base}{key}.{name}") for name in FORMATS]


def _side(given: str) -> Side:
    if given not in _SIDES:
        raise UnknownValue(_("list"), given, _SIDES)
    return _SIDES[given]


def _switch(by: Side) -> list[dict[str, object]]:
    here = reverse("visits:follow")
    return [
        {"url": f"{here}#hosts", "label": _("By host"), "current": by is Side.HOST},
        {"url": f"{here}?by=visitors#visitors", "label": _("By visitor"), "current": by is Side.VISITOR},
    ]


def _of_one(organization: Organization, said: Told, side: Side) -> tuple[Funnel, Figure]:
    """What came of an organisation's visits on one side, and its partners on the other."""
    other = Side.VISITOR if side is Side.HOST else Side.HOST
    asked = Asked(
        today=said.today,
        with_synthetic=said.synthetic,
        organization_id=organization.id,
        side=side,
        by=other,
    )
    found = funnel(asked)
    return found, figures_of(found, said, by=other)["visitors" if other is Side.VISITOR else "hosts"]


def _of_regions(found: Funnel) -> str:
    """The share in words where only regions came: of other kinds none is said."""
    return words.standing(found.of(VisitorKind.REGION)) if set(found.kinds) == {VisitorKind.REGION} else ""


def _organization(code: str) -> Organization:
    found = find_organization(code)
    if found is None or found.kind == Kind.PLATFORM:
        raise Http404(code)
    return found


def _page(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
