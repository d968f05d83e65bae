"""An applicant rates a service; who is unhappy is led to what may be done: another look, or a complaint."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from livinglab.casework.models import OfferedService
from livinglab.casework.operations import asking
from livinglab.casework.queries.applications import Application, UnknownApplication, application, of_case
from livinglab.casework.queries.complaints import complaint_service_about
from livinglab.casework.queries.reopening import entries_of, reopening_of
from livinglab.casework.web import reopening
from livinglab.casework.web.frame import applicant_page
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.surveys.web.after import Offer, offered_after


@require_POST
@applicant_page
def rate(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will lead an applicant whose case has ended to the questions about it."""
    if found.case is None or not asking.is_asked(found.case.outcome, found.package.manifest):
        return redirect("casework:application", found.organization.code, found.token)
    token = asking.ask(organization=found.organization, row=found.case, by=None, at=clock.now())
    survey = reverse("surveys:survey", args=[found.organization.code, token])
    return redirect(f"{survey}?from={found.token}")  # whoever is unhappy is led back


@offered_after
def offers(
    request: HttpRequest, organization: Organization, case_id: UUID, came_from: str
) -> Iterator[Offer]:
    """This function will offer to have a case looked at again, while that is possible, and to complain about it.

    Whoever holds a link to the questions need not have the address of the case: `came_from` is it, or it is theirs
    because they are signed in; everybody else is told where to find it.
    """
    with tenancy(organization.id):
        found = _own(request, organization, case_id, came_from)
        is_own = found is not None
        found = found or of_case(organization, case_id, at=clock.now())
        if found is None or found.case is None or found.case.forgotten_at is not None:
            return
        history = entries_of(found.case)
        again = reopening.summary(found, found.case, reopening_of(found.case), history)
        taking = complaint_service_about(organization.id, found.case.service_id)
    if again and not again["at"] and not again["refusal"]:
        yield _look_again(found, str(again["until"]), is_own=is_own)
    if taking is not None:
        yield _complaint(found, taking, is_own=is_own)


def _own(
    request: HttpRequest, organization: Organization, case_id: UUID, came_from: str
) -> Application | None:
    for token in filter(None, (came_from, str(case_id))):
        try:
            found = application(organization, token, at=clock.now(), applicant=request.user.pk)
        except UnknownApplication:
            continue
        if found.case is not None and found.case.id == case_id:
            return found
    return None


def _look_again(found: Application, until: str, *, is_own: bool) -> Offer:
    if is_own:
        href = reverse("casework:reopen", args=[found.organization.code, found.token])
        said = _(
            "You are not content with how it ended? Until %(day)s the office that decided looks at it once more."
        )
        return Offer(said=said % {"day": until}, label=_("Have it looked at again"), href=href)
    said = _(
        "You are not content with how it ended? Until %(day)s the office that decided looks at it once more: open the "
        "address on your receipt and choose “Have it looked at again”."
    )
    return Offer(said=said % {"day": until})


def _complaint(found: Application, taking: OfferedService, *, is_own: bool) -> Offer:
    code, label = found.organization.code, _("Complain about this service")
    if is_own:
        said = _(
            "A complaint goes to an office of its own. "
            "The number of this application is filled in; you may take it out."
        )
        return Offer(
            said=said, label=label, href=reverse("casework:complain", args=[code, found.token]), posts=True
        )
    said = _("A complaint goes to an office of its own.")
    return Offer(said=said, label=label, href=reverse("casework:service", args=[code, taking.package]))
