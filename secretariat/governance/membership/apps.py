from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "secretariat.governance.membership"
    verbose_name = _("membership")

    def ready(self) -> None:
        from secretariat.governance.membership import providers
        from secretariat.registry.capacities import queries as capacities
        from secretariat.registry.entitlements import queries as entitlements

        capacities.register_provider("representatives", providers.representatives)
        entitlements.register_provider("representatives", providers.summit_representatives)
        entitlements.register_provider("members", providers.summit_members)
