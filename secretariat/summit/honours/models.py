from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.registry.refs.models import Traceable
from secretariat.summit.honours import states


class Honour(Traceable):
    """A level of honour for one item of a decided list: offered in confidence, accepted, conferred, revocable."""

    list = models.ForeignKey("review.StageList", models.PROTECT, related_name="+", verbose_name=_("list"))
    submission = models.ForeignKey("calls.Submission", models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=60)
    level_en = models.CharField(_("level in English"), max_length=200)
    level_zh = models.CharField(_("level in Chinese"), max_length=200)
    position = models.PositiveSmallIntegerField(_("place on the list"))
    state = models.CharField(_("state"), max_length=20, choices=states.HonourState, default="offered")
    offered_at = models.DateTimeField(_("offered at"))
    answer_until = models.DateTimeField(_("an answer is asked for by"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    conferred_at = models.DateTimeField(_("conferred at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_reason = models.TextField(_("reason of the revocation"), blank=True)

    transitions = {"state": states.HONOUR_TRANSITIONS}

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        constraints = [
            models.UniqueConstraint(fields=["list", "submission"], name="honour_once"),
            models.CheckConstraint(
                name="honour_revoked_with_reason",
                condition=~Q(state="revoked") | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
            ),
            models.CheckConstraint(
                name="honour_conferred_has_time",
                condition=~Q(state__in=["conferred", "revoked"]) | Q(conferred_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["list", "position"], name="honours_of_list")]
