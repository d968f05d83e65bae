"""The country page's headings: each is a finding, written from the figures and true with no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.domain.country import Move, Moves, Summary, weakest_domains
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.web import written
from livinglab.comparisons.web.words import joined, number_in_words, regions_in_words, sentence

FEW: Final = Fraction(1, 5)  # island groups below this share are named together as those left behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What things are called in the reader's language; ``good`` is the position of the band that is the goal."""

    bands: tuple[str, ...]
    good: int
    domains: Mapping[str, str]
    groups: Mapping[str, str]


def headline(now: Summary, before: Summary | None, names: Names) -> str:
    """Return the page's finding: how many regions are good or better, and which domain is weakest."""
    if not now.count:
        return _("No result has been published yet")
    reached = _share_sentence(now, before, names)
    weakest = weakest_domains(now.domain_means)
    if not weakest:
        return reached
    values = {"reached": reached, "domain": joined([names.domains[domain] for domain in weakest])}
    if before and weakest_domains(before.domain_means) == weakest:
        said = ngettext(
            "%(reached)s; %(domain)s is still weakest",
            "%(reached)s; %(domain)s are still weakest",
            len(weakest),
        )
    else:
        said = ngettext(
            "%(reached)s; %(domain)s is weakest", "%(reached)s; %(domain)s are weakest", len(weakest)
        )
    return said % values


def _share_sentence(now: Summary, before: Summary | None, names: Names) -> str:
    part = now.reaching(names.good)
    if not part:
        return _("No region is %(band)s or better") % {"band": names.bands[names.good]}
    values = {"regions": sentence(regions_in_words(part, now.count)), "band": names.bands[names.good]}
    if (
        before
        and before.count
        and Fraction(part, now.count) > Fraction(before.reaching(names.good), before.count)
    ):
        return _("%(regions)s are now %(band)s or better") % values
    return _("%(regions)s are %(band)s or better") % values


def standfirst(
    year: int, now: Summary, previous_year: int | None, before: Summary | None, names: Names
) -> str:
    """Return the sentences below the headline: the same finding in exact figures, with their base."""
    if not now.count:
        return _("Choose another year: a region's result appears here once it is published.")
    figures = {
        "part": written.counted(now.reaching(names.good)),
        "whole": written.counted(now.count),
        "year": year,
        "bands": _or(list(names.bands[names.good :])),
    }
    said = [
        _("In %(year)s, %(part)s of the %(whole)s regencies and cities assessed are %(bands)s.") % figures
    ]
    if before and before.count and previous_year:
        earlier = {
            "part": written.counted(before.reaching(names.good)),
            "whole": written.counted(before.count),
            "year": previous_year,
        }
        said.append(_("In %(year)s it was %(part)s of %(whole)s.") % earlier)
    for domain in weakest_domains(now.domain_means):
        value = {"domain": names.domains[domain], "mean": written.mean(now.domain_means[domain])}
        said.append(sentence(_("%(domain)s averages %(mean)s of 5.") % value))
    return " ".join(said)


def map_by_band(groups: Mapping[str, Summary], names: Names) -> str:
    """Return where regions are good or better, and where few are."""
    shares = {key: Fraction(one.reaching(names.good), one.count) for key, one in groups.items() if one.count}
    if not shares:
        return _("No region has a result for this year")
    best, worst = _extremes(shares)
    values = {
        "band": names.bands[names.good],
        "best": _groups(best, names),
        "best_of": _of(best, groups, names),
    }
    if set(best) == set(shares):
        return _("%(best_of)s regions are %(band)s or better, in every island group alike") % values
    few = [key for key, share in shares.items() if share <= FEW and key not in best] or worst
    values |= {"worst": _groups(few, names), "worst_of": _of(few, groups, names)}
    return _("In %(best)s, %(best_of)s regions are %(band)s or better; in %(worst)s, %(worst_of)s") % values


def map_by_index(means: Mapping[str, Fraction], names: Names) -> str:
    """Return in which island group the mean index is highest, and in which lowest."""
    return _map_by_mean(means, names, _("the index"))


def map_by_domain(means: Mapping[str, Fraction], domain: str, names: Names) -> str:
    """Return in which island group a domain is strongest, and in which weakest."""
    return _map_by_mean(means, names, names.domains[domain])


def _map_by_mean(means: Mapping[str, Fraction], names: Names, what: str) -> str:
    rounded = {key: half_up(value) for key, value in means.items()}
    if not rounded:
        return _("No region has a result for this year")
    best, worst = _extremes(rounded)
    values = {"what": what, "best": _groups(best, names), "most": written.two(rounded[best[0]])}
    if set(best) == set(rounded):
        return sentence(_("%(what)s averages %(most)s in every island group") % values)
    values |= {"worst": _groups(worst, names), "least": written.two(rounded[worst[0]])}
    return sentence(_("%(what)s averages %(most)s in %(best)s and %(least)s in %(worst)s") % values)


def map_by_change(moves: Moves, group_changes: Mapping[str, Fraction], names: Names) -> str:
    """Return how many regions rose, and which island group rose most on average."""
    if not moves.count:
        return _("No region has a result for both years")
    said = _rose(moves)
    rounded = {key: half_up(value) for key, value in group_changes.items()}
    best, _worst = _extremes(rounded)
    if len(best) == len(rounded) or rounded[best[0]] <= 0:
        return said
    values = {"said": said, "group": _groups(best, names), "mean": written.two(rounded[best[0]])}
    return _("%(said)s; %(group)s rose most, by %(mean)s on average") % values


