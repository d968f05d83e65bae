"""A storage of its own for each test of this context."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None
    settings.CLAMAV_ADDRESS = ""
    return tmp_path / "evidence"
