"""The files of an application, for its applicant and for the office that has it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from livinglab.accounts.queries import User
from livinglab.casework.access import not_at_desk, task_page
from livinglab.casework.models import Attachment, Task
from livinglab.casework.queries.applications import Application
from livinglab.casework.queries.attachments import (
    files_of_case,
    files_of_draft,
    find_of_case,
    find_of_draft,
)
from livinglab.casework.queries.running import runner_of
from livinglab.casework.web.attaching import handed_out, lines
from livinglab.casework.web.frame import applicant_page, language, not_of_application
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Form
from livinglab.packages.queries.cases import Case, Runner
from livinglab.packages.queries.filling import has_files


@require_safe
@applicant_page
def file(request: HttpRequest, found: Application, file_id: UUID) -> HttpResponseBase:
    """This function will hand a file out to the applicant who attached it."""
    one = _of_application(found, file_id)
    if one is None:
        return not_of_application(request, found)
    return handed_out(one)


@require_safe
@task_page
def task_file(
    request: HttpRequest, organization: Organization, user: User, found: Task, file_id: UUID
) -> HttpResponseBase:
    """This function will hand a file of a case out to who has a seat where the case waits."""
    one = find_of_case(organization.id, found.case_id, file_id) or find_of_case(
        organization.id, found.case_id, file_id, forms=(_form_of(organization, found),)
    )
    if one is None:
        return not_at_desk(request, organization, user)
    return handed_out(one)


def files_of(found: Application) -> list[dict[str, str]]:
    """This function will return the files of an application for its pages. One query, none where none is asked for."""
    form = found.package.form
    if not has_files(form):
        return []
    organization = found.organization
    if found.draft is not None:
        files = files_of_draft(organization.id, found.draft.id)
    else:
        assert found.case is not None
        assert found.state is not None
        files = files_of_case(found.case, found.state, of_offices=False)

    def address(one: Attachment) -> str:
        return reverse("casework:file", args=[organization.code, found.token, one.id])

    return lines(files, _titles({"": form}), address)


def files_at_desk(organization: Organization, task: Task, runs: Runner, state: Case) -> list[dict[str, str]]:
    """This function will return the files of a case for an office. At most one query."""
    forms = {"": runs.package.form}
    forms |= {name: runs.package.tasks[name] for name in state.tasks if name in runs.package.tasks}
    if not any(has_files(form) for form in forms.values()):
        return []

    def address(one: Attachment) -> str:
        return reverse("casework:task_file", args=[organization.code, task.id, one.id])

    return lines(files_of_case(task.case, state, of_offices=True), _titles(forms), address)


def _form_of(organization: Organization, task: Task) -> str:
    return runner_of(task.case.version, zone=organization.zone).form_id(task.node)


def _of_application(found: Application, file_id: UUID) -> Attachment | None:
    organization_id = found.organization.id
    if found.draft is not None:
        return find_of_draft(organization_id, found.draft.id, file_id)
    assert found.case is not None
    return find_of_case(organization_id, found.case.id, file_id, forms=("",))


def _titles(forms: dict[str, Form]) -> dict[tuple[str, str], str]:
    return {
        (name, field.id): field.title.in_language(language())
        for name, form in forms.items()
        for field in form.fields.values()
    }
