"""A package of the project as if it were its first version, so that tests can count on from 1.0.0."""

from collections.abc import Mapping

_LOG = "# Riwayat\n\n## 1.0.0\n\n- Terbitan pertama.\n"


def first_version(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a package under the number 1.0.0, with a log of this version alone."""
    manifest = files["package.yaml"].decode()
    before = next(line for line in manifest.splitlines() if line.startswith("version: "))
    manifest = manifest.replace(before, "version: 1.0.0", 1)
    return {**files, "package.yaml": manifest.encode(), "CHANGELOG.md": _LOG.encode()}
