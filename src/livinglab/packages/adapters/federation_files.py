"""The two documents of docs/federation.md as typed values."""

from __future__ import annotations

import base64
from datetime import datetime

from livinglab.packages.adapters.json_files import read_json
from livinglab.packages.adapters.located import refused
from livinglab.packages.adapters.schemas import violations
from livinglab.packages.adapters.shapes import Object, an_object, objects, text, whole, words
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.federation import (
    Index,
    InstanceKey,
    OfferedChange,
    OfferedPackage,
    OfferedRelease,
)
from livinglab.packages.domain.signatures import key_id


def index_from(path: str, content: bytes) -> tuple[Index, str]:
    """This function will return one page of an index, and the path of the next ("" on the last).

    Errors: PackageRefused with lines; also for a key whose id is not that of its bytes.
    """
    found = _sound(path, content, "federation")
    keys = tuple(_key(path, one) for one in objects(found["keys"]))
    packages = tuple(_package(one) for one in objects(found["packages"]))
    return Index(text(found["instance"]), keys, packages), text(found["next"])


def offers_from(path: str, content: bytes) -> tuple[OfferedChange, ...]:
    """This function will return the changes that an instance's regions offer back. Errors: PackageRefused."""
    found = _sound(path, content, "offers")
    return tuple(_change(one) for one in objects(found["offers"]))


def _sound(path: str, content: bytes, name: str) -> Object:
    try:
        located = read_json(path, content.decode())
    except UnicodeDecodeError:
        raise refused("P030", path, 0) from None
    if faults := violations(located, name):
        raise PackageRefused(tuple(faults))
    return an_object(located.value)


def _key(path: str, one: Object) -> InstanceKey:
    raw = base64.b64decode(text(one["public_key"]))
    if key_id(raw) != one["id"]:
        raise refused("P092", path, 0, key=text(one["id"]), publisher=text(one["publisher"]))
    return InstanceKey(text(one["publisher"]), text(one["id"]), raw, _moment(one["revoked_at"]))


def _package(one: Object) -> OfferedPackage:
    publisher = an_object(one["publisher"])
    releases = sorted(
        map(_release, objects(one["releases"])),
        key=lambda release: [int(part) for part in release.version.split(".")],
        reverse=True,
    )
    return OfferedPackage(
        publisher=text(publisher["code"]),
        publisher_name=text(publisher["name"]),
        id=text(one["id"]),
        name=words(one["name"]),
        is_synthetic=one.get("synthetic") is True,
        releases=tuple(releases),
    )


def _release(one: Object) -> OfferedRelease:
    withdrawn = one["withdrawn"]
    return OfferedRelease(
        version=text(one["version"]),
        digest=text(one["digest"]),
        key=text(one["key"]),
        size=whole(one["size"]),
        archive=text(one["archive"]),
        is_withdrawn=withdrawn is not None,
        reason=text(an_object(withdrawn)["reason"]) if withdrawn is not None else "",
    )


def _change(one: Object) -> OfferedChange:
    base = an_object(one["base"])
    return OfferedChange(
        publisher=text(one["publisher"]),
        package=text(one["package"]),
        base_version=text(base["version"]),
        base_digest=text(base["digest"]),
        adopter=text(one["adopter"]),
        title=text(one["title"]),
        why=text(one["why"]),
        digest=text(one["digest"]),
        offered_at=datetime.fromisoformat(text(one["offered_at"])),
        archive=text(one["archive"]),
    )


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(text(value))
