"""What assessors conclude: a finding on each aspect and the closing recommendation, begun from the figures."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from livinglab.evaluations import policies
from livinglab.evaluations.models import AspectFinding, Recommendation
from livinglab.evaluations.operations import findings as operations
from livinglab.evaluations.operations.findings import FINDING_FIELDS, RECOMMENDATION_FIELDS
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.queries import conclusions as queries
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import Raters, raters
from livinglab.evaluations.web import suggestions, words
from livinglab.evaluations.web.external import assessor_page, lines
from livinglab.evaluations.web.frame import frame
from livinglab.evaluations.web.objections import stages_url
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.ui.languages import language

Problems = tuple[tuple[str, str], ...]
LANGUAGES = ("id", "en")


@require_safe
@assessor_page
def conclusions(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show which aspects have a finding, and whether the recommendation is written."""
    found = _raters(place)
    written = queries.findings_of(place.organization.id, place.participation.id)
    closing = queries.recommendation_of(place.organization.id, place.participation.id)
    refusal = policies.may_recommend(place.actor, state=found.state, kind=place.kind)
    code, year = place.organization.code, place.participation.year
    rows = [
        {
            "code": one.aspect.code,
            "name": words.said(one.aspect.name),
            "value": one.value,
            "strengths": len(one.strengths),
            "weaknesses": len(one.weaknesses),
            "is_written": one.aspect.code in written,
            "href": reverse("evaluations:finding", args=[code, year, one.aspect.code]),
        }
        for one in queries.aspect_figures(place.instrument, found.now)
    ]
    context = {
        **frame(place, (_("Assessors' levels"), stages_url(place)), (_("Findings"), None)),
        "rows": rows,
        "written": sum(bool(row["is_written"]) for row in rows),
        "has_recommendation": closing is not None,
        "recommendation_refusal": str(refusal.reason)
        if refusal and refusal.code == "no_recommendation"
        else "",
    }
    return render(request, "evaluations/conclusions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def finding(request: HttpRequest, place: Place, aspect: str) -> HttpResponse:
    """This function will show the finding on an aspect with what the figures suggest, and store it."""
    found = _raters(place)
    figures = {one.aspect.code: one for one in queries.aspect_figures(place.instrument, found.now)}
    if aspect not in figures:
        raise Http404(aspect)
    row = queries.findings_of(place.organization.id, place.participation.id).get(aspect)
    suggested = {one: suggestions.finding(figures[aspect], one) for one in LANGUAGES}
    texts = _texts(request, row, FINDING_FIELDS, suggested[language()])
    problems: Problems = ()
    if request.method == "POST":
        problems = _write_finding(place, aspect, texts)
        if not problems:
            messages.success(request, _("The finding is kept."))
            return redirect("evaluations:conclusions", place.organization.code, place.participation.year)
    title = words.said(figures[aspect].aspect.name)
    context = {
        **_frame(place, title),
        "title": _("%(aspect)s: index %(value)s")
        % {"aspect": title, "value": words.index(figures[aspect].value)},
        "eyebrow": f"{place.organization.name} · {aspect}",
        "fields": _fields(texts, suggested, problems, _finding_labels()),
        "is_new": row is None,
        "problems": problems,
        "refusal": _reason(policies.may_score(place.actor, state=found.state)),
    }
    return render(request, "evaluations/conclusion.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@assessor_page
def recommendation(request: HttpRequest, place: Place) -> HttpResponse:
    """This function will show the closing recommendation with what the figures suggest, and store it."""
    found = _raters(place)
    row = queries.recommendation_of(place.organization.id, place.participation.id)
    figures = queries.aspect_figures(place.instrument, found.now)
    suggested = {one: suggestions.recommendation(figures, found, one) for one in LANGUAGES}
    texts = _texts(request, row, RECOMMENDATION_FIELDS, suggested[language()])
    problems: Problems = ()
    if request.method == "POST":
        problems = _write_recommendation(place, texts)
        if not problems:
            messages.success(request, _("The recommendation is kept."))
            return redirect("evaluations:conclusions", place.organization.code, place.participation.year)
    context = {
        **_frame(place, _("Recommendation")),
        "title": _("Recommendation to %(region)s") % {"region": place.organization.name},
        "eyebrow": place.participation.round.title,
        "fields": _fields(texts, suggested, problems, _recommendation_labels()),
        "is_new": row is None,
        "problems": problems,
        "refusal": _reason(policies.may_recommend(place.actor, state=found.state, kind=place.kind)),
    }
    return render(request, "evaluations/conclusion.html", context, status=422 if problems else 200)


def _raters(place: Place) -> Raters:
    """Both raters, once the self-assessment was sent. Errors: Http404 before."""
    found = raters(place)
    if found is None or len(found.stages) < 2:
        raise Http404(str(place.participation.year))
    return found


def _write_finding(place: Place, aspect: str, texts: dict[str, str]) -> Problems:
    try:
        operations.write_finding(
            place=place,
            aspect=aspect,
            fulfilment=texts["fulfilment"],
            strengths=texts["strengths"],
            weaknesses=texts["weaknesses"],
            at=clock.now(),
        )
    except (Refused, ScoreRefused) as error:
        return _problems(error)
    return ()


def _write_recommendation(place: Place, texts: dict[str, str]) -> Problems:
    try:
        operations.write_recommendation(
            place=place,
            summary=texts["summary"],
            excellence=texts["excellence"],
            weakness=texts["weakness"],
            advice=texts["advice"],
            at=clock.now(),
        )
    except (Refused, ScoreRefused) as error:
        return _problems(error)
    return ()


def _problems(error: Refused | ScoreRefused) -> Problems:
    if isinstance(error, Refused):
        return (("", str(error.refusal.reason)),)
    return tuple((one.field, str(one.message)) for one in error.problems)


def _texts(
    request: HttpRequest,
    row: AspectFinding | Recommendation | None,
    names: tuple[str, ...],
    suggested: dict[str, str],
) -> dict[str, str]:
    """What was sent, else what is stored, else what the figures suggest."""
    if request.method == "POST":
        return {name: lines(request.POST.get(name, "")) for name in names}
    if row is not None:
        return {name: str(getattr(row, name)) for name in names}
    return suggested


def _fields(
    texts: dict[str, str],
    suggested: dict[str, dict[str, str]],
    problems: Problems,
    labels: dict[str, tuple[str, str]],
) -> list[dict[str, object]]:
    errors = dict(problems)
    return [
        {
            "name": name,
            "label": label,
            "hint": hint,
            "value": texts[name],
            "error": errors.get(name, ""),
            "suggestions": [(one, suggested[one][name]) for one in LANGUAGES if suggested[one][name]],
        }
        for name, (label, hint) in labels.items()
    ]


def _finding_labels() -> dict[str, tuple[str, str]]:
    return {
        "fulfilment": (_("Fulfilment"), _("What the region fulfils in this aspect (levels 2 to 5).")),
        "strengths": (_("Strengths"), _("Levels 4 and 5, the highest first.")),
        "weaknesses": (_("Weaknesses"), _("Levels 1 and 2, the lowest first.")),
    }


def _recommendation_labels() -> dict[str, tuple[str, str]]:
    return {
        "summary": (_("Summary"), _("The result in two or three sentences.")),
        "excellence": (_("Excellence"), _("The aspect with the highest index.")),
        "weakness": (_("Weakness"), _("The aspect with the lowest index.")),
        "advice": (
            _("Appreciation and advice"),
            _("What the region should do next, and by what it will be seen."),
        ),
    }


def _frame(place: Place, title: str) -> dict[str, object]:
    code, year = place.organization.code, place.participation.year
    return frame(place, (_("Findings"), reverse("evaluations:conclusions", args=[code, year])), (title, None))


def _reason(refusal: Refusal | None) -> str:
    return str(refusal.reason) if refusal else ""
