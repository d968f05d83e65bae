"""One indicator before its assessor: the region's answer beside the assessor's form, as values in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Indicator
from livinglab.evaluations import policies
from livinglab.evaluations.domain.opinions import Opinion
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.rated import Rated, Shown
from livinglab.evaluations.queries.raters import RatedLine, mark_of
from livinglab.evaluations.queries.score_drafts import Version, opinion_of, opinion_of_score
from livinglab.evaluations.rulebooks import rulebook_of
from livinglab.evaluations.web import guide_words, words
from livinglab.evaluations.web.answer_form import Typed, draft_key, typed_of_opinion
from livinglab.evaluations.web.answer_page import scaffold_note
from livinglab.evaluations.web.external import OUTCOMES, VALIDITY
from livinglab.evaluations.web.level_form import LevelLine, Problems, level_lines
from livinglab.evaluations.web.scoring_live import Live, live, region_notes
from livinglab.evaluations.web.stages_page import signed
from livinglab.evidence.queries import same_file_elsewhere
from livinglab.ui import formats
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence before an assessor."""

    letter: str
    title: str
    level: int
    reference: str
    facts: tuple[str, ...]
    own_review: str
    href: str
    is_link: bool
    is_exempt: bool
    verdict: str
    note: str
    is_refused: bool
    judge_url: str
    key: str
    elsewhere: tuple[str, ...] = ()  # regions that show the very same file: told to the review team only


