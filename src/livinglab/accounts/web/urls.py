from django.urls import path

from livinglab.accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("accounts/profile/", views.profile, name="profile"),
    path("accounts/back/", views.back, name="back"),
]
