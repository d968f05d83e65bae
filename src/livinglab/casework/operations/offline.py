"""Applications that were taken without a network and come in later: each of them once, however often it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.casework import policies
from livinglab.casework.domain.secrets import fingerprint, is_token
from livinglab.casework.domain.states import Channel, ServiceState
from livinglab.casework.models import Case, Draft, ServiceVersion
from livinglab.casework.operations import attachments, cases, drafts
from livinglab.casework.operations.attachments import Place, Upload
from livinglab.casework.queries.attachments import answer_of, files_of_draft
from livinglab.casework.queries.offline import is_seated_in
from livinglab.casework.queries.running import package_of
from livinglab.casework.queries.services import places_of
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.queries import answering
from livinglab.packages.queries.cases import AnswersRefused, Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An application as the device of a village kept it.

    `token` was drawn there: it is the application's secret address, and what a repeat is known by. `typed` holds what
    each field of the form was given, as a form posts it. `files` names what was sent before by the hash under which it
    is kept: "" for a file that was not kept, None for a question whose file was taken away again.
    """

    token: str
    version_id: UUID
    village: str
    taken_at: datetime
    typed: Mapping[str, Sequence[str]]
    files: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of it: the case, or the mistakes for which it waits as a form. `version` is what it runs under.

    `missing` are the questions whose files it names and that are not here: it waits for them.
    """

    case: Case | None
    mistakes: tuple[Mistake, ...]
    version: ServiceVersion
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a file of an application is attached, and the question that it answers."""

    token: str
    place: Place
    question: Field


_UNKNOWN: Final = Refusal("unknown_entry", _("This is not an application that an offline counter kept."))


class _Typed:
    def __init__(self, typed: Mapping[str, Sequence[str]]) -> None:
        self._typed = typed

    def getlist(self, name: str, /) -> list[str]:
        return [storable(one) for one in self._typed.get(name, ())]


def receive(*, organization: Organization, taken: Taken, by: User, at: datetime) -> Received:
    """This function will make a case of an application that was taken offline; sent again, it is the same case.

    It begins under the version with which it was taken, whatever is at work now. Answers that the form or the rules
    refuse stay on the server as a form, which can be gone on with there or sent again from the device. A service that
    takes nothing now takes only what it had begun to receive. Errors: `Refused`, and then nothing was stored.
    """
    if not is_token(taken.token):
        raise Refused(_UNKNOWN)
    with tenancy(organization.id):
        arrived = _arrived(organization, taken.token)
        if arrived is not None:
            ensure(policies.may_bring_in(is_own=_is_own(arrived, by)))
            return Received(arrived, (), arrived.version)
        draft = _begun(organization, taken, by=by, at=at)
        try:  # a form that became a case meanwhile answers with that case
            if draft.case_id is None:
                files, missing = _files(draft, taken)
                answers = {**_answers(draft.version, taken), **files}
                drafts.save(organization=organization, token=taken.token, answers=answers, at=at)
                if missing:
                    return Received(None, (), draft.version, missing)
            case = cases.submit(organization=organization, token=taken.token, by=by.id, at=at)
        except AnswersRefused as refused:
            return Received(None, refused.mistakes, draft.version)
    return Received(case, (), draft.version)


def expect_file(
    *, organization: Organization, taken: Taken, question: str, by: User, at: datetime
) -> Expected | None:
    """This function will begin the form of an application for a file that comes before it; None for one that arrived.

    The application names the file afterwards. Errors: `Refused`, and then nothing was stored.
    """
    if not is_token(taken.token):
        raise Refused(_UNKNOWN)
    with tenancy(organization.id):
        arrived = _arrived(organization, taken.token)
        if arrived is not None:
            ensure(policies.may_bring_in(is_own=_is_own(arrived, by)))
            return None
        with transaction.atomic():
            draft = _begun(organization, taken, by=by, at=at)
            asked = package_of(draft.version).form.fields.get(question)
            if asked is None or not _is_file(asked):
                raise Refused(Refusal("unasked", _("The form asks for no such file.")))
    return Expected(taken.token, Place(draft_id=draft.id), asked) if draft.case_id is None else None


