from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class Account(AbstractBaseUser, Record):
    """A way to sign in. It knows no person; a person points to it."""

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()
    personal_fields = ("email", "password")
    personal_subject = "id"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    @property
    def is_staff(self) -> bool:
        return False


class Grant(Record):
    """A dated right of an account that no seat, assignment or affiliation gives, such as running the desk."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    right = models.CharField(_("right"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]


class Assistance(Record):
    """A person lets a named assistant act for her, by task and term. Never for a ballot."""

    principal = models.ForeignKey(Account, models.PROTECT, related_name="+")
    assistant = models.ForeignKey(Account, models.PROTECT, related_name="+")
    tasks = ArrayField(models.CharField(max_length=60), verbose_name=_("tasks"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("assistance")
        verbose_name_plural = _("assistance")
        constraints = [
            models.CheckConstraint(name="assistance_has_term", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="assistance_of_another", condition=~Q(principal=F("assistant"))),
            models.CheckConstraint(
                name="assistance_never_for_ballots", condition=~Q(tasks__contains=["ballots.cast"])
            ),
        ]
