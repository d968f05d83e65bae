"""What a report says, in order and in the language that is active: from the value to the blocks of a paper."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from livinglab.evaluations.adapters.report_blocks import (
    Block,
    Bullets,
    Cover,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
)
from livinglab.evaluations.adapters.report_figures import figures
from livinglab.evaluations.adapters.words import KINDS, NOT_OFFICIAL, OUTCOMES, STAGES, SYNTHETIC
from livinglab.evaluations.domain.report import (
    AspectReport,
    IndicatorReport,
    Part,
    RatedName,
    Report,
    StageEntry,
)
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.ui import formats


def paper_of(report: Report) -> Paper:
    """Return a report as a paper, in the report's own language."""
    with override(report.language):
        return Paper(
            language=report.language,
            title=_title(report),
            mark=" · ".join([_status(report), *_marks(report)]),
            cover=_cover(report),
            blocks=tuple(_blocks(report)),
        )


def _title(report: Report) -> str:
    named = {"region": report.region_name, "year": report.year}
    if report.kind is RoundKind.MONITORING:
        return _("Monitoring report of %(region)s, %(year)s") % named
    return _("Evaluation report of %(region)s, %(year)s") % named


def _status(report: Report) -> str:
    if report.is_official and report.decision_date is not None:
        words = _("Official result by decision %(number)s of %(day)s.")
        day = formats.day(report.decision_date, language=report.language)
        return words % {"number": report.decision_number, "day": day}
    return str(NOT_OFFICIAL)


def _marks(report: Report) -> tuple[str, ...]:
    return (str(SYNTHETIC),) if report.is_synthetic else ()


def _cover(report: Report) -> Cover:
    language = report.language
    facts = [
        (_("Region"), f"{report.region_name} ({report.region_code})"),
        (_("Round"), f"{report.round_title} ({KINDS[report.kind]})"),
        (_("Instrument"), report.instrument_title),
        (_("Regulation"), report.regulation),
        (_("Stage"), str(STAGES[report.stage])),
        (_("Made on"), formats.moment(report.made_at, language=language, zone=report.zone)),
    ]
    if report.minutes_number and report.minutes_date:
        day = formats.day(report.minutes_date, language=language)
        facts.insert(5, (_("Minutes"), f"{report.minutes_number}, {day}"))
    return Cover(
        title=report.region_name,
        subtitle=_title(report),
        index_name=report.index_name,
        index=formats.decimal2(report.whole.value, language=language),
        predicate=report.predicate,
        status=_status(report),
        marks=_marks(report),
        facts=tuple(facts),
    )


def _blocks(report: Report) -> Iterator[Block]:
    yield Heading(1, _("Result"), "result")
    yield from _result(report)
    yield Heading(1, _("Strengths and weaknesses by aspect"), "aspects-in-words")
    for aspect in report.aspects:
        yield from _aspect(report, aspect)
    if report.kind is RoundKind.EVALUATION:
        yield Heading(1, _("Recommendations"), "recommendations")
        yield from _advice(report)
    yield Heading(1, _("Change since last year"), "change")
    yield from _changes(report)
    yield Heading(1, _("Indicators"), "indicators")
    for indicator in report.indicators:
        yield from _indicator(report, indicator)
    yield Heading(1, _("Evidence"), "evidence")
    yield from _evidence(report)
    yield Heading(1, _("Method and sources"), "method")
    yield from _method(report)


def _result(report: Report) -> Iterator[Block]:
    language = report.language
    yield Paragraph(
        _("The index is %(index)s, predicate %(predicate)s. %(answered)s of %(all)s indicators have a level.")
        % {
            "index": formats.decimal2(report.whole.value, language=language),
            "predicate": report.predicate,
            "answered": report.answered,
            "all": len(report.indicators),
        }
    )
    yield Paragraph(_status(report), kind="mark")
    if report.is_broken:
        yield Paragraph(
            _("The last published result is of another instrument. Its figures do not compare with these."),
            kind="note",
        )
    yield _part_grid(report)
    for figure in figures(report):
        yield Picture(figure)


