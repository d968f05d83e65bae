"""What the pages of a sandbox share: the door, the warnings, the trail."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, Unanswerable
from livinglab.packages.domain.form import Field, Form
from livinglab.packages.queries import answering
from livinglab.packages.queries.cases import BrokenPackage, IllegalMove, Mistake
from livinglab.packages.queries.filling import answer_rows
from livinglab.sandboxes.operations import TooFar, TooLarge
from livinglab.sandboxes.queries.sandboxes import SandboxGone, Trial, trial
from livinglab.sandboxes.web import words


def language() -> str:
    """This function will return the reader's language, `id` or `en`."""
    return "en" if get_language() == "en" else "id"


def in_sandbox(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """This function will turn a sandbox that is gone into a page that says so, and a refused act into a message."""

    @wraps(view)
    def shown(request: HttpRequest, address: str, **values: str | int) -> HttpResponse:
        try:
            answer = view(request, address, **values)
        except SandboxGone:
            raise Unanswerable(
                404,
                _("This trial is over"),
                _("A trial is deleted a day after it began, or when its service gets a new version."),
                [Known("try", _("Services to try"), reverse("sandboxes:list"))],
            ) from None
        except (IllegalMove, BrokenPackage, TooFar, TooLarge) as refused:
            messages.error(request, words.refused(refused))
            answer = redirect("sandboxes:hub", address)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return shown


def open_trial(address: str) -> Trial:
    """This function will return the sandbox at an address. Errors: `SandboxGone`."""
    return trial(address, at=clock.now())


def show(
    request: HttpRequest,
    template: str,
    found: Trial,
    context: Mapping[str, object],
    *,
    title: str,
    status: int = 200,
) -> HttpResponse:
    """This function will answer with a page of a sandbox."""
    address, name = found.sandbox.address, found.package.manifest.name.in_language(language())
    trail: list[tuple[str, str | None]] = [(_("Services to try"), reverse("sandboxes:list"))]
    if template == "sandboxes/hub.html":
        trail.append((name, None))
    else:
        trail += [(name, reverse("sandboxes:hub", args=[address])), (title, None)]
    return render(
        request,
        template,
        {
            "trial": found,
            "address": address,
            "name": name,
            "title": title,
            "role_name": found.role.name.in_language(language()),
            "breadcrumbs": trail,
            **context,
        },
        status=status,
    )


def told(mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """This function will return mistakes with the words of those that only a sandbox finds."""
    said = {"sentence": words.real_number()}
    return tuple(Mistake(one.field, "said", said) if one.code == "real_nik" else one for one in mistakes)


def problems(mistakes: tuple[Mistake, ...], form: Form) -> tuple[tuple[str, str], ...]:
    """This function will return mistakes for the summary of errors."""
    return answering.problems(told(mistakes), form, language=language())


def rows_of(
    fields: tuple[Field, ...], answers: Mapping[str, object], *, is_masked: bool
) -> tuple[tuple[str, str], ...]:
    """This function will return pairs of question and answer as people read them."""
    return answer_rows(fields, answers, language=language(), places=words.PLACES, is_masked=is_masked)
