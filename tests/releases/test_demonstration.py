"""The project's own packages stand on offer in demo mode, published by regions that do not exist."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from livinglab.config import demo
from livinglab.releases.models import Listing, Release
from livinglab.releases.operations import demonstration
from livinglab.releases.queries.pages import offered
from tests.organizations.people import organization
from tests.releases import kit

pytestmark = pytest.mark.django_db


def test_every_package_of_the_project_is_offered_once() -> None:
    for later in (0, 1):
        demo.add_people(at=kit.AT + timedelta(days=later))
        demo.offer_packages(at=kit.AT + timedelta(days=later))
    assert {(one.publisher.code, one.package_id) for one in offered()} == set(demo.PACKAGES)
    assert {name for _, name in demo.PACKAGES} == {one.name for one in kit.PACKAGES.iterdir()}
    assert set(Release.objects.values_list("readiness", flat=True)) == {100}
    assert Release.objects.count() == len(demo.PACKAGES)
    assert set(Listing.objects.values_list("is_synthetic", flat=True)) == {True}


def test_no_region_that_exists_publishes_the_demonstrations_packages() -> None:
    with pytest.raises(ValueError, match="fictitious"):
        demonstration.offer(
            publisher=organization("32.11"),
            folder=kit.PACKAGES / "sktm",
            by_publisher=kit.coordinator(),
            by_reviewer=kit.reviewer(),
            at=kit.AT,
        )
    assert not Listing.objects.exists()


def test_a_package_that_changed_more_than_its_version_says_is_named(tmp_path: Path) -> None:
    demo.add_people(at=kit.AT)
    demo.offer_packages(at=kit.AT)
    changed = tmp_path / "sktm"
    shutil.copytree(kit.PACKAGES / "sktm", changed)
    process = changed / "process.bpmn"
    process.write_text(process.read_text().replace('ll:within="P1D"', 'll:within="P2D"'))
    with pytest.raises(ValueError, match=r"packages/sktm, version \d+\.\d+\.\d+: "):
        demonstration.offer(
            publisher=organization("99.71"),
            folder=changed,
            by_publisher=kit.coordinator("99.71"),
            by_reviewer=kit.reviewer(),
            at=kit.AT,
        )
