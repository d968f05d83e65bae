"""Everything that is kept of an applicant in a case, as they may have it (UU 27/2022 articles 7 and 13)."""

from livinglab.casework.models import Case
from livinglab.casework.queries.applications import Application, bills_of, messages_of, papers_of, steps_of
from livinglab.casework.queries.attachments import files_of_case
from livinglab.casework.queries.forgetting import erasures_of
from livinglab.casework.queries.reopening import reopening_of
from livinglab.packages.queries import cases


def data_of(found: Application, case: Case, state: cases.Case) -> dict[str, object]:
    """This function will return the data of a case as JSON can hold it. Officials stand in it by role, not by name."""
    manifest = found.package.manifest
    return {
        "number": case.number,
        "region": found.organization.code,
        "service": f"{manifest.publisher.code}/{manifest.id}",
        "version": case.version.release,
        "started": case.started_at.isoformat(),
        "ended": case.ended_at.isoformat() if case.ended_at else None,
        "outcome": case.outcome or None,
        "contact": {
            "email": case.email,
            "phone": case.phone,
            "by_phone": case.by_phone,
            "consented": case.consented_at.isoformat() if case.consented_at else None,
        },
        "answers": dict(state.answers),
        "found_by_offices": {form: dict(answers) for form, answers in state.tasks.items()},
        "decided_by_rules": {
            rule: {"rows": list(one.rows), "outputs": dict(one.outputs)} for rule, one in state.rules.items()
        },
        "said_by_registers": {
            register: {"at": one.at.isoformat(), "source": one.source, **one.says}
            for register, one in state.checks.items()
        },
        "booked": {step: dict(said) for step, said in state.bookings.items()},
        "messages": [
            {"at": one.at.isoformat(), "message": one.message, "texts": one.texts}
            for one in reversed(messages_of(case))
        ],
        "documents": [
            {"at": one.at.isoformat(), "document": one.document, "number": one.number, "pages": one.pages}
            for one in papers_of(case)
        ],
        "files": [
            {
                "at": one.uploaded_at.isoformat(),
                "question": one.question,
                "name": one.name,
                "bytes": one.size,
                "type": one.content_type,
                "sha256": one.sha256,
            }
            for one in files_of_case(case, state, of_offices=False)
        ],
        "bills": [
            {
                "at": one.made_at.isoformat(),
                "rupiah": one.amount,
                "code": one.code,
                "paid": one.paid_at.isoformat() if one.paid_at else None,
                "reference": one.reference,
            }
            for one in bills_of(case)
        ],
        "opened_again": {"at": opened.at.isoformat(), "reason": opened.reason, "outcome": opened.outcome}
        if (opened := reopening_of(case))
        else None,
        "deletion_asked": [
            {
                "at": one.asked_at.isoformat(),
                "decided": one.decided_at.isoformat() if one.decided_at else None,
                "reason": one.reason,
            }
            for one in erasures_of(case)
        ],
        "history": [
            {"at": one.at.isoformat(), "what": one.what, "on": one.on, "role": one.role}
            for one in steps_of(case)
        ],
    }
