from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    CONVENED = "convened", _("convened")
    OPEN = "open", pgettext_lazy("meeting", "open")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", _("cancelled")


class How(TextChoices):
    ROOM = "room", _("in the room")
    HYBRID = "hybrid", _("hybrid")
    REMOTE = "remote", _("at a distance")


class Audience(TextChoices):
    """Who sees a meeting or an item of its agenda, the widest first."""

    PUBLIC = "public", _("everybody")
    BODY = "body", _("the body")
    CLOSED = "closed", _("the desk and the chair alone")


class Purpose(TextChoices):
    INFORMATION = "information", _("information")
    DISCUSSION = "discussion", _("discussion")
    DECISION = "decision", _("decision")


class ItemState(TextChoices):
    COMING = "coming", pgettext_lazy("agenda item", "coming")
    CURRENT = "current", pgettext_lazy("agenda item", "current")
    DONE = "done", pgettext_lazy("agenda item", "done")
    ADJOURNED = "adjourned", _("adjourned")


class Mode(TextChoices):
    ROOM = "room", _("in the room")
    REMOTE = "remote", _("at a distance")


class ProxyState(TextChoices):
    OFFERED = "offered", pgettext_lazy("proxy", "offered")
    ACCEPTED = "accepted", pgettext_lazy("proxy", "accepted")
    DECLINED = "declined", pgettext_lazy("proxy", "declined")
    REVOKED = "revoked", pgettext_lazy("proxy", "revoked")


class Stance(TextChoices):
    ORDER = "order", _("point of order")
    PRO = "pro", pgettext_lazy("stance", "for")
    CONTRA = "contra", pgettext_lazy("stance", "against")
    COMMENT = "comment", pgettext_lazy("stance", "comment")


class SpeechState(TextChoices):
    WAITING = "waiting", pgettext_lazy("speech", "waiting")
    SPEAKING = "speaking", pgettext_lazy("speech", "speaking")
    PAUSED = "paused", pgettext_lazy("speech", "paused")
    ENDED = "ended", pgettext_lazy("speech", "ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("speech", "withdrawn")


MEETING_TRANSITIONS = {
    "planned": ("convened", "cancelled"),
    "convened": ("open", "cancelled"),
    "open": ("closed",),
    "closed": (),
    "cancelled": (),
}
# What is done may be taken up again, by the same meeting.
ITEM_TRANSITIONS = {
    "coming": ("current", "adjourned"),
    "current": ("done", "adjourned"),
    "done": ("current",),
    "adjourned": ("current",),
}
PROXY_TRANSITIONS = {
    "offered": ("accepted", "declined", "revoked"),
    "accepted": ("revoked",),
    "declined": (),
    "revoked": (),
}
SPEECH_TRANSITIONS = {
    "waiting": ("speaking", "withdrawn"),
    "speaking": ("paused", "ended"),
    "paused": ("speaking", "ended"),
    "ended": (),
    "withdrawn": (),
}
