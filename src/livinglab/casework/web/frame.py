"""What the pages of an applicant share: the door of a secret address, the look, refused acts as messages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from babel.dates import format_date
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from livinglab.casework.models import Case
from livinglab.casework.operations.guesses import note_unknown
from livinglab.casework.queries.applications import Application, UnknownApplication, application, own_id
from livinglab.casework.queries.papers import checkable
from livinglab.casework.remarks import refused as in_words
from livinglab.kernel import clock
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import Known
from livinglab.organizations.queries import find_organization
from livinglab.packages.domain.process import Outcome
from livinglab.packages.queries import case_words
from livinglab.packages.queries.cases import IllegalMove
from livinglab.ui import formats
from livinglab.ui.web.errors import error_page

P = ParamSpec("P")
ApplicantView = Callable[Concatenate[HttpRequest, Application, P], HttpResponseBase]


def language() -> str:
    """This function will return the reader's language, `id` or `en`."""
    return "en" if get_language() == "en" else "id"


def applicant_page(view: ApplicantView[P]) -> Callable[..., HttpResponseBase]:
    """This function will let a view run for whoever has the secret address: they are the applicant.

    So is who was signed in when they applied; for them the case's id does. Without a sign-in that leads there.
    Anything else is 404, whether it never was or is over. A refused act becomes a message on the page of the case.
    Moments are told on the region's clock.
    """

    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, code: str, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        organization = find_organization(code)
        if organization is None:
            raise Http404(code)
        if own_id(token) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        enter(organization.id)
        try:
            found = application(organization, token, at=clock.now(), applicant=request.user.pk)
        except UnknownApplication:
            note_unknown(organization_id=organization.id, at=clock.now())
            return error_page(
                request,
                404,
                _("There is no application at this address"),
                _(
                    "Check the address on your receipt. A form that nobody goes on with is deleted after 30 days."
                ),
                [Known("apply", _("Services to apply for"), reverse("casework:services"))],
            )
        if found.case is not None and found.case.forgotten_at is not None:
            return _forgotten(request, found, found.case, found.case.forgotten_at)
        try:
            with clock.on_the_clock_of(organization.zone):
                answer: HttpResponseBase = view(request, found, *args, **kwargs)
        except Refused as refused:
            messages.error(request, str(refused.refusal.reason))
            answer = redirect("casework:application", code, token)
        except IllegalMove as refused:
            messages.error(request, in_words(refused))
            answer = redirect("casework:application", code, token)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return guarded


def not_of_application(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will answer 404 for what an application does not have, and put it into the region's trail.

    It is answered, not raised: what is raised takes the entry back with the rest of the request.
    """
    note_unknown(organization_id=found.organization.id, at=clock.now())
    home = reverse("casework:application", args=[found.organization.code, found.token])
    return error_page(
        request,
        404,
        _("The application has nothing at this address"),
        _("What was replaced or removed is not here any more. Everything that is there stands on its page."),
        [Known("application", _("The application"), home)],
    )


def show(
    request: HttpRequest,
    template: str,
    found: Application,
    context: Mapping[str, object],
    *,
    title: str,
    status: int = 200,
) -> HttpResponse:
    """This function will answer with a page of an application."""
    name = found.package.manifest.name.in_language(language())
    home = reverse("casework:application", args=[found.organization.code, found.token])
    trail: list[tuple[str, str | None]] = [(_("Services to apply for"), reverse("casework:services"))]
    trail += [(name, None)] if template == "casework/status.html" else [(name, home), (title, None)]
    return render(
        request,
        template,
        {
            "found": found,
            "code": found.organization.code,
            "token": found.token,
            "name": name,
            "region": found.organization.name,
            "is_synthetic": found.draft is None and found.case is not None and found.case.is_synthetic,
            "title": title,
            "breadcrumbs": trail,
            **context,
        },
        status=status,
    )


def _forgotten(request: HttpRequest, found: Application, case: Case, at: datetime) -> HttpResponse:
    """Say that the data of a case was deleted, and what is left; the other addresses of the case lead here."""
    home = reverse("casework:application", args=[found.organization.code, found.token])
    if request.path != home:
        return redirect(home)
    zone, outcome = found.organization.zone, Outcome(case.outcome)
    context = {
        "number": case.number,
        "month": format_date(day_of(case.started_at, zone), "MMMM y", locale=formats.locale_of(language())),
        "outcome": case_words.outcome(outcome),
        "papers": [
            (said, [reverse("signatures:document", args=[one]) for one in codes])
            for said, codes in checkable(case, found.package.manifest, language=language())
        ],
    }
    title = _("Your data were deleted on %(day)s") % {
        "day": formats.day(day_of(at, zone), language=language())
    }
    answer = show(request, "casework/forgotten.html", found, context, title=title)
    answer["X-Robots-Tag"] = "noindex"
    return answer
