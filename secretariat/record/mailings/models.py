from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.record.mailings import states
from secretariat.registry.refs.models import Traceable


class Mailing(Traceable):
    """Words to whoever a list of the desk leads to: written by one person, approved by another where they are many."""

    audience = models.CharField(_("audience"), max_length=60)
    # The list as it was asked for: its query string, and the rows that were ticked; none: all that match.
    query = models.TextField(_("filter"), blank=True)
    rows = ArrayField(models.UUIDField(), verbose_name=_("rows"), default=list)
    kind = models.CharField(_("kind"), max_length=20, choices=states.MailingKind, default="news")
    drafter = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    approver = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("to be approved by")
    )
    state = models.CharField(_("state"), max_length=20, choices=states.MailingState, default="draft")
    remark = models.TextField(_("remark"), blank=True)
    digest = models.CharField(_("digest of what was approved"), max_length=64, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    transitions = {"state": states.MAILING_TRANSITIONS}

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = [
            models.CheckConstraint(
                name="mailing_approved_by_another", condition=Q(approver=None) | ~Q(approver=F("drafter"))
            ),
            models.CheckConstraint(
                name="mailing_started_says_when",
                condition=~Q(state__in=["sending", "stopped", "sent"])
                | (Q(started_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return self.ref.number


class Text(Record):
    """What a mailing says, in one language or both. It stands once the mailing has left its draft."""

    mailing = models.OneToOneField(Mailing, models.PROTECT, related_name="text")
    subject_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    subject_zh = models.CharField(_("subject in Chinese"), max_length=200, blank=True)
    text_zh = models.TextField(_("text in Chinese"), blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)

    open_while = (("mailing", "state", ("draft",)),)

    class Meta:
        verbose_name = _("text of a mailing")
        verbose_name_plural = _("texts of mailings")


class Copy(Record):
    """What one reader gets, word for word; or why she gets nothing. What became of it stands on its mail."""

    mailing = models.ForeignKey(Mailing, models.PROTECT, related_name="copies")
    name = models.CharField(_("name"), max_length=300)
    address = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10)
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    skipped = models.CharField(_("why it does not go"), max_length=20, choices=states.Skipped, blank=True)
    account = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )

    open_while = (("mailing", "state", ("draft",)),)
    personal_fields = ("name", "address", "subject", "text")
    personal_subject = "person"

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "address"], name="copy_once_for_address", condition=~Q(address="")
            ),
            models.CheckConstraint(
                name="copy_goes_somewhere",
                # Without a name it went to somebody who was forgotten since.
                condition=~Q(skipped="") | Q(name="") | (~Q(address="") & ~Q(text="")),
            ),
        ]
        indexes = [models.Index(fields=["address"], name="copy_to_address", condition=Q(skipped=""))]

    def __str__(self) -> str:
        return self.name


class Refusal(Record):
    """An address that wants no more news; said by the link in one of them."""

    address = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    refused_at = models.DateTimeField(_("refused at"))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    personal_fields = ("address",)
    personal_subject = "person"

    class Meta:
        verbose_name = _("refusal of mailings")
        verbose_name_plural = _("refusals of mailings")
