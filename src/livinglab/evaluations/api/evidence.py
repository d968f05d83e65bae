"""Where the evidence of an evaluation stands: listed, attached to an answer, taken away."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import schemas
from livinglab.evaluations.api.session import HERE, Code, Indicator, Year, place_of, session
from livinglab.evaluations.operations import evidence_uses as operations
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.evidence_uses import evidence_of
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import evidence_of as uses_under
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api.lists import PlainText

router = Router(tags=["evaluations"])
Letter = Annotated[PlainText, Path(examples=["a"])]


@router.get(
    f"{HERE}/evidence",
    response=list[schemas.EvidenceItem],
    auth=session,
    summary="Evidence of an evaluation",
)
def list_evidence(request: HttpRequest, code: Code, year: Year) -> Any:
    """Every piece where it stands for an indicator, in the order of the letters."""
    place = place_of(request)
    found = evidence_of(place.organization.id, place.participation.id)
    return [
        written.evidence_item(key, one)
        for key in records.keys_of(place.instrument, found)
        for one in found.get(key, ())
    ]


@router.post(
    f"{HERE}/answers/{{indicator}}/evidence",
    response=list[schemas.EvidenceItem],
    auth=session,
    summary="Attach evidence to an answer",
)
def attach_evidence(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, body: schemas.UseBody
) -> Any:
    """The piece stands under the next free letter. Who may write the answer now may change its evidence."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    try:
        operations.attach(
            place=place,
            indicator=key,
            piece_id=body.piece,
            level=body.level,
            reference=body.reference,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    return _under(place, key)


@router.delete(
    f"{HERE}/answers/{{indicator}}/evidence/{{letter}}",
    response=list[schemas.EvidenceItem],
    auth=session,
    summary="Take evidence away from an answer",
)
def detach_evidence(
    request: HttpRequest, code: Code, year: Year, indicator: Indicator, letter: Letter
) -> Any:
    """The piece stays in the library, and the other letters stay as they are."""
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    shown = {one.letter: one.id for one in uses_under(place.organization.id, place.participation.id, key)}
    if letter not in shown:
        raise UnknownValue(_("letter"), letter, list(shown), status=404)
    try:
        operations.detach(place=place, indicator=key, use_id=shown[letter], at=clock.now())
    except Refused as error:
        return written.refused(error)
    return _under(place, key)


def _under(place: Place, indicator: str) -> list[schemas.EvidenceItem]:
    found = evidence_of(place.organization.id, place.participation.id)
    return [written.evidence_item(indicator, one) for one in found.get(indicator, ())]
