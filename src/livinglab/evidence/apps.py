from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "livinglab.evidence"
    label = "evidence"
