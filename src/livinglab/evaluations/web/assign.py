"""Who answers which indicator until when: given in bulk, by indicator or by aspect."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.evaluations import policies
from livinglab.evaluations.access import evaluation_page
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.models import Answer
from livinglab.evaluations.operations import delegation
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.worksheet import Overview, overview_of
from livinglab.evaluations.web import findings, words
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.identifiers import read_id
from livinglab.evaluations.web.sheet_page import keys_by_aspect
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import agencies, members
from livinglab.ui.days import DayUnread, read_day

Problems = tuple[tuple[str, str], ...]
KEEP: Final = "keep"
NOBODY: Final = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen: for agency, person and day either a value, nobody, or to leave it as it is (`KEEP`)."""

    agency: str
    person: str
    due: str


@require_http_methods(["GET", "HEAD", "POST"])
@evaluation_page
def assign(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show who answers what, and give the chosen indicators to an agency, a person, a day."""
    found = overview_of(place, day=clock.today())
    if request.method != "POST":
        return _page(request, place, found)
    chosen = _chosen(request, place, found)
    if not chosen:
        return _page(request, place, found, (("", _("Choose at least one indicator or aspect.")),))
    try:
        changed = _given(request, place, found, chosen)
    except Refused as refused:
        field = {"agency_unknown": "agency", "person_unknown": "person"}.get(refused.refusal.code, "")
        return _page(request, place, found, ((field, str(refused.refusal.reason)),))
    except DayUnread as unread:
        return _page(request, place, found, (("due", str(unread)),))
    text = ngettext("%(count)s indicator was changed.", "%(count)s indicators were changed.", changed)
    messages.success(request, text % {"count": changed})
    return redirect("evaluations:assign", place.organization.code, place.participation.year)


def _chosen(request: HttpRequest, place: Place, found: Overview) -> list[str]:
    """The ticked indicators and all of the ticked aspects, in the order of the regulation."""
    ticked = set(request.POST.getlist("indicator"))
    by_aspect = keys_by_aspect(place, found.keys)
    for aspect in request.POST.getlist("aspect"):
        ticked.update(by_aspect.get(aspect, ()))
    return [key for key in found.keys if key in ticked]


def _given(request: HttpRequest, place: Place, found: Overview, chosen: Iterable[str]) -> int:
    wish = Wish(*(request.POST.get(name, KEEP) for name in ("agency", "person", "due_choice")))
    due_on = read_day(request.POST.get("due", ""))
    groups: dict[tuple[UUID | None, UUID | None, date | None], list[str]] = defaultdict(list)
    for key in chosen:
        groups[_wanted(wish, due_on, found.answers.get(key))].append(key)
    at = clock.now()
    return sum(
        delegation.assign(
            place=place, indicators=keys, agency_id=agency, assignee_id=person, due_on=due, at=at
        )
        for (agency, person, due), keys in groups.items()
    )


def _wanted(
    wish: Wish, due_on: date | None, now: Answer | None
) -> tuple[UUID | None, UUID | None, date | None]:
    agency = _or_kept(wish.agency, now.agency_id if now else None, "agency_unknown")
    person = _or_kept(wish.person, now.assignee_id if now else None, "person_unknown")
    kept_due = now.due_on if now else None
    due = due_on or (None if wish.due == "none" else kept_due)
    return agency, person, due


def _or_kept(text: str, now: UUID | None, unknown: str) -> UUID | None:
    if text == KEEP:
        return now
    if not text:
        return None
    return read_id(text) or UUID(int=0)  # an id that nobody has: the operation says which is unknown


def _page(request: HttpRequest, place: Place, found: Overview, problems: Problems = ()) -> HttpResponse:
    here = place.organization.id
    refusal = policies.may_assign(place.actor, state=State(place.participation.state))
    by_aspect = keys_by_aspect(place, found.keys)
    people = {str(one.user_id): str(one.user) for one in members(here)}
    unassigned = sum(
        row is None or not (row.agency_id or row.assignee_id)
        for row in (found.answers.get(key) for key in found.keys)
    )
    given = request.POST
    context = {
        **frame(place, (_("Assign indicators"), None)),
        "heading": findings.assign_heading(unassigned, len(found.keys)),
        "groups": [
            (aspect.code, words.said(aspect.name), [_line(place, found, key) for key in by_aspect[aspect.code]])
            for aspect in place.instrument.aspects
        ],
        "agencies": [
            (KEEP, _("leave as it is")), (NOBODY, _("no agency")),
            *((str(one.id), one.name) for one in agencies(here).order_by("name")),
        ],
        "people": [(KEEP, _("leave as it is")), (NOBODY, _("nobody in particular")), *people.items()],
        "chosen": frozenset(given.getlist("indicator")),
        "chosen_aspects": frozenset(given.getlist("aspect")),
        "agency": given.get("agency", KEEP),
        "person": given.get("person", KEEP),
        "due": given.get("due", ""),
        "no_due": given.get("due_choice") == "none",
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(reversed(problems)),
    }  # fmt: skip
    return render(request, "evaluations/assign.html", context, status=422 if problems else 200)


def _line(place: Place, found: Overview, key: str) -> dict[str, object]:
    row = found.answers.get(key)
    return {
        "key": key,
        "name": words.short_name(place.instrument, key),
        "agency": row.agency.name if row and row.agency else "",
        "person": found.people.get(row.assignee_id, "") if row and row.assignee_id else "",
        "due_on": row.due_on if row else None,
    }
