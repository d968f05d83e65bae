from importlib import import_module

from django.apps import AppConfig

from livinglab.audit.actions import told_by


class CatalogueConfig(AppConfig):
    name = "livinglab.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """This function will make the subscriptions to events known, and how the audit trail says our codes."""
        import_module("livinglab.catalogue.tasks")
        told_by("function", import_module("livinglab.catalogue.web.words").function_name)
