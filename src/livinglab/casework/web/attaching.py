"""Files that a page of a form brings: kept at once, so that a mistake elsewhere on the page loses none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from livinglab.casework.models import Attachment
from livinglab.casework.operations import attachments
from livinglab.casework.operations.attachments import FileRefused, NotStored, Place, StorageFailed
from livinglab.casework.uploads import is_within_limit, refused_file, said, sent_file, too_many_in_words
from livinglab.casework.web.frame import language
from livinglab.kernel import clock
from livinglab.kernel.unknown import Unprocessable
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.queries.cases import Mistake
from livinglab.packages.queries.filling import read_answers
from livinglab.ui import formats
from livinglab.ui.attachments import attachment


@dataclass(frozen=True, slots=True)
class Read:
    """What a form brought: its answers, and why files of it were refused."""

    answers: dict[str, object]
    mistakes: tuple[Mistake, ...]
    is_limited: bool = False  # a file came above the limit of its address

    @property
    def status(self) -> int:
        """The status of an answer that says the mistakes."""
        return HTTPStatus.TOO_MANY_REQUESTS if self.is_limited else HTTPStatus.UNPROCESSABLE_ENTITY

    def together(self, mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
        """This function will return every mistake, one for a question whose file was refused."""
        refused = {one.field for one in self.mistakes}
        return (*self.mistakes, *(one for one in mistakes if one.field not in refused))


def read(
    request: HttpRequest,
    fields: Iterable[Field],
    before: Mapping[str, object],
    *,
    organization: Organization,
    place: Place,
    by: UUID | None = None,
) -> Read:
    """This function will keep the files of a form and return its answers; `before` holds those of earlier files."""
    fields, at = tuple(fields), clock.now()
    keep = partial(attachments.attach, organization=organization, place=place, by=by, at=at)
    is_limited = False
    files: dict[str, Mapping[str, object]] = {}
    mistakes: list[Mistake] = []
    for one in fields:
        if one.type is not FieldType.FILE:
            continue
        try:
            upload = sent_file(request, one)
            if upload is None:
                continue
            if by is None and not is_within_limit(
                request, at=at
            ):  # an officer stands with their name for theirs
                is_limited = True
                mistakes.append(said(one, too_many_in_words()))
            else:
                files[one.id] = keep(question=one, upload=upload)
        except FileRefused as refused:
            mistakes.append(refused_file(one, refused))
        except StorageFailed:
            mistakes.append(
                said(one, _("The file could not be kept just now. Nothing else is lost: try again."))
            )
    return Read(read_answers(fields, request.POST, files, before), tuple(mistakes), is_limited)


def lines(
    files: Iterable[Attachment], titles: Mapping[tuple[str, str], str], address: Callable[[Attachment], str]
) -> list[dict[str, str]]:
    """This function will return files as a page lists them. `titles` names questions by form and id."""
    return [
        {
            "question": titles.get((one.form, one.question), one.question),
            "name": one.name,
            "size": formats.file_size(one.size, language=language()),
            "href": address(one),
        }
        for one in files
    ]


def handed_out(one: Attachment) -> HttpResponseBase:
    """This function will answer with a file that is saved, never shown, and kept by no cache between."""
    try:
        stream = attachments.open_file(one)
    except (NotStored, StorageFailed) as error:
        raise Unprocessable(
            _("The file cannot be opened just now"),
            _("Try again in some minutes; if it lasts, tell the office."),
        ) from error
    return attachment(stream, one.name, one.content_type)
