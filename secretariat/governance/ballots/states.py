from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BallotState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", pgettext_lazy("ballot", "open")
    CLOSED = "closed", pgettext_lazy("ballot", "closed")
    CANCELLED = "cancelled", _("cancelled")


class Method(TextChoices):
    HANDS = "hands", _("show of hands")
    ROLL_CALL = "roll_call", _("roll call")
    SILENCE = "silence", _("silence procedure")


class Majority(TextChoices):
    SIMPLE = "simple", _("simple majority")
    ABSOLUTE = "absolute", _("absolute majority")
    TWO_THIRDS = "two_thirds", _("two thirds")
    THREE_QUARTERS = "three_quarters", _("three quarters")


class Base(TextChoices):
    CAST = "cast", _("of those who vote yes or no")
    VOTING = "voting", _("of those who vote, abstentions included")
    PRESENT = "present", _("of those present")
    ENTITLED = "entitled", _("of all who may vote")


class Presider(TextChoices):
    """Who presides where the chair is away or recused on an item."""

    VICE_CHAIR = "vice_chair", _("a vice-chair, in the order of their seats; else whom those present choose")
    CHOSEN = "chosen", _("whom those present choose")


class Choice(TextChoices):
    YES = "yes", pgettext_lazy("vote", "yes")
    NO = "no", pgettext_lazy("vote", "no")
    ABSTAIN = "abstain", _("abstention")


class Channel(TextChoices):
    PAGE = "page", _("on the page")
    CALLED = "called", _("called out")
    PAPER = "paper", _("on paper")


class Outcome(TextChoices):
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    TIED = "tied", _("tied")
    NO_QUORUM = "no_quorum", _("no quorum")


BALLOT_TRANSITIONS = {
    "draft": ("open", "cancelled"),
    "open": ("closed", "cancelled"),
    "closed": (),
    "cancelled": (),
}
