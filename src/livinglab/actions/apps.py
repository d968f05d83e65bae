from importlib import import_module

from django.apps import AppConfig

from livinglab.audit.actions import told_by


class ActionsConfig(AppConfig):
    name = "livinglab.actions"
    label = "actions"

    def ready(self) -> None:
        """This function will register what the context does by the clock and on events."""
        import_module("livinglab.actions.tasks")
        words = import_module("livinglab.actions.web.words")
        told_by("fields", words.field_name)
        told_by("document", words.document_name)
