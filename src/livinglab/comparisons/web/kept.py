"""Pages that every reader sees alike, rendered once for each address, language and state of the figures.

The key holds the stamp of the year's figures, so that nothing shown is ever older than the database: a
rebuild brings another stamp. What differs by reader (name, navigation, messages) is rendered around it.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from markupsafe import Markup

from livinglab.comparisons.queries import RankedYear
from livinglab.comparisons.web.country_data import load_country
from livinglab.comparisons.web.country_page import CountryPage, country_page
from livinglab.comparisons.web.ranking_page import RankingPage, ranking_page
from livinglab.comparisons.web.ranking_wanted import RankingWanted
from livinglab.comparisons.web.wanted import CountryWanted
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Kept:
    """A page's head and its main part, ready to send."""

    page: CountryPage | RankingPage
    main: Markup


def kept_country(wanted: CountryWanted) -> Kept:
    """Return the country page of this address in the language of the request."""
    return _country(wanted, language())


def kept_ranking(ranked: RankedYear, wanted: RankingWanted, years: tuple[int, ...]) -> Kept:
    """Return the ranking of this address in the language of the request."""
    return _ranking(ranked, wanted, years, language())


@lru_cache(maxsize=32)  # 2 years x 7 colours x 2 languages are 28 pages of a quarter of a megabyte
def _country(wanted: CountryWanted, _written_in: str) -> Kept:
    page = country_page(load_country(wanted.ranked), wanted)
    return Kept(page, _rendered("comparisons/country_main.html", page))


@lru_cache(maxsize=32)
def _ranking(ranked: RankedYear, wanted: RankingWanted, years: tuple[int, ...], _written_in: str) -> Kept:
    page = ranking_page(load_country(ranked), wanted, years)
    return Kept(page, _rendered("comparisons/ranking_main.html", page))


def _rendered(template: str, page: CountryPage | RankingPage) -> Markup:
    return Markup(render_to_string(template, {"page": page}))  # noqa: S704 -- autoescaped there
