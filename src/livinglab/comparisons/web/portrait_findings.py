"""The portrait's headings: each is a finding, written from the region's figures and true with no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from livinglab.comparisons.domain.difference import Difference
from livinglab.comparisons.domain.history import Course, Run
from livinglab.comparisons.domain.next_band import Highest, NextBand
from livinglab.comparisons.domain.numbers import half_up
from livinglab.comparisons.domain.portrait import Against, Assessments, Comparison
from livinglab.comparisons.domain.standings import Position
from livinglab.comparisons.web.portrait_numbers import ordinal, signed, two, whole
from livinglab.comparisons.web.words import joined, number_in_words, sentence

MOST_NAMED: Final = 2  # domains that a heading names before it becomes a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What things are called in the reader's language, as they stand inside a sentence.

    ``everybody`` are all that are ranked together ("regencies and cities"), ``kind`` those of the same kind.
    """

    region: str
    everybody: str
    kind: str
    bands: tuple[str, ...]
    domains: Mapping[str, str]

    def listed(self, codes: Sequence[str]) -> str:
        """Return domain names as a sentence lists them."""
        return joined([self.domains[code] for code in codes])


# --- the opening ----------------------------------------------------------------------------------------


def standfirst(
    position: Position | None,
    change: Decimal | None,
    band: int,
    band_before: int | None,
    judged: Assessments,
    words: Words,
) -> str:
    """Return the sentences below the name: place, movement, and where the index can still rise."""
    said = []
    if position is not None:
        said.append(sentence(_place(position, words)) + ".")
    if change is not None and band_before is not None:
        said.append(_moved(change, band, band_before, words) + ".")
    risers = [one.domain.code for one in judged.risers[:MOST_NAMED]]
    if risers:
        said.append(
            _("Most of what can still be gained lies in %(domains)s.") % {"domains": words.listed(risers)}
        )
    elif judged.domains:
        said.append(_("Little is left to gain in any domain."))
    return " ".join(said)


def _place(position: Position, words: Words) -> str:
    values = {
        "rank": ordinal(position.rank),
        "of": whole(position.of),
        "everybody": words.everybody,
    }
    if position.is_shared:
        return _("joint %(rank)s of %(of)s %(everybody)s") % values
    return _("%(rank)s of %(of)s %(everybody)s") % values


def _moved(change: Decimal, band: int, before: int, words: Words) -> str:
    values = {"points": two(abs(change)), "band": words.bands[band]}
    if change == 0:
        return _("Unchanged in a year, %(band)s") % values
    if change > 0:
        if band > before:
            return _("Up %(points)s in a year, and now %(band)s") % values
        return _("Up %(points)s in a year, still %(band)s") % values
    if band < before:
        return _("Down %(points)s in a year, to %(band)s") % values
    return _("Down %(points)s in a year, still %(band)s") % values


# --- the figures ----------------------------------------------------------------------------------------


def history(run: Run, instrument: str) -> str:
    """Return how the index ran with the newest reading's instrument, and only with that."""
    if run.start is None or run.end is None:
        return _("No result has been published in any year")
    values = {
        "points": two(abs(run.change)),
        "start": run.start.year,
        "end": run.end.year,
        "before": two(run.start.index),
        "now": two(run.end.index),
        "instrument": instrument,
    }
    match run.course:
        case Course.RISING if run.is_whole_era:
            said = _("Up every year since %(instrument)s came into use in %(start)s")
        case Course.RISING:
            said = _("Up every year since %(start)s, by %(points)s in all")
        case Course.FALLING if run.is_whole_era:
            said = _("Down every year since %(instrument)s came into use in %(start)s")
        case Course.FALLING:
            said = _("Down every year since %(start)s, by %(points)s in all")
        case Course.ROSE:
            said = _("Up %(points)s from %(start)s to %(end)s")
        case Course.FELL:
            said = _("Down %(points)s from %(start)s to %(end)s")
        case Course.UNCHANGED:
            said = _("Unchanged at %(now)s from %(start)s to %(end)s")
        case _other:
            said = _("%(now)s in %(end)s, with no comparable year before it")
    return said % values


