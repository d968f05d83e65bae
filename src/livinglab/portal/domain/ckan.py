"""Datasets in the shape of CKAN's Action API 2.x, which Indonesia's Satu Data portals harvest."""

from collections.abc import Sequence
from typing import Any

from livinglab.portal.domain.datasets import Coverage, Dataset, DatasetFile, Text, files_of


def package(*, site: str, publisher: Text, dataset: Dataset, held: Coverage) -> dict[str, Any]:
    """This function will return one dataset as `package_show` does; texts in Indonesian, English in the extras."""
    files = list(files_of(dataset, held))
    return {
        "id": dataset.key,
        "name": dataset.key,
        "title": dataset.title.id,
        "notes": dataset.description.id,
        "url": f"{site}/data/#{dataset.key}",
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "author": publisher.id,
        "maintainer": publisher.id,
        "version": dataset.modified.isoformat(),
        "license_id": dataset.licence.ckan,
        "license_title": dataset.licence.name.id,
        "license_url": dataset.licence.url,
        "metadata_created": f"{dataset.issued.isoformat()}T00:00:00",
        "metadata_modified": f"{dataset.modified.isoformat()}T00:00:00",
        "organization": {
            "name": "living-lab",
            "title": publisher.id,
            "type": "organization",
            "state": "active",
        },
        "groups": [],
        "tags": [{"name": word, "display_name": word, "state": "active"} for word in dataset.keywords],
        "num_tags": len(dataset.keywords),
        "extras": _extras(dataset, held),
        "resources": [_resource(site, dataset, file, place) for place, file in enumerate(files)],
        "num_resources": len(files),
    }


def found(packages: Sequence[dict[str, Any]], *, query: str, start: int, rows: int) -> dict[str, Any]:
    """This function will return the packages that hold every word of `query`, as `package_search` does."""
    words = [word for word in query.casefold().split() if word not in ("*:*", "*")]
    hits = [one for one in packages if all(word in _searchable(one) for word in words)]
    return {
        "count": len(hits),
        "sort": "name asc",
        "facets": {},
        "search_facets": {},
        "results": hits[start : start + rows],
    }


def _searchable(one: dict[str, Any]) -> str:
    extras = " ".join(entry["value"] for entry in one["extras"])
    tags = " ".join(tag["name"] for tag in one["tags"])
    return f"{one['name']} {one['title']} {one['notes']} {tags} {extras}".casefold()


def _extras(dataset: Dataset, held: Coverage) -> list[dict[str, str]]:
    values = {
        "title_en": dataset.title.en,
        "notes_en": dataset.description.en,
        "source": dataset.source.id,
        "provenance": dataset.provenance.id,
        "reliability": str(dataset.reliability),
        "frequency": dataset.frequency,
        "spatial": "Indonesia",
        "rows": str(held.rows),
    }
    if held.years:
        values |= {"temporal_start": str(min(held.years)), "temporal_end": str(max(held.years))}
    return [{"key": key, "value": value} for key, value in values.items()]


def _resource(site: str, dataset: Dataset, file: DatasetFile, position: int) -> dict[str, Any]:
    return {
        "id": file.name,
        "package_id": dataset.key,
        "name": file.name,
        "description": dataset.description.id,
        "url": f"{site}{file.path}",
        "format": file.format.upper(),
        "mimetype": file.format.media_type,
        "position": position,
        "state": "active",
        "resource_type": "file",
        "created": f"{dataset.issued.isoformat()}T00:00:00",
        "last_modified": f"{dataset.modified.isoformat()}T00:00:00",
    }