def _part_grid(report: Report) -> Grid:
    heads = [_("Part"), _("Weight (%)"), _("Value")]
    if report.previous_year is not None:
        heads += [str(report.previous_year), _("Change")]
    if report.means_year is not None:
        heads += [_("National mean %(year)s") % {"year": report.means_year}]
    if report.means_year is not None and report.kind_mean_name:
        heads += [f"{report.kind_mean_name} {report.means_year}"]
    parts = [report.whole]
    for domain in report.domains:
        parts.append(domain)
        members = {one.code for one in report.aspects if one.domain == domain.code}
        parts += [part for part in report.aspect_parts if part.code in members]
    if not report.domains:
        parts += report.aspect_parts
    return Grid(
        caption=_("Index, domains and aspects"),
        heads=tuple(heads),
        rows=tuple(tuple(_part_cells(report, part)) for part in parts),
        numbers=frozenset(range(1, len(heads))),
        strong=frozenset(number for number, part in enumerate(parts) if part not in report.aspect_parts),
        widths=_part_widths(len(heads)),
    )


def _part_widths(count: int) -> tuple[int, ...]:
    rest = 60 // (count - 1)
    return (100 - rest * (count - 1), *((rest,) * (count - 1)))


def _part_cells(report: Report, part: Part) -> Iterator[str]:
    yield f"{part.code} {part.name}".strip()
    yield _decimal(report, part.weight)
    yield _decimal(report, part.value)
    if report.previous_year is not None:
        yield _decimal(report, part.previous)
        change = part.change
        yield formats.NOTHING if change is None else formats.change(change, language=report.language)
    if report.means_year is not None:
        yield _decimal(report, part.nation)
        if report.kind_mean_name:
            yield _decimal(report, part.kind_mean)


def _decimal(report: Report, value: Decimal | None) -> str:
    return formats.NOTHING if value is None else formats.decimal2(value, language=report.language)


def _level(report: Report, value: Decimal | None) -> str:
    if value is None:
        return formats.NOTHING
    if value == value.to_integral_value():
        return str(int(value))
    return formats.decimal2(value, language=report.language)


def _aspect(report: Report, aspect: AspectReport) -> Iterator[Block]:
    value = formats.decimal2(aspect.value, language=report.language)
    yield Heading(2, f"{aspect.code} {aspect.name}: {value}", f"aspect-{aspect.code}")
    if aspect.fulfilment:
        yield Paragraph(aspect.fulfilment, label=_("Fulfilment"))
    yield Paragraph(aspect.strengths_text, label=_("Strengths (levels 4 and 5)"))
    yield from _rated(report, aspect.strengths, _("No indicator stands at level 4 or 5."))
    yield Paragraph(aspect.weaknesses_text, label=_("Weaknesses (levels 1 and 2)"))
    yield from _rated(report, aspect.weaknesses, _("No indicator stands at level 1 or 2."))


def _rated(report: Report, rows: Iterable[RatedName], nothing: str) -> Iterator[Block]:
    items = tuple(
        _("%(key)s %(name)s: level %(level)s")
        % {"key": one.key, "name": one.name, "level": _level(report, one.level)}
        for one in rows
    )
    yield Bullets(items) if items else Paragraph(nothing)


def _advice(report: Report) -> Iterator[Block]:
    advice = report.advice
    if advice is None:
        yield Paragraph(_("The assessors have not written recommendations yet, or do not show them yet."))
        return
    for label, text in (
        (_("Summary"), advice.summary),
        (_("Excellence"), advice.excellence),
        (_("Weakness"), advice.weakness),
        (_("Advice"), advice.advice),
    ):
        if text:
            yield Paragraph(text, label=label)


def _changes(report: Report) -> Iterator[Block]:
    if not any(one.previous is not None for one in report.indicators):
        yield Paragraph(
            _(
                "Levels of an earlier round with the same instrument are not known here: there is nothing to compare."
            )
        )
        return
    moved = [*report.raised, *report.lowered]
    raised, lowered = len(report.raised), len(report.lowered)
    yield Paragraph(
        ngettext("%(num)s indicator rose", "%(num)s indicators rose", raised) % {"num": raised}
        + ", "
        + ngettext("%(num)s fell.", "%(num)s fell.", lowered) % {"num": lowered}
    )
    if moved:
        yield Grid(
            caption=_("Indicators whose level changed"),
            heads=(_("Indicator"), _("Before"), _("Now"), _("Change")),
            rows=tuple(
                (
                    f"{one.key} {one.name}",
                    _level(report, one.previous),
                    _level(report, one.standing),
                    formats.change(one.change or Decimal(0), language=report.language),
                )
                for one in moved
            ),
            numbers=frozenset({1, 2, 3}),
            widths=(58, 14, 14, 14),
        )


