from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CONCLUDED = "concluded", _("concluded")
    CANCELLED = "cancelled", _("cancelled")


CALL_TRANSITIONS = {
    "draft": ("open", "cancelled"),
    "open": ("closed",),
    "closed": ("concluded",),
    "concluded": (),
    "cancelled": (),
}


class SubmissionState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ELIGIBLE = "eligible", _("eligible")
    INELIGIBLE = "ineligible", _("not eligible")


SUBMISSION_TRANSITIONS = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("withdrawn", "eligible", "ineligible"),
    "eligible": ("withdrawn",),
    "ineligible": (),
    "withdrawn": (),
}


class QuestionState(TextChoices):
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", pgettext_lazy("question", "answered")
    SETTLED = "settled", _("settled")


QUESTION_TRANSITIONS = {"asked": ("answered", "settled"), "answered": ("settled",), "settled": ()}


class FieldKind(TextChoices):
    SHORT_TEXT = "short_text", _("short text")
    LONG_TEXT = "long_text", _("long text")
    CHOICE = "choice", _("choice")
    NUMBER = "number", _("number")
    COUNTRY = "country", _("countries and regions")
    DATE = "date", _("date")
    FILE = "file", _("file")
    URL = "url", _("web address")
    CONTRIBUTORS = "contributors", _("contributors")


NAMED_ANSWERS = "calls.named"  # the kind of disclosure of what is for named persons


class Confidentiality(TextChoices):
    PUBLIC = "public", _("public")
    COMMITTEE = "committee", _("for the committee")
    NAMED = "named", _("for named persons")


class StageKind(TextChoices):
    ELIGIBILITY = "eligibility", _("eligibility")
    CALIBRATED = "calibrated", _("calibrated scores")
    LEVELS = "levels", _("levels of honour")


class Moves(TextChoices):
    """How a committee may move an item across the line of a calibrated list; not at all where nothing is said."""

    VOTE = "vote", _("by a recorded vote of the committee")


class CountryRole(TextChoices):
    APPLICANT = "applicant", _("of the applicants")
    USE = "use", _("of use")
