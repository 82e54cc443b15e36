from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Holder(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class MemberState(TextChoices):
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


# Who has left may be admitted again, as the same member.
MEMBER_TRANSITIONS = {
    "active": ("suspended", "ended"),
    "suspended": ("active", "ended"),
    "ended": ("active",),
}
