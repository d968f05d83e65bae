"""A whole package, read once at the border into typed values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from livinglab.packages.domain.form import Form
from livinglab.packages.domain.manifest import Manifest
from livinglab.packages.domain.process import Diagram
from livinglab.packages.domain.scenarios import Scenario
from livinglab.packages.domain.tables import Table


@dataclass(frozen=True, slots=True)
class Template:
    """A document or message in one language: its path and text."""

    id: str
    path: str
    language: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package whose files could all be read. `files` are its content by path, without signature and publiccode."""

    files: Mapping[str, bytes] = field(repr=False)
    manifest: Manifest
    form: Form
    tasks: Mapping[str, Form]
    diagram: Diagram
    rules: Mapping[str, Table]
    documents: Mapping[tuple[str, str], Template]  # by id and language
    messages: Mapping[tuple[str, str], Template]  # by id and language
    scenarios: Mapping[str, Scenario]
    lines: Mapping[str, Mapping[tuple[str | int, ...], int]] = field(default_factory=dict, repr=False)

    def line(self, path: str, *place: str | int) -> int:
        """This function will return the line of a part of a YAML or JSON file, or of the nearest part around it."""
        known = self.lines.get(path, {})
        while place and place not in known:
            place = place[:-1]
        return known.get(place, 0)
