from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "livinglab.signatures"
    label = "signatures"