@dataclass(frozen=True, slots=True)
class Entry:
    """What an assessor found at one stage."""

    stage: str
    key: str
    level: str
    by: str
    at: datetime
    facts: str
    analysis: str
    justification: str
    validity: str
    note: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection of the region to a level of this indicator."""

    requested: str
    reason: str
    outcome: str
    outcome_reason: str
    settle_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPage:
    """Everything the page shows."""

    key: str
    heading: str
    eyebrow: str
    question: str
    own: str
    standing: str
    inherited: str
    facts: str
    analysis: str
    external_source: str
    rungs: tuple[LevelLine, ...]
    is_draft_criteria: bool
    proofs: tuple[Proof, ...]
    entries: tuple[Entry, ...]
    objections: tuple[ObjectionLine, ...]
    live: Live
    typed: Typed
    stage: str
    mark: str
    has_draft: bool
    has_decimals: bool
    lowest: int
    highest: int
    scaffolds: Mapping[str, str]
    scaffold_note: str
    refusal: str
    review_refusal: str
    may_review: bool
    position: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    draft_key: str


def build(
    place: Place,
    found: Rated,
    shown: Shown,
    *,
    day: date,
    typed: Typed | None = None,
    problems: Problems = (),
) -> ScoringPage:
    """This function will return the page; `typed` is what a refused form brought, kept as it came."""
    line = found.line
    indicator = words.indicator_of(place.instrument, line.indicator)
    assert indicator is not None, "the line is of this instrument"
    refusal = policies.may_score(place.actor, state=found.state)
    review = policies.may_review_validity(place.actor, state=found.state)
    scale = place.instrument.scale
    before, after = found.beside
    opinion, version = stored(found)
    form = typed or typed_of_opinion(opinion, version)
    return ScoringPage(
        key=line.indicator,
        heading=heading(words.said(indicator.short), line),
        eyebrow=_eyebrow(place, indicator, line.indicator),
        question=words.said(indicator.name),
        own=words.level(line.own),
        standing=words.level(line.standing),
        inherited="" if found.entry else str(words.STAGES[line.stage]),
        facts=shown.line.facts,
        analysis=shown.line.analysis,
        external_source=shown.line.external_source,
        rungs=tuple(level_lines(place, indicator, line.indicator, form.met, region_notes(place, shown))),
        is_draft_criteria=rulebook_of(place.instrument).is_draft,
        proofs=tuple(_proofs(place, line.indicator, shown)),
        entries=tuple(_entries(found, line)),
        objections=tuple(_objections(place, line)),
        live=live(place, found, shown, opinion, day=day, version=version, problems=problems),
        typed=form,
        stage=str(words.STAGES[found.present]),
        mark=mark_of(found.entry),
        has_draft=found.draft is not None,
        has_decimals=scale.decimals > 0,
        lowest=scale.minimum,
        highest=scale.maximum,
        scaffolds=scaffolds(place, line.indicator),
        scaffold_note=scaffold_note(),
        refusal=str(refusal.reason) if refusal else "",
        review_refusal=str(review.reason) if review else "",
        may_review=place.actor.is_ministry,
        position=_("%(number)s of %(total)s")
        % {"number": found.keys.index(line.indicator) + 1, "total": len(found.keys)},
        before=_neighbour(place, before),
        after=_neighbour(place, after),
        draft_key=draft_key(place, line.indicator, of="score"),
    )


def stored(found: Rated) -> tuple[Opinion, int]:
    """This function will return what is stored to go on from, and its version: the draft, else the entry itself."""
    if found.draft is not None:
        return opinion_of(found.draft), found.draft.version
    return (opinion_of_score(found.entry), 0) if found.entry else (Opinion(), 0)


def heading(name: str, line: RatedLine) -> str:
    """This function will return what stands at the head of the page: true with these levels, false with others."""
    facts = {"name": name, "own": words.level(line.own), "level": words.level(line.standing)}
    if line.newest is None:
        return _("%(name)s: the region answers level %(own)s") % facts
    if line.difference == 0:
        return _("%(name)s: both raters say level %(own)s") % facts
    return _("%(name)s: the region answers %(own)s, the assessors find %(level)s (%(difference)s)") % {
        **facts,
        "difference": signed(-line.difference),
    }


def scaffolds(place: Place, key: str) -> dict[str, str]:
    """This function will return the sentences to begin each text of an assessor with, by field."""
    indicator = words.indicator_of(place.instrument, key)
    found = assessments.scaffold(place.instrument, indicator) if indicator else None
    if found is None:
        return {}
    return {
        "facts": words.said(found.facts),
        "analysis": words.said(found.analysis),
        "justification": words.said(found.justification),
    }


def _eyebrow(place: Place, indicator: Indicator, key: str) -> str:
    aspect = place.instrument.aspect_of(indicator)
    domain = place.instrument.domain_of(aspect)
    parts = [place.organization.name, _("Indicator %(number)s") % {"number": key}]
    parts += [f"{part.code} {words.said(part.name)}" for part in (domain, aspect) if part]
    return " · ".join(parts)


def _proofs(place: Place, indicator: str, shown: Shown) -> Iterator[Proof]:
    code, year = place.organization.code, place.participation.year
    elsewhere = _elsewhere(place, shown)
    for item in shown.line.evidence:
        use = shown.uses[item.letter]
        verdict = shown.verdicts.get(use.piece_id)
        said = "" if verdict is None else _("proves it") if verdict.is_accepted else _("does not prove it")
        yield Proof(
            letter=item.letter,
            title=item.title,
            level=item.level,
            reference=item.reference,
            facts=tuple(guide_words.facts_of(item)),
            own_review=guide_words.review_of(item),
            href=item.url or reverse("evaluations:evidence-look", args=[code, year, use.piece_id]),
            is_link=item.is_link,
            is_exempt=item.is_exempt,
            verdict=said,
            note=verdict.note if verdict else "",
            is_refused=verdict is not None and not verdict.is_accepted,
            judge_url=reverse("evaluations:judge", args=[code, year, indicator, use.piece_id]),
            key=str(use.piece_id),
            elsewhere=elsewhere.get(item.sha256, ()),
        )


def _elsewhere(place: Place, shown: Shown) -> Mapping[str, tuple[str, ...]]:
    """The regions that show the same files, by hash. Nobody but the review team learns what others keep."""
    hashes = {item.sha256 for item in shown.line.evidence if item.sha256}
    if not place.actor.is_ministry or not hashes:
        return {}
    found = same_file_elsewhere(place.organization.id, hashes)
    return {
        key: tuple(sorted({one.organization_name for one in same if one.organization_name}))
        for key, same in found.items()
    }


def _entries(found: Rated, line: RatedLine) -> Iterator[Entry]:
    for stage in found.stages:
        row = line.entries.get(stage)
        if row is None or stage is Stage.SELF:
            continue
        yield Entry(
            stage=str(words.STAGES[stage]),
            key=stage.value,
            level=words.level(row.level),
            by=found.names.get(row.scored_by, "") if row.scored_by else "",
            at=row.scored_at,
            facts=row.facts,
            analysis=row.analysis,
            justification=row.justification,
            validity=str(VALIDITY[row.is_valid]),
            note=row.validity_note,
            is_reviewed=row.is_valid is not None,
        )


def _objections(place: Place, line: RatedLine) -> Iterator[ObjectionLine]:
    code, year = place.organization.code, place.participation.year
    for one in line.objections:
        yield ObjectionLine(
            requested=words.level(one.requested_level),
            reason=one.reason,
            outcome=str(OUTCOMES[one.outcome]),
            outcome_reason=one.outcome_reason,
            settle_url="" if one.outcome else reverse("evaluations:settle", args=[code, year, one.id]),
        )


def _neighbour(place: Place, key: str | None) -> tuple[str, str] | None:
    return (key, words.short_name(place.instrument, key)) if key else None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """What somebody left of a score, and what they changed."""

    number: int
    at: datetime
    by: str
    what: str
    level: str
    met: str
    facts: str
    analysis: str
    justification: str
    is_entered: bool


def version_lines(found: Sequence[Version]) -> tuple[VersionLine, ...]:
    """This function will return the versions of a score in words."""
    return tuple(
        VersionLine(
            number=one.number,
            at=one.at,
            by=one.by,
            what=formats.listing(
                [str(guide_words.FIELD_NAMES[name]) for name in one.changed], language=language()
            ),
            level=words.level(one.opinion.level),
            met=", ".join(str(level) for level in sorted(one.opinion.met or ())) or _("none ticked"),
            facts=one.opinion.facts,
            analysis=one.opinion.analysis,
            justification=one.opinion.justification,
            is_entered=one.is_entered,
        )
        for one in found
    )
