from importlib import import_module

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "livinglab.visits"
    label = "visits"

    def ready(self) -> None:
        """This function will register what the context does by the clock and on events, and what waits for people."""
        import_module("livinglab.visits.tasks")
