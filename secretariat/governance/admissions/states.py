from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(TextChoices):
    SCREENING = "screening", _("being screened")
    ASKED = "asked", _("waits for the applicant")
    BALLOT = "ballot", _("before the Council")
    ADMITTED = "admitted", pgettext_lazy("application", "admitted")
    REJECTED = "rejected", pgettext_lazy("application", "not admitted")
    REFUSED = "refused", _("refused before the ballot")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")


# A ballot that decides nothing gives the application back.
APPLICATION_TRANSITIONS = {
    "screening": ("asked", "ballot", "refused", "withdrawn"),
    "asked": ("screening", "refused", "withdrawn"),
    "ballot": ("admitted", "rejected", "screening"),
    "admitted": (),
    "rejected": (),
    "refused": (),
    "withdrawn": (),
}
OPEN = ("screening", "asked", "ballot")


class SponsorState(TextChoices):
    ASKED = "asked", pgettext_lazy("sponsor", "asked")
    CONFIRMED = "confirmed", pgettext_lazy("sponsor", "confirmed")
    DECLINED = "declined", pgettext_lazy("sponsor", "declined")


SPONSOR_TRANSITIONS = {"asked": ("confirmed", "declined"), "confirmed": (), "declined": ()}


class CheckState(TextChoices):
    OPEN = "open", pgettext_lazy("check", "open")
    PASSED = "passed", pgettext_lazy("check", "passed")
    FAILED = "failed", pgettext_lazy("check", "not passed")


class Point(TextChoices):
    """The points of the due diligence, in their order."""

    IDENTITY = "identity", _("The applicant is who it says it is, and registered where it works")
    CRITERIA = "criteria", _("It fulfils the criteria of the category")
    AUTHORITY = "authority", _("Whoever applies may act for it")
    SANCTIONS = "sanctions", _("It stands on no list of sanctions that binds the organisation")
    CONDUCT = "conduct", _("Nothing is known that contradicts the charter")


class ProspectState(TextChoices):
    SOUGHT = "sought", pgettext_lazy("prospect", "sought")
    INVITED = "invited", pgettext_lazy("prospect", "invited")
    APPLIED = "applied", pgettext_lazy("prospect", "applied")
    DECLINED = "declined", pgettext_lazy("prospect", "declined")


PROSPECT_TRANSITIONS = {
    "sought": ("invited", "applied", "declined"),
    "invited": ("applied", "declined"),
    "applied": (),
    "declined": ("invited", "applied"),
}
