"""What each agency promised and kept, for the head of the region and the secretary."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.actions.access import actions_page
from livinglab.actions.domain.scorecard import AgencyLine, total_of
from livinglab.actions.policies import may_read_scorecard
from livinglab.actions.queries.places import Place
from livinglab.actions.queries.records import plans
from livinglab.actions.queries.scorecard import scorecard_of
from livinglab.actions.web.frame import frame
from livinglab.kernel import clock
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.web.files import figure_file, formats_of

KEY = "scorecard"


@require_safe
@actions_page
def scorecard(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the scorecard of the agencies."""
    figure = _figure(place)
    code = place.organization.code
    context = {
        **frame(place, (_("Agencies"), None)),
        "shown": figure,
        "downloads": [
            (one.upper(), reverse("actions:scorecard-file", args=[code, one])) for one in formats_of(figure)
        ],
    }
    return render(request, "actions/scorecard.html", context)


@require_safe
@actions_page
def scorecard_file(request: HttpRequest, place: Place, file_format: str) -> HttpResponse:
    """This function will answer the scorecard as a file."""
    name = f"kinerja-opd-{place.organization.code}"
    return figure_file({KEY: _figure(place)}, KEY, file_format, name=name)


def _figure(place: Place) -> Figure:
    refusal = may_read_scorecard(place.actor)
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    zone = place.organization.zone
    lines = scorecard_of(place.organization.id, day=clock.today(zone), zone=zone)
    is_synthetic = place.organization.is_synthetic or any(
        one.is_synthetic for one in plans(place.organization.id) if one.closed_at is None
    )
    return scorecard_figure(lines, is_synthetic=is_synthetic)


def scorecard_figure(lines: Sequence[AgencyLine], *, is_synthetic: bool) -> Figure:
    """This function will return the scorecard as a figure, its heading the finding."""
    columns = (
        Column(key="agency", label=_("Agency")),
        *(Column(key=key, label=label, kind=ColumnKind.COUNT) for key, label in _counted()),
    )
    return Figure(
        key=KEY,
        heading=heading(lines),
        table=Table(
            caption=_("Actions and answers by agency"),
            columns=columns,
            rows=tuple(_row(one) for one in lines),
        ),
        sources=(SourceNote(text=_("The region's own actions in force and the answers of its evaluations")),),
        notes=(
            _("Promised: actions in force that were not given up. Delivered: the agency says so."),
            _(
                "Late counts what came after its day and what is past its day. Confirmed: an evaluation found it."
            ),
            _("Due answers had a day that has come; late are those handed in after it or not yet."),
        ),
        wide=True,
        synthetic=is_synthetic,
    )


def _counted() -> tuple[tuple[str, str], ...]:
    return (
        ("promised", _("Promised")),
        ("delivered", _("Delivered")),
        ("confirmed", _("Confirmed")),
        ("on_time", _("On time")),
        ("late", _("Late")),
        ("blocked", _("Held up")),
        ("dropped", _("Given up")),
        ("answers_due", _("Answers due")),
        ("answers_late", _("Answers late")),
    )


def _row(one: AgencyLine) -> tuple[Cell, ...]:
    return (one.agency or _("nobody yet"), *(getattr(one, key) for key, _label in _counted()))


def heading(lines: Sequence[AgencyLine]) -> str:
    """This function will say how many promises were kept, and which agency is late most often."""
    whole = total_of(lines)
    if not whole.promised:
        return _("No agency has promised an action yet")
    words = {"delivered": whole.delivered, "promised": whole.promised}
    kept = (
        ngettext(
            "%(delivered)s of %(promised)s promised actions is delivered",
            "%(delivered)s of %(promised)s promised actions are delivered",
            whole.delivered,
        )
        % words
    )
    named = [one for one in lines if one.agency and one.late]
    if not named:
        return _("%(kept)s; no agency is late") % {"kept": kept}
    most = max(one.late for one in named)
    latest = [one.agency for one in named if one.late == most]
    if len(latest) > 1:
        return _("%(kept)s; %(agencies)s agencies are late with %(late)s each") % {
            "kept": kept,
            "agencies": len(latest),
            "late": most,
        }
    return _("%(kept)s; %(agency)s is late with %(late)s") % {
        "kept": kept,
        "agency": latest[0],
        "late": most,
    }
