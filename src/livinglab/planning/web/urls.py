from django.urls import path

from livinglab.planning.web import views
from livinglab.planning.web.teachers_urls import teachers_urls

app_name = "planning"

urlpatterns = [
    path("regions/<str:code>/plan/", views.plan, name="plan"),
    path(
        "regions/<str:code>/plan/figures/<slug:key>.<slug:file_format>", views.plan_figure, name="plan-figure"
    ),
    *teachers_urls,
]
