"""Which services can be tried, and the one click that begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.kernel import clock
from livinglab.kernel.unknown import Known, UnknownValue
from livinglab.packages.domain.package import Package
from livinglab.sandboxes import operations
from livinglab.sandboxes.queries import tryable
from livinglab.sandboxes.web.frame import language


@require_safe
def packages(request: HttpRequest) -> HttpResponse:
    """This function will list the services that can be tried."""
    offered = [
        (
            one.name.in_language(language()),
            one.summary.in_language(language()),
            one.publisher_name,
            reverse("sandboxes:package", args=[one.publisher, one.package]),
        )
        for one in tryable.offered()
    ]
    return render(
        request,
        "sandboxes/packages.html",
        {"offered": offered, "breadcrumbs": [(_("Services to try"), None)]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, code: str, package_id: str, version: str = "") -> HttpResponse:
    """This function will show what can be tried of a package, and begin."""
    found = _find(code, package_id, version)
    if request.method == "POST":
        scenario = request.POST.get("scenario", "")
        if scenario and scenario not in found.scenarios:
            raise UnknownValue(_("tour"), scenario, [Known(one) for one in found.scenarios])
        sandbox = operations.begin(package=found, scenario=scenario, at=clock.now())
        return redirect("sandboxes:hub", sandbox.address)
    manifest = found.manifest
    return render(
        request,
        "sandboxes/package.html",
        {
            "name": manifest.name.in_language(language()),
            "summary": manifest.summary.in_language(language()),
            "publisher": manifest.publisher.name,
            "version": manifest.version,
            "roles": [one.name.in_language(language()) for one in manifest.roles],
            "here": request.path,
            "tours": [
                (one.id, one.title.in_language(language()), len(one.steps))
                for one in found.scenarios.values()
            ],
            "breadcrumbs": [
                (_("Services to try"), reverse("sandboxes:list")),
                (manifest.name.in_language(language()), None),
            ],
        },
    )


def _find(code: str, package_id: str, version: str) -> Package:
    found = tryable.find(code, package_id, version)
    if found is None:
        known = [
            Known(
                f"{one.publisher}/{one.package}",
                one.name.in_language(language()),
                reverse("sandboxes:package", args=[one.publisher, one.package]),
            )
            for one in tryable.offered()
        ]
        given = "/".join(part for part in (code, package_id, version) if part)
        raise UnknownValue(_("package"), given, known, status=404)
    return found
