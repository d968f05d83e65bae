"""The gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from livinglab.ui.web import samples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component and chart, with invented figures."""
    return render(request, "ui/gallery.html", {"samples": samples, "page_link": "?page={}#components".format})
