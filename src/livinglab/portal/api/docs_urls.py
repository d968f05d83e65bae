"""The address of the API's documentation, in both languages; livinglab.portal.web.urls includes it."""

from django.urls import path

from livinglab.portal.api import docs

urlpatterns = [path("", docs.api_docs, name="api-docs")]
