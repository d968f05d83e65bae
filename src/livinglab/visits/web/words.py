"""What states, kinds, manners and ratings are called."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.assessments.queries import get_instrument
from livinglab.ui import formats
from livinglab.ui.languages import language
from livinglab.visits.domain.invitations import LinkState
from livinglab.visits.domain.keeping import Keeping
from livinglab.visits.domain.kinds import (
    CommitmentState,
    Completion,
    Manner,
    Occasion,
    Potential,
    VisitorKind,
)
from livinglab.visits.domain.process import VisitState, VisitStepTaken
from livinglab.visits.models import Commitment, CommitmentStep, Visit, VisitStep

STATES: Final[Mapping[VisitState, Promise]] = {
    VisitState.REQUESTED: pgettext_lazy("visit", "Asked for"),
    VisitState.AGREED: pgettext_lazy("visit", "Agreed"),
    VisitState.HELD: pgettext_lazy("visit", "Held"),
    VisitState.MINUTED: pgettext_lazy("visit", "Minutes written"),
    VisitState.COMMITTED: pgettext_lazy("visit", "Commitment signed"),
    VisitState.NO_FOLLOW_UP: pgettext_lazy("visit", "No follow-up"),
    VisitState.DECLINED: pgettext_lazy("visit", "Declined"),
    VisitState.WITHDRAWN: pgettext_lazy("visit", "Withdrawn"),
}
#: the way when nothing goes wrong
WAY: Final = (
    VisitState.REQUESTED,
    VisitState.AGREED,
    VisitState.HELD,
    VisitState.MINUTED,
    VisitState.COMMITTED,
)
STEPS: Final[Mapping[VisitStepTaken, Promise]] = {
    VisitStepTaken.AGREE: pgettext_lazy("visit", "The host agreed"),
    VisitStepTaken.DECLINE: pgettext_lazy("visit", "The host declined"),
    VisitStepTaken.WITHDRAW: pgettext_lazy("visit", "It was withdrawn"),
    VisitStepTaken.HOLD: pgettext_lazy("visit", "It took place"),
    VisitStepTaken.MINUTE: pgettext_lazy("visit", "The minutes were written"),
    VisitStepTaken.COMMIT: pgettext_lazy("visit", "A commitment was signed"),
    VisitStepTaken.CLOSE: pgettext_lazy("visit", "It ended without follow-up"),
}
KINDS: Final[Mapping[VisitorKind, Promise]] = {
    VisitorKind.REGION: pgettext_lazy("visitor", "regency or city"),
    VisitorKind.MINISTRY: pgettext_lazy("visitor", "ministry or national agency"),
    VisitorKind.INSTITUTION: pgettext_lazy("visitor", "province or other institution"),
    VisitorKind.NGO: pgettext_lazy("visitor", "civil society organisation"),
}
MANNERS: Final[Mapping[Manner, Promise]] = {
    Manner.ATP: gettext_lazy("ATP: observe, imitate exactly"),
    Manner.ATM: gettext_lazy("ATM: observe, imitate, modify"),
}
OCCASIONS: Final[Mapping[Occasion, Promise]] = {
    Occasion.VISIT: pgettext_lazy("commitment", "after a study visit"),
    Occasion.OWN: pgettext_lazy("commitment", "promised by the region itself"),
    Occasion.MEETING: pgettext_lazy("commitment", "at a meeting of leaders"),
}
COMMITMENT_STATES: Final[Mapping[CommitmentState, Promise]] = {
    CommitmentState.SIGNED: pgettext_lazy("commitment", "in force"),
    CommitmentState.WITHDRAWN: pgettext_lazy("commitment", "withdrawn"),
    CommitmentState.ENDED: pgettext_lazy("commitment", "ended"),
}
KEEPING: Final[Mapping[Keeping, Promise]] = {
    Keeping.KEPT: pgettext_lazy("promise", "kept"),
    Keeping.KEPT_LATE: pgettext_lazy("promise", "kept, but late"),
    Keeping.UNDER_WAY: pgettext_lazy("promise", "under way"),
    Keeping.OPEN: pgettext_lazy("promise", "not begun"),
    Keeping.MISSED: pgettext_lazy("promise", "missed"),
    Keeping.UNSEEN: pgettext_lazy("promise", "not seen here"),
}
LINKS: Final[Mapping[LinkState, Promise]] = {
    LinkState.OPEN: pgettext_lazy("link", "can be used"),
    LinkState.USED: pgettext_lazy("link", "was used"),
    LinkState.REVOKED: pgettext_lazy("link", "was revoked"),
    LinkState.EXPIRED: pgettext_lazy("link", "expired unused"),
}
POTENTIAL: Final[Mapping[Potential, tuple[Promise, Promise]]] = {
    Potential.UNCLEAR: (
        pgettext_lazy("potential", "Unclear"),
        gettext_lazy("Goes on with what is done already, or cannot be checked."),
    ),
    Potential.MODEST: (
        pgettext_lazy("potential", "Modest"),
        gettext_lazy("A good step, but alone it changes little in how government works here."),
    ),
    Potential.SUBSTANTIAL: (
        pgettext_lazy("potential", "Substantial"),
        gettext_lazy("Could change rules, habits or services of government for good."),
    ),
}
COMPLETION: Final[Mapping[Completion, tuple[Promise, Promise]]] = {
    Completion.NO_EVIDENCE: (
        pgettext_lazy("completion", "No evidence"),
        gettext_lazy("Nothing can be found that says how far it is."),
    ),
    Completion.NOT_STARTED: (
        pgettext_lazy("completion", "Not started"),
        gettext_lazy("It is known that nothing was done."),
    ),
    Completion.LIMITED: (
        pgettext_lazy("completion", "Limited"),
        gettext_lazy("Something was done; most of it was not."),
    ),
    Completion.SUBSTANTIAL: (
        pgettext_lazy("completion", "Substantially kept"),
        gettext_lazy("Most of it was done; something is missing."),
    ),
    Completion.COMPLETE: (
        pgettext_lazy("completion", "Complete"),
        gettext_lazy("Everything that was promised was done."),
    ),
}


def day(value: date) -> str:
    """This function will return a day as the reader writes it."""
    return formats.day(value, language=language())


def visitor_name(visit: Visit, *, named: bool) -> str:
    """This function will return who visits: an organisation of the platform, or the name that the host typed.

    Without `named` a guest is called by its kind only: what a host typed is for those who read what was written.
    """
    if visit.visitor is not None:
        return visit.visitor.name
    return visit.visitor_name if named else capfirst(str(KINDS[VisitorKind(visit.visitor_kind)]))


def promiser_name(commitment: Commitment, *, named: bool) -> str:
    """This function will return whose commitment it is; a guest's name as `visitor_name` says it."""
    if commitment.organization is not None:
        return commitment.organization.name
    assert commitment.visit is not None, "the database has a guest commit after its visit only"
    return visitor_name(commitment.visit, named=named)


def step_name(one: VisitStep | CommitmentStep) -> str:
    """This function will return a step in words: "Indicator 21, … , to level 4"."""
    return named_step(one.instrument, one.indicator, one.to_level)


def named_step(instrument_code: str, indicator: str, level: int) -> str:
    """This function will return a step of an instrument in words, with the indicator's own name."""
    names = {each.key: each.name for each in get_instrument(instrument_code).indicators()}
    said = {"indicator": indicator, "level": level}
    if indicator not in names:
        return _("Indicator %(indicator)s to level %(level)s") % said
    return _("Indicator %(indicator)s (%(name)s) to level %(level)s") % {
        **said,
        "name": names[indicator].in_language(language()),
    }


def short_steps(steps: Iterable[VisitStep | CommitmentStep]) -> list[str]:
    """This function will return steps for a table: "21 → 4"."""
    return [f"{one.indicator} → {one.to_level}" for one in steps]
