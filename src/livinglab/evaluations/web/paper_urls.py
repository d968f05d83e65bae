"""Addresses of what leaves an evaluation as a file, and of what comes back."""

from django.urls import path

from livinglab.evaluations.web import report, workbook

_HERE = "regions/<str:code>/evaluations/<int:year>/"

urlpatterns = [
    path(f"{_HERE}workbook/", workbook.workbook, name="workbook"),
    path(f"{_HERE}workbook/sheet.xlsx", workbook.workbook_file, name="workbook-file"),
    path(f"{_HERE}workbook/<uuid:draft_id>/", workbook.workbook_preview, name="workbook-preview"),
    path(f"{_HERE}evidence.zip", workbook.evidence_archive, name="evidence-archive"),
    path(f"{_HERE}report/", report.report, name="report"),
    path(f"{_HERE}report/<uuid:job_id>/file", report.report_file, name="report-file"),
]
