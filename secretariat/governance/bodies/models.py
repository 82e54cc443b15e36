from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.bodies import states
from secretariat.registry.refs.models import Traceable


class Body(Traceable):
    """A group of seats that acts together. What it may do hangs on its flags; an empty number is "not recorded".

    ``edition`` is given for a body of one edition only, such as the committee of a call.
    """

    key = models.SlugField(_("key"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    flags = ArrayField(
        models.CharField(max_length=20, choices=states.Flag), verbose_name=_("what it is and does")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answers to")
    )
    edition = models.ForeignKey(
        "editions.Edition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("edition")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    meets_every_years = models.PositiveSmallIntegerField(_("meets every (years)"), null=True, blank=True)
    warns_months = models.PositiveSmallIntegerField(
        _("warned before a session is due (months)"), default=12, validators=[MaxValueValidator(60)]
    )
    term_years = models.PositiveSmallIntegerField(_("length of a term (years)"), null=True, blank=True)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="body_once", nulls_distinct=False),
            models.CheckConstraint(
                name="body_flags_known", condition=Q(flags__contained_by=states.Flag.values)
            ),
            models.CheckConstraint(name="body_not_own_parent", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en

    def has_flag(self, flag: str) -> bool:
        return flag in self.flags


class Seat(Record):
    """A place in a body, held by a person or by an organisation through its delegate."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats", verbose_name=_("body"))
    key = models.SlugField(_("key"), max_length=80)
    title_en = models.CharField(pgettext_lazy("position", "title in English"), max_length=200, blank=True)
    title_zh = models.CharField(pgettext_lazy("position", "title in Chinese"), max_length=200, blank=True)
    holder = models.CharField(
        _("held by"), max_length=20, choices=states.Holder, default=states.Holder.PERSON
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], name="seat_once"),
            models.CheckConstraint(name="seat_holder_known", condition=Q(holder__in=states.Holder.values)),
        ]


class Term(Record):
    """Who holds a seat from one day to another, both included; an open end holds on.

    On an organisation's seat the person is its delegate, and may be missing.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="terms", verbose_name=_("seat"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=states.Role, default=states.Role.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                name="term_has_holder", condition=Q(person__isnull=False) | Q(organisation__isnull=False)
            ),
            models.CheckConstraint(name="term_role_known", condition=Q(role__in=states.Role.values)),
            models.CheckConstraint(
                name="term_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="term_one_holder_at_a_time",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on", "ends_on", RangeBoundary(inclusive_upper=True), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]  # fmt: skip


class CallIn(Record):
    """The alternate of a seat acts for it, from one day to another or in one meeting. ``term`` is the alternate's.

    While it lasts her holder does not act. With an ``occasion`` it holds there alone. One that was called off before
    it began is void, and says why.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="call_ins", verbose_name=_("alternate"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    occasion = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for")
    )
    reason = models.TextField(_("why the alternate is called in"), blank=True)
    is_void = models.BooleanField(_("called off"), default=False)
    called_off = models.TextField(_("why it was called off"), blank=True)

    personal_fields = ("reason", "called_off")

    class Meta:
        verbose_name = _("call of an alternate")
        verbose_name_plural = _("calls of alternates")
        constraints = [
            models.CheckConstraint(
                name="call_in_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="call_in_to_an_occasion_ends", condition=Q(occasion=None) | Q(ends_on__isnull=False)
            ),
            ExclusionConstraint(
                name="call_in_once_at_a_time",
                expressions=[
                    ("term", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on", "ends_on", RangeBoundary(inclusive_upper=True), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_void=False),
            ),
        ]  # fmt: skip
