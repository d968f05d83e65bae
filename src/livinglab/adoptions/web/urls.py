from django.urls import include, path

from livinglab.adoptions.web import (
    adoption,
    agreements,
    between_urls,
    choose,
    editing_urls,
    federation_urls,
    local_urls,
    notice_settings,
    upgrade,
)

app_name = "adoptions"

_ADOPTION = "regions/<str:code>/adoptions/<uuid:adoption_id>/"

urlpatterns = [
    path("me/notices/", notice_settings.notices, name="notice-settings"),
    path("packages/<str:code>/<slug:package_id>/adopters/", choose.adopters, name="adopters"),
    path("packages/<str:code>/<slug:package_id>/<str:version>/adopt/", choose.choose, name="choose"),
    path("regions/<str:code>/agreements/", agreements.own, name="agreements"),
    path("regions/<str:code>/agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("regions/<str:code>/adoptions/", adoption.own, name="own"),
    path(_ADOPTION, adoption.adoption, name="adoption"),
    *local_urls.urlpatterns,
    path(f"{_ADOPTION}upgrade/<str:version>/", upgrade.upgrade, name="upgrade"),
    *between_urls.urlpatterns,
    *federation_urls.urlpatterns,
    path(f"{_ADOPTION}edit/", include(editing_urls.urlpatterns)),
]
