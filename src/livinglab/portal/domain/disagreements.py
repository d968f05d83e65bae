"""Where sources print different figures about the same organisation and year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one organisation's index in a year."""

    code: str
    name: str
    year: int
    index: Decimal
    source: str
    reliability: str
    is_leading: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more different statements, the leading one first."""

    code: str
    name: str
    year: int
    statements: tuple[Statement, ...]

    @property
    def spread(self) -> Decimal:
        """How far the highest lies above the lowest."""
        values = [one.index for one in self.statements]
        return max(values) - min(values)


def disagreements(statements: Iterable[Statement]) -> tuple[Disagreement, ...]:
    """This function will return every organisation and year whose statements differ, newest year first.

    Statements that agree with one another are not repeated side by side unless somebody differs from them.
    """
    together: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for one in statements:
        together[one.year, one.code].append(one)
    found = [
        Disagreement(code, group[0].name, year, tuple(sorted(group, key=lambda one: not one.is_leading)))
        for (year, code), group in together.items()
        if len({one.index for one in group}) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-one.year, one.code)))
