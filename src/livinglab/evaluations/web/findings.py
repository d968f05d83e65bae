"""The sentences that head the pages: true with these figures, false with others."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.evaluations.domain.process import STAGE_OF, State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import Participation
from livinglab.evaluations.web import words


def sheet_heading(participation: Participation, index: Decimal | None, stage: Stage) -> str:
    """This function will return what stands at the head of the working sheet; `index` is of the seen `stage`."""
    state = State(participation.state)
    if state is State.DECIDED:
        return _("Index %(index)s, as decided") % {"index": _index(index)}
    if STAGE_OF[state] is not Stage.SELF:
        facts = {"index": _index(index), "stage": str(words.STAGES[stage]).lower()}
        return _("Index %(index)s at the stage: %(stage)s") % facts
    if index is None or participation.answered == 0:
        return ngettext(
            "The one indicator is still without an answer",
            "None of the %(count)s indicators has an answer yet",
            participation.indicators,
        ) % {"count": participation.indicators}
    return _own_index(participation, index)


def _own_index(participation: Participation, index: Decimal) -> str:
    total = participation.indicators
    missing = total - participation.answered
    unvalidated = total - participation.validated
    facts = {"index": _index(index), "total": total}
    if missing:
        text = ngettext(
            "Own index %(index)s: %(count)s of %(total)s indicators has no answer yet",
            "Own index %(index)s: %(count)s of %(total)s indicators have no answer yet",
            missing,
        )
        return text % {**facts, "count": missing}
    if unvalidated:
        text = ngettext(
            "Own index %(index)s: all %(total)s indicators answered, %(count)s not yet validated",
            "Own index %(index)s: all %(total)s indicators answered, %(count)s not yet validated",
            unvalidated,
        )
        return text % {**facts, "count": unvalidated}
    return _("Own index %(index)s: all %(total)s indicators validated") % facts


def _index(index: Decimal | None) -> str:
    return "–" if index is None else words.index(index)


def answer_heading(name: str, level: Decimal | None) -> str:
    """This function will return what stands at the head of the page of one answer."""
    if level is None:
        return _("%(name)s: not answered yet") % {"name": name}
    return _("%(name)s: level %(level)s") % {"name": name, "level": words.level(level)}


def merge_heading(name: str, fields: int) -> str:
    """This function will return what stands at the head of the page that settles a conflict."""
    text = ngettext(
        "%(name)s: two people changed the same part",
        "%(name)s: two people changed the same %(count)s parts",
        fields,
    )
    return text % {"name": name, "count": fields}


def team_heading(members: int, open_seats: list[str]) -> str:
    """This function will return what stands at the head of the page of the team."""
    if not members:
        return _("The assessor team has no member yet")
    text = ngettext(
        "The assessor team has %(count)s member", "The assessor team has %(count)s members", members
    )
    text %= {"count": members}
    if not open_seats:
        return _("%(team)s, every function is filled") % {"team": text}
    open_text = ngettext("%(count)s function is open", "%(count)s functions are open", len(open_seats))
    return f"{text}, {open_text % {'count': len(open_seats)}}"


def assign_heading(unassigned: int, total: int) -> str:
    """This function will return what stands at the head of the page that gives indicators to people."""
    if not unassigned:
        return _("All %(total)s indicators are given to somebody") % {"total": total}
    text = ngettext(
        "%(count)s of %(total)s indicators is given to nobody yet",
        "%(count)s of %(total)s indicators are given to nobody yet",
        unassigned,
    )
    return text % {"count": unassigned, "total": total}


def minutes_heading(state: State, index: Decimal | None, unvalidated: int) -> str:
    """This function will return what stands at the head of the page of the minutes."""
    facts = {"index": _index(index), "count": unvalidated}
    if state is State.SELF and unvalidated:
        return (
            ngettext(
                "%(count)s indicator is not validated yet, so nothing can be signed",
                "%(count)s indicators are not validated yet, so nothing can be signed",
                unvalidated,
            )
            % facts
        )
    if state is State.SELF:
        return _("Own index %(index)s: ready to be approved by the responsible officer") % facts
    if state is State.APPROVED:
        return _("Own index %(index)s: approved, to be signed by the coordinator") % facts
    if state is State.SIGNED:
        return _("Own index %(index)s: signed, to be sent") % facts
    return _("Own index %(index)s: signed and sent") % facts
