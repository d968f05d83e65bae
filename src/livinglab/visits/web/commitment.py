"""One commitment: its promises, how each stands, its ratings; taken back, or put into the action plan."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from livinglab.accounts.queries import User
from livinglab.actions.access import actor_before
from livinglab.adoptions.queries.helping import Helping
from livinglab.assessments.queries import get_instrument
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language
from livinglab.visits import policies
from livinglab.visits.access import Sight, commitment_page, person_commitment_page
from livinglab.visits.domain.kinds import CommitmentState, Completion, Manner, Occasion, Potential
from livinglab.visits.domain.promises import StepKey, write_steps
from livinglab.visits.models import Commitment, Rating
from livinglab.visits.operations import commitments as operations
from livinglab.visits.operations import plans
from livinglab.visits.queries.commitments import Keeping, Standing, standings
from livinglab.visits.queries.levels import plans_with
from livinglab.visits.queries.parties import signing_side, was_ever_a_party
from livinglab.visits.web import findings, words
from livinglab.visits.web.frame import Problems, breadcrumbs, problem_of, visit_title, zone_of


@require_safe
@commitment_page
def commitment(request: HttpRequest, commitment: Commitment, sight: Sight) -> HttpResponse:
    """This function will show a commitment; everybody sees its steps, days and how each stands."""
    return _page(request, commitment, sight)


@require_POST
@person_commitment_page
def withdraw(request: HttpRequest, commitment: Commitment, sight: Sight, user: User) -> HttpResponse:
    """This function will take a commitment back."""
    try:
        operations.withdraw(
            commitment_id=commitment.id, reason=request.POST.get("reason", ""), by=user, at=clock.now()
        )
    except Refused as refused:
        fields = {"reason_missing": "reason", "reason_too_long": "reason"}
        return _page(request, commitment, sight, problem_of(refused.refusal, fields))
    messages.success(request, _("The commitment is withdrawn."))
    return redirect("visits:commitment", commitment.id)


@require_POST
@person_commitment_page
def put_into_plan(request: HttpRequest, commitment: Commitment, sight: Sight, user: User) -> HttpResponse:
    """This function will tie the actions of the region's plan in force to the promises that they keep."""
    try:
        done = plans.put_into_plan(commitment_id=commitment.id, by=user, at=clock.now())
    except Refused as refused:
        return _page(request, commitment, sight, problem_of(refused.refusal, {}))
    if done.missing:
        messages.warning(request, _in_words(done))
    else:
        messages.success(request, _in_words(done))
    return redirect("visits:commitment", commitment.id)


def _in_words(done: plans.Linked) -> str:
    linked = ngettext(
        "%(count)s action of your plan keeps this commitment.",
        "%(count)s actions of your plan keep this commitment.",
        done.linked,
    ) % {"count": done.linked}
    if not done.missing:
        return linked
    steps = ", ".join(str(one) for one in done.missing)
    missing = _(
        "Not in the plan in force: %(steps)s. Make a plan that promises these steps, then press again."
    )
    return f"{linked} {missing % {'steps': steps}}"


def _page(
    request: HttpRequest, commitment: Commitment, sight: Sight, problems: Problems = ()
) -> HttpResponse:
    today = clock.today(zone_of(commitment))
    standing = standings([commitment], today=today)[commitment.id]
    state = CommitmentState(commitment.state)
    own = sight.actor is not None and (
        policies.may_end_early(sight.actor, organization_id=signing_side(commitment), state=state) is None
    )
    may_tie = _may_tie(commitment, sight, state)
    name = words.promiser_name(commitment, named=sight.reads_texts)
    title = _("Commitment %(number)s") % {"number": commitment.number}
    instrument = get_instrument(standing[0].step.instrument)
    context = {
        "commitment": commitment,
        "name": name,
        "occasion": words.OCCASIONS[Occasion(commitment.occasion)],
        "title": title,
        "heading": findings.of_commitment(name, standing, is_withdrawn=state is CommitmentState.WITHDRAWN),
        "state": words.COMMITMENT_STATES[state],
        "instrument_name": instrument.short.in_language(language()),
        "rows": [_row(one) for one in standing],
        "reads_texts": sight.reads_texts,
        "is_own": own,
        "may_tie": may_tie,
        "may_rate": _may_rate(commitment, sight),
        "ratings": [_rating(one) for one in commitment.ratings.all()],
        "potentials": list(words.POTENTIAL.values()),
        "completions": list(words.COMPLETION.values()),
        "plan_url": _plan_url(commitment, standing) if may_tie else None,
        "visit_title": visit_title(commitment.visit, named=sight.reads_texts) if commitment.visit else "",
        "problems": problems,
        "errors": dict(problems),
        "given_reason": request.POST.get("reason", ""),
        "breadcrumbs": breadcrumbs((title, None)),
    }
    return render(request, "visits/commitment.html", context, status=422 if problems else 200)


def _row(one: Standing) -> Mapping[str, object]:
    return {
        "name": words.step_name(one.step),
        "due_on": one.step.due_on,
        "manner": words.MANNERS[Manner(one.step.manner)] if one.step.manner else _("in our own way"),
        "keeping": words.KEEPING[one.keeping],
        "is_missed": one.keeping is Keeping.MISSED,
        "has_action": one.has_action,
        "done_on": one.done_on,
        "is_seen": one.keeping is not Keeping.UNSEEN,
        "adoptions": [_adoption(each) for each in one.adoptions],
    }


def _adoption(one: Helping) -> Mapping[str, object]:
    return {
        "name": one.name_en if language() == "en" and one.name_en else one.name_id,
        "url": url_if_any("adoptions:adopters", one.publisher, one.package_id),
        "started_on": one.started_on,
        "live_on": one.live_on,
    }


def _rating(one: Rating) -> Mapping[str, object]:
    return {
        "potential": words.POTENTIAL[Potential(one.potential)][0],
        "completion": words.COMPLETION[Completion(one.completion)][0],
        "reason": one.reason,
        "rated_at": one.rated_at,
    }


def _may_rate(commitment: Commitment, sight: Sight) -> bool:
    if sight.user is None or sight.actor is None:
        return False
    refusal = policies.may_rate(
        sight.actor,
        was_a_party=was_ever_a_party(sight.user.id, sight.parties),
        state=CommitmentState(commitment.state),
        has_rated=any(one.rater_id == sight.user.id for one in commitment.ratings.all()),
    )
    return refusal is None


def _may_tie(commitment: Commitment, sight: Sight, state: CommitmentState) -> bool:
    if sight.user is None or commitment.organization_id is None:
        return False
    is_keeper = actor_before(sight.user, commitment.organization_id).is_keeper
    return policies.may_put_into_plan(is_keeper=is_keeper, state=state) is None


def _plan_url(commitment: Commitment, standing: tuple[Standing, ...]) -> str | None:
    """The region's plan with the promised steps that are not done as promises; None where it plans by others."""
    region = commitment.organization
    path = url_if_any("planning:plan", region.code) if region is not None else None
    if region is None or path is None or not plans_with(region.id, standing[0].step.instrument):
        return None
    steps = [StepKey(one.step.indicator, one.step.to_level) for one in standing if not one.is_kept]
    return f"{path}?{urlencode({'promise': write_steps(steps)}, safe=':,')}"
