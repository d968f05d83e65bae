"""`package list --from` and `package pull`: packages of another Living Lab instance, without the database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from django.utils import translation

from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries import instances
from livinglab.packages.queries.check import check_files, sentence

_language = click.option(
    "--language", type=click.Choice(["en", "id"]), default="en", help="The language of what is found."
)


@click.command("list")
@click.option("--from", "address", required=True, metavar="URL", help="The address of the other instance.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@_language
def list_packages(address: str, *, as_json: bool, language: str) -> None:
    """List the packages that another instance offers: identity, version, key, digest and name of each release."""
    with _said_in(language):
        index = instances.index_of(address, instances.reach_here())
    rows = [
        (package, release)
        for package in index.packages
        for release in package.releases
        if not release.is_withdrawn
    ]
    if as_json:
        click.echo(json.dumps([_row(*one) for one in rows], ensure_ascii=False, indent=2))
        return
    for package, release in rows:
        name = package.name.en if language == "en" and package.name.en else package.name.id
        click.echo(f"{package.identity}@{release.version}  {release.key}  {release.digest}  {name}")


@click.command()
@click.argument("address", metavar="URL")
@click.argument("wanted", metavar="CODE/ID[@VERSION]")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The zip file to write; ID-VERSION.zip by default."
)
@click.option(
    "--key", "pinned", default="", metavar="KEY", help="The id of the key that must have signed it."
)
@_language
def pull(address: str, wanted: str, *, out: Path | None, pinned: str, language: str) -> None:
    """Pull a package from another instance, the newest version by default, and verify digest and signature.

    The key is one that the instance itself publishes. Compare its id with what the publisher told you another way, and
    name it with --key from then on. What the checks find is said and refuses the package where it is an error.
    """
    identity, _at, version = wanted.partition("@")
    with _said_in(language):
        found = instances.pull(address, identity, version, instances.reach_here())
        if pinned and pinned != found.key.id:
            _refuse(f"{identity} is signed with the key {found.key.id}, not with {pinned}.")
        report = check_files(found.files)
        if not report.is_sound:
            raise PackageRefused(report.faults)
    manifest = found.package.manifest
    path = out or Path(f"{manifest.id}-{manifest.version}.zip")
    try:
        with path.open("xb") as opened:
            opened.write(found.content)
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    click.echo(f"{path}  {found.release.digest}  {found.key.id}")


def _row(package: instances.OfferedPackage, release: instances.OfferedRelease) -> dict[str, str]:
    return {
        "package": package.identity,
        "version": release.version,
        "digest": release.digest,
        "key": release.key,
        "name": package.name.id,
    }


@contextmanager
def _said_in(language: str) -> Iterator[None]:
    """Say why another instance's answer is refused, and end with status 1."""
    with translation.override(language):
        try:
            yield
        except instances.NotFetched as error:
            _refuse(instances.reason(error))
        except PackageRefused as refused:
            _refuse(*(f"{one.path}:{one.line}: {one.code}: {sentence(one)}" for one in refused.faults))


def _refuse(*lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(1)
