from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
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
    # It was conferred while a release was set: at that moment it is, and until then it is not.
    is_held = models.BooleanField(_("conferred with the release"), default=False)
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


class Release(Record):
    """The moment at which everything decided since it was set is told: to applicants and to the public, at once."""

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"))
    at = models.DateTimeField(_("released at"))
    reason = models.TextField(_("why it was put off or brought forward"), blank=True)
    # What is offered with it: the places of the last list, where the desk offered them meanwhile.
    offers = models.BooleanField(_("honours are offered with it"), default=False)
    answer_until = models.DateTimeField(_("an answer is asked for by"), null=True)
    released_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(released_at=None), name="release_pending_once"
            ),
            models.CheckConstraint(
                name="release_not_early", condition=Q(released_at=None) | Q(released_at__gte=models.F("at"))
            ),
        ]
