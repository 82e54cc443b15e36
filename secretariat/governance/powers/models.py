from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record

DAYS = Func(
    "starts_on", "ends_on", RangeBoundary(inclusive_upper=True), function="daterange", output_field=DateRangeField()
)  # fmt: skip


class Power(Record):
    """A matter that the rules give to a body to decide, from one day to another, both included."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    rests_on = models.CharField(_("rests on"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("power")
        verbose_name_plural = _("powers")
        constraints = [
            models.CheckConstraint(
                name="power_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "en").startswith("zh") else self.name_en


class Delegation(Record):
    """A body lets another use a power of its own. Without a scope it does so wholly; revoked, it ends with a reason."""

    power = models.ForeignKey(Power, models.PROTECT, related_name="delegations", verbose_name=_("power"))
    to = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("delegated to"))
    scope_en = models.TextField(_("scope in English"), blank=True)
    scope_zh = models.TextField(_("scope in Chinese"), blank=True)
    rests_on = models.CharField(_("rests on"), max_length=200)
    decision = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_public = models.BooleanField(_("published"), default=True)
    revoked = models.TextField(_("why it was revoked"), blank=True)

    class Meta:
        verbose_name = _("delegation of a power")
        verbose_name_plural = _("delegations of powers")
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="delegation_revoked_has_an_end", condition=Q(revoked="") | Q(ends_on__isnull=False)
            ),
            ExclusionConstraint(
                name="delegation_once_at_a_time",
                expressions=[
                    ("power", RangeOperators.EQUAL), ("to", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip
