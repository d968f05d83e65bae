"""The addresses of whom to learn a step from."""

from django.urls import path

from livinglab.planning.web import teachers as views

teachers_urls = [
    path(
        "regions/<str:code>/plan/teachers/<slug:indicator>/<int:level>/",
        views.teachers,
        name="teachers",
    ),
    path(
        "regions/<str:code>/plan/teachers/<slug:indicator>/<int:level>/teachers.<slug:file_format>",
        views.teachers_file,
        name="teachers-file",
    ),
]
