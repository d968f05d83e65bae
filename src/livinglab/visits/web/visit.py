"""One visit: where it stands, what can be done next, and its minutes."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.ui.days import DayUnread, read_day
from livinglab.visits import policies
from livinglab.visits.access import Sight, person_visit_page, visit_page
from livinglab.visits.domain.invitations import LinkState
from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import DAYS_TO_COMMIT, VisitState, VisitStepTaken
from livinglab.visits.domain.promises import write_steps
from livinglab.visits.models import Visit
from livinglab.visits.operations import visits as operations
from livinglab.visits.queries.alternatives import other_hosts
from livinglab.visits.queries.invitations import latest_invitation, link_state
from livinglab.visits.queries.visits import moves_of
from livinglab.visits.web import findings, words
from livinglab.visits.web.frame import Problems, breadcrumbs, problem_of, visit_title

_DAY_CODES = ("day_missing", "day_to_come", "day_before_request", "day_past", "day_not_wished")
_OFFERED = (
    VisitStepTaken.AGREE,
    VisitStepTaken.HOLD,
    VisitStepTaken.DECLINE,
    VisitStepTaken.WITHDRAW,
    VisitStepTaken.CLOSE,
)
_FAILED = (VisitState.DECLINED, VisitState.WITHDRAWN)


@require_safe
@visit_page
def visit(request: HttpRequest, visit: Visit, sight: Sight) -> HttpResponse:
    """This function will show a visit: to everybody once it took place, to its parties from the beginning."""
    return _page(request, visit, sight)


@require_POST
@person_visit_page
def take_step(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will take the step that the form names, or say why not."""
    step = request.POST.get("step", "")
    try:
        said = _taken(request, visit, step, user)
    except Refused as refused:
        return _page(request, visit, sight, problem_of(refused.refusal, _fields(step)))
    except DayUnread as unread:
        return _page(request, visit, sight, ((f"day-{step}", str(unread)),))
    if not said:
        return _page(request, visit, sight, (("", _("Choose what happens next.")),))
    messages.success(request, said)
    return redirect("visits:visit", visit.id)


@require_http_methods(["GET", "HEAD", "POST"])
@person_visit_page
def minutes(request: HttpRequest, visit: Visit, sight: Sight, user: User) -> HttpResponse:
    """This function will show the form for the minutes, and keep them."""
    refusal = _refusal(visit, sight, VisitStepTaken.MINUTE)
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    problems: Problems = ()
    if request.method == "POST":
        try:
            operations.minute(
                visit_id=visit.id, text=request.POST.get("minutes", ""), by=user, at=clock.now()
            )
        except Refused as refused:
            problems = problem_of(
                refused.refusal, {"minutes_missing": "minutes", "minutes_too_long": "minutes"}
            )
        else:
            messages.success(request, _("The minutes are kept."))
            return redirect("visits:visit", visit.id)
    context = {
        "visit": visit,
        "title": visit_title(visit),
        "steps": [words.step_name(one) for one in visit.steps.all()],
        "text": request.POST.get("minutes", ""),
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": breadcrumbs(
            (visit_title(visit), reverse("visits:visit", args=[visit.id])), (_("Minutes of the visit"), None)
        ),
    }
    return render(request, "visits/minutes.html", context, status=422 if problems else 200)


def _fields(step: str) -> dict[str, str]:
    """The fields that the refusals of a step are about."""
    days = dict.fromkeys(_DAY_CODES, f"day-{step}")
    return days | {"reason_missing": f"reason-{step}", "reason_too_long": f"reason-{step}"}


def _taken(request: HttpRequest, visit: Visit, step: str, user: User) -> str:
    given, at = request.POST, clock.now()
    reason = given.get(f"reason-{step}", "")
    if step == VisitStepTaken.AGREE:
        operations.agree(visit_id=visit.id, day=read_day(given.get("day-agree", "")), by=user, at=at)
        return _("The visit is agreed.")
    if step == VisitStepTaken.HOLD:
        operations.hold(visit_id=visit.id, day=read_day(given.get("day-hold", "")), by=user, at=at)
        return _("It is noted that the visit took place. Write the minutes next.")
    if step == VisitStepTaken.DECLINE:
        operations.decline(visit_id=visit.id, reason=reason, by=user, at=at)
        return _("The visit is declined.")
    if step == VisitStepTaken.WITHDRAW:
        operations.withdraw(visit_id=visit.id, reason=reason, by=user, at=at)
        return _("The visit is withdrawn.")
    if step == VisitStepTaken.CLOSE:
        operations.close(visit_id=visit.id, reason=reason, by=user, at=at)
        return _("The visit ended without follow-up. A commitment may still come.")
    return ""


