"""The form in which somebody of neither party rates an ended commitment."""

from enum import StrEnum
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.visits import policies
from livinglab.visits.access import Sight, person_commitment_page
from livinglab.visits.domain.kinds import CommitmentState, Completion, Potential
from livinglab.visits.models import Commitment
from livinglab.visits.operations import ratings as operations
from livinglab.visits.queries.commitments import standings
from livinglab.visits.queries.parties import was_ever_a_party
from livinglab.visits.web import findings, words
from livinglab.visits.web.frame import Problems, breadcrumbs, problem_of, zone_of

Scale = TypeVar("Scale", bound=StrEnum)
_FIELDS = {
    "potential_missing": "potential",
    "completion_missing": "completion",
    "reason_missing": "reason",
    "reason_too_long": "reason",
}


@require_http_methods(["GET", "HEAD", "POST"])
@person_commitment_page
def rate(request: HttpRequest, commitment: Commitment, sight: Sight, user: User) -> HttpResponse:
    """This function will show both scales and keep the rating."""
    assert sight.actor is not None, "the door lets nobody in who is not signed in"
    refusal = policies.may_rate(
        sight.actor,
        was_a_party=was_ever_a_party(user.id, sight.parties),
        state=CommitmentState(commitment.state),
        has_rated=any(one.rater_id == user.id for one in commitment.ratings.all()),
    )
    if refusal is not None:
        raise PermissionDenied(refusal.reason)
    given = request.POST
    problems: Problems = ()
    if request.method == "POST":
        try:
            operations.rate(
                commitment_id=commitment.id,
                potential=_chosen(Potential, given.get("potential", "")),
                completion=_chosen(Completion, given.get("completion", "")),
                reason=given.get("reason", ""),
                by=user,
                at=clock.now(),
            )
        except Refused as refused:
            problems = problem_of(refused.refusal, _FIELDS)
        else:
            messages.success(request, _("Your rating is kept."))
            return redirect("visits:commitment", commitment.id)
    title = _("Commitment %(number)s") % {"number": commitment.number}
    standing = standings([commitment], today=clock.today(zone_of(commitment)))[commitment.id]
    context = {
        "commitment": commitment,
        "title": title,
        "finding": findings.of_commitment(
            words.promiser_name(commitment, named=sight.reads_texts),
            standing,
            is_withdrawn=commitment.state == CommitmentState.WITHDRAWN,
        ),
        "potentials": [(one.value, said, about) for one, (said, about) in words.POTENTIAL.items()],
        "completions": [(one.value, said, about) for one, (said, about) in words.COMPLETION.items()],
        "given": {key: given.get(key, "") for key in ("potential", "completion", "reason")},
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": breadcrumbs(
            (title, reverse("visits:commitment", args=[commitment.id])), (_("Rate"), None)
        ),
    }
    return render(request, "visits/rate.html", context, status=422 if problems else 200)


def _chosen(scale: type[Scale], text: str) -> Scale | None:
    return scale(text) if text in list(scale) else None
