"""What a portrait calls things in the reader's language: bands, kinds, reliability, where figures are from."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from livinglab.assessments.queries import (
    Average,
    Finding,
    FindingKind,
    Instrument,
    Reliability,
    Result,
    in_words,
)
from livinglab.comparisons.portrait_queries import Portrait
from livinglab.comparisons.web.labels import domain_labels, names_of
from livinglab.comparisons.web.portrait_findings import Words
from livinglab.comparisons.web.portrait_numbers import listing
from livinglab.organizations.queries import REGIONAL, Kind, Organization
from livinglab.ui.charts import Scale
from livinglab.ui.figures import SourceNote
from livinglab.ui.languages import language

KINDS: Final[Mapping[str, str | Promise]] = {
    Kind.REGENCY: gettext_lazy("regencies"),
    Kind.CITY: gettext_lazy("cities"),
    Kind.PROVINCE: gettext_lazy("provinces"),
    Kind.CENTRAL: gettext_lazy("central institutions"),
}
EYEBROWS: Final[Mapping[str, str | Promise]] = {
    Kind.REGENCY: gettext_lazy("Region portrait"),
    Kind.CITY: gettext_lazy("Region portrait"),
    Kind.PROVINCE: gettext_lazy("Province portrait"),
    Kind.CENTRAL: gettext_lazy("Institution portrait"),
}
USUAL: Final = Scale()
RELIABILITY: Final[Mapping[Reliability, str | Promise]] = {
    Reliability.OFFICIAL: pgettext_lazy("reliability", "Official"),
    Reliability.OFFICIAL_AGGREGATE: pgettext_lazy("reliability", "Official average"),
    Reliability.REPORT: pgettext_lazy("reliability", "The institution's own report"),
    Reliability.DECREE_IN_PRESS: pgettext_lazy("reliability", "A decree, quoted by the press"),
    Reliability.PRESS: pgettext_lazy("reliability", "Press"),
    Reliability.SELF_ASSESSMENT: pgettext_lazy("reliability", "Self-assessment, not a result"),
}


def words_for(portrait: Portrait) -> Words:
    """Return the names that this portrait's sentences use."""
    kind = str(KINDS[portrait.place.kind])
    instrument = portrait.instrument
    return Words(
        region=portrait.place.short_name,
        everybody=_("regencies and cities") if portrait.place.kind in REGIONAL else kind,
        kind=kind,
        bands=names_of(instrument).bands,
        domains=domain_names(instrument, inside=True),
    )


def domain_names(instrument: Instrument, *, inside: bool) -> Mapping[str, str]:
    """Return the short names of the domains (aspects, where there are none); small letters inside a sentence."""
    return _small_names(instrument, language()) if inside else domain_labels(instrument)


@lru_cache(maxsize=16)
def _small_names(instrument: Instrument, _written_in: str) -> Mapping[str, str]:
    return {code: _small(name) for code, name in domain_labels(instrument).items()}


def _small(name: str) -> str:
    """Return a name as it stands inside a sentence; abbreviations and Pemdi keep their letters."""
    return " ".join(w if w.isupper() or w == "Pemdi" else w.lower() for w in name.split(" "))


def scale_of(instrument: Instrument) -> Scale:
    """Return the instrument's scale as charts take it: SPBE 2018 began at 0."""
    return Scale(start=Decimal(instrument.scale.minimum), end=Decimal(instrument.scale.maximum))


def on_scale(value: Decimal | None, scale: Scale = USUAL) -> bool:
    """Say whether a value can be drawn: a printed one may lie below the scale, which the notes then say."""
    return value is not None and scale.start <= value <= scale.end


def portrait_url(place: Organization) -> str:
    """Return the address of a place's portrait in the language of the request."""
    return _portrait_url(place.kind == Kind.CENTRAL, place.code, language())


@lru_cache(maxsize=4096)
def _portrait_url(is_central: bool, code: str, language_: str) -> str:
    """Return the address; a page has dozens of them, and finding one out takes a tenth of a millisecond."""
    with override(language_):
        return reverse("comparisons:institution" if is_central else "comparisons:portrait", args=[code])


def source_notes(*found: Result | Average | None) -> tuple[SourceNote, ...]:
    """Return where figures are from, each source once; of an article only its site, the table has the rest."""
    texts = dict.fromkeys(_short_source(one) for one in found if one is not None)
    return tuple(SourceNote(text=text) for text in texts) or (SourceNote(text=_("no publication")),)


def _short_source(one: Result | Average) -> str:
    sites = "; ".join(dict.fromkeys(part.strip().split("/")[0] for part in one.source.split("; ")))
    source = sites if "/" in one.source.split(" ")[0] else in_words(one.source)
    return f"{one.decision} ({source})" if one.decision else source


def source_text(one: Result | Average) -> str:
    """Return a source with the decree that it states."""
    source = in_words(one.source)
    return f"{one.decision} ({source})" if one.decision else source


def finding_text(result: Result, finding: Finding, names: Mapping[str, str]) -> str:
    """Return what cannot be true of a printed row, in words."""
    values: dict[str, object] = {
        "year": result.year,
        "part": names.get(finding.part, _("index")),
        "printed": _number(finding.printed),
        "expected": listing([_number(one) for one in finding.expected]),
    }
    match finding.kind:
        case FindingKind.IMPOSSIBLE_INDEX | FindingKind.IMPOSSIBLE_DOMAIN:
            said = _("%(year)s: no set of levels gives %(part)s %(printed)s; it is shown as it was printed.")
        case FindingKind.INDEX_NOT_FROM_DOMAINS:
            said = _(
                "%(year)s: the printed domains give an index of %(expected)s, not %(printed)s; "
                "both are shown as they were printed."
            )
        case FindingKind.PREDICATE_NOT_OF_INDEX:
            said = _("%(year)s: the printed predicate is %(printed)s; the index would be %(expected)s.")
    return said % values


def _number(printed: str) -> str:
    """Return a printed number in the reader's way of writing; a predicate stays as it is."""
    return printed.replace(".", ",") if language() == "id" and printed[:1].isdigit() else printed
