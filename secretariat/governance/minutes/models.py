from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.minutes import states
from secretariat.registry.refs.models import Traceable


class Minutes(Traceable):
    """What is kept of a meeting. Once adopted nothing in them changes, and their digest is sealed."""

    meeting = models.OneToOneField(
        "meetings.Meeting", models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.MinutesState, default=states.MinutesState.DRAFT
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    circulated_at = models.DateTimeField(_("circulated at"), null=True, blank=True)
    silence_ends_at = models.DateTimeField(_("adopted unless corrected by"), null=True, blank=True)
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True)
    adopted_how = models.CharField(_("adopted how"), max_length=10, choices=states.Way, blank=True)
    adopting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("adopted at the meeting"),
    )  # fmt: skip
    ballot = models.ForeignKey(
        "ballots.Ballot", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("adopted by the ballot"),
    )  # fmt: skip
    digest = models.CharField(_("digest"), max_length=64, blank=True)

    transitions = {"state": states.MINUTES_TRANSITIONS}

    class Meta:
        verbose_name = pgettext_lazy("of a meeting", "minutes")
        verbose_name_plural = pgettext_lazy("of a meeting", "minutes")
        constraints = [
            models.CheckConstraint(
                name="minutes_state_known", condition=Q(state__in=states.MinutesState.values)
            ),
            models.CheckConstraint(
                name="minutes_circulated_says_when",
                condition=Q(state="draft", circulated_at=None)
                | ~Q(state="draft") & Q(circulated_at__isnull=False, silence_ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="minutes_adopted_says_how",
                condition=~Q(state="adopted")
                & Q(adopted_at=None, adopted_how="", adopting=None, ballot=None, digest="")
                | Q(
                    state="adopted",
                    adopted_at__isnull=False,
                    adopted_how="silence",
                    adopting=None,
                    ballot=None,
                )
                & ~Q(digest="")
                | Q(state="adopted", adopted_at__isnull=False, adopted_how="meeting", adopting__isnull=False)
                & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Paragraph(Record):
    """A paragraph in one language, as it reads now. ``key`` tells what it is about, so that drafting finds it again."""

    minutes = models.ForeignKey(
        Minutes,
        models.PROTECT,
        related_name="paragraphs",
        verbose_name=pgettext_lazy("of a meeting", "minutes"),
    )
    item = models.ForeignKey(
        "meetings.AgendaItem", models.PROTECT, null=True, related_name="+", verbose_name=_("agenda item")
    )
    key = models.CharField(_("about"), max_length=60)
    language = models.CharField(_("language"), max_length=10, choices=states.Language)
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    heading = models.CharField(_("heading"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    is_edited = models.BooleanField(_("edited"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    open_while = (("minutes", "state", ("draft", "circulated")),)

    class Meta:
        verbose_name = _("paragraph of minutes")
        verbose_name_plural = _("paragraphs of minutes")
        ordering = ["position", "language"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "key", "language"], name="minutes_paragraph_once"),
            models.CheckConstraint(
                name="minutes_language_known", condition=Q(language__in=states.Language.values)
            ),
        ]


class ParagraphVersion(Record):
    """The words of a paragraph as they came in. What is drafted again beside edited words is kept here alone."""

    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, related_name="versions", verbose_name=_("paragraph of minutes")
    )
    number = models.PositiveIntegerField(_("version"))
    source = models.CharField(_("comes from"), max_length=20, choices=states.Source)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    append_only = True

    class Meta:
        verbose_name = _("version of a paragraph")
        verbose_name_plural = _("versions of paragraphs")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "number"], name="minutes_version_once"),
            models.CheckConstraint(
                name="minutes_version_source_known", condition=Q(source__in=states.Source.values)
            ),
        ]


class Correction(Record):
    """Other words for a paragraph, proposed by somebody who was there."""

    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, related_name="corrections", verbose_name=_("paragraph of minutes")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    text = models.TextField(_("how it should read"))
    reason = models.TextField(_("why"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=states.CorrectionState, default=states.CorrectionState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    transitions = {"state": states.CORRECTION_TRANSITIONS}

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        constraints = [
            models.CheckConstraint(
                name="correction_state_known", condition=Q(state__in=states.CorrectionState.values)
            ),
            models.CheckConstraint(
                name="correction_answered_says_when",
                condition=Q(state="proposed", answered_at=None)
                | ~Q(state="proposed") & Q(answered_at__isnull=False),
            ),
        ]


class Reading(Record):
    """Somebody has read the minutes and wants nothing in them to read otherwise."""

    minutes = models.ForeignKey(
        Minutes,
        models.PROTECT,
        related_name="readings",
        verbose_name=pgettext_lazy("of a meeting", "minutes"),
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("at"))

    append_only = True

    class Meta:
        verbose_name = _("reading of minutes")
        verbose_name_plural = _("readings of minutes")
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="minutes_read_once")]


class Resolution(Traceable):
    """What a body resolved, by its number in the body's year. Whether it is open follows from its actions."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300)
    text_en = models.TextField(_("text in English"))
    text_zh = models.TextField(_("text in Chinese"))
    adopted_on = models.DateField(_("adopted on"))
    item = models.ForeignKey(
        "meetings.AgendaItem", models.PROTECT, null=True, related_name="+", verbose_name=_("agenda item")
    )
    motion = models.OneToOneField(
        "motions.Motion", models.PROTECT, null=True, related_name="+", verbose_name=_("motion")
    )
    ballot = models.OneToOneField(
        "ballots.Ballot", models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    digest = models.CharField(_("digest"), max_length=64)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="resolution_number_once"),
            models.CheckConstraint(
                name="resolution_says_what",
                condition=~Q(title_en="") & ~Q(title_zh="") & ~Q(text_en="") & ~Q(text_zh=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "en").startswith("zh") else self.title_en

    @property
    def code(self) -> str:
        """Its number in the body's year, as it is quoted."""
        return f"{self.body.key.upper()}/R/{self.year}/{self.number}"


class Evidence(Record):
    """What shows that an action of a resolution was carried out: whatever has a number, or a file."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="evidence", verbose_name=_("resolution")
    )
    task = models.ForeignKey("tasks.Task", models.PROTECT, related_name="+", verbose_name=_("action"))
    shown_by = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shown by")
    )
    file = models.ForeignKey(
        "files.File", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    append_only = True

    class Meta:
        verbose_name = pgettext_lazy("resolution", "evidence")
        verbose_name_plural = pgettext_lazy("resolution", "evidence")
        constraints = [
            models.CheckConstraint(
                name="evidence_is_one_thing",
                condition=Q(shown_by__isnull=False, file=None) | Q(shown_by=None, file__isnull=False),
            ),
        ]
