"""Who does a step: on its page, and for several at once from the desk."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from livinglab.accounts.queries import User
from livinglab.casework.access import office_page, task_page
from livinglab.casework.models import Seat, Task
from livinglab.casework.operations import assigning
from livinglab.casework.queries.colleagues import colleagues
from livinglab.casework.queries.inbox import ON_A_PAGE
from livinglab.casework.web.filters import KEYS
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import Organization

#: the button that leads to doing what was ticked together
_TOGETHER: Final = "together"


@dataclass(frozen=True, slots=True)
class Work:
    """Whose a step is, for its page: `name` of who works on it, "" for nobody; `people` to whom it can be given."""

    name: str
    is_mine: bool
    taken_by: str
    people: list[tuple[str, str]]

    @property
    def is_free(self) -> bool:
        """Whether the reader may do it now."""
        return self.is_mine or not self.name


def work(request: HttpRequest, organization: Organization, found: Task) -> Work:
    """This function will return whose a step is, and to whom the reader can give it. One query."""
    people = colleagues(organization.id)
    name = people.names.get(found.assignee, _("somebody")) if found.assignee else ""
    return Work(
        name,
        found.assignee == request.user.pk,
        name if found.taken_from == request.user.pk else "",
        [
            (str(one), named)
            for one, named in people.fit([found])
            if one not in (request.user.pk, found.assignee)
        ],
    )


@require_POST
@task_page
def assign(request: HttpRequest, organization: Organization, user: User, found: Task) -> HttpResponse:
    """This function will say who does a step: the reader, a colleague, or whoever has a seat there."""
    here = reverse("casework:task", args=[organization.code, found.id])
    try:
        to = _person(request, user)
        assigning.assign(organization=organization, task_id=found.id, to=to, by=user, at=clock.now())
    except NobodyChosen:
        messages.error(request, _("Choose to whom you give it."))
    except Refused as refused:
        messages.error(request, str(refused.refusal.reason))
    else:
        messages.success(request, _said(to, user) % {"number": found.case.number})
    return redirect(here)


@require_POST
@office_page
def act(
    request: HttpRequest, organization: Organization, user: User, seats: tuple[Seat, ...]
) -> HttpResponse:
    """This function will say who does the steps that were ticked, or lead to doing them together."""
    ticked, back = _ticked(request), _back(request, organization)
    if not ticked:
        messages.error(request, _("Tick at least one application."))
        return redirect(back)
    if request.POST.get("act") == _TOGETHER:
        chosen = QueryDict(mutable=True)
        chosen.setlist("task", [str(one) for one in ticked])
        here = reverse("casework:together", args=[organization.code])
        return redirect(f"{here}?{chosen.urlencode()}")
    try:
        to = _person(request, user)
    except NobodyChosen:
        messages.error(request, _("Choose to whom you give it."))
        return redirect(back)
    outcomes = assigning.assign_each(
        organization=organization, task_ids=ticked, to=to, by=user, at=clock.now()
    )
    done = sum(one.refusal is None for one in outcomes)
    if done:
        said = {
            user.id: ngettext("%(num)s is yours now.", "%(num)s are yours now.", done),
            None: ngettext("%(num)s waits for the office again.", "%(num)s wait for the office again.", done),
        }.get(
            to, ngettext("%(num)s is given to your colleague.", "%(num)s are given to your colleague.", done)
        )
        messages.success(request, said % {"num": done})
    for one in outcomes:
        if one.refusal is not None:
            messages.error(request, f"{one.number}: {one.refusal.reason}")
    if len(outcomes) < len(ticked):
        messages.error(request, _("What waits no more, or is not yours to give, was passed over."))
    return redirect(back)


class NobodyChosen(Exception):
    """A colleague was to be chosen, and none was."""


def _person(request: HttpRequest, user: User) -> UUID | None:
    """Return to whom something is given, None for the office. Errors: `NobodyChosen`."""
    match request.POST.get("act", ""):
        case "me":
            return user.id
        case "office":
            return None
    try:
        return UUID(request.POST.get("to", ""))
    except ValueError:
        raise NobodyChosen from None


def _said(to: UUID | None, user: User) -> str:
    if to is None:
        return _("%(number)s waits for the office again.")
    return _("%(number)s is yours now.") if to == user.id else _("%(number)s is given to your colleague.")


def _ticked(request: HttpRequest) -> list[UUID]:
    """Return the steps that were ticked, as many as a page shows; what is no id is passed over."""
    found: list[UUID] = []
    for one in request.POST.getlist("task")[:ON_A_PAGE]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _back(request: HttpRequest, organization: Organization) -> str:
    """Return the address of the desk with the filters that it had, and nothing else of what was posted."""
    given, kept = QueryDict(request.POST.get("back", "")), QueryDict(mutable=True)
    kept.update({key: given[key] for key in KEYS if given.get(key)})
    here = reverse("casework:desk", args=[organization.code])
    return f"{here}?{kept.urlencode()}" if kept else here
