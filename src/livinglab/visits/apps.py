from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "livinglab.visits"
    label = "visits"
