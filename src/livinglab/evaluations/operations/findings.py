"""What assessors conclude: fulfilment, strengths and weaknesses of each aspect, and the closing recommendation.

Source: Pedoman Menteri PANRB 3/2024, part F.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.events import ConclusionWritten
from livinglab.evaluations.models import AspectFinding, Recommendation
from livinglab.evaluations.operations.problems import LONGEST_TEXT, Problem
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.operations.traces import kept_change
from livinglab.evaluations.queries.places import Place
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy

FINDING_FIELDS: Final = ("fulfilment", "strengths", "weaknesses")
RECOMMENDATION_FIELDS: Final = ("summary", "excellence", "weakness", "advice")


def write_finding(
    *, place: Place, aspect: str, fulfilment: str, strengths: str, weaknesses: str, at: datetime
) -> AspectFinding:
    """This function will keep what assessors found of one aspect; written again, it replaces what stood there.

    Errors: `Refused` by the policy and for an aspect the instrument does not have, `ScoreRefused` for a text that is
    too long.
    """
    texts = _checked({"fulfilment": fulfilment, "strengths": strengths, "weaknesses": weaknesses})
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_score(place.actor, state=State(evaluation.state)))
        if aspect not in {one.code for one in place.instrument.aspects}:
            raise Refused(Refusal("no_such_aspect", _("This instrument has no such aspect.")))
        own = {"organization_id": place.organization.id, "evaluation_id": evaluation.id, "aspect": aspect}
        row = AspectFinding.objects.filter(**own).first() or AspectFinding(**own)
        facts = _written(place, row, texts, at)
        row.written_at, row.written_by = at, place.actor.user_id
        row.save()
        _record(place, str(row.id), "finding_written", at, {"aspect": aspect, **facts})
        _tell(place, aspect, at)
    return row


def write_recommendation(
    *, place: Place, summary: str, excellence: str, weakness: str, advice: str, at: datetime
) -> Recommendation:
    """This function will keep the assessors' closing words; written again, they replace what stood there.

    Errors: `Refused` by the policy (monitoring has none), `ScoreRefused` for a text that is too long.
    """
    given = {"summary": summary, "excellence": excellence, "weakness": weakness, "advice": advice}
    texts = _checked(given)
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_recommend(place.actor, state=State(evaluation.state), kind=place.kind))
        own = {"organization_id": place.organization.id, "evaluation_id": evaluation.id}
        row = Recommendation.objects.filter(**own).first() or Recommendation(**own)
        facts = _written(place, row, texts, at)
        row.written_at, row.written_by = at, place.actor.user_id
        row.save()
        _record(place, str(row.id), "recommendation_written", at, facts)
        _tell(place, "", at)
    return row


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    too_long = _("At most 20,000 characters, and no characters that cannot be stored.")
    problems = [
        Problem(name, too_long) for name, text in texts.items() if len(text) > LONGEST_TEXT or "\x00" in text
    ]
    if problems:
        raise ScoreRefused(tuple(problems))
    return {name: text.strip() for name, text in texts.items()}


def _written(
    place: Place, row: AspectFinding | Recommendation, texts: Mapping[str, str], at: datetime
) -> dict[str, object]:
    """Put texts into a row, and return what changed: what stood there before is kept beside the audit trail."""
    before = {name: getattr(row, name) for name in texts}
    for name, text in texts.items():
        setattr(row, name, text)
    return kept_change(place.organization.id, before, texts, at=at)


def _tell(place: Place, aspect: str, at: datetime) -> None:
    publish(
        ConclusionWritten(
            organization_id=place.organization.id,
            evaluation_id=place.participation.id,
            aspect=aspect,
            at=at,
        )
    )


def _record(place: Place, subject: str, what: str, at: datetime, facts: dict[str, object]) -> None:
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"evaluations.{what}",
        subject=subject,
        facts={"year": place.participation.year, **facts},
    )
