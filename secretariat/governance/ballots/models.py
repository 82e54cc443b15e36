from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.governance.ballots import states
from secretariat.registry.refs.models import Traceable


class Rules(Record):
    """What a decision is measured by. The quorum is a share of those entitled, and never fewer than a number."""

    majority = models.CharField(
        _("majority"), max_length=20, choices=states.Majority, default=states.Majority.SIMPLE
    )
    base = models.CharField(_("measured"), max_length=20, choices=states.Base, default=states.Base.CAST)
    casting_vote = models.BooleanField(_("the chair's vote ends a tie"), default=False)
    quorum_parts = models.PositiveSmallIntegerField(_("quorum: parts"), default=1)
    quorum_of = models.PositiveSmallIntegerField(_("quorum: of"), default=2)
    quorum_exceeds = models.BooleanField(_("quorum: more than that"), default=True)
    quorum_least = models.PositiveSmallIntegerField(_("quorum: at least so many"), default=1)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_majority_known", condition=Q(majority__in=states.Majority.values)
            ),
            models.CheckConstraint(name="%(class)s_base_known", condition=Q(base__in=states.Base.values)),
            # A simple majority is more yes than no, whoever else is there.
            models.CheckConstraint(
                name="%(class)s_simple_of_cast", condition=~Q(majority="simple") | Q(base="cast")
            ),
            models.CheckConstraint(
                name="%(class)s_quorum_is_a_share",
                condition=Q(quorum_parts__lt=F("quorum_of"))
                | Q(quorum_parts=F("quorum_of"), quorum_exceeds=False),
            ),
        ]


