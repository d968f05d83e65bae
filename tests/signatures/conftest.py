"""An authority of its own for the tests: nothing is written into the data folder."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_authority(settings: Settings, tmp_path: Path) -> None:
    settings.AUTHORITY_DIR = tmp_path / "authority"
    settings.SIGNATURE_ROOTS = ""
    settings.BSRE = None
