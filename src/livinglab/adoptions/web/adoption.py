"""One service of a region: its values, agreement, what going live needs, and what runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions.access import READERS, adoption_page
from livinglab.adoptions.domain.requirements import GROUNDS, Requirement
from livinglab.adoptions.domain.states import ADOPTION_STEPS, AdoptionState, AdoptionStep
from livinglab.adoptions.models import Adoption, Answered
from livinglab.adoptions.operations import adoptions, agreements, editions
from livinglab.adoptions.queries import adoptions as reads
from livinglab.adoptions.queries.editions import editions_of
from livinglab.adoptions.queries.outreach import planned
from livinglab.adoptions.web import words
from livinglab.adoptions.web.news import news_for
from livinglab.adoptions.web.values import Box, boxes, posted
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.package import Package
from livinglab.releases.queries.names import name_of
from livinglab.releases.queries.releases import advisories_in_force
from livinglab.ui.days import DayUnread, read_day
from livinglab.ui.jinja import url_if_any

Problems = tuple[tuple[str, str], ...]
_REASONED: Final = (AdoptionStep.PAUSE, AdoptionStep.END)


class Who(TypedDict):
    """For whom, by whom and when: what every write is told."""

    organization: Organization
    by: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """What going live still waits for, by the part of the page where it is given."""

    values: int
    agreement: bool
    requirements: int

    @property
    def number(self) -> int:
        """All of it together."""
        return self.values + self.agreement + self.requirements


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement of going live on the page, with how it was met."""

    code: str
    name: str
    law: str
    number: str
    day: str
    waived: str
    is_met: bool


