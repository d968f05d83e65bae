"""The ledger of many hands: what actions cost, what is given with a paper, what is promised, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from livinglab.actions.domain.kinds import Payer


@dataclass(frozen=True, slots=True)
class Gift:
    """One contribution in whole rupiah. It counts once it has its paper; a withdrawn one is nothing."""

    payer: Payer
    rupiah: int
    has_paper: bool
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, in whole rupiah: `counted` with its paper, `promised` without."""

    counted: int = 0
    promised: int = 0

    @property
    def whole(self) -> int:
        """Both together."""
        return self.counted + self.promised

    def __add__(self, other: "Given") -> "Given":
        return Given(self.counted + other.counted, self.promised + other.promised)


@dataclass(frozen=True, slots=True)
class Balance:
    """A cost against what was given, in whole rupiah. `cost` is None while nobody knows it."""

    cost: int | None
    given: Given

    @property
    def gap(self) -> int:
        """What nobody has promised yet; nothing where the cost is unknown or more than covered."""
        return max(0, (self.cost or 0) - self.given.whole)

    @property
    def excess(self) -> int:
        """What was given above the cost; nothing while the cost is unknown."""
        return 0 if self.cost is None else max(0, self.given.whole - self.cost)


def given_by(gifts: Iterable[Gift]) -> Mapping[Payer, Given]:
    """This function will return what each payer gave, payers in their order; those who gave nothing are left out."""
    sums: dict[Payer, Given] = {}
    for gift in gifts:
        if not gift.is_withdrawn:
            one = Given(gift.rupiah, 0) if gift.has_paper else Given(0, gift.rupiah)
            sums[gift.payer] = sums.get(gift.payer, Given()) + one
    return {payer: sums[payer] for payer in Payer if payer in sums}


def total(sums: Iterable[Given]) -> Given:
    """This function will return sums added up."""
    whole = Given()
    for one in sums:
        whole = whole + one
    return whole
