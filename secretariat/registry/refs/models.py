from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class Ref(Record):
    """One row for each traceable thing, whatever wing it lives in: what agendas, lists and proofs point to.

    ``number`` is the name people use (``ACH-2022-041``), unique and never given again.
    """

    kind = models.CharField(_("kind"), max_length=40)
    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.JSONField(_("title"), default=dict)  # language code -> text
    state = models.CharField(_("state"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        indexes = [models.Index(fields=["kind", "number"], name="ref_by_kind")]

    def __str__(self) -> str:
        return self.number


class RefParty(Record):
    """Who has a part in a thing: a person or an organisation, in a role, given by id (both live above refs)."""

    ref = models.ForeignKey(Ref, models.CASCADE, related_name="parties")
    role = models.CharField(_("role"), max_length=40)
    person_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                name="party_is_one",
                condition=Q(person_id=None, organisation_id__isnull=False)
                | Q(person_id__isnull=False, organisation_id=None),
            ),
            models.UniqueConstraint(
                fields=["ref", "role", "person_id", "organisation_id"], name="party_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person_id"], name="party_person"),
            models.Index(fields=["organisation_id"], name="party_organisation"),
        ]


class RefLink(Record):
    """One thing follows from, answers or contains another."""

    source = models.ForeignKey(Ref, models.CASCADE, related_name="+")
    target = models.ForeignKey(Ref, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(name="link_of_two", condition=~Q(source=F("target"))),
        ]


class Counter(models.Model):
    """The next number of a series such as ``ACH-2022``; taken under its row's lock, so none is given twice."""

    series = models.CharField(primary_key=True, max_length=40)
    value = models.IntegerField(default=0)


class Traceable(Record):
    """A thing that has a reference of its own."""

    ref = models.OneToOneField(Ref, models.PROTECT, related_name="+", verbose_name=_("reference"))

    class Meta:
        abstract = True
