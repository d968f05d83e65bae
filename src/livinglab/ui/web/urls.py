"""The address of the gallery."""

from django.urls import path

from livinglab.ui.web import views

app_name = "ui"

urlpatterns = [path("ui/", views.gallery, name="gallery")]
