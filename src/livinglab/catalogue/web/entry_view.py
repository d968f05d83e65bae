"""What is known of an entry, field by field; what is not known says so and invites its region to fill it in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.matrix import ListedService
from livinglab.catalogue.domain.practices import PracticeText
from livinglab.catalogue.domain.proof import FEWEST_CASES, Evidence, prove
from livinglab.catalogue.domain.shelf import Known
from livinglab.catalogue.queries.practices import ListedPractice
from livinglab.catalogue.web import shelf_words, words
from livinglab.ui.formats import day, listing
from livinglab.ui.languages import language

#: what a region asks before it copies, and a register does not say
TO_LEARN = (
    *(Known.AUDIENCE, Known.LEGAL_BASIS, Known.RESULT, Known.COST, Known.LESSONS, Known.STEPS, Known.CONTACT),
)


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of an entry: its lines, none when nothing is known."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a reader can check it, and how sure that is."""

    name: str
    url: str
    reliability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """A practice in public."""

    title: str
    summary: str
    place: str
    region_code: str
    fields: tuple[FieldView, ...]
    sources: tuple[SourceView, ...]
    warning: str
    proof: str
    proof_missing: str
    published: str
    service: tuple[str, str] | None  # name and address of the service on record that it tells about
    url: str
    is_synthetic: bool


def practice_view(practice: ListedPractice, about: ListedService | None) -> PracticeView:
    """This function will return a practice in the reader's language."""
    text = practice.text
    proof, missing = proof_words()
    return PracticeView(
        title=text.title,
        summary=text.summary,
        place=practice.region_name,
        region_code=practice.region_code,
        fields=tuple(field_of(one, text) for one in Known if one not in (Known.WHAT, Known.SOURCE)),
        sources=tuple(_sources(text, practice.region_name)),
        warning=shelf_words.national_warning((text.function,)),
        proof=proof,
        proof_missing=missing,
        published=day(practice.published_at.date(), language=language()),
        service=(about.name, reverse("catalogue:service", args=[about.key])) if about else None,
        url=text.url,
        is_synthetic=practice.is_synthetic,
    )


def open_fields(practices: Iterable[ListedPractice]) -> tuple[FieldView, ...]:
    """This function will return what others ask before they copy: as its region published it, or not known."""
    text = next((one.text for one in practices), PracticeText())
    return tuple(field_of(one, text) for one in TO_LEARN)


def proof_words(evidence: Evidence | None = None) -> tuple[str, str]:
    """This function will return the proof score in words and what is missing to it; no cases without evidence."""
    proof = prove(evidence or Evidence())
    parts = listing([str(shelf_words.PARTS[part]) for part in proof.missing], language=language())
    missing = _("Not counted yet: %(parts)s.") % {"parts": parts} if proof.missing else ""
    if proof.score is None:
        score = _("No proof score: %(missing)s more real cases are needed, of %(needed)s.") % {
            "missing": proof.cases_missing,
            "needed": FEWEST_CASES,
        }
        return score, missing
    return _("Proof score %(score)s of 100.") % {"score": round(proof.score * 100)}, missing


def field_of(known: Known, text: PracticeText) -> FieldView:
    """This function will return one field of a practice as lines."""
    contact = (text.contact_office, text.contact_address) if text.contact_office else ()
    lines: dict[Known, Iterable[str]] = {
        Known.WHAT: text.summary.splitlines(),
        Known.AUDIENCE: text.audience.splitlines(),
        Known.FUNCTION: [words.function_name(text.function)] if text.function else (),
        Known.OWNER: [text.agency] if text.agency else (),
        Known.STATUS: [str(words.STATUSES[Status(text.status)])] if text.status else (),
        Known.YEAR: [text.year] if text.year else (),
        Known.LEGAL_BASIS: text.legal_basis.splitlines(),
        Known.RESULT: text.result.splitlines(),
        Known.COST: text.cost.splitlines(),
        Known.LESSONS: text.lessons.splitlines(),
        Known.STEPS: [_step(one.indicator, one.level) for one in text.steps],
        Known.CONTACT: contact,
    }
    return FieldView(str(shelf_words.KNOWN[known]), tuple(line for line in lines[known] if line))


def _step(indicator: str, level: str) -> str:
    return _("%(indicator)s, level %(level)s") % {
        "indicator": shelf_words.indicator_name(indicator),
        "level": level,
    }


def _sources(text: PracticeText, region: str) -> Iterable[SourceView]:
    yield SourceView(region, "", str(words.RELIABILITIES[Reliability.REGION]))
    for one in text.sources:
        yield SourceView(one.name, one.url, str(words.RELIABILITIES[Reliability(one.kind)]))
