"""What was typed into an answer before, in the API."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Path, Router

from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import schemas
from livinglab.evaluations.api.session import HERE, Code, Indicator, Year, place_of, session
from livinglab.evaluations.models import Answer
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.histories import Happening, draft_at, versions_of
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api.lists import decimal_text

router = Router(tags=["evaluations"])
Number = Annotated[int, Path(ge=1, le=1_000_000, examples=[1])]


@router.get(
    f"{HERE}/answers/{{indicator}}/versions",
    response=list[schemas.AnswerVersionItem],
    auth=session,
    summary="What was typed into an answer before",
)
def list_versions(request: HttpRequest, code: Code, year: Year, indicator: Indicator) -> Any:
    """Every save, newest first: who, when, the level, and the fields that changed with it. Nothing is ever removed."""
    _answer_row, versions = _found(request, indicator)
    return [_version(one) for one in versions]


@router.get(
    f"{HERE}/answers/{{indicator}}/versions/{{number}}",
    response=schemas.VersionText,
    auth=session,
    summary="An answer as it was at a version",
)
def get_version(request: HttpRequest, code: Code, year: Year, indicator: Indicator, number: Number) -> Any:
    """The whole answer as that save left it."""
    row, versions = _found(request, indicator)
    one = next((each for each in versions if each.version == number), None)
    if row is None or one is None:
        known = [each.version for each in versions]
        raise UnknownValue(_("version"), str(number), known, status=404)
    draft = draft_at(row, number)
    return schemas.VersionText(
        **_version(one).model_dump(),
        met=sorted(draft.met),
        facts=draft.facts,
        analysis=draft.analysis,
        external_source=draft.external_source,
    )


def _found(request: HttpRequest, indicator: str) -> tuple[Answer | None, list[Happening]]:
    place = place_of(request)
    key = written.known_indicator(place, indicator)
    row = records.find_answer(place.organization.id, place.participation.id, key)
    return row, versions_of(row) if row else []


def _version(one: Happening) -> schemas.AnswerVersionItem:
    return schemas.AnswerVersionItem(
        number=one.version,
        at=one.at,
        by=one.by,
        level=decimal_text(one.level),
        changed=cast(Any, list(one.changed)),  # the names of an answer's fields
    )
