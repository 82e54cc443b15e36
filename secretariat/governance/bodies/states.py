from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Flag(TextChoices):
    """What a body is and does. Its behaviour hangs on these, never on its name."""

    SUPREME = "supreme", _("supreme")
    EXECUTIVE = "executive", _("executive")
    STANDING = "standing", pgettext_lazy("body", "standing")
    ADVISES = "advises", _("advises")
    REVIEWS = "reviews", pgettext_lazy("body", "reviews")
    DECIDES = "decides", _("decides")
    ELECTS = "elects", _("elects")
    TEMPORARY = "temporary", _("temporary")


class Holder(TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class Role(TextChoices):
    MEMBER = "member", pgettext_lazy("seat", "member")
    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice-chair")
    SECRETARY = "secretary", _("secretary")
    ALTERNATE = "alternate", _("alternate")
