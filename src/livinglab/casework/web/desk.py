"""The desk of an office: what waits by deadline, narrowed by filters, with what can be done to several at once."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import office_page
from livinglab.casework.domain.filters import Due, Standing, Who
from livinglab.casework.domain.states import SeatKind
from livinglab.casework.models import Seat, Task
from livinglab.casework.queries.colleagues import Colleagues, colleagues
from livinglab.casework.queries.disposed import agency_names
from livinglab.casework.queries.inbox import MOST_COUNTED, ON_A_PAGE, Counts, Reach, counts, found
from livinglab.casework.queries.running import runner_of
from livinglab.casework.queries.seats import covers
from livinglab.casework.web import filters, words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words


@require_safe
@office_page
def desk(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will list what waits for the reader's offices, the soonest due first."""
    at, people = clock.now(), colleagues(organization.id)
    form = filters.form(organization, seats, people, request.GET)
    reach = Reach(organization, user.id, seats)
    number = counts(reach, form.filters, at=at)
    pages = ceil(min(number.shown, MOST_COUNTED) / ON_A_PAGE)
    page = min(max(_whole(request.GET.get("page", "")), 1), max(pages, 1))
    rows = list(found(reach, form.filters, at=at)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    agencies = agency_names(organization.id, (one.agency_id for one in rows))
    names = _names(organization, rows)
    return render(
        request,
        "casework/desk.html",
        {
            "organization": organization,
            "has_seat": bool(seats),
            "signs": number.waiting > 0 and any(one.kind == SeatKind.SIGNER for one in seats),
            "finding": words.desk(number),
            "views": _views(form, number),
            "form": form,
            "shown": words.shown(number) if not form.filters.is_any else "",
            "is_more": number.shown > MOST_COUNTED,
            "rows": [
                {
                    **_line(user, seats, people, one, here=request.path, at=at),
                    **names[one.case.version_id, one.node],
                    "agency": agencies.get(str(one.agency_id), ""),
                }
                for one in rows
            ],
            "people": [(str(one), name) for one, name in people.fit(rows) if one != user.id],
            "back": _address(form),
            "page": page,
            "pages": pages,
            "link": lambda number: f"?{_address(form, page=str(number))}",
            "here": request.path,
            "breadcrumbs": [(organization.name, None), (_("What waits"), None)],
        },
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len(str(MOST_COUNTED)) else 1


def _address(form: filters.Form, **more: str) -> str:
    chosen = QueryDict(mutable=True)
    chosen.update({key: value for key, value in {**form.typed, **more}.items() if value})
    return chosen.urlencode()


def _views(form: filters.Form, number: Counts) -> list[dict[str, object]]:
    """Return the views that people want most, each a link; those of a superior only where something was told."""
    chosen = {key: value for key, value in form.typed.items() if value}
    views: list[tuple[str, dict[str, str]]] = [
        (_("All"), {}),
        (_("Late"), {"due": str(Due.LATE)}),
        (_("Mine"), {"who": str(Who.MINE)}),
        (_("Nobody's"), {"who": str(Who.NOBODY)}),
    ]
    if number.told:
        told = _("Told to you: %(num)s") % {"num": words.up_to(number.told)}
        views.append((told, {"standing": str(Standing.ESCALATED)}))
    return [
        {"label": label, "url": "?" + "&".join(f"{k}={v}" for k, v in one.items()), "current": one == chosen}
        for label, one in views
    ]


def _names(organization: Organization, rows: Iterable[Task]) -> dict[tuple[UUID, str], dict[str, str]]:
    """Return what the services and steps of an inbox are called, by version and node: those of a page are few."""
    steps = {(one.case.version_id, one.node): one.case.version for one in rows}
    names: dict[tuple[UUID, str], dict[str, str]] = {}
    for key, version in steps.items():
        runs = runner_of(version, zone=organization.zone)
        names[key] = {
            "service": runs.package.manifest.name.in_language(language()),
            "step": case_words.node_name(runs, key[1], language()),
        }
    return names


def _line(
    user: User,
    seats: tuple[Seat, ...],
    people: Colleagues,
    one: Task,
    *,
    here: str,
    at: datetime,
) -> dict[str, object]:
    """Return a row; the page of its step stands below the desk, which spares it a look-up of the address."""
    may_open = any(covers(seat, one) for seat in seats)
    name = people.names.get(one.assignee, _("somebody")) if one.assignee else ""
    return {
        "id": one.id,
        "number": one.case.number,
        "due": case_words.deadline(one.due, language()),
        "is_late": one.due < at and one.case.asked_at is None,
        "is_opened_again": getattr(one, "is_opened_again", False),
        "is_escalated": one.escalated_at is not None,
        "is_asked": one.case.asked_at is not None,
        "who": _("you") if one.assignee == user.id else name,
        "was_taken": one.taken_from == user.id,
        "href": f"{here}{one.id}/" if may_open else "",
    }
