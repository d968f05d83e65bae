"""Why a person must decide, in one sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from livinglab.packages.domain.compare.merging import Reason
from livinglab.packages.domain.words import Words

_REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.DIFFERS: gettext_lazy("Both sides changed this, each to something else."),
    Reason.REMOVED: gettext_lazy("One side removed this, the other changed it."),
    Reason.ORDER: gettext_lazy("Both sides moved these, and no order keeps both moves."),
    Reason.PLACE: gettext_lazy(
        "Both sides put a row at one place, and a case may fit both. The upper one counts: which shall it be?"
    ),
    Reason.NEEDED: gettext_lazy("One side removed this, but something of the other side needs it."),
    Reason.INCOMPLETE: gettext_lazy(
        "One side added a column, the other a row; where they meet nothing stands yet."
    ),
    Reason.CROSSED: gettext_lazy("The least value of one side lies above the greatest value of the other."),
    Reason.CROWDED: gettext_lazy("Together both sides put more than five fields on this page."),
    Reason.CUT_OFF: gettext_lazy("Together the changes leave this step without a way to it or a way on."),
}


def asked(reason: Reason) -> Words:
    """This function will say why a conflict needs a person."""
    said = {}
    for language in ("id", "en"):
        with override(language):
            said[language] = str(_REASONS[reason])
    return Words(said["id"], said["en"])
