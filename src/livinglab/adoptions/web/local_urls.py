"""Addresses of what a region does with a service on its own ground: districts and villages, and telling the people."""

from django.urls import path

from livinglab.adoptions.web import follow, outreach, places, unit, units

_ADOPTION = "regions/<str:code>/adoptions/<uuid:adoption_id>/"

urlpatterns = [
    path("regions/<str:code>/places/", places.places, name="places"),
    path(f"{_ADOPTION}units/", units.handed_down, name="units"),
    path(f"{_ADOPTION}units/choose/", units.choose, name="units-choose"),
    path(f"{_ADOPTION}units/<str:unit_code>/", unit.unit, name="unit"),
    path(f"{_ADOPTION}tell/", outreach.tell, name="tell"),
    path(f"{_ADOPTION}tell/<str:link_code>/", outreach.channel, name="channel"),
    path(f"{_ADOPTION}tell/<str:link_code>/<slug:paper>.pdf", outreach.poster, name="poster"),
    path("s/<str:code>/", follow.follow, name="follow"),
]
