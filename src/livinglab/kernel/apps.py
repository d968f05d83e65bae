from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "livinglab.kernel"
    label = "kernel"
