"""Which evidence is shown for which indicator, as values. Call these inside the organisation's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.evaluations.domain.evidence import EvidenceType, place_of
from livinglab.evaluations.domain.process import OPEN_TO_THE_REGION
from livinglab.evaluations.domain.sheet import EvidenceItem
from livinglab.evaluations.models import Evaluation, EvidenceUse
from livinglab.evaluations.queries.participations import participations_of
from livinglab.evidence.queries import Piece, ReviewState, Use, pieces_by_id


def uses_of(organization_id: UUID, evaluation_id: UUID) -> list[EvidenceUse]:
    """This function will return every use of evidence in an evaluation. One query."""
    return list(EvidenceUse.objects.filter(organization_id=organization_id, evaluation_id=evaluation_id))


def evidence_of(
    organization_id: UUID, evaluation_id: UUID, uses: Sequence[EvidenceUse] | None = None
) -> dict[str, tuple[EvidenceItem, ...]]:
    """This function will return the evidence of each indicator by letter. Two queries, one where there is none.

    One less with the evaluation's `uses`.
    """
    if uses is None:
        uses = uses_of(organization_id, evaluation_id)
    pieces = pieces_by_id(organization_id, {one.piece_id for one in uses}) if uses else {}
    return items_of(uses, pieces)


def items_of(
    uses: Iterable[EvidenceUse], pieces: Mapping[UUID, Piece]
) -> dict[str, tuple[EvidenceItem, ...]]:
    """This function will return uses with their pieces as values, by indicator, in the order of their letters."""
    known = [(use, pieces[use.piece_id]) for use in uses if use.piece_id in pieces]
    under: dict[str, set[str]] = defaultdict(set)
    for use, piece in known:
        under[_same(piece)].add(use.indicator)
    found: dict[str, list[EvidenceItem]] = defaultdict(list)
    for use, piece in sorted(known, key=lambda pair: place_of(pair[0].letter)):
        others = under[_same(piece)] - {use.indicator}
        found[use.indicator].append(_item(use, piece, others))
    return {key: tuple(items) for key, items in found.items()}


def places_of(organization_id: UUID, ids: Sequence[UUID]) -> dict[UUID, list[Use]]:
    """This function will return the answers under which pieces are shown, with their pages. Two queries."""
    rows = EvidenceUse.objects.filter(organization_id=organization_id, piece_id__in=ids)
    years = {one.id: one for one in participations_of(organization_id)}
    found: dict[UUID, list[Use]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (_number(one.indicator), place_of(one.letter))):
        there = years[row.evaluation_id]
        url = reverse("evaluations:answer", args=[there.organization.code, there.year, row.indicator])
        words = _("Evaluation %(year)s, indicator %(indicator)s, level %(level)s")
        label = words % {"year": there.year, "indicator": row.indicator, "level": row.level}
        found[row.piece_id].append(Use(label, url))
    return found


def held_of(organization_id: UUID, ids: Sequence[UUID], *, lock: bool = False) -> set[UUID]:
    """This function will return the pieces that were approved or sent with an evaluation. One query.

    With `lock` one more, for which an approval under way is waited; the next one waits until the transaction ends.
    """
    rows = EvidenceUse.objects.filter(organization_id=organization_id, piece_id__in=ids)
    if lock:
        shown = Evaluation.objects.filter(
            organization_id=organization_id, id__in=rows.values("evaluation_id")
        )
        list(shown.order_by("id").select_for_update().values_list("id"))
    return set(rows.exclude(evaluation__state__in=OPEN_TO_THE_REGION).values_list("piece_id", flat=True))


def _same(piece: Piece) -> str:
    """Return what is equal for the very same file, or the very same link."""
    return piece.sha256 or piece.url


def _item(use: EvidenceUse, piece: Piece, others: Iterable[str]) -> EvidenceItem:
    return EvidenceItem(
        id=str(piece.id),
        title=piece.title,
        type=EvidenceType(piece.type),
        level=use.level,
        letter=use.letter,
        reference=use.reference,
        document_number=piece.document_number,
        issued_on=piece.issued_on,
        expires_on=piece.expires_on,
        is_link=not piece.is_file,
        url=piece.url,
        file_name=piece.file_name,
        content_type=piece.content_type,
        size=piece.size,
        pages=piece.pages,
        sha256=piece.sha256,
        is_exempt=piece.is_exempt,
        is_accepted=_is_accepted(piece),
        also_under=tuple(sorted(others, key=_number)),
    )


def _is_accepted(piece: Piece) -> bool | None:
    """A piece that was withdrawn proves nothing any more, like a refused one."""
    if piece.withdrawn_at is not None or piece.review_state == ReviewState.REFUSED:
        return False
    return True if piece.review_state == ReviewState.ACCEPTED else None


def _number(key: str) -> tuple[int, ...]:
    return tuple(int(part) for part in key.split("-"))
