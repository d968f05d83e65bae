"""What the project itself wrote beside published figures, in the reader's language.

Sources and notes are kept as they stand in the reference tables, in English where the words are ours and not a
title. Files and the API hand them out unchanged; a page shows them through `in_words`.
"""

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from livinglab.ui import formats
from livinglab.ui.languages import language

_REMARKS: Final = frozenset(
    (
        # sources that have no title of their own
        gettext_noop("Press article of February 2023"),
        gettext_noop("Press reports, 2026"),
        gettext_noop("news article (speech, Feb 2023)"),
        gettext_noop("riauaktual.com 85720 (speech, Dec 2022)"),
        gettext_noop("riauaktual.com 85720; riaunet.com (speech, Dec 2022)"),
        # notes
        gettext_noop("D1 computed back from the index and the other domains"),
        gettext_noop("D1 is missing in the text of the source"),
        gettext_noop("instrument 5/2018"),
        gettext_noop('tinewss.com says 3.41 "in 2019"; disagreement unresolved'),
        gettext_noop("may be the 2018 result announced in 2019; see the 2018 row 3.43"),
        gettext_noop("rounded value in a speech; year inferred"),
        gettext_noop(
            "year inferred: a Dec 2022 speech can only quote the 2021 result; same speech gives "
            "Sumedang 3.50 and Prov. Riau 2.5"
        ),
        gettext_noop('article of Nov 2022 "3,52" agrees; Siak speech of Dec 2022 says 3.50 (rounded)'),
        gettext_noop("recomputed from the 47 published levels 3.186 -> 3.19"),
        gettext_noop(
            "self-assessment, later revised to an estimate of 4.33; NOT the official index. Official "
            "2021 number not found; press says Bantul ranked first among kabupaten in 2021, hence "
            "official index > 3.53"
        ),
        gettext_noop(
            "not confirmed by an official table; year inferred; equals the national mean 2022 (2.35 in "
            "the 2022 reports, 2.34 in the 2024 report), so the speaker may have quoted the national "
            "figure"
        ),
        gettext_noop(
            "3.84 is the value of the ministerial decree; a press article of February 2023 printed 3.87"
        ),
        gettext_noop("disagrees with 3.84 of KepmenPANRB 108/2023, which leads"),
        gettext_noop("bogornews.biz.id/?p=31228 says 3.6"),
        gettext_noop("only the services domain was published in the source found"),
        gettext_noop("exact 3.4025 or 3.405; 3.41 needs half-up of 3.405"),
    )
)
_AGREES: Final = re.compile(r"agrees with the official table \((\d\.\d\d)\)")
_DISAGREES: Final = re.compile(r"(provisional; )?the official table says (\d\.\d\d)")


def in_words(remark: str) -> str:
    """Return a source or note of a published figure in the reader's language; a title or address unchanged."""
    if found := _AGREES.fullmatch(remark):
        return _("agrees with the official table (%(index)s)") % {"index": _two(found[1])}
    if found := _DISAGREES.fullmatch(remark):
        said = (
            _("provisional; the official table says %(index)s")
            if found[1]
            else _("the official table says %(index)s")
        )
        return said % {"index": _two(found[2])}
    return _(remark) if remark in _REMARKS else remark


def _two(printed: str) -> str:
    return formats.decimal2(Decimal(printed), language=language())
