"""What a release tells of its package, kept beside it so that no page has to unpack a zip."""

from collections.abc import Mapping

from livinglab.packages.domain.form import Form
from livinglab.packages.domain.manifest import STANDARD_COMPONENTS, Calendar, Manifest
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import Node, NodeKind
from livinglab.packages.domain.words import Words


def told(package: Package) -> dict[str, object]:
    """This function will return words and counts of a package as JSON values; `listing` are those of its listing."""
    manifest = package.manifest
    return {
        "listing": listing_words(manifest),
        "licence": manifest.licence,
        "law": [
            {"cite": law.cite, "article": law.article, "about": _both(law.about), "scope": law.scope}
            for law in manifest.law
        ],
        "standard": {name: _both(manifest.standard.components[name]) for name in STANDARD_COMPONENTS},
        "within": {
            "days": manifest.standard.within.days,
            "calendar": manifest.standard.within.calendar,
        },
        "is_free": manifest.standard.is_free,
        "roles": [{"id": role.id, "kind": role.kind, "name": _both(role.name)} for role in manifest.roles],
        "parameters": [
            {"id": one.id, "name": _both(one.name), "hint": one.hint.id if one.hint else "", "per": one.per}
            for one in manifest.parameters
        ],
        "documents": [{"id": one.id, "name": _both(one.name)} for one in manifest.documents],
        "purpose": _both(manifest.data.purpose),
        "ground": manifest.data.ground,
        "only_aggregates_leave": manifest.data.only_aggregates_leave,
        "national": [{"application": one.application, "link": _both(one.link)} for one in manifest.national],
        "keep_months": manifest.data.keep_months,
        "pages": [
            {
                "title": _both(page.title),
                "fields": [_both(package.form.fields[one].title) for one in page.fields],
            }
            for page in package.form.pages
        ],
        "steps": [
            {
                "id": node.id,
                "name": node.name,
                "title": _title(package, node),
                "lane": node.lane,
                "within": node.said.get("within", ""),
                "calendar": node.said.get("calendar", Calendar.WORKING),
            }
            for node in package.diagram.main.nodes.values()
            if node.kind is NodeKind.USER
        ],
        "scenarios": [
            {"id": one.id, "title": _both(one.title), "kind": one.kind} for one in package.scenarios.values()
        ],
        "counts": {
            "fields": _fields(package.form) + sum(_fields(form) for form in package.tasks.values()),
            "rules": len(package.rules),
            "files": len(package.files),
        },
    }


def listing_words(manifest: Manifest) -> dict[str, object]:
    """This function will return the fields of a listing, as its newest release says them."""
    return {
        "name_id": manifest.name.id,
        "name_en": manifest.name.en,
        "summary_id": manifest.summary.id,
        "summary_en": manifest.summary.en,
        "functions": list(manifest.functions),
        "sector": manifest.sector,
        "indicators": [f"{one.instrument}/{one.indicator}/{one.level}" for one in manifest.indicators],
        "maturity": manifest.maturity,
    }


def changes_of(changelog: str, version: str) -> str:
    """This function will return what a changelog says under the heading of a version, without the heading."""
    lines: list[str] = []
    inside = False
    for line in changelog.splitlines():
        if line.startswith("## "):
            inside = line[3:].strip() == version
        elif inside:
            lines.append(line)
    return "\n".join(lines).strip()


def version_parts(version: str) -> list[int]:
    """This function will return major, minor and patch of a semantic version; a pre-release is not published."""
    return [int(part) for part in version.split(".")]


def _title(package: Package, node: Node) -> Mapping[str, str]:
    """Return what a step is called: by its form, which has both languages, else by the drawing, which has one."""
    form = package.tasks.get(node.said.get("form", ""))
    return _both(form.title) if form else {"id": node.name, "en": ""}


def _both(words: Words) -> Mapping[str, str]:
    return {"id": words.id, "en": words.en}


def _fields(form: Form) -> int:
    return len(form.fields)
