"""The comparison as a file that other programs read."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from livinglab.catalogue import queries
from livinglab.catalogue.web.comparison import Wanted, read_wanted
from livinglab.catalogue.web.figure import comparison_figure
from livinglab.kernel.freshness import fresh_by
from livinglab.kernel.unknown import Known, UnknownValue, Unprocessable
from livinglab.ui.exports import table_as_csv, table_as_json, table_as_xlsx

NAME: Final = "services-compared"
_WRITERS: Final = {
    "csv": ("text/csv; charset=utf-8", table_as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table_as_xlsx),
    "json": ("application/json", table_as_json),
}


def downloads(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """This function will return the name and address of each file of a comparison."""
    return tuple((one.upper(), wanted.download_url(one)) for one in _WRITERS)


@require_safe
@fresh_by(queries.TOPIC, "organizations")
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """This function will answer the comparison as csv, xlsx or json; every function, whatever the page shows."""
    if file_format not in _WRITERS:
        raise UnknownValue(_("file format"), file_format, _WRITERS, status=404)
    wanted = read_wanted(request)
    if not wanted.codes:
        known = [Known(one.code, one.name) for one, _number in queries.regions_with_services()]
        raise Unprocessable(_("No region was chosen"), _("Name at least one region in the address."), known)
    compared = queries.service_matrix(
        wanted.codes, side=wanted.side, sector=wanted.sector, function=wanted.function
    )
    content_type, write = _WRITERS[file_format]
    response = HttpResponse(write(comparison_figure(compared)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.{file_format}"'
    return response
