from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Standing(TextChoices):
    """How a member stands on a day, by rule."""

    COMING = "coming", pgettext_lazy("standing", "not begun")
    CURRENT = "current", pgettext_lazy("standing", "current")
    GRACE = "grace", pgettext_lazy("standing", "in the days of grace")
    LAPSED = "lapsed", pgettext_lazy("standing", "lapsed")
    SUSPENDED = "suspended", pgettext_lazy("standing", "suspended")
    ENDED = "ended", pgettext_lazy("standing", "ended")


class Kind(TextChoices):
    """What happens to a member; how it stands follows from these."""

    ADMITTED = "admitted", _("admitted")
    CATEGORY_CHANGED = "category_changed", _("category changed")
    RENEWED = "renewed", _("renewed")
    SUSPENDED = "suspended", _("suspended")
    REINSTATED = "reinstated", _("reinstated")
    RESIGNED = "resigned", _("resigned")
    ENDED = "ended", _("membership ended")
    OVERRIDDEN = "overridden", _("standing decided by hand")
    OVERRIDE_LIFTED = "override_lifted", _("decision by hand lifted")


class Part(TextChoices):
    """What of a member's entry in the directory is shown or not, one by one. At first nothing is."""

    DESCRIPTION = "description", _("description")
    WEBSITE = "website", _("website")
    CONTACT = "contact", _("contact")
    REPRESENTATIVES = "representatives", _("representatives who agree to be named")
    ACCOUNTS = "accounts", _("accounts in social networks")
