"""A database with 20,000 entries on the shelf: the real ones, and generated ones beside them, marked as invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

from django.db import connections

from benchmarks.own_database import own_database
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.shelf import EntryKind, Known, ShelfEntry
from livinglab.catalogue.models import ShelfRow
from livinglab.catalogue.operations import shelve
from livinglab.catalogue.queries import functions
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import REGIONAL, organizations

ENTRIES: Final = 20_000
_FORMS: Final = ("Layanan", "Aplikasi", "Sistem Informasi", "Portal", "Pusat", "Inovasi", "Gerai")
_WAYS: Final = (
    "cepat",
    "terpadu",
    "keliling",
    "mandiri",
    "satu pintu",
    "tanpa kertas",
    "jemput bola",
    "terbuka",
)
_BATCH: Final = 2_000


@contextmanager
def catalogue_database() -> Iterator[str]:
    """This function will run a block against the database of 20,000 entries, and yield its name."""
    with own_database("livinglab_catalogue_20000", Path(__file__), _fill) as name:
        yield name


def _fill() -> None:
    with tenancy(None):
        missing = ENTRIES - ShelfRow.objects.count()
        entries = list(_entries(missing))
        for start in range(0, missing, _BATCH):
            shelve(entries[start : start + _BATCH], at=clock.now())
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ANALYZE catalogue_shelf, catalogue_shelf_word"
        )  # as the server does by itself after a while


def _entries(number: int) -> Iterator[ShelfEntry]:
    chance = Random(5)
    regions = list(organizations().filter(kind__in=REGIONAL).order_by("code"))
    known = list(Known)
    for place in range(number):
        region, function = chance.choice(regions), chance.choice(functions())
        way = chance.choice(_WAYS)
        yield ShelfEntry(
            kind=chance.choice((EntryKind.SERVICE, EntryKind.SERVICE, EntryKind.PRACTICE, EntryKind.PACKAGE)),
            key=f"generated-{place}",
            path=f"/services/generated-{place}/",
            title=f"{chance.choice(_FORMS)} {function.name.id} {way} {region.short_name}",
            summary_id=f"{function.purpose.id} Dijalankan secara {way} di {region.name}.",
            summary_en=f"{function.purpose.en} Run in {region.name}.",
            region_code=region.code,
            region_name=region.name,
            agency=f"Dinas {function.name.id}",
            functions=(function.code,),
            indicators=tuple(f"spbe-2020/{one}" for one in function.indicators),
            status=chance.choice((Status.ACTIVE, Status.ACTIVE, Status.INACTIVE, Status.UNKNOWN)),
            reliability=chance.choice(tuple(Reliability)),
            known=tuple(known[: chance.randint(4, len(known))]),
            is_synthetic=True,
        )
