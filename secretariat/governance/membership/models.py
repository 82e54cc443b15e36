from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, pgettext_lazy
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


class Conditions(Record):
    """What a category asks and gives from one day to another, both included.

    An empty fee is "not recorded"; without a length of term a membership holds on until it is ended.
    """

    category = models.ForeignKey(
        Category, models.PROTECT, related_name="conditions", verbose_name=_("category")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    criteria_en = models.TextField(_("who can be admitted, in English"), blank=True)
    criteria_zh = models.TextField(_("who can be admitted, in Chinese"), blank=True)
    benefits_en = models.TextField(_("what it brings, in English"), blank=True)
    benefits_zh = models.TextField(_("what it brings, in Chinese"), blank=True)
    fee = models.DecimalField(_("yearly fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # The desk may admit to a category that takes none: the founders receive whom they choose.
    takes_applications = models.BooleanField(_("takes applications"), default=True)
    has_vote = models.BooleanField(_("has a vote in the Assembly"), default=False)
    weight = models.DecimalField(_("weight of the vote"), max_digits=12, decimal_places=6, default=1)
    term_months = models.PositiveSmallIntegerField(_("length of a term (months)"), null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=0)

    class Meta:
        verbose_name = _("conditions of a category")
        verbose_name_plural = _("conditions of categories")
        constraints = [
            models.CheckConstraint(
                name="conditions_end_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="conditions_weight_positive", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="conditions_fee_has_currency", condition=Q(fee=None) | ~Q(currency="")
            ),
            ExclusionConstraint(
                name="conditions_one_at_a_time",
                expressions=[("category", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]


class Member(Traceable):
    """A person or an organisation that has been admitted; once, however often the category changes.

    ``standing`` is how it stands today by its events and the rules, written again every night; for any other day
    ask ``standing.stands_of``.
    """

    person = models.OneToOneField(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=20, choices=states.MemberState, default="active")
    standing = models.CharField(
        pgettext_lazy("member", "standing"),
        max_length=20,
        choices=states.Standing,
        default=states.Standing.COMING,
    )

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
            models.CheckConstraint(
                name="member_standing_known", condition=Q(standing__in=states.Standing.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Event(Record):
    """Something that happened to a member, from a day on, and why. How it stands follows from its events."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="events", verbose_name=_("member"))
    kind = models.CharField(_("what happened"), max_length=20, choices=states.Kind)
    on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    standing = models.CharField(pgettext_lazy("member", "standing"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("event of a member")
        verbose_name_plural = _("events of members")
        constraints = [
            models.CheckConstraint(name="member_event_kind_known", condition=Q(kind__in=states.Kind.values)),
            models.CheckConstraint(
                name="member_event_ends_after_start", condition=Q(until=None) | Q(until__gte=F("on"))
            ),
            models.CheckConstraint(
                name="member_override_says_all",
                condition=~Q(kind="overridden")
                | (Q(standing__in=["current", "grace", "lapsed"], until__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [models.Index(fields=["member", "on"], name="event_of_member")]


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
    """A person speaks for a member organisation from one day to another, both included; one at a time has its vote."""

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="representatives", verbose_name=_("member")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    is_voting = models.BooleanField(_("casts the vote of the member"), default=False)
    # Her own word, not the member's: without it her name stands on no public page.
    is_named = models.BooleanField(_("agrees to be named in the directory"), default=False)
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
            ExclusionConstraint(
                name="representative_one_votes",
                expressions=[("member", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(is_voting=True),
            ),
        ]


class DirectoryEntry(Record):
    """What a member says of itself, and which parts of it the public may read: those it chose, and no other."""

    member = models.OneToOneField(
        Member, models.PROTECT, related_name="directory_entry", verbose_name=_("member")
    )
    shown = ArrayField(
        models.CharField(max_length=20, choices=states.Part), verbose_name=_("shown to everybody"), default=list,
        blank=True,
    )  # fmt: skip
    description_en = models.TextField(_("description in English"), blank=True)
    description_zh = models.TextField(_("description in Chinese"), blank=True)
    website = models.URLField(_("website"), blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    accounts = ArrayField(
        models.URLField(), verbose_name=_("accounts in social networks"), default=list, blank=True
    )

    # A contact is often somebody, and whoever is a member herself describes herself.
    personal_fields = ("description_en", "description_zh", "website", "contact", "accounts")

    class Meta:
        verbose_name = _("entry in the directory")
        verbose_name_plural = _("entries in the directory")
        constraints = [
            models.CheckConstraint(
                name="directory_entry_parts_known", condition=Q(shown__contained_by=states.Part.values)
            ),
        ]

    @property
    def parts_shown(self) -> list[str]:
        return [str(states.Part(part).label) for part in self.shown]
