from importlib import import_module

from django.apps import AppConfig


class SandboxesConfig(AppConfig):
    name = "livinglab.sandboxes"
    label = "sandboxes"

    def ready(self) -> None:
        import_module("livinglab.sandboxes.tasks")
