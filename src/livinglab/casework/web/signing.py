"""Signing at the desk: what a step would sign, looked through before; and many documents with one passphrase."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import not_at_desk, office_page
from livinglab.casework.models import Paper, Seat, Task
from livinglab.casework.operations import papers
from livinglab.casework.operations.papers import Signature
from livinglab.casework.queries.colleagues import colleagues
from livinglab.casework.queries.papers import name_of
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.signing import (
    Foreseen,
    agreed,
    foreseen,
    papers_to_sign,
    steps_to_sign,
)
from livinglab.casework.web import words
from livinglab.casework.web.frame import language
from livinglab.documents.queries import PdfUnavailable
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization
from livinglab.packages.queries import case_words
from livinglab.packages.queries.cases import AnswersRefused, IllegalMove
from livinglab.signatures.operations import documents
from livinglab.signatures.operations.readiness import readiness
from livinglab.ui.web.errors import error_page

#: what is signed at once, of steps and of documents each: a signature takes a third of a second
AT_ONCE: Final = 20
_UNPROCESSABLE: Final = 422
_STEP: Final = "step"
_PAPER: Final = "paper"
#: the parts of what is posted for a tick
_TICKED: Final = ("kind", "id", "seal")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to look through, in one of its languages."""

    title: str
    number: str
    written_in: str
    body: SafeString

    @property
    def language(self) -> str:
        """In which language it is written, in words."""
        return words.written_in(self.written_in)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a signature: what it is, and the sheets to look through.

    `worker` is the colleague who works on it, who has to give it up before it can be signed; "" for nobody.
    """

    id: UUID
    kind: str
    case: str
    due: str
    sheets: tuple[Sheet, ...]
    is_synthetic: bool
    seal: str = ""
    worker: str = ""

    @property
    def value(self) -> str:
        """What is posted when it is ticked."""
        return ".".join((self.kind, str(self.id), self.seal))

    @property
    def named(self) -> str:
        """What it is called: its documents and the case."""
        titles = ", ".join(dict.fromkeys(f"{one.title} {one.number}".strip() for one in self.sheets))
        return f"{titles} · {self.case}"


def signature_of(request: HttpRequest) -> Signature:
    """This function will return what a signer typed."""
    return Signature(
        origin=request.build_absolute_uri("/").removesuffix("/"),
        passphrase=request.POST.get("passphrase", ""),
        nik="".join(request.POST.get("nik", "").split()),
    )


def sheets_of(found: Task, seen: Foreseen) -> tuple[Sheet, ...]:
    """This function will return what a step would sign, one sheet for each language."""
    manifest = package_of(found.case.version).manifest
    return tuple(
        Sheet(
            name_of(manifest, one.document, written_in),
            one.number,
            written_in,
            mark_safe(one.pages[written_in]),  # noqa: S308  cut down by packages.markup
        )
        for one in seen.papers
        for written_in in sorted(one.pages)
    )


def block(
    organization: Organization, user: User, sheets: tuple[Sheet, ...], *, seal: str = ""
) -> dict[str, object]:
    """This function will return what a page needs that asks for a signature."""
    ready = readiness(organization.id, user.id, at=clock.now())
    return {"sheets": sheets, "seal": seal, "refusal": ready.refusal, "asks_nik": ready.asks_nik}


def draft(
    request: HttpRequest, organization: Organization, sheet: Sheet, *, is_synthetic: bool
) -> HttpResponse:
    """This function will answer a sheet as PDF, marked as a draft; 503 with the reason where PDFs are off."""
    try:
        pdf = documents.draft(
            organization=organization,
            title=sheet.title,
            number=sheet.number,
            body=sheet.body,
            language=sheet.written_in,
            is_synthetic=is_synthetic,
        )
    except PdfUnavailable as unavailable:
        return error_page(request, 503, _("PDFs are switched off here"), str(unavailable.explanation))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("passphrase", "nik")
@office_page
def sign(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will list what waits for the reader's signature, and sign what was ticked with one passphrase."""
    if request.method != "POST":
        return _page(request, organization, user, seats)
    steps, left = _ticked(request.POST.getlist("sign"))
    if problems := _missing(request, organization, user, is_empty=not steps and not left):
        return _page(request, organization, user, seats, problems=problems)
    names = {one.id: one.named for one in _waiting(organization, user, seats)[0]}
    try:
        outcomes = papers.sign_each(
            organization=organization,
            steps=steps,
            papers=left,
            signature=signature_of(request),
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        return _page(
            request, organization, user, seats, problems=[("passphrase", str(refused.refusal.reason))]
        )
    results = [
        (names.get(one.id, _("what waits no more")), str(one.refusal.reason) if one.refusal else "")
        for one in outcomes
    ]
    problems = [("", f"{name}: {why}") for name, why in results if why]
    return _page(request, organization, user, seats, results=results, problems=problems)


@require_safe
@office_page
def sheet(
    request: HttpRequest,
    organization: Organization,
    user: User,
    seats: tuple[Seat, ...],
    item_id: UUID,
    nth: int,
) -> HttpResponse:
    """This function will answer one of the documents that wait for the reader's signature as PDF."""
    ready, _single = _waiting(organization, user, seats, only=item_id)
    if not ready or not 1 <= nth <= len(ready[0].sheets):
        return not_at_desk(request, organization, user)
    return draft(request, organization, ready[0].sheets[nth - 1], is_synthetic=ready[0].is_synthetic)


def _ticked(values: Iterable[str]) -> tuple[dict[UUID, str], list[UUID]]:
    """Return the steps with their seals and the documents that were ticked; what is no such thing is passed over."""
    steps: dict[UUID, str] = {}
    left: list[UUID] = []
    for kind, each, seal in (one.split(".") for one in values if one.count(".") == len(_TICKED) - 1):
        try:
            ident = UUID(each)
        except ValueError:
            continue
        if kind == _STEP:
            steps[ident] = seal
        else:
            left.append(ident)
    return steps, left


def _missing(
    request: HttpRequest, organization: Organization, user: User, *, is_empty: bool
) -> list[tuple[str, str]]:
    ready = readiness(organization.id, user.id, at=clock.now())
    if ready.refusal is not None:
        return [("", str(ready.refusal.reason))]
    problems = [("sign", _("Tick what you looked through and want to sign."))] if is_empty else []
    return problems + missing(request, asks_nik=ready.asks_nik)


def missing(request: HttpRequest, *, asks_nik: bool) -> list[tuple[str, str]]:
    """This function will return what a signer did not type, by field."""
    problems = []
    if asks_nik and not request.POST.get("nik", "").strip():
        problems.append(("nik", _("Type your national identity number; the signing service asks for it.")))
    if not request.POST.get("passphrase", ""):
        problems.append(("passphrase", _("Type your passphrase.")))
    return problems


def _page(
    request: HttpRequest,
    organization: Organization,
    user: User,
    seats: tuple[Seat, ...],
    *,
    results: Sequence[tuple[str, str]] = (),
    problems: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    ready, single = _waiting(organization, user, seats)
    return render(
        request,
        "casework/sign.html",
        {
            **block(organization, user, ()),
            "organization": organization,
            "finding": _finding(len(ready), len(single)),
            "rows": ready,
            "single": single,
            "results": results,
            "problems": problems,
            "errors": dict(problems),
            "ticked": request.POST.getlist("sign") if not results else [],
            "here": request.path,
            "breadcrumbs": [
                (organization.name, None),
                (_("What waits"), reverse("casework:desk", args=[organization.code])),
                (_("To be signed"), None),
            ],
        },
        status=_UNPROCESSABLE if problems else 200,
    )


def _finding(ready: int, single: int) -> str:
    if not ready + single:
        return _("Nothing waits for your signature.")
    return ngettext(
        "%(num)s application waits for your signature",
        "%(num)s applications wait for your signature",
        ready + single,
    ) % {"num": ready + single}


def _waiting(
    organization: Organization, user: User, seats: tuple[Seat, ...], *, only: UUID | None = None
) -> tuple[list[Waiting], list[dict[str, str]]]:
    """Return what can be signed together, and the steps that want more than a yes, each as a link with its words."""
    ready: list[Waiting] = []
    single: list[dict[str, str]] = []
    steps, left = steps_to_sign(organization.id, seats), papers_to_sign(organization.id, seats)
    if only is not None:
        steps, left = steps.filter(id=only), left.filter(id=only)
    waiting = list(steps[:AT_ONCE])
    names = _others(organization, user, waiting)
    for found in waiting:
        one = _step(organization, user, found, worker=names.get(found.id, ""))
        if one is not None:
            ready.append(one)
        else:
            runs = runner_of(found.case.version, zone=organization.zone)
            single.append(
                {
                    "href": reverse("casework:task", args=[organization.code, found.id]),
                    "number": found.case.number,
                    "step": case_words.node_name(runs, found.node, language()),
                }
            )
    ready += [_left(one) for one in left[:AT_ONCE]]
    return ready, single


def _others(organization: Organization, user: User, waiting: Sequence[Task]) -> dict[UUID, str]:
    """Return who else works on which of these steps, by name. One query where somebody does."""
    held = {one.id: one.assignee for one in waiting if one.assignee not in (None, user.id)}
    names = colleagues(organization.id).names if held else {}
    return {task_id: names.get(person, _("somebody")) for task_id, person in held.items() if person}


def _step(organization: Organization, user: User, found: Task, *, worker: str) -> Waiting | None:
    """Return a step that signs documents when each of its questions is answered with yes, None for any other."""
    runs = runner_of(found.case.version, zone=organization.zone)
    answers = agreed(runs, state_of(found.case), found.node)
    try:
        seen = foreseen(organization, found, answers, by=user.id, at=clock.now())
    except (AnswersRefused, IllegalMove):
        return None
    if not seen.papers:
        return None
    return Waiting(
        found.id,
        _STEP,
        found.case.number,
        case_words.deadline(found.due, language()),
        sheets_of(found, seen),
        found.case.is_synthetic,
        seen.seal,
        worker,
    )


def _left(paper: Paper) -> Waiting:
    manifest = package_of(paper.case.version).manifest
    sheets = tuple(
        Sheet(
            name_of(manifest, paper.document, written_in),
            paper.number,
            written_in,
            mark_safe(paper.pages[written_in]),  # noqa: S308  cut down by packages.markup
        )
        for written_in in sorted(paper.pages)
    )
    return Waiting(paper.id, _PAPER, paper.case.number, "", sheets, paper.case.is_synthetic)
