"""What the address of a comparison asks for: regions, a way to choose peers, a year. All of its state is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.comparisons.portrait_queries import named
from livinglab.comparisons.queries import Strategy
from livinglab.comparisons.web.portrait_request import near
from livinglab.comparisons.web.wanted import read_year
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.organizations.queries import REGIONAL, Organization, organizations_by_code

MOST: Final = 12


@dataclass(frozen=True, slots=True)
class CompareWanted:
    """The regions by their codes in the order asked for, the strategy that adds peers (None for none), the year."""

    codes: tuple[str, ...]
    strategy: Strategy | None
    year: int
    years: tuple[int, ...]

    def url(
        self,
        *,
        codes: Sequence[str] | None = None,
        strategy: Strategy | str | None = "same",
        year: int | None = None,
    ) -> str:
        """Return the address of this comparison, or of one beside it; defaults are left out."""
        chosen = self.strategy if strategy == "same" else strategy
        asked: dict[str, str | int] = {}
        listed = self.codes if codes is None else tuple(codes)
        if listed:
            asked["regions"] = ",".join(listed)
        if chosen:
            asked["peers"] = str(chosen)
        if (year or self.year) != self.years[0]:
            asked["year"] = year or self.year
        path = reverse("comparisons:compare")
        return f"{path}?{urlencode(asked, safe=',')}" if asked else path


def read_compare(asked: QueryDict, years: tuple[int, ...]) -> CompareWanted:
    """Return what the address asks for. ``years`` are the ranked ones, newest first, at least one.

    Raises UnknownValue for an unknown year or strategy, Unprocessable for more than MOST regions.
    """
    codes = _codes(asked.getlist("regions"))
    if len(codes) > MOST:
        raise Unprocessable(
            _("%(num)s regions are too many") % {"num": len(codes)},
            _("At most %(most)s regions stand side by side. Leave some out.") % {"most": MOST},
            [Known(",".join(codes[:MOST]), _("only the first %(most)s") % {"most": MOST}, _first(codes))],
        )
    return CompareWanted(codes, _strategy(asked.get("peers", "")), read_year(asked, years), years)


def _first(codes: Sequence[str]) -> str:
    return f"{reverse('comparisons:compare')}?{urlencode({'regions': ','.join(codes[:MOST])}, safe=',')}"


def _codes(given: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, each once, in their order; they may be joined by commas or repeated."""
    listed = (code.strip()[:80] for text in given for code in text.split(","))
    return tuple(dict.fromkeys(code for code in listed if code))


def _strategy(value: str) -> Strategy | None:
    if not value:
        return None
    if value not in set(Strategy):
        known = (Known(str(one), "", f"?peers={one}") for one in Strategy)
        raise UnknownValue(_("way to choose peers"), value, known)
    return Strategy(value)


def regions_of(codes: Sequence[str]) -> dict[str, Organization]:
    """Return the regencies and cities with these codes. One query. Raises UnknownValue (422) for another code."""
    found = organizations_by_code(codes) if codes else {}
    for code in codes:
        if code not in found or found[code].kind not in REGIONAL:
            raise UnknownValue(_("regency or city"), code, near(code))
    return {code: found[code] for code in codes}


def added(asked: QueryDict) -> Organization | None:
    """Return the region that the form adds, by code or name; None for none. Raises UnknownValue (422)."""
    value = asked.get("add", "").strip()
    if not value:
        return None
    place = named(value.rpartition("(")[2].rstrip(")")) or named(value)
    if place is None or place.kind not in REGIONAL:
        raise UnknownValue(_("regency or city"), value, near(value))
    return place
