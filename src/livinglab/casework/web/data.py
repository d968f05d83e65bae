"""What is kept of an applicant, why, on which ground and until when; to read, and as a file to take along."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.casework.domain.retention import kept_until
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.forgetting import newest_erasure
from livinglab.casework.queries.own_data import data_of
from livinglab.casework.web import erasure, words
from livinglab.casework.web.files import files_of
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel.clock import day_of
from livinglab.packages.queries.filling import own_answer_rows
from livinglab.ui import formats


@require_safe
@applicant_page
def data(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show an applicant what is kept of them in a case."""
    if found.case is None or found.state is None:
        return redirect("casework:form", found.organization.code, found.token)
    use, ended = found.package.manifest.data, found.case.ended_at
    until = kept_until(day_of(ended, found.organization.zone), use.keep_months) if ended else None
    asked = found.asked(found.answers)
    context = {
        "purpose": use.purpose.in_language(language()),
        "ground": words.ground(use.ground),
        "months": use.keep_months,
        "until": formats.day(until, language=language()) if until else "",
        "stays_in_region": use.only_aggregates_leave,
        "files": files_of(found),
        "erasure": erasure.answered(newest_erasure(found.case)),
        "told_at": [found.case.email, found.case.phone],
        "rows": own_answer_rows(asked.fields, found.answers, language=language(), places=found.places()),
    }
    return show(request, "casework/data.html", found, context, title=_("Your data"))


@require_safe
@applicant_page
def data_file(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will answer with everything that is kept of an applicant in a case, as a JSON file."""
    if found.case is None or found.state is None:
        return redirect("casework:form", found.organization.code, found.token)
    text = json.dumps(data_of(found, found.case, found.state), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.case.number}.json"'
    return answer
