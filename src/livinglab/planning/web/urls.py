from django.urls import path

from livinglab.planning.web import efforts, simulate, views
from livinglab.planning.web.teachers_urls import teachers_urls

app_name = "planning"

urlpatterns = [
    path("regions/<str:code>/plan/", views.plan, name="plan"),
    path(
        "regions/<str:code>/plan/figures/<slug:key>.<slug:file_format>", views.plan_figure, name="plan-figure"
    ),
    path("regions/<str:code>/plan/brief.pdf", views.plan_brief, name="plan-brief"),
    path("regions/<str:code>/simulate/", simulate.simulate, name="simulate"),
    path("regions/<str:code>/efforts/", efforts.efforts, name="efforts"),
    path("regions/<str:code>/efforts.csv", efforts.efforts_file, name="efforts-file"),
    *teachers_urls,
]