def _refusal(visit: Visit, sight: Sight, step: VisitStepTaken) -> Refusal | None:
    if sight.actor is None:
        return Refusal("not_signed_in", _("Sign in first."))
    return policies.may_take_step(
        sight.actor,
        sight.parties,
        step,
        state=VisitState(visit.state),
        has_minutes=bool(visit.minutes),
    )


def _may_commit(visit: Visit, sight: Sight) -> bool:
    if sight.actor is None:
        return False
    refusal = policies.may_commit(
        sight.actor, sight.parties, state=VisitState(visit.state), has_minutes=bool(visit.minutes)
    )
    return refusal is None


def _may_invite(visit: Visit, sight: Sight) -> bool:
    if sight.actor is None:
        return False
    refusal = policies.may_invite(
        sight.actor, sight.parties, state=VisitState(visit.state), has_minutes=bool(visit.minutes)
    )
    return refusal is None


def _link(visit: Visit, sight: Sight) -> Mapping[str, object] | None:
    """How the guest's link stands, for those who may take it back; None where none was made or it was used."""
    if visit.visitor_id is not None or sight.actor is None:
        return None
    if policies.may_revoke_invitation(sight.actor, sight.parties) is not None:
        return None
    latest = latest_invitation(visit.id)
    if latest is None:
        return None
    state = link_state(latest, at=clock.now())
    return {
        "said": words.LINKS[state],
        "is_open": state is LinkState.OPEN,
        "made_at": latest.made_at,
        "expires_at": latest.expires_at,
    }


def _page(request: HttpRequest, visit: Visit, sight: Sight, problems: Problems = ()) -> HttpResponse:
    state = VisitState(visit.state)
    steps = list(visit.steps.all())
    title = visit_title(visit, named=sight.reads_texts)
    context = {
        "visit": visit,
        "heading": findings.of_visit(visit, named=sight.reads_texts),
        "title": title,
        "kind": words.KINDS[VisitorKind(visit.visitor_kind)],
        "state": words.STATES[state],
        "way": [str(words.STATES[one]) for one in words.WAY] if state in words.WAY else [],
        "way_at": words.WAY.index(state) + 1 if state in words.WAY else 0,
        "steps": [words.step_name(one) for one in steps],
        "days_left": findings.days_left(visit, today=clock.today(visit.host.zone)),
        "days_to_commit": DAYS_TO_COMMIT,
        "reads_texts": sight.reads_texts,
        "offered": [one.value for one in _OFFERED if _refusal(visit, sight, one) is None],
        "may_minute": _refusal(visit, sight, VisitStepTaken.MINUTE) is None,
        "may_commit": _may_commit(visit, sight),
        "may_invite": _may_invite(visit, sight),
        "link": _link(visit, sight),
        "commitment": getattr(visit, "commitment", None),
        "moves": [(words.STEPS[VisitStepTaken(one.step)], one.at) for one in moves_of(visit.id)],
        "others": _others(visit) if state in _FAILED and sight.reads_texts else None,
        "given": request.POST if request.method == "POST" else {},
        "today": clock.today(visit.host.zone),
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": breadcrumbs((title, None)),
    }
    return render(request, "visits/visit.html", context, status=422 if problems else 200)


def _others(visit: Visit) -> list[Mapping[str, object]]:
    """Other hosts for the same steps, each with the way to ask it."""
    instrument = next(iter(visit.steps.all())).instrument
    return [
        {
            "name": one.organization.name,
            "steps": [words.named_step(instrument, key.indicator, key.to_level) for key in one.steps],
            "url": f"{reverse('visits:ask', args=[one.organization.code])}?"
            + urlencode({"instrument": instrument, "steps": write_steps(one.steps)}, safe=":,"),
        }
        for one in other_hosts(visit)
    ]
