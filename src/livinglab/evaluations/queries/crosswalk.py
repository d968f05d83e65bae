"""What a region's last evaluation with the older instrument offers to this one. Inside its transaction."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from livinglab.assessments.queries import Instrument, get_instrument
from livinglab.evaluations.domain.crosswalk import Carry, OldAnswer, Proposal, propose
from livinglab.evaluations.models import EvidenceUse, Participation
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.participations import participations_of
from livinglab.evaluations.queries.places import Place


@dataclass(frozen=True, slots=True)
class Offer:
    """The proposals of one older evaluation, and who says how the indicators correspond."""

    older: Instrument
    year: int
    source: str
    proposals: tuple[Proposal, ...]


def find_offer(place: Place, *, language: str) -> Offer | None:
    """This function will return what may be taken over; None without a crosswalk or an older evaluation.

    Four queries. The words of the older answers stay as they were written.
    """
    crosswalk = place.instrument.crosswalk
    if crosswalk is None:
        return None
    source = _older(place, crosswalk.instrument)
    if source is None:
        return None
    older = get_instrument(crosswalk.instrument)
    wanted = [
        (one.key, Carry(one.origin.evidence.value), [str(number) for number in one.origin.indicators])
        for one in place.instrument.indicators()
        if one.origin is not None
    ]
    answers = _old_answers(place.organization.id, source, older, language)
    return Offer(older, source.year, crosswalk.source.in_language(language), propose(wanted, answers))


def _older(place: Place, code: str) -> Participation | None:
    found = participations_of(place.organization.id)
    return next(
        (one for one in found if one.round.instrument == code and one.year <= place.participation.year), None
    )


def _old_answers(
    organization_id: UUID, source: Participation, older: Instrument, language: str
) -> dict[str, OldAnswer]:
    pieces: dict[str, list[UUID]] = defaultdict(list)
    uses = EvidenceUse.objects.filter(organization_id=organization_id, evaluation_id=source.id)
    for indicator, piece_id in uses.order_by("letter").values_list("indicator", "piece_id"):
        pieces[indicator].append(piece_id)
    names = {one.key: one.short.in_language(language) for one in older.indicators()}
    return {
        key: OldAnswer(
            key, names.get(key, key), row.level, row.facts, row.analysis, tuple(dict.fromkeys(pieces[key]))
        )
        for key, row in records.answers(organization_id, source.id).items()
    }
