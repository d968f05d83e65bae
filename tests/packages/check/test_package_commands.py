"""The commands on packages: findings by line, files that are never overwritten, status 1 for what is not sound."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from livinglab.packages.package_commands import package
from livinglab.packages.queries.reading import read_files
from tests.packages.check.kit import FILES, SKTM


def run(*arguments: object) -> Result:
    return CliRunner().invoke(package, [str(one) for one in arguments])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A package with one error."""
    shutil.copytree(SKTM, tmp_path / "wrong")
    manifest = tmp_path / "wrong" / "package.yaml"
    manifest.write_text(manifest.read_text().replace("kind: citizen", "kind: agency"))
    return tmp_path / "wrong"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    assert run("key", tmp_path / "key.pem").exit_code == 0
    return tmp_path / "key.pem"


def test_a_sound_package_has_status_0_and_its_readiness() -> None:
    done = run("check", SKTM)
    assert (done.exit_code, done.stdout) == (0, "Readiness: 100 %\n")


def test_a_fault_is_one_line_with_its_place_in_both_languages(wrong: Path) -> None:
    line = FILES["package.yaml"].decode().split("\n").index("roles:") + 1
    done = run("check", wrong)
    assert done.exit_code == 1
    first = done.stdout.split("\n")[0]
    assert first == f"package.yaml:{line}: P123 error: No role is of the kind citizen: nobody could apply."
    indonesian = run("check", wrong, "--language", "id").stdout.split("\n")
    assert indonesian[0].endswith("Tidak ada peran berjenis citizen: tak seorang pun dapat memohon.")
    assert indonesian[-3:] == ["Kesiapan: 90 %", "Belum terpenuhi: layanan", ""]


def test_json_is_one_document(wrong: Path) -> None:
    done = run("check", wrong, "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["sound"], found["readiness"], found["unmet"]) == (1, False, 90, ["service"])
    assert [(one["file"], one["code"], one["severity"]) for one in found["faults"]] == [
        ("package.yaml", "P123", "error")
    ]


def test_a_version_is_judged_against_the_one_before(tmp_path: Path) -> None:
    shutil.copytree(SKTM, tmp_path / "next")
    manifest = tmp_path / "next" / "package.yaml"
    manifest.write_text(manifest.read_text().replace("minimum: 100000\n", "minimum: 200000\n"))
    done = run("check", tmp_path / "next", "--previous", SKTM)
    assert done.exit_code == 1
    assert "P126" in done.stdout


def test_building_signing_and_verifying(tmp_path: Path, key: Path) -> None:
    assert run("build", SKTM, "-o", tmp_path / "a.zip").exit_code == 0
    assert run("build", SKTM, "-o", tmp_path / "b.zip").exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert run("sign", tmp_path / "a.zip", "--key", key, "-o", tmp_path / "signed.zip").exit_code == 0
    done = run("verify", tmp_path / "signed.zip", "--key", f"{key}.pub", "--json")
    assert (done.exit_code, json.loads(done.stdout)["valid"]) == (0, True)
    unsigned = run("verify", tmp_path / "a.zip", "--key", f"{key}.pub")
    assert (unsigned.exit_code, "P090" in unsigned.stderr) == (1, True)
    name = json.loads(done.stdout)["key"]
    revoked = ("--revoked", f"{name}=2026-01-01T00:00:00+00:00")
    refused = run("verify", tmp_path / "signed.zip", "--key", f"{key}.pub", *revoked)
    assert (refused.exit_code, "P093" in refused.stderr) == (1, True)


def test_a_folder_is_signed_in_place_and_its_content_stays(tmp_path: Path, key: Path) -> None:
    shutil.copytree(SKTM, tmp_path / "mine")
    assert run("sign", tmp_path / "mine", "--key", key).exit_code == 0
    files = read_files(tmp_path / "mine")
    assert files.pop("signature.json").startswith(b"{")
    assert files == read_files(SKTM)
    assert run("verify", tmp_path / "mine", "--key", f"{key}.pub").exit_code == 0


def test_a_private_key_is_its_owners_only_and_never_overwritten(key: Path) -> None:
    before = key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    assert run("key", key).exit_code == 2
    assert key.read_bytes() == before


def test_a_package_with_errors_is_neither_built_nor_signed(tmp_path: Path, wrong: Path, key: Path) -> None:
    assert run("build", wrong, "-o", tmp_path / "a.zip").exit_code == 1
    assert run("sign", wrong, "--key", key).exit_code == 1
    assert not (tmp_path / "a.zip").exists()
    assert not (wrong / "signature.json").exists()


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("mine")
    assert run("build", SKTM, "-o", tmp_path / "a.zip").exit_code == 2
    assert (tmp_path / "a.zip").read_text() == "mine"


def test_signed_versions_become_a_repository(tmp_path: Path, key: Path) -> None:
    run("build", SKTM, "-o", tmp_path / "a.zip")
    assert run("export", tmp_path / "repository", tmp_path / "a.zip").exit_code == 2
    assert not (tmp_path / "repository").exists()
    run("sign", SKTM, "--key", key, "-o", tmp_path / "signed.zip")
    assert run("export", tmp_path / "repository", tmp_path / "signed.zip").exit_code == 0
    assert run("verify", tmp_path / "repository", "--key", f"{key}.pub").exit_code == 0
    assert run("export", tmp_path / "repository", tmp_path / "signed.zip").exit_code == 2


@pytest.mark.parametrize("moment", ["soon", "k=soon", ""])
def test_a_moment_that_is_none_is_refused(key: Path, moment: str) -> None:
    assert run("verify", SKTM, "--key", f"{key}.pub", "--revoked", moment).exit_code == 2


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "k.pem").write_text("none")
    assert run("sign", SKTM, "--key", tmp_path / "k.pem", "-o", tmp_path / "a.zip").exit_code == 2
    assert run("verify", SKTM, "--key", tmp_path / "k.pem").exit_code == 2
    assert not (tmp_path / "a.zip").exists()
