"""Changes offered back: chosen and sent by an adopter, looked at and answered by the publisher."""

import hashlib
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.access import READERS, adoption_page
from livinglab.adoptions.domain.states import AdoptionState, OfferState
from livinglab.adoptions.models import Adoption, Offer
from livinglab.adoptions.operations import offers
from livinglab.adoptions.operations.editions import NotSound, Undecided
from livinglab.adoptions.queries import offers as reads
from livinglab.adoptions.web import words
from livinglab.adoptions.web.news import news_for
from livinglab.adoptions.web.questions import choices_in, questions, said, told
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.faults import Severity
from livinglab.packages.queries.check import Report, sentence
from livinglab.packages.queries.differences import Difference
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

Problems = tuple[tuple[str, str], ...]
Crumbs = tuple[tuple[str, str | None], ...]


@require_http_methods(["GET", "HEAD", "POST"])
@adoption_page
def give(request: HttpRequest, organization: Organization, row: Adoption, user: User) -> HttpResponse:
    """This function will show what of an adaptation can be offered, offer what was chosen, or take an offer back."""
    if request.method != "POST":
        return _give_page(request, organization, row, user)
    at = clock.now()
    try:
        if request.POST.get("form") == "withdraw":
            offers.withdraw(organization=organization, offer_id=_named(request), by=user, at=at)
            messages.success(request, _("The offer was taken back."))
        else:
            chosen = set(request.POST.getlist("take"))
            offers.offer(
                organization=organization,
                adoption_id=row.id,
                paths=[path for path in _paths(row) if key_of(path) in chosen],
                title=request.POST.get("title", ""),
                why=request.POST.get("why", ""),
                by=user,
                at=at,
            )
            messages.success(request, _("Your change was offered. Its publisher answers it here."))
    except Refused as refused:
        field = {"title_missing": "title", "why_missing": "why"}.get(refused.refusal.code, "")
        return _give_page(request, organization, row, user, ((field, str(refused.refusal.reason)),))
    except NotSound as broken:
        lead = _("What you chose leans on a change that you did not choose, or breaks a scenario:")
        return _give_page(request, organization, row, user, (("", lead), *_faults(broken.report)))
    except offers.UnknownOffer as unknown:
        raise Http404(str(unknown)) from unknown
    return redirect("adoptions:offers", organization.code, row.id)


