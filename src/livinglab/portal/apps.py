from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "livinglab.portal"
    label = "portal"
