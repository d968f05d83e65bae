"""An applicant answers nine questions by a link: on a phone, without an account, without JavaScript."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.operations import is_try_within_limit
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization
from livinglab.surveys import operations
from livinglab.surveys.domain.elements import ELEMENTS
from livinglab.surveys.domain.invitations import DAYS_TO_ANSWER, LONGEST_COMMENT, LinkState
from livinglab.surveys.models import Invitation
from livinglab.surveys.queries.links import find_invitation, link_state
from livinglab.surveys.queries.results import find_service
from livinglab.surveys.web import after, words

#: links that are none, tried from one address in so many seconds; each is noted in the audit trail
MOST_TRIES: Final = 60
SECONDS: Final = 3600
_TEMPLATES: Final = {LinkState.ANSWERED: ("answered", 200), LinkState.EXPIRED: ("gone", 410)}
Problems = tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def survey(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """This function will let whoever holds a link answer, once; 404 for every token that is none.

    Too many of those from one address: 429. A link that was answered thanks; one whose days are over says so (410).
    """
    organization = find_organization(code)
    if organization is None:
        raise Http404(code)
    with tenancy(organization.id):
        invitation = find_invitation(token)
    if invitation is None:
        return _unknown(request, organization)
    state = link_state(invitation, at=clock.now())
    if state is not LinkState.OPEN:
        template, status = _TEMPLATES[state]
        context = {**_context(organization, invitation), "offers": _offers(request, organization, invitation)}
        return render(request, f"surveys/{template}.html", context, status=status)
    problems: Problems = ()
    if request.method == "POST":
        problems = _enter(request, organization, token)
        if not problems:
            return redirect(request.get_full_path())
    context = {
        **_context(organization, invitation),
        "questions": _questions(request),
        "comment": request.POST.get("comment", ""),
        "problems": problems,
        "errors": dict(problems),
        "longest": LONGEST_COMMENT,
        "comment_until": invitation.comment_until,
    }
    return render(request, "surveys/survey.html", context, status=422 if problems else 200)


def _offers(request: HttpRequest, organization: Organization, invitation: Invitation) -> list[after.Offer]:
    """Return what who is not content may do next, whatever was answered: who else has the link learns nothing."""
    return after.offers(request, organization, invitation.case_id, request.GET.get("from", ""))


def _enter(request: HttpRequest, organization: Organization, token: str) -> Problems:
    """Enter what was sent; what is wrong with it, nothing once it is kept."""
    known = {str(answer): answer for answer in words.ANSWER_NAMES}
    given = {element: known.get(request.POST.get(element, "")) for element in ELEMENTS}
    answers = tuple(answer for answer in given.values() if answer is not None)
    if len(answers) < len(ELEMENTS):
        said = _("Choose an answer: %(question)s")
        return tuple(
            (element.value, said % {"question": words.QUESTIONS[element][0]})
            for element, answer in given.items()
            if answer is None
        )
    try:
        operations.answer(
            organization_id=organization.id,
            token=token,
            answers=answers,
            comment=request.POST.get("comment", ""),
            at=clock.now(),
        )
    except Refused as refused:
        if refused.refusal.code == "comment_too_long":
            return (("comment", str(refused.refusal.reason)),)
        return ()  # sent twice: the page after it says how the link stands
    except operations.UnknownLink:
        return ()  # a newer link came between: likewise
    return ()


def _questions(request: HttpRequest) -> list[dict[str, object]]:
    return [
        {
            "name": element.value,
            "label": f"{number}. {words.QUESTIONS[element][0]}",
            "hint": words.QUESTIONS[element][1],
            "options": [(str(answer), name, "") for answer, name in words.ANSWER_NAMES.items()],
            "value": request.POST.get(element.value, ""),
        }
        for number, element in enumerate(ELEMENTS, start=1)
    ]


def _context(organization: Organization, invitation: Invitation) -> dict[str, object]:
    service = find_service(organization.id, invitation.service_id, with_synthetic=True)
    assert service is not None, "asking an applicant makes the service known"
    return {
        "organization": organization,
        "service": service,
        "name": words.name_of(service),
        "days": DAYS_TO_ANSWER,
    }


def _unknown(request: HttpRequest, organization: Organization) -> HttpResponse:
    at = clock.now()
    if not is_try_within_limit(request=request, what="surveys.link", most=MOST_TRIES, seconds=SECONDS, at=at):
        return render(request, "429.html", status=429)
    operations.note_unknown_link(organization_id=organization.id, at=at)
    return render(request, "surveys/gone.html", {"organization": organization, "name": ""}, status=404)
