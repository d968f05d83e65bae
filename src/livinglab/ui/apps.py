from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "livinglab.ui"
    label = "ui"
