"""The page of checks: rows that cannot be true, and sources that disagree."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from livinglab.assessments.queries import (
    FindingKind,
    ResultFinding,
    all_claims,
    check_findings,
    get_instrument,
    in_words,
    to_result,
)
from livinglab.kernel.freshness import fresh_by
from livinglab.organizations.queries import names_by_code
from livinglab.portal.domain.disagreements import Disagreement, Statement, disagreements
from livinglab.ui import formats
from livinglab.ui.languages import language

_REASONS: Mapping[FindingKind, Promise] = {
    FindingKind.IMPOSSIBLE_INDEX: gettext_lazy("No set of levels gives this index."),
    FindingKind.IMPOSSIBLE_DOMAIN: gettext_lazy("No set of levels gives this value of %(part)s."),
    FindingKind.INDEX_NOT_FROM_DOMAINS: gettext_lazy(
        "The domain values beside it give %(expected)s, not the printed index."
    ),
    FindingKind.PREDICATE_NOT_OF_INDEX: gettext_lazy(
        "By the rule of that year this index is “%(expected)s”."
    ),
}

_RELIABILITY: Mapping[str, Promise] = {
    "official": gettext_lazy("official"),
    "official_aggregate": gettext_lazy("official average"),
    "report": gettext_lazy("evaluation report"),
    "decree_in_press": gettext_lazy("decree as quoted by the press"),
    "press": gettext_lazy("press"),
    "self_assessment": gettext_lazy("own assessment"),
}


@dataclass(frozen=True, slots=True)
class FindingView:
    """One thing that cannot be true, in words."""

    year: int
    name: str
    url: str
    part: str
    printed: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """What one source says."""

    index: str
    source: str
    reliability: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Sources side by side."""

    year: int
    name: str
    url: str
    spread: str
    statements: tuple[StatementView, ...]


@require_safe
@fresh_by("results", "organizations")
def checks(request: HttpRequest) -> HttpResponse:
    """This function will show what the checker found in the published rows, in words."""
    findings = check_findings()
    names = names_by_code(_codes(findings))
    differing = disagreements(_statements())
    context = {
        "heading": _heading(len(findings), len(differing)),
        "findings": [_finding(one, names) for one in findings],
        "disagreements": [_disagreement(one) for one in differing],
        "checked": formats.count(all_claims().count(), language=language()),
    }
    return render(request, "portal/checks.html", context)


def _codes(findings: list[ResultFinding]) -> set[str]:
    return {one.result.organization_code for one in findings}


def _heading(findings: int, differing: int) -> str:
    first = ngettext(
        "%(num)s published figure cannot be true", "%(num)s published figures cannot be true", findings
    ) % {"num": findings}
    second = ngettext("in %(num)s case sources disagree", "in %(num)s cases sources disagree", differing) % {
        "num": differing
    }
    return _("%(first)s, %(second)s") % {"first": first, "second": second}


def _finding(one: ResultFinding, names: Mapping[str, str]) -> FindingView:
    result, finding = one.result, one.finding
    part = _part(result.instrument, finding.part)
    expected = formats.listing((_figure(value) for value in finding.expected), language=language())
    return FindingView(
        year=result.year,
        name=names.get(result.organization_code, result.organization_code),
        url=_portrait(result.organization_code),
        part=part,
        printed=_figure(finding.printed),
        reason=str(_REASONS[finding.kind]) % {"part": part, "expected": expected},
        source=result.decision or result.source,
    )


def _part(instrument: str, code: str) -> str:
    """“index”, or the name of the domain."""
    document = get_instrument(instrument)
    names = {part.code: part.name for part in document.domains}
    names |= {part.code: part.name for part in document.aspects}
    return names[code].in_language(language()) if code in names else _("index")


def _figure(printed: str) -> str:
    """A printed number as this reader writes it; a predicate as it is."""
    number = printed.replace(".", "", 1).isdecimal()
    return printed.replace(".", ",") if number and language() == "id" else printed


def _portrait(code: str) -> str:
    return f"{'/en' if language() == 'en' else ''}/regions/{code}/"


def _statements() -> list[Statement]:
    found = []
    for stored in all_claims():
        one = to_result(stored)
        if one.index is not None:
            found.append(
                Statement(
                    one.organization_code,
                    stored.organization.name,
                    one.year,
                    one.index,
                    one.decision or in_words(one.source),
                    one.reliability,
                    one.is_leading,
                )
            )
    return found


def _disagreement(one: Disagreement) -> DisagreementView:
    words = language()
    return DisagreementView(
        year=one.year,
        name=one.name,
        url=_portrait(one.code),
        spread=formats.decimal2(one.spread, language=words),
        statements=tuple(
            StatementView(
                formats.decimal2(each.index, language=words),
                each.source,
                str(_RELIABILITY.get(each.reliability, each.reliability)),
                each.is_leading,
            )
            for each in one.statements
        ),
    )
