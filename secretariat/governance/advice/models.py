from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.advice import states
from secretariat.registry.refs.models import Traceable


class AdviceRequest(Traceable):
    """A question to a committee that advises, and the opinion it adopted. Without ``asked_by`` the secretariat asks."""

    committee = models.ForeignKey(
        "bodies.Body", models.PROTECT, related_name="+", verbose_name=_("committee")
    )
    asked_by = models.ForeignKey(
        "bodies.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    question_en = models.CharField(_("question in English"), max_length=400)
    question_zh = models.CharField(_("question in Chinese"), max_length=400)
    background = models.TextField(_("background"), blank=True)
    due_on = models.DateField(_("wanted by"))
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("state"), max_length=20, choices=states.RequestState, default=states.RequestState.ASKED
    )
    opinion_en = models.TextField(_("opinion in English"), blank=True)
    opinion_zh = models.TextField(_("opinion in Chinese"), blank=True)
    dissent_en = models.TextField(_("dissent in English"), blank=True)
    dissent_zh = models.TextField(_("dissent in Chinese"), blank=True)
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("adopted by")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    reason = models.TextField(_("why it was withdrawn"), blank=True)

    transitions = {"state": states.TRANSITIONS}

    class Meta:
        verbose_name = _("request for advice")
        verbose_name_plural = _("requests for advice")
        constraints = [
            models.CheckConstraint(
                name="advice_state_known", condition=Q(state__in=states.RequestState.values)
            ),
            models.CheckConstraint(
                name="advice_adopted_is_a_text",
                condition=~Q(state="adopted")
                | (~Q(opinion_en="") & ~Q(opinion_zh="") & Q(adopted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="advice_published_is_adopted", condition=Q(published_at=None) | Q(state="adopted")
            ),
            models.CheckConstraint(
                name="advice_withdrawn_with_reason", condition=~Q(state="withdrawn") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.question_zh if (get_language() or "en").startswith("zh") else self.question_en


class Contribution(Record):
    """What a member of the committee has to say on a question; hers until the opinion is adopted."""

    request = models.ForeignKey(
        AdviceRequest, models.PROTECT, related_name="contributions", verbose_name=_("request for advice")
    )
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    text = models.TextField(pgettext_lazy("advice", "what she says"), blank=True)
    said_at = models.DateTimeField(_("at"))

    open_while = (("request", "state", ("asked",)),)
    personal_fields = ("text",)
    personal_subject = "person"

    class Meta:
        verbose_name = _("contribution to an opinion")
        verbose_name_plural = _("contributions to opinions")
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="contribution_once")]


class Paper(Record):
    """A document that goes with a question, quoted by both numbers. Who sees the request sees it."""

    request = models.ForeignKey(
        AdviceRequest, models.PROTECT, related_name="papers", verbose_name=_("request for advice")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("title in English"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300)
    withdrawn = models.TextField(_("why it was withdrawn"), blank=True)

    open_while = (("request", "state", ("asked",)),)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="advice_paper_number_once")]

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "en").startswith("zh") else self.title_en


class PaperVersion(Record):
    """A paper as it was handed in, in one language. The latest turn of a language is what is read."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions", verbose_name=_("paper"))
    language = models.CharField(_("language"), max_length=20)
    turn = models.PositiveSmallIntegerField(_("version"))
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+", verbose_name=_("file"))
    handed_in_at = models.DateTimeField(_("handed in at"))

    append_only = True

    class Meta:
        verbose_name = _("version of a paper")
        verbose_name_plural = _("versions of papers")
        ordering = ["language", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "language", "turn"], name="advice_paper_version_once"),
        ]
