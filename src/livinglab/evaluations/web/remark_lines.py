"""What the quality checks say, as lines to read: each indicator's remarks together, and the page to go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.evaluations import remarks
from livinglab.evaluations.domain.checks import Remark
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.rulebooks import rulebook_of


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """What the checks say of one indicator or of the whole, and the page on which it is put right."""

    label: str
    href: str
    found: tuple[tuple[str, str], ...]


def remark_lines(place: Place, found: Iterable[Remark], *, page: str, whole: str) -> tuple[RemarkLine, ...]:
    """This function will return remarks by indicator in the order given; `page` and `whole` name the pages to go to.

    `page` takes an indicator's number, `whole` is where remarks on the whole sheet are put right.
    """
    return tuple(_lines(place, found, page, whole))


def _lines(place: Place, found: Iterable[Remark], page: str, whole: str) -> Iterable[RemarkLine]:
    code, year = place.organization.code, place.participation.year
    known = frozenset(rulebook_of(place.instrument).indicators)
    for key, some in groupby(found, key=lambda one: one.indicator if one.indicator in known else None):
        texts = tuple((one.check.id, remarks.message(one)) for one in some)
        if key is None:
            yield RemarkLine(_("The sheet as a whole"), reverse(whole, args=[code, year]), texts)
        else:
            label = _("Indicator %(number)s") % {"number": key}
            yield RemarkLine(label, reverse(page, args=[code, year, key]), texts)
