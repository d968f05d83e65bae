from django.urls import path

from livinglab.comparisons.web import country_views, region_views, world_views
from livinglab.comparisons.web.compare_urls import compare_urls
from livinglab.comparisons.web.portrait_urls import portrait_urls

app_name = "comparisons"

urlpatterns = [
    path("", country_views.country, name="country"),
    path(
        "country/figures/<slug:key>.<slug:file_format>", country_views.country_figure, name="country-figure"
    ),
    path("regions/", region_views.regions, name="regions"),
    path("regions/ranking.<slug:file_format>", region_views.ranking_file, name="ranking-file"),
    path("provinces/", region_views.provinces, name="provinces"),
    path("provinces/provinces.<slug:file_format>", region_views.provinces_file, name="provinces-file"),
    path("provinces/<str:code>/", region_views.province, name="province"),
    path("world/", world_views.world, name="world"),
    path("world/figures/<slug:key>.<slug:file_format>", world_views.world_figure, name="world-figure"),
    *compare_urls,
    *portrait_urls,
]
