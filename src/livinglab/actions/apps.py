from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "livinglab.actions"
    label = "actions"
