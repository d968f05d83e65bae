"""From whom a region can learn a step: who took it, why it fits, and what the region can give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.catalogue.queries.helpful import EntryKind, Helpful
from livinglab.evaluations.queries.published import published_evaluation
from livinglab.kernel.unknown import UnknownValue
from livinglab.organizations.queries import Organization
from livinglab.planning.queries import fixed_inputs
from livinglab.planning.queries.places import region_of
from livinglab.planning.queries.teachers import PUBLISHED, Evidence, Learning, Teacher, learning
from livinglab.planning.web import teachers_words as words
from livinglab.ui.figures import Cell, Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language
from livinglab.ui.web.files import figure_file, formats_of

SHOWN: Final = 12  # on the page; the file has everybody


@dataclass(frozen=True, slots=True)
class TeacherCard:
    """One region to learn from, as people read it."""

    name: str
    url: str
    fit: int
    evidence: str
    source: str
    reasons: tuple[tuple[str, str], ...]
    gives_back: str
    services: tuple[tuple[str, str], ...]
    helpful: tuple[tuple[str, str], ...]
    visit_url: str | None
    is_synthetic: bool


@require_safe
def teachers(request: HttpRequest, code: str, indicator: str, level: int) -> HttpResponse:
    """This function will show who took a step and fits the region best, or say that nobody is known to."""
    found = _learning(request, code, indicator, level)
    published = get_instrument(PUBLISHED)
    best = found.teachers[:SHOWN]
    region = found.asker
    query = urlencode({"instrument": found.instrument.code})
    context = {
        "heading": _heading(found),
        "found": found,
        "step": _step(found),
        "cards": [_card(found, one, published) for one in best],
        "others": len(found.teachers) - len(best),
        "on_domains": any(one.taken.evidence is not Evidence.INDICATOR for one in best),
        "has_crosswalk": any(one.taken.evidence is Evidence.CROSSWALK for one in best),
        "is_fixed": indicator in fixed_inputs(found.instrument),
        "downloads": [
            (
                name.upper(),
                f"{reverse('planning:teachers-file', args=[code, indicator, level, name])}?{query}",
            )
            for name in formats_of(_figure(found))
        ],
        "breadcrumbs": (
            (region.short_name, reverse("comparisons:portrait", args=[code])),
            (_("Plan"), reverse("planning:plan", args=[code])),
            (_("Teachers"), None),
        ),
    }
    return render(request, "planning/teachers.html", context)


@require_safe
def teachers_file(
    request: HttpRequest, code: str, indicator: str, level: int, file_format: str
) -> HttpResponse:
    """This function will answer everybody who took a step as a file."""
    found = _learning(request, code, indicator, level)
    name = f"{code}-{found.instrument.code}-{indicator}-{level}-teachers"
    return figure_file({"teachers": _figure(found)}, "teachers", file_format, name=name)


def _learning(request: HttpRequest, code: str, indicator: str, level: int) -> Learning:
    """Return what an address asks for. Raises UnknownValue for what it names and we do not know."""
    region = region_of(code)
    instrument = _instrument(request.GET.get("instrument", ""), region)
    keys = [each.key for each in instrument.indicators()]
    if indicator.split("-")[0] not in keys:
        raise UnknownValue(_("indicator"), indicator, keys, status=404)
    levels = instrument.scale.levels[1:]
    if level not in levels:
        raise UnknownValue(_("level"), level, levels, status=404)
    return learning(code, instrument, (indicator, level))


def _instrument(asked: str, region: Organization) -> Instrument:
    """Return the instrument asked for, else that of the newest levels the region lets everybody see."""
    if asked:
        return get_instrument(asked)
    published = published_evaluation(region.id)
    return published.instrument if published else get_instrument(PUBLISHED)


def _step(found: Learning) -> str:
    indicator, level = found.step
    name = words.part_name(found.instrument, indicator.split("-")[0])
    return _("%(name)s, to level %(level)s") % {"name": name, "level": level}


def _heading(found: Learning) -> str:
    """Return the finding in one sentence."""
    if not found.teachers:
        return _("No evidence yet of a region that took this step")
    number = len(found.teachers)
    best = found.country.places[found.teachers[0].code].name
    return ngettext(
        "%(count)s region took this step: %(region)s",
        "%(count)s regions took this step; %(region)s fits best",
        number,
    ) % {"count": number, "region": best}


def _card(found: Learning, one: Teacher, published: Instrument) -> TeacherCard:
    there = found.country.places[one.code]
    return TeacherCard(
        name=there.name,
        url=reverse("comparisons:portrait", args=[one.code]),
        fit=one.fit,
        evidence=words.evidence_text(one.taken, published),
        source=one.taken.source,
        reasons=tuple(words.reasons(one, there, found.asker, found.standing(one))),
        gives_back=words.gives_back(found, one, published),
        services=tuple(
            (each.name, reverse("catalogue:service", args=[each.key]))
            for each in found.services.get(one.code, ())
        ),
        helpful=tuple(_offered(each) for each in found.helpful.get(one.code, ())),
        visit_url=visit_url(found.asker.code, one.code, found.instrument.code, found.step),
        is_synthetic=one.taken.is_synthetic,
    )


def _offered(one: Helpful) -> tuple[str, str]:
    """Return what a package or practice is called, with its kind, and the address of its page."""
    said = _("package %(name)s") if one.kind is EntryKind.PACKAGE else _("practice %(name)s")
    name = said % {"name": one.title}
    if one.is_synthetic:
        name = _("%(name)s (invented for demonstration)") % {"name": name}
    return name, one.path if language() == "id" else f"/en{one.path}"


def visit_url(asker: str, host: str, instrument: str, step: tuple[str, int]) -> str | None:
    """Return where a visit for a step is asked for, None where this installation does not have it."""
    try:
        path = reverse("visits:ask", args=[host])
    except NoReverseMatch:
        return None
    wanted = {"instrument": instrument, "steps": f"{step[0]}:{step[1]}", "visitor": asker}
    return f"{path}?{urlencode(wanted)}"


def _figure(found: Learning) -> Figure:
    published = get_instrument(PUBLISHED)
    return Figure(
        key="teachers",
        heading=_heading(found),
        table=Table(
            caption=f"{found.asker.name}: {_step(found)}",
            columns=(
                Column(key="region", label=_("Region")),
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="fit", label=_("Fit of 1,000"), kind=ColumnKind.COUNT),
                Column(key="evidence", label=_("Shown by"), kind=ColumnKind.CODE),
                Column(key="part", label=_("Matched on")),
                Column(key="from_year", label=_("From year"), kind=ColumnKind.YEAR),
                Column(key="to_year", label=_("To year"), kind=ColumnKind.YEAR),
                Column(key="before", label=_("Before"), kind=ColumnKind.INDEX),
                Column(key="after", label=_("Afterwards"), kind=ColumnKind.INDEX),
                Column(key="kilometres", label=_("Distance in km"), kind=ColumnKind.COUNT),
                Column(key="gives_back", label=_("What the region that asks can give back")),
                Column(key="services", label=_("Services on record"), kind=ColumnKind.COUNT),
                Column(key="offers", label=_("Packages and practices for the indicator")),
            ),
            rows=tuple(_row(found, one, published) for one in found.teachers),
        ),
        sources=tuple(
            SourceNote(text=source) for source in dict.fromkeys(one.taken.source for one in found.teachers)
        )
        or (SourceNote(text=_("published results")),),
        synthetic=any(one.taken.is_synthetic for one in found.teachers),
    )


def _row(found: Learning, one: Teacher, published: Instrument) -> tuple[Cell, ...]:
    taken = one.taken
    instrument = found.instrument if taken.evidence is Evidence.INDICATOR else published
    return (
        found.country.places[one.code].name,
        one.code,
        one.fit,
        taken.evidence.value,
        words.part_name(instrument, taken.part),
        taken.from_year,
        taken.to_year,
        taken.before,
        taken.after,
        one.nearness.kilometres,
        words.gives_back(found, one, published),
        len(found.services.get(one.code, ())),
        "; ".join(name for name, _path in map(_offered, found.helpful.get(one.code, ()))),
    )
