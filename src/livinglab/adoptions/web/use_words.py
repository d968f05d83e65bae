"""How much a package is used and what that proves, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.adoptions.queries.use import VersionUse, evidence_of, uses_of
from livinglab.catalogue.queries import FEWEST_CASES, prove
from livinglab.releases.queries.releases import Listing
from livinglab.ui.formats import percent
from livinglab.ui.languages import language


@dataclass(frozen=True, slots=True)
class UseLine:
    """One version at one organisation: its counts in words, and its score or what is missing to it."""

    name: str
    version: str
    counts: str
    proof: str


def use_lines(listing: Listing) -> tuple[UseLine, ...]:
    """This function will return what is counted of each version of a package at everybody who runs it."""
    uses = uses_of(listing.id)
    return tuple(UseLine(one.organization.name, one.version, _counts(one), proof_of([one])) for one in uses)


def proof_of(uses: Sequence[VersionUse]) -> str:
    """This function will return the proof score of some counts together, or how many cases are missing to it."""
    found = prove(evidence_of(uses))
    if found.score is not None:
        return _("proof score %(score)s of 100") % {"score": round(found.score * 100)}
    return ngettext(
        "no proof score: %(missing)s more real case is needed, of %(needed)s",
        "no proof score: %(missing)s more real cases are needed, of %(needed)s",
        found.cases_missing,
    ) % {"missing": found.cases_missing, "needed": FEWEST_CASES}


def proof_of_newest(listing: Listing) -> str:
    """This function will return the proof of the version on offer over all who run it, empty where none is."""
    newest = listing.newest
    if newest is None:
        return ""
    said = proof_of([one for one in uses_of(listing.id) if one.version == newest.version])
    return _("Version %(version)s: %(proof)s.") % {"version": newest.version, "proof": said}


def _counts(one: VersionUse) -> str:
    parts = [ngettext("%(num)s case", "%(num)s cases", one.cases) % {"num": one.cases}]
    if one.cases >= FEWEST_CASES:
        parts.append(_("%(share)s in time") % {"share": _share(one.kept, one.cases)})
    if one.ratings >= FEWEST_CASES:
        parts.append(
            _("%(share)s of %(num)s who answered are satisfied")
            % {"share": _share(one.satisfied, one.ratings), "num": one.ratings}
        )
    parts.append(_complaints(one))
    parts.append(_steps(one))
    return ", ".join(parts)


def _complaints(one: VersionUse) -> str:
    if one.heard < FEWEST_CASES:
        values = {"heard": one.heard, "needed": FEWEST_CASES}
        return _("no figure of complaints: %(heard)s of %(needed)s cases") % values
    words = ngettext(
        "%(num)s of %(heard)s cases with a complaint",
        "%(num)s of %(heard)s cases with complaints",
        one.complained,
    )
    return words % {"num": one.complained, "heard": one.heard}


def _steps(one: VersionUse) -> str:
    if not one.steps_claimed:
        return _("no index step of it decided yet")
    words = ngettext(
        "%(confirmed)s of %(num)s index step confirmed",
        "%(confirmed)s of %(num)s index steps confirmed",
        one.steps_claimed,
    )
    return words % {"confirmed": one.steps_confirmed, "num": one.steps_claimed}


def _share(part: int, whole: int) -> str:
    return percent(Decimal(part) / whole, language=language())
