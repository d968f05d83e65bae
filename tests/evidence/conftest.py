"""A storage of its own for each test."""

from pathlib import Path

import pytest
from pytest_django import Settings

from livinglab.organizations.models import Organization
from livinglab.organizations.queries import find_organization


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None
    settings.CLAMAV_ADDRESS = ""
    return tmp_path / "evidence"


@pytest.fixture
def siak(db: None) -> Organization:
    found = find_organization("14.08")
    assert found is not None
    return found


@pytest.fixture
def sumedang(db: None) -> Organization:
    found = find_organization("32.11")
    assert found is not None
    return found
