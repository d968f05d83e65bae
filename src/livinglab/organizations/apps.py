from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "livinglab.organizations"
    label = "organizations"
