"""Docs that cannot rot: what is not written down fails here."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from django.conf import settings

from livinglab.config.cli import cli
from livinglab.kernel.events import subscriptions
from tests.kernel.listener import events_of

DOCS = Path(settings.ROOT) / "docs"


def _commands(group: click.Group, prefix: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}"


@pytest.fixture(scope="module")
def commands() -> list[str]:
    for name in ("config", *settings.CONTEXTS):
        if (settings.PACKAGE / name / "commands.py").exists():
            for command in import_module(f"livinglab.{name}.commands").COMMANDS:
                cli.add_command(command)
    return sorted(_commands(cli))


def test_every_command_is_documented(commands: list[str]) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"`{name}" not in text] == []


def test_every_documented_command_exists(commands: list[str]) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8").split("## Events")[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([a-z-]+(?: [a-z-]+)?)", row.split(" | ")[0])]
    assert [name for name in named if name not in commands] == []


def test_every_event_handler_is_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    missing = [
        one.name
        for one in subscriptions()
        if f"`{one.name}`" not in text or f"`{one.event.name}`" not in text
    ]
    assert missing == []


@pytest.mark.parametrize("context", ["evaluations", "evidence"])
def test_every_event_of_the_work_on_evaluations_is_documented(context: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    events = events_of(import_module(f"livinglab.{context}.events"))
    assert len(events) > 5
    assert [one.name for one in events if f"| `{one.name}` |" not in text] == []


def test_every_context_stands_on_the_map() -> None:
    text = (Path(settings.ROOT) / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [name for name in settings.CONTEXTS if f"| `{name}` |" not in text] == []
    assert len(text.splitlines()) < 200


def test_every_decision_is_numbered_once() -> None:
    numbers = [path.name[:4] for path in sorted((DOCS / "adr").glob("*.md"))]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


def test_the_glossary_names_every_role() -> None:
    roles = import_module("livinglab.organizations.queries").Role
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    ours = {"agency_officer", "province", "ministry", "administrator"}  # plain English words
    assert [role.value for role in roles if role.value not in ours and role.value not in text] == []


def test_a_ministers_decrees_are_spelt_one_way() -> None:
    spelling = re.compile(r"\b(kep|per)men[ -]?pan[ -]?rb\b", re.IGNORECASE)
    folders = ("docs", "instruments", "reference", "src", "tests")
    paths = [path for folder in folders for path in sorted((settings.ROOT / folder).rglob("*"))]
    texts = [path for path in paths if path.suffix in {".csv", ".html", ".md", ".po", ".py", ".yaml"}]
    found = {one[0] for path in texts for one in spelling.finditer(path.read_text(encoding="utf-8"))}
    assert found == {"KepmenPANRB", "PermenPANRB"}
