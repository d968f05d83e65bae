"""What the runtime needs from outside: expressions, rules, texts. The adapters give it; tests may give less."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from livinglab.packages.domain.bookings import Places, Terms
from livinglab.packages.domain.running.state import Decision, Text
from livinglab.packages.domain.tables import Table


class Kit(Protocol):
    """Evaluates and renders for one package."""

    def holds(self, condition: str, names: Mapping[str, object]) -> bool:
        """This function will tell whether a condition holds."""

    def decide(self, table: Table, names: Mapping[str, object]) -> Decision:
        """This function will return what a rule gives."""

    def message(self, message: str, names: Mapping[str, object]) -> Mapping[str, Text]:
        """This function will return a message by language."""

    def document(self, document: str, names: Mapping[str, object]) -> Mapping[str, str]:
        """This function will return a document by language, as safe HTML."""

    def number(self, series: str, at: datetime, nth: int) -> str:
        """This function will return the number of a document: the nth of its case, issued at a local moment."""

    def places(self, terms: Terms) -> Places:
        """This function will return what counts the places of a step that books."""

    def publication(self, at: datetime, nth: int) -> tuple[str, str]:
        """This function will return number and address of what is published: the nth of its case, at a local moment."""