@never_cache
@require_safe
@member_page(READERS)
def own(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the services that a region took over."""
    assert isinstance(request.user, User)
    found = reads.own_adoptions(organization.id)
    heading = _("You have taken no service over yet.")
    if found:
        heading = ngettext(
            "You run or prepare %(num)s service.", "You run or prepare %(num)s services.", len(found)
        ) % {"num": len(found)}
    rows = [
        {
            "name": name_of(one.listing),
            "publisher": one.listing.publisher.name,
            "version": one.base.version,
            "state": words.STATES[AdoptionState(one.state)],
            "newer": _newer(one),
            "url": url_if_any("adoptions:adoption", organization.code, one.id),
        }
        for one in found
    ]
    context = {
        "organization": organization,
        "heading": heading,
        "rows": rows,
        "news": news_for(request.user, organization),
        "breadcrumbs": _way(organization),
    }
    return render(request, "adoptions/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def adoption(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will show a service of a region, and take what one of its forms says."""
    if request.method != "POST":
        return _page(request, organization, row, user)
    try:
        said = _done(request, organization, row, user)
    except adoptions.ValuesRefused as refused:
        problems = tuple((f"value-{name}", str(words.WRONGS[one])) for name, one in refused.problems.items())
        return _page(request, organization, row, user, problems)
    except Refused as refused:
        return _page(request, organization, row, user, ((_field(request), str(refused.refusal.reason)),))
    except DayUnread as unread:
        return _page(request, organization, row, user, ((_field(request), str(unread)),))
    if not said:
        return _page(request, organization, row, user, (("", _("Choose what to do.")),))
    messages.success(request, said)
    return redirect("adoptions:adoption", organization.code, row.id)


def _done(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> str:
    post, form = request.POST, request.POST.get("form", "")
    who = Who(organization=organization, by=user, at=clock.now())
    if form == "values":
        said = posted(reads.package_of(row).manifest.parameters, post)
        adoptions.set_values(adoption_id=row.id, unit_code="", said=said, **who)
        return _("The values were kept.")
    if form == "agreement":
        terms = agreements.Terms(*(post.get(name, "") for name in ("shared", "support", "cost", "law")))
        agreements.propose(adoption_id=row.id, terms=terms, **who)
        return _("The agreement was proposed. Both sides sign it now.")
    if form == "sign" and row.agreement_id is not None:
        agreements.sign(agreement_id=row.agreement_id, **who)
        return _("Your side has signed.")
    if form.startswith("requirement-") and form.removeprefix("requirement-") in set(Requirement):
        code = form.removeprefix("requirement-")
        how = adoptions.Answer(
            number=post.get(f"number-{code}", ""),
            on=read_day(post.get(f"day-{code}", "")),
            waived_because=post.get(f"waived-{code}", ""),
        )
        adoptions.answer(adoption_id=row.id, requirement=Requirement(code), how=how, **who)
        return _("The requirement was kept.")
    if form == "back" and post.get("number", "").isdecimal():
        editions.go_back(adoption_id=row.id, number=int(post["number"]), **who)
        return _("The earlier edition is at work again.")
    if form in set(AdoptionStep):
        adoptions.take(
            adoption_id=row.id, step=AdoptionStep(form), reason=post.get(f"reason-{form}", ""), **who
        )
        return _("The service was moved on.")
    return ""


def _field(request: HttpRequest) -> str:
    form = request.POST.get("form", "")
    if form.startswith("requirement-"):
        return form.replace("requirement-", "number-", 1)
    if form == "agreement":
        return "shared"
    return f"reason-{form}" if form in set(_REASONED) else ""


def _page(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    package = reads.package_of(row)
    values = reads.values_of(row.id)
    agreement = reads.agreement_of(row)
    done = reads.answered(row.id)
    missing = reads.missing_values(package, values)
    state = AdoptionState(row.state)
    steps = [
        (step.value, words.STEPS[step], _refusal(row, organization, step, user), step in _REASONED)
        for step in AdoptionStep
        if (state, step) in ADOPTION_STEPS
    ]
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "publisher": row.listing.publisher.name,
        "state": words.STATES[state],
        "left": Left(
            values=len(missing),
            agreement=not (agreement and agreement.is_agreed),
            requirements=len(Requirement) - len(done),
        ),
        "boxes": _boxes(package, values, request, missing),
        "demands": _demands(done),
        "agreement": agreement,
        "planned": planned(row.id),
        "editions": editions_of(row.id),
        "steps": steps,
        "newer": _newer(row),
        "warnings": advisories_in_force(row.listing_id, row.base.version),
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "try_url": url_if_any(
            "sandboxes:open", row.listing.publisher.code, row.listing.package_id, row.base.version
        ),
        "breadcrumbs": (*_way(organization, linked=True), (name_of(row.listing), None)),
    }
    return render(request, "adoptions/adoption.html", context, status=422 if problems else 200)


def _boxes(
    package: Package, values: Mapping[tuple[str, str], object], request: HttpRequest, missing: tuple[str, ...]
) -> list[Box]:
    own = {name: value for (unit, name), value in values.items() if not unit}
    return boxes(package.manifest.parameters, own, request.POST, missing)


def _refusal(row: Adoption, organization: Organization, step: AdoptionStep, user: User) -> str:
    refusal = adoptions.refusal_of_step(row, organization=organization, step=step, by=user)
    return str(refusal.reason) if refusal else ""


def _demands(done: Mapping[Requirement, Answered]) -> list[Demand]:
    found = []
    for ground in GROUNDS:
        kept = done.get(ground.requirement)
        found.append(
            Demand(
                code=ground.requirement.value,
                name=str(words.REQUIREMENTS[ground.requirement]),
                law=ground.law,
                number=kept.number if kept else "",
                day=kept.on.isoformat() if kept else "",
                waived=kept.reason if kept else "",
                is_met=kept is not None,
            )
        )
    return found


def _newer(row: Adoption) -> str:
    newest = row.listing.newest
    return newest.version if newest is not None and newest.version_parts > row.base.version_parts else ""


def _way(organization: Organization, *, linked: bool = False) -> tuple[tuple[str, str | None], ...]:
    here = url_if_any("adoptions:own", organization.code) if linked else None
    return (
        (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
        (_("Own services"), here),
    )
