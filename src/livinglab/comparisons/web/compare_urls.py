"""The addresses of comparisons."""

from django.urls import path

from livinglab.comparisons.web import compare_views as views

compare_urls = [
    path("compare/", views.compare, name="compare"),
    path("compare/figures/<str:key>.<str:file_format>", views.compare_figure, name="compare-figure"),
]
