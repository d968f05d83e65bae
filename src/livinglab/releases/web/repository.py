"""A package with all its public versions as a git repository, for any host of repositories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.packages.queries.reading import read_zip
from livinglab.packages.queries.repositories import as_repository
from livinglab.packages.queries.sealing import Edition
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries.open_data import find_package, public_releases
from livinglab.releases.queries.releases import content_of


@require_safe
@fresh_by(TOPIC)
def repository(request: HttpRequest, code: str, package_id: str) -> HttpResponse:
    """This function will hand out a zipped bare repository: a commit and a tag for each public version."""
    listing = find_package(code, package_id)
    if listing is None:
        raise Http404(f"{code}/{package_id}")
    editions = [
        Edition(one.version, code, one.signed_at, read_zip(content_of(one.id)))
        for one in reversed(public_releases(listing))
    ]
    response = HttpResponse(as_repository(editions), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{package_id}.git.zip"'
    return response
