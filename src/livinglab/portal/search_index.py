"""Everything that can be found by its name, from the public facts of the other contexts."""

from collections.abc import Iterator

from livinglab.assessments.queries import instruments
from livinglab.organizations.queries import Kind, organizations
from livinglab.portal.domain.search import Entry, EntryKind


def entries() -> Iterator[Entry]:
    """This function will yield regions, institutions and indicators, each once; the catalogue is searched itself."""
    yield from _organizations()
    yield from _indicators()


def _organizations() -> Iterator[Entry]:
    wanted = organizations().filter(is_synthetic=False).exclude(kind=Kind.PLATFORM)
    for one in wanted.select_related("province"):
        province = one.province.name if one.province else ""
        yield Entry(
            kind=EntryKind.INSTITUTION if one.kind == Kind.CENTRAL else EntryKind.REGION,
            code=one.code,
            title_id=one.name,
            title_en=one.name,
            detail_id=province,
            detail_en=province,
            path=f"/regions/{one.code}/",
        )


def _indicators() -> Iterator[Entry]:
    for instrument in instruments():
        for indicator in instrument.indicators():
            yield Entry(
                kind=EntryKind.INDICATOR,
                code=f"{instrument.code}/{indicator.key}",
                title_id=indicator.name.id,
                title_en=indicator.name.en,
                detail_id=f"{instrument.short.id}, {indicator.key}",
                detail_en=f"{instrument.short.en}, {indicator.key}",
                path=f"/instruments/{instrument.code}/indicators/{indicator.number}/",
            )
