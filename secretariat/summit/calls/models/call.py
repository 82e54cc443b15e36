from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.registry.refs.models import Traceable
from secretariat.summit.calls import states
from secretariat.summit.calls.undertaking import usual


class Call(Traceable):
    """An open call of an edition: what is asked, how it is judged, and every cut, declared before it opens."""

    edition = models.ForeignKey(
        "editions.Edition", models.PROTECT, related_name="+", verbose_name=_("edition")
    )
    key = models.SlugField(_("key"), max_length=60, unique=True)
    series = models.CharField(_("series of numbers"), max_length=30)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    word_en = models.CharField(_("name of one submission in English"), max_length=60)
    word_zh = models.CharField(_("name of one submission in Chinese"), max_length=60)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    zone = models.CharField(_("time zone"), max_length=60)
    committee = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name=_("committee")
    )
    publication = models.JSONField(_("publication"), default=dict)
    # What counts as a conflict of interest here, where it differs from the usual: registry.conflicts.policies.
    conflict_rules = models.JSONField(_("rules on conflicts of interest"), default=dict)
    # What its committee's members sign before they read: en and zh, and what tells this text from any other.
    undertaking = models.JSONField(_("undertaking of the committee"), default=usual)
    undertaking_digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=states.CallState, default="draft")
    rules_digest = models.CharField(max_length=64, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)

    transitions = {"state": states.CALL_TRANSITIONS}

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="call_open_has_digest",
                condition=Q(state__in=["draft", "cancelled"]) | ~Q(rules_digest=""),
            ),
            models.CheckConstraint(
                name="call_closed_has_digest",
                condition=~Q(state__in=["closed", "concluded"]) | ~Q(inputs_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class CallPart(Record):
    """A row of a call's rules: it may change only while the call is a draft; the database refuses the rest."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="%(class)ss", verbose_name=_("call"))
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=60)

    open_while: ClassVar = (("call", "state", ("draft",)),)

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="%(class)s_key_once")]


class FormField(CallPart):
    """A question of the form. Limits are characters for each language; params depend on the kind."""

    kind = models.CharField(_("kind"), max_length=20, choices=states.FieldKind)
    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    required = models.BooleanField(_("required"), default=False)
    confidentiality = models.CharField(_("who reads it"), max_length=20, choices=states.Confidentiality)
    limits = models.JSONField(_("limits"), default=dict)
    params = models.JSONField(_("parameters"), default=dict)

    class Meta(CallPart.Meta):
        verbose_name = pgettext_lazy("form", "field")
        verbose_name_plural = pgettext_lazy("form", "fields")


class Criterion(CallPart):
    """What a review scores, with its weight among the criteria and its scale of whole numbers."""

    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    help_en = models.TextField(_("guidance in English"), blank=True)
    help_zh = models.TextField(_("guidance in Chinese"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    minimum = models.SmallIntegerField(_("lowest score"))
    maximum = models.SmallIntegerField(_("highest score"))
    anchors = models.JSONField(_("what scores mean"), default=dict)  # score -> en and zh
    invented = models.BooleanField(_("invented"), default=False)

    class Meta(CallPart.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            *CallPart.Meta.constraints,
            models.CheckConstraint(name="criterion_scale", condition=Q(maximum__gt=F("minimum"))),
            models.CheckConstraint(name="criterion_weight", condition=Q(weight__gt=0)),
        ]


class EligibilityRule(CallPart):
    """A formal condition, checked by the platform; its reason is what a refused applicant reads."""

    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(_("parameters"), default=dict)
    reason_en = models.CharField(_("reason in English"), max_length=400)
    reason_zh = models.CharField(_("reason in Chinese"), max_length=400)

    class Meta(CallPart.Meta):
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")


class Stage(CallPart):
    """A cut: from the list of the stage before to a shorter one, by a rule declared before the call opens."""

    kind = models.CharField(_("kind"), max_length=20, choices=states.StageKind)
    label_en = models.CharField(_("label in English"), max_length=200)
    label_zh = models.CharField(_("label in Chinese"), max_length=200)
    keep = models.PositiveIntegerField(pgettext_lazy("on a list", "kept"), default=0)  # 0: all that pass
    method = models.CharField(_("method"), max_length=20)
    readers = models.PositiveSmallIntegerField(_("further readings for each"), default=0)
    ties = models.CharField(_("ties"), max_length=30)
    refused = models.CharField(_("place of a refused item"), max_length=20)
    authority = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, related_name="+", verbose_name=_("authority")
    )
    levels = models.JSONField(_("levels"), default=list)
    moves = models.CharField(
        _("moves across the line"), max_length=10, blank=True, choices=states.Moves, default=""
    )

    class Meta(CallPart.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
