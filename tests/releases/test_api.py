"""Programs read packages, versions, warnings and adopters; feeds tell what is new."""

from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from django.test import Client

from livinglab.releases.domain.states import AdvisoryKind, ReleaseStep, Severity
from livinglab.releases.operations import advisories, reviews
from tests.organizations.people import organization
from tests.releases import kit

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(path: str, **query: str) -> Any:
    answer = Client().get(f"/api/v1{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def withdrawn() -> None:
    """Two packages, one of them with its only version withdrawn, and one that waits for review."""
    kit.published()
    gone = kit.published("14.08", "reklame")
    reviews.take(
        release_id=gone.id, step=ReleaseStep.WITHDRAW, reason="Salah tarif.", by=kit.reviewer(), at=kit.AT
    )
    kit.sent("32.11", "informasi-publik")


@pytest.mark.usefixtures("withdrawn")
def test_packages_are_listed_by_what_they_are_and_whether_they_are_offered() -> None:
    def found(**query: str) -> list[str]:
        return [f"{one['publisher']}/{one['id']}" for one in read("/packages", **query)["items"]]

    assert found() == ["14.08/reklame", "32.11/sktm"]
    assert (
        found(offered="true") == found(publisher="32.11") == found(sector="social_security") == ["32.11/sktm"]
    )
    assert found(offered="false") == ["14.08/reklame"]
    assert found(updated_since="2026-11-02T03:00:00Z") == ["14.08/reklame", "32.11/sktm"]
    assert found(updated_since="2026-11-02T03:00:01Z") == []
    for wrong in ("2026-11-02T03:00:00", "0", "2026-13-02T03:00:00Z"):
        assert Client().get("/api/v1/packages", {"updated_since": wrong}).status_code == 422


@pytest.mark.usefixtures("withdrawn")
def test_a_package_tells_its_versions_and_warnings_and_a_version_its_provenance() -> None:
    listing_answer = read("/packages/32.11/sktm")
    assert [(one["version"], one["state"]) for one in listing_answer["versions"]] == [("1.0.0", "listed")]
    version = read("/packages/32.11/sktm/versions/1.0.0")
    archive = Client().get(version["archive"])
    assert (len(archive.content), version["readiness"]) == (version["size"], 100)
    assert version["provenance"]["fetched_from"] is None
    assert len(version["provenance"]["signature"]) == 88
    gone = read("/packages/14.08/reklame")
    assert (gone["version"], gone["versions"][0]["reason"]) == (None, "Salah tarif.")
    for path in ("/packages/32.11/informasi-publik", "/packages/32.11/sktm/versions/9.9.9"):
        assert Client().get(f"/api/v1{path}").status_code == 404
    assert read("/packages/32.11/sktm/adopters")["total"] == 0


def test_feeds_tell_new_versions_and_warnings_in_force() -> None:
    release = kit.published()
    given = {"kind": AdvisoryKind.FAULTY, "severity": Severity.HIGH, "versions": ["1.0.0"]}
    row = advisories.warn(
        listing=release.listing,
        text="Batas penghasilan salah.",
        issued_for=organization("32.11"),
        by=kit.coordinator(),
        at=kit.AT,
        **given,
    )

    def entries(name: str) -> list[tuple[str | None, str | None]]:
        answer = Client().get(f"/packages/{name}.atom")
        assert answer["Content-Type"] == "application/atom+xml"
        return [
            (one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated"))
            for one in Tree.fromstring(answer.content).iter(f"{ATOM}entry")
        ]

    assert entries("versions") == [(release.id.urn, kit.AT.isoformat())]
    assert entries("warnings") == [(row.id.urn, kit.AT.isoformat())]
    advisories.lift(advisory_id=row.id, by=kit.coordinator(), at=kit.AT)
    assert entries("warnings") == []
    assert Client().get("/packages/lain.atom").status_code == 404
