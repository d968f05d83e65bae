"""Handing an office's part of a case over to an agency, from the page of a step that waits there."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from livinglab.accounts.queries import User
from livinglab.casework.access import task_page
from livinglab.casework.models import Task
from livinglab.casework.operations.disposing import dispose as hand_over
from livinglab.casework.queries.disposed import is_agency_seated
from livinglab.casework.web.disposing import AGENCY, INSTRUCTION, LANE
from livinglab.casework.web.office import not_handed_over
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization

#: what is mended at the form; anything else says that somebody was faster
_AT_THE_FORM: Final = frozenset({"unknown_agency", "too_long"})


@require_POST
@task_page
def dispose(request: HttpRequest, organization: Organization, user: User, found: Task) -> HttpResponse:
    """This function will hand a step's part of a case over to the agency that was chosen, or take it back.

    What is wrong is said at the form with 422, as it was typed; who may not see the step any more is led to the desk.
    """
    chosen = request.POST.get(AGENCY, "")
    try:
        agency_id = None if chosen == LANE else UUID(chosen)
    except ValueError:
        return not_handed_over(request, organization, found, _("Choose to which agency you hand it over."))
    try:
        hand_over(
            organization=organization,
            task_id=found.id,
            agency_id=agency_id,
            instruction=request.POST.get(INSTRUCTION, ""),
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        if refused.refusal.code not in _AT_THE_FORM:
            messages.error(request, str(refused.refusal.reason))
            return redirect("casework:desk", organization.code)
        return not_handed_over(request, organization, found, str(refused.refusal.reason))
    messages.success(request, _said(organization, agency_id) % {"number": found.case.number})
    return redirect("casework:desk", organization.code)


def _said(organization: Organization, agency_id: UUID | None) -> str:
    if agency_id is None:
        return _("%(number)s waits for the office again.")
    if is_agency_seated(organization.id, agency_id):
        return _("%(number)s is handed over.")
    return _(
        "%(number)s is handed over. Nobody has a seat of that agency yet: your office goes on seeing it."
    )
