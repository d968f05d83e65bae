"""The ranking's sentences: who leads those that were asked for, and how much a rank owes to the weights."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.comparisons.domain.numbers import half_up, median
from livinglab.comparisons.queries import RegionStanding
from livinglab.comparisons.web import written
from livinglab.comparisons.web.country_findings import Names
from livinglab.comparisons.web.ranking_wanted import RankingWanted
from livinglab.comparisons.web.words import joined
from livinglab.ui import formats
from livinglab.ui.languages import language


def heading(
    present: Sequence[RegionStanding], absent: Sequence[RegionStanding], wanted: RankingWanted, names: Names
) -> str:
    """Return who leads the regions asked for, with how much."""
    if not present:
        return _("None of these regions has a result") if absent else _("No region fits this search")
    highest = max(row.index for row in present if row.index is not None)
    leaders = sorted((row for row in present if row.index == highest), key=lambda row: row.code)
    who = joined([row.short_name for row in leaders[:3]])
    values = {
        "who": who,
        "count": written.counted(len(present)),
        "index": written.two(highest),
    }
    if len(present) == 1:
        return _("%(who)s has an index of %(index)s") % values
    if len(leaders) > 1:
        return _("%(who)s share the lead of %(count)s regions with %(index)s") % values
    return _("%(who)s leads %(count)s regions with %(index)s") % values


def standfirst(present: Sequence[RegionStanding], absent: Sequence[RegionStanding], names: Names) -> str:
    """Return the middle of the regions asked for, how many are good or better, and how many are absent."""
    said = []
    middle = median(row.index for row in present if row.index is not None)
    if middle is not None and len(present) > 2:
        good = sum(row.band is not None and row.band >= names.good for row in present)
        values = {
            "median": written.two(half_up(middle)),
            "good": written.counted(good),
            "count": written.counted(len(present)),
            "band": names.bands[names.good],
        }
        said.append(
            _("Half of them have %(median)s or more; %(good)s of %(count)s are %(band)s or better.") % values
        )
    if absent:
        number = {"count": written.counted(len(absent))}
        said.append(
            ngettext(
                "%(count)s region has no result: it stands below the list, without a rank.",
                "%(count)s regions have no result: they stand below the list, without a rank.",
                len(absent),
            )
            % number
        )
    return " ".join(said)


def sensitivity(ranked: Sequence[RegionStanding]) -> str:
    """Return how many pairs of regions trade places when the domains' weights shift by a tenth."""
    known = [row for row in ranked if row.flips is not None]
    pairs = len(known) * (len(known) - 1) // 2
    if not pairs:
        return ""
    turned = sum(row.flips or 0 for row in known) // 2
    widths = median((row.worst_rank or 0) - (row.best_rank or 0) for row in known)
    share = Fraction(turned, pairs)
    values = {
        "turned": written.counted(turned),
        "pairs": written.counted(pairs),
        "share": formats.percent(half_up(share * 10000) / 10000, language=language()),
        "width": written.counted(int(widths or 0)),
    }
    return (
        _(
            "If the weight of each domain in turn is a tenth lower or higher and the others make up for it, "
            "%(turned)s of %(pairs)s pairs of regions (%(share)s) change order. The last column says between "
            "which ranks a region then stands; half of them move by %(width)s places or less."
        )
        % values
    )
