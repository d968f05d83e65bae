"""Faults of versions: which parts can be named, who reported what, and how many in public."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from livinglab.adoptions.models import FaultReport
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.process import NodeKind
from livinglab.packages.domain.words import Words
from livinglab.packages.queries.reading import parse_package, read_zip
from livinglab.releases.queries.releases import Release, content_of
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class Fault:
    """The reports of one part of one version that are open, or were answered together; oldest first."""

    release: Release
    path: str
    reports: tuple[FaultReport, ...]

    @property
    def adopters(self) -> int:
        """How many adopters reported it."""
        return len({one.adopter_id for one in self.reports})

    @property
    def is_open(self) -> bool:
        """Whether it waits for the publisher's answer."""
        return self.reports[0].answered_at is None


def parts_of(release_id: UUID) -> dict[str, str]:
    """This function will return the parts of a release that a fault may lie in: what they are called, by path."""
    package = parse_package(read_zip(content_of(release_id)))
    return dict(_parts(package))


def reports_of(organization_id: UUID, listing_id: UUID) -> tuple[FaultReport, ...]:
    """This function will return what an adopter reported of a package, newest first. One query."""
    rows = _rows().filter(adopter_id=organization_id, release__listing_id=listing_id)
    return tuple(rows.order_by("-reported_at"))


def faults_received(organization_id: UUID) -> tuple[Fault, ...]:
    """This function will return the faults of a publisher's packages: open ones first, those of most adopters first."""
    return _faults(_rows().filter(release__listing__publisher_id=organization_id))


def faults_of(listing_id: UUID) -> tuple[Fault, ...]:
    """This function will return the faults of a package, as above; what is shown of them is counts alone."""
    return _faults(_rows().filter(release__listing_id=listing_id))


def faults_waiting(organization_id: UUID) -> int:
    """This function will return how many faults of a publisher's packages have no answer yet. One query."""
    rows = FaultReport.objects.filter(
        release__listing__publisher_id=organization_id, answered_at__isnull=True
    )
    return rows.values("release_id", "path").distinct().count()


def others_with(report: FaultReport) -> int:
    """This function will return how many other adopters reported the same fault, open or answered. One query."""
    rows = FaultReport.objects.filter(release_id=report.release_id, path=report.path)
    return rows.exclude(adopter_id=report.adopter_id).values("adopter_id").distinct().count()


def _faults(rows: "QuerySet[FaultReport]") -> tuple[Fault, ...]:
    grouped: dict[tuple[object, ...], list[FaultReport]] = {}
    for row in rows.order_by("reported_at", "id"):
        grouped.setdefault((row.release_id, row.path, row.answered_at), []).append(row)
    found = [Fault(ones[0].release, ones[0].path, tuple(ones)) for ones in grouped.values()]
    return tuple(sorted(found, key=lambda one: (not one.is_open, -one.adopters)))


def _rows() -> "QuerySet[FaultReport]":
    rows = FaultReport.objects.select_related("adopter", "release__listing__publisher")
    return rows.defer("release__content", "release__words")


def _parts(package: Package) -> Iterable[tuple[str, str]]:
    for name, field in package.form.fields.items():
        yield (
            f"form.schema.json#/properties/{name}",
            _("Form field “%(name)s”") % {"name": _said(field.title)},
        )
    for node in package.diagram.main.nodes.values():
        if node.kind is NodeKind.USER:
            yield f"process.bpmn#/elements[id={node.id}]", _("Step “%(name)s”") % {"name": node.name}
    for rule in package.rules:
        yield f"rules/{rule}.json", _("Rule “%(name)s”") % {"name": rule}
    for document in package.manifest.documents:
        yield f"documents/{document.id}.html", _("Document “%(name)s”") % {"name": _said(document.name)}
    for message in dict.fromkeys(one for one, _language in package.messages):
        yield f"messages/{message}.id.md", _("Message “%(name)s”") % {"name": message}


def _said(words: Words) -> str:
    return words.in_language(language())
