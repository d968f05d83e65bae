"""Addresses of what leaves an evaluation as a file, and of what comes back."""

from django.urls import path

from livinglab.evaluations.web import workbook

_HERE = "regions/<str:code>/evaluations/<int:year>/"

urlpatterns = [
    path(f"{_HERE}workbook/", workbook.workbook, name="workbook"),
    path(f"{_HERE}workbook/sheet.xlsx", workbook.workbook_file, name="workbook-file"),
    path(f"{_HERE}workbook/<uuid:draft_id>/", workbook.workbook_preview, name="workbook-preview"),
]
