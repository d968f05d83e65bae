"""Where an applicant is told: asked before sending, changed or taken back on the page of the case."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.casework.adapters.messengers import ways
from livinglab.casework.domain.contacts import Contact, ContactMistake, ContactRefused, Way, read_contact
from livinglab.casework.operations import telling
from livinglab.casework.queries.applications import Application
from livinglab.casework.web import words
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock


def read(posted: QueryDict) -> Contact | None:
    """This function will return the contact that was typed, None for none. Errors: `ContactRefused`."""
    return read_contact(
        email=posted.get("email", ""),
        phone=posted.get("phone", ""),
        by_phone=posted.get("by_phone", ""),
        consents=posted.get("consent") == "yes",
        language=language(),
        ways=ways(),
    )


def fields(
    typed: Mapping[str, str], mistakes: Mapping[str, ContactMistake] | None = None
) -> dict[str, object]:
    """This function will return what the fields of a contact show; `ways` are those by which a phone is reached."""
    offered = ways()
    return {
        "typed": {name: typed.get(name, "") for name in ("email", "phone", "by_phone", "consent")},
        "takes_email": Way.EMAIL in offered,
        "ways": [(one.value, words.way(one), "") for one in offered if one is not Way.EMAIL],
        "errors": {name: words.contact_mistake(one) for name, one in (mistakes or {}).items()},
    }


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
def contact(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will ask where the applicant wants to be told, and keep it; empty fields take it back."""
    if found.case is None:
        return redirect("casework:form", found.organization.code, found.token)
    mistakes: Mapping[str, ContactMistake] = {}
    if request.method == "POST":
        try:
            telling.change_contact(
                organization=found.organization,
                case_id=found.case.id,
                contact=read(request.POST),
                by=request.user.pk if request.user.is_authenticated else None,
                at=clock.now(),
            )
            messages.success(request, _("This is kept."))
            return redirect("casework:application", found.organization.code, found.token)
        except ContactRefused as refused:
            mistakes = refused.mistakes
    kept = telling.contact_of(found.case)
    typed = (
        request.POST.dict()
        if request.method == "POST"
        else {"email": kept.email, "phone": kept.phone, "by_phone": kept.by_phone or ""}
        | ({"consent": "yes"} if found.case.consented_at else {})
    )
    context = {
        "contact": fields(typed, mistakes),
        "problems": [(name, words.contact_mistake(one)) for name, one in mistakes.items()],
    }
    title = _("How you are told")
    return show(
        request, "casework/contact.html", found, context, title=title, status=422 if mistakes else 200
    )
