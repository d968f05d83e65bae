"""The citizen's form: one thing per page, the answers checked, sent, and a receipt."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.packages.queries import answering, case_words
from livinglab.packages.queries.cases import Mistake
from livinglab.packages.queries.filling import fitting, page_after, read_posted
from livinglab.sandboxes import operations
from livinglab.sandboxes.domain.limits import MOST_CHARACTERS
from livinglab.sandboxes.queries.sandboxes import Trial
from livinglab.sandboxes.web import words
from livinglab.sandboxes.web.frame import (
    in_sandbox,
    language,
    open_trial,
    problems,
    rows_of,
    show,
    told,
)


@require_POST
@in_sandbox
def fill(request: HttpRequest, address: str) -> HttpResponse:
    """This function will fill the form in with an invented person."""
    operations.fill_in(address=address, at=clock.now())
    return redirect("sandboxes:check", address)


@require_safe
@in_sandbox
def first_page(request: HttpRequest, address: str) -> HttpResponse:
    """This function will lead to the first page of the form."""
    found = open_trial(address)
    pages = answering.asked_pages(found.package.form, found.asked(found.answers))
    return redirect("sandboxes:page", address, pages[0]) if pages else redirect("sandboxes:check", address)


@require_http_methods(["GET", "HEAD", "POST"])
@in_sandbox
def page(request: HttpRequest, address: str, page: str) -> HttpResponse:
    """This function will ask the questions of a page and keep the answers; what is wrong is said with 422."""
    found = open_trial(address)
    form = found.package.form
    if page not in {one.id for one in form.pages}:
        raise UnknownValue(_("page"), page, [Known(one.id) for one in form.pages], status=404)
    if request.method != "POST":
        return _page(request, found, page, ())
    shown = request.POST.get("_shown", "").split()
    fields = [form.fields[one] for one in shown if one in form.fields]
    given = read_posted(fields, request.POST, request.FILES, found.answers)
    kept, overlong = fitting(form, given, found.answers, most=MOST_CHARACTERS)
    found = operations.keep_answers(address=address, task="", answers=kept, at=clock.now())
    if overlong:
        return _page(request, found, page, overlong, typed=given)
    if {"_add", "_remove"} & request.POST.keys():
        return _page(request, found, page, ())
    mistakes = tuple(one for one in found.mistakes(found.answers, page) if one.field.split(".")[0] in shown)
    if mistakes:
        return _page(request, found, page, mistakes)
    asked = found.asked(found.answers)
    if {one.id for one in answering.page_fields(form, asked, page)} - set(shown):
        return _page(request, found, page, ())  # an answer brought up another question of this page
    following = page_after(form, asked, page)
    return (
        redirect("sandboxes:page", address, following) if following else redirect("sandboxes:check", address)
    )


def _page(
    request: HttpRequest,
    found: Trial,
    page: str,
    mistakes: tuple[Mistake, ...],
    *,
    typed: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Answer with a page of the form. `typed`: what was given and could not all be kept."""
    form = found.package.form
    asked = found.asked(found.answers)
    pages = answering.asked_pages(form, asked)
    place = pages.index(page) if page in pages else 0
    fields = answering.page_fields(form, asked, page)
    title = next(one.title.in_language(language()) for one in form.pages if one.id == page)
    questions = answering.questions(
        fields,
        {**found.answers, **(typed or {})},
        told(mistakes),
        language=language(),
        places=words.PLACES,
    )
    context = {
        "questions": questions,
        "more": answering.brought_up(questions, request.POST),
        "problems": problems(mistakes, form),
        "place": place + 1,
        "total": len(pages),
        "back": reverse("sandboxes:page", args=[found.sandbox.address, pages[place - 1]])
        if place
        else reverse("sandboxes:hub", args=[found.sandbox.address]),
        "page": page,
    }
    return show(request, "sandboxes/page.html", found, context, title=title, status=422 if mistakes else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_sandbox
def check(request: HttpRequest, address: str) -> HttpResponse:
    """This function will show every answer before it is sent, and send it."""
    found = open_trial(address)
    form, asked = found.package.form, found.asked(found.answers)
    mistakes = found.mistakes(found.answers)
    if request.method == "POST" and not mistakes:
        operations.send(address=address, at=clock.now())
        return redirect("sandboxes:receipt", address)
    pages = [
        (
            one.title.in_language(language()),
            rows_of(answering.page_fields(form, asked, one.id), found.answers, is_masked=False),
            reverse("sandboxes:page", args=[address, one.id]),
        )
        for one in form.pages
        if answering.page_fields(form, asked, one.id)
    ]
    manifest = found.package.manifest
    context = {
        "pages": pages,
        "problems": problems(mistakes, form),
        "purpose": manifest.data.purpose.in_language(language()),
        "months": manifest.data.keep_months,
        "fee": manifest.standard.components["fee"].in_language(language()),
    }
    status = 422 if mistakes and request.method == "POST" else 200
    return show(request, "sandboxes/check.html", found, context, title=_("Check your answers"), status=status)


@require_safe
@in_sandbox
def receipt(request: HttpRequest, address: str) -> HttpResponse:
    """This function will show the number of the application, and what happens next and by when."""
    found = open_trial(address)
    if found.case is None:
        return redirect("sandboxes:hub", address)
    context = {
        "number": found.case.number,
        "due": case_words.deadline(found.case.due, language()),
        "waiting": [
            (
                case_words.role_name(found.package.manifest, one.node.lane, language()),
                case_words.node_name(found.runs, one.node.id, language()),
                case_words.until(one, language()),
            )
            for one in found.runs.waiting(found.case)
        ],
    }
    return show(request, "sandboxes/receipt.html", found, context, title=_("We received your application"))
