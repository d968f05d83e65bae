from django.urls import path

from livinglab.releases.web import (
    elsewhere,
    federation,
    feeds,
    imports,
    own,
    public,
    repository,
    review,
    warnings,
)
from livinglab.releases.web import process as processes

app_name = "releases"

_VERSION = "packages/<str:code>/<slug:package_id>/<str:version>/"

urlpatterns = [
    path("packages/", public.packages, name="list"),
    path(".well-known/livinglab-packages.json", federation.packages, name="index"),
    path("packages/<slug:name>.atom", feeds.feed, name="feed"),
    path("packages/elsewhere/", elsewhere.elsewhere, name="elsewhere"),
    path("packages/review/", review.waiting, name="waiting"),
    path("packages/<str:code>/<slug:package_id>/", public.package, name="package"),
    path("packages/<str:code>/<slug:package_id>/warnings/", warnings.warnings, name="warnings"),
    path(_VERSION, public.package, name="version"),
    path(f"{_VERSION}process/", processes.process, name="process"),
    path(f"{_VERSION}archive/", public.archive, name="archive"),
    path("packages/<str:code>/<slug:package_id>.git.zip", repository.repository, name="repository"),
    path(f"{_VERSION}review/", review.review, name="review"),
    path("regions/<str:code>/packages/", own.own, name="own"),
    path("regions/<str:code>/packages/imports/<uuid:received_id>/", imports.received, name="received"),
    path("regions/<str:code>/packages/keys/", own.keys, name="keys"),
]
