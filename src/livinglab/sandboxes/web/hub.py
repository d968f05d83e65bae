"""The hub of a sandbox: where the case stands, who the visitor is, the clock, the tour."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from livinglab.kernel import clock
from livinglab.packages.domain.registers import steps_of
from livinglab.packages.domain.running.reopening import is_objection
from livinglab.packages.queries import case_words, registers, standing
from livinglab.sandboxes import operations
from livinglab.sandboxes.queries.sandboxes import Trial
from livinglab.sandboxes.web import words
from livinglab.sandboxes.web.frame import in_sandbox, language, open_trial, show

#: how far each button pushes the clock; the deadline's is told apart by None
_PUSHES: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1), "deadline": None}


@require_safe
@in_sandbox
def hub(request: HttpRequest, address: str) -> HttpResponse:
    """This function will show where everything stands."""
    found = open_trial(address)
    case = found.case
    steps = standing.standing(found.runs, case, case.history if case else (), language=language())
    drawn, called = standing.drawings(found.package.diagram.text)
    context = {
        "finding": words.finding(found, language()),
        "clock": case_words.moment(found.stage.clock, language()),
        "ends": case_words.moment(found.sandbox.ends_at, language()),
        "roles": [
            (one.id, one.name.in_language(language()), one.id == found.role.id)
            for one in found.package.manifest.roles
        ],
        "acts": _acts(found),
        "can_apply": case is None and found.is_near,
        "can_pay": bool(found.asked_for("payment")) and found.is_near,
        "can_withdraw": case is not None and not case.is_over and found.is_near,
        "steps": steps,
        "drawn": drawn,
        "called": called,
        "marks": standing.marks(steps),
        "standard": _standard(found),
        "has_deadline": found.next_deadline is not None,
        "history": [
            (case_words.moment(one.at, language()), case_words.happened(found.runs, case, one, language()))
            for one in reversed(case.history)
        ]
        if case
        else [],
        "asks_registers": any(steps_of(found.package)),
        "checks": registers.shown(case, language=language()) if case else (),
        "papers": _papers(found),
        "tour": _tour(found),
    }
    return show(request, "sandboxes/hub.html", found, context, title=words.finding(found, language()))


def _acts(found: Trial) -> list[tuple[str, str]]:
    """This function will return what the role can do now, as pairs of label and address."""
    address = found.sandbox.address
    acts = [
        (
            case_words.node_name(found.runs, one.id, language()),
            reverse("sandboxes:task", args=[address, one.id]),
        )
        for one in found.own_tasks
    ]
    if found.case is None and found.is_near:
        acts.append((_("Fill in the application"), reverse("sandboxes:form", args=[address])))
    if found.asked_for("answer") and found.is_near:
        is_refused = is_objection(found.package, found.asked_for("answer"))
        label = _("Object to the refusal") if is_refused else _("Complete the application as asked")
        acts.append((label, reverse("sandboxes:form", args=[address])))
    return acts


def _standard(found: Trial) -> tuple[str, str]:
    """This function will return the standard of the whole request in words, and the kind of its notice."""
    case = found.case
    if case is None:
        return found.package.manifest.standard.components["duration"].in_language(language()), ""
    said = {"moment": case_words.deadline(case.due, language())}
    if case.asked and not case.is_late:
        return _("The applicant is asked: until the answer the standard stands still."), ""
    if case.is_late:
        return _("The standard is breached: the request was due by %(moment)s.") % said, "bad"
    if case.is_over:
        return _("The standard was kept: the request was due by %(moment)s.") % said, "good"
    return _("The request is due by %(moment)s.") % said, ""


def _papers(found: Trial) -> list[tuple[str, str]]:
    """This function will return the documents as pairs of label and address."""
    names = {one.id: one.name.in_language(language()) for one in found.package.manifest.documents}
    return [
        (
            f"{names.get(one.document, one.document)} {one.number}",
            reverse("sandboxes:document", args=[found.sandbox.address, place]),
        )
        for place, one in enumerate(found.case.issued if found.case else (), start=1)
    ]


def _tour(found: Trial) -> dict[str, object] | None:
    """This function will return how far the tour is, what its last step was and what its next one does."""
    tour = found.stage.tour
    scenario = found.package.scenarios.get(tour.scenario) if tour else None
    if tour is None or scenario is None:
        return None
    steps = scenario.steps
    return {
        "title": scenario.title.in_language(language()),
        "taken": tour.taken,
        "total": len(steps),
        "last": words.next_step(found, steps[tour.taken - 1], language()) if tour.taken else "",
        "next": words.next_step(found, steps[tour.taken], language()) if tour.taken < len(steps) else "",
    }


@require_POST
@in_sandbox
def role(request: HttpRequest, address: str) -> HttpResponse:
    """This function will make the visitor somebody else."""
    operations.choose_role(address=address, role=request.POST.get("role", ""), at=clock.now())
    return redirect("sandboxes:hub", address)


@require_POST
@in_sandbox
def push(request: HttpRequest, address: str) -> HttpResponse:
    """This function will push the clock forward."""
    push = request.POST.get("by", "hour")
    operations.push_clock(address=address, by=_PUSHES.get(push, _PUSHES["hour"]), at=clock.now())
    return redirect("sandboxes:hub", address)


@require_POST
@in_sandbox
def next_step(request: HttpRequest, address: str) -> HttpResponse:
    """This function will take the next step of the tour."""
    operations.next_step(address=address, at=clock.now())
    return redirect("sandboxes:hub", address)


@require_POST
@in_sandbox
def reset(request: HttpRequest, address: str) -> HttpResponse:
    """This function will begin again."""
    operations.reset(address=address, at=clock.now())
    return redirect("sandboxes:hub", address)


@require_POST
@in_sandbox
def withdraw(request: HttpRequest, address: str) -> HttpResponse:
    """This function will withdraw the application."""
    operations.withdraw(address=address, at=clock.now())
    return redirect("sandboxes:hub", address)


@require_POST
@in_sandbox
def pay(request: HttpRequest, address: str) -> HttpResponse:
    """This function will pay what is asked."""
    operations.pay(address=address, at=clock.now())
    return redirect("sandboxes:hub", address)
