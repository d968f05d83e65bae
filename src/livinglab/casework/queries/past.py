"""What happened to a case and what its applicant was told, for offices."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from livinglab.casework.models import Case, Message, Step
from livinglab.packages.domain.running.state import Entry, Happened, Sent, Text


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of a case beside where it stands, the oldest first."""

    history: tuple[Entry, ...]
    sent: tuple[Sent, ...]


def past_of(case: Case) -> Past:
    """This function will return the history of a case, with who works on it, and its messages. One query."""
    told = Message.objects.filter(
        organization_id=case.organization_id, case_id=case.id, message=OuterRef("on"), at=OuterRef("at")
    )
    rows = Step.objects.filter(organization_id=case.organization_id, case_id=case.id).order_by("place")
    rows = rows.annotate(texts=Subquery(told.order_by("nth").values("texts")[:1]))
    history, sent = [], []
    for what, at, on, role, by, texts in rows.values_list("what", "at", "on", "role", "by", "texts"):
        history.append(Entry(what=Happened(what), at=at, on=on, role=role, by=by))
        if what == Happened.SENT and texts:
            sent.append(Sent(on, at, {language: Text(**text) for language, text in texts.items()}))
    return Past(tuple(history), tuple(sent))
