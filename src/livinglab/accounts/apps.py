from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "livinglab.accounts"
    label = "accounts"
