from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SeriesKind(TextChoices):
    SUMMIT = "summit", _("summit")
    REGIONAL_MEETING = "regional_meeting", _("regional meeting")
    WEBINAR = "webinar", _("webinar")
    BRIEFING = "briefing", _("briefing")
    RELEASE = "release", _("release ceremony")
    COMPETITION = "competition", _("competition")
    EXPO = "expo", _("expo")


class Part(TextChoices):
    """What an edition may switch on; it has the pages and rights only of these."""

    CALLS = "calls", _("calls")
    FORUMS = "forums", _("forums")
    EXPO = "expo", _("expo")
    COMPETITION = "competition", _("competition")
    CEREMONY = "ceremony", _("ceremony")
    REGISTRATION = "registration", _("registration")


class EditionState(TextChoices):
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    ARCHIVED = "archived", _("archived")
    CANCELLED = "cancelled", _("cancelled")


# A past edition of which little is recorded goes from announced straight to the archive.
EDITION_TRANSITIONS = {
    "announced": ("open", "cancelled", "archived"),
    "open": ("closed", "cancelled"),
    "closed": ("archived",),
    "archived": (),
    "cancelled": (),
}


class FactKind(TextChoices):
    """How well a figure is known: published, published in two versions, concluded by us, or not recorded."""

    FACT = "fact", _("published")
    CONFLICT = "conflict", _("sources disagree")
    INFERENCE = "inference", _("inferred")
    UNKNOWN = "unknown", _("not recorded")
