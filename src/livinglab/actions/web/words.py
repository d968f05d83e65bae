"""What states, steps, levers, payers and papers of actions are called, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from livinglab.actions.domain.cutoffs import Stage
from livinglab.actions.domain.kinds import GiftKind, Lever, PaperKind, Payer
from livinglab.actions.domain.states import ActionState, ActionStep
from livinglab.actions.models import Action
from livinglab.assessments.queries import Instrument
from livinglab.planning.queries.starts import Origin
from livinglab.ui import formats
from livinglab.ui.languages import language

STATES: Final[Mapping[ActionState, Promise]] = {
    ActionState.PLANNED: pgettext_lazy("action", "Planned"),
    ActionState.STARTED: pgettext_lazy("action", "Under way"),
    ActionState.BLOCKED: pgettext_lazy("action", "Held up"),
    ActionState.DONE: pgettext_lazy("action", "Done"),
    ActionState.CONFIRMED: pgettext_lazy("action", "Confirmed"),
    ActionState.DROPPED: pgettext_lazy("action", "Given up"),
}
STEPS: Final[Mapping[ActionStep, Promise]] = {
    ActionStep.START: gettext_lazy("Begin"),
    ActionStep.BLOCK: gettext_lazy("Report what holds it up"),
    ActionStep.UNBLOCK: gettext_lazy("Go on"),
    ActionStep.FINISH: gettext_lazy("Report as done"),
    ActionStep.REOPEN: gettext_lazy("Open again"),
    ActionStep.DROP: gettext_lazy("Give up"),
    ActionStep.TAKE_UP: gettext_lazy("Take up again"),
    ActionStep.CONFIRM: gettext_lazy("Confirmed by the decision on an evaluation"),
}
LEVERS: Final[Mapping[Lever, Promise]] = {
    Lever.LEADERSHIP: gettext_lazy("leadership"),
    Lever.CAPACITY: gettext_lazy("capacity of the agencies"),
    Lever.CONTROL: gettext_lazy("control by the people"),
}
PAYERS: Final[Mapping[Payer, Promise]] = {
    Payer.APBD: gettext_lazy("The region's own budget (APBD)"),
    Payer.PROVINCE: gettext_lazy("Province"),
    Payer.MINISTRY: gettext_lazy("Ministry or institution"),
    Payer.PRIVATE: gettext_lazy("Private partner"),
    Payer.UNIVERSITY: gettext_lazy("University"),
    Payer.VILLAGE: gettext_lazy("Village"),
    Payer.OTHER: gettext_lazy("Others"),
}
GIFTS: Final[Mapping[GiftKind, Promise]] = {
    GiftKind.MONEY: gettext_lazy("money"),
    GiftKind.IN_KIND: gettext_lazy("in kind"),
}
PAPERS: Final[Mapping[PaperKind, Promise]] = {
    PaperKind.BUDGET: gettext_lazy("Budget document (DPA)"),
    PaperKind.GRANT: gettext_lazy("Grant agreement (NPHD)"),
    PaperKind.HANDOVER: gettext_lazy("Hand-over record (BAST)"),
    PaperKind.AGREEMENT: gettext_lazy("Cooperation agreement (PKS, MoU)"),
}
FIELDS: Final[Mapping[str, Promise]] = {
    "title": gettext_lazy("Name"),
    "agency_id": gettext_lazy("Agency"),
    "assignee_id": gettext_lazy("Person"),
    "starts_on": gettext_lazy("Begins on"),
    "due_on": gettext_lazy("Due on"),
    "lever": gettext_lazy("Lever"),
    "evidence_wanted": gettext_lazy("Evidence to produce"),
    "sub_activity": gettext_lazy("Sub-activity code"),
    "planning_year": gettext_lazy("Budget year"),
    "cost": gettext_lazy("Cost"),
}
STAGES: Final[Mapping[Stage, Promise]] = {
    Stage.RKPD: gettext_lazy("Work plan (RKPD)"),
    Stage.KUA_PPAS: gettext_lazy("Budget policy and ceilings (KUA-PPAS)"),
    Stage.APBD: gettext_lazy("Budget (APBD)"),
    Stage.CHANGED_RKPD: gettext_lazy("Changed work plan (RKPD-P)"),
    Stage.CHANGED_APBD: gettext_lazy("Changed budget (APBD-P)"),
}
ORIGINS: Final[Mapping[Origin, Promise]] = {
    Origin.OWN: gettext_lazy("the region's own evaluation"),
    Origin.PUBLISHED: gettext_lazy("the published evaluation"),
    Origin.SYNTHETIC: gettext_lazy("made-up levels that give the published result"),
    Origin.CARRIED: gettext_lazy("an estimate from the older instrument by an unofficial crosswalk"),
}


def rupiah(value: int) -> str:
    """This function will return whole rupiah as the reader writes them: "Rp1.250.000", in English "Rp1,250,000"."""
    sign = "−" if value < 0 else ""
    return f"{sign}Rp{formats.count(abs(value), language=language())}"


def day(value: date) -> str:
    """This function will return a day in full in the reader's language."""
    return formats.day(value, language=language())


def index(value: Decimal) -> str:
    """This function will return an index with two decimals as the reader writes it."""
    return formats.decimal2(value, language=language())


def indicator(instrument: Instrument, key: str) -> str:
    """This function will return the short name of an indicator; "35-2" is named like 35."""
    found = instrument.indicator(int(key.split("-")[0]))
    return found.short.in_language(language()) if found else ""


def step_name(instrument: Instrument, key: str, to_level: int) -> str:
    """This function will return what a step is called: the indicator and the level it leads to."""
    values = {"name": indicator(instrument, key), "level": to_level}
    return _("%(name)s to level %(level)s") % values


def name(instrument: Instrument, action: Action) -> str:
    """This function will return what an action is called: the region's own name, else that of its step."""
    return action.title or step_name(instrument, action.indicator, action.to_level)


def field_name(code: str) -> str:
    """This function will return what a field of an action is called; another context's code as it is."""
    return str(FIELDS.get(code, code))


def document_name(code: str) -> str:
    """This function will return what a budget document is called; another context's code as it is."""
    return str(STAGES[Stage(code)]) if code in set(Stage) else code
