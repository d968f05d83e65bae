"""One contract, two places: the same promises from a folder and from an S3-compatible server."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from livinglab.evidence.adapters.local_storage import LocalStorage
from livinglab.evidence.adapters.s3_signature import Credentials, Request, signed_headers
from livinglab.evidence.adapters.s3_storage import S3Storage
from livinglab.evidence.adapters.storage import NotStored, Storage, StorageFailed, checked, key_of
from tests.evidence.s3_server import BUCKET, KEYS, Server, s3_server

SIAK = UUID("01930000-0000-7000-8000-000000001408")
CONTENT = b"%PDF-1.7 invented"
SHA = hashlib.sha256(CONTENT).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    storage: Storage
    server: Server | None


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "folder":
        yield Place(LocalStorage(tmp_path / "evidence"), None)
        return
    with s3_server() as server:
        yield Place(S3Storage(f"http://127.0.0.1:{server.server_port}", BUCKET, KEYS), server)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def read(storage: Storage, key: str) -> bytes:
    with closing(storage.open(key)) as stream:
        return stream.read()


def test_what_is_put_is_opened_again_and_put_once(place: Place, source: Path) -> None:
    key = key_of(SIAK, SHA)
    assert place.storage.put(key, source) is True
    assert read(place.storage, key) == CONTENT
    source.write_bytes(b"something else")
    assert place.storage.put(key, source) is False
    assert read(place.storage, key) == CONTENT


def test_what_was_deleted_or_never_put_is_not_there(place: Place, source: Path) -> None:
    key = key_of(SIAK, SHA)
    place.storage.delete(key)  # nothing there: nothing to say
    place.storage.put(key, source)
    place.storage.delete(key)
    with pytest.raises(NotStored):
        place.storage.open(key)


def test_everything_stored_is_listed_with_its_moment(place: Place, source: Path) -> None:
    keys = [key_of(SIAK, f"{n:064x}") for n in range(5)]
    for key in keys:
        place.storage.put(key, source)
    found = list(place.storage.stored())
    assert [one.key for one in found] == keys
    now = datetime.now(UTC)  # noqa: TID251  files carry the moment of the machine
    assert all(
        one.since.tzinfo and now - timedelta(days=400) < one.since <= now + timedelta(days=400)
        for one in found
    )


@pytest.mark.parametrize(
    "key",
    [
        "",
        "../secret",
        f"{SIAK}/../../x",
        f"{SIAK}/{SHA}/x",
        f"{SIAK}/{SHA}\n",
        f"/{SIAK}/{SHA}",
        f"{SIAK}/{SHA.upper()}",
    ],
)
def test_a_key_that_we_did_not_make_is_refused(place: Place, source: Path, key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        place.storage.put(key, source)
    with pytest.raises(ValueError, match="no key"):
        place.storage.open(key)
    with pytest.raises(ValueError, match="no key"):
        place.storage.delete(key)


def test_a_preview_lies_beside_its_file() -> None:
    assert key_of(SIAK, SHA, preview=3) == f"{SIAK}/{SHA}.3.webp"
    assert checked(key_of(SIAK, SHA, preview=3))


def test_a_write_that_breaks_off_leaves_nothing(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = LocalStorage(tmp_path / "evidence")

    def broken(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageFailed, match="No space left"):
        storage.put(key_of(SIAK, SHA), source)
    assert [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == []


def test_a_file_that_is_half_written_is_neither_listed_nor_opened(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "evidence")
    (tmp_path / "evidence" / str(SIAK)).mkdir(parents=True)
    (tmp_path / "evidence" / str(SIAK) / ".abc.part").write_bytes(b"half")
    assert list(storage.stored()) == []


def test_only_the_servers_own_user_reads_the_folder(tmp_path: Path, source: Path) -> None:
    LocalStorage(tmp_path / "evidence").put(key_of(SIAK, SHA), source)
    folder = tmp_path / "evidence" / str(SIAK)
    assert (folder.stat().st_mode & 0o077, (folder / SHA).stat().st_mode & 0o077) == (0, 0)


def test_a_bucket_that_answers_badly_or_not_at_all_is_a_failure(source: Path) -> None:
    with s3_server() as server:
        storage = S3Storage(f"http://127.0.0.1:{server.server_port}", BUCKET, KEYS)
        server.is_broken = True
        with pytest.raises(StorageFailed, match="503: SlowDown"):
            storage.open(key_of(SIAK, SHA))
        server.is_broken = False
        wrong = S3Storage(storage.endpoint, BUCKET, Credentials(KEYS.access_key, "wrong", KEYS.region))
        with pytest.raises(StorageFailed, match="403"):
            wrong.put(key_of(SIAK, SHA), source)
        assert server.objects == {}
    with pytest.raises(StorageFailed, match=r"127\.0\.0\.1"):
        storage.open(key_of(SIAK, SHA))


def test_a_bucket_is_listed_page_by_page(source: Path) -> None:
    with s3_server() as server:
        storage = S3Storage(f"http://127.0.0.1:{server.server_port}", BUCKET, KEYS)
        for n in range(5):
            storage.put(key_of(SIAK, f"{n:064x}"), source)
        server.asked.clear()
        assert len(list(storage.stored())) == 5
        assert len(server.asked) == 3


def test_the_secret_key_is_never_shown() -> None:
    assert "wJalr" not in repr(S3Storage("https://s3.example", BUCKET, KEYS))


AMAZON = datetime(2013, 5, 24, tzinfo=UTC)
EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("request_", "signature"),
    [
        (
            Request(
                method="GET",
                host="examplebucket.s3.amazonaws.com",
                path="/test.txt",
                payload=EMPTY,
                query={},
                headers={"Range": "bytes=0-9"},
            ),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            Request(
                method="PUT",
                host="examplebucket.s3.amazonaws.com",
                path="/test$file.text",
                payload=hashlib.sha256(b"Welcome to Amazon S3.").hexdigest(),
                query={},
                headers={
                    "Date": "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class": "REDUCED_REDUNDANCY",
                },
            ),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            Request(
                method="GET",
                host="examplebucket.s3.amazonaws.com",
                path="/",
                payload=EMPTY,
                query={"lifecycle": ""},
                headers={},
            ),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            Request(
                method="GET",
                host="examplebucket.s3.amazonaws.com",
                path="/",
                payload=EMPTY,
                query={"prefix": "J", "max-keys": "2"},
                headers={},
            ),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
)
def test_signatures_are_those_that_amazon_publishes(request_: Request, signature: str) -> None:
    given = signed_headers(request_, KEYS, at=AMAZON)["authorization"]
    assert given.endswith(f"Signature={signature}")