def keep_file(
    *, organization: Organization, expected: Expected, upload: Upload, by: User, at: datetime
) -> str:
    """This function will keep a file that is expected, and return the hash by which the application names it.

    Sent again, nothing changes. Errors: `FileRefused`; `StorageFailed`; `Refused` for what was sent meanwhile.
    """
    place, question = expected.place, expected.question
    answer = attachments.attach(
        organization=organization, place=place, question=question, upload=upload, by=by.id, at=at
    )
    drafts.save(organization=organization, token=expected.token, answers={question.id: answer}, at=at)
    return str(answer["sha256"])


def _begun(organization: Organization, taken: Taken, *, by: User, at: datetime) -> Draft:
    """This function will return the form of an application, locked; it is this officer's own."""
    _begin(organization, taken, by=by, at=at)
    draft = drafts.lock_draft(organization.id, taken.token, at=at)
    ensure(policies.may_bring_in(is_own=_is_own(draft, by)))
    return draft


def _arrived(organization: Organization, token: str) -> Case | None:
    rows = Case.objects.select_related("version").defer("state", "version__content")
    return rows.filter(organization_id=organization.id, secret=fingerprint(token)).first()


def _begin(organization: Organization, taken: Taken, *, by: User, at: datetime) -> None:
    """This function will begin the form of an application, or let the one that it began before go on."""
    secret = fingerprint(taken.token)
    held = Draft.objects.filter(organization_id=organization.id, secret=secret).first()
    if held is not None:
        ensure(policies.may_bring_in(is_own=_is_own(held, by)))
        held.ends_at = at + drafts.KEPT
        held.save(update_fields=["ends_at"])
        return
    ensure(policies.may_help(is_seated=is_seated_in(organization.id, by.id, taken.village)))
    version = (
        ServiceVersion.objects.select_related("service")
        .defer("content")
        .filter(organization_id=organization.id, id=taken.version_id)
        .first()
    )
    if version is None:
        raise Refused(
            Refusal(
                "unknown_version",
                _("The form does not exist any more. Take the application with the new one."),
            )
        )
    ensure(policies.may_begin(state=ServiceState(version.service.state)))
    places = places_of(version.service_id)
    if places and taken.village not in places:
        raise Refused(Refusal("not_offered", _("This place does not offer the service.")))
    Draft.objects.get_or_create(  # who sends the same at the same moment finds it
        organization_id=organization.id,
        secret=secret,
        defaults={
            "service_id": version.service_id,
            "version_id": version.id,
            "unit_code": taken.village if places else "",
            "channel": Channel.OFFLINE,
            "begun_at": max(
                min(taken.taken_at, at), version.service.opened_at
            ),  # a device's clock may be wrong
            "saved_at": at,
            "ends_at": at + drafts.KEPT,
            "helped_by": by.id,
        },
    )


def _is_own(row: Case | Draft, by: User) -> bool:
    return row.helped_by == by.id and row.channel == Channel.OFFLINE


def _answers(version: ServiceVersion, taken: Taken) -> dict[str, object]:
    """This function will return what was typed as answers; files come before the application, so they stay."""
    fields = [one for one in package_of(version).form.fields.values() if one.type is not FieldType.FILE]
    return answering.read(fields, _Typed(taken.typed), {})


def _is_file(question: Field | None) -> bool:
    return question is not None and question.type is FieldType.FILE


def _files(draft: Draft, taken: Taken) -> tuple[dict[str, object], tuple[str, ...]]:
    """This function will return the answers of the files that an application names, and those that are not here."""
    fields = package_of(draft.version).form.fields
    named = {name: one for name, one in taken.files.items() if _is_file(fields.get(name))}
    kept = {one.question: one for one in files_of_draft(draft.organization_id, draft.id)} if named else {}
    answers: dict[str, object] = {}
    missing: list[str] = []
    for question, sha256 in named.items():
        one = kept.get(question)
        if sha256 is None:
            answers[question] = None
        elif one is not None and one.sha256 == sha256:
            answers[question] = answer_of(one)
        else:
            missing.append(question)
    return answers, tuple(missing)
