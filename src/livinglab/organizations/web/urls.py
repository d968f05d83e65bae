from django.urls import path

from livinglab.organizations.web import agencies, areas, members, workspace

app_name = "organizations"
urlpatterns = [
    path("me/", workspace.me, name="me"),
    path("organizations/<str:code>/", workspace.home, name="home"),
    path("organizations/<str:code>/members/", members.members, name="members"),
    path("organizations/<str:code>/members/<uuid:membership_id>/end/", members.end, name="end_membership"),
    path("organizations/<str:code>/agencies/", agencies.agencies, name="agencies"),
    path("organizations/<str:code>/agencies/<uuid:agency_id>/close/", agencies.close, name="close_agency"),
    path("organizations/<str:code>/agencies/<uuid:agency_id>/reopen/", agencies.reopen, name="reopen_agency"),
    path("organizations/<str:code>/audit/", workspace.trail, name="audit"),
    path("regions/<str:code>/areas/", areas.areas, name="areas"),
]
