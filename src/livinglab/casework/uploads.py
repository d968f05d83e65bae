"""Files that somebody sends with an application: how large a request may be, and how a refusal is said."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from livinglab.accounts.operations import is_try_within_limit
from livinglab.casework.operations.attachments import Fault, FileRefused, Upload
from livinglab.evidence.labels import fault_in_words
from livinglab.evidence.uploads import limit_upload, limited_to, too_large
from livinglab.packages.domain.form import Field
from livinglab.packages.queries.answering import most_bytes
from livinglab.packages.queries.cases import Mistake
from livinglab.ui import formats
from livinglab.ui.languages import language

#: a film that somebody takes for a photo is still read to its end, so that what they typed comes back to them
_PATIENCE: Final = 25
_HOUR: Final = 3600
#: what is no picture and no PDF, whatever else it is
_TABLES: Final = frozenset({"csv", "xlsx"})
_OTHERS: Final = frozenset({"unknown", "archive", "old_office", "web_page", "program"})


def _most() -> int:
    return int(settings.ATTACHMENT_MAX_BYTES)


#: for views whose form may bring files; it stands right above the view, below what reads nothing of the form
takes_files = limited_to(_most, patience=_PATIENCE)


def limit_files(request: HttpRequest) -> None:
    """This function will let a request of a program bring files; call it before its form is read."""
    limit_upload(request, most=_most(), patience=_PATIENCE)


def is_within_limit(request: HttpRequest, *, at: datetime) -> bool:
    """This function will count a file that an applicant sends, and say whether its address may send it this hour."""
    most = int(settings.ATTACHMENTS_AN_HOUR)
    return is_try_within_limit(request=request, what="casework.file", most=most, seconds=_HOUR, at=at)


def too_many_in_words() -> str:
    """This function will return what is said of a file above the limit of its address."""
    return _("Too many files came from this address. What you typed is kept: attach the file in an hour.")


def sent_file(request: HttpRequest, question: Field, name: str = "") -> Upload | None:
    """This function will return the file that came for a question, None for none; `name` is the field's in the form.

    Errors: `FileRefused` for one that was dropped because of its size.
    """
    sent = request.FILES.get(name or question.id)
    if (name or question.id) in too_large(request):  # known once the form was read
        raise FileRefused(Fault.TOO_LARGE)
    if not isinstance(sent, UploadedFile):
        return None
    return Upload(sent.file, sent.name or "", sent.content_type or "")  # type: ignore[arg-type]


def refused_file(question: Field, refused: FileRefused) -> Mistake:
    """This function will return why a file is not taken as the answer to a question, and what to do."""
    fault = str(refused.fault)
    if fault == "too_large":
        return said(question, too_large_in_words(question))
    if fault in _OTHERS:
        return said(question, other_kind_in_words(question))
    return said(question, fault_in_words(refused.fault))


def too_large_in_words(question: Field) -> str:
    """This function will return what is said of a file that is larger than a question takes."""
    words = _(
        "The file is larger than %(size)s. Take the photo with fewer pixels, or save the document smaller."
    )
    return words % {"size": formats.file_size(most_bytes(question), language=language())}


def other_kind_in_words(question: Field) -> str:
    """This function will return what is said of a file that holds something else than a question takes."""
    if _TABLES.intersection(question.accept):
        names = [kind.upper() for kind in question.accept if kind != "image"]
        names += ["JPEG", "PNG"] if "image" in question.accept else []
        kinds = formats.listing(names, language=language())
    else:
        kinds = (
            _("a photo (JPEG, PNG)") if question.accept == ("image",) else _("a PDF or a photo (JPEG, PNG)")
        )
    return _("Only %(kinds)s is taken here; this file holds something else.") % {"kinds": kinds}


def said(question: Field, sentence: str) -> Mistake:
    """This function will return a mistake that has its own sentence."""
    return Mistake(question.id, "said", {"sentence": sentence})
