"""What the address of a country page asks for; anything unknown is answered with what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.assessments.queries import Instrument
from livinglab.comparisons.queries import RankedYear
from livinglab.comparisons.web.labels import domain_labels, instrument_of
from livinglab.kernel.unknown import Known, UnknownValue

DOMAIN: Final = "domain:"


class Colour(StrEnum):
    """What the tiles of the map are coloured by."""

    BAND = "band"
    INDEX = "index"
    CHANGE = "change"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class CountryWanted:
    """A year, and a colour for the map; ``domain`` is set exactly when the colour is a domain."""

    ranked: RankedYear
    years: tuple[int, ...]
    colour: Colour = Colour.BAND
    domain: str = ""

    @property
    def year(self) -> int:
        return self.ranked.year

    @property
    def colour_value(self) -> str:
        return f"{DOMAIN}{self.domain}" if self.colour is Colour.DOMAIN else str(self.colour)

    def query(self, *, year: int | None = None, colour: str | None = None) -> str:
        """Return the query string of this choice, or of one beside it; defaults are left out."""
        asked = {"year": year or self.year, "colour": colour or self.colour_value}
        said = {
            key: value
            for key, value in asked.items()
            if value not in (self.years[0] if key == "year" else Colour.BAND,)
        }
        return f"?{urlencode(said, safe=':')}" if said else ""


def read_country(asked: QueryDict, years: Sequence[RankedYear]) -> CountryWanted:
    """Return what the address asks for. ``years`` are the ranked ones, newest first, at least one.

    Raises UnknownValue for a year without a ranking and for a colour that the year does not have.
    """
    ranked = read_ranked_year(asked, years)
    numbers = tuple(one.year for one in years)
    value = asked.get("colour", Colour.BAND)
    known = [choice for choice, _label in colour_choices(instrument_of(ranked.year))]
    if value not in known:
        addresses = (Known(one, one, f"?year={ranked.year}&colour={one}") for one in known)
        raise UnknownValue(_("colour"), value, addresses)
    if value.startswith(DOMAIN):
        return CountryWanted(ranked, numbers, Colour.DOMAIN, value.removeprefix(DOMAIN))
    return CountryWanted(ranked, numbers, Colour(value))


def read_ranked_year(asked: QueryDict, years: Sequence[RankedYear]) -> RankedYear:
    """Return the year asked for, else the newest. Raises UnknownValue for one without a ranking."""
    year = read_year(asked, tuple(one.year for one in years))
    return next(one for one in years if one.year == year)


def read_year(asked: QueryDict, years: tuple[int, ...]) -> int:
    """Return the year asked for, else the newest. Raises UnknownValue for one without a ranking."""
    value = asked.get("year", "")
    if not value:
        return years[0]
    if value not in {str(year) for year in years}:
        raise UnknownValue(_("year"), value, (Known(str(year), str(year), f"?year={year}") for year in years))
    return int(value)


def colour_choices(instrument: Instrument) -> list[tuple[str, str]]:
    """Return each colour of the map as the address writes it, with its name."""
    plain = [
        (str(Colour.BAND), _("Predicate")),
        (str(Colour.INDEX), _("Index")),
        (str(Colour.CHANGE), _("Change")),
    ]
    return plain + [(f"{DOMAIN}{code}", label) for code, label in domain_labels(instrument).items()]
