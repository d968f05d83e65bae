"""The pages that join the contexts."""

from django.urls import path

from livinglab.portal.web import api_docs, checks, open_data, pages, search

app_name = "portal"
urlpatterns = [
    path("data/", open_data.data, name="data"),
    path("data/checks/", checks.checks, name="checks"),
    path("api/v1/docs", api_docs.api_docs, name="api-docs"),
    path("search/", search.find, name="search"),
    path("about/", pages.about, name="about"),
    path("about/method/", pages.method, name="method"),
    path("about/accessibility/", pages.accessibility, name="accessibility"),
    path("about/privacy/", pages.privacy, name="privacy"),
]
