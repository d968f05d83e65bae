"""The public API under /api/v1/."""

from django.urls import path

from livinglab.portal.api.v1 import api

urlpatterns = [path("api/v1/", api.urls)]
