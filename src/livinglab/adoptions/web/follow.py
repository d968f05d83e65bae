"""Short links of posters and messages: they lead to the service, and count that they were opened."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.adoptions.domain.outreach import is_reader
from livinglab.adoptions.operations.outreach import count_opening
from livinglab.adoptions.queries.outreach import find_link
from livinglab.casework.queries.offered import may_be_applied_for
from livinglab.kernel import clock


@never_cache
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """This function will lead to a service and count the opening: no cookie, nothing about the reader.

    Where it runs at the region, that is where one applies; before and after, the page of its package. A HEAD, a robot
    as far as it says so, and what a browser fetches ahead are led there too and not counted.
    """
    link = find_link(code)
    if link is None:
        raise Http404(code)
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method == "GET" and is_reader(request.headers.get("User-Agent", ""), purpose):
        count_opening(link=link, at=clock.now())
    package, region = link.listing.package_id, link.organization.code
    if may_be_applied_for(region, package):
        return redirect("casework:service", region, package)
    return redirect("releases:package", link.listing.publisher.code, package)
