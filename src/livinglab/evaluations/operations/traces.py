"""What the audit trail is told of a change: short values as they were and are, texts by their fingerprint."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from livinglab.audit import operations as audit
from livinglab.evaluations.domain.stages import level_text

#: whose words are kept in versions (answers, drafts of scores): the trail holds their fingerprints
TEXTS: Final = frozenset({"facts", "analysis", "justification"})


def change(
    before: Mapping[str, object], after: Mapping[str, object], *, texts: Collection[str] = TEXTS
) -> dict[str, object]:
    """This function will return what differs between two states of a row, for the facts of an entry.

    {"changed": names, "before": {name: value}, "after": {name: value}}; of a name among `texts` the fingerprints.
    """
    names = [name for name, value in after.items() if before.get(name) != value]
    return {
        "changed": names,
        "before": {name: plain(before.get(name), is_text=name in texts) for name in names},
        "after": {name: plain(after[name], is_text=name in texts) for name in names},
    }


def kept_change(
    organization_id: UUID, before: Mapping[str, str], after: Mapping[str, str], *, at: datetime
) -> dict[str, object]:
    """This function will return what differs between two states of texts that their row does not keep.

    Both sides are kept beside the chain, and the facts hold their fingerprints.
    """
    names = [name for name, text in after.items() if before.get(name, "") != text]

    def kept(texts: Mapping[str, str]) -> dict[str, str]:
        return {
            name: audit.keep_text(organization_id=organization_id, text=texts.get(name, ""), at=at)
            for name in names
        }

    return {"changed": names, "before": kept(before), "after": kept(after)}


def judged(organization_id: UUID, verdict: str, note: str, *, at: datetime) -> dict[str, str]:
    """This function will return a verdict and its note for an entry's facts; the note is kept beside the chain."""
    return {
        "verdict": verdict,
        "note": audit.keep_text(organization_id=organization_id, text=note, at=at),
    }


def plain(value: object, *, is_text: bool = False) -> object:
    """This function will return a value as JSON keeps it: a level as text, a checklist in order, a fingerprint."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return level_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set | list | tuple):
        return sorted(value)
    return audit.digest(str(value)) if is_text else value
