"""Where GeoReport is served, as Open311's service discovery says it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from livinglab.casework.api.open311 import writing
from livinglab.casework.api.open311.writing import Refusal

_SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
#: when this interface was last changed
CHANGED: Final = "2026-11-22T00:00:00+07:00"


@require_safe
def discovery(request: HttpRequest, kind: str) -> HttpResponse:
    """This function will say where the services of all regions are found, and in which formats."""
    if kind not in ("xml", "json"):
        return writing.errors("xml", Refusal(404, "Ask for xml or json."))
    base = request.build_absolute_uri(reverse("open311:services", args=[kind])).removesuffix(
        f"/services.{kind}"
    )
    row = {
        "changeset": CHANGED,
        "contact": request.build_absolute_uri(reverse("portal:about")),
        "key_service": None,
        "endpoints": [
            {
                "specification": _SPECIFICATION,
                "url": base,
                "changeset": CHANGED,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    response = writing.single(kind, "discovery", row)
    response["Access-Control-Allow-Origin"] = "*"
    return response
