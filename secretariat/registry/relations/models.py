from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.registry.relations.states import RelationKind


class Relation(Record):
    """What ties a person to somebody whom she names: hers to read and, unless it is pinned, hers to end."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    name = models.CharField(pgettext_lazy("relation", "to whom"), max_length=200)
    match_keys = ArrayField(models.TextField(), editable=False)
    kind = models.CharField(_("kind of relation"), max_length=20, choices=RelationKind)
    note = models.TextField(_("words of your own"), blank=True)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(pgettext_lazy("relation", "until"), null=True)
    is_pinned = models.BooleanField(_("recorded by the secretariat"), default=False)

    personal_fields = ("name", "match_keys", "note")
    personal_subject = "person"

    class Meta:
        verbose_name = _("personal relation")
        verbose_name_plural = _("personal relations")
        constraints = [
            models.CheckConstraint(name="relation_names_somebody", condition=~Q(name="") & ~Q(match_keys=[])),
            models.CheckConstraint(
                name="relation_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="relation_kind_known", condition=Q(kind__in=RelationKind.values)),
        ]
        indexes = [
            GinIndex(fields=["match_keys"], name="relation_match"),
            models.Index(fields=["person"], name="relation_of_person"),
        ]
