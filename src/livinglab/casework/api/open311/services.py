"""GeoReport's services: what a complaint may be about, and what is asked then."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.casework.api.open311 import writing
from livinglab.casework.api.open311.door import Jurisdiction, georeport
from livinglab.casework.api.open311.writing import Refusal
from livinglab.casework.domain.complaints import ANONYMOUS, CONTACTS, NAME, SPOT, STORY, TOPIC
from livinglab.casework.queries.applications import places_for
from livinglab.casework.queries.complaints import asked_about
from livinglab.kernel import clock
from livinglab.packages.domain.form import Field, FieldType

#: what arguments of GeoReport answer, and what only a page can take
_NOT_ATTRIBUTES: Final = frozenset({TOPIC, STORY, SPOT, NAME, ANONYMOUS, *CONTACTS})
_NOT_SENT: Final = frozenset({FieldType.FILE, FieldType.LIST})
_DATATYPES: Final = {
    FieldType.LONG_TEXT: "text",
    FieldType.INTEGER: "number",
    FieldType.MONEY: "number",
    FieldType.NUMBER: "number",
    FieldType.DATE: "datetime",
    FieldType.YES_NO: "singlevaluelist",
    FieldType.CHOICE: "singlevaluelist",
    FieldType.PLACE: "singlevaluelist",
    FieldType.CHOICES: "multivaluelist",
}


@require_safe
@georeport
def services(request: HttpRequest, here: Jurisdiction, kind: str) -> HttpResponse:
    """This function will list what complaints may be about."""
    name = here.package.manifest.name.in_language(here.language)
    rows = [
        {
            "service_code": one.value,
            "service_name": one.name.in_language(here.language),
            "description": here.package.manifest.summary.in_language(here.language),
            "metadata": True,
            "type": "realtime",
            "keywords": "",
            "group": name,
        }
        for one in here.package.form.fields[TOPIC].options
    ]
    return writing.listed(kind, "services", rows)


@require_safe
@georeport
def definition(request: HttpRequest, here: Jurisdiction, service_code: str, kind: str) -> HttpResponse:
    """This function will say what is asked of a complaint about this, beside GeoReport's own arguments."""
    known_code(here, service_code)
    places = places_for(here.organization, here.service.service_id)
    rows = [
        _attribute(order, one, here.language, places.get(one.place_level, ()))
        for order, one in enumerate(attributes(here, service_code), start=1)
    ]
    return writing.single(kind, "service_definition", {"service_code": service_code, "attributes": rows})


def known_code(here: Jurisdiction, service_code: str) -> None:
    """This function will refuse what no complaint of the region is about. Errors: `Refusal` 404."""
    if service_code not in {one.value for one in here.package.form.fields[TOPIC].options}:
        raise Refusal(404, _("service_code was not found: ask services for those that are known."))


def attributes(here: Jurisdiction, service_code: str) -> tuple[Field, ...]:
    """This function will return the questions that are attributes of a service, in the order of the form."""
    asked = asked_about(here.package, service_code, at=clock.now())
    return tuple(one for one in asked if one.id not in _NOT_ATTRIBUTES and one.type not in _NOT_SENT)


def picture_of(here: Jurisdiction, service_code: str) -> Field | None:
    """This function will return the question that a picture answers, the first that takes one; None where none does."""
    asked = asked_about(here.package, service_code, at=clock.now())
    return next((one for one in asked if one.type is FieldType.FILE and "image" in one.accept), None)


def _attribute(order: int, one: Field, language: str, places: Iterable[tuple[str, str]]) -> dict[str, object]:
    hint = one.hint.in_language(language) if one.hint else ""
    return {
        "variable": True,
        "code": one.id,
        "datatype": _DATATYPES.get(one.type, "string"),
        "required": one.is_required and not one.show_if,
        "datatype_description": hint or None,
        "order": order,
        "description": one.title.in_language(language),
        "values": [{"key": key, "name": name} for key, name in _values(one, language, places)],
    }


def _values(one: Field, language: str, places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    if one.type is FieldType.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    if one.type is FieldType.PLACE:
        return [(code, f"{name} ({code})") for code, name in places]
    return [(option.value, option.name.in_language(language)) for option in one.options]
