from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "secretariat.foundation.ui"
