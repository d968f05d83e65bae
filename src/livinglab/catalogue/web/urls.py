from django.urls import path

from livinglab.catalogue.web import files, own, own_practices, shelf_files, shelf_views, views

app_name = "catalogue"

urlpatterns = [
    path("catalogue/", shelf_views.search, name="search"),
    path("catalogue/catalogue.<str:file_format>", shelf_files.search_file, name="file"),
    path("catalogue/feed.<str:feed_format>", shelf_files.feed, name="feed"),
    path("catalogue/known/", shelf_views.known, name="known"),
    path("catalogue/known/known.<str:file_format>", shelf_files.known_file, name="known-file"),
    path("practices/<slug:key>/", shelf_views.practice, name="practice"),
    path("services/", views.services, name="services"),
    path("services/compare/", views.compare, name="compare"),
    path("services/compare/services-compared.<str:file_format>", files.download, name="compare-download"),
    path("services/<slug:key>/", views.service, name="service"),
    path("regions/<str:code>/services/", own.own_services, name="own-services"),
    path("regions/<str:code>/services/new/", own.record, name="record"),
    path("regions/<str:code>/services/<uuid:entry_id>/withdraw/", own.withdraw, name="withdraw"),
    path("regions/<str:code>/practices/", own_practices.own_practices, name="own-practices"),
    path("regions/<str:code>/practices/new/", own_practices.begin, name="begin-practice"),
    path("regions/<str:code>/practices/<uuid:practice_id>/", own_practices.edit, name="own-practice"),
    path("regions/<str:code>/practices/<uuid:practice_id>/step/", own_practices.step, name="practice-step"),
]
