from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.models import Record
from secretariat.foundation.tokens.scopes import SERVICE


class Token(Record):
    """A secret by which a program acts: for an account, or for the organisation. Only its digest is kept.

    Without an ``account`` it is a service token, for which the ``responsible`` answers; she lends it no right.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name=_("account")
    )
    responsible = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible person")
    )
    name = models.CharField(_("name"), max_length=60)
    head = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=20), verbose_name=_("scopes"))
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("takes the place of")
    )

    personal_fields = ("name",)
    personal_subject = "account"

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [
            models.CheckConstraint(name="token_expires_later", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(name="token_for_something", condition=~Q(scopes=[])),
            models.CheckConstraint(
                name="token_of_account_or_service",
                condition=Q(account__isnull=False, responsible=None)
                | Q(account=None, responsible__isnull=False, scopes__contained_by=SERVICE),
            ),
        ]
        indexes = [
            models.Index(fields=["account"], name="token_of_account"),
            models.Index(fields=["responsible"], name="token_of_responsible"),
            models.Index(fields=["expires_at"], name="token_expiring", condition=Q(revoked_at=None)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_service(self) -> bool:
        return self.account_id is None


class Use(models.Model):
    """The day a token was last used. No history: it would say when a program ran."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    last_on = models.DateField(_("last used"))

    class Meta:
        verbose_name = _("use of an access token")
        verbose_name_plural = _("uses of access tokens")
