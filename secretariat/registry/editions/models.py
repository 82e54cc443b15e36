from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.registry.editions import states
from secretariat.registry.editions.logic import QUALIFIERS, show_fact
from secretariat.registry.refs.models import Traceable


class Series(Record):
    """What is held again and again: a summit, a webinar. ``figures`` names what an edition of it would record."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=states.SeriesKind)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("held since"), null=True, blank=True)
    figures = models.JSONField(_("figures"), default=dict, blank=True)  # key -> language code -> label

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(name="series_kind_known", condition=Q(kind__in=states.SeriesKind.values))
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en


class Edition(Traceable):
    """One holding of a series; several a year are numbered. An empty date, place or venue means "not recorded".

    A simulated edition stands beside the real one of the same year and is never mixed with it.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number within the year"), default=1)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    venue_en = models.CharField(_("venue in English"), max_length=200, blank=True)
    venue_zh = models.CharField(_("venue in Chinese"), max_length=200, blank=True)
    place = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or region"),
    )
    parts = ArrayField(
        models.CharField(max_length=20, choices=states.Part),
        verbose_name=_("parts"),
        default=list,
        blank=True,
    )
    state = models.CharField(_("state"), max_length=20, choices=states.EditionState, default="announced")
    simulated = models.BooleanField(_("simulated"), default=False)

    transitions = {"state": states.EDITION_TRANSITIONS}

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number", "simulated"], name="edition_once"),
            models.CheckConstraint(name="edition_numbers_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="edition_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="edition_parts_known", condition=Q(parts__contained_by=states.Part.values)
            ),
            models.CheckConstraint(
                name="edition_state_known", condition=Q(state__in=states.EditionState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def title_in(self, language: str) -> str:
        return self.title_zh if language.startswith("zh") else self.title_en

    def has_part(self, part: str) -> bool:
        return part in self.parts


class Milestone(Record):
    """A day that matters on the way to an edition; it moves with the edition made from this one."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="milestones", verbose_name=_("edition"))
    key = models.SlugField(_("key"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    due_on = models.DateField(_("due on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "key"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="milestone_once")]

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "en").startswith("zh") else self.title_en

    def is_late(self, today: date) -> bool:
        return self.reached_on is None and self.due_on < today


class Fact(Record):
    """A published figure or list with its sources; without an edition it belongs to the organisation's archive.

    ``unknown`` has no value; ``conflict`` has none but the claims of its sources, each ``{value, qualifier,
    sources}``. A source is ``{key, title, where}``.
    """

    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name=_("edition")
    )
    key = models.CharField(_("key"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=states.FactKind)
    value = models.JSONField(_("value"), null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=20, blank=True)
    claims = models.JSONField(_("claims that disagree"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="fact_once", nulls_distinct=False),
            models.CheckConstraint(name="fact_qualifier_known", condition=Q(qualifier__in=["", *QUALIFIERS])),
            models.CheckConstraint(
                name="fact_value_fits_kind",
                condition=Q(kind="unknown", value=None, claims=[])
                | Q(kind="conflict", value=None) & ~Q(claims=[])
                | Q(kind__in=["fact", "inference"], value__isnull=False, claims=[]),
            ),
        ]

    def __str__(self) -> str:
        return show_fact(self.kind, self.value, self.qualifier, self.claims)

    @property
    def is_recorded(self) -> bool:
        return self.kind != states.FactKind.UNKNOWN
