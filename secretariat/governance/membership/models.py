from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.membership import states
from secretariat.registry.refs.models import Traceable

DAYS = Func(
    "starts_on",
    "ends_on",
    RangeBoundary(inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


class Category(Record):
    """A kind of membership, such as senior member; who may hold it is part of it."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"))
    holder = models.CharField(_("held by"), max_length=20, choices=states.Holder)

    class Meta:
        verbose_name = _("category of members")
        verbose_name_plural = _("categories of members")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en


class Member(Traceable):
    """A person or an organisation that has been admitted; once, however often the category changes."""

    person = models.OneToOneField(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=20, choices=states.MemberState, default="active")

    transitions = {"state": states.MEMBER_TRANSITIONS}

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                name="member_is_one",
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
            ),
            models.CheckConstraint(
                name="member_state_known", condition=Q(state__in=states.MemberState.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Membership(Record):
    """The category a member has from one day to another, both included; an open end holds on."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships", verbose_name=_("member"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="membership_one_category_at_a_time",
                expressions=[("member", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]


class Representative(Record):
    """A person speaks for a member organisation from one day to another, both included."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="representatives", verbose_name=_("member")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.CheckConstraint(
                name="representative_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="representative_once_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
