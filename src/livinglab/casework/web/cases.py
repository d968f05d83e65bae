"""A case that ended or waits elsewhere, found by its number and read by who has a seat on its service in its place."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import not_at_desk, office_page
from livinglab.casework.models import Case, Seat
from livinglab.casework.queries.disposed import lane_agencies
from livinglab.casework.queries.inbox import tasks_of
from livinglab.casework.queries.lookup import cases_numbered, find_case
from livinglab.casework.queries.past import past_of
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.seats import covers
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.casework.web.past import documents, lines
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.kernel.texts import storable
from livinglab.organizations.access import refusal_for
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.queries import case_words, standing
from livinglab.signatures.policies import KEEPS
from livinglab.ui import formats

#: the longest number of a case
_LONGEST: Final = 80


@require_safe
@office_page
def cases(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will find cases by their number. What is not there and what is not theirs reads the same."""
    number = storable(request.GET.get("number", "")).strip()[:_LONGEST]
    year = clock.today(organization.zone).year
    rows = cases_numbered(organization, seats, number, year=year) if number else ()
    title = _("Find an application")
    if number:
        title = _("No application with this number is at your seats")
    if rows:
        title = ngettext(
            "%(num)s application has this number", "%(num)s applications have this number", len(rows)
        ) % {"num": len(rows)}
    return render(
        request,
        "casework/cases.html",
        {
            "organization": organization,
            "title": title,
            "number": number,
            "rows": [_line(organization, one) for one in rows],
            "here": request.path,
            "breadcrumbs": [*_trail(organization)[:2], (_("Find an application"), None)],
        },
    )


@require_safe
@office_page
def case(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...], case_id: UUID
) -> HttpResponse:
    """This function will show where a case stands, its history by role and its documents; another's is 404.

    Nobody's answers stand there, nor what an office wrote: those are read by who has the case in front of them.
    """
    found = find_case(organization, seats, case_id)
    if found is None:
        return not_at_desk(request, organization, user)
    runs, past = runner_of(found.version, zone=organization.zone), past_of(found)
    state = replace(state_of(found), sent=past.sent, rules={})  # why a rule held tells of the applicant
    steps = standing.standing(runs, state, past.history, language=language())
    drawn, called = standing.drawings(runs.package.diagram.text)
    may_revoke = refusal_for(roles_in(user, organization.id), KEEPS) is None
    had_by = lane_agencies(found)
    waits_here = [one for one in tasks_of(found) if any(covers(seat, one) for seat in seats)]
    return render(
        request,
        "casework/case.html",
        {
            "organization": organization,
            "name": runs.package.manifest.name.in_language(language()),
            "finding": case_words.finding(runs, state, language()),
            "due": case_words.deadline(state.due, language()),
            "is_late": state.is_late,
            "is_over": state.is_over,
            "is_asked": state.asked is not None,
            "silence": case_words.silence(runs.package.manifest, past.history, state),
            "forgotten": formats.day(day_of(found.forgotten_at, organization.zone), language=language())
            if found.forgotten_at
            else "",
            "mine": [
                (
                    case_words.node_name(runs, one.node, language()),
                    reverse("casework:task", args=[organization.code, one.id]),
                )
                for one in waits_here
            ],
            "waiting": [
                (
                    had_by.get(one.node.lane)
                    or case_words.role_name(runs.package.manifest, one.node.lane, language()),
                    case_words.node_name(runs, one.node.id, language()),
                    case_words.until(one, language()),
                )
                for one in runs.waiting(state)
            ],
            "documents": documents(organization, found, runs, state, may_revoke=may_revoke),
            "history": lines(runs, state, past),
            "steps": steps,
            "drawn": drawn,
            "called": called,
            "marks": standing.marks(steps),
            "is_synthetic": found.is_synthetic,
            "breadcrumbs": [*_trail(organization), (found.number, None)],
        },
    )


def _line(organization: Organization, one: Case) -> dict[str, object]:
    return {
        "number": one.number,
        "href": reverse("casework:case", args=[organization.code, one.id]),
        "name": package_of(one.version).manifest.name.in_language(language()),
        "stands": words.outcome(one.outcome),
        "at": case_words.moment(one.started_at, language()),
        "is_synthetic": one.is_synthetic,
    }


def _trail(organization: Organization) -> list[tuple[str, str | None]]:
    return [
        (organization.name, None),
        (_("What waits"), reverse("casework:desk", args=[organization.code])),
        (_("Find an application"), reverse("casework:cases", args=[organization.code])),
    ]
