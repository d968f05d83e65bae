from importlib import import_module

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "livinglab.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """This function will make the subscriptions to events known."""
        import_module("livinglab.catalogue.tasks")
