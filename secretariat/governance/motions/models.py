from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.ballots.states import Base, Majority
from secretariat.governance.motions import states
from secretariat.governance.motions.logic import Change, Paragraph
from secretariat.registry.refs.models import Traceable


class Requirement(Record):
    """What a kind of motion needs in a body: a majority other than that of its procedure, and seconders."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    kind = models.CharField(_("kind of motion"), max_length=20, choices=states.Kind)
    majority = models.CharField(_("majority"), max_length=20, choices=Majority, blank=True)
    base = models.CharField(_("measured"), max_length=20, choices=Base, blank=True)
    seconders = models.PositiveSmallIntegerField(_("seconders needed"), default=0)

    class Meta:
        verbose_name = _("requirement of motions")
        verbose_name_plural = _("requirements of motions")
        constraints = [
            models.UniqueConstraint(fields=["body", "kind"], name="requirement_once"),
            models.CheckConstraint(name="requirement_kind_known", condition=Q(kind__in=states.Kind.values)),
            models.CheckConstraint(
                name="requirement_majority_whole",
                condition=Q(majority="", base="")
                | Q(majority__in=Majority.values, base__in=Base.values)
                & (~Q(majority="simple") | Q(base="cast")),
            ),
        ]


class Motion(Traceable):
    """A text that members ask a body to adopt. What stands here is the latest version, or the draft."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    kind = models.CharField(
        _("kind of motion"), max_length=20, choices=states.Kind, default=states.Kind.ORDINARY
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.MotionState, default=states.MotionState.DRAFT
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    power = models.ForeignKey(
        "powers.Power", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("power used"),
    )  # fmt: skip
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    paragraphs = models.JSONField(_("text"), default=list)  # [{"en": …, "zh": …}, …], numbered from one
    reason = models.TextField(_("reason for the motion"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    note = models.TextField(_("why it ended so"), blank=True)
    ballot = models.ForeignKey(
        "ballots.Ballot",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    transitions = {"state": states.MOTION_TRANSITIONS}

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="motion_number_once"),
            models.CheckConstraint(
                name="motion_state_known", condition=Q(state__in=states.MotionState.values)
            ),
            models.CheckConstraint(name="motion_kind_known", condition=Q(kind__in=states.Kind.values)),
            models.CheckConstraint(
                name="motion_numbered_once_submitted",
                condition=Q(submitted_at=None, number=None, year=None, state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, number__isnull=False, year__isnull=False) & ~Q(state="draft"),
            ),
            models.CheckConstraint(
                name="motion_admitted_says_when",
                condition=~Q(state="admitted") | Q(admitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="motion_ended_with_reason", condition=~Q(state__in=["ruled_out", "lapsed"]) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="motion_decided_by_ballot",
                condition=~Q(state__in=["adopted", "rejected"]) | Q(ballot__isnull=False),
            ),
            models.CheckConstraint(
                name="motion_published_when_adopted", condition=Q(published_at=None) | Q(state="adopted")
            ),
        ]

    def __str__(self) -> str:
        return self.title_in(get_language() or "en") or self.ref.number

    def title_in(self, language: str) -> str:
        first, second = self.title_en, self.title_zh
        return (second or first) if language.startswith("zh") else (first or second)

    @property
    def code(self) -> str:
        """Its number in the body's year, as it is quoted; empty before it is submitted."""
        return f"{self.body.key.upper()}/{self.year}/{self.number}" if self.number else ""

    @property
    def text(self) -> list[Paragraph]:
        return [Paragraph(row.get("en", ""), row.get("zh", "")) for row in self.paragraphs]


class Version(Record):
    """A motion's text as it was at a moment that counts."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="versions", verbose_name=_("motion"))
    number = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=20, choices=states.Stage)
    title_en = models.CharField(_("title in English"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300)
    paragraphs = models.JSONField(_("text"))
    digest = models.CharField(_("digest"), max_length=64)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    append_only = True

    class Meta:
        verbose_name = _("version of a motion")
        verbose_name_plural = _("versions of motions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "number"], name="motion_version_once"),
            models.UniqueConstraint(
                fields=["motion"], name="motion_adopted_once", condition=Q(stage="adopted")
            ),
            models.CheckConstraint(
                name="motion_version_stage_known", condition=Q(stage__in=states.Stage.values)
            ),
        ]

    @property
    def text(self) -> list[Paragraph]:
        return [Paragraph(row["en"], row["zh"]) for row in self.paragraphs]


class Amendment(Traceable):
    """A change to one paragraph of a motion. ``turn`` is its place among those taken in; ``against`` what it meets."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="amendments", verbose_name=_("motion"))
    number = models.PositiveSmallIntegerField(_("number"))
    doing = models.CharField(_("what it does"), max_length=20, choices=states.Doing)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    text_en = models.TextField(_("text in English"), blank=True)
    text_zh = models.TextField(_("text in Chinese"), blank=True)
    reason = models.TextField(_("reason for the amendment"), blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=states.AmendmentState, default=states.AmendmentState.PROPOSED
    )
    position = models.PositiveSmallIntegerField(_("place in the order of votes"), null=True, blank=True)
    turn = models.PositiveSmallIntegerField(_("taken in as"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined by the movers at"), null=True, blank=True)
    against = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competes with")
    )
    ballot = models.ForeignKey(
        "ballots.Ballot",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    note = models.TextField(_("why it ended so"), blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    transitions = {"state": states.AMENDMENT_TRANSITIONS}

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.UniqueConstraint(fields=["motion", "number"], name="amendment_number_once"),
            models.UniqueConstraint(fields=["motion", "turn"], name="amendment_turn_once"),
            models.CheckConstraint(
                name="amendment_state_known", condition=Q(state__in=states.AmendmentState.values)
            ),
            models.CheckConstraint(
                name="amendment_says_what",
                condition=Q(doing="delete", text_en="", text_zh="", paragraph__gt=0)
                | Q(doing="replace", paragraph__gt=0) & ~Q(text_en="") & ~Q(text_zh="")
                | Q(doing="insert") & ~Q(text_en="") & ~Q(text_zh=""),
            ),
            models.CheckConstraint(
                name="amendment_taken_in_has_a_turn",
                condition=Q(state__in=states.TAKEN_IN, turn__isnull=False)
                | ~Q(state__in=states.TAKEN_IN) & Q(turn=None),
            ),
            models.CheckConstraint(
                name="amendment_adopted_by_ballot", condition=~Q(state="adopted") | Q(ballot__isnull=False)
            ),
            models.CheckConstraint(
                name="amendment_ended_with_reason",
                condition=~Q(state__in=["ruled_out", "fallen"]) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="amendment_questioned_by_another",
                condition=~Q(state="questioned") | Q(against__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion.code} A{self.number}"

    @property
    def change(self) -> Change:
        return Change(self.doing, self.paragraph, self.text_en, self.text_zh)


class Backing(Record):
    """Somebody moves or seconds a motion, or an amendment to it, for a place in the body. ``by`` speaks for it."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="backings", verbose_name=_("motion"))
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="backings", verbose_name=_("amendment")
    )
    part = models.CharField(_("as"), max_length=20, choices=states.Part)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("stepped back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("backing")
        verbose_name_plural = _("backings")
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "amendment", "person", "organisation"], name="backing_once",
                condition=Q(ended_at=None), nulls_distinct=False,
            ),
            models.CheckConstraint(name="backing_part_known", condition=Q(part__in=states.Part.values)),
            models.CheckConstraint(
                name="backing_is_somebodys",
                condition=Q(person__isnull=False, organisation=None)
                | Q(person=None, organisation__isnull=False),
            ),
        ]  # fmt: skip

    @property
    def holder(self) -> object:
        return self.organisation or self.person


class Follower(Record):
    """Somebody who wants to hear what becomes of a motion."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="followers", verbose_name=_("motion"))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("follower of a motion")
        verbose_name_plural = _("followers of motions")
        constraints = [models.UniqueConstraint(fields=["motion", "person"], name="follower_once")]
