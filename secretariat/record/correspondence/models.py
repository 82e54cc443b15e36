from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.record.correspondence import states
from secretariat.registry.refs.models import Traceable


class Incoming(Traceable):
    """A letter that came in: numbered on arrival, given to somebody, answered or closed."""

    subject = models.CharField(_("subject"), max_length=300)
    sender = models.CharField(_("from whom"), max_length=300)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    received_on = models.DateField(_("received on"))
    their_reference = models.CharField(_("their reference"), max_length=100, blank=True)
    medium = models.CharField(_("came by"), max_length=20, choices=states.Medium, default=states.Medium.EMAIL)
    summary = models.TextField(_("what it says"), blank=True)
    file = models.ForeignKey(
        "files.File", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan or file")
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=states.IncomingState, default=states.IncomingState.REGISTERED
    )

    transitions = {"state": states.INCOMING_TRANSITIONS}
    personal_fields = ("sender", "summary")
    personal_subject = "person"

    class Meta:
        verbose_name = _("incoming letter")
        verbose_name_plural = _("incoming letters")
        constraints = [
            models.CheckConstraint(
                name="incoming_state_known", condition=Q(state__in=states.IncomingState.values)
            ),
            models.CheckConstraint(
                name="incoming_medium_known", condition=Q(medium__in=states.Medium.values)
            ),
        ]
        indexes = [models.Index(fields=["answer_by"], name="incoming_open", condition=Q(state="registered"))]

    def __str__(self) -> str:
        return self.subject


class Letter(Traceable):
    """A letter that goes out: drafted by one person, signed by another, never by the same."""

    drafter = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    signer = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("to be signed by"),
    )
    answers = models.ForeignKey(
        Incoming, models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name=_("answers")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.LetterState, default=states.LetterState.DRAFT
    )
    remark = models.TextField(_("remark of the signer"), blank=True)
    due_on = models.DateField(_("to go out by"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    digest = models.CharField(_("digest of what was signed"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    # As it went out: what was signed, set on the paper of the house.
    file = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")

    transitions = {"state": states.LETTER_TRANSITIONS}

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                name="letter_state_known", condition=Q(state__in=states.LetterState.values)
            ),
            models.CheckConstraint(
                name="letter_signed_by_another", condition=Q(signer=None) | ~Q(signer=F("drafter"))
            ),
            models.CheckConstraint(
                name="letter_signed_says_by_whom",
                condition=~Q(state__in=["signed", "sent"])
                | (Q(signer__isnull=False, signed_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="letter_sent_says_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="letter_by_state")]


class Wording(Record):
    """What a letter says. The database lets nobody change it once the letter has left its draft."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="wording")
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=10, default="en")
    cover = models.TextField(_("covering text of the e-mail"), blank=True)

    open_while = (("letter", "state", ("draft",)),)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")

    def __str__(self) -> str:
        return self.subject


class Recipient(Record):
    """One to whom a letter goes; a letter to a filtered list has many."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="recipients")
    name = models.CharField(_("name"), max_length=300)
    email = models.EmailField(_("e-mail address"), blank=True)
    address = models.TextField(_("postal address"), blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )

    open_while = (("letter", "state", ("draft",)),)
    personal_fields = ("name", "email", "address")
    personal_subject = "person"

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "person"], name="recipient_person_once", condition=Q(person__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["letter"], name="recipient_of")]

    def __str__(self) -> str:
        return self.name
