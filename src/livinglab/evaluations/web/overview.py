"""A round as a ministry follows it for the country, or a province for its regions."""

import hashlib
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.evaluations.queries import overview
from livinglab.evaluations.queries.followers import Follower
from livinglab.evaluations.queries.rounds import is_opener
from livinglab.evaluations.web.overview_page import FORMATS, Asked, kept_page, participants_figure
from livinglab.evaluations.web.overview_wanted import read_wanted
from livinglab.evaluations.web.round_door import follower_page, round_or_404, scope_of
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.exports import table_as_csv, table_as_json, table_as_xlsx
from livinglab.ui.languages import language

_WRITERS = {
    "csv": ("text/csv; charset=utf-8", table_as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_as_xlsx),
    "json": ("application/json", table_as_json),
}


@require_safe
@follower_page
def follow_round(request: HttpRequest, follower: Follower, round_id: UUID) -> HttpResponse:
    """This function will show how far a round is. Asked again with the page's ETag it answers 304 after one query."""
    row = round_or_404(round_id)
    wanted = read_wanted(request.GET)
    scope, province = scope_of(row, follower, wanted.scope)
    version = overview.version(scope)
    etag = _etag(request, version)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return HttpResponse(status=unchanged.status_code, headers={"ETag": etag})
    asked = Asked(
        version=version,
        wanted=wanted,
        is_ministry=follower.is_ministry,
        language=language(),
        scope=scope,
    )
    context = {
        "round": row,
        "province": province,
        "page": kept_page(asked),
        "etag": etag,
        "live_url": request.get_full_path(),
        "may_change": is_opener(follower.posts, row),
        "may_assign_assessors": follower.is_ministry,
        "country_url": reverse("evaluations:round", args=[row.id])
        if province and follower.is_ministry
        else None,
        "breadcrumbs": (
            (_("Rounds of evaluation"), reverse("evaluations:rounds")),
            (row.title, None),
        ),
    }
    response = render(request, "evaluations/overview.html", context)
    response["ETag"] = etag
    return response


def _etag(request: HttpRequest, version: str) -> str:
    messages = request.COOKIES.get("messages", "")  # what is said once is part of the page
    parts = (settings.RELEASE, get_language(), request.get_full_path(), request.user.pk, messages, version)
    return '"' + hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest() + '"'


@require_safe
@follower_page
def round_file(request: HttpRequest, follower: Follower, round_id: UUID, file_format: str) -> HttpResponse:
    """This function will give the table of participants as a file, filtered like the page it was asked from."""
    if file_format not in _WRITERS:
        raise UnknownValue(_("file format"), file_format, FORMATS, status=404)
    row = round_or_404(round_id)
    wanted = read_wanted(request.GET)
    scope, province = scope_of(row, follower, wanted.scope)
    content_type, write = _WRITERS[file_format]
    figure = participants_figure(scope, wanted, is_ministry=follower.is_ministry)
    name = f"round-{row.year}-{province.code}" if province else f"round-{row.year}"
    response = HttpResponse(write(figure), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
