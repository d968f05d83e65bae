from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "livinglab.audit"
    label = "audit"