class Procedure(Rules):
    """How a body decides from one day to another, both included."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice of a meeting (days)"), default=14)
    papers_days = models.PositiveSmallIntegerField(_("papers before a meeting (days)"), default=7)
    silence_days = models.PositiveSmallIntegerField(_("silence procedure (days)"), default=10)
    minutes_days = models.PositiveSmallIntegerField(
        _("minutes: adopted by silence after (days)"), null=True, blank=True,
        help_text=_("Empty: a later meeting adopts them."),
    )  # fmt: skip
    proxies_each = models.PositiveSmallIntegerField(_("proxies one person may hold"), default=0)
    remote = models.BooleanField(_("attendance at a distance counts"), default=True)
    deputy = models.CharField(
        _("who presides where the chair is away or recused"), max_length=20, choices=states.Presider,
        default=states.Presider.VICE_CHAIR,
    )  # fmt: skip

    class Meta(Rules.Meta):
        verbose_name = _("rules of procedure")
        verbose_name_plural = _("rules of procedure")
        constraints = [
            *Rules.Meta.constraints,
            models.CheckConstraint(
                name="procedure_deputy_known", condition=Q(deputy__in=states.Presider.values)
            ),
            models.CheckConstraint(
                name="procedure_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="procedure_one_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
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


class Ballot(Traceable, Rules):
    """A question to a body. ``subject`` is what it is about; the app whose that is acts on the result."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", verbose_name=_("body"))
    subject = models.ForeignKey(
        "refs.Ref", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    power = models.ForeignKey(
        "powers.Power", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("power used"),
        help_text=_("The body's own, or delegated to it: one it does not hold is refused."),
    )  # fmt: skip
    question_en = models.CharField(_("question in English"), max_length=400)
    question_zh = models.CharField(_("question in Chinese"), max_length=400)
    method = models.CharField(
        _("method"), max_length=20, choices=states.Method, default=states.Method.ROLL_CALL
    )
    may_change = models.BooleanField(_("a vote may be changed until the end"), default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=states.BallotState, default=states.BallotState.DRAFT
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    roll_digest = models.CharField(_("digest of the roll"), max_length=64, blank=True)
    reason = models.TextField(_("why it was cancelled"), blank=True)

    transitions = {"state": states.BALLOT_TRANSITIONS}

    class Meta(Rules.Meta):
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            *Rules.Meta.constraints,
            models.CheckConstraint(
                name="ballot_state_known", condition=Q(state__in=states.BallotState.values)
            ),
            models.CheckConstraint(name="ballot_method_known", condition=Q(method__in=states.Method.values)),
            models.CheckConstraint(
                name="ballot_open_has_a_roll",
                condition=~Q(state__in=["open", "closed"])
                | (Q(opened_at__isnull=False) & ~Q(roll_digest="")),
            ),
            models.CheckConstraint(
                name="ballot_end_says_when",
                condition=~Q(state__in=["closed", "cancelled"]) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ballot_cancelled_with_reason", condition=~Q(state="cancelled") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="ballot_silence_has_an_end",
                condition=~Q(method="silence", state="open") | Q(closes_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["closes_at"], name="ballot_due", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.question_in(get_language() or "en")

    def question_in(self, language: str) -> str:
        return self.question_zh if language.startswith("zh") else self.question_en


class RollLine(Record):
    """One vote there is: whose it is, who may cast it, with which weight and why. Fixed when the ballot opens."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="roll", verbose_name=_("ballot"))
    position = models.PositiveIntegerField(_("position"))
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    voter = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("cast by")
    )
    by_proxy = models.BooleanField(_("by proxy"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=12, decimal_places=6, default=1)
    source = models.CharField(_("recorded in"), max_length=120)
    why = models.JSONField(_("why"), default=dict)
    is_present = models.BooleanField(_("present"), default=True)
    is_chair = models.BooleanField(_("chair"), default=False)
    recusal = models.JSONField(_("why recused"), null=True)

    append_only = True

    class Meta:
        verbose_name = _("line of a roll")
        verbose_name_plural = _("lines of a roll")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="roll_in_order"),
            models.UniqueConstraint(
                fields=["ballot", "person", "organisation"], name="roll_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="roll_is_somebodys", condition=Q(person__isnull=False) | Q(organisation__isnull=False)
            ),
            models.CheckConstraint(name="roll_weight_positive", condition=Q(weight__gt=0)),
        ]
        indexes = [models.Index(fields=["ballot", "voter"], name="roll_of_voter")]

    @property
    def is_recused(self) -> bool:
        return self.recusal is not None


class Vote(Record):
    """What was said for a line of the roll. A vote that is changed is a new row; the latest turn counts."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes", verbose_name=_("ballot"))
    line = models.ForeignKey(RollLine, models.PROTECT, related_name="votes", verbose_name=_("line of a roll"))
    turn = models.PositiveSmallIntegerField(_("turn"), default=1)
    choice = models.CharField(_("vote"), max_length=10, choices=states.Choice)
    channel = models.CharField(_("how"), max_length=10, choices=states.Channel)
    cast_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    cast_at = models.DateTimeField(_("at"))
    reason = models.TextField(_("why"), blank=True)

    append_only = True
    open_while = (("ballot", "state", ("open",)),)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["line", "turn"], name="vote_once"),
            models.CheckConstraint(name="vote_choice_known", condition=Q(choice__in=states.Choice.values)),
            models.CheckConstraint(name="vote_channel_known", condition=Q(channel__in=states.Channel.values)),
        ]
        indexes = [models.Index(fields=["ballot", "-cast_at"], name="vote_of_ballot")]


class HandCount(Record):
    """Hands as they were counted in the room. Counted again, the latest turn stands."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="hand_counts", verbose_name=_("ballot"))
    turn = models.PositiveSmallIntegerField(_("turn"))
    yes = models.PositiveIntegerField(_("yes"))
    no = models.PositiveIntegerField(_("no"))
    abstain = models.PositiveIntegerField(_("abstentions"))
    counted_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("counted by")
    )
    counted_at = models.DateTimeField(_("counted at"))

    append_only = True
    open_while = (("ballot", "state", ("open",)),)

    class Meta:
        verbose_name = _("count of hands")
        verbose_name_plural = _("counts of hands")
        constraints = [models.UniqueConstraint(fields=["ballot", "turn"], name="hand_count_once")]


class Result(Record):
    """What came out, with what it was measured by. Weights, except for the quorum, which counts heads."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="result", verbose_name=_("ballot"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=states.Outcome)
    yes = models.DecimalField(_("yes"), max_digits=16, decimal_places=6)
    no = models.DecimalField(_("no"), max_digits=16, decimal_places=6)
    abstain = models.DecimalField(_("abstentions"), max_digits=16, decimal_places=6)
    present = models.DecimalField(_("present"), max_digits=16, decimal_places=6)
    entitled = models.DecimalField(_("entitled"), max_digits=16, decimal_places=6)
    measured_of = models.DecimalField(_("measured of"), max_digits=16, decimal_places=6)
    needed = models.PositiveIntegerField(_("needed"))
    quorum_present = models.PositiveIntegerField(_("there for the quorum"))
    quorum_needed = models.PositiveIntegerField(_("needed for the quorum"))
    casting = models.CharField(_("casting vote"), max_length=10, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    append_only = True

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.CheckConstraint(name="result_known", condition=Q(outcome__in=states.Outcome.values)),
        ]