@never_cache
@require_safe
@member_page(READERS)
def received(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list the changes that adopters offer to a publisher, what waits for an answer first."""
    assert isinstance(request.user, User)
    found = reads.offers_received(organization.id)
    waiting = sum(1 for one in found if one.decided_at is None)
    heading = _("Nobody has offered you a change yet.")
    if found:
        heading = ngettext(
            "%(num)s change waits for your answer.", "%(num)s changes wait for your answer.", waiting
        ) % {"num": waiting}
    context = {
        "organization": organization,
        "heading": heading,
        "rows": [
            (one, name_of(one.listing), url_if_any("adoptions:offer", organization.code, one.id), _state(one))
            for one in found
        ],
        "news": news_for(request.user, organization),
        "breadcrumbs": _way(organization, (_("Changes offered"), None)),
    }
    return render(request, "adoptions/offers_received.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_page(READERS)
def answer(request: HttpRequest, organization: Organization, offer_id: UUID) -> HttpResponse:
    """This function will show the publisher what an offer would make of its package, and take or decline it."""
    found = reads.find_offer(organization.id, offer_id)
    if found is None or found.listing.publisher_id != organization.id:
        raise Http404(str(offer_id))
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _answer_page(request, organization, found)
    at = clock.now()
    try:
        if request.POST.get("form") == "decline":
            reason = request.POST.get("reason", "")
            offers.decline(
                organization=organization, offer_id=found.id, reason=reason, by=request.user, at=at
            )
            messages.success(request, _("The offer was declined, and its offerer told why."))
        else:
            taken = offers.accept(
                organization=organization,
                offer_id=found.id,
                choices=choices_in(request.POST),
                by=request.user,
                at=at,
            )
            version = taken.taken_in.version if taken.taken_in else ""
            messages.success(
                request,
                _("Version %(version)s holds the change. It was signed and waits for its review.")
                % {"version": version},
            )
    except Undecided:
        return _answer_page(request, organization, found, (("", _("Answer each question.")),))
    except NotSound as broken:
        return _answer_page(request, organization, found, _faults(broken.report))
    except Refused as refused:
        field = "reason" if refused.refusal.code == "reason_missing" else ""
        return _answer_page(request, organization, found, ((field, str(refused.refusal.reason)),))
    return redirect("adoptions:offer", organization.code, found.id)


def key_of(path: str) -> str:
    """This function will return the short name of a change in a form: its path may hold any character."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def _paths(row: Adoption) -> list[str]:
    return list(dict.fromkeys(one.change.path for one in reads.offerable(row).may_leave))


def _give_page(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, problems: Problems = ()
) -> HttpResponse:
    found = reads.offerable(row)
    chosen = set(request.POST.getlist("take")) if request.method == "POST" else None
    refusal = policies.may_offer(roles_in(user, organization.id), state=AdoptionState(row.state))
    heading = _("You changed nothing that you could offer back.")
    if found.may_leave:
        heading = ngettext(
            "You can offer %(num)s change back to %(publisher)s.",
            "You can offer %(num)s changes back to %(publisher)s.",
            len(found.may_leave),
        ) % {"num": len(found.may_leave), "publisher": row.listing.publisher.short_name}
    context = {
        "organization": organization,
        "row": row,
        "name": name_of(row.listing),
        "publisher": row.listing.publisher.name,
        "heading": heading,
        "boxes": [
            (key, "; ".join(said(ones)), _reasons(ones), chosen is None or key in chosen, told(ones))
            for key, ones in _by_path(found.may_leave).items()
        ],
        "stays": told(found.stays),
        "offers": [(one, _state(one)) for one in reads.offers_made(organization.id, row.listing_id)],
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "breadcrumbs": (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Own services"), url_if_any("adoptions:own", organization.code)),
            (name_of(row.listing), url_if_any("adoptions:adoption", organization.code, row.id)),
            (_("Offer a change back"), None),
        ),
    }
    return render(request, "adoptions/offer_give.html", context, status=422 if problems else 200)


def _answer_page(
    request: HttpRequest, organization: Organization, found: Offer, problems: Problems = ()
) -> HttpResponse:
    assert isinstance(request.user, User)
    state = OfferState(found.state)
    choices = choices_in(request.POST)
    refusal = policies.may_answer_offer(roles_in(request.user, organization.id), state=state)
    offered = reads.changes_offered(found)
    context: dict[str, object] = {
        "organization": organization,
        "offer": found,
        "name": name_of(found.listing),
        "state": _state(found),
        "offered": told(offered),
        "is_open": state is OfferState.OFFERED,
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "given": request.POST,
        "taken_url": url_if_any(
            "releases:version", organization.code, found.listing.package_id, found.taken_in.version
        )
        if found.taken_in
        else "",
        "breadcrumbs": _way(
            organization,
            (_("Changes offered"), url_if_any("adoptions:received", organization.code)),
            (found.title, None),
        ),
    }
    if state is OfferState.OFFERED:
        prospect = reads.prospect_of(found, choices)
        own = reads.changes_since(found, prospect.head)
        whole = reads.prospect_of(found, {}).merged.conflicts if choices else prospect.merged.conflicts
        context |= {
            "head": prospect.head.version,
            "asked": questions(whole, ours=own, theirs=offered, choices=choices),
            "changes": told(prospect.changes),
            "version": str(prospect.version) if prospect.version else "",
            "requires": _greatest(prospect.changes),
            "is_sound": prospect.report is not None and prospect.report.is_sound,
            "scenarios": len(prospect.report.package.scenarios)
            if prospect.report and prospect.report.package
            else 0,
            "faults": [text for _name, text in _faults(prospect.report)] if prospect.report else [],
        }
    return render(request, "adoptions/offer_answer.html", context, status=422 if problems else 200)


def _by_path(found: tuple[Difference, ...]) -> dict[str, list[Difference]]:
    grouped: dict[str, list[Difference]] = {}
    for one in found:
        grouped.setdefault(key_of(one.change.path), []).append(one)
    return grouped


def _reasons(found: list[Difference]) -> str:
    return max(found, key=lambda one: one.requires).reason.in_language(language())


def _greatest(found: tuple[Difference, ...]) -> str:
    return _reasons(list(found)) if found else ""


def _faults(report: Report) -> Problems:
    return tuple(("", f"{one.path}:{one.line} {sentence(one)}") for one in report.of(Severity.ERROR))


def _state(one: Offer) -> str:
    return str(words.OFFERS[OfferState(one.state)])


def _named(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("offer", ""))
    except ValueError as wrong:
        raise offers.UnknownOffer(request.POST.get("offer", "")) from wrong


def _way(organization: Organization, *way: tuple[str, str | None]) -> Crumbs:
    return (
        (_("Packages"), url_if_any("releases:list")),
        (organization.short_name, url_if_any("releases:own", organization.code)),
        *way,
    )
