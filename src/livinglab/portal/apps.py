from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "livinglab.portal"
    label = "portal"

    def ready(self) -> None:
        """This function will make the subscriptions to events known."""
        import_module("livinglab.portal.tasks")
