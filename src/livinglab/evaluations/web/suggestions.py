"""Sentences that the figures alone give, as a start for assessors to write from, in either language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from livinglab.evaluations.queries.conclusions import AspectFigures, RatedIndicator, best_and_worst
from livinglab.evaluations.queries.raters import Raters
from livinglab.evaluations.web import words
from livinglab.ui import formats
from livinglab.ui.languages import language


def finding(one: AspectFigures, in_language: str) -> dict[str, str]:
    """This function will return fulfilment, strengths and weaknesses of an aspect in a language."""
    with override(in_language):
        return {
            "fulfilment": _fulfilment(one),
            "strengths": _listed(one.strengths) or _("No indicator of this aspect reaches level 4."),
            "weaknesses": _listed(one.weaknesses) or _("No indicator of this aspect is at level 1 or 2."),
        }


def recommendation(figures: Sequence[AspectFigures], found: Raters, in_language: str) -> dict[str, str]:
    """This function will return summary, excellence, weakness and advice in a language."""
    with override(in_language):
        best, worst = best_and_worst(figures)
        return {
            "summary": _summary(found),
            "excellence": _aspects(best, [row for one in best for row in one.strengths]),
            "weakness": _aspects(worst, [row for one in worst for row in one.weaknesses]),
            "advice": _advice(worst),
        }


def _fulfilment(one: AspectFigures) -> str:
    facts = {
        "aspect": words.said(one.aspect.name),
        "value": words.index(one.value),
        "count": len(one.fulfilled),
        "total": len(one.aspect.indicators),
    }
    return _(
        "The aspect %(aspect)s has the index %(value)s: %(count)s of %(total)s indicators are at level 2 or above."
    ) % facts + (f"\n{_listed(one.fulfilled)}" if one.fulfilled else "")


def _listed(rows: Sequence[RatedIndicator]) -> str:
    return "\n".join(
        _("%(number)s %(name)s: level %(level)s")
        % {"number": row.key, "name": words.said(row.indicator.short), "level": words.level(row.level)}
        for row in rows
    )


def _summary(found: Raters) -> str:
    own, now = found.own.score, found.now.score
    facts = {
        "own": words.index(own.index),
        "now": words.index(now.index),
        "predicate": words.said(now.predicate.name),
        "count": sum(line.difference != 0 for line in found.lines),
        "total": len(found.lines),
    }
    return (
        _(
            "The self-assessment gives the index %(own)s, the external assessment %(now)s (%(predicate)s). "
            "%(count)s of %(total)s levels differ."
        )
        % facts
    )


def _aspects(aspects: Sequence[AspectFigures], rows: Sequence[RatedIndicator]) -> str:
    named = formats.listing([words.said(one.aspect.name) for one in aspects], language=language())
    head = _("%(aspects)s, with the index %(value)s.") % {
        "aspects": named,
        "value": words.index(aspects[0].value),
    }
    return f"{head}\n{_listed(rows)}".rstrip()


def _advice(worst: Sequence[AspectFigures]) -> str:
    rows = [row for one in worst for row in one.weaknesses]
    if not rows:
        return ""
    return "\n".join(_next_level(row) for row in rows)


def _next_level(row: RatedIndicator) -> str:
    goal = int(row.level) + 1
    criterion = next((one.text for one in row.indicator.criteria if one.level == goal and one.text), None)
    facts = {"number": row.key, "name": words.said(row.indicator.short), "level": goal}
    head = _("%(number)s %(name)s, towards level %(level)s") % facts
    return f"{head}: {words.said(criterion)}" if criterion else head
