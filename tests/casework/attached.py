"""Files of applications, sent as a browser sends them. All of it is made up."""

import re
from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from livinglab.casework.models import Attachment
from livinglab.kernel.tenancy import tenancy
from tests.casework.kit import VILLAGE, begun, home, running

#: where the letter of hardship asks for a photo of the family card
HOUSEHOLD: Final = {"_shown": "members income family_card", "members": "4", "income": "1600000"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def photo(*, place: str = "", size: tuple[int, int] = (40, 30), way: int = 1) -> bytes:
    """Return a JPEG, with what a camera writes into it: here a place as a text, and how it was held."""
    out, said = BytesIO(), Image.Exif()
    if place:
        said[0x010E] = place
        said.get_ifd(0x8825)[1] = "S"
        said.get_ifd(0x8825)[2] = (6.0, 51.0, 33.0)
    if way != 1:
        said[0x0112] = way
    Image.new("RGB", size, "navy").save(out, "JPEG", **({"exif": said} if len(said) else {}))
    return out.getvalue()


def upload(content: bytes, name: str = "kk.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def form_address() -> str:
    """Return the address of the page with the file, of a form that is filled in."""
    return f"/applications/32.11/{begun(running(), village=VILLAGE)}/form/household/"


def links(page: str) -> list[str]:
    return re.findall(r'href="([^"]*/files/[^"]*/)"', page)


def kept() -> list[Attachment]:
    with tenancy(home().id):
        return list(Attachment.objects.order_by("uploaded_at", "id"))


def sent_with(client: Client, content: bytes, name: str = "kk.jpg") -> str:
    """Send an application with a file and return its home address."""
    page = form_address()
    client.post(page, {**HOUSEHOLD, "family_card": upload(content, name)})
    address = page.removesuffix("form/household/")
    assert client.post(f"{address}check/")["Location"] == f"{address}receipt/"
    return address
