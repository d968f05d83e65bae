"""The files of a form or a case: what waits to be given, and what was given."""

from collections.abc import Mapping
from uuid import UUID

from livinglab.casework.models import Attachment, Case
from livinglab.packages.queries import cases


def answer_of(one: Attachment) -> dict[str, object]:
    """This function will return what an answer says of a file."""
    return {"name": one.name, "size": one.size, "sha256": one.sha256}


def is_file(answer: object) -> bool:
    """This function will tell whether an answer is a file."""
    return isinstance(answer, Mapping) and "sha256" in answer


def is_named(answers: Mapping[str, object], one: Attachment) -> bool:
    """This function will tell whether these answers name a file."""
    answer = answers.get(one.question)
    return isinstance(answer, Mapping) and answer.get("sha256") == one.sha256


def waiting_answers(organization_id: UUID, *, case_id: UUID, form: str) -> dict[str, object]:
    """This function will return the answers of files that were attached to a case and not given yet. One query."""
    rows = Attachment.objects.filter(
        organization_id=organization_id, case_id=case_id, form=form, given_at__isnull=True
    )
    return {one.question: answer_of(one) for one in rows}


def files_of_draft(organization_id: UUID, draft_id: UUID) -> tuple[Attachment, ...]:
    """This function will return the files of a form that is being filled in. One query."""
    rows = Attachment.objects.filter(organization_id=organization_id, draft_id=draft_id)
    return tuple(rows.order_by("uploaded_at", "id"))


def files_of_case(case: Case, state: cases.Case, *, of_offices: bool) -> tuple[Attachment, ...]:
    """This function will return the files that the answers of a case name, those of offices too where asked.

    A file that another one replaced is not among them. One query, none where no answer is a file.
    """
    given = [state.answers, *(state.tasks.values() if of_offices else ())]
    if not any(is_file(answer) for answers in given for answer in answers.values()):
        return ()
    rows = Attachment.objects.filter(
        organization_id=case.organization_id, case_id=case.id, given_at__isnull=False
    )
    if not of_offices:
        rows = rows.filter(form="")
    newest: dict[tuple[str, str], Attachment] = {}
    for one in rows.order_by("given_at", "id"):
        if is_named(state.answers if one.form == "" else state.tasks.get(one.form, {}), one):
            newest[one.form, one.question] = one
    return tuple(newest.values())


def find_of_draft(organization_id: UUID, draft_id: UUID, file_id: UUID) -> Attachment | None:
    """This function will return a file of a form, None for any other."""
    rows = Attachment.objects.filter(organization_id=organization_id, draft_id=draft_id, id=file_id)
    return rows.first()


def find_of_case(
    organization_id: UUID, case_id: UUID, file_id: UUID, *, forms: tuple[str, ...] | None = None
) -> Attachment | None:
    """This function will return a file of a case, None for any other.

    `forms` narrows it to what belongs to some forms, given or not; without it every file that was given.
    """
    rows = Attachment.objects.filter(organization_id=organization_id, case_id=case_id, id=file_id)
    rows = rows.filter(given_at__isnull=False) if forms is None else rows.filter(form__in=forms)
    return rows.first()
