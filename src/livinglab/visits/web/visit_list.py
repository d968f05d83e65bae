"""Who visited whom, for everybody; and an organisation's own visits with what waits for it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.queries import Organization
from livinglab.ui.jinja import url_if_any
from livinglab.visits import policies
from livinglab.visits.access import host_page
from livinglab.visits.domain.kinds import CommitmentState, Occasion, VisitorKind
from livinglab.visits.domain.process import TOOK_PLACE, VisitState
from livinglab.visits.models import Commitment, Visit
from livinglab.visits.operations.records import TOPIC
from livinglab.visits.queries import visits as queries
from livinglab.visits.queries.commitments import commitments_alone
from livinglab.visits.queries.parties import actor_of
from livinglab.visits.web import findings, words
from livinglab.visits.web.frame import breadcrumbs, to_count

PER_PAGE = 50


@require_safe
@fresh_by(TOPIC, "organizations")
def visits(request: HttpRequest) -> HttpResponse:
    """This function will list the visits that took place, filtered by host, visitor, kind, state and year."""
    wanted = _wanted(request)
    made_up = {"with_synthetic": wanted.with_synthetic}
    counts = queries.counts_by_kind(wanted)
    pages = max(1, -(-sum(one.visits for one in counts) // PER_PAGE))
    page = min(max(to_count(request.GET.get("page", "")) or 1, 1), pages)
    found = list(queries.held_visits(wanted)[(page - 1) * PER_PAGE : page * PER_PAGE])
    context = {
        "heading": findings.of_all(counts),
        "counts": [findings.of_kind(one) for one in counts],
        "rows": [_row(one, named=False) for one in found],
        "synthetic": wanted.with_synthetic,
        "filters": wanted,
        "years": [("", _("all years")), *((str(year), str(year)) for year in queries.years(**made_up))],
        "hosts": [("", _("all hosts")), *queries.hosts(**made_up)],
        "kinds": [("", _("all kinds")), *((one.value, str(words.KINDS[one])) for one in VisitorKind)],
        "states": [
            ("", _("all states")),
            *((one.value, str(words.STATES[one])) for one in VisitState if one in TOOK_PLACE),
        ],
        "page": page,
        "pages": pages,
        "link": lambda number: f"?{_query(wanted, number)}",
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "visits/list.html", context)


@require_safe
@host_page
def own_visits(request: HttpRequest, organization: Organization, user: User) -> HttpResponse:
    """This function will list what an organisation hosts and makes, requests that it has to answer first."""
    actor = actor_of(user)
    refusal = policies.may_read_own(actor, organization_id=organization.id)
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    found = list(queries.own_visits(organization.id))
    to_answer = [one for one in found if one.host_id == organization.id and one.state == VisitState.REQUESTED]
    hosted = [one for one in found if one.host_id == organization.id and one not in to_answer]
    made = [one for one in found if one.visitor_id == organization.id]
    may_act = policies.may_receive(actor, host_id=organization.id) is None
    context = {
        "organization": organization,
        "heading": findings.of_own(organization.short_name, to_answer, hosted, made),
        "to_answer": [_row(one) for one in to_answer],
        "hosted": [_row(one) for one in hosted],
        "made": [_row(one) for one in made],
        "missing": [one for one in map(_row, made) if one["days_left"] is not None],
        "alone": [_alone(one) for one in commitments_alone(organization.id)],
        "commit_url": reverse("visits:commit-alone", args=[organization.code])
        if policies.may_commit_alone(actor, organization_id=organization.id) is None
        else None,
        "receive_url": reverse("visits:receive", args=[organization.code]) if may_act else None,
        "plan_url": url_if_any("planning:plan", organization.code),
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Study visits"), None),
        ),
    }
    return render(request, "visits/own.html", context)


def _alone(one: Commitment) -> dict[str, object]:
    return {
        "id": one.id,
        "number": one.number,
        "occasion": words.OCCASIONS[Occasion(one.occasion)],
        "signed_on": one.signed_on,
        "steps": words.short_steps(one.steps.all()),
        "state": words.COMMITMENT_STATES[CommitmentState(one.state)],
        "is_synthetic": one.is_synthetic,
    }


def _row(one: Visit, *, named: bool = True) -> dict[str, object]:
    state = VisitState(one.state)
    return {
        "id": one.id,
        "visitor": words.visitor_name(one, named=named),
        "host": one.host.name,
        "kind": words.KINDS[VisitorKind(one.visitor_kind)],
        "day": one.held_on or one.agreed_on,
        "wished": (one.wished_from, one.wished_until),
        "steps": words.short_steps(one.steps.all()),
        "state": words.STATES[state],
        "days_left": findings.days_left(one, today=clock.today(one.host.zone)),
        "is_synthetic": one.is_synthetic,
    }


def _wanted(request: HttpRequest) -> queries.Filters:
    given = {key: request.GET.get(key, "").replace("\x00", "").strip() for key in _FILTERS}
    _known(_("kind of visitor"), given["kind"], VisitorKind)
    _known(_("state of a visit"), given["state"], sorted(TOOK_PLACE))
    year = given["year"]
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise UnknownValue(_("year"), year, [str(one) for one in queries.years(with_synthetic=settings.DEMO)])
    return queries.Filters(
        host=given["host"],
        visitor=given["visitor"],
        kind=given["kind"],
        state=given["state"],
        year=int(year) if year else None,
        with_synthetic=settings.DEMO,
    )


_FILTERS = ("host", "visitor", "kind", "state", "year")


def _known(what: str, given: str, values: Iterable[str]) -> None:
    known = [str(one) for one in values]
    if given and given not in known:
        raise UnknownValue(what, given, [Known(one) for one in known])


def _query(wanted: queries.Filters, page: int) -> str:
    given = {key: str(getattr(wanted, key) or "") for key in _FILTERS} | {"page": str(page)}
    return urlencode({key: value for key, value in given.items() if value})
