"""`publiccode.yml` of a package, so that code catalogues find it. https://yml.publiccode.tools, version 0.5."""

from __future__ import annotations

from datetime import date
from typing import Final

import yaml

from livinglab.packages.domain.manifest import Manifest, Maturity

_STATUS: Final = {Maturity.DRAFTED: "concept", Maturity.PILOTED: "beta", Maturity.IN_USE: "stable"}
_LONGEST_SUMMARY: Final = 150


def publiccode(manifest: Manifest, released: date | None) -> bytes:
    """This function will return the `publiccode.yml` of a package; the day is left out while it is not signed."""
    languages = ["id", *(["en"] if manifest.name.en else [])]
    found = {
        "publiccodeYmlVersion": "0.5",
        "name": manifest.name.id,
        "softwareVersion": manifest.version,
        **({"releaseDate": released.isoformat()} if released else {}),
        "platforms": ["web"],
        "categories": ["government-websites", "workflow-management"],
        "developmentStatus": _STATUS[manifest.maturity],
        "softwareType": "configurationFiles",
        "intendedAudience": {"countries": ["id"], "scope": ["local-authorities", "government"]},
        "description": {language: _description(manifest, language) for language in languages},
        "legal": {"license": manifest.licence, "repoOwner": manifest.publisher.name},
        "maintenance": {"type": "none"},
        "localisation": {"localisationReady": True, "availableLanguages": languages},
    }
    text = yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=110)
    return text.encode()


def _description(manifest: Manifest, language: str) -> dict[str, object]:
    standard = manifest.standard.components
    parts = (
        manifest.summary,
        *(standard[key] for key in ("product", "procedure", "requirements", "duration", "fee")),
    )
    return {
        "shortDescription": _cut(manifest.summary.in_language(language)),
        "longDescription": " ".join(part.in_language(language) for part in parts),
        "features": [_cut(standard[key].in_language(language)) for key in ("product", "duration", "fee")],
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SUMMARY else f"{text[: _LONGEST_SUMMARY - 1]}…"
