from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "livinglab.casework"
    label = "casework"