def _indicator(report: Report, one: IndicatorReport) -> Iterator[Block]:
    level = _level(report, one.standing)
    yield Heading(2, f"{one.key} {one.name}", f"indicator-{one.key}")
    yield Paragraph(
        _("Level %(level)s. Weight %(weight)s percent, aspect %(aspect)s.")
        % {"level": level, "weight": _decimal(report, one.weight), "aspect": one.aspect}
        + (" " + _("Answered by %(agency)s.") % {"agency": one.agency} if one.agency else "")
    )
    if one.own is None:
        yield Paragraph(_("Not answered: without an answer the lowest level counts."), kind="note")
    if one.external_source:
        yield Paragraph(one.external_source, label=_("Source of an external index"))
    for entry in one.stages:
        yield from _entry(report, entry, is_alone=len(one.stages) == 1)
    for objection in one.objections:
        yield Paragraph(
            _("Level %(level)s asked for against the %(stage)s. %(reason)s")
            % {
                "level": _level(report, objection.requested),
                "stage": STAGES[objection.stage],
                "reason": objection.reason,
            },
            label=_("Objection"),
        )
        outcome = str(OUTCOMES[objection.outcome])
        text = f"{outcome}. {objection.outcome_reason}" if objection.outcome_reason else f"{outcome}."
        yield Paragraph(text, label=_("Outcome"))


def _origin(entry: StageEntry) -> str:
    if entry.inherited_from is not None:
        return _("taken over from: %(stage)s") % {"stage": STAGES[entry.inherited_from]}
    if entry.stage is Stage.SELF:
        return _("the region")
    if entry.is_valid is False:
        return _("the assessors; the review team found it not valid")
    return _("the assessors")


def _entry(report: Report, entry: StageEntry, *, is_alone: bool) -> Iterator[Block]:
    """What was said at a stage, under its level and where that is from: a table of three rows says no more."""
    texts = [
        (label, text)
        for label, text in (
            (pgettext("answer", "Facts"), entry.facts),
            (pgettext("answer", "Analysis"), entry.analysis),
            (_("Justification"), entry.justification),
        )
        if text
    ]
    named = {
        "stage": STAGES[entry.stage],
        "level": _level(report, entry.level),
        "origin": _origin(entry),
    }
    if not is_alone:
        line = _("%(stage)s: level %(level)s, %(origin)s") % named
        yield Heading(3, line) if texts else Paragraph(line, kind="stage")
    for label, text in texts:
        yield Paragraph(text, label=label)


def _evidence(report: Report) -> Iterator[Block]:
    rows = tuple(
        (
            f"{one.key}.{item.letter}",
            item.title or _("title withheld"),
            item.reference,
            str(item.level),
            item.classification,
        )
        for one in report.indicators
        for item in one.evidence
    )
    if not rows:
        yield Paragraph(_("No evidence is attached yet."))
        return
    yield Paragraph(_("Exempt pieces (UU 14/2008, article 17) are counted here and not named."), kind="note")
    yield Grid(
        caption=_("Evidence by indicator and letter"),
        heads=(_("No."), _("Title"), _("Article or page"), _("Level"), pgettext("evidence", "Class")),
        rows=rows,
        numbers=frozenset({3}),
        widths=(10, 45, 22, 9, 14),
    )


def _method(report: Report) -> Iterator[Block]:
    yield Paragraph(
        _(
            "The index is the weighted mean of all indicators, computed exactly from their levels and rounded once "
            "at the end (%(regulation)s). Levels are cumulative: a level counts only when every level below it is "
            "met. An indicator without an answer counts as the lowest level."
        )
        % {"regulation": report.regulation}
    )
    yield Paragraph(
        _("A stage at which nobody scored takes the level of the stage before; each stage's level is kept.")
    )
    yield Paragraph(report.predicate_rule, label=_("Predicate"))
    if report.means_year is not None:
        yield Paragraph(
            _(
                "National means and means of kinds are those the ministry published for %(year)s with the same "
                "instrument."
            )
            % {"year": report.means_year}
        )
    yield Paragraph("", label=_("Sources"))
    yield Bullets(report.sources)
