"""Pages between adopters and publishers: changes offered back, packages of their own, faults."""

from django.urls import path

from livinglab.adoptions.web import derive, faults, offers

_ADOPTION = "regions/<str:code>/adoptions/<uuid:adoption_id>/"
_PUBLISHER = "regions/<str:code>/packages/"
_PACKAGE = "packages/<str:code>/<slug:package_id>/"

urlpatterns = [
    path(f"{_PACKAGE}family/", derive.family, name="family"),
    path(f"{_PACKAGE}faults/", faults.public, name="faults-public"),
    path(f"{_ADOPTION}offers/", offers.give, name="offers"),
    path(f"{_ADOPTION}derive/", derive.derive, name="derive"),
    path(f"{_ADOPTION}faults/", faults.report, name="faults"),
    path(f"{_PUBLISHER}offers/", offers.received, name="received"),
    path(f"{_PUBLISHER}offers/<uuid:offer_id>/", offers.answer, name="offer"),
    path(f"{_PUBLISHER}faults/", faults.received, name="faults-received"),
]
