"""What is said of a cohort and its members."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from livinglab.ui.figures import Column, ColumnKind, Figure, SourceNote, Table
from livinglab.ui.languages import language
from livinglab.visits.models import Cohort
from livinglab.visits.queries.cohorts import Member, MemberStatus
from livinglab.visits.queries.funnel import DAYS_TO_RIPEN, FEWEST, CohortCounts, Stage
from livinglab.visits.web import follow_words

STATUSES: Final[Mapping[MemberStatus, Promise]] = {
    MemberStatus.STATED: gettext_lazy("stated: one source names it"),
    MemberStatus.CONFIRMED: gettext_lazy("confirmed: two sources that do not depend on each other"),
    MemberStatus.DISPUTED: gettext_lazy("disputed: sources disagree; not counted"),
}


def name_of(row: Cohort | CohortCounts) -> str:
    """This function will return a cohort's name in the reader's language, where it has one."""
    return row.name_en if language() == "en" and row.name_en else row.name


def members_figure(row: Cohort, members: list[Member]) -> Figure:
    """This function will return the members with who says so and why."""
    heading = ngettext("%(count)s member is named", "%(count)s members are named", len(members))
    return Figure(
        key="members",
        heading=heading % {"count": len(members)},
        table=Table(
            caption=_("Members of %(cohort)s") % {"cohort": name_of(row)},
            columns=(
                Column(key="code", label=_("Code"), kind=ColumnKind.CODE),
                Column(key="region", label=_("Region")),
                Column(key="status", label=_("How sure")),
                Column(key="reason", label=_("Why")),
                Column(key="source", label=_("Source")),
            ),
            rows=tuple(
                (one.code, one.name, str(STATUSES[one.status]), one.reason, one.source) for one in members
            ),
        ),
        sources=(SourceNote(text=row.source, url=row.source_url or None),),
        synthetic=row.is_synthetic,
    )


def member_stages(found: CohortCounts) -> list[dict[str, object]]:
    """This function will return how many members came to each stage; a commitment counts with or without a visit."""
    first = {
        "label": pgettext("cohort", "Members"),
        "rule": _("Regions whose membership no source disputes."),
        "count": found.counts.started,
    }
    later = [one for one in Stage if one is not Stage.STARTED]
    return [
        first,
        {
            "label": _("Visited"),
            "rule": _("Came on a study visit that is on record here."),
            "count": found.visited,
        },
        *(
            {
                "label": str(follow_words.STAGES[one]),
                "rule": str(_RULES.get(one, follow_words.RULES[one])),
                "count": found.counts.at(one),
            }
            for one in later
        ),
    ]


_RULES: Final[Mapping[Stage, Promise]] = {
    Stage.COMMITTED: gettext_lazy("Has a commitment that was not withdrawn, after a visit or without one.")
}


def standing(found: CohortCounts) -> str:
    """This function will return what share of the members followed up, or why none is said."""
    counts = found.counts
    said = {"part": counts.ripe_acted, "whole": counts.ripe, "fewest": FEWEST, "days": DAYS_TO_RIPEN}
    if not counts.started:
        return _("No member is named, so nobody can say what share of them followed up.")
    if counts.share is None:
        text = _(
            "%(part)s of %(whole)s members that had at least %(days)s days began work on a commitment. With fewer "
            "than %(fewest)s no share is shown."
        )
        return text % said
    text = _(
        "%(share)s of the members followed up: %(part)s of %(whole)s began work on a commitment "
        "(95%% interval: %(interval)s)."
    )
    return text % {
        **said,
        "share": follow_words.percent(counts.share.value),
        "interval": follow_words.interval(counts.share),
    }
