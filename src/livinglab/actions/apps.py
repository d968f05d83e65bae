from importlib import import_module

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "livinglab.actions"
    label = "actions"

    def ready(self) -> None:
        """This function will register what the context does by the clock and on events."""
        import_module("livinglab.actions.tasks")
