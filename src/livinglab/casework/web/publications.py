"""What a region's offices published, for everybody: the list, each entry, its file, and both as JSON-LD."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from livinglab.casework import policies
from livinglab.casework.domain.entries import Entry, catalogue_of, document_of
from livinglab.casework.models import Publication
from livinglab.casework.operations import attachments
from livinglab.casework.operations.attachments import NotStored, StorageFailed
from livinglab.casework.operations.publishing import TOPIC
from livinglab.casework.queries.publications import (
    MOST_COUNTED,
    entries,
    find_publication,
    published,
    publishing_services,
    up_to_counted,
)
from livinglab.casework.web import publication_words as words
from livinglab.casework.web.frame import language
from livinglab.kernel.clock import day_of
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.tenancy import enter
from livinglab.kernel.unknown import UnknownValue, Unprocessable
from livinglab.organizations.queries import Organization, find_organization, roles_in
from livinglab.packages.domain.process import Publishes
from livinglab.ui import formats
from livinglab.ui.attachments import attachment

_ON_A_PAGE = 25
#: the newest entries of a catalogue, which a harvester asks for often
_MOST_HARVESTED = 1_000
_LD = "application/ld+json"


@require_safe
@fresh_by(TOPIC, "organizations")
def publications(request: HttpRequest, code: str) -> HttpResponse:
    """This function will list what a region's offices published: of a service, with words."""
    organization = _organization(code)
    text, chosen = request.GET.get("q", "").strip(), request.GET.get("service", "")
    services = publishing_services(organization.id)
    if chosen and chosen not in services:
        raise UnknownValue(_("service"), chosen, list(services))
    ids = up_to_counted(organization.id, text=text, package=chosen)
    counted = len(ids)
    page = Paginator(ids[:MOST_COUNTED], _ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {"q": text, "service": chosen}
    return render(
        request,
        "casework/publications.html",
        {
            "region": organization,
            "finding": words.finding(
                counted, organization.name, language(), is_narrowed=bool(text or chosen)
            ),
            "is_more": counted > MOST_COUNTED,
            "text": text,
            "service": chosen,
            "services": [
                ("", _("All services")),
                *((one, names.get(language(), names["id"])) for one, names in services.items()),
            ],
            "is_narrowed": bool(text or chosen),
            "rows": [words.line(one, organization, language()) for one in entries(organization.id, page)],
            "page": page,
            "link": lambda number: "?" + urlencode({**asked, "page": number}),
            "catalogue_href": reverse("casework:publications_catalogue", args=[organization.code]),
            "breadcrumbs": [(organization.name, None), (_("Open data and documents"), None)],
        },
    )


@require_safe
@fresh_by(TOPIC, "organizations")
def publication(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """This function will show what was published under a number; what was withdrawn is 410 and says why."""
    organization, one = _entry(code, number)
    can_withdraw = bool(roles_in(request.user, organization.id) & policies.DECIDES)
    context: dict[str, Any] = {
        "region": organization,
        "number": one.number,
        "is_synthetic": one.is_synthetic,
        "list_href": reverse("casework:publications", args=[organization.code]),
        "breadcrumbs": [
            (organization.name, None),
            (_("Open data and documents"), reverse("casework:publications", args=[organization.code])),
            (one.title or one.number, None),
        ],
    }
    if one.withdrawn_at is not None:
        day = formats.day(day_of(one.withdrawn_at, organization.zone), language=language())
        context |= {"day": day, "reason": one.reason}
        return render(request, "casework/withdrawn.html", context, status=HTTPStatus.GONE)
    context |= {
        "one": one,
        "facts": words.facts(one, organization, language()),
        "size": formats.file_size(one.size, language=language()),
        "file_href": reverse("casework:publication_file", args=[organization.code, one.number]),
        "json_href": reverse("casework:publication_json", args=[organization.code, one.number]),
        "withdraw_href": reverse("casework:withdraw_publication", args=[organization.code, one.number])
        if can_withdraw
        else "",
    }
    return render(request, "casework/publication.html", context)


@require_safe
def publication_file(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """This function will hand out what was published: saved, never shown, nothing in it runs."""
    _organization, one = _entry(code, number)
    if one.withdrawn_at is not None:
        return _gone()
    if not one.sha256:
        raise Http404(number)
    etag = f'"{one.sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        stream = attachments.open_file(one)
    except (NotStored, StorageFailed) as error:
        raise Unprocessable(
            _("The file cannot be opened just now"),
            _("Try again in some minutes; if it lasts, tell the office."),
        ) from error
    answer = attachment(stream, one.file_name, one.content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"  # asked for again each time, so that a withdrawal counts at once
    return answer


@require_safe
@fresh_by(TOPIC, "organizations")
def publication_json(request: HttpRequest, code: str, number: str) -> HttpResponseBase:
    """This function will give an entry as JSON-LD."""
    organization, one = _entry(code, number)
    if one.withdrawn_at is not None:
        return _gone()
    return JsonResponse(document_of(_told(request, organization, one)), content_type=_LD)


@require_safe
@fresh_by(TOPIC, "organizations")
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    """This function will give what a region published as a catalogue in JSON-LD, the newest first."""
    organization = _organization(code)
    rows = published(organization.id)[:_MOST_HARVESTED]
    here = _absolute(request, "casework:publications_catalogue", organization.code)
    page = _absolute(request, "casework:publications", organization.code)
    told = (_told(request, organization, one) for one in rows)
    return JsonResponse(catalogue_of(here, organization.name, page, told), content_type=_LD)


def _organization(code: str) -> Organization:
    found = find_organization(code)
    if found is None:
        raise Http404(code)
    enter(found.id)
    return found


def _entry(code: str, number: str) -> tuple[Organization, Publication]:
    organization = _organization(code)
    one = find_publication(organization.id, number)
    if one is None:
        raise Http404(f"{code}/{number}")
    return organization, one


def _gone() -> HttpResponse:
    return HttpResponse(
        _("This was withdrawn."), status=HTTPStatus.GONE, content_type="text/plain; charset=utf-8"
    )


def _absolute(request: HttpRequest, name: str, *args: str) -> str:
    with override("id"):  # identifiers carry no language
        return request.build_absolute_uri(reverse(name, args=args))


def _told(request: HttpRequest, organization: Organization, one: Publication) -> Entry:
    file = (
        _absolute(request, "casework:publication_file", organization.code, one.number) if one.sha256 else ""
    )
    return Entry(
        here=_absolute(request, "casework:publication", organization.code, one.number),
        number=f"{organization.code}/{one.number}",
        kind=Publishes(one.kind),
        title=one.title,
        description=one.description,
        keeper=one.keeper,
        region=organization.name,
        issued=day_of(one.published_at, organization.zone),
        modified=day_of(one.revised_at, organization.zone),
        licence=one.licence,
        from_year=one.from_year,
        until_year=one.until_year,
        frequency=one.frequency,
        document_type=one.document_type,
        document_number=one.document_number,
        document_year=one.document_year,
        status=one.status,
        link=one.link,
        file=file,
        file_name=one.file_name,
        content_type=one.content_type,
        size=one.size,
        is_synthetic=one.is_synthetic,
    )
