"""The catalogue's headings: each is a finding, written from the figures and true with no others."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.catalogue.domain.coverage import Method, RegisterShare
from livinglab.catalogue.domain.matrix import Gap, Matrix
from livinglab.catalogue.queries import coverage
from livinglab.ui.formats import count, listing, percent
from livinglab.ui.languages import language


def comparison_heading(matrix: Matrix, names: Sequence[str]) -> str:
    """This function will return what the comparison shows first; `names` are the columns' regions."""
    if not any(row.recorded for row in matrix.rows):
        return _("Nothing is on record yet for %(regions)s") % {"regions": listed(names)}
    if len(names) == 1:
        return _alone_in_view(matrix, names[0])
    if len(names) == 2:
        return _two(matrix, names)
    return _several(matrix, names)


def widest_gap(matrix: Matrix) -> Gap:
    """This function will return the larger of the two gaps between the first two regions."""
    return max(matrix.gap(0, 1), matrix.gap(1, 0), key=lambda one: len(one.functions))


def _alone_in_view(matrix: Matrix, name: str) -> str:
    values = {"region": name, "part": _count(matrix.recorded_functions(0)), "whole": _count(len(matrix.rows))}
    return _("%(region)s has services on record for %(part)s of %(whole)s functions") % values


def _two(matrix: Matrix, names: Sequence[str]) -> str:
    gap = widest_gap(matrix)
    number = len(gap.functions)
    if number == 0:
        return _("%(regions)s have services on record for the same functions") % {"regions": listed(names)}
    text = ngettext(
        "%(first)s has %(number)s function that is not on record in %(second)s",
        "%(first)s has %(number)s functions that are not on record in %(second)s",
        number,
    )
    return text % {"first": names[gap.first], "number": _count(number), "second": names[gap.second]}


def _several(matrix: Matrix, names: Sequence[str]) -> str:
    leader = max(range(len(names)), key=matrix.alone)
    number = matrix.alone(leader)
    if number == 0:
        return _("Every function on record is found in at least two of these %(regions)s regions") % {
            "regions": _count(len(names))
        }
    text = ngettext(
        "Of these %(regions)s regions only %(first)s has a service on record for %(number)s function",
        "Of these %(regions)s regions only %(first)s has services on record for %(number)s functions",
        number,
    )
    return text % {"regions": _count(len(names)), "first": names[leader], "number": _count(number)}


def gap_sentence(matrix: Matrix, names: Sequence[str]) -> str:
    """This function will return why the second region lacks what the first has: none, or not researched."""
    if len(names) != 2 or not (gap := widest_gap(matrix)).functions:
        return _("What is not on record may still exist: read each empty cell.")
    values = {"none": _count(gap.none), "open": _count(gap.not_researched), "second": names[gap.second]}
    if gap.none == 0:
        return _("None of them was researched in %(second)s: what is not on record may still exist.") % values
    if gap.not_researched == 0:
        return _("A complete list of %(second)s was read, and holds none of them.") % values
    return (
        _("In %(second)s a complete list holds none for %(none)s of them; %(open)s were not researched.")
        % values
    )


def coverage_sentence(share: RegisterShare, largest_name: str) -> str:
    """This function will return how much of the register comes from one region, as the rows say today."""
    if share.largest is None:
        return _("The register is empty.")
    values = {
        "total": _count(share.total),
        "number": _count(share.largest[1]),
        "region": largest_name,
        "regions": _count(len(share.by_region)),
        "share": percent(Decimal(share.largest[1]) / share.total, language=language()),
    }
    if not share.is_mostly_one_region:
        return (
            _(
                "The register holds %(total)s services of %(regions)s regions; "
                "the most, %(number)s, are from %(region)s."
            )
            % values
        )
    sentence = _(
        "%(number)s of the %(total)s services on record (%(share)s) are from one region, %(region)s."
    )
    return sentence % values


def method_sentence() -> str:
    """This function will return of how many regions a complete register was read, and what that means."""
    complete = sum(one.method is Method.REGISTER for one in coverage().regions)
    text = ngettext(
        "Only %(number)s region's complete register was read; elsewhere an empty cell mostly means: not researched.",
        "Complete registers of %(number)s regions were read; elsewhere an empty cell mostly means: not researched.",
        complete,
    )
    return text % {"number": _count(complete)}


def search_heading(total: int, whole: RegisterShare, largest_name: str, *, is_filtered: bool) -> str:
    """This function will return what a search of the register found."""
    if is_filtered:
        text = ngettext("%(number)s service matches", "%(number)s services match", total)
        return text % {"number": _count(total)} if total else _("No service on record matches")
    values = {
        "total": _count(whole.total),
        "regions": _count(len(whole.by_region)),
        "region": largest_name,
        "number": _count(whole.largest[1]) if whole.largest else "",
    }
    if whole.is_mostly_one_region:
        return _("%(total)s digital services on record, %(number)s of them in %(region)s alone") % values
    return _("%(total)s digital services on record in %(regions)s regions") % values


def listed(names: Sequence[str]) -> str:
    """This function will return names as a sentence lists them."""
    return listing(names, language=language())


def _count(value: int) -> str:
    return count(value, language=language())
