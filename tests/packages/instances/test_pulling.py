"""Another instance is listed and a package pulled; what is tampered with, revoked, private, slow or huge is refused."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from livinglab.packages.adapters.other_instances import _is_public, instance_at
from livinglab.packages.commands import package
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.domain.federation import INDEX_PATH, Why
from livinglab.packages.queries import instances
from livinglab.packages.queries.instances import NotFetched, Reach
from livinglab.packages.queries.reading import digest_of
from livinglab.packages.queries.sealing import new_key
from tests.packages.instances import origin
from tests.packages.instances.servers import Answer, Served, served

FIRST = origin.files_of("32.11")
SECOND = origin.files_of("32.11", version="1.0.1")
ARCHIVE = origin.ARCHIVE.format(code="32.11", id="sktm", version="1.0.1")


@pytest.fixture
def there() -> Iterator[Served]:
    """An instance that publishes two versions of one package."""
    with served(origin.answers(new_key(), FIRST, SECOND)) as found:
        yield found


def refused(there: Served, version: str = "", reach: Reach | None = None) -> NotFetched:
    with pytest.raises(NotFetched) as error:
        instances.pull(there.address, "32.11/sktm", version, reach or there.reach)
    return error.value


def fault(there: Served) -> str:
    with pytest.raises(PackageRefused) as error:
        instances.pull(there.address, "32.11/sktm", "", there.reach)
    return error.value.faults[0].code


def told(there: Served, change: Callable[[dict[str, Any]], object]) -> None:
    """Let the instance tell another index."""
    index = there.index()
    change(index)
    there.tell(index)


def test_the_newest_version_is_pulled_unless_one_is_named(there: Served) -> None:
    newest = instances.pull(there.address, "32.11/sktm", "", there.reach)
    assert (newest.release.version, newest.release.digest) == ("1.0.1", digest_of(SECOND))
    assert newest.key.id == there.index()["keys"][0]["id"]  # type: ignore[index]
    older = instances.pull(there.address, "32.11/sktm", "1.0.0", there.reach)
    assert digest_of(older.files) == digest_of(FIRST)
    assert there.asked[0] == f"{INDEX_PATH}?package=32.11/sktm"


def test_a_withdrawn_version_is_not_pulled(there: Served) -> None:
    withdrawn = {"at": "2026-11-03T00:00:00Z", "reason": "Salah tarif."}
    told(there, lambda one: one["packages"][0]["releases"][1].update(withdrawn=withdrawn))
    assert instances.pull(there.address, "32.11/sktm", "", there.reach).release.version == "1.0.0"
    error = refused(there, "1.0.1")
    assert (error.why, error.said["known"]) == (Why.UNKNOWN_VERSION, "1.0.0")


def test_what_was_changed_on_the_way_is_refused(there: Served) -> None:
    good = there.answers[ARCHIVE]
    there.answers[ARCHIVE] = replace(good, body=good.body.replace(b"Surat", b"Sehat"))
    assert fault(there) == "P043"
    other = origin.answers(new_key(), origin.files_of("32.11", "reklame"))
    there.answers[ARCHIVE] = next(one for path, one in other.items() if path != INDEX_PATH)
    assert refused(there).why is Why.OTHER_CONTENT
    changed = origin.files_of("32.11", version="1.0.1")
    changed["README.md"] = b"# Lain\n"
    again = origin.answers(new_key(), changed)
    there.answers[ARCHIVE] = again[ARCHIVE]
    assert refused(there).why is Why.OTHER_CONTENT
    told(there, lambda one: one["packages"][0]["releases"][1].update(digest=digest_of(changed)))
    assert fault(there) == "P092"  # a digest that fits, by a key that the instance does not publish


def test_a_revoked_key_and_a_key_that_is_not_its_id_are_refused(there: Served) -> None:
    told(there, lambda one: one["keys"][0].update(revoked_at="2026-12-01T00:00:00Z"))
    assert fault(there) == "P093"
    told(there, lambda one: one["keys"][0].update(id="0" * 16))
    assert fault(there) == "P092"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"", status=302, headers={"Location": "http://127.0.0.1:1/"}), Why.REDIRECTED),
        (Answer(b"<p>Masuk</p>", "text/html"), Why.WRONG_KIND),
        (Answer(b"{}", headers={"Content-Encoding": "gzip"}), Why.WRONG_KIND),
        (Answer(b"{}", status=503), Why.STATUS),
        (Answer(b" " * (4 * 1024 * 1024 + 1)), Why.TOO_LARGE),
    ],
)
def test_another_answer_than_a_document_is_refused(there: Served, answer: Answer, why: Why) -> None:
    there.answers[INDEX_PATH] = answer
    assert refused(there).why is why


def test_an_answer_that_drips_is_cut_after_the_seconds_for_all_of_it(there: Served) -> None:
    there.answers[INDEX_PATH] = replace(there.answers[INDEX_PATH], drip=0.05)
    error = refused(there, reach=replace(there.reach, seconds=0.4))
    assert (error.why, error.said["seconds"]) == (Why.SLOW, "0.4")


def test_an_archive_larger_than_a_package_is_not_read_to_its_end(there: Served) -> None:
    there.answers[ARCHIVE] = Answer(b"P" * (3 * 1024 * 1024), "application/zip")
    assert refused(there).why is Why.TOO_LARGE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda one: one.update(format="livinglab-federation/2"), "P023"),
        (lambda one: one.pop("keys"), "P020"),
        (lambda one: one["packages"][0]["releases"][0].update(archive="//evil.example/x"), "P024"),
        (lambda one: one["packages"][0]["releases"][0].update(archive="https://evil.example/x"), "P024"),
    ],
)
def test_an_index_of_another_shape_is_refused_with_its_line(
    there: Served, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    told(there, change)
    assert fault(there) == code


def test_an_index_that_never_ends_is_left_after_a_hundred_pages(there: Served) -> None:
    told(there, lambda one: one.update(next=f"{INDEX_PATH}?page=2"))
    with pytest.raises(NotFetched) as error:
        instances.index_of(there.address, replace(there.reach, seconds=120))
    assert (error.value.why, len(there.asked)) == (Why.TOO_MANY_PAGES, 100)


def test_the_seconds_hold_for_all_pages_together(there: Served) -> None:
    told(there, lambda one: one.update(next=f"{INDEX_PATH}?page=2"))
    there.answers[INDEX_PATH] = replace(there.answers[INDEX_PATH], wait=0.3)
    with pytest.raises(NotFetched) as error:
        instances.index_of(there.address, replace(there.reach, seconds=0.5))
    assert (error.value.why, len(there.asked) <= 2) == (Why.SLOW, True)


def test_private_places_are_not_asked_unless_the_installation_allows_them(there: Served) -> None:
    for address in (there.address, "http://layanan.example"):
        with pytest.raises(NotFetched) as error:
            instances.index_of(address, Reach())
        assert error.value.why is Why.ADDRESS  # plain http is for allowed places alone
    for host in ("127.0.0.1", "localhost", "[::1]", "10.0.0.8", "169.254.169.254", "[::ffff:127.0.0.1]"):
        with pytest.raises(NotFetched) as error:
            instances.index_of(f"https://{host}", Reach(seconds=1))
        assert error.value.why is Why.PRIVATE, host
    assert there.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://a.example",
        "https://",
        "https://a.example/x",
        "https://u:p@a.example",
        "https://a.example:x",
    ],
)
def test_an_address_is_scheme_and_host_alone(address: str) -> None:
    with pytest.raises(NotFetched) as error:
        instance_at(address, Reach())
    assert error.value.why is Why.ADDRESS


def test_addresses_that_carry_a_private_one_are_private() -> None:
    carried = (
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fe80::1%eth0",
        "fc00::1",
        "224.0.0.1",
        "0.0.0.0",
    )
    assert [one for one in carried if _is_public(one)] == []
    assert _is_public("8.8.8.8")
    assert _is_public("2001:4860:4860::8888")


def test_the_command_line_lists_and_pulls_without_a_database(
    there: Served, tmp_path: Path, settings: Any
) -> None:
    settings.FEDERATION_ALLOWED_HOSTS = frozenset({there.place})
    run = CliRunner()
    listed = run.invoke(package, ["list", "--from", there.address, "--json"])
    assert [(one["package"], one["version"]) for one in json.loads(listed.output)] == [
        ("32.11/sktm", "1.0.1"),
        ("32.11/sktm", "1.0.0"),
    ]
    out = tmp_path / "sktm.zip"
    pulled = run.invoke(package, ["pull", there.address, "32.11/sktm@1.0.0", "--out", str(out)])
    assert pulled.exit_code == 0, pulled.output
    assert out.read_bytes() == there.answers[ARCHIVE.replace("1.0.1", "1.0.0")].body
    again = run.invoke(package, ["pull", there.address, "32.11/sktm", "--out", str(out)])
    assert (again.exit_code, "exists" in again.output) == (2, True)
    other = run.invoke(package, ["pull", there.address, "32.11/sktm", "--key", "0" * 16, "--out", f"{out}2"])
    assert (other.exit_code, "not with 0000" in other.output) == (1, True)
    settings.FEDERATION_ALLOWED_HOSTS = frozenset()
    plain = run.invoke(package, ["list", "--from", there.address])
    assert (plain.exit_code, "is not the address of an instance" in plain.output) == (1, True)
