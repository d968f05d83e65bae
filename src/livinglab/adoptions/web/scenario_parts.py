"""Scenarios and their steps put in: a new one from one that there is, a step behind another."""

from __future__ import annotations

from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from livinglab.adoptions.web import editing_words as words
from livinglab.adoptions.web.editing_forms import in_language
from livinglab.adoptions.web.editing_frame import Bench, Problems, editor, keep, show, told
from livinglab.adoptions.web.process_fields import Options
from livinglab.packages.domain.contents import identifier, of_kind
from livinglab.packages.domain.editing import frames, scenario_steps
from livinglab.packages.domain.editing.places import standing_at
from livinglab.packages.domain.manifest import RoleKind
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.scenarios import Kind
from livinglab.packages.queries.editing import written


@editor
def new(request: HttpRequest, bench: Bench) -> HttpResponse:
    """This function will ask for a new scenario, copy the steps of one that there is, and lead to its page."""
    if request.method != "POST":
        return _page(request, bench)
    known = [identifier(path) for path in of_kind(bench.texts, "scenario")]
    title = {one: _typed(request, f"title.{one}") for one in ("id", "en") if _typed(request, f"title.{one}")}
    origin = _typed(request, "origin")
    problems: list[tuple[str, str]] = []
    if "id" not in title:
        problems.append(("title.id", _("Write it in Indonesian too; English alone is not enough.")))
    if _typed(request, "kind") not in set(Kind):
        problems.append(("kind", _("Choose one of the options.")))
    if origin not in known:
        problems.append(("origin", _("Choose one of the options.")))
    if problems:
        return _page(request, bench, tuple(problems))
    ident = frames.id_from(title["id"], known)
    before = f"scenarios/{origin}.yaml"
    after = scenario_steps.copied(bench.data(before), title, _typed(request, "kind"))
    path = f"scenarios/{ident}.yaml"
    not_kept = keep(request, bench, {path: written(path, after, bench.texts[before])})
    if not_kept is not None:
        found = not_kept.problems or tuple(("", told(one)) for one in not_kept.findings)
        return _page(request, bench, found or (("", _("Somebody else added one of this name. Look again.")),))
    return redirect("adoptions:edit_scenario", bench.organization.code, bench.row.id, ident)


def acted(request: HttpRequest, package: Package | None, data: object) -> object:
    """This function will put a step in, or take one out, as a button of a scenario says; any other changes nothing."""
    do, _colon, number = request.POST.get("do", "").partition(":")
    if do == "drop" and number.isdecimal() and standing_at(data, ("steps", int(number))) is not None:
        return scenario_steps.without_step(data, int(number))
    behind, what = request.POST.get("behind", ""), request.POST.get("what", "")
    if do != "add-step" or what not in dict(step_choices(package)) or not behind.isdecimal():
        return data
    return scenario_steps.with_step(data, int(behind), scenario_steps.new_step(what))


def step_choices(package: Package | None) -> Options:
    """This function will return what a new step of a scenario may be, as people read it."""
    if package is None:
        return ()
    applicant = next(
        (role.id for role in package.manifest.roles if role.kind is RoleKind.CITIZEN), "applicant"
    )
    process = package.diagram.main
    expected = _("what is expected then: %(list)s")
    said = []
    for value, does, about in scenario_steps.choices(process, applicant):
        label = str(words.DOES.get(does, does))
        if does == "expect":
            label = expected % {"list": words.LABELS[about]}
        elif about:
            label = f"{label}: {process.nodes[about].name or about}"
        said.append((value, label))
    return tuple(said)


def _page(request: HttpRequest, bench: Bench, problems: Problems = ()) -> HttpResponse:
    paths = of_kind(bench.texts, "scenario")
    context = {
        "origins": tuple(
            (identifier(path), in_language(standing_at(bench.data(path), ("title",)))) for path in paths
        ),
        "kinds": tuple((one.value, str(words.SCENARIO_KINDS[one])) for one in Kind),
        "given": request.POST,
    }
    title = _("A new scenario")
    return show(
        request,
        "adoptions/edit_new_scenario.html",
        bench,
        context,
        title=title,
        paths=(paths[0],),
        problems=problems,
    )


def _typed(request: HttpRequest, name: str) -> str:
    return normalize("NFC", request.POST.get(name, "").strip())
