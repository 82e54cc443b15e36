from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.logic import APART
from secretariat.foundation.accounts.states import INVITATION_TRANSITIONS, InvitationState
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
        constraints = [
            # One mailbox is one account, however it was written.
            models.CheckConstraint(name="account_email_in_small_letters", condition=Q(email=Lower("email"))),
        ]

    @property
    def is_staff(self) -> bool:
        return False


class Grant(Record):
    """A dated right of an account that no seat, assignment or affiliation gives, such as running the desk."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("account"))
    right = models.CharField(_("right"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_reason = models.CharField(_("reason for ending it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            # Who keeps the system, who keeps its safety and who reads the trail are three different people.
            ExclusionConstraint(
                name="grant_administrators_apart",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("right", RangeOperators.NOT_EQUAL),
                    (
                        Func(
                            "starts_on", "ends_on", RangeBoundary(inclusive_upper=True), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(right__in=APART, ended_at=None),
            ),
            models.CheckConstraint(
                name="grant_ended_with_reason", condition=Q(ended_at=None) | ~Q(ended_reason="")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["account"], name="grant_of_account")]


class Assistance(Record):
    """A person lets a named assistant act for her, by task and term. Never for a ballot."""

    principal = models.ForeignKey(Account, models.PROTECT, related_name="+")
    assistant = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("assistant"))
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


class Invitation(Record):
    """An address is asked to become an account. The link was sent once; only its digest is kept."""

    email = models.EmailField(_("e-mail address"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    # The person whose account it becomes; nobody yet: she says her name when she accepts.
    person_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    invited_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    state = models.CharField(max_length=20, choices=InvitationState, default=InvitationState.OPEN)
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="+")

    transitions = {"state": INVITATION_TRANSITIONS}
    personal_fields = ("email",)
    personal_subject = "id"

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_account", condition=Q(state="accepted") ^ Q(account=None)
            ),
        ]
        indexes = [models.Index(fields=["email"], name="invitation_of_email")]


class Device(Record):
    """A browser an account has signed in with: a cookie's digest, and what its owner knows it by."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    key_digest = models.CharField(max_length=64, editable=False)
    label = models.CharField(_("device"), max_length=100)
    network = models.CharField(_("network"), max_length=60, blank=True)
    seen_at = models.DateTimeField(_("last signed in"))

    personal_fields = ("label", "network")
    personal_subject = "account"

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [models.UniqueConstraint(fields=["account", "key_digest"], name="device_once")]


class Session(AbstractBaseSession):
    """Django's session, with the account it belongs to: so its owner can see and end it. No history: it is a secret."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        from secretariat.foundation.accounts.sessions import SessionStore

        return SessionStore


class Attempts(models.Model):
    """How often something was tried in a window of time. The table is UNLOGGED: after a crash counting begins anew."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("attempts")
        verbose_name_plural = _("attempts")
