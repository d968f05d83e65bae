from importlib import import_module

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "livinglab.evaluations"
    label = "evaluations"

    def ready(self) -> None:
        """This function will register the context's event handlers."""
        import_module("livinglab.evaluations.tasks")
