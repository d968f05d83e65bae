from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "livinglab.assessments"
    label = "assessments"
