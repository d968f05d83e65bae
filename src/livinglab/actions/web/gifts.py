"""Contributions as pages show and forms bring them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livinglab.actions.domain.kinds import GiftKind, PaperKind, Payer
from livinglab.actions.models import Contribution
from livinglab.actions.operations.ledger import GiftDraft, Paper
from livinglab.actions.web import words
from livinglab.actions.web.reading import read_day, read_rupiah

FORM: Final = ("payer", "giver", "kind", "rupiah", "what", "paper", "paper_number", "paper_date")


@dataclass(frozen=True, slots=True)
class GiftLine:
    """One contribution in words."""

    row: Contribution
    payer: str
    kind: str
    rupiah: str
    paper: str


def gift_line(row: Contribution) -> GiftLine:
    """This function will return a contribution in the reader's language."""
    return GiftLine(
        row=row,
        payer=str(words.PAYERS[Payer(row.payer)]),
        kind=str(words.GIFTS[GiftKind(row.kind)]),
        rupiah=words.rupiah(row.rupiah),
        paper=str(words.PAPERS[PaperKind(row.paper)]) if row.paper else "",
    )


def read_gift(given: Mapping[str, str]) -> GiftDraft:
    """This function will return a contribution as typed. Errors: `Unread` for a sum or a day that cannot be read."""
    return GiftDraft(
        payer=given.get("payer", ""),
        giver=given.get("giver", ""),
        kind=given.get("kind", ""),
        rupiah=read_rupiah("rupiah", given.get("rupiah", "")) or 0,
        what=given.get("what", ""),
        paper=read_paper(given),
    )


def read_paper(given: Mapping[str, str]) -> Paper:
    """This function will return a paper as typed. Errors: `Unread`."""
    day = read_day("paper_date", given.get("paper_date", ""))
    return Paper(given.get("paper", ""), given.get("paper_number", ""), day)
