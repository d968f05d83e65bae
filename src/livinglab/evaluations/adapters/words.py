"""What the codes of an evaluation are called in files that leave the platform: workbooks and reports."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.stages import RoundKind, Stage

ANSWER_STATES: Final[Mapping[AnswerState, Promise | str]] = MappingProxyType(
    {
        AnswerState.OPEN: pgettext_lazy("answer", "In progress"),
        AnswerState.ANSWERED: _("With the internal assessor"),
        AnswerState.RETURNED: _("Returned"),
        AnswerState.ACCEPTED: _("With the responsible officer"),
        AnswerState.VALIDATED: _("Validated"),
    }
)
STAGES: Final[Mapping[Stage, Promise | str]] = MappingProxyType(
    {
        Stage.SELF: _("Self-assessment"),
        Stage.DOCUMENT: _("Document assessment"),
        Stage.INTERVIEW: _("Interview"),
        Stage.VISIT: _("Visit"),
        Stage.CONSOLIDATED: _("Consolidation"),
    }
)
KINDS: Final[Mapping[RoundKind, Promise | str]] = MappingProxyType(
    {
        RoundKind.MONITORING: pgettext_lazy("round", "monitoring"),
        RoundKind.EVALUATION: pgettext_lazy("round", "evaluation"),
    }
)
#: what became of an objection; empty: nobody settled it
OUTCOMES: Final[Mapping[str, Promise | str]] = MappingProxyType(
    {
        "": pgettext_lazy("objection", "Not settled yet"),
        "upheld": pgettext_lazy("objection", "Upheld"),
        "partly": pgettext_lazy("objection", "Partly upheld"),
        "dismissed": pgettext_lazy("objection", "Dismissed"),
        "withdrawn": pgettext_lazy("objection", "Withdrawn"),
    }
)
NOT_OFFICIAL: Final = _("Pre-assessment, not an official result.")
SYNTHETIC: Final = _("Invented for demonstration; not a real result.")
EXEMPT: Final = _("exempt piece, title withheld")
