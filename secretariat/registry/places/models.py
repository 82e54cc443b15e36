from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.registry.places.logic import cldr_name


class Place(Record):
    """A country or region: an entry of ISO 3166-1 with its UN M49 codes, shown as the profile has it.

    ``names`` holds what overrides CLDR (language code -> text); ``name_en`` and ``name_zh`` are what is shown.
    """

    alpha2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    alpha3 = models.CharField(_("three-letter code"), max_length=3, unique=True)
    m49 = models.CharField(_("numeric code"), max_length=3, unique=True)
    region_code = models.CharField(_("M49 code of the region"), max_length=3, blank=True)
    region = models.CharField(_("M49 region"), max_length=60, blank=True)
    subregion_code = models.CharField(_("M49 code of the sub-region"), max_length=3, blank=True)
    subregion = models.CharField(_("M49 sub-region"), max_length=60, blank=True)
    intermediate_code = models.CharField(_("M49 code of the intermediate region"), max_length=3, blank=True)
    intermediate = models.CharField(_("M49 intermediate region"), max_length=60, blank=True)
    ldc = models.BooleanField(_("least developed country"), default=False)
    lldc = models.BooleanField(_("land-locked developing country"), default=False)
    sids = models.BooleanField(_("small island developing state"), default=False)
    names = models.JSONField(_("names that override CLDR"), default=dict, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    # Letters and digits only, so that the order is the same on every machine.
    sort_en = models.CharField(max_length=160, editable=False, db_collation="C")
    sort_zh = models.CharField(max_length=240, editable=False, db_collation="C")
    position = models.PositiveSmallIntegerField(_("position before all others"), null=True, blank=True)

    class Meta:
        verbose_name = _("country or region")
        verbose_name_plural = _("countries and regions")
        constraints = [
            models.CheckConstraint(
                name="place_codes_shape",
                condition=Q(alpha2__regex="^[A-Z]{2}$", alpha3__regex="^[A-Z]{3}$", m49__regex="^[0-9]{3}$"),
            ),
            models.CheckConstraint(name="place_has_names", condition=~Q(name_en="") & ~Q(name_zh="")),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name a reader of this language is shown.

        An overridden place keeps the organisation's name: where the profile has none in this language, it is the
        English one, never CLDR's.
        """
        if language.startswith("zh"):
            return self.name_zh
        if self.names or language.startswith("en"):
            return self.names.get(language) or self.name_en
        return cldr_name(self.alpha2, language) or self.name_en


class Wording(Record):
    """What one place and several are called on every page; there is one row at most."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    one_en = models.CharField(_("one, in English"), max_length=60)
    one_zh = models.CharField(_("one, in Chinese"), max_length=60)
    many_en = models.CharField(_("several, in English"), max_length=60)
    many_zh = models.CharField(_("several, in Chinese"), max_length=60)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wording")
        constraints = [models.CheckConstraint(name="wording_is_one_row", condition=Q(only=True))]


class Grouping(Record):
    """A way to divide the places, such as the continents; each place is in one group of it at most."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)

    class Meta:
        verbose_name = _("grouping of places")
        verbose_name_plural = _("groupings of places")

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "en").startswith("zh") else self.name_en


class Group(Record):
    """One group of a grouping, such as Africa."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="groups", verbose_name=_("grouping"))
    key = models.SlugField(_("key"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"))
    places = models.ManyToManyField(Place, through="Grouped", related_name="+", verbose_name=_("places"))

    class Meta:
        verbose_name = _("group of places")
        verbose_name_plural = _("groups of places")
        constraints = [models.UniqueConstraint(fields=["grouping", "key"], name="group_key_once")]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en


class Grouped(Record):
    """A place is in a group. The grouping is repeated here so that the database keeps a place in one group of it."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", verbose_name=_("group"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")
        constraints = [models.UniqueConstraint(fields=["grouping", "place"], name="place_in_one_group")]
