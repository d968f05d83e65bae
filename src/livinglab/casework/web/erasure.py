"""An applicant has their data deleted: a form at once, the data of a case when the region or its last day says so."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.casework import policies
from livinglab.casework.domain.forgetting import AT_ONCE
from livinglab.casework.models import Case, Erasure
from livinglab.casework.operations import erasing, forgetting
from livinglab.casework.operations.drafts import UnknownDraft
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.forgetting import newest_erasure
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock
from livinglab.packages.queries import case_words


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
def erase(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will say what would be deleted and what not, and delete it or ask the region to."""
    by = request.user.pk if request.user.is_authenticated else None
    if found.case is None:
        return _draft(request, found)
    if request.method != "POST":
        return _ask(request, found, found.case)
    row = erasing.ask(organization=found.organization, case_id=found.case.id, by=by, at=clock.now())
    if row.forgotten_at is None:
        messages.success(request, _("Your request has reached the region."))
        return redirect("casework:data", found.organization.code, found.token)
    return redirect("casework:application", found.organization.code, found.token)


def answered(one: Erasure | None) -> str:
    """This function will return in one or two sentences what became of a request for deletion, "" where none is."""
    if one is None:
        return ""
    if one.decided_at is None:
        return _("You asked for deletion on %(asked)s. The region answers by %(due)s.") % {
            "asked": case_words.moment(one.asked_at, language()),
            "due": case_words.deadline(one.due_at, language()),
        }
    return _("You asked for deletion on %(asked)s. The region refused: %(reason)s") % {
        "asked": case_words.moment(one.asked_at, language()),
        "reason": one.reason,
    }


def _draft(request: HttpRequest, found: Application) -> HttpResponse:
    if request.method == "POST":
        by = request.user.pk if request.user.is_authenticated else None
        with suppress(UnknownDraft):  # a second click finds it gone already
            forgetting.drop_draft(organization=found.organization, token=found.token, by=by, at=clock.now())
        messages.success(request, _("The form is deleted, with everything that was typed."))
        return redirect("casework:services")
    context = {
        "may_ask": True,
        "says": _("Nothing was sent yet. What you typed is deleted at once and cannot be brought back."),
        "effects": (),
        "label": _("Delete the form"),
        "back": reverse("casework:form", args=[found.organization.code, found.token]),
    }
    return show(request, "casework/erase.html", found, context, title=_("Delete this form"))


def _ask(request: HttpRequest, found: Application, case: Case) -> HttpResponse:
    refusal, last = policies.may_ask_erasure(outcome=case.outcome), newest_erasure(case)
    waits = last is not None and last.decided_at is None
    is_at_once = found.package.manifest.data.ground in AT_ONCE
    if refusal is not None:
        says = str(refusal.reason)
    elif waits:
        says = answered(last)
    elif is_at_once:
        says = _(
            "Your data is kept with your consent alone. It is deleted at once and cannot be brought back."
        )
    else:
        says = _("The law has this data kept until its last day. The region looks whether it can go now.")
    context = {
        "may_ask": refusal is None and not waits,
        "says": says,
        "effects": (
            _("Answers, contacts, messages and the office's copies of your documents are deleted."),
            _("Download your data and your documents first: afterwards nobody has them for you."),
            _("The case cannot be opened again afterwards."),
            _("Number, service, month and how it ended stay, and so does what proves a signature."),
        ),
        "label": _("Delete my data") if is_at_once else _("Ask for deletion"),
        "back": reverse("casework:data", args=[found.organization.code, found.token]),
    }
    return show(request, "casework/erase.html", found, context, title=_("Have your data deleted"))
