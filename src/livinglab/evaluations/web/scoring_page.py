"""One indicator before its assessor: the region's answer beside the assessor's form, as values in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.assessments import queries as assessments
from livinglab.assessments.queries import Indicator
from livinglab.evaluations import policies, remarks
from livinglab.evaluations.domain.checks import Remark, external
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import EvidenceVerdict, Score
from livinglab.evaluations.operations.scores import Opinion
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import RatedLine, Raters, mark_of
from livinglab.evaluations.queries.readings import Reading
from livinglab.evaluations.web import guide_words, words
from livinglab.evaluations.web.external import OUTCOMES, VALIDITY, lines, read_level
from livinglab.evaluations.web.stages_page import signed
from livinglab.evidence.queries import same_file_elsewhere
from livinglab.organizations.queries import organizations

Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as texts, so that a refused form comes back as it was sent."""

    level: str = ""
    facts: str = ""
    analysis: str = ""
    justification: str = ""
    mark: str = ""

    @property
    def opinion(self) -> Opinion:
        """What was typed, as the operation takes it."""
        return Opinion(read_level(self.level), self.facts, self.analysis, self.justification)


def read_typed(given: QueryDict) -> Typed:
    """This function will return what a form brought."""
    return Typed(
        level=given.get("level", "").strip(),
        facts=lines(given.get("facts", "")),
        analysis=lines(given.get("analysis", "")),
        justification=lines(given.get("justification", "")),
        mark=given.get("mark", "")[:60],
    )


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: what it asks for, and whether the region says that it is met."""

    level: int
    name: str
    criterion: str
    is_met: bool


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
    rungs: tuple[Rung, ...]
    is_draft_criteria: bool
    proofs: tuple[Proof, ...]
    entries: tuple[Entry, ...]
    objections: tuple[ObjectionLine, ...]
    remarks: tuple[tuple[str, str, str], ...]  # severity, text, id: what the checks say of the scores
    typed: Typed
    stage: str
    has_entry: bool
    has_decimals: bool
    levels: tuple[int, ...]
    scaffolds: Mapping[str, str]
    refusal: str
    review_refusal: str
    may_review: bool
    position: str
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    draft_key: str


def build(
    place: Place,
    found: Raters,
    line: RatedLine,
    read: Reading,
    verdicts: Mapping[UUID, EvidenceVerdict],
    *,
    remarked: Iterable[Remark] = (),
    typed: Typed | None = None,
) -> ScoringPage:
    """This function will return the page; `typed` is what a refused form brought, kept as it came.

    Of `remarked`, what the checks say of the whole sheet, it shows what concerns this indicator's scores.
    """
    indicator = words.indicator_of(place.instrument, line.indicator)
    assert indicator is not None, "the line is of this instrument"
    entry = line.entries.get(found.present) if found.present is not Stage.SELF else None
    refusal = policies.may_score(place.actor, state=found.state)
    review = policies.may_review_validity(place.actor, state=found.state)
    scale = place.instrument.scale
    before, after = found.beside(line.indicator)
    keys = [one.indicator for one in found.lines]
    return ScoringPage(
        key=line.indicator,
        heading=heading(words.said(indicator.short), line),
        eyebrow=_eyebrow(place, indicator, line.indicator),
        question=words.said(indicator.name),
        own=words.level(line.own),
        standing=words.level(line.standing),
        inherited="" if entry else str(words.STAGES[line.stage]),
        facts=read.line.facts,
        analysis=read.line.analysis,
        external_source=read.line.external_source,
        rungs=tuple(_rungs(place, indicator, read)),
        is_draft_criteria=_is_draft(place),
        proofs=tuple(_proofs(place, read, verdicts)),
        entries=tuple(_entries(found, line)),
        objections=tuple(_objections(place, line)),
        remarks=tuple(
            (str(remarks.severity(one.check)), remarks.message(one), one.check.id)
            for one in remarked
            if one.indicator == line.indicator and one.check in external.CHECKS
        ),
        typed=typed or _typed(entry),
        stage=str(words.STAGES[found.present]),
        has_entry=entry is not None,
        has_decimals=scale.decimals > 0,
        levels=tuple(scale.levels),
        scaffolds=scaffolds(place, line.indicator),
        refusal=str(refusal.reason) if refusal else "",
        review_refusal=str(review.reason) if review else "",
        may_review=place.actor.is_ministry,
        position=_("%(number)s of %(total)s")
        % {"number": keys.index(line.indicator) + 1, "total": len(keys)},
        before=_neighbour(place, before),
        after=_neighbour(place, after),
        draft_key=f"livinglab-score:{place.actor.user_id}:{place.participation.id}:{found.present}:{line.indicator}",
    )


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


def _typed(entry: Score | None) -> Typed:
    if entry is None:
        return Typed()
    return Typed(
        level=words.level(entry.level),
        facts=entry.facts,
        analysis=entry.analysis,
        justification=entry.justification,
        mark=mark_of(entry),
    )


def _eyebrow(place: Place, indicator: Indicator, key: str) -> str:
    aspect = place.instrument.aspect_of(indicator)
    domain = place.instrument.domain_of(aspect)
    parts = [place.organization.name, _("Indicator %(number)s") % {"number": key}]
    parts += [f"{part.code} {words.said(part.name)}" for part in (domain, aspect) if part]
    return " · ".join(parts)


def _rungs(place: Place, indicator: Indicator, read: Reading) -> Iterator[Rung]:
    criteria = {one.level: one.text for one in indicator.criteria}
    ladder = {one.level: one.name for one in place.instrument.capability(indicator.capability).levels}
    for level in place.instrument.scale.levels:
        text, name = criteria.get(level), ladder.get(level)
        yield Rung(
            level=level,
            name=words.said(name) if name else "",
            criterion=words.said(text) if text else "",
            is_met=level in read.line.met,
        )


def _is_draft(place: Place) -> bool:
    criteria = place.instrument.criteria
    return criteria is not None and criteria.status.value.startswith("draft")


def _proofs(place: Place, read: Reading, verdicts: Mapping[UUID, EvidenceVerdict]) -> Iterator[Proof]:
    code, year = place.organization.code, place.participation.year
    elsewhere = _elsewhere(place, read)
    for item in read.line.evidence:
        use = read.uses[item.letter]
        verdict = verdicts.get(use.piece_id)
        said = "" if verdict is None else _("proves it") if verdict.is_accepted else _("does not prove it")
        yield Proof(
            letter=item.letter,
            title=item.title,
            level=item.level,
            reference=item.reference,
            facts=tuple(guide_words.facts_of(item)),
            own_review=guide_words.review_of(item),
            href=item.url or reverse("evaluations:evidence-file", args=[code, year, use.piece_id]),
            is_link=item.is_link,
            is_exempt=item.is_exempt,
            verdict=said,
            note=verdict.note if verdict else "",
            is_refused=verdict is not None and not verdict.is_accepted,
            judge_url=reverse("evaluations:judge", args=[code, year, read.indicator, use.piece_id]),
            key=str(use.piece_id),
            elsewhere=elsewhere.get(item.sha256, ()),
        )


def _elsewhere(place: Place, read: Reading) -> Mapping[str, tuple[str, ...]]:
    """The regions that show the same files, by hash. Nobody but the review team learns what others keep."""
    hashes = {item.sha256 for item in read.line.evidence if item.sha256}
    if not place.actor.is_ministry or not hashes:
        return {}
    found = same_file_elsewhere(place.organization.id, hashes)
    ids = {one.organization_id for same in found.values() for one in same}
    names = dict(organizations().filter(id__in=ids).values_list("id", "name")) if ids else {}
    return {
        key: tuple(sorted({names[one.organization_id] for one in same if one.organization_id in names}))
        for key, same in found.items()
    }


def _entries(found: Raters, line: RatedLine) -> Iterator[Entry]:
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
