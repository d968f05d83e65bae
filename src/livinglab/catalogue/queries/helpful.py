"""What regions offer for an indicator: published packages, and practices written down."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from livinglab.catalogue.domain.shelf import EntryKind
from livinglab.catalogue.models import ShelfRow

__all__ = ["EntryKind", "Helpful", "helpful_entries"]

_KINDS = (EntryKind.PACKAGE, EntryKind.PRACTICE)


@dataclass(frozen=True, slots=True)
class Helpful:
    """A package or a practice that names an indicator; `path` is its page in Indonesian."""

    kind: EntryKind
    title: str
    path: str
    is_synthetic: bool


def helpful_entries(
    instrument: str, indicator: str, *, regions: Collection[str]
) -> Mapping[str, tuple[Helpful, ...]]:
    """This function will return what regions offer for an indicator, by their code; packages first, then by name.

    A package stands on the shelf while a version of it is offered. One query; none where no region is named.
    """
    if not regions:
        return {}
    rows = ShelfRow.objects.filter(
        kind__in=_KINDS, region_code__in=regions, indicators__contains=[f"{instrument}/{indicator}"]
    )
    found: dict[str, list[Helpful]] = {}
    for code, kind, title, path, is_synthetic in rows.order_by("kind", "title", "key").values_list(
        "region_code", "kind", "title", "path", "is_synthetic"
    ):
        found.setdefault(code, []).append(Helpful(EntryKind(kind), title, path, is_synthetic))
    return {code: tuple(each) for code, each in found.items()}
