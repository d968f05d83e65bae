from django.urls import path

from livinglab.assessments.web import views

app_name = "assessments"

urlpatterns = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/<slug:code>/", views.instrument, name="instrument"),
    path("instruments/<slug:code>/indicators/<int:number>/", views.indicator, name="indicator"),
]
