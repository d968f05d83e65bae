from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "livinglab.releases"
    label = "releases"
