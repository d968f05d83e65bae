"""Reads of practices: the public ones, and a region's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from livinglab.catalogue.domain.practice_steps import State
from livinglab.catalogue.domain.practices import PracticeText, read_practice
from livinglab.catalogue.domain.shelf import Known
from livinglab.catalogue.models import OwnPractice, Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPractice:
    """A practice in public."""

    key: str
    region_code: str
    region_name: str
    text: PracticeText
    published_at: datetime
    is_synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPractice:
    """A region's own practice, with its newest text."""

    id: UUID
    state: State
    version: int
    text: PracticeText
    is_public: bool
    public_key: str
    return_reason: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class FieldCoverage:
    """How many entries say something in a field."""

    field: Known
    entries: int
    total: int


def find_practice(key: str) -> ListedPractice | None:
    """This function will return one public practice, None when there is none. One query."""
    row = Practice.objects.filter(key=key).first()
    return _listed(row) if row else None


def practices_about(service_key: str) -> tuple[ListedPractice, ...]:
    """This function will return what its region published about a service. One query."""
    return tuple(_listed(row) for row in Practice.objects.filter(service_key=service_key))


def _listed(row: Practice) -> ListedPractice:
    return ListedPractice(
        key=row.key,
        region_code=row.region_code,
        region_name=row.region_name,
        text=read_practice(row.text),
        published_at=row.published_at,
        is_synthetic=row.is_synthetic,
    )


def own_practices(organization_id: UUID) -> tuple[WrittenPractice, ...]:
    """This function will return a region's own practices by title; call it inside its transaction."""
    return tuple(written(row) for row in OwnPractice.objects.filter(organization_id=organization_id))


def own_practice(organization_id: UUID, practice_id: UUID) -> WrittenPractice | None:
    """This function will return one of a region's own practices; call it inside its transaction."""
    row = OwnPractice.objects.filter(organization_id=organization_id, id=practice_id).first()
    return written(row) if row else None


def written(row: OwnPractice) -> WrittenPractice:
    """This function will return a stored practice as its region's pages show it."""
    return WrittenPractice(
        id=row.id,
        state=State(row.state),
        version=row.version,
        text=read_practice(row.text),
        is_public=row.published is not None,
        public_key=practice_key(row.id),
        return_reason=row.return_reason,
        written_at=row.written_at,
    )


def practice_key(practice_id: UUID) -> str:
    """This function will return the key of a practice in public addresses."""
    return f"practice-{practice_id}"


def coverage_of_fields(kinds: Iterable[str] = ()) -> tuple[FieldCoverage, ...]:
    """This function will return how many entries on the shelf say something in each field. One query.

    `kinds` narrows it to some kinds of entry; what demo people entered is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH chosen AS (SELECT known FROM catalogue_shelf
                WHERE NOT is_synthetic AND (cardinality(%(kinds)s::text[]) = 0 OR kind = ANY(%(kinds)s::text[])))
            SELECT '', count(*) FROM chosen
            UNION ALL SELECT field, count(*) FROM chosen, unnest(known) AS field GROUP BY field
            """,
            {"kinds": [str(kind) for kind in kinds]},
        )
        counted: dict[str, int] = dict(cursor.fetchall())
    return tuple(FieldCoverage(field, counted.get(field, 0), counted[""]) for field in Known)
