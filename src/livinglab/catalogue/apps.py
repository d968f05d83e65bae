from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "livinglab.catalogue"
    label = "catalogue"
