from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "secretariat.foundation.audit"

    def ready(self) -> None:
        from secretariat.foundation.audit.integrity import install

        post_migrate.connect(install, sender=self)
