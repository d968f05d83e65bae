"""The portrait's figures that say why: strengths, the way to the next predicate, the difference to another."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.assessments import queries as assessments
from livinglab.comparisons.domain import portrait as rules
from livinglab.comparisons.domain.next_band import Highest, NextBand, Printed, next_band
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.portrait import Assessment, Assessments, Ground, assess
from livinglab.comparisons.portrait_queries import Portrait, limits
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import percent, signed, two
from livinglab.comparisons.web.portrait_words import domain_names, on_scale, source_notes
from livinglab.ui.charts import Contribution, Dot, DotRow, DotRows, Part, Role
from livinglab.ui.figures import Column, ColumnKind, Figure, Table
from livinglab.ui.languages import language

VERDICTS: Final[Mapping[rules.Verdict, str | Promise]] = {
    rules.Verdict.STRONG: gettext_lazy("strong"),
    rules.Verdict.WEAK: gettext_lazy("weak"),
    rules.Verdict.BETWEEN: gettext_lazy("neither"),
}


def judged(portrait: Portrait) -> Assessments:
    """Return what the thresholds say of each published domain."""
    if portrait.mark is None:
        return Assessments(())
    kind = portrait.means["kind"].domains if "kind" in portrait.means else {}
    return assess(portrait.domains, portrait.mark.domains, kind)


# --- strengths and weaknesses ----------------------------------------------------------------------------


def strengths(portrait: Portrait, words: Words) -> Figure | None:
    """Return the judgement of each domain as a table with its reasons; the page shows them as sentences."""
    found = judged(portrait)
    if not found.domains:
        return None
    names = domain_names(portrait.instrument, inside=False)
    return Figure(
        key="strengths",
        heading=findings.strengths(found, words),
        table=Table(
            caption=_("Domains of %(region)s by the thresholds") % {"region": words.region},
            columns=(
                Column(key="domain", label=_("Domain")),
                Column(key="value", label=_("Value"), kind=ColumnKind.INDEX),
                Column(key="over_kind", label=_("Above the mean of its kind"), kind=ColumnKind.CHANGE),
                Column(key="verdict", label=_("Verdict")),
                Column(key="room", label=_("Can still add"), kind=ColumnKind.INDEX),
            ),
            rows=tuple(
                (
                    names[one.domain.code],
                    one.value,
                    one.over_kind,
                    str(VERDICTS[one.verdict]),
                    half_up(one.room),
                )
                for one in found.domains
            ),
        ),
        sources=source_notes(portrait.claim),
        notes=(thresholds(words),),
        wide=True,
        synthetic=portrait.place.is_synthetic,
    )


def thresholds(words: Words) -> str:
    """Return the thresholds themselves, as printed below the judgements."""
    return _(
        "Strong: %(strong)s or more; or, from %(weak)s on, at least %(ahead)s above the mean of %(kind)s. "
        "Weak: below %(weak)s, or at least %(behind)s below that mean without being strong. "
        "Can still rise: weight times distance to 5 is at least %(room)s."
    ) % {
        "strong": two(rules.STRONG_FROM),
        "weak": two(rules.WEAK_BELOW),
        "ahead": two(rules.STRONG_ABOVE_KIND),
        "behind": two(rules.WEAK_BELOW_KIND),
        "room": two(rules.ROOM_FROM),
        "kind": words.kind,
    }


def reason(one: Assessment, words: Words) -> str:
    """Return why a domain is strong or weak, in one sentence."""
    if one.is_full:
        return _("The highest value there is.")
    values = {
        "apart": two(abs(one.over_kind)) if one.over_kind is not None else "",
        "kind": words.kind,
        "strong": two(rules.STRONG_FROM),
        "weak": two(rules.WEAK_BELOW),
    }
    match one.ground:
        case Ground.HIGHEST_BAND if one.over_kind is not None and one.over_kind > 0:
            return _("%(strong)s or more, and %(apart)s above the mean of %(kind)s.") % values
        case Ground.HIGHEST_BAND:
            return _("%(strong)s or more.") % values
        case Ground.AHEAD_OF_KIND:
            return _("%(apart)s above the mean of %(kind)s.") % values
        case Ground.LOW_VALUE if one.over_kind is not None and one.over_kind < 0:
            return _("Below %(weak)s, and %(apart)s below the mean of %(kind)s.") % values
        case Ground.LOW_VALUE if one.over_kind is not None and one.over_kind > 0:
            return _("Below %(weak)s, though %(apart)s above the mean of %(kind)s.") % values
        case Ground.LOW_VALUE:
            return _("Below %(weak)s.") % values
        case Ground.BEHIND_KIND:
            return _("%(apart)s below the mean of %(kind)s.") % values
        case Ground.NONE:
            return ""


def room(one: Assessment) -> str:
    """Return what a domain could still add to the index, in one sentence."""
    return _("At %(value)s with a weight of %(weight)s, 5.00 would add this to the index.") % {
        "value": two(one.value),
        "weight": percent(one.domain.weight),
    }


# --- the next predicate ----------------------------------------------------------------------------------


def way_up(portrait: Portrait) -> NextBand | Highest | None:
    """Return what the next predicate needs; None without a result."""
    mark = portrait.mark
    if mark is None or mark.band is None:
        return None
    return next_band(
        Printed(mark.index, mark.band, mark.domains),
        portrait.domains,
        limits(portrait.instrument, portrait.year),
        {
            domain.code: assessments.exact_values(portrait.instrument, domain.code)
            for domain in portrait.domains
            if domain.code in mark.domains
        },
    )


def next_predicate(portrait: Portrait, words: Words) -> Figure | None:
    """Return the way to the next predicate by domain, or what is left at the highest one."""
    found = way_up(portrait)
    if found is None:
        return None
    return Figure(
        key="next-predicate",
        heading=findings.next_band(found, words),
        reading=_way_reading(portrait, found, words),
        chart=_left_chart(portrait, found) if isinstance(found, Highest) else _way_chart(portrait, found),
        table=_left_table(portrait, found) if isinstance(found, Highest) else _way_table(portrait, found),
        sources=source_notes(portrait.claim),
        notes=tuple(_way_notes(portrait, found, words)),
        synthetic=portrait.place.is_synthetic,
    )


def _way_reading(portrait: Portrait, found: NextBand | Highest, words: Words) -> str:
    if isinstance(found, Highest):
        return _("What each domain would add to the index if it became 5.00.")
    values = {"band": words.bands[found.band], "limit": two(found.limit), "year": portrait.year}
    if limits(portrait.instrument, portrait.year).is_rounded:
        rule = _("%(band)s begins at %(limit)s; in %(year)s the rounded index decided.") % values
    else:
        rule = _("%(band)s begins at %(limit)s; in %(year)s the index before rounding decided.") % values
    if not found.alone:
        return rule
    if found.reachable:
        return rule + " " + _("The hollow hexagon is what a domain would have to become if it rose alone.")
    return (
        rule
        + " "
        + _(
            "The hollow hexagons are what all domains would have to become if each closed the same share of its "
            "distance to 5.00."
        )
    )


def _way_chart(portrait: Portrait, found: NextBand) -> DotRows | None:
    """Return present and needed values: of each domain alone, or of all in proportion where none can do it alone."""
    names = domain_names(portrait.instrument, inside=False)
    together = dict(found.in_proportion) if not found.reachable else {}
    rows = []
    for one in found.alone:
        if not on_scale(one.present):
            continue
        needed = together.get(one.domain.code, one.value)
        dots = [Dot(role=Role.FOCUS, value=one.present)]
        if needed is not None:
            dots.append(Dot(role=Role.OTHERS, value=needed))
        if together:
            aside = signed(needed - one.present) if needed is not None else ""
        else:
            aside = findings.steps_in_words(*one.steps) if one.steps else _("not alone")
        rows.append(
            DotRow(
                name=names[one.domain.code],
                note=_("weight %(share)s") % {"share": percent(one.domain.weight)},
                dots=tuple(dots),
                value=needed,
                aside=aside,
            )
        )
    if not rows:
        return None
    hollow = _("Needed, if all rise in proportion") if together else _("Needed, if it rises alone")
    return DotRows(
        label=_("What each domain would have to become"),
        rows=tuple(rows),
        key=((Role.FOCUS, _("Now")), (Role.OTHERS, hollow)),
    )


def _way_table(portrait: Portrait, found: NextBand) -> Table:
    if not found.alone:
        return _limit_table(portrait, found)
    names = domain_names(portrait.instrument, inside=False)
    return Table(
        caption=_("What the next predicate needs of each domain"),
        columns=(
            Column(key="domain", label=_("Domain")),
            Column(key="value", label=_("Now"), kind=ColumnKind.INDEX),
            Column(key="needed", label=_("Needed, if it rises alone"), kind=ColumnKind.INDEX),
            Column(key="fewest_levels", label=_("Indicator levels, at least"), kind=ColumnKind.COUNT),
            Column(key="most_levels", label=_("Indicator levels, at most"), kind=ColumnKind.COUNT),
            Column(key="in_proportion", label=_("Needed, if all rise in proportion"), kind=ColumnKind.INDEX),
        ),
        rows=tuple(
            (
                names[one.domain.code],
                one.present,
                one.value,
                one.steps[0] if one.steps else None,
                one.steps[1] if one.steps else None,
                dict(found.in_proportion).get(one.domain.code),
            )
            for one in found.alone
        ),
    )


def _limit_table(portrait: Portrait, found: NextBand) -> Table:
    """Return the index and the limit it has to reach, where no domain value was published."""
    assert portrait.mark is not None, "only a result has a way up"
    return Table(
        caption=_("What the next predicate needs"),
        columns=(
            Column(key="part", label=_("Part")),
            Column(key="value", label=_("Now"), kind=ColumnKind.INDEX),
            Column(key="needed", label=_("Needed"), kind=ColumnKind.INDEX),
        ),
        rows=((_("Index"), portrait.mark.index, found.limit),),
    )


def _left_parts(portrait: Portrait, found: Highest) -> list[tuple[str, Decimal]]:
    """Return what is left in each domain, rounded, and what rounding leaves over: they add up exactly."""
    names = domain_names(portrait.instrument, inside=False)
    parts = [(names[code], half_up(points)) for code, points in found.rooms]
    over = found.left - sum((points for _name, points in parts), Decimal(0))
    return [*parts, (_("Rounding"), over)] if over else parts


def _left_chart(portrait: Portrait, found: Highest) -> Contribution | None:
    if not found.rooms or not found.left:
        return None
    return Contribution(
        label=_("What is left to 5.00, by domain"),
        parts=tuple(Part(name=name, value=points) for name, points in _left_parts(portrait, found)),
        total=found.left,
        total_name=_("Left to 5.00"),
    )


def _left_table(portrait: Portrait, found: Highest) -> Table:
    rows = [*_left_parts(portrait, found), (_("Left to 5.00"), found.left)]
    return Table(
        caption=_("What is left to 5.00, by domain"),
        columns=(
            Column(key="domain", label=_("Domain")),
            Column(key="points", label=_("Index points"), kind=ColumnKind.INDEX),
        ),
        rows=tuple(rows),
    )


def _way_notes(portrait: Portrait, found: NextBand | Highest, words: Words) -> Iterable[str]:
    if isinstance(found, Highest):
        return
    if found.alone and not found.fits:
        yield _("No set of levels gives this row as printed; the printed values were used as they stand.")
    elif found.alone:
        yield _(
            "Computed from the exact values behind the printed ones; where several are possible, from the lowest, "
            "so that what is said here is enough."
        )
    if any(one.steps and one.steps[0] != one.steps[1] for one in found.alone):
        yield _("Indicators of one domain weigh differently: the heaviest need the fewest levels.")
    rule = portrait.instrument.predicate_rule(portrait.year)
    yield _("Rule of the year: %(source)s") % {"source": rule.source.in_language(language())}
