from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.meetings import states
from secretariat.governance.meetings.models.agenda import AgendaItem
from secretariat.governance.meetings.models.meeting import Meeting

BEFORE_ITS_END = ("convened", "open")


class Attendance(Record):
    """Somebody is there, from her arrival until she leaves. Who comes back has another row."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    mode = models.CharField(_("how"), max_length=10, choices=states.Mode, default=states.Mode.ROOM)
    arrived_at = models.DateTimeField(_("arrived at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    by_hand = models.BooleanField(_("entered by hand"), default=False)

    open_while = (("meeting", "state", BEFORE_ITS_END),)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.CheckConstraint(
                name="attendance_mode_known", condition=Q(mode__in=states.Mode.values)
            ),
            models.CheckConstraint(
                name="attendance_leaves_after_arrival",
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
            ),
            ExclusionConstraint(
                name="attendance_once_at_a_time",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(
                            "arrived_at", "left_at", RangeBoundary(inclusive_upper=False), function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]  # fmt: skip


class Proxy(Record):
    """A vote of this meeting, put into the hands of another who votes there. Of no effect while its giver is there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="proxies", verbose_name=_("meeting"))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    giver = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("given by"))
    holder = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("held by"))
    state = models.CharField(
        _("state"), max_length=20, choices=states.ProxyState, default=states.ProxyState.OFFERED
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    transitions = {"state": states.PROXY_TRANSITIONS}
    open_while = (("meeting", "state", BEFORE_ITS_END),)

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        constraints = [
            models.CheckConstraint(
                name="proxy_state_known", condition=Q(state__in=states.ProxyState.values)
            ),
            models.CheckConstraint(
                name="proxy_is_of_a_place", condition=Q(person__isnull=False) | Q(organisation__isnull=False)
            ),
            models.CheckConstraint(name="proxy_to_another", condition=~Q(giver=F("holder"))),
            models.UniqueConstraint(
                fields=["meeting", "person", "organisation"], name="proxy_one_of_a_place", nulls_distinct=False,
                condition=Q(state__in=["offered", "accepted"]),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["holder", "state"], name="proxy_of_holder")]


class Recusal(Record):
    """Somebody takes no part in an item and what stands under it, until that is lifted."""

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="recusals", verbose_name=_("agenda item")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.TextField(_("reason"))
    found = models.CharField(_("relation that was found"), max_length=60, blank=True)
    recused_at = models.DateTimeField(_("recused at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.CheckConstraint(name="recusal_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["item", "person"], name="recusal_once", condition=Q(lifted_at=None)
            ),
        ]


class Deputy(Record):
    """Somebody chosen to preside where neither the chair nor a vice-chair can; the latest choice counts."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="deputies", verbose_name=_("meeting"))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    chosen_at = models.DateTimeField(_("chosen at"))

    append_only = True
    open_while = (("meeting", "state", ("open",)),)

    class Meta:
        verbose_name = _("deputy chosen")
        verbose_name_plural = _("deputies chosen")


class Speech(Record):
    """Somebody asks for the floor on an item, has it, and gives it back. Time that is paused does not count."""

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="speeches", verbose_name=_("agenda item")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    stance = models.CharField(
        _("stance"), max_length=10, choices=states.Stance, default=states.Stance.COMMENT
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.SpeechState, default=states.SpeechState.WAITING
    )
    asked_at = models.DateTimeField(_("asked at"))
    limit = models.PositiveSmallIntegerField(_("time to speak (seconds)"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    paused = models.DurationField(_("time paused"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    transitions = {"state": states.SPEECH_TRANSITIONS}

    class Meta:
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        constraints = [
            models.CheckConstraint(name="speech_stance_known", condition=Q(stance__in=states.Stance.values)),
            models.CheckConstraint(
                name="speech_state_known", condition=Q(state__in=states.SpeechState.values)
            ),
            models.CheckConstraint(
                name="speech_given_says_when",
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="speech_paused_says_when",
                condition=Q(state="paused", paused_at__isnull=False) | ~Q(state="paused") & Q(paused_at=None),
            ),
            models.UniqueConstraint(
                fields=["item"], name="speech_one_at_a_time", condition=Q(state="speaking")
            ),
            models.UniqueConstraint(
                fields=["item", "person", "stance"], name="speech_asked_once", condition=Q(state="waiting")
            ),
        ]
