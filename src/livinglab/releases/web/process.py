"""The process of a package in public: who does what, in which order and by when, in words and as a drawing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.kernel.freshness import fresh_by
from livinglab.packages.queries.drawing import called_drawn, drawn
from livinglab.packages.queries.process_words import names_of, told
from livinglab.packages.queries.reading import parse_package, read_zip
from livinglab.releases.operations.keys import TOPIC
from livinglab.releases.queries import releases
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language


@require_safe
@fresh_by(TOPIC, "organizations")
def process(request: HttpRequest, code: str, package_id: str, version: str) -> HttpResponse:
    """This function will show the process of one version of a package."""
    release = releases.find_release(code, package_id, version)
    if release is None:
        raise Http404(f"{code}/{package_id}/{version}")
    package = parse_package(read_zip(releases.content_of(release.id)))
    processes = told(package.diagram, names_of(package, language()))
    steps = sum(len(one.steps) for one in processes)
    where = (code, package_id, version)
    context = {
        "listing": release.listing,
        "release": release,
        "name": name_of(release.listing),
        "heading": ngettext("%(name)s takes %(num)s step", "%(name)s takes %(num)s steps", steps)
        % {"name": name_of(release.listing), "num": steps},
        "roles": ", ".join(one.name.in_language(language()) for one in package.manifest.roles),
        "processes": processes,
        "xml": drawn(package.diagram.text),
        "called": called_drawn(package.diagram.text),
        "breadcrumbs": (
            (_("Packages"), url_if_any("releases:list")),
            (name_of(release.listing), url_if_any("releases:version", *where)),
            (_("Process"), None),
        ),
    }
    return render(request, "releases/process.html", context)
