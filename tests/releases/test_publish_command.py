"""`package publish` does what the publisher's page does, with the same refusals."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from livinglab.releases.commands import publish
from livinglab.releases.models import Release
from tests.organizations.people import organization
from tests.releases import kit

pytestmark = pytest.mark.django_db


def published(path: Path, email: str = "") -> Result:
    return CliRunner().invoke(publish, [str(path), "--by", email or kit.coordinator().email, "--json"])


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "sktm.zip"
    path.write_bytes(kit.zipped(kit.files_of("sktm", organization("32.11"))))
    return path


def test_a_package_is_published_once(sent: Path) -> None:
    first, second = published(sent), published(sent)
    assert (first.exit_code, second.exit_code) == (0, 0)
    release = Release.objects.get()
    assert json.loads(first.stdout) == {
        "id": "32.11/sktm",
        "version": "1.0.0",
        "digest": release.digest,
        "state": "in_review",
        "readiness": 100,
    }


def test_who_may_not_publish_for_the_region_is_refused(sent: Path) -> None:
    refused = published(sent, kit.coordinator("14.08").email)
    assert refused.exit_code == 1
    assert "coordinator" in refused.stderr
    unknown = published(sent, "tiada@uji.example")
    assert unknown.exit_code == 2
    assert "nobody here has this address" in unknown.stderr
    assert not Release.objects.exists()


def test_a_package_with_errors_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    files = kit.files_of("sktm", organization("32.11"))
    rule = files["rules/eligibility.json"].replace(b"form.income", b"form.wage")
    path = tmp_path / "broken.zip"
    path.write_bytes(kit.zipped({**files, "rules/eligibility.json": rule}))
    refused = published(path)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("rules/eligibility.json:6: P402: ")
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert published(tmp_path / "no.zip").exit_code == 1
    assert not Release.objects.exists()
