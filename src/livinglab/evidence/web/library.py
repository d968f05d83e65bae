"""The library: what evidence an organisation has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import names_of
from livinglab.evidence import queries
from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.states import ReviewState
from livinglab.evidence.domain.types import EvidenceType
from livinglab.evidence.labels import CLASSES, REVIEWS, TYPES
from livinglab.evidence.policies import READERS, may_add
from livinglab.evidence.queries import Search
from livinglab.evidence.web.shown import shown
from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.organizations.access import member_page
from livinglab.organizations.queries import Organization, roles_in

PER_PAGE = 25


@never_cache
@require_safe
@member_page(READERS)
def library(request: HttpRequest, organization: Organization) -> HttpResponse:
    """This function will list an organisation's evidence, narrowed as the reader asks."""
    today = clock.today(organization.zone)
    search = _search(request.GET.dict(), today)
    pages = Paginator(queries.found(organization.id, search), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = names_of({one.added_by for one in rows})
    refusal = may_add(roles_in(request.user, organization.id))
    context = {
        "organization": organization,
        "rows": [shown(one, added_by=names.get(one.added_by, ""), zone=organization.zone) for one in rows],
        "sums": _sums(organization, today),
        "matches": pages.count,
        "page": page.number,
        "pages": pages.num_pages,
        "page_link": lambda number: f"?{urlencode({**_asked(request), 'page': number})}",
        "is_narrowed": bool(_asked(request)),
        "search": search,
        "refusal": refusal,
        **_filters(),
    }
    return render(request, "evidence/library.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    names = ("q", "type", "class", "review", "expired")
    return {name: value for name in names if (value := request.GET.get(name, "").strip())}


def _search(asked: Mapping[str, str], today: date) -> Search:
    return Search(
        text=asked.get("q", "").replace("\x00", "")[:100].strip(),
        type=_known(_("type"), asked.get("type", ""), {str(one): str(TYPES[one]) for one in EvidenceType}),
        classification=_known(
            _("class"), asked.get("class", ""), {str(one): str(CLASSES[one]) for one in Classification}
        ),
        review_state=_known(
            _("review"), asked.get("review", ""), {str(one): str(REVIEWS[one]) for one in ReviewState}
        ),
        expired_by=today if asked.get("expired") else None,
    )


def _known(what: str, given: str, names: Mapping[str, str]) -> str:
    if given and given not in names:
        raise UnknownValue(what, given, [Known(value, label) for value, label in names.items()])
    return given


@dataclass(frozen=True, slots=True)
class Sums:
    """How many pieces there are, and how many of them need somebody."""

    all: int
    unreviewed: int
    refused: int
    expired: int


def _sums(organization: Organization, today: date) -> Sums:
    found = queries.pieces(organization.id).aggregate(
        all=Count("id"),
        unreviewed=Count("id", filter=Q(review_state=ReviewState.UNREVIEWED)),
        refused=Count("id", filter=Q(review_state=ReviewState.REFUSED)),
        expired=Count("id", filter=Q(expires_on__lt=today)),
    )
    return Sums(**found)


def _filters() -> dict[str, object]:
    return {
        "types": [("", _("All types")), *((str(one), str(name)) for one, name in TYPES.items())],
        "classes": [("", _("All classes")), *((str(one), str(name)) for one, name in CLASSES.items())],
        "reviews": [("", _("All reviews")), *((str(one), str(name)) for one, name in REVIEWS.items())],
    }
