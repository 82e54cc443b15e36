from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "secretariat.foundation.jobs"
    verbose_name = _("jobs")