def domains(found: Comparison, words: Words) -> str:
    """Return how the domains stand to the mean of the kind."""
    values = {"of": number_in_words(found.of), "above": number_in_words(found.above), "kind": words.kind}
    if found.lead:
        values["lead"] = words.domains[found.lead[0]]
    if found.lag:
        values["lag"] = words.domains[found.lag[0]]
    match found.against:
        case Against.ALL_ABOVE:
            said = _("Above the mean of %(kind)s in all %(of)s domains, most of all in %(lead)s")
        case Against.ALL_BELOW:
            said = _("Below the mean of %(kind)s in all %(of)s domains, most of all in %(lag)s")
        case Against.EQUAL:
            said = _("Equal to the mean of %(kind)s in every domain")
        case Against.UNKNOWN:
            return _("Domain values have not been published for this year")
        case Against.MIXED if found.lag is None:
            said = _("Above the mean of %(kind)s in %(above)s of %(of)s domains, most of all in %(lead)s")
        case Against.MIXED if found.above == 0:
            said = _("Not above the mean of %(kind)s in any domain; furthest behind in %(lag)s")
        case _other:
            said = _("Above the mean of %(kind)s in %(above)s of %(of)s domains; furthest behind in %(lag)s")
    return said % values


def rank(position: Position | None, movement: int | None, words: Words) -> str:
    """Return the place among all, and how many places it moved in a year."""
    if position is None:
        return _("Not ranked: no result has been published for this year")
    place = sentence(_place(position, words))
    if movement is None:
        return place
    if movement == 0:
        return _("%(place)s, as a year before") % {"place": place}
    values = {"place": place, "num": abs(movement)}
    if movement > 0:
        return ngettext("%(place)s, up %(num)s place", "%(place)s, up %(num)s places", movement) % values
    return ngettext("%(place)s, down %(num)s place", "%(place)s, down %(num)s places", -movement) % values


def strengths(judged: Assessments, words: Words) -> str:
    """Return what is strong, what is weak and what can still lift the index; never more than two of each."""
    if not judged.domains:
        return _("Strengths cannot be told: domain values have not been published")
    full = [one.domain.code for one in judged.domains if one.is_full]
    strong = [one.domain.code for one in judged.strong[:MOST_NAMED]]
    weak = [one.domain.code for one in judged.weak[:MOST_NAMED]]
    risers = [one.domain.code for one in judged.risers[:MOST_NAMED]]
    values = {
        "full": words.listed(full),
        "strong": words.listed(strong),
        "weak": words.listed(weak),
        "risers": words.listed(risers),
    }
    return sentence(_strengths(bool(full), bool(strong), bool(weak), bool(risers)) % values)


def _strengths(full: bool, strong: bool, weak: bool, risers: bool) -> str:
    if weak:
        return (
            _("strong in %(strong)s, weak in %(weak)s")
            if strong
            else _("weak in %(weak)s; %(risers)s can lift the index most")
        )
    if full:
        return (
            _("full marks in %(full)s; %(risers)s can still lift the index")
            if risers
            else _("full marks in %(full)s, and little left to gain elsewhere")
        )
    if strong:
        return (
            _("strong in %(strong)s; %(risers)s can still lift the index")
            if risers
            else _("strong in %(strong)s, and little left to gain")
        )
    return _("neither strong nor weak in any domain; %(risers)s can lift the index most")


def next_band(found: NextBand | Highest, words: Words) -> str:
    """Return what the next predicate needs, or what is left to 5 where the highest is reached."""
    if isinstance(found, Highest):
        return _highest(found, words)
    points = gap_in_points(found.gap)
    values = {"points": points, "band": words.bands[found.band]}
    if not found.alone:
        return _("%(points)s to %(band)s; which domain could bring it is not known") % values
    easiest = found.reachable
    if easiest:
        few, most = easiest[0].steps or (0, 0)
        values |= {
            "domain": words.domains[easiest[0].domain.code],
            "steps": steps_in_words(few, most),
        }
        return _("%(points)s to %(band)s: %(steps)s in %(domain)s alone would do") % values
    values["domains"] = words.listed(found.together)
    if len(found.together) > MOST_NAMED:
        values["num"] = number_in_words(len(found.together))
        return _("%(points)s to %(band)s: it takes at least %(num)s domains together") % values
    return _("%(points)s to %(band)s: no domain can bring it alone, %(domains)s together can") % values


def _highest(found: Highest, words: Words) -> str:
    if found.left <= 0:
        return _("The highest value there is: 5.00 in every domain")
    values = {"left": two(found.left), "band": words.bands[-1]}
    if not found.rooms:
        return _("%(band)s is the highest predicate; %(left)s is left to the full value") % values
    values["domain"] = words.domains[max(found.rooms, key=lambda one: one[1])[0]]
    return _("%(band)s is the highest predicate; of the %(left)s left, most lies in %(domain)s") % values


