"""A form on a page of any context: what was posted with its files, the answers as rows, the page that follows."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _

from livinglab.packages.domain.form import Field, FieldType, Form
from livinglab.packages.domain.running.answers import Asked, Mistake
from livinglab.packages.domain.running.room import MOST_CHARACTERS, names_of, overlong
from livinglab.packages.queries import answering

__all__ = [
    "Places",
    "answer_rows",
    "described",
    "fitting",
    "has_files",
    "names_of",
    "overlong",
    "own_answer_rows",
    "page_after",
    "read_answers",
    "read_posted",
]

Places = Mapping[str, tuple[tuple[str, str], ...]]


class PostedFiles(Protocol):
    """The files that a form sent."""

    def get(self, name: str, /) -> object:
        """This function will return the file of a name, None where none came."""


def read_posted(
    fields: Iterable[Field], posted: answering.Posted, uploads: PostedFiles, before: Mapping[str, object]
) -> dict[str, object]:
    """This function will return what was posted; a file that was attached before stays where none comes."""
    fields = tuple(fields)
    uploaded = {one.id: uploads.get(one.id) for one in fields if one.type is FieldType.FILE}
    files = {name: described(one) for name, one in uploaded.items() if isinstance(one, UploadedFile)}
    return read_answers(fields, posted, files, before)


def read_answers(
    fields: Iterable[Field],
    posted: answering.Posted,
    files: Mapping[str, Mapping[str, object]],
    before: Mapping[str, object],
) -> dict[str, object]:
    """This function will return what was posted, with the answers of files that are kept by now.

    A file that was attached before stays where none comes, unless the button beside it took it away.
    """
    fields = tuple(fields)
    removed = {*posted.getlist("_remove"), *posted.getlist("_removed")}
    given = answering.read(fields, posted, files)
    for one in fields:
        if one.type is FieldType.FILE and one.id not in removed:
            given[one.id] = given[one.id] or before.get(one.id)
    return given


def fitting(
    form: Form, given: Mapping[str, object], before: Mapping[str, object], *, most: int = MOST_CHARACTERS
) -> tuple[dict[str, object], tuple[Mistake, ...]]:
    """This function will part what was given into what can be kept and why the rest cannot: it is too long."""
    wrong = overlong(form.fields, given, before, most=most)
    return {name: value for name, value in given.items() if name not in names_of(wrong)}, wrong


def has_files(form: Form) -> bool:
    """This function will tell whether a form asks for a file."""
    return any(one.type is FieldType.FILE for one in form.fields.values())


def described(uploaded: "UploadedFile[bytes]") -> dict[str, object]:
    """This function will return what an answer says of a file: its name, size and fingerprint, not its content."""
    content = uploaded.read(settings.ATTACHMENT_MAX_BYTES + 1)
    return {"name": str(uploaded.name)[:200], "size": uploaded.size, "sha256": sha256(content).hexdigest()}


def answer_rows(
    fields: Iterable[Field], answers: Mapping[str, object], *, language: str, places: Places, is_masked: bool
) -> tuple[tuple[str, str], ...]:
    """This function will return pairs of question and answer as people read them."""
    return tuple(
        (
            one.title.in_language(language),
            answering.in_reading(
                one, answers.get(one.id), language=language, places=places, is_masked=is_masked
            ),
        )
        for one in fields
    )


def own_answer_rows(
    fields: Iterable[Field], answers: Mapping[str, object], *, language: str, places: Places
) -> tuple[tuple[str, str], ...]:
    """This function will return pairs of question and answer for the applicant: a NIK masked, and whole on demand."""
    fields = tuple(fields)
    masked = answer_rows(fields, answers, language=language, places=places, is_masked=True)
    whole = answer_rows(fields, answers, language=language, places=places, is_masked=False)
    return tuple(
        (title, text if text == full else _on_demand(title, text, full))
        for (title, text), (_title, full) in zip(masked, whole, strict=True)
    )


def _on_demand(title: str, text: str, full: str) -> str:
    return format_html(
        '{} <details class="on-demand"><summary>{}<span class="spoken"> {}</span></summary>{}</details>',
        text,
        _("Show"),
        title,
        full,
    )


def page_after(form: Form, asked: Asked, page: str) -> str:
    """This function will return the page that follows one, "" after the last."""
    pages = answering.asked_pages(form, asked)
    following = pages[pages.index(page) + 1 :] if page in pages else ()
    return following[0] if following else ""
