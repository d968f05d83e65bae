"""The command line. `./livinglab --help` shows it; every context adds its own commands."""

import json
import os
import sys
from importlib import import_module

import click
import django

import livinglab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings")


class _Answering(click.Group):
    """Says with --json also on stdout, as JSON, what is wrong with the command line itself."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["livinglab.as_json"] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if ctx.meta["livinglab.as_json"]:
                text = json.dumps({"error": error.format_message()}, ensure_ascii=False)
                click.echo(text.encode("utf-8", "backslashreplace"))
            raise


@click.group(
    cls=_Answering, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(livinglab.__version__, prog_name="livinglab")
def cli() -> None:
    """Living Lab: measure, compare and imitate digital government.

    With --json a command prints one JSON document on stdout and nothing else; progress and errors go to
    stderr. Exit status 2 means that the input was refused.
    """


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date (needs DATABASE_OWNER_URL)."""
    from django.conf import settings
    from django.core.management import call_command

    if "owner" not in settings.DATABASES:
        raise click.UsageError("DATABASE_OWNER_URL is not set: tables are changed by the owner role only")
    call_command("migrate", database="owner", interactive=False, verbosity=0, stdout=sys.stderr)


@cli.command()
def static() -> None:
    """Collect and compress the static files."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=sys.stderr)


@cli.command("load-reference")
def load_reference() -> None:
    """Load organisations, published results and services from reference/; in demo mode also demo people."""
    from livinglab.config.reference import load_everything

    load_everything()


@cli.command("demo-sign-ins")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def demo_sign_ins(*, as_json: bool) -> None:
    """Show how to sign in as the synthetic demo people."""
    from livinglab.config.demo import sign_ins

    rows = sign_ins()
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['email']:44} {row['password']}   {row['role']}, {row['organization']}")


@cli.command()
def worker() -> None:
    """Run the jobs: events between contexts, reminders, projections."""
    from django.core.management import call_command

    call_command("procrastinate", "worker")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def backup(arguments: tuple[str, ...]) -> None:
    """Back up the database, its log and the files kept: --to DIR [--log-only]."""
    raise _of_the_launcher("backup")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def restore(arguments: tuple[str, ...]) -> None:
    """Make a data folder as it was at a moment: --from DIR --data NEW [--at 2026-11-22T15:30+07:00]."""
    raise _of_the_launcher("restore")


def _of_the_launcher(name: str) -> click.UsageError:
    return click.UsageError(f"`./livinglab {name}` starts and stops the database: call it by that file")


def main() -> None:
    """This function will run the command line with every context's commands."""
    django.setup()
    from django.conf import settings

    for name in ("config", *settings.CONTEXTS):
        if (settings.PACKAGE / name / "commands.py").exists():
            for command in import_module(f"livinglab.{name}.commands").COMMANDS:
                cli.add_command(command)
    cli(prog_name="livinglab")


if __name__ == "__main__":
    main()
