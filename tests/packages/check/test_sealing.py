"""What is built, signed, exported and verified: only what its publisher signed, with a key that counts."""

import hashlib
import json
import subprocess
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.packages.adapters.git_objects import ObjectStore
from livinglab.packages.domain.contents import digest_of, listing
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries import sealing
from livinglab.packages.queries.reading import parse_package, read_files, read_zip
from tests.packages.check.kit import FILES, SKTM, edited

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PACKAGE = parse_package(FILES)
PRIVATE = sealing.private_key(
    b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
"""
)
KEY = sealing.PublicKey("99.71", sealing.raw_public(PRIVATE))
SEAL = sealing.sign(PACKAGE, PRIVATE, AT)
SIGNED = {**FILES, "signature.json": SEAL}


def code_of(files: dict[str, bytes], *keys: sealing.PublicKey, recorded_at: datetime | None = None) -> str:
    """The code with which files are refused; empty where they are what was signed."""
    try:
        manifest = parse_package(files).manifest
        sealing.verify(files, manifest, keys, recorded_at=recorded_at)
    except PackageRefused as refused:
        return refused.faults[0].code
    return ""


def test_the_digest_is_what_sha256sum_says() -> None:
    written = subprocess.run(
        f"cd {SKTM} && LC_ALL=C sha256sum $(find . -type f | sed 's,^./,,' | LC_ALL=C sort) | sha256sum",
        shell=True,
        capture_output=True,
        check=True,
        text=True,
    )
    assert digest_of(read_files(SKTM)) == f"sha256:{written.stdout.split()[0]}"
    assert listing(FILES).count("\n") == len(FILES)


def test_signature_and_publiccode_are_no_part_of_the_digest() -> None:
    assert digest_of({**SIGNED, "publiccode.yml": b"a"}) == digest_of(FILES)


def test_what_was_signed_verifies() -> None:
    assert code_of(SIGNED, KEY) == ""
    assert json.loads(SEAL)["key"] == KEY.id
    assert json.loads(SEAL)["at"] == "2026-11-22T06:00:00Z"


def test_the_private_key_of_the_rfc_has_the_public_key_of_the_rfc() -> None:
    # RFC 8032, section 7.1, test 1
    raw = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert KEY.raw == raw


def test_an_unsigned_package_is_refused() -> None:
    assert code_of(dict(FILES), KEY) == "P090"


def test_a_file_changed_added_or_taken_away_after_signing_is_refused() -> None:
    assert (
        code_of({**edited("messages/granted.id.md", "Surat", "Kartu"), "signature.json": SEAL}, KEY) == "P091"
    )
    assert code_of({**SIGNED, "README.md": b"a\n"}, KEY) == "P091"
    assert (
        code_of({path: one for path, one in SIGNED.items() if path != "messages/granted.en.md"}, KEY)
        == "P091"
    )


def test_a_wrong_digest_in_the_signature_is_refused() -> None:
    said = {**json.loads(SEAL), "digest": f"sha256:{'0' * 64}"}
    assert code_of({**FILES, "signature.json": json.dumps(said).encode()}, KEY) == "P091"


def test_an_unknown_key_and_anothers_key_are_refused() -> None:
    other = sealing.PublicKey("99.71", sealing.raw_public(sealing.new_key()))
    assert code_of(SIGNED) == "P092"
    assert code_of(SIGNED, other) == "P092"
    assert code_of(SIGNED, sealing.PublicKey("99.72", KEY.raw)) == "P092"


def test_a_signature_of_something_else_is_refused() -> None:
    later = {**json.loads(SEAL), "at": "2026-11-22T06:00:01Z"}
    assert code_of({**FILES, "signature.json": json.dumps(later).encode()}, KEY) == "P094"


def test_a_signature_of_another_publisher_is_refused() -> None:
    said = {**json.loads(SEAL), "publisher": "99.72"}
    assert code_of({**FILES, "signature.json": json.dumps(said).encode()}, KEY) == "P095"


def test_a_revoked_key_counts_only_for_what_was_recorded_before() -> None:
    revoked = sealing.PublicKey("99.71", KEY.raw, AT + timedelta(days=1))
    assert code_of(SIGNED, revoked) == "P093"
    assert code_of(SIGNED, revoked, recorded_at=AT + timedelta(days=1)) == "P093"
    assert code_of(SIGNED, revoked, recorded_at=AT + timedelta(hours=1)) == ""


def test_a_signature_that_does_not_follow_its_schema_is_refused_by_line() -> None:
    broken = SEAL.replace(b'"publisher"', b'"author"')
    with pytest.raises(PackageRefused) as refused:
        sealing.verify({**FILES, "signature.json": broken}, PACKAGE.manifest, [KEY])
    assert {(one.path, one.line, one.code) for one in refused.value.faults} == {
        ("signature.json", 1, "P020"),
        ("signature.json", 2, "P021"),
    }


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10_000), st.integers(1, 255))
def test_no_changed_byte_goes_unseen(path: str, place: int, change: int) -> None:
    content = bytearray(FILES[path])
    content[place % len(content)] ^= change
    assert digest_of({**FILES, path: bytes(content)}) != digest_of(FILES)


def test_the_same_package_is_built_to_the_same_bytes() -> None:
    assert sealing.build(PACKAGE, SEAL) == sealing.build(parse_package(dict(reversed(FILES.items()))), SEAL)
    built = read_zip(sealing.build(PACKAGE, SEAL))
    assert code_of(built, KEY) == ""
    assert built.keys() - FILES.keys() == {"publiccode.yml", "signature.json"}


def test_publiccode_says_what_the_package_says() -> None:
    found = yaml.safe_load(read_zip(sealing.build(PACKAGE, SEAL))["publiccode.yml"])
    assert (found["name"], found["softwareVersion"], found["releaseDate"]) == (
        "Surat Keterangan Tidak Mampu",
        "1.0.0",
        "2026-11-22",
    )
    assert (found["publiccodeYmlVersion"], found["developmentStatus"]) == ("0.5", "concept")
    assert set(found["description"]) == {"id", "en"}
    assert all(150 <= len(one["longDescription"]) <= 10_000 for one in found["description"].values())
    assert "releaseDate" not in yaml.safe_load(read_zip(sealing.build(PACKAGE))["publiccode.yml"])


def _editions() -> list[sealing.Edition]:
    later = parse_package(
        {
            **edited("package.yaml", "version: 1.0.0", "version: 1.0.1"),
            "CHANGELOG.md": FILES["CHANGELOG.md"].replace(b"## 1.0.0", b"## 1.0.1\n\n- Kata.\n\n## 1.0.0"),
        }
    )
    return [
        sealing.Edition(one.manifest.version, "99.71", AT + timedelta(days=day), read_zip(sealing.build(one)))
        for day, one in enumerate((PACKAGE, later))
    ]


def test_an_exported_repository_reads_back_at_each_version(tmp_path: Path) -> None:
    first, second = _editions()
    sealing.export(tmp_path / "repository", [first, second])
    assert read_files(tmp_path / "repository") == second.files
    assert sealing.at_version(tmp_path / "repository", "1.0.0") == first.files
    sealing.export(tmp_path / "again", [first, second])
    names = sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    assert all(
        (tmp_path / "again" / n).read_bytes() == (tmp_path / "repository" / n).read_bytes() for n in names
    )
    with pytest.raises(FileExistsError):
        sealing.export(tmp_path / "again", [first])


def test_git_itself_reads_what_we_write_and_we_read_what_it_packs(tmp_path: Path) -> None:
    first, second = _editions()
    sealing.export(tmp_path / "repository", [first, second])

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(tmp_path / "repository"), *arguments],
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout + done.stderr

    git("fsck", "--strict")
    assert git("tag").split() == ["v1.0.0", "v1.0.1"]
    assert git("log", "--format=%s %an").split("\n")[:2] == ["1.0.1 99.71", "1.0.0 99.71"]
    git("gc", "--aggressive", "--prune=now")
    assert list((tmp_path / "repository" / "objects" / "pack").glob("*.pack"))
    assert read_files(tmp_path / "repository") == second.files
    assert sealing.at_version(tmp_path / "repository", "1.0.0") == first.files


def test_a_damaged_repository_is_refused(tmp_path: Path) -> None:
    sealing.export(tmp_path / "repository", _editions())
    blob = max((tmp_path / "repository" / "objects").rglob("*/*"), key=lambda path: path.stat().st_size)
    blob.write_bytes(blob.read_bytes()[:-20])
    with pytest.raises(PackageRefused) as refused:
        read_files(tmp_path / "repository")
    assert [one.code for one in refused.value.faults] == ["P045"]


@pytest.mark.parametrize("ref", ["../../../etc/passwd", "refs/heads/../../HEAD", "refs/heads/ghost", ""])
def test_a_reference_that_leads_elsewhere_is_refused(tmp_path: Path, ref: str) -> None:
    sealing.export(tmp_path / "repository", _editions()[:1])
    (tmp_path / "repository" / "HEAD").write_text(f"ref: {ref}\n")
    with pytest.raises(PackageRefused) as refused:
        read_files(tmp_path / "repository")
    assert [one.code for one in refused.value.faults] == ["P045"]


def test_a_key_file_that_holds_no_key_is_refused() -> None:
    for content in (b"", b"-----BEGIN PRIVATE KEY-----\n", sealing.public_pem(PRIVATE)):
        with pytest.raises(sealing.KeyUnusable):
            sealing.private_key(content)
    with pytest.raises(sealing.KeyUnusable):
        sealing.public_key(sealing.private_pem(PRIVATE))


def _repository_with(tmp_path: Path, mode: bytes, name: bytes, content: bytes) -> Path:
    """A bare repository whose only commit holds one entry, made by hand."""
    objects = tmp_path / "repository" / "objects"

    def stored(kind: str, body: bytes) -> str:
        whole = f"{kind} {len(body)}\0".encode() + body
        key = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
        (objects / key[:2]).mkdir(parents=True, exist_ok=True)
        (objects / key[:2] / key[2:]).write_bytes(zlib.compress(whole))
        return key

    blob = bytes.fromhex(stored("blob", content))
    tree = stored("tree", mode + b" " + name + b"\0" + blob)
    commit = stored("commit", f"tree {tree}\n\nmade\n".encode())
    (tmp_path / "repository" / "HEAD").write_text(commit + "\n")
    return tmp_path / "repository"


@pytest.mark.parametrize(
    ("mode", "name", "code"),
    [
        (b"120000", b"README.md", "P029"),
        (b"160000", b"README.md", "P029"),
        (b"100644", b"../outside.md", "P004"),
        (b"100644", b"/etc/passwd", "P003"),
        (b"100755", b"run.sh", "P005"),
    ],
)
def test_a_link_a_submodule_and_a_name_that_leaves_a_repository_are_refused(
    tmp_path: Path, mode: bytes, name: bytes, code: str
) -> None:
    with pytest.raises(PackageRefused) as refused:
        read_files(_repository_with(tmp_path, mode, name, b"a"))
    assert (name.decode(), code) in {(one.path, one.code) for one in refused.value.faults}


def test_an_object_that_grows_to_a_gigabyte_is_refused_before_it_does(tmp_path: Path) -> None:
    path = _repository_with(tmp_path, b"100644", b"package.yaml", b"\0" * (32 << 20))
    objects = ObjectStore(path / "objects")
    blob = hashlib.sha1(b"blob %d\0" % (32 << 20) + b"\0" * (32 << 20), usedforsecurity=False).hexdigest()
    with pytest.raises(PackageRefused) as refused:
        objects.get(blob)
    assert [one.code for one in refused.value.faults] == ["P045"]
