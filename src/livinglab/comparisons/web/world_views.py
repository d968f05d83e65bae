"""The page of the wider world and the files of its figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from livinglab.comparisons.web.country_page import FORMATS, Shown
from livinglab.comparisons.web.world_page import world_figures, world_page
from livinglab.kernel.freshness import fresh_by
from livinglab.ui.web.files import figure_file


@require_safe
@fresh_by()
def world(request: HttpRequest) -> HttpResponse:
    """This function will show Indonesia beside four countries on the United Nations' own scale."""
    page = world_page()
    shown = [
        Shown(
            figure,
            tuple(
                (name.upper(), reverse("comparisons:world-figure", args=[figure.key, name]))
                for name in FORMATS
            ),
        )
        for figure in page.figures
    ]
    return render(request, "comparisons/world.html", {"page": page, "shown": shown})


@require_safe
@fresh_by()
def world_figure(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    """This function will answer one figure of the page as a file."""
    return figure_file(world_figures(), key, file_format, name=key)
