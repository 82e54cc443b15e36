from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.registry.people.logic import ORCID_SHAPE, display_name
from secretariat.registry.people.states import AffiliationRole, NameOrder
from secretariat.registry.refs.models import Traceable


class Person(Traceable):
    """A human being. ``canonical`` is set on an alias left by a merge."""

    account = models.OneToOneField(
        "accounts.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    given_name = models.CharField(_("given name"), max_length=150, blank=True)
    family_name = models.CharField(_("family name"), max_length=150, blank=True)
    name_order = models.CharField(
        _("order of names"), max_length=20, choices=NameOrder, default=NameOrder.GIVEN_FIRST
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=100, blank=True)
    names = models.JSONField(_("names in further scripts"), default=dict, blank=True)
    honorific = models.CharField(_("honorific"), max_length=60, blank=True)
    orcid = models.CharField(_("ORCID iD"), max_length=19, blank=True)
    languages = ArrayField(
        models.CharField(max_length=20), verbose_name=_("languages"), default=list, blank=True
    )
    country = models.ForeignKey(
        "places.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or region"),
    )
    sort_key = models.CharField(max_length=200, db_index=True, editable=False, db_collation="C")
    match_keys = ArrayField(models.TextField(), default=list, editable=False)
    canonical = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("alias of"),
    )  # fmt: skip
    simulated = models.BooleanField(_("simulated"), default=False)
    # When she was forgotten: the row stays, for what points to it, and holds nothing of her.
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    personal_fields = (
        "given_name", "family_name", "name_zh", "names", "honorific", "orcid", "languages", "country", "sort_key",
        "match_keys",
    )  # fmt: skip
    personal_subject = "id"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="person_has_name",
                condition=~Q(given_name="", family_name="", name_zh="") | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="person_orcid_shape", condition=Q(orcid="") | Q(orcid__regex=ORCID_SHAPE)
            ),
            models.CheckConstraint(
                name="person_name_order_known", condition=Q(name_order__in=NameOrder.values)
            ),
            models.CheckConstraint(name="person_not_own_alias", condition=~Q(canonical=F("id"))),
        ]
        indexes = [
            GinIndex(fields=["match_keys"], name="person_match"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="person_similar"),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name as a reader of this language expects it, without the honorific."""
        if self.erased_at:
            with override(language):
                return gettext("erased person")
        return display_name(
            given=self.given_name,
            family=self.family_name,
            family_first=self.name_order == NameOrder.FAMILY_FIRST,
            name_zh=self.name_zh,
            further=self.names,
            language=language,
        )


class Affiliation(Record):
    """A person's dated place in an organisation; the last day is part of it, an open end holds on."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=AffiliationRole, default=AffiliationRole.STAFF)
    title_en = models.CharField(pgettext_lazy("position", "title in English"), max_length=200, blank=True)
    title_zh = models.CharField(pgettext_lazy("position", "title in Chinese"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    personal_fields = ("title_en", "title_zh", "source")
    personal_subject = "person"

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="affiliation_role_known", condition=Q(role__in=AffiliationRole.values)
            ),
            ExclusionConstraint(
                name="affiliation_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on", "ends_on", RangeBoundary(inclusive_upper=True), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "person"], name="affiliation_of")]