def gap_in_points(gap: Fraction) -> str:
    """Return a gap in index points, with two decimals; one below a hundredth in words."""
    if gap < Fraction(1, 100):
        return _("Less than a hundredth of a point")
    points = half_up(gap)
    return ngettext("%(points)s point", "%(points)s points", int(points * 100)) % {"points": two(points)}


def steps_in_words(few: int, most: int) -> str:
    """Return a number of indicator levels, or from how many to how many."""
    if few == most:
        return ngettext("%(num)s indicator level", "%(num)s indicator levels", few) % {"num": few}
    return _("%(few)s to %(most)s indicator levels") % {"few": few, "most": most}


def peers(own: Decimal | None, others: Mapping[str, Decimal], words: Words) -> str:
    """Return how many similar ones are ahead and who leads; ``others`` has names and indices of those assessed."""
    if not others:
        return _("No similar region has a result for this year")
    best = max(others.values())
    leader = next(name for name, index in others.items() if index == best)
    values = {"of": number_in_words(len(others)), "leader": leader, "best": two(best)}
    if own is None:
        return _("Of %(of)s similar regions with a result, %(leader)s leads with %(best)s") % values
    ahead = sum(index > own for index in others.values())
    values["ahead"] = sentence(number_in_words(ahead))
    if ahead == 0:
        return _("None of %(of)s similar regions is ahead") % values
    if ahead == len(others):
        return _("All %(of)s similar regions are ahead; %(leader)s leads with %(best)s") % values
    return (
        ngettext(
            "%(ahead)s of %(of)s similar regions is ahead; %(leader)s leads with %(best)s",
            "%(ahead)s of %(of)s similar regions are ahead; %(leader)s leads with %(best)s",
            ahead,
        )
        % values
    )


def inside(regions: Mapping[str, Decimal]) -> str:
    """Return which region of a province leads and which comes last."""
    best, worst = max(regions.values()), min(regions.values())
    values = {
        "leader": next(name for name, index in regions.items() if index == best),
        "best": two(best),
        "last": next(name for name, index in regions.items() if index == worst),
        "worst": two(worst),
    }
    if best == worst:
        return _("All regions with a result stand at %(best)s") % values
    return _("%(leader)s leads with %(best)s, %(last)s comes last with %(worst)s") % values


def difference(found: Difference, first: str, second: str, words: Words) -> str:
    """Return by how much two indices differ, and which domains make most of it."""
    values = {"points": two(abs(found.total)), "first": first, "second": second}
    values["domains"] = words.listed([share.code for share in found.drivers])
    if found.total == 0:
        return _("%(first)s and %(second)s are level") % values
    ahead = found.total > 0
    if not found.shares:
        said = _("%(first)s is %(points)s ahead of %(second)s")
        return (said if ahead else _("%(first)s is %(points)s behind %(second)s")) % values
    if len(found.drivers) == len(found.shares):
        said = _("%(first)s is %(points)s ahead of %(second)s, spread over all domains")
        return (
            said if ahead else _("%(first)s is %(points)s behind %(second)s, spread over all domains")
        ) % values
    said = _("%(first)s is %(points)s ahead of %(second)s, most of it in %(domains)s")
    return (
        said if ahead else _("%(first)s is %(points)s behind %(second)s, most of it in %(domains)s")
    ) % values


def sources(official: Sequence[int], other: Sequence[int]) -> str:
    """Return for which years the ministry's own figures are at hand, and for which only others' are."""
    years = {"official": joined([str(y) for y in official]), "other": joined([str(y) for y in other])}
    if official and other:
        return _("Official figures for %(official)s; %(other)s known from the press only") % years
    if official:
        return _("Official figures for %(official)s") % years
    if other:
        return _("Known from the press only: %(other)s") % years
    return pgettext("sources", "No figure has been published")


def mean_in_words(value: Fraction) -> str:
    """Return a mean as it is printed, with two decimals."""
    return two(half_up(value))


def points_of(exact: Fraction) -> str:
    """Return index points with their sign, as a gain."""
    return signed(half_up(exact))


def without_result(name: str, year: int, *, is_assessed: bool, is_listed: bool) -> str:
    """Return why a portrait shows no result: nothing is known, which is never a zero."""
    values = {"name": name, "year": year}
    if not is_assessed:
        return _("%(name)s has no SPBE result of its own in any year.") % values
    if is_listed:
        return (
            _(
                "%(name)s has no result in the ministry's list of %(year)s. "
                "That says nothing of its services: no result is not a zero."
            )
            % values
        )
    return _("No index of %(name)s has been published for %(year)s.") % values
