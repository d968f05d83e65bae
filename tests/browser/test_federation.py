"""Another instance, here the command line without a database, lists and pulls what a served one offers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from livinglab.packages.queries.check import check_path
from tests.browser.conftest import Site
from tests.packages.versions import version_of

pytestmark = pytest.mark.browser


def package(site: Site, *arguments: str, allowed: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of packages as it runs on a laptop: no database, no secrets."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment["FEDERATION_ALLOWED_HOSTS"] = site.url.removeprefix("http://") if allowed else ""
    return subprocess.run(
        [sys.executable, "-m", "livinglab.config.cli", "package", *arguments],
        env=environment,
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_package_of_a_served_instance_is_listed_pulled_and_verified(site: Site, tmp_path: Path) -> None:
    listed = package(site, "list", "--from", site.url, "--json")
    assert listed.returncode == 0, listed.stderr
    found = {one["package"]: one for one in json.loads(listed.stdout)}
    assert {"99/informasi-publik", "99.01/reklame", "99.71/sktm"} <= found.keys()
    out = tmp_path / "sktm.zip"
    key = found["99.71/sktm"]["key"]
    pulled = package(
        site, "pull", site.url, f"99.71/sktm@{version_of('sktm')}", "--key", key, "--out", str(out)
    )
    assert pulled.returncode == 0, pulled.stderr
    assert pulled.stdout == f"{out}  {found['99.71/sktm']['digest']}  {key}\n"
    assert check_path(out).is_sound
    refused = package(site, "pull", site.url, "99.71/sktm", "--out", f"{out}-2", allowed=False)
    assert (refused.returncode, Path(f"{out}-2").exists()) == (1, False)
    assert "is not the address of an instance" in refused.stderr
