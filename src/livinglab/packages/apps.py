from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "livinglab.packages"
    label = "packages"
