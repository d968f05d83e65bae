"""The headings of a comparison: each is a finding, written from the figures of the regions that stand side by side."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.queries import Strategy
from livinglab.comparisons.web.portrait_numbers import listing, two
from livinglab.comparisons.web.words import number_in_words, sentence

_TWO = 2  # both languages have words of their own for two: both, neither; keduanya


def standing(indices: Mapping[str, Decimal], without: Sequence[str]) -> str:
    """Return who leads and how far the last is behind; ``without`` have no result."""
    if not indices:
        return _("None of them has a result for this year") if without else _("Choose regions to compare")
    best, worst = max(indices.values()), min(indices.values())
    leaders = [name for name, index in indices.items() if index == best]
    if len(indices) == 1:
        return _("%(name)s stands at %(best)s") % {"name": leaders[0], "best": two(best)}
    values = {"leaders": listing(leaders), "best": two(best), "apart": two(best - worst)}
    if best == worst:
        return (_("Both stand at %(best)s") if len(indices) == _TWO else _("All stand at %(best)s")) % values
    return (
        ngettext(
            "%(leaders)s leads with %(best)s; %(apart)s lie between first and last",
            "%(leaders)s lead with %(best)s; %(apart)s lie between first and last",
            len(leaders),
        )
        % values
    )


def domains(values: Mapping[str, Sequence[Decimal]], names: Mapping[str, str]) -> str:
    """Return in which domain the regions are furthest apart, and in which closest."""
    spreads = {code: max(found) - min(found) for code, found in values.items() if len(found) > 1}
    if not spreads:
        return _("Domain values need at least two regions with a result")
    widest = max(spreads, key=lambda code: spreads[code])
    closest = min(spreads, key=lambda code: spreads[code])
    said = {
        "widest": names[widest],
        "low": two(min(values[widest])),
        "high": two(max(values[widest])),
        "closest": names[closest],
    }
    if spreads[widest] == spreads[closest]:
        return _("Equally far apart in every domain")
    return _("Furthest apart in %(widest)s, from %(low)s to %(high)s; closest in %(closest)s") % said


def history(changes: Mapping[str, Decimal], year: int, *, compared: int) -> str:
    """Return who rose most in a year; of some of the ``compared`` regions no change is known."""
    if not changes:
        return _("No change in a year can be told")
    most = max(changes.values())
    who = listing([name for name, change in changes.items() if change == most])
    risen = sum(change > 0 for change in changes.values())
    values = {"who": who, "points": two(abs(most)), "before": year - 1, "year": year}
    if risen == 0:
        return _none_rose(both=len(changes) == compared == _TWO) % values
    if risen == compared == _TWO:
        return _("Both rose from %(before)s to %(year)s, %(who)s most, by %(points)s") % values
    if risen == compared > 1:
        return _("All rose from %(before)s to %(year)s, %(who)s most, by %(points)s") % values
    return _("From %(before)s to %(year)s %(who)s rose most, by %(points)s") % values


def _none_rose(*, both: bool) -> str:
    return (
        _("Neither rose from %(before)s to %(year)s") if both else _("None rose from %(before)s to %(year)s")
    )


def peers(strategy: Strategy, count: int, subject: str) -> str:
    """Return how many peers a strategy found for the first region."""
    if count == 0:
        return _("No such peer can be found for %(subject)s") % {"subject": subject}
    values = {"num": sentence(number_in_words(count)), "subject": subject}
    match strategy:
        case Strategy.SIMILAR:
            said = ngettext(
                "%(num)s region most like %(subject)s",
                "%(num)s regions most like %(subject)s",
                count,
            )
        case Strategy.PROVINCE:
            said = ngettext(
                "%(num)s region in the province of %(subject)s",
                "%(num)s regions in the province of %(subject)s",
                count,
            )
        case Strategy.NEIGHBOURS:
            said = ngettext(
                "%(num)s region nearest to %(subject)s",
                "%(num)s regions nearest to %(subject)s",
                count,
            )
        case Strategy.ROLE_MODELS:
            said = ngettext(
                "%(num)s region that began where %(subject)s began and rose more",
                "%(num)s regions that began where %(subject)s began and rose more",
                count,
            )
        case Strategy.BEST:
            said = ngettext(
                "%(num)s best region of the kind of %(subject)s",
                "%(num)s best regions of the kind of %(subject)s",
                count,
            )
    return said % values


def strategy_name(strategy: Strategy) -> str:
    """Return what a strategy is called in the form."""
    return {
        Strategy.SIMILAR: _("similar places"),
        Strategy.PROVINCE: _("the same province"),
        Strategy.NEIGHBOURS: _("neighbours"),
        Strategy.ROLE_MODELS: _("role models"),
        Strategy.BEST: _("the best of the kind"),
    }[strategy]


def strategy_rule(strategy: Strategy) -> str:
    """Return how a strategy chooses, in one or two sentences."""
    return {
        Strategy.SIMILAR: _(
            "Same kind, nearest in population, area and density, each on a logarithmic scale and counted in "
            "standard deviations. It describes the place, not its performance."
        ),
        Strategy.PROVINCE: _("The other regencies and cities of the province, the highest index first."),
        Strategy.NEIGHBOURS: _("Nearest by great circle between the centres, whatever the kind or province."),
        Strategy.ROLE_MODELS: _(
            "Their index a year before lay within 0.25 of the first region's, and they rose more since; the "
            "highest rise first. Rows that cannot be right are left out."
        ),
        Strategy.BEST: _("The highest index among regions of the same kind."),
    }[strategy]
