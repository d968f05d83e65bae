"""The read-only address from which other instances list packages; what it says is in docs/federation.md."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import UnknownValue
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.federation import index

_LONGEST_NUMBER = 5


@require_safe
@fresh_by(TOPIC, "organizations")
def packages(request: HttpRequest) -> JsonResponse:
    """This function will answer a page of the index, or what it says of one package."""
    page = request.GET.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) <= _LONGEST_NUMBER and int(page) > 0):
        raise UnknownValue(_("page"), page)
    identity = request.GET.get("package", "").replace("\x00", "")
    answer = JsonResponse(index(instance=request.get_host(), identity=identity, page=int(page)))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
