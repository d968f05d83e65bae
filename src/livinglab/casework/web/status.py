"""Where an application stands: the receipt, what happens next and by when, messages, documents, withdrawal."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.casework.domain.contacts import masked
from livinglab.casework.domain.secrets import is_token
from livinglab.casework.operations import asking, cases, complaints, telling
from livinglab.casework.queries.applications import Application, messages_of, steps_of
from livinglab.casework.queries.complaints import complaint_service_about
from livinglab.casework.queries.disposed import lane_agencies
from livinglab.casework.queries.reopening import reopening_of
from livinglab.casework.web import corrections, papers, payment, reopening, words
from livinglab.casework.web.files import files_of
from livinglab.casework.web.frame import applicant_page, language, show
from livinglab.documents.queries import modules_of, path_of
from livinglab.kernel import clock
from livinglab.packages.domain.running.state import Entry, Happened, Sent, Text
from livinglab.packages.queries import case_words, standing
from livinglab.packages.queries.registers import waiting_for
from livinglab.surveys.queries.links import case_state


@require_safe
@applicant_page
def status(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show where an application stands; a form that was not sent is gone on with."""
    if found.case is None or found.state is None:
        return redirect("casework:form", found.organization.code, found.token)
    messages = messages_of(found.case)
    history = [
        Entry(what=Happened(one.what), at=one.at, on=one.on, role=one.role, by=one.by)
        for one in steps_of(found.case)
    ]
    state = replace(
        found.state,
        history=tuple(history),
        sent=tuple(
            Sent(one.message, one.at, {lang: Text(**text) for lang, text in one.texts.items()})
            for one in reversed(messages)
        ),
    )
    finding = case_words.finding(found.runs, state, language())
    was_opened = any(one.what is Happened.REOPENED for one in history)
    opened = reopening_of(found.case) if was_opened else None
    steps = standing.standing(found.runs, state, history, language=language())
    drawn, called = standing.drawings(found.package.diagram.text)
    had_by = lane_agencies(found.case)
    answered = case_words.answered(history)
    context = {
        "finding": finding,
        "due": case_words.deadline(state.due, language()),
        "is_late": state.is_late,
        "is_asked": state.asked is not None,
        "can_correct": bool(found.asked_for),
        "objection": corrections.objection(found, messages),
        "is_over": state.is_over,
        "silence": case_words.silence(found.package.manifest, history, state),
        "is_checked": bool(waiting_for(found.runs, state)),
        "told_by": [
            f"{words.way(way)} {masked(address)}"
            for way, address in telling.contact_of(found.case).addresses.items()
        ],
        "may_complain": complaint_service_about(found.organization.id, found.case.service_id) is not None,
        "may_rate": asking.is_asked(found.case.outcome, found.package.manifest) and not _has_rated(found),
        "steps": steps,
        "drawn": drawn,
        "called": called,
        "marks": standing.marks(steps),
        "waiting": [
            (
                had_by.get(one.node.lane)
                or case_words.role_name(found.package.manifest, one.node.lane, language()),
                case_words.node_name(found.runs, one.node.id, language()),
                case_words.until(one, language()),
            )
            for one in found.runs.waiting(state)
        ],
        "history": [
            (case_words.moment(one.at, language()), case_words.happened(found.runs, state, one, language()))
            for one in reversed(history)
        ],
        "said": [
            {
                "at": case_words.moment(one.at, language()),
                "subject": text["subject"],
                "body": mark_safe(text["body"]),  # noqa: S308  CommonMark without HTML
                "answered": case_words.moment(answer, language())
                if (answer := answered.get((one.message, one.at)))
                else "",
            }
            for one in messages
            if (text := one.texts.get(language()) or one.texts.get("id"))
        ],
        "papers": papers.lines(found),
        "published": [
            (
                str(state.tasks.get(one.form, {}).get("title") or one.number),
                reverse("casework:publication", args=[found.organization.code, one.number]),
            )
            for one in state.published
        ],
        "files": files_of(found),
        "reopening": reopening.summary(found, found.case, opened, tuple(history)),
        "payment": payment.summary(found, found.case),
    }
    return show(request, "casework/status.html", found, context, title=finding)


@require_safe
@applicant_page
def receipt(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will show the number of an application, its address as QR, and what happens next."""
    if found.case is None or found.state is None:
        return redirect("casework:form", found.organization.code, found.token)
    if not is_token(found.token):  # only who has the secret address can keep it
        return redirect("casework:application", found.organization.code, found.token)
    address = request.build_absolute_uri(request.path.removesuffix("receipt/"))
    modules = modules_of(address)
    context = {
        "number": found.case.number,
        "due": case_words.deadline(found.state.due, language()),
        "address": address,
        "qr": path_of(modules),
        "side": len(modules),
    }
    return show(request, "casework/receipt.html", found, context, title=_("We received your application"))


def _has_rated(found: Application) -> bool:
    assert found.case is not None
    return case_state(found.case.id, asking.ENDED, at=found.at) == "answered"


@require_POST
@applicant_page
def complain(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will begin a complaint about an application, with its number filled in."""
    if found.case is None:
        return redirect("casework:form", found.organization.code, found.token)
    applicant = request.user.pk if request.user.is_authenticated else None
    token = complaints.begin_about(
        organization=found.organization, case=found.case, applicant=applicant, at=clock.now()
    )
    return redirect("casework:form", found.organization.code, token)


@require_POST
@applicant_page
def withdraw(request: HttpRequest, found: Application) -> HttpResponse:
    """This function will end an application for its applicant."""
    if found.case is not None:
        by = request.user.pk if request.user.is_authenticated else None
        cases.withdraw(
            organization=found.organization, case_id=found.case.id, key="withdraw", by=by, at=clock.now()
        )
    return redirect("casework:application", found.organization.code, found.token)
