from importlib import import_module

from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "livinglab.comparisons"
    label = "comparisons"

    def ready(self) -> None:
        import_module("livinglab.comparisons.tasks")  # its subscribers
