"""An applicant has a case that ended looked at again: once, with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from livinglab.casework import policies
from livinglab.casework.domain.reopening import LONGEST_REASON
from livinglab.casework.models import Case, Reopening
from livinglab.casework.operations import reopening
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.reopening import entries_of, outlook
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import ensure
from livinglab.kernel.texts import storable
from livinglab.packages.domain.running.state import Entry
from livinglab.packages.queries import case_words
from livinglab.ui import formats

#: reasons that the page of a case need not say: nobody expects it to be opened again
_UNSAID = frozenset({"withdrawn", "handed_over"})


def summary(
    found: Application, case: Case, opened: Reopening | None, history: tuple[Entry, ...]
) -> dict[str, object] | None:
    """This function will return what the page of a case says about opening it again; None: nothing."""
    now = outlook(case, found.runs, history, at=found.at)
    refusal = policies.may_reopen(now)
    if opened is None and (now.until is None or (refusal and refusal.code in _UNSAID)):
        return None
    return {
        "at": case_words.moment(opened.at, language()) if opened else "",
        "reason": opened.reason if opened else "",
        "is_open": not case.outcome,
        "until": formats.day(now.until, language=language()) if now.until else "",
        "refusal": str(refusal.reason) if refusal else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
def reopen(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will ask what is to be looked at again, and open the case; a missing reason is said with 422."""
    if found.case is None:
        return redirect("casework:form", found.organization.code, found.token)
    if request.method != "POST":
        now = outlook(found.case, found.runs, entries_of(found.case), at=found.at)
        ensure(policies.may_reopen(now))
        return _page(request, found, "", "", key=str(new_id()))
    key, reason = (
        request.POST.get("_key", "")[:64] or str(new_id()),
        storable(request.POST.get("reason", "")).strip(),
    )
    if wrong := policies.may_give_reason(reason):
        return _page(request, found, reason, str(wrong.reason), key=key)
    reopening.reopen(
        organization=found.organization,
        case_id=found.case.id,
        reason=reason,
        key=key,
        by=request.user.pk if request.user.is_authenticated else None,
        at=clock.now(),
    )
    messages.success(request, _("The case is open again. The office that decided has it now."))
    return redirect("casework:application", found.organization.code, found.token)


def _page(request: HttpRequest, found: Application, reason: str, error: str, *, key: str) -> HttpResponse:
    context = {
        "key": key,
        "reason": reason,
        "error": error,
        "problems": [("reason", error)] if error else [],
        "most": LONGEST_REASON,
    }
    title = _("Have it looked at again")
    return show(request, "casework/reopen.html", found, context, title=title, status=422 if error else 200)