def _rose(moves: Moves) -> str:
    if moves.risen == 0:
        return _("No region rose in a year") if moves.unchanged else _("Every region fell in a year")
    if moves.risen == moves.count:
        return _("Every region rose in a year")
    return _("%(risen)s of %(count)s regions rose in a year") % {
        "risen": written.counted(moves.risen),
        "count": written.counted(moves.count),
    }


def ranking(leaders: Sequence[str], top_groups: Sequence[str], names: Names) -> str:
    """Return who leads, and where the top of the ranking lies. ``top_groups`` is each top region's island group."""
    if not leaders:
        return _("Nobody is ranked yet")
    lead = ngettext("%(names)s leads", "%(names)s lead together", len(leaders)) % {
        "names": joined(list(leaders))
    }
    total = len(top_groups)
    most = max(sorted(set(top_groups)), key=top_groups.count)
    here = top_groups.count(most)
    values = {
        "lead": lead,
        "part": number_in_words(here),
        "whole": number_in_words(total),
        "group": names.groups[most],
    }
    if total < 3:
        return lead
    if here == total:
        return _("%(lead)s; all of the top %(whole)s are in %(group)s") % values
    if here * 2 > total:
        return _("%(lead)s; %(part)s of the top %(whole)s are in %(group)s") % values
    values["places"] = number_in_words(len(set(top_groups)))
    return _("%(lead)s; the top %(whole)s are spread over %(places)s island groups") % values


def rises(moves: Moves, region_names: Mapping[str, str], names: Names) -> str:
    """Return who rose most among those whose figures can be right; an impossible start is no lead."""
    believable = [move for move in moves.ranked if not move.is_doubtful and move.change > 0]
    if not moves.count:
        return _("No region has a result for both years")
    if not believable:
        return _rose(moves)
    first = [move for move in believable if move.change == believable[0].change]
    who = joined([region_names[move.code] for move in first[:3]])
    if len(first) > 1:
        return _("%(who)s rose most, by %(change)s each") % {
            "who": who,
            "change": written.two(first[0].change),
        }
    return _one_rise(first[0], who, names)


def _one_rise(move: Move, who: str, names: Names) -> str:
    if move.end_band > move.start_band:
        values = {"who": who, "before": names.bands[move.start_band], "now": names.bands[move.end_band]}
        return _("%(who)s rose most: from %(before)s to %(now)s in a year") % values
    values = {"who": who, "before": written.two(move.start), "now": written.two(move.end)}
    return _("%(who)s rose most: from %(before)s to %(now)s in a year") % values


def domains(country: Summary, groups: Mapping[str, Summary], names: Names) -> str:
    """Return which domain is weakest, and in how many island groups."""
    weakest = weakest_domains(country.domain_means)
    if not weakest:
        return _("Domain values have not been published for this year")
    name = sentence(joined([names.domains[domain] for domain in weakest]))
    with_domains = [group for group in groups.values() if group.domain_means]
    same = sum(weakest_domains(group.domain_means) == weakest for group in with_domains)
    if same == len(with_domains):
        said = ngettext(
            "%(domain)s is weakest in every island group",
            "%(domain)s are weakest in every island group",
            len(weakest),
        )
        return said % {"domain": name}
    values = {"domain": name, "part": number_in_words(same), "whole": number_in_words(len(with_domains))}
    return _("%(domain)s is weakest overall, and in %(part)s of %(whole)s island groups") % values


def distribution(now: Summary, before: Summary | None, names: Names) -> str:
    """Return the band whose number of regions changed most in a year; without an earlier year the largest band."""
    if not now.count:
        return _("No region has a result for this year")
    if before is None or not before.count:
        band = max(range(len(names.bands)), key=lambda one: (now.band_counts[one], one))
        values = {
            "band": names.bands[band],
            "part": written.counted(now.band_counts[band]),
            "whole": written.counted(now.count),
        }
        return _("%(part)s of %(whole)s regions are %(band)s, more than any other predicate") % values
    changes = [after - earlier for after, earlier in zip(now.band_counts, before.band_counts, strict=True)]
    band = max(range(len(changes)), key=lambda one: (abs(changes[one]), one))
    return _band_change(names.bands[band], before.band_counts[band], now.band_counts[band])


def _band_change(band: str, before: int, now: int) -> str:
    values = {"band": band, "before": written.counted(before), "now": written.counted(now)}
    if before == now:
        return _("As many regions have each predicate as a year before")
    if now > 2 * before > 0:
        return _("%(band)s more than doubled in a year: from %(before)s to %(now)s regions") % values
    if now > before:
        return _("%(band)s grew in a year: from %(before)s to %(now)s regions") % values
    if 2 * now < before:
        return _("%(band)s shrank to less than half in a year: from %(before)s to %(now)s regions") % values
    return _("%(band)s shrank in a year: from %(before)s to %(now)s regions") % values


def _extremes(values: Mapping[str, Fraction] | Mapping[str, Decimal]) -> tuple[list[str], list[str]]:
    """Return the keys with the highest value and those with the lowest."""
    highest, lowest = max(values.values()), min(values.values())
    return (
        [key for key, value in values.items() if value == highest],
        [key for key, value in values.items() if value == lowest],
    )


def _groups(keys: Sequence[str], names: Names) -> str:
    return joined([names.groups[key] for key in keys])


def _of(keys: Sequence[str], groups: Mapping[str, Summary], names: Names) -> str:
    part = sum(groups[key].reaching(names.good) for key in keys)
    whole = sum(groups[key].count for key in keys)
    return _("%(part)s of %(whole)s") % {"part": written.counted(part), "whole": written.counted(whole)}


def _or(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s or %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
