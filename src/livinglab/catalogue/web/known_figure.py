"""How much the catalogue knows: a line for each field."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from livinglab.catalogue.domain.shelf import Known
from livinglab.catalogue.queries.practices import FieldCoverage
from livinglab.catalogue.web.shelf_words import KNOWN
from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.formats import count
from livinglab.ui.languages import language

#: what a region needs to know before it copies, and registers never say
_TO_LEARN = (Known.RESULT, Known.COST, Known.LESSONS)


def known_figure(fields: Sequence[FieldCoverage]) -> Figure:
    """This function will return the coverage of each field, with the finding in words."""
    total = fields[0].total
    learned = max(one.entries for one in fields if one.field in _TO_LEARN)
    values = {"total": count(total, language=language()), "number": count(learned, language=language())}
    if learned == 0:
        heading = (
            _("Of %(total)s entries none says yet what it brought, what it cost and what was learned")
            % values
        )
    else:
        heading = _("Of %(total)s entries at most %(number)s say what they brought, cost or taught") % values
    return Figure(
        key="catalogue-known",
        heading=heading,
        table=Table(
            caption=_("Entries that say something in a field"),
            columns=(
                Column(key="field", label=_("Field")),
                Column(key="entries", label=_("Entries"), kind=ColumnKind.COUNT),
                Column(key="share", label=_("Share"), kind=ColumnKind.SHARE),
            ),
            rows=tuple(
                (str(KNOWN[one.field]), one.entries, Decimal(one.entries) / total if total else None)
                for one in fields
            ),
        ),
        sources=(SourceNote(text=_("Entries of this catalogue; what demo people entered is left out")),),
        reading=_(
            "What a source does not say is left open, never guessed. The region itself can fill it in."
        ),
    )
