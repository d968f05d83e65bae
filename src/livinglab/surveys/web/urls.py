from django.urls import path

from livinglab.surveys.web import comments, results, survey

app_name = "surveys"

_REGION = "regions/<str:code>/satisfaction/"

urlpatterns = [
    path("surveys/<str:code>/<str:token>/", survey.survey, name="survey"),
    path(_REGION, results.services, name="services"),
    path(f"{_REGION}comments/", comments.comments, name="comments"),
    path(f"{_REGION}<uuid:service_id>/", results.service, name="service"),
    path(
        f"{_REGION}<uuid:service_id>/<slug:key>.<slug:file_format>", results.service_file, name="service-file"
    ),
]
