from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "livinglab.planning"
    label = "planning"
