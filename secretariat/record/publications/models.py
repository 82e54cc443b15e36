from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.record.publications import states
from secretariat.registry.refs.models import Traceable


class Publication(Traceable):
    """A book made from a frozen list, whose digest it carries."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    subtitle_en = models.CharField(_("subtitle in English"), max_length=300, blank=True)
    subtitle_zh = models.CharField(_("subtitle in Chinese"), max_length=300, blank=True)
    list_digest = models.CharField(_("digest of the list"), max_length=64)
    proof_until = models.DateTimeField(_("proofs are read until"))
    state = models.CharField(_("state"), max_length=20, choices=states.PublicationState, default="proof")
    file = models.ForeignKey(
        "files.File", models.PROTECT, null=True, related_name="+", verbose_name=_("file")
    )
    simulated = models.BooleanField(_("simulated"), default=False)

    transitions = {"state": states.PUBLICATION_TRANSITIONS}

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                name="publication_set_has_file", condition=~Q(state="set") | Q(file__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title_en


class PublicationEntry(Record):
    """One entry of a book as its applicant sees it in proof. It is printed when approved, or lapsed after notice."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="entries")
    item = models.ForeignKey("refs.Ref", models.PROTECT, related_name="+", verbose_name=_("item"))
    position = models.PositiveSmallIntegerField(_("position"))
    content = models.JSONField(_("content"))
    state = models.CharField(_("state"), max_length=20, choices=states.EntryState, default="proposed")
    notified_at = models.DateTimeField(_("notified at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    transitions = {"state": states.ENTRY_TRANSITIONS}

    class Meta:
        verbose_name = _("entry of a publication")
        verbose_name_plural = _("entries of publications")
        constraints = [
            models.UniqueConstraint(fields=["publication", "item"], name="publication_entry_once"),
            models.CheckConstraint(
                name="entry_lapses_after_notice", condition=~Q(state="lapsed") | Q(notified_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["publication", "position"], name="publication_in_order")]
