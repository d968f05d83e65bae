"""A stamp skips work that is done, and only that."""

from collections.abc import Callable
from pathlib import Path

import pytest

from launcher import stamps


@pytest.fixture
def two_files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    for path in paths:
        path.write_text(path.stem)
    return paths


def test_fingerprint_does_not_depend_on_the_order_or_the_age_of_the_files(two_files: list[Path]) -> None:
    before = stamps.fingerprint(two_files, "fact")
    two_files[0].touch()
    assert stamps.fingerprint(reversed(two_files), "fact") == before


@pytest.mark.parametrize(
    "change",
    [
        lambda paths: paths[0].write_text("other"),
        lambda paths: paths.pop(),
        lambda paths: paths.append(paths[0].rename(paths[0].with_name("c.py"))) or paths.pop(0),
    ],
    ids=["content", "removal", "name"],
)
def test_fingerprint_changes_with_what_it_is_made_from(
    two_files: list[Path], change: Callable[[list[Path]], object]
) -> None:
    before = stamps.fingerprint(two_files)
    change(two_files)
    assert stamps.fingerprint(two_files) != before


def test_fingerprint_keeps_its_facts_apart() -> None:
    assert stamps.fingerprint([], "ab", "c") != stamps.fingerprint([], "a", "bc")


def test_stamp_is_current_only_for_the_value_written(tmp_path: Path) -> None:
    stamp = tmp_path / "migrate"
    assert not stamps.is_current(stamp, "one")
    stamps.write(stamp, "one")
    assert stamps.is_current(stamp, "one")
    assert not stamps.is_current(stamp, "two")
    assert [path.name for path in tmp_path.iterdir()] == ["migrate"]


def test_compiled_python_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.py").touch()
    (tmp_path / "a.py").touch()
    assert stamps.files(tmp_path, "**/*.py", "*.py") == [tmp_path / "a.py"]
