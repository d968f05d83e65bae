"""What a package needs while it runs: expressions and rules by ZEN, texts by Jinja and CommonMark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from livinglab.packages.adapters import expressions, markdown, markup, rules, templates
from livinglab.packages.domain.bookings import InventedPlaces, Places, Terms
from livinglab.packages.domain.expressions.tokens import ExpressionRefused
from livinglab.packages.domain.package import Package
from livinglab.packages.domain.publications import SERIES
from livinglab.packages.domain.running.refusals import BrokenPackage
from livinglab.packages.domain.running.state import Decision, Text
from livinglab.packages.domain.tables import Table

LANGUAGES = ("id", "en")

#: gives the next number of a register's series at a local moment
Count = Callable[[str, datetime], int]
#: gives the address of what is published under a number
Address = Callable[[str], str]
#: where nothing is published: a scenario, a trial (RFC 2606 keeps the name free)
_NOWHERE = "https://portal.example/publications/"


@dataclass(frozen=True, slots=True)
class PackageKit:
    """The kit of one package; without a register its numbers count within the case, and places are invented."""

    package: Package
    count: Count | None = None
    counted: Places | None = None
    address: Address | None = None

    def holds(self, condition: str, names: Mapping[str, object]) -> bool:
        """This function will tell whether a condition holds. Errors: `BrokenPackage`."""
        try:
            return expressions.holds(condition, names)
        except (ExpressionRefused, expressions.Unevaluable):
            raise BrokenPackage("expression", condition) from None

    def decide(self, table: Table, names: Mapping[str, object]) -> Decision:
        """This function will return what a rule gives. Errors: `BrokenPackage`."""
        try:
            return rules.decide(table, names)
        except (ExpressionRefused, expressions.Unevaluable):
            raise BrokenPackage("expression", table.path) from None

    def message(self, message: str, names: Mapping[str, object]) -> Mapping[str, Text]:
        """This function will return a message in the languages that the package has. Errors: `BrokenPackage`."""
        return {
            language: markdown.to_text(templates.render_message(found.text, names, language))
            for language in LANGUAGES
            if (found := self.package.messages.get((message, language)))
        }

    def document(self, document: str, names: Mapping[str, object]) -> Mapping[str, str]:
        """This function will return a document in the languages that the package has. Errors: `BrokenPackage`."""
        letterhead = _letterhead(names)
        return {
            language: markup.safe(
                templates.render_document(found.text, names, language), letterhead=letterhead
            )
            for language in LANGUAGES
            if (found := self.package.documents.get((document, language)))
        }

    def number(self, series: str, at: datetime, nth: int) -> str:
        """This function will return a number such as `SKTM/1/2026`."""
        return f"{series}/{self.count(series, at) if self.count else nth}/{at.year}"

    def places(self, terms: Terms) -> Places:
        """This function will return what counts places: the region's own, else invented visitors."""
        return self.counted if self.counted is not None else InventedPlaces(terms)

    def publication(self, at: datetime, nth: int) -> tuple[str, str]:
        """This function will return a number such as `2026-1`, and the address of what is published under it."""
        number = f"{at.year}-{self.count(SERIES, at) if self.count else nth}"
        return number, self.address(number) if self.address else f"{_NOWHERE}{number}/"


def _letterhead(names: Mapping[str, object]) -> tuple[str, ...]:
    """This function will return the lines of the first letterhead among the parameters."""
    parameters = names["param"]
    for value in parameters.values() if isinstance(parameters, Mapping) else ():
        lines = value.get("lines") if isinstance(value, Mapping) else None
        if isinstance(lines, list | tuple):
            return tuple(str(line) for line in lines)
    return ()
