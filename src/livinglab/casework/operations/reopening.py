"""An applicant who is unhappy with how their case ended has it opened again, once."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.events import CaseMoved
from livinglab.casework.models import Case, Reopening, Step
from livinglab.casework.operations.cases import citizen
from livinglab.casework.operations.keeping import keep
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.reopening import entries_of, outlook
from livinglab.casework.queries.running import runner_of, state_of
from livinglab.kernel import clock
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.running.state import Entry, Happened, Sent, Text
from livinglab.packages.queries import case_words, cases

#: the name of the message among those of the package
MESSAGE = "reopened"


def reopen(
    *, organization: Organization, case_id: UUID, reason: str, key: str, by: UUID | None, at: datetime
) -> Case:
    """This function will put an ended case back to the office that decided it; the caller knows it is the applicant.

    Its number, answers and documents stay; its standard begins anew. `key` names this act: a repeat changes nothing.
    Errors: `UnknownCase`; `Refused`, also the second time, and without a reason.
    """
    name, reason = sha256(f"{case_id}/{key}".encode()).hexdigest(), storable(reason).strip()
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        if Step.objects.filter(organization_id=organization.id, key=name).exists():
            return row
        runs, history = runner_of(row.version, zone=organization.zone), entries_of(row)
        now = outlook(row, runs, history, at=at)
        ensure(policies.may_reopen(now))
        ensure(policies.may_give_reason(reason))
        assert row.ended_at is not None, "only a case that ended may be opened again"
        at = max(at, row.ended_at)  # a clock that was set back stops nobody
        Reopening.objects.create(
            organization_id=organization.id,
            case=row,
            at=at,
            reason=reason,
            node=now.step,
            outcome=row.outcome,
            ended_at=row.ended_at,
            was_late=row.is_late,
        )
        facts = {"outcome": row.outcome, "step": now.step}
        before = replace(state_of(row), history=history)
        after = runs.reopen(before, step=now.step, by=citizen(runs.package.manifest), at=at)
        keep(row, before, _told(after, organization.zone), runs=runs, key=name)
        audit.record(
            organization_id=organization.id,
            by=by,
            at=at,
            action="casework.reopened",
            subject=row.number,
            facts=facts,
        )
        publish(
            CaseMoved(organization_id=organization.id, case_id=row.id, service_id=row.service_id, outcome="")
        )
    return row


def _told(case: cases.Case, zone: str) -> cases.Case:
    """Return the case with the message, in both languages, that it was opened again."""
    texts: dict[str, Text] = {}
    for language in ("id", "en"):
        with translation.override(language), clock.on_the_clock_of(zone):
            said = {"number": case.number, "moment": case_words.deadline(case.due, language)}
            subject = _("Application %(number)s was opened again") % said
            body = _("The office that decided looks at it once more, and answers by %(moment)s.") % said
            texts[language] = Text(subject, format_html("<p>{}</p>", body))
    told = replace(case, sent=(*case.sent, Sent(MESSAGE, case.now, texts)))
    return told.noted(Entry(what=Happened.SENT, at=case.now, on=MESSAGE))
