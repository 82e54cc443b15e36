from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.foundation.notices.states import MESSAGE_TRANSITIONS, Delivery, MessageState


class Notice(Record):
    """What an account is told, in its inbox exactly once. ``kind`` names the sentence, ``data`` fills it."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)
    told_at = models.DateTimeField(_("told at"))
    # Whoever is to know when the mail about it comes back; nobody in particular: the desk.
    told_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    append_only = True
    # It may name whatever somebody was told about, devices and addresses too.
    personal_fields = ("data",)
    personal_subject = "account"

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "subject_id"], name="notice_told_once"),
        ]
        indexes = [models.Index(fields=["account", "-told_at"], name="notice_inbox")]


class Mark(Record):
    """Whether a notice has been read: beside it, since a notice itself never changes."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="mark")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(_("read at"), null=True)

    audited = False

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        # Counting what is unread touches nothing that has been read.
        indexes = [models.Index(fields=["account"], name="mark_unread", condition=Q(read_at=None))]


class DeliveryChoice(Record):
    """How an account wants the notices of a group. Without a row they come by mail, at once."""

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    group = models.CharField(_("group"), max_length=40)
    delivery = models.CharField(_("delivery"), max_length=20, choices=Delivery)

    class Meta:
        verbose_name = _("delivery choice")
        verbose_name_plural = _("delivery choices")
        constraints = [
            models.UniqueConstraint(fields=["account", "group"], name="delivery_chosen_once"),
            models.CheckConstraint(name="delivery_known", condition=Q(delivery__in=Delivery.values)),
        ]


class Postbox(Record):
    """When an account's digest goes out, and the address that mail came back from."""

    account = models.OneToOneField("accounts.Account", models.PROTECT, related_name="+")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=8)
    # It counts only while it still is the account's address.
    unreachable = models.EmailField(_("unreachable address"), max_length=254, blank=True)
    unreachable_since = models.DateTimeField(_("unreachable since"), null=True)

    personal_fields = ("unreachable",)
    personal_subject = "account"

    class Meta:
        verbose_name = _("postbox")
        verbose_name_plural = _("postboxes")
        constraints = [
            models.CheckConstraint(name="postbox_hour_of_day", condition=Q(digest_hour__lte=23)),
            models.CheckConstraint(
                name="postbox_unreachable_says_since",
                condition=Q(unreachable="", unreachable_since=None)
                | (~Q(unreachable="") & Q(unreachable_since__isnull=False)),
            ),
        ]


class Message(Record):
    """One mail to one address: about a notice, the digest of a day, or of an origin. Its row is its history."""

    # Whose address it is; nobody's that we know of where a letter goes outside.
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="messages")
    origin = models.CharField(pgettext_lazy("mail", "origin"), max_length=60, blank=True)
    origin_id = models.UUIDField(null=True)
    # Whoever is to know when it comes back; nobody in particular: the desk.
    sent_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    address = models.EmailField(_("address"), max_length=254)
    state = models.CharField(_("state"), max_length=20, choices=MessageState, default=MessageState.QUEUED)
    for_digest = models.BooleanField(_("waits for the digest"), default=False)
    digest_on = models.DateField(_("digest of"), null=True)
    carried_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried")
    queued_at = models.DateTimeField(_("queued at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    ended_at = models.DateTimeField(pgettext_lazy("mail", "came back at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    # The address itself is at fault: the next mail to it would come back too.
    is_dead = models.BooleanField(_("the address does not exist"), default=False)

    # Thousands go out on some days; what becomes of each stands in its own columns, and states only move on.
    audited = False
    transitions = {"state": MESSAGE_TRANSITIONS}

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = pgettext_lazy("several", "mail")
        constraints = [
            models.UniqueConstraint(fields=["notice", "address"], name="message_once_for_notice"),
            models.UniqueConstraint(fields=["account", "digest_on"], name="message_one_digest_a_day"),
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="message_of_notice_or_digest",
                condition=Q(notice=None, digest_on__isnull=False, for_digest=False, origin="")
                | Q(notice__isnull=False, digest_on=None, origin="")
                | Q(notice=None, digest_on=None, for_digest=False, origin_id__isnull=False) & ~Q(origin=""),
            ),
            models.CheckConstraint(
                name="message_has_account_or_origin", condition=Q(account__isnull=False) | ~Q(origin="")
            ),
            models.UniqueConstraint(fields=["origin_id"], name="message_once_for_origin"),
            models.CheckConstraint(
                name="message_sent_says_when", condition=~Q(state__in=["sent", "bounced"]) | ~Q(sent_at=None)
            ),
            models.CheckConstraint(
                name="message_carried_by_digest",
                condition=Q(state="carried", carried_by__isnull=False)
                | (~Q(state="carried") & Q(carried_by=None)),
            ),
            models.CheckConstraint(name="message_not_carried_by_itself", condition=~Q(carried_by=F("id"))),
        ]
        indexes = [
            models.Index(
                fields=["account"], name="message_for_digest", condition=Q(for_digest=True, state="queued")
            ),
            models.Index(fields=["address"], name="message_dead", condition=Q(is_dead=True)),
            models.Index(fields=["-ended_at"], name="message_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["-queued_at"], name="message_latest"),
        ]
