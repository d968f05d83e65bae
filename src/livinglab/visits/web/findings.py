"""The sentences that pages about visits begin with."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.visits.domain.kinds import VisitorKind
from livinglab.visits.domain.process import DAYS_TO_COMMIT, TOOK_PLACE, WAITING, VisitState
from livinglab.visits.models import Visit
from livinglab.visits.queries.commitments import Keeping, Standing
from livinglab.visits.queries.visits import KindCount
from livinglab.visits.web import words


def of_all(counts: Sequence[KindCount]) -> str:
    """This function will return how many visits took place, and how many of the regions' ended in a commitment.

    Regions are counted alone: a ministry that visits adopts nothing.
    """
    regions = next((one for one in counts if one.kind is VisitorKind.REGION), None)
    total = sum(one.visits for one in counts)
    if not total:
        return _("No study visit has been held yet")
    if regions is None:
        return ngettext(
            "%(count)s study visit was held, none by a region",
            "%(count)s study visits were held, none by a region",
            total,
        ) % {"count": total}
    return ngettext(
        "Of %(count)s study visit by regions, %(committed)s ended in a commitment",
        "Of %(count)s study visits by regions, %(committed)s ended in a commitment",
        regions.visits,
    ) % {"count": regions.visits, "committed": regions.committed}


def of_kind(one: KindCount) -> tuple[str, int, str]:
    """This function will return a kind of visitor, how many visits it made, and how these ended."""
    words_ = _("%(committed)s with a commitment, %(ended)s without follow-up, %(waiting)s still in time")
    said = words_ % {"committed": one.committed, "ended": one.not_followed_up, "waiting": one.waiting}
    return str(words.KINDS[one.kind]), one.visits, said


def of_own(name: str, to_answer: Sequence[Visit], hosted: Sequence[Visit], made: Sequence[Visit]) -> str:
    """This function will return what waits for an organisation first, else what it hosted and made."""
    if to_answer:
        return ngettext(
            "%(count)s request waits for the answer of %(name)s",
            "%(count)s requests wait for the answer of %(name)s",
            len(to_answer),
        ) % {"count": len(to_answer), "name": name}
    held = [sum(one.state in TOOK_PLACE for one in rows) for rows in (hosted, made)]
    if not any(held):
        return _("%(name)s has hosted and made no study visit yet") % {"name": name}
    return _("%(name)s hosted %(hosted)s study visits and made %(made)s") % {
        "name": name,
        "hosted": held[0],
        "made": held[1],
    }


def of_visit(visit: Visit, *, named: bool) -> str:
    """This function will return who visited whom and where it stands; `named` as for `words.visitor_name`."""
    said = {"visitor": words.visitor_name(visit, named=named), "host": visit.host.name}
    state = VisitState(visit.state)
    if state is VisitState.REQUESTED:
        return _("%(visitor)s asks %(host)s for a study visit") % said
    if state is VisitState.AGREED:
        assert visit.agreed_on is not None, "the host agreed to a day"
        return _("%(visitor)s visits %(host)s on %(day)s") % {**said, "day": words.day(visit.agreed_on)}
    if state is VisitState.DECLINED:
        return _("%(host)s declined the visit of %(visitor)s") % said
    if state is VisitState.WITHDRAWN:
        return _("The visit of %(visitor)s to %(host)s was withdrawn") % said
    if state is VisitState.COMMITTED:
        return _("%(visitor)s visited %(host)s and committed itself") % said
    if state is VisitState.NO_FOLLOW_UP:
        return _("%(visitor)s visited %(host)s: no follow-up") % said
    return _("%(visitor)s visited %(host)s; a commitment is still to come") % said


def days_left(visit: Visit, *, today: date) -> int | None:
    """This function will return how many days are left to commit, None for a visit that needs none any more."""
    if VisitState(visit.state) not in WAITING or visit.held_on is None:
        return None
    return max(0, DAYS_TO_COMMIT - (today - visit.held_on).days)


def of_commitment(name: str, standings: Sequence[Standing], *, is_withdrawn: bool) -> str:
    """This function will return how many promises of a commitment were kept and how many missed."""
    total = len(standings)
    kept = sum(one.is_kept for one in standings)
    missed = sum(one.keeping is Keeping.MISSED for one in standings)
    said = {"name": name, "kept": kept, "missed": missed, "count": total}
    if any(one.keeping is Keeping.UNSEEN for one in standings) and not is_withdrawn:
        return ngettext(
            "%(name)s promised %(count)s step; whether it keeps it is not seen here",
            "%(name)s promised %(count)s steps; whether it keeps them is not seen here",
            total,
        ) % {"name": name, "count": total}
    if is_withdrawn:
        return _("%(name)s withdrew this commitment") % said
    if missed:
        return _("%(name)s missed %(missed)s of %(count)s promised steps") % said
    if kept == total:
        return _("%(name)s kept all %(count)s promised steps") % said
    return _("%(name)s has kept %(kept)s of %(count)s promised steps so far") % said
