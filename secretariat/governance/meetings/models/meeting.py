from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.governance.meetings import states
from secretariat.registry.refs.models import Traceable


class Meeting(Traceable):
    """A body comes together. Its times are moments; ``zone`` is the clock on the wall of the room."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    how = models.CharField(_("how"), max_length=10, choices=states.How, default=states.How.ROOM)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    audience = models.CharField(
        _("who sees it"), max_length=10, choices=states.Audience, default=states.Audience.BODY
    )
    speech_seconds = models.PositiveSmallIntegerField(_("time to speak (seconds)"), default=180)
    state = models.CharField(
        _("state"), max_length=20, choices=states.MeetingState, default=states.MeetingState.PLANNED
    )
    convened_at = models.DateTimeField(_("convened at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    short_notice = models.TextField(_("why the notice is short"), blank=True)
    reason = models.TextField(_("why it was cancelled"), blank=True)
    # Who held the chair when that was last looked at: what says that it passed from one to another.
    last_presiding = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    transitions = {"state": states.MEETING_TRANSITIONS}

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                name="meeting_state_known", condition=Q(state__in=states.MeetingState.values)
            ),
            models.CheckConstraint(name="meeting_how_known", condition=Q(how__in=states.How.values)),
            models.CheckConstraint(
                name="meeting_audience_known", condition=Q(audience__in=["public", "body"])
            ),
            models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_convened_says_when",
                condition=Q(state__in=["planned", "cancelled"]) | Q(convened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_opened_says_when",
                condition=~Q(state__in=["open", "closed"]) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_end_says_when",
                condition=~Q(state__in=["closed", "cancelled"]) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_with_reason", condition=~Q(state="cancelled") | ~Q(reason="")
            ),
            # Whoever presides, presides over one meeting: two of a body at once would give its chair to two.
            models.UniqueConstraint(
                fields=["body"], name="meeting_one_open_at_a_time", condition=Q(state="open")
            ),
        ]
        indexes = [models.Index(fields=["body", "starts_at"], name="meeting_of_body")]

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        return self.title_zh if language.startswith("zh") else self.title_en

    @property
    def day(self) -> date:
        """The day it is held on, by the clock of its place."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    def day_of(self, moment: datetime) -> date:
        """Return the day of a moment by the clock of its place."""
        return moment.astimezone(ZoneInfo(self.zone)).date()
