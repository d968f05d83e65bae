from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "livinglab.surveys"
    label = "surveys"

    def ready(self) -> None:
        """This function will register what the context does by the clock."""
        import_module("livinglab.surveys.tasks")
