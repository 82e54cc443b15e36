from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class Named(Record):
    """What has a key and names: two for the languages that are sorted and searched, the rest by language code."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200)
    names = models.JSONField(_("names in further languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the name in a language; English where there is none."""
        if language.startswith("zh"):
            return self.name_zh
        return self.names.get(language) or self.name_en


class Scheme(Named):
    """A list of topics made for one use: the fields of a call, the topics of a summit."""

    class Meta:
        verbose_name = _("scheme of topics")
        verbose_name_plural = _("schemes of topics")


class Topic(Named):
    """A subject in the one vocabulary of all wings. ``broader`` is the topic it is a part of."""

    broader = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader topic"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    schemes = models.ManyToManyField(
        Scheme, through="Listing", related_name="topics", verbose_name=_("schemes")
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(name="topic_not_broader_than_itself", condition=~Q(broader=F("id")))
        ]


class Listing(Record):
    """A topic stands in a scheme."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", verbose_name=_("scheme"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("topic in a scheme")
        verbose_name_plural = _("topics in schemes")
        constraints = [models.UniqueConstraint(fields=["scheme", "topic"], name="topic_listed_once")]
