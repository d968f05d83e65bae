from django.urls import path

from livinglab.catalogue.web import files, own, views

app_name = "catalogue"

urlpatterns = [
    path("services/", views.services, name="services"),
    path("services/compare/", views.compare, name="compare"),
    path("services/compare/services-compared.<str:file_format>", files.download, name="compare-download"),
    path("services/<slug:key>/", views.service, name="service"),
    path("regions/<str:code>/services/", own.own_services, name="own-services"),
    path("regions/<str:code>/services/new/", own.record, name="record"),
    path("regions/<str:code>/services/<uuid:entry_id>/withdraw/", own.withdraw, name="withdraw"),
]
