from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MyConfig(AppConfig):
    name = "secretariat.doors.my"
    verbose_name = _("my")
