"""The command `verify`: what the signatures of a PDF prove, without a database and without a network."""

import json
from datetime import datetime
from pathlib import Path

import click
from django.utils import translation

from livinglab.kernel import clock
from livinglab.signatures.domain.verdicts import Examination, Signature, Verdict
from livinglab.signatures.labels import VERDICTS
from livinglab.signatures.queries.examination import (
    NotReadable,
    RootsUnreadable,
    examined,
    read_roots,
    trusted_roots,
)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Roots to trust, in PEM, instead of those of this installation.",
)
@click.option(
    "--language", type=click.Choice(["en", "id"]), default="en", help="The language of the finding."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def verify(file: Path, *, trust: Path | None, language: str, as_json: bool) -> None:
    """Verify the signatures of the PDF FILE, offline.

    Says who signed and when, whether the document is intact or changed, the PAdES level (B-B, B-T, B-LT, B-LTA) and
    a verdict: valid, changed, revoked, expired, untrusted, unproven or unsigned. Exit status 1 unless it is valid.
    """
    try:
        trusted = read_roots(trust) if trust else trusted_roots()
        found = examined(file.read_bytes(), trusted=trusted, at=clock.now())
    except RootsUnreadable as wrong:
        raise click.UsageError(f"{wrong}: holds no certificate in PEM") from wrong
    except NotReadable as wrong:
        raise click.UsageError(f"{file}: is no PDF that can be read") from wrong
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        with translation.override(language):
            _say(found)
    raise SystemExit(0 if found.verdict is Verdict.VALID else 1)


def _as_json(found: Examination) -> dict[str, object]:
    shown = found.shown
    return {
        "verdict": found.verdict,
        **(_one(shown) if shown else {"signer": None, "time": None, "integrity": None, "level": None}),
        "sha256": found.sha256,
        "signatures": [{**_one(one), "verdict": one.verdict} for one in found.signatures],
    }


def _one(signature: Signature) -> dict[str, object]:
    return {
        "signer": signature.signer or None,
        "position": signature.position or None,
        "organization": signature.organization or None,
        "issuer": signature.issuer or None,
        "serial": signature.serial or None,
        "time": _moment(signature.time),
        "time_proven": signature.is_time_proven,
        "integrity": signature.integrity,
        "level": signature.level,
        "reason": signature.reason or None,
    }


def _moment(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _say(found: Examination) -> None:
    click.echo(VERDICTS[found.verdict])
    for one in found.signatures:
        who = ", ".join(part for part in (one.signer, one.position, one.organization) if part)
        said = (who, _moment(one.time), one.integrity, one.level, one.verdict, one.reason)
        click.echo("  " + "  ".join(part for part in said if part))


COMMANDS = (verify,)
