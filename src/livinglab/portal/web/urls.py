"""The pages that join the contexts."""

from django.urls import include, path

from livinglab.portal.web import checks, open_data, pages, search

app_name = "portal"
urlpatterns = [
    path("data/", open_data.data, name="data"),
    path("data/checks/", checks.checks, name="checks"),
    path("api/v1/docs", include("livinglab.portal.api.docs_urls")),
    path("search/", search.find, name="search"),
    path("about/", pages.about, name="about"),
    path("about/method/", pages.method, name="method"),
    path("about/accessibility/", pages.accessibility, name="accessibility"),
    path("about/privacy/", pages.privacy, name="privacy"),
]
