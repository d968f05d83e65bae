"""The files of an adoption: of its release, of what runs, and of what is being edited."""

from collections.abc import Mapping
from uuid import UUID

from livinglab.adoptions.models import Adoption, DraftFile, Edition
from livinglab.adoptions.queries.adoptions import content_in_use
from livinglab.packages.domain.contents import BESIDE
from livinglab.packages.queries.reading import read_zip
from livinglab.releases.queries.releases import content_of


def texts_of_release(release_id: UUID) -> Mapping[str, str]:
    """This function will return the files of a release as texts, without its signature."""
    return _texts(content_of(release_id))


def texts_in_use(adoption: Adoption) -> Mapping[str, str]:
    """This function will return the files that an adoption runs."""
    return _texts(content_in_use(adoption))


def working_texts(adoption: Adoption) -> Mapping[str, str]:
    """This function will return the files that an adoption runs, with what is being edited in their place."""
    texts = dict(texts_in_use(adoption))
    for draft in DraftFile.objects.filter(adoption_id=adoption.id):
        if draft.is_removed:
            texts.pop(draft.path, None)
        else:
            texts[draft.path] = draft.text
    return texts


def editions_of(adoption_id: UUID) -> tuple[Edition, ...]:
    """This function will return the editions of an adoption without their content, the newest first. One query."""
    rows = Edition.objects.defer("content", "base__content", "base__words").select_related("base")
    return tuple(rows.filter(adoption_id=adoption_id).order_by("-number"))


def _texts(content: bytes) -> Mapping[str, str]:
    return {path: text.decode() for path, text in read_zip(content).items() if path not in BESIDE}
