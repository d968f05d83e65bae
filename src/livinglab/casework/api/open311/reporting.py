"""A complaint as GeoReport sends it, as answers to the form of the region's package."""

import re
from collections.abc import Mapping
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from livinglab.casework.api.open311.door import Jurisdiction
from livinglab.casework.api.open311.services import attributes, known_code
from livinglab.casework.api.open311.writing import Refusal
from livinglab.casework.domain.complaints import (
    ANONYMOUS,
    CONTACTS,
    NAME,
    SPOT,
    STORY,
    SUBJECT,
    TOPIC,
    place_field,
)
from livinglab.kernel.texts import storable
from livinglab.packages.queries import answering

_ATTRIBUTE: Final = re.compile(r"attribute\[(\w{1,60})\](?:\[\])?")
_DEGREES: Final = re.compile(r"-?\d{1,3}(?:\.\d{1,12})?")
_LINK: Final = re.compile(r"https?://[^\s<>\"]{1,490}")
_LONGEST_SUBJECT: Final = 100


class _Sent:
    """What was sent as an answer to each question, as a page's form would have posted it."""

    def __init__(self, values: Mapping[str, list[str]]) -> None:
        self._values = values

    def getlist(self, name: str, /) -> list[str]:
        """This function will return the values of a question."""
        return self._values.get(name, [])


def answers_in(here: Jurisdiction, sent: QueryDict) -> dict[str, object]:
    """This function will return what was sent as answers; numbers of devices and accounts are not among them.

    Errors: `Refusal` 400 and 404, for what the specification itself asks for.
    """
    code = _text(sent, "service_code")
    if not code:
        raise Refusal(400, _("service_code was not provided: ask services for those that are known."))
    known_code(here, code)
    form = here.package.form
    asked = {one.id for one in attributes(here, code)}
    values = {
        match[1]: [storable(one) for one in sent.getlist(name)]
        for name in sent
        if (match := _ATTRIBUTE.fullmatch(name))
    }
    if strange := sorted(values.keys() - asked):
        raise Refusal(
            400, *(_("attribute[%(code)s] is not asked of this service.") % {"code": one} for one in strange)
        )
    own = {TOPIC: code, STORY: _story(sent), **_reporter(sent), **_location(here, sent, values)}
    if SUBJECT not in values:
        own[SUBJECT] = _subject(_text(sent, "description"))
    values |= {name: [text] for name, text in own.items() if text and name in form.fields}
    fields = [form.fields[name] for name in values]
    return {
        name: value for name, value in answering.read(fields, _Sent(values), {}).items() if value is not None
    }


def _text(sent: QueryDict, name: str) -> str:
    return storable(sent.get(name, ""))


def _story(sent: QueryDict) -> str:
    """This function will return what happened, with the address of a picture, which is never fetched."""
    told, link = _text(sent, "description"), _text(sent, "media_url")
    if link and not _LINK.fullmatch(link):
        raise Refusal(400, _("media_url is not an address of the web that can be kept."))
    return f"{told}\n\n{link}" if told and link else told


def _subject(told: str) -> str:
    """This function will return the first words of what happened, as its short title."""
    first = " ".join(told.split())
    if len(first) <= _LONGEST_SUBJECT:
        return first
    return first[: _LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def _reporter(sent: QueryDict) -> dict[str, str]:
    name = " ".join(part for part in (_text(sent, "first_name"), _text(sent, "last_name")) if part)
    who = {NAME: name} if name else {ANONYMOUS: "yes"}
    return who | {one: _text(sent, one) for one in CONTACTS}


def _location(here: Jurisdiction, sent: QueryDict, values: Mapping[str, list[str]]) -> dict[str, str]:
    """This function will return where it happened: the place by its code, the spot in words or degrees."""
    degrees = [_text(sent, "lat"), _text(sent, "long")]
    place, spot = _text(sent, "address_id"), _text(sent, "address_string")
    if any(degrees):
        if not all(_DEGREES.fullmatch(one) for one in degrees):
            raise Refusal(400, _("lat and long must both be sent, in degrees with a point."))
        spot = f"{spot} ({', '.join(degrees)})".strip()
    if not place and not spot:
        raise Refusal(400, _("No location was sent: send lat and long, address_string or address_id."))
    field = place_field(here.package.form)
    named = {field.id: place} if field and place and field.id not in values else {}
    return {SPOT: spot, **named}
