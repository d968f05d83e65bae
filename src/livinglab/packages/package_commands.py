"""`package check`, `build`, `sign`, `verify`, `key`, `export`: packages as files, without the database."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn

import click
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from livinglab.kernel import clock
from livinglab.packages.domain.contents import SIGNATURE
from livinglab.packages.domain.faults import Fault, PackageRefused
from livinglab.packages.queries import sealing
from livinglab.packages.queries.check import Report, check_files, check_path, known_here, sentence, severity
from livinglab.packages.queries.fault_words import PARTS, SEVERITIES
from livinglab.packages.queries.reading import digest_of, parse_package, read_files

_REFUSED: Final = 2
_PATH: Final = click.Path(exists=True, path_type=Path)
_NEW: Final = click.Path(path_type=Path)
_as_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
_language = click.option(
    "--language",
    type=click.Choice(["en", "id"]),
    default="en",
    help="The language of what is found; en by default.",
)


@click.group()
def package() -> None:
    """Service packages as files: check, build, sign, verify, compare and merge them (docs/package-format.md)."""


@package.command()
@click.argument("path", type=_PATH)
@click.option("--previous", type=_PATH, help="The version before, from which this one's number must follow.")
@_language
@_as_json
def check(path: Path, *, previous: Path | None, language: str, as_json: bool) -> None:
    """Check the package at PATH: a folder, a zip file or a git repository.

    Each finding is one line, file:line: code: what to do. Exit status 1 where there is an error.
    """
    known = known_here(Path(settings.REFERENCE_DIR), Path(settings.INSTRUMENTS_DIR))
    report = check_path(path, known=known, previous=previous)
    with translation.override(language):
        if as_json:
            _print(_document(report))
        else:
            _say(report.faults)
            click.echo(_("Readiness: %(share)s %%") % {"share": report.readiness})
            if report.unmet:
                click.echo(
                    _("Not met: %(parts)s") % {"parts": ", ".join(str(PARTS[one]) for one in report.unmet)}
                )
    sys.exit(0 if report.is_sound else 1)


@package.command()
@click.argument("path", type=_PATH)
@click.option(
    "-o", "--out", required=True, type=_NEW, help="The zip file to write; it must not be there yet."
)
def build(path: Path, *, out: Path) -> None:
    """Build the zip file of the package at PATH, with publiccode.yml and, if it is signed, its signature.

    The same content gives the same file, byte for byte. A package with errors is not built.
    """
    files, report = _sound(path)
    assert report.package is not None
    _write(out, sealing.build(report.package, files.get(SIGNATURE)))
    click.echo(f"{out}  {digest_of(files)}")


@package.command()
@click.argument("path", type=_PATH)
@click.option("--key", "key", required=True, type=_PATH, help="The publisher's private key: Ed25519 in PEM.")
@click.option(
    "-o", "--out", type=_NEW, help="The zip file to write; for a folder, signature.json in it by default."
)
def sign(path: Path, *, key: Path, out: Path | None) -> None:
    """Sign the package at PATH as its publisher: signature.json in the folder, or a signed zip file."""
    if out is None and not path.is_dir():
        raise click.UsageError("a zip file is never changed: name the signed one with --out")
    _, report = _sound(path)
    assert report.package is not None
    try:
        private = sealing.private_key(key.read_bytes())
    except sealing.KeyUnusable:
        raise click.UsageError(f"{key} is no Ed25519 private key in PEM") from None
    signature = sealing.sign(report.package, private, clock.now())
    if out is None:
        (path / SIGNATURE).write_bytes(signature)
    else:
        _write(out, sealing.build(report.package, signature))
    click.echo(str(out or path / SIGNATURE))


@package.command()
@click.argument("path", type=_PATH)
@click.option(
    "--key",
    "keys",
    required=True,
    multiple=True,
    type=_PATH,
    help="A public key of the publisher, in PEM; may be repeated.",
)
@click.option(
    "--revoked",
    multiple=True,
    metavar="KEY=MOMENT",
    help="A key's id and the moment it was revoked, ISO 8601.",
)
@_language
@_as_json
def verify(path: Path, *, keys: Sequence[Path], revoked: Sequence[str], language: str, as_json: bool) -> None:
    """Verify that the package at PATH is what its publisher signed. Exit status 1 where it is not."""
    moments = dict(_revoked(revoked))
    with translation.override(language):
        try:
            files = read_files(path)
            manifest = parse_package(files).manifest
            known = [_public(key, manifest.publisher.code, moments) for key in keys]
            found = sealing.verify(files, manifest, known)
        except PackageRefused as refused:
            _refuse(refused.faults, as_json=as_json, status=1)
    said = {"publisher": found.publisher, "key": found.key, "digest": found.digest, "at": found.at}
    if as_json:
        _print({"valid": True, "id": manifest.id, "version": manifest.version, **said})
    else:
        click.echo(f"{manifest.identity} {manifest.version}  " + "  ".join(said.values()))


@package.command()
@click.argument("out", type=_NEW)
def key(out: Path) -> None:
    """Make a key pair: OUT holds the private key, readable by its owner only, and OUT.pub the public one."""
    private = sealing.new_key()
    _write(out, sealing.private_pem(private), mode=0o600)
    _write(out.with_name(f"{out.name}.pub"), sealing.public_pem(private))
    click.echo(sealing.PublicKey("", sealing.raw_public(private)).id)


@package.command()
@click.argument("folder", type=_NEW)
@click.argument("zips", nargs=-1, required=True, type=_PATH)
def export(folder: Path, zips: Sequence[Path]) -> None:
    """Write signed versions, oldest first, as a new bare git repository: one commit and one tag for each.

    Any host of git repositories can hold it; the moment of a commit is that of its signature.
    """
    editions = [_edition(path) for path in zips]
    try:
        sealing.export(folder, editions)
    except FileExistsError:
        raise click.UsageError(f"{folder} is there already; name a folder that does not exist") from None
    click.echo(str(folder))


def _edition(path: Path) -> sealing.Edition:
    files, report = _sound(path)
    if SIGNATURE not in files or report.package is None:
        raise click.UsageError(f"{path} is not signed; only published versions are exported")
    at = datetime.fromisoformat(sealing.signature(files[SIGNATURE]).at)
    manifest = report.package.manifest
    return sealing.Edition(manifest.version, manifest.publisher.code, at, files)


def _sound(path: Path) -> tuple[dict[str, bytes], Report]:
    """Return the files of a package without errors; otherwise say them and end with status 1."""
    try:
        files = read_files(path)
    except PackageRefused as refused:
        _refuse(refused.faults, as_json=False, status=1)
    report = check_files(files)
    if not report.is_sound:
        _refuse(report.faults, as_json=False, status=1)
    return files, report


def _public(path: Path, publisher: str, moments: dict[str, datetime]) -> sealing.PublicKey:
    try:
        raw = sealing.public_key(path.read_bytes())
    except sealing.KeyUnusable:
        raise click.UsageError(f"{path} is no Ed25519 public key in PEM") from None
    found = sealing.PublicKey(publisher, raw)
    return sealing.PublicKey(publisher, raw, moments.get(found.id))


def _revoked(given: Sequence[str]) -> Iterable[tuple[str, datetime]]:
    for one in given:
        name, _between, moment = one.partition("=")
        try:
            yield name, datetime.fromisoformat(moment)
        except ValueError:
            raise click.UsageError(f"--revoked {one}: write KEY=2026-11-22T06:00:00+00:00") from None


def _write(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file that was not there before; nothing is ever overwritten."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)


def _say(faults: Iterable[Fault], *, err: bool = False) -> None:
    for fault in faults:
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        click.echo(f"{place or '.'}: {fault.code} {SEVERITIES[severity(fault)]}: {sentence(fault)}", err=err)


def _refuse(faults: Sequence[Fault], *, as_json: bool, status: int) -> NoReturn:
    _say(faults, err=True)
    if as_json:
        _print({"valid": False, "faults": [_fault(one) for one in faults]})
    sys.exit(status)


def _document(report: Report) -> dict[str, object]:
    found = report.package
    identity = {} if found is None else {"id": found.manifest.identity, "version": found.manifest.version}
    digest = {} if found is None else {"digest": digest_of(found.files)}
    faults = [_fault(one) for one in report.faults]
    unmet = [part.value for part in report.unmet]
    return {
        "sound": report.is_sound,
        **identity,
        **digest,
        "readiness": report.readiness,
        "unmet": unmet,
        "faults": faults,
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "file": fault.path,
        "line": fault.line,
        "code": fault.code,
        "severity": severity(fault).value,
        "message": sentence(fault),
    }


def _print(document: object) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))
