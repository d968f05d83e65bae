"""Files that a page of a form brings: kept at once, so that a mistake elsewhere on the page loses none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from livinglab.casework.models import Attachment
from livinglab.casework.operations import attachments
from livinglab.casework.operations.attachments import FileRefused, NotStored, Place, StorageFailed, Upload
from livinglab.casework.web.frame import language
from livinglab.evidence.labels import fault_in_words
from livinglab.evidence.uploads import limited_to, too_large
from livinglab.kernel import clock
from livinglab.kernel.unknown import Unprocessable
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import Field, FieldType
from livinglab.packages.queries.answering import most_bytes
from livinglab.packages.queries.cases import Mistake
from livinglab.packages.queries.filling import read_answers
from livinglab.ui import formats
from livinglab.ui.attachments import attachment

#: a film that somebody takes for a photo is still read to its end, so that what they typed comes back to them
_PATIENCE: Final = 25
#: what is no picture and no PDF, whatever else it is
_OTHERS: Final = frozenset({"unknown", "archive", "old_office", "web_page", "program"})


def _most() -> int:
    return int(settings.ATTACHMENT_MAX_BYTES)


#: for views whose form may bring files; it stands right above the view, below what reads nothing of the form
takes_files = limited_to(_most, patience=_PATIENCE)


@dataclass(frozen=True, slots=True)
class Read:
    """What a form brought: its answers, and why files of it were refused."""

    answers: dict[str, object]
    mistakes: tuple[Mistake, ...]

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
    fields = tuple(fields)
    keep = partial(attachments.attach, organization=organization, place=place, by=by, at=clock.now())
    files: dict[str, Mapping[str, object]] = {}
    mistakes: list[Mistake] = []
    for one in fields:
        if one.type is not FieldType.FILE:
            continue
        try:
            upload = _sent(request, one)
            if upload is not None:
                files[one.id] = keep(question=one, upload=upload)
        except FileRefused as refused:
            mistakes.append(_said(one, refusal_in_words(one, str(refused.fault))))
        except StorageFailed:
            mistakes.append(
                _said(one, _("The file could not be kept just now. Nothing else is lost: try again."))
            )
    return Read(read_answers(fields, request.POST, files, before), tuple(mistakes))


def _sent(request: HttpRequest, question: Field) -> Upload | None:
    """Return the file that came for a question, None for none. Errors: `FileRefused` for one that was dropped."""
    sent = request.FILES.get(question.id)
    if question.id in too_large(request):  # known once the form was read
        raise FileRefused(attachments.Fault.TOO_LARGE)
    return upload_of(sent) if isinstance(sent, UploadedFile) else None


def upload_of(sent: "UploadedFile[bytes]") -> Upload:
    """This function will return a file of a form as its sender gives it."""
    return Upload(sent.file, sent.name or "", sent.content_type or "")  # type: ignore[arg-type]


def refusal_in_words(question: Field, fault: str) -> str:
    """This function will return why a file is not taken as the answer to a question, and what to do."""
    most = formats.file_size(most_bytes(question), language=language())
    if fault == "too_large":
        return _(
            "The file is larger than %(size)s. Take the photo with fewer pixels, or save the document smaller."
        ) % {"size": most}
    if fault in _OTHERS:
        kinds = (
            _("a photo (JPEG, PNG)") if question.accept == ("image",) else _("a PDF or a photo (JPEG, PNG)")
        )
        return _("Only %(kinds)s is taken here; this file holds something else.") % {"kinds": kinds}
    return fault_in_words(attachments.Fault(fault))


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


def _said(question: Field, sentence: str) -> Mistake:
    return Mistake(question.id, "said", {"sentence": sentence})
