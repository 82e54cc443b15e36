from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record


class SearchRow(Record):
    """One thing that can be found, and by whom. Derived: history keeps the thing itself, not this."""

    kind = models.SlugField(_("kind"), max_length=40)
    key = models.UUIDField()
    title_en = models.CharField(_("title in English"), max_length=400)
    title_zh = models.CharField(_("title in Chinese"), max_length=400)
    about_en = models.CharField(max_length=400, blank=True)
    about_zh = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    # By what an answer is narrowed; empty: it has none.
    edition = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=2, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    # Where it stands at each door; empty: it has no page there.
    public_path = models.CharField(max_length=300, blank=True)
    my_path = models.CharField(max_length=300, blank=True)
    desk_path = models.CharField(max_length=300, blank=True)
    # Who may find it: everybody, or at the desk whoever holds one of the rights. What is somebody's own is not
    # written here: its source is asked at every search, so that who has lost it has lost it.
    is_public = models.BooleanField(default=False)
    rights = ArrayField(models.CharField(max_length=60), default=list)
    # The titles in folded letters, for words that are misspelt; and the words, divided.
    folded = models.TextField()
    title_words = models.TextField()
    text_words = models.TextField()
    vector = models.GeneratedField(
        expression=SearchVector("title_words", weight="A", config="simple")
        + SearchVector("text_words", weight="D", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    digest = models.CharField(max_length=64)

    audited = False

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_row_once")]
        indexes = [
            GinIndex(fields=["vector"], name="search_vector"),
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="search_similar"),
            # What is public is a small part of everything, and most who ask are strangers.
            GinIndex(fields=["vector"], name="search_public", condition=Q(is_public=True)),
            GinIndex(
                OpClass(F("folded"), name="gin_trgm_ops"),
                name="search_public_similar",
                condition=Q(is_public=True),
            ),
        ]

    @property
    def title(self) -> str:
        return self.title_zh if (get_language() or "en").startswith("zh") else self.title_en

    @property
    def about(self) -> str:
        return self.about_zh if (get_language() or "en").startswith("zh") else self.about_en


class SearchMark(Record):
    """Up to where in the history the index has followed; one row at most."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    change_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    audited = False

    class Meta:
        verbose_name = _("mark of the index")
        verbose_name_plural = _("marks of the index")
        constraints = [models.CheckConstraint(name="search_mark_is_one_row", condition=Q(only=True))]
