"""What becomes of each field when the data of a case is deleted. The table is the rule; tests hold the writes to it.

UU 27/2022 article 8: whoever the data is about may have it deleted; articles 43 and 44: whoever keeps it deletes and
destroys it, at the end of its time and on request, unless another law has it kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from livinglab.casework.domain.retention import kept_until

#: how long the region takes at most to answer who asks for deletion. UU 27/2022 names three times 24 hours for other
#: requests (article 40, a consent that is taken back); that it is as long here is our choice
ANSWERED_WITHIN: Final = timedelta(hours=3 * 24)
#: grounds (UU 27/2022 article 20) on which nothing but the applicant's will keeps the data: deleted when they ask
AT_ONCE: Final = frozenset({"consent"})
#: characters of why a request is refused
LONGEST_ANSWER: Final = 1_000
#: cases whose data one transaction deletes
BATCH: Final = 200


class Fate(StrEnum):
    """What becomes of a field, or of a whole row."""

    DELETED = "deleted"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of a field when the data of its case is deleted, and why."""

    fate: Fate
    why: str


def _gone(*names: str) -> dict[str, Policy]:
    return {
        name: Policy(Fate.DELETED, "said by the applicant, or written to or about them") for name in names
    }


def _kept(why: str, *names: str) -> dict[str, Policy]:
    return {name: Policy(Fate.KEPT, why) for name in names}


_FIGURES: Final = "the figures of the service; names nobody"
_OFFICIAL: Final = "which official acted: proves who decided"
_REGISTER: Final = "the register counts without gaps"
_ADDRESS: Final = "lets the applicant's address say that the data was deleted"
_OWN: Final = "says in the applicant's own list that it was deleted; goes with their account"

#: by model and field. A row that is deleted whole has all its fields deleted
POLICIES: Final[Mapping[str, Mapping[str, Policy]]] = {
    "casework.Draft": _gone("answers", "applicant", "helped_by", "unit_code", "secret", "case_id"),
    "casework.Case": {
        **_gone("email", "phone", "state", "applicant"),
        **_kept(_OFFICIAL, "helped_by"),
        **_kept(_REGISTER, "number"),
        **_kept(_FIGURES, "unit_code", "outcome", "agencies"),
        **_kept(_ADDRESS, "secret", "key"),
    },
    "casework.Step": {
        **_kept(_OFFICIAL, "by"),
        **_kept(
            "which step was taken when, for durations; no answer stands in it", "what", "on", "role", "key"
        ),
    },
    "casework.Task": _gone("assignee", "taken_from", "node", "lane", "unit_code", "place", "agency_id"),
    "casework.Booking": _gone("step", "counter"),
    "casework.Ring": _gone("case_id"),
    "casework.Message": _gone("texts", "message"),
    "casework.Delivery": {},
    "casework.Paper": {
        **_gone("pages"),
        **_kept(_OFFICIAL, "signed_by", "signer"),
        **_kept(_REGISTER, "unit_code", "document", "number", "office"),
    },
    "casework.Attachment": _gone("name", "uploaded_by", "form", "question", "sha256"),
    "casework.Publication": {
        **_gone("case_id"),
        **_kept(
            "was written by an office for everybody, names no applicant, and stays public until it is withdrawn",
            *("number", "kind", "package", "names", "step", "title", "description", "keeper", "licence"),
            *("frequency", "document_type", "document_number", "status", "related", "link"),
            *("sha256", "content_type", "file_name"),
        ),
        **_kept("why it was withdrawn, as everybody reads it", "reason"),
        **_kept(_OFFICIAL, "withdrawn_by"),
    },
    "casework.OutsideCall": {**_gone("reason"), **_kept("a fingerprint of the question", "digest")},
    "casework.Bill": {
        **_gone("code"),
        **_kept("the payment system's number of public money that was paid", "reference"),
    },
    "casework.OwnCase": {
        **_gone("papers"),
        **_kept(_OWN, "applicant", "number", "case_id", "names", "outcome"),
    },
    "casework.Disposition": {
        **_gone("instruction"),
        **_kept(_OFFICIAL, "by"),
        **_kept(_FIGURES, "lane", "node", "agency_id", "before_id"),
    },
    "casework.Reopening": {**_gone("reason"), **_kept(_FIGURES, "node", "outcome")},
    "casework.Erasure": {**_gone("reason"), **_kept(_OFFICIAL, "decided_by")},
    "casework.CaseFact": _kept(_FIGURES, "service_id", "release", "outcome"),
    "signatures.IssuedFile": _gone("content"),
    "signatures.IssuedDocument": {
        **_kept(
            "that it was issued, signed or revoked, and when; never whom it is about", "kind", "subject_id"
        ),
        **_kept(_REGISTER, "title", "number", "language"),
        **_kept("lets everybody check a document that they hold", "code", "sha256"),
        **_kept(_OFFICIAL, "issued_by", "revoked_by", "reason"),
    },
    "surveys.Invitation": _kept(
        "that a case was asked about, once; no answer stands in it",
        *("service_id", "version", "case_id", "step", "token_hash"),
    ),
    "surveys.Comment": _kept(
        "names neither case nor person, so none is found by its case; deleted after a day of its own",
        *("text", "service_id", "version"),
    ),
}


def last_end(today: date, months: int) -> date:
    """This function will return the last day on which a case may have ended whose data is to be deleted today."""
    day = today - timedelta(days=months * 28)
    while kept_until(day, months) >= today:
        day -= timedelta(days=1)
    return day


def due_at(asked: datetime) -> datetime:
    """This function will return until when the region answers who asked for deletion."""
    return asked + ANSWERED_WITHIN
