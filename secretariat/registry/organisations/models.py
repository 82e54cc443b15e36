from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.registry.organisations.logic import ROR_SHAPE
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.refs.models import Traceable


class Organisation(Traceable):
    """A body of people that acts under a name of its own. ``canonical`` is set on an alias left by a merge."""

    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=300, blank=True)
    names = models.JSONField(_("names in further languages"), default=dict, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind)
    country = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or region"),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("belongs to")
    )
    ror = models.CharField(_("ROR id"), max_length=9, blank=True)
    website = models.URLField(_("website"), blank=True)
    email_domains = ArrayField(
        models.CharField(max_length=253), verbose_name=_("e-mail domains"), default=list, blank=True
    )
    sort_key = models.CharField(max_length=200, db_index=True, editable=False, db_collation="C")
    match_keys = ArrayField(models.TextField(), default=list, editable=False)
    canonical = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("alias of"),
    )  # fmt: skip
    simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(name="organisation_has_name", condition=~Q(name_en="", name_zh="")),
            models.CheckConstraint(
                name="organisation_kind_known", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="organisation_ror_shape", condition=Q(ror="") | Q(ror__regex=ROR_SHAPE)
            ),
            models.CheckConstraint(name="organisation_not_own_parent", condition=~Q(parent=F("id"))),
            models.CheckConstraint(name="organisation_not_own_alias", condition=~Q(canonical=F("id"))),
        ]
        indexes = [
            GinIndex(fields=["match_keys"], name="organisation_match"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="organisation_similar"),
            models.Index(fields=["ror"], name="organisation_ror", condition=~Q(ror="")),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name in a language, or else the other one of English and Chinese."""
        if language.startswith("zh"):
            return self.name_zh or self.name_en
        return self.names.get(language) or self.name_en or self.name_zh


class Host(Record):
    """The organisation this installation serves, and what it says of itself on every page; one row at most."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    disclaimer_en = models.TextField(_("disclaimer in English"), blank=True)
    disclaimer_zh = models.TextField(_("disclaimer in Chinese"), blank=True)
    simulated_en = models.TextField(_("words on what is simulated, in English"), blank=True)
    simulated_zh = models.TextField(_("words on what is simulated, in Chinese"), blank=True)

    class Meta:
        verbose_name = _("host organisation")
        verbose_name_plural = _("host organisation")
        constraints = [models.CheckConstraint(name="host_is_one_row", condition=Q(only=True))]
