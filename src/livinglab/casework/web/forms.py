"""The form of a service: one thing per page, saved as it is typed, checked, sent, and a receipt."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.casework.domain.contacts import ContactMistake, ContactRefused
from livinglab.casework.operations import cases, drafts
from livinglab.casework.operations.attachments import Place
from livinglab.casework.queries.applications import Application
from livinglab.casework.uploads import takes_files
from livinglab.casework.web import attaching, contact, free_hours, words
from livinglab.casework.web.files import files_of
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.packages.queries import answering
from livinglab.packages.queries.cases import AnswersRefused, Mistake
from livinglab.packages.queries.filling import fitting, names_of, own_answer_rows, page_after


@require_safe
@applicant_page
def form(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will lead to the first page of the form, or to the case that became of it."""
    if found.draft is None:
        return _go(found, "application")
    pages = answering.asked_pages(found.package.form, found.asked(found.answers))
    return _go(found, "page", pages[0]) if pages else _go(found, "check")


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
@takes_files
def page(request: HttpRequest, found: Application, page: str) -> HttpResponse:
    """This function will ask the questions of a page and keep the answers; what is wrong is said with 422."""
    if found.draft is None:
        return _go(found, "application")
    form = found.package.form
    if page not in {one.id for one in form.pages}:
        raise UnknownValue(_("page"), page, [Known(one.id) for one in form.pages], status=404)
    if request.method != "POST":
        return _page(request, found, page, found.answers, ())
    shown = request.POST.get("_shown", "").split()
    fields = [form.fields[one] for one in shown if one in form.fields]
    given = attaching.read(
        request,
        fields,
        found.answers,
        organization=found.organization,
        place=Place(draft_id=found.draft.id),
    )
    kept, overlong = fitting(form, given.answers, found.answers)
    try:
        row = drafts.save(
            organization=found.organization,
            token=found.token,
            answers=kept,
            at=clock.now(),
            applicant=request.user.pk,
        )
    except AnswersRefused as refused:  # another page of it was filled in the same moment
        return _page(request, found, page, {**found.answers, **given.answers}, refused.mistakes)
    answers = {**row.answers, **given.answers}
    if {"_add", "_remove"} & request.POST.keys():
        return _page(request, found, page, answers, (*overlong, *given.mistakes), status=given.status)
    wrong = [one for one in found.mistakes(answers, page) if one.field.split(".")[0] in shown]
    if not wrong:
        wrong += free_hours.mistakes(found, answers, shown, language=language())
    mistakes = given.together((*overlong, *(one for one in wrong if one.field not in names_of(overlong))))
    if mistakes:
        return _page(request, found, page, answers, mistakes, status=given.status)
    asked = found.asked(answers)
    if {one.id for one in answering.page_fields(form, asked, page)} - set(shown):
        return _page(request, found, page, answers, ())  # an answer brought up another question of this page
    following = page_after(form, asked, page)
    return _go(found, "page", following) if following else _go(found, "check")


def _page(
    request: HttpRequest,
    found: Application,
    page: str,
    answers: Mapping[str, object],
    mistakes: tuple[Mistake, ...],
    *,
    status: int = 422,
) -> HttpResponse:
    form = found.package.form
    asked = found.asked(answers)
    pages = answering.asked_pages(form, asked)
    place = pages.index(page) if page in pages else 0
    title = next(one.title.in_language(language()) for one in form.pages if one.id == page)
    questions = answering.questions(
        answering.page_fields(form, asked, page),
        answers,
        mistakes,
        language=language(),
        places=found.places(),
    )
    questions = free_hours.offered(found, questions, answers, language=language())
    context = {
        "questions": questions,
        "more": answering.brought_up(questions, request.POST),
        "problems": answering.problems(mistakes, form, language=language()),
        "place": place + 1,
        "total": len(pages),
        "back": _address(found, "page", pages[place - 1]) if place else "",
        "page": page,
    }
    return show(
        request, "casework/page.html", found, context, title=title, status=status if mistakes else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@applicant_page
def check(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show every answer before it is sent, and send it; sending twice is one case."""
    if found.draft is None:
        return _go(found, "receipt")
    mistakes = found.mistakes(found.answers)
    wrong: Mapping[str, ContactMistake] = {}
    if request.method == "POST" and not mistakes:
        try:
            cases.submit(
                organization=found.organization,
                token=found.token,
                contact=contact.read(request.POST),
                by=request.user.pk if request.user.is_authenticated else None,
                at=clock.now(),
            )
            return _go(found, "receipt")
        except AnswersRefused as refused:
            mistakes = refused.mistakes
        except ContactRefused as refused:
            wrong = refused.mistakes
    form, asked, places = found.package.form, found.asked(found.answers), found.places()
    manifest = found.package.manifest
    context = {
        "pages": [
            (
                one.title.in_language(language()),
                own_answer_rows(fields, found.answers, language=language(), places=places),
                _address(found, "page", one.id),
            )
            for one in form.pages
            if (fields := answering.page_fields(form, asked, one.id))
        ],
        "problems": [
            *answering.problems(mistakes, form, language=language()),
            *((name, words.contact_mistake(one)) for name, one in wrong.items()),
        ],
        "contact": contact.fields(request.POST.dict(), wrong),
        "purpose": manifest.data.purpose.in_language(language()),
        "ground": words.ground(manifest.data.ground),
        "months": manifest.data.keep_months,
        "files": files_of(found),
        "fee": manifest.standard.components["fee"].in_language(language()),
    }
    status = 422 if (mistakes or wrong) and request.method == "POST" else 200
    return show(request, "casework/check.html", found, context, title=_("Check your answers"), status=status)


def _address(found: Application, name: str, *more: str) -> str:
    return reverse(f"casework:{name}", args=[found.organization.code, found.token, *more])


def _go(found: Application, name: str, *more: str) -> HttpResponse:
    return redirect(_address(found, name, *more))
