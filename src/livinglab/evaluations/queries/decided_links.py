"""Links that were shown as evidence in decided evaluations, and what became of them. For contexts to the left."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from livinglab.evaluations.models import EvidenceUse, EvidenceVerdict, Participation
from livinglab.evaluations.queries.levels import decided_levels
from livinglab.evaluations.queries.participations import participations_of
from livinglab.evidence.queries import Piece, ReviewState, links_with

#: an indicator of an evaluation, and a piece
_Judged = tuple[UUID, str, UUID]


@dataclass(frozen=True, slots=True)
class DecidedLink:
    """A link that was shown for a level of an indicator: confirmed when the decision found at least that level.

    Never where the assessors, or the organisation itself, refused the piece.
    """

    url: str
    instrument: str
    indicator: str
    level: int
    is_confirmed: bool
    decided_on: date


def decided_links(organization_id: UUID, part: str) -> tuple[DecidedLink, ...]:
    """This function will return the links with `part` in their address in real evaluations, the newest year first.

    Call it inside the organisation. Two queries; where such links were shown, one for the rounds, one for verdicts and
    three for each decided evaluation.
    """
    pieces = {one.id: one for one in links_with(organization_id, part)}
    uses = EvidenceUse.objects.filter(organization_id=organization_id, piece_id__in=pieces)
    shown: dict[UUID, list[EvidenceUse]] = defaultdict(list)
    for use in uses.order_by("indicator", "level", "letter"):
        shown[use.evaluation_id].append(use)
    if not shown:
        return ()
    refused = _refused(organization_id, pieces)
    real = (one for one in participations_of(organization_id) if not one.round.is_synthetic)
    return tuple(
        link
        for one in real
        if one.id in shown
        for link in _links(organization_id, one, shown[one.id], pieces, refused)
    )


def _links(
    organization_id: UUID,
    taken: Participation,
    uses: Collection[EvidenceUse],
    pieces: Mapping[UUID, Piece],
    refused: Collection[_Judged],
) -> list[DecidedLink]:
    decided = decided_levels(organization_id, taken.id)
    if decided is None:
        return []
    return [
        DecidedLink(
            url=pieces[use.piece_id].url,
            instrument=decided.instrument.code,
            indicator=use.indicator,
            level=use.level,
            is_confirmed=decided.levels.get(use.indicator, 0) >= use.level
            and (taken.id, use.indicator, use.piece_id) not in refused
            and pieces[use.piece_id].review_state != ReviewState.REFUSED,
            decided_on=decided.decided_on,
        )
        for use in uses
    ]


def _refused(organization_id: UUID, pieces: Collection[UUID]) -> set[_Judged]:
    rows = EvidenceVerdict.objects.filter(
        organization_id=organization_id, piece_id__in=list(pieces), is_accepted=False
    )
    return set(rows.values_list("evaluation_id", "indicator", "piece_id"))
