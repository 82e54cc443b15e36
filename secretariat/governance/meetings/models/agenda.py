from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.meetings import states
from secretariat.governance.meetings.models.meeting import Meeting


class AgendaItem(Record):
    """What a meeting takes up. Its number follows from its place; nobody sees it who does not see its parent."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        pgettext_lazy("length of time", "minutes"), null=True, blank=True
    )
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=states.Purpose, default=states.Purpose.DISCUSSION
    )
    audience = models.CharField(
        _("who sees it"), max_length=10, choices=states.Audience, default=states.Audience.BODY
    )
    subject = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.ItemState, default=states.ItemState.COMING
    )
    began_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    list_closed = models.BooleanField(_("speakers' list closed"), default=False)

    transitions = {"state": states.ITEM_TRANSITIONS}
    open_while = (("meeting", "state", ("planned", "convened", "open")),)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="agenda_item_state_known", condition=Q(state__in=states.ItemState.values)
            ),
            models.CheckConstraint(
                name="agenda_item_purpose_known", condition=Q(purpose__in=states.Purpose.values)
            ),
            models.CheckConstraint(
                name="agenda_item_audience_known", condition=Q(audience__in=states.Audience.values)
            ),
            models.CheckConstraint(name="agenda_item_not_under_itself", condition=~Q(parent=F("id"))),
            models.UniqueConstraint(
                fields=["meeting"], name="agenda_item_one_current", condition=Q(state="current")
            ),
            models.UniqueConstraint(
                fields=["meeting", "parent", "position"], name="agenda_item_place_once",
                nulls_distinct=False, deferrable=models.Deferrable.DEFERRED,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        return self.title_zh if language.startswith("zh") else self.title_en


class ItemBallot(Record):
    """A ballot that was held on an item."""

    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="ballots", verbose_name=_("agenda item")
    )
    ballot = models.OneToOneField(
        "ballots.Ballot", models.PROTECT, related_name="+", verbose_name=_("ballot")
    )

    append_only = True

    class Meta:
        verbose_name = _("ballot on an item")
        verbose_name_plural = _("ballots on items")


class Paper(Record):
    """A document for an item, quoted by the meeting's number and its own. Who sees the item sees it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("meeting"))
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers", verbose_name=_("agenda item"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300)
    withdrawn = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="paper_number_once")]

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "en").startswith("zh") else self.title_en


class PaperVersion(Record):
    """A paper as it was handed in, in one language. The latest turn of a language is what is read."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions", verbose_name=_("paper"))
    language = models.CharField(_("language"), max_length=20)
    turn = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+", verbose_name=_("file"))
    handed_in_at = models.DateTimeField(_("handed in at"))
    is_late = models.BooleanField(_("late"), default=False)

    append_only = True

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["language", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "language", "turn"], name="paper_version_once"),
        ]
