"""What bands, domains and island groups are called in the reader's language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.assessments.queries import Instrument, instrument_for_year
from livinglab.comparisons.web.country_findings import Names
from livinglab.ui.charts import Band
from livinglab.ui.languages import language

#: island groups in the order of maps and tables, west to east
ISLANDS: Final = {
    "sumatra": gettext_lazy("Sumatra"),
    "java": gettext_lazy("Java"),
    "kalimantan": gettext_lazy("Kalimantan"),
    "bali-nusa-tenggara": gettext_lazy("Bali and Nusa Tenggara"),
    "sulawesi": gettext_lazy("Sulawesi"),
    "maluku": gettext_lazy("Maluku"),
    "papua": gettext_lazy("Papua"),
}
EAST: Final = frozenset({"bali-nusa-tenggara", "sulawesi", "maluku", "papua"})
GOAL: Final = "baik"  # the ministry's goal for regions: predicate Baik or better
_BAND_CSS: Final = ("b1", "b2", "b3", "b4", "b5")
NO_RESULT_CSS: Final = "b0"


def names_of(instrument: Instrument) -> Names:
    """Return the words that headings use, in the language of the request."""
    return _names(instrument, language())


@lru_cache(maxsize=16)
def _names(instrument: Instrument, written_in: str) -> Names:
    codes = [band.code for band in instrument.bands]
    return Names(
        bands=tuple(band.name.in_language(written_in) for band in instrument.bands),
        good=codes.index(GOAL) if GOAL in codes else len(codes) // 2,
        domains={code: name.lower() for code, name in domain_labels(instrument).items()},
        groups={group: str(name) for group, name in ISLANDS.items()},
    )


def domain_labels(instrument: Instrument) -> Mapping[str, str]:
    """Return each domain's short name; of aspects where the instrument has no domains."""
    return _domain_labels(instrument, language())


@lru_cache(maxsize=16)
def _domain_labels(instrument: Instrument, written_in: str) -> Mapping[str, str]:
    if instrument.domains:
        return {domain.code: domain.short.in_language(written_in) for domain in instrument.domains}
    return {aspect.code: aspect.name.in_language(written_in) for aspect in instrument.aspects}


def instrument_of(year: int) -> Instrument:
    """Return the instrument of a ranked year. A year can only be ranked with one, so none is an error of ours."""
    instrument = instrument_for_year(year)
    if instrument is None:
        raise LookupError(f"{year} is ranked, but no instrument covers it")
    return instrument


def band_css(band: int | None) -> str:
    """Return the colour class of a band; a region without a result has the dashed outline."""
    return NO_RESULT_CSS if band is None else _BAND_CSS[band]


def chart_bands(instrument: Instrument) -> tuple[Band, ...]:
    """Return the bands as charts take them."""
    return _chart_bands(instrument, language())


@lru_cache(maxsize=16)
def _chart_bands(instrument: Instrument, written_in: str) -> tuple[Band, ...]:
    return tuple(
        Band(css=band_css(number), label=band.name.in_language(written_in), start=band.lower, end=band.upper)
        for number, band in enumerate(instrument.bands)
    )


def kind_label(kind: str) -> str:
    """Return the name of a kind of region, in the plural."""
    return _("Cities") if kind == "city" else _("Regencies")
