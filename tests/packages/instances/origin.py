"""What an instance that publishes one signed package answers, made without a database."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from livinglab.packages.domain.federation import INDEX_PATH
from livinglab.packages.queries.reading import digest_of, parse_package, read_files
from livinglab.packages.queries.sealing import PublicKey, build, raw_public, sign, signature
from tests.packages.first import first_version
from tests.packages.instances.servers import Answer

AT: Final = datetime(2026, 11, 2, 3, tzinfo=UTC)
ARCHIVE: Final = "/packages/{code}/{id}/{version}/archive/"


def files_of(publisher: str, name: str = "sktm", version: str = "1.0.0") -> dict[str, bytes]:
    """Return the files of one of the project's packages under another publisher and version."""
    files = first_version(read_files(Path(settings.ROOT) / "packages" / name))
    manifest = files["package.yaml"].decode()
    code = manifest.split("code: ", 1)[1].split('"')[1]
    manifest = manifest.replace(f'"{code}"', f'"{publisher}"', 1)
    before = next(line for line in manifest.splitlines() if line.startswith("version: "))
    if before != f"version: {version}":
        manifest = manifest.replace(before, f"version: {version}", 1)
        log = files["CHANGELOG.md"].decode()
        files["CHANGELOG.md"] = log.replace("## ", f"## {version}\n\n- Perubahan.\n\n## ", 1).encode()
    return {**files, "package.yaml": manifest.encode()}


def answers(private: Ed25519PrivateKey, *sets: dict[str, bytes]) -> dict[str, Answer]:
    """Return index and archives of versions of packages, all signed with one key."""
    found: dict[str, Answer] = {}
    packages: dict[str, dict[str, object]] = {}
    keys: dict[str, dict[str, object]] = {}
    for files in sets:
        package = parse_package(files)
        manifest = package.manifest
        seal = sign(package, private, AT)
        content = build(package, seal)
        place = ARCHIVE.format(code=manifest.publisher.code, id=manifest.id, version=manifest.version)
        found[place] = Answer(content, "application/zip")
        told = packages.setdefault(
            manifest.identity,
            {
                "publisher": {"code": manifest.publisher.code, "name": manifest.publisher.name},
                "id": manifest.id,
                "name": {"id": manifest.name.id, "en": manifest.name.en},
                "releases": [],
            },
        )
        key = PublicKey(manifest.publisher.code, raw_public(private))
        keys[manifest.publisher.code] = {
            "publisher": manifest.publisher.code,
            "id": key.id,
            "public_key": base64.b64encode(key.raw).decode(),
            "retired_at": None,
            "revoked_at": None,
        }
        releases = told["releases"]
        assert isinstance(releases, list)
        releases.append(
            {
                "version": manifest.version,
                "digest": digest_of(files),
                "key": key.id,
                "signature": signature(seal).value,
                "signed_at": signature(seal).at,
                "size": len(content),
                "archive": place,
                "withdrawn": None,
            }
        )
    index = {
        "format": "livinglab-federation/1",
        "instance": "uji.example",
        "next": None,
        "keys": list(keys.values()),
        "packages": list(packages.values()),
    }
    return {INDEX_PATH: Answer(json.dumps(index).encode()), **found}
