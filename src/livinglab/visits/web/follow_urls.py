"""Addresses of follow-through and cohorts; `web/urls.py` includes them."""

from django.urls import path

from livinglab.visits.web import cohort, follow

_HERE = "follow-through/"
_COHORT = f"{_HERE}cohorts/<slug:code>/"
_ONE = f"{_HERE}<str:code>/"

urlpatterns = [
    path(_HERE, follow.follow, name="follow"),
    path(f"{_HERE}owing/", follow.owed, name="owing"),
    path(f"{_HERE}owing.<slug:file_format>", follow.owed_file, name="owing-file"),
    path(f"{_HERE}<slug:key>.<slug:file_format>", follow.follow_file, name="follow-file"),
    path(f"{_HERE}cohorts/new/", cohort.new_cohort, name="cohort-new"),
    path(_COHORT, cohort.cohort, name="cohort"),
    path(f"{_COHORT}members/", cohort.name_member, name="cohort-members"),
    path(f"{_COHORT}<slug:key>.<slug:file_format>", cohort.cohort_file, name="cohort-file"),
    path(_ONE, follow.follow_host, name="follow-host"),
    path(f"{_ONE}<slug:key>.<slug:file_format>", follow.follow_host_file, name="follow-host-file"),
]
