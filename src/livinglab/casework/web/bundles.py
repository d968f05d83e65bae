"""The evidence of a running service: what data prove, and the button that puts it into the open evaluation."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.casework.access import WORKERS
from livinglab.casework.domain.states import ServiceState
from livinglab.casework.operations import bundles as operations
from livinglab.casework.queries.bundles import ServiceProof, find_bundle, proof_of
from livinglab.casework.queries.offered import find_offered
from livinglab.casework.queries.services import find_service, version_at_work
from livinglab.casework.web import bundle_words, words
from livinglab.casework.web.frame import language
from livinglab.documents.queries import PdfUnavailable, page_as_pdf
from livinglab.evidence.operations import FileRefused, StorageFailed
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, Role, members
from livinglab.packages.queries import process_words
from livinglab.packages.queries.picturing import picture
from livinglab.sandboxes.queries import tryable
from livinglab.ui import formats

#: an evaluation is read in this language, whatever its writer's pages are in
_WRITTEN_IN = "id"
#: who shows the offices' side of a made-up service, and how many of them are named
_SHOWING = frozenset({Role.COORDINATOR, Role.VILLAGE_OPERATOR, Role.AGENCY_OFFICER})
_MOST_SIGN_INS = 5


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_page(WORKERS)
def bundle(request: HttpRequest, organization: Organization, package: str) -> HttpResponse:
    """This function will show what a service proves, and put it into the evaluation that the region works on."""
    assert isinstance(request.user, User)
    found, at = _found(organization, package), clock.now()
    if request.method != "POST":
        return _page(request, organization, found, at=at)
    try:
        done = operations.put_into_evidence(
            organization=organization,
            service_id=found.service.service_id,
            manifest=found.package.manifest,
            pdf=_pdf(request, organization, found, at=at),
            title=_in_writing(found),
            by=request.user,
            at=at,
        )
    except Refused as refused:
        return _page(request, organization, found, at=at, problem=refused.refusal)
    except PdfUnavailable as unavailable:
        return _page(
            request,
            organization,
            found,
            at=at,
            problem=Refusal("no_pdf", unavailable.explanation),
            status=503,
        )
    except (FileRefused, StorageFailed):
        problem = Refusal("not_kept", _("The library takes no file now. Try again later."))
        return _page(request, organization, found, at=at, problem=problem, status=503)
    shown = formats.listing((str(one) for one in done.indicators), language=language())
    messages.success(
        request, _("The evidence is in the library and shown for: %(indicators)s.") % {"indicators": shown}
    )
    return redirect("casework:bundle", organization.code, package)


def _found(organization: Organization, package: str) -> ServiceProof:
    one = find_offered(organization.code, package)
    row = find_service(organization.id, package, publisher=one.publisher) if one else None
    version = version_at_work(row) if row else None
    if one is None or version is None:
        raise Http404(f"{organization.code}/{package}")
    return proof_of(one, version)


def _page(
    request: HttpRequest,
    organization: Organization,
    found: ServiceProof,
    *,
    at: datetime,
    problem: Refusal | None = None,
    status: int = 422,
) -> HttpResponse:
    assert isinstance(request.user, User)
    one, kept = found.service, find_bundle(organization.id, found.service.service_id)
    target = operations.target_of(organization, found.package.manifest, by=request.user)
    refusal = operations.refusal_of_putting(organization, ServiceState(one.state), target, by=request.user)
    named = [str(step.indicator) for step in target.steps] if target else []
    context = {
        **_said(request, organization, found, at=at),
        "problem": str(problem.reason) if problem else "",
        "refusal": str(refusal.reason) if refusal else "",
        "round": target.place.participation.round.title if target else "",
        "named": formats.listing(named, language=language()),
        "kept_href": reverse("evidence:piece", args=[organization.code, kept.piece_id]) if kept else "",
        "here": request.path,
        "breadcrumbs": [
            (
                words.name_of(one, language()),
                reverse("casework:service", args=[organization.code, one.package]),
            ),
            (_("Evidence"), None),
        ],
    }
    return render(request, "casework/bundle.html", context, status=status if problem else 200)


def _pdf(request: HttpRequest, organization: Organization, found: ServiceProof, *, at: datetime) -> bytes:
    """Return the bundle on paper. Errors: `PdfUnavailable`."""
    with override(_WRITTEN_IN):
        context = {
            **_said(request, organization, found, at=at),
            "request": request,
            "navigation": (),
            "account": None,
        }
        return page_as_pdf(render_to_string("casework/bundle_print.html", context, request))


def _in_writing(found: ServiceProof) -> str:
    with override(_WRITTEN_IN):
        return bundle_words.title(found, _WRITTEN_IN)


def _demo_people(organization: Organization) -> list[str]:
    """Return by which addresses the invented people of a region sign in, a few of them."""
    invented = members(organization.id).filter(user__is_synthetic=True, role__in=_SHOWING)
    return list(invented.values_list("user__email", flat=True)[:_MOST_SIGN_INS])


def _said(
    request: HttpRequest, organization: Organization, found: ServiceProof, *, at: datetime
) -> dict[str, object]:
    """Return what page and paper say, in the language in force."""
    one, manifest, spoken = found.service, found.package.manifest, language()
    names = process_words.names_of(found.package, spoken)
    diagram = found.package.diagram
    trial = tryable.find(one.publisher, one.package, manifest.version)
    return {
        "organization": organization,
        "name": words.name_of(one, spoken),
        "summary": words.summary_of(one, spoken),
        "standing": bundle_words.standing(found),
        "within": words.within(one),
        "is_free": one.is_free,
        "is_synthetic": one.is_synthetic,
        "identity": f"{manifest.identity} {manifest.version}",
        "as_of": formats.moment(at, language=spoken),
        "address": request.build_absolute_uri(
            reverse("casework:service", args=[organization.code, one.package])
        ),
        "trial": request.build_absolute_uri(
            reverse("sandboxes:open", args=[one.publisher, one.package, manifest.version])
        )
        if trial
        else "",
        "sign_ins": _demo_people(organization) if one.is_synthetic else [],
        "features": bundle_words.features(found.package, spoken),
        "links": bundle_words.links(found, spoken),
        "use": bundle_words.use(found),
        "satisfaction": bundle_words.satisfaction(found),
        "indicators": [
            (
                f"{each.instrument.short.in_language(spoken)}, {each.indicator.number}. "
                f"{each.indicator.name.in_language(spoken)}",
                each.level,
                bundle_words.levels(each, spoken),
            )
            for each in found.indicators
        ],
        "pictures": [
            ("", picture(diagram.main, names.roles)),
            *((called, picture(each, names.roles)) for called, each in diagram.called.items()),
        ],
        "processes": process_words.told(diagram, names),
    }
