"""Handing an office's part of a case over to an agency, from the page of a step that waits there."""

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
from livinglab.casework.web.disposing import LANE
from livinglab.casework.web.office import not_handed_over
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization


@require_POST
@task_page
def dispose(request: HttpRequest, organization: Organization, user: User, found: Task) -> HttpResponse:
    """This function will hand a step's part of a case over to the agency that was chosen, or take it back.

    What is wrong is said at the form with 422, as it was typed.
    """
    chosen = request.POST.get("agency", "")
    try:
        agency_id = None if chosen == LANE else UUID(chosen)
    except ValueError:
        return not_handed_over(request, organization, found, _("Choose to which agency you hand it over."))
    try:
        hand_over(
            organization=organization,
            task_id=found.id,
            agency_id=agency_id,
            instruction=request.POST.get("instruction", ""),
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        return not_handed_over(request, organization, found, str(refused.refusal.reason))
    said = (
        _("%(number)s waits for the office again.") if agency_id is None else _("%(number)s is handed over.")
    )
    messages.success(request, said % {"number": found.case.number})
    return redirect("casework:desk", organization.code)
