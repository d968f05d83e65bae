from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "livinglab.documents"
    label = "documents"
