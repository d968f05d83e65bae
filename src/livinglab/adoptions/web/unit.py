"""One district or village of a service: which values hold there, whose they are, and its own ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from livinglab.accounts.queries import User
from livinglab.adoptions.access import READERS, unit_page
from livinglab.adoptions.domain.units import Held, chain_of, local, owed
from livinglab.adoptions.models import Adoption, HandedDown
from livinglab.adoptions.operations import adoptions
from livinglab.adoptions.queries.adoptions import package_of
from livinglab.adoptions.queries.units import find_unit, values_for
from livinglab.adoptions.web import words
from livinglab.adoptions.web.units import Way, way
from livinglab.adoptions.web.values import Box, boxes, posted, shown
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.organizations.queries import AreaKind, Organization, areas, roles_in
from livinglab.packages.domain.manifest import Parameter
from livinglab.packages.domain.package import Package
from livinglab.releases.queries.names import name_of
from livinglab.ui.jinja import url_if_any
from livinglab.ui.languages import language

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter at a unit: what holds and whose it is; `box` where the unit may set its own."""

    name: str
    value: str
    whose: str
    is_own: bool
    box: Box | None


@require_http_methods(["GET", "HEAD", "POST"])
@unit_page
def unit(
    request: HttpRequest, organization: Organization, row: Adoption, user: User, unit_code: str
) -> HttpResponse:
    """This function will show the values that hold for a unit, and keep those that it sets for itself."""
    found = find_unit(row.id, unit_code)
    if found is None:
        raise Http404(unit_code)
    package = package_of(row)
    if request.method != "POST":
        return _page(request, organization, row, user, found, package)
    parameters = local(package.manifest.parameters, unit_code)
    reset = request.POST.get("reset", "")
    said = posted(parameters, request.POST)
    if reset:
        said = {one.id: {} for one in parameters if one.id == reset}
    try:
        adoptions.set_values(
            organization=organization,
            adoption_id=row.id,
            unit_code=unit_code,
            said=said,
            by=user,
            at=clock.now(),
        )
    except adoptions.ValuesRefused as refused:
        problems = tuple((f"value-{name}", str(words.WRONGS[one])) for name, one in refused.problems.items())
        return _page(request, organization, row, user, found, package, problems)
    except Refused as refused:
        problems = (("", str(refused.refusal.reason)),)
        return _page(request, organization, row, user, found, package, problems)
    messages.success(request, _("The inherited value holds again.") if reset else _("The values were kept."))
    return redirect("adoptions:unit", organization.code, row.id, unit_code)


def _page(
    request: HttpRequest,
    organization: Organization,
    row: Adoption,
    user: User,
    found: HandedDown,
    package: Package,
    problems: Problems = (),
) -> HttpResponse:
    code = found.unit_code
    parameters = package.manifest.parameters
    held = values_for(row, code, package=package)
    known = {one.code: one for one in areas(organization.code).filter(code__in=chain_of(code))}
    names = {"": organization.name, **{one.code: one.name for one in known.values()}}
    missing = tuple(one.id for one in owed(parameters, code) if one.id not in held)
    own = {name: one.value for name, one in held.items() if one.unit_code == code}
    editable = {
        one.id: one for one in boxes(local(parameters, code), own, request.POST if problems else {}, missing)
    }
    lines = [_line(one, held.get(one.id), names, code, editable) for one in parameters]
    name = names.get(code, code)
    refusal = adoptions.refusal_to_set(row, by=user, unit_code=code)
    context = {
        "organization": organization,
        "row": row,
        "unit": found,
        "name": name,
        "service": name_of(row.listing),
        "kind": words.AREA_KINDS[AreaKind(known[code].kind)] if code in known else "",
        "heading": _heading(name, len(own), len(missing)),
        "lines": lines,
        "refusal": str(refusal.reason) if refusal else "",
        "problems": problems,
        "errors": dict(problems),
        "breadcrumbs": _way_here(organization, row, user, name),
    }
    return render(request, "adoptions/unit.html", context, status=422 if problems else 200)


def _way_here(organization: Organization, row: Adoption, user: User, name: str) -> Way:
    """Return the way to a unit's page by pages that the reader may open."""
    if READERS.isdisjoint(roles_in(user, organization.id)):
        return (
            (organization.short_name, url_if_any("comparisons:portrait", organization.code)),
            (_("Services where you work"), reverse("adoptions:places", args=[organization.code])),
            (f"{name_of(row.listing)}: {name}", None),
        )
    units = reverse("adoptions:units", args=[organization.code, row.id])
    return way(organization, row, (_("Districts and villages"), units), (name, None))


def _heading(name: str, own: int, missing: int) -> str:
    said = _("%(name)s inherits all values.") % {"name": name}
    if own:
        said = ngettext(
            "%(name)s sets %(num)s value itself and inherits the rest.",
            "%(name)s sets %(num)s values itself and inherits the rest.",
            own,
        ) % {"name": name, "num": own}
    if not missing:
        return said
    lacks = ngettext("%(num)s is still missing.", "%(num)s are still missing.", missing) % {"num": missing}
    return f"{said} {lacks}"


def _line(
    parameter: Parameter,
    held: Held | None,
    names: Mapping[str, str],
    code: str,
    editable: Mapping[str, Box],
) -> Line:
    is_own = held is not None and held.unit_code == code
    if held is None:
        whose = _("nobody set it yet")
    elif is_own:
        whose = _("its own")
    else:
        whose = _("from %(name)s") % {"name": names.get(held.unit_code, held.unit_code)}
    return Line(
        name=parameter.name.in_language(language()),
        value=shown(parameter, held.value) if held is not None else "",
        whose=whose,
        is_own=is_own,
        box=editable.get(parameter.id),
    )
