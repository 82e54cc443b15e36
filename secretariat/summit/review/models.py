from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.summit.review import states


class Expertise(Record):
    """A field in which a person can judge, as she says herself."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    topic = models.ForeignKey("topics.Topic", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("expertise")
        verbose_name_plural = _("expertise")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="expertise_once")]


class Pseudonym(Record):
    """The name of a reviewer in what is published about a call. Given by lot, so that it says nothing."""

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    name = models.CharField(_("pseudonym"), max_length=10)

    append_only = True

    class Meta:
        verbose_name = _("pseudonym")
        verbose_name_plural = _("pseudonyms")
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="pseudonym_of_person"),
            models.UniqueConstraint(fields=["call", "name"], name="pseudonym_once"),
        ]


class Conflict(Record):
    """A relation between a reviewer and an item, declared or found. Until it is resolved it bars."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    submission = models.ForeignKey("calls.Submission", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    is_declared = models.BooleanField(_("declared by the reviewer"), default=False)
    explanation = models.TextField(_("explanation"))
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True)
    starts_on = models.DateField(_("since"), null=True)
    ends_on = models.DateField(pgettext_lazy("relation", "until"), null=True)
    direction = models.CharField(
        _("whose tie"), max_length=10, choices=states.Direction, default=states.Direction.MUTUAL
    )
    confidence = models.CharField(
        _("how it is known"), max_length=10, choices=states.HowKnown, default=states.HowKnown.RECORDED
    )
    state = models.CharField(_("state"), max_length=20, choices=states.ConflictState, default="open")
    reason = models.TextField(_("reason"), blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True)

    transitions = {"state": states.CONFLICT_TRANSITIONS}
    personal_fields = ("explanation",)
    personal_subject = "person"

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "submission", "kind", "source_id"],
                name="conflict_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="conflict_resolved_with_reason", condition=Q(state="open") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["submission", "state"], name="conflict_of_submission")]


class Declaration(Record):
    """A committee member has gone through the items of a call and said which of them she may not judge."""

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared at"))

    append_only = True

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="declaration_once")]


class Undertaking(Record):
    """A committee member has signed what the members of this call undertake; the digest says which text it was."""

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    digest = models.CharField(_("digest"), max_length=64)
    signed_at = models.DateTimeField(_("signed at"))

    append_only = True

    class Meta:
        verbose_name = _("undertaking")
        verbose_name_plural = _("undertakings")
        constraints = [models.UniqueConstraint(fields=["call", "person", "digest"], name="undertaking_once")]


class Matching(Record):
    """Who would read what: proposed by the engine, looked at, deployed, and undone if need be."""

    stage = models.ForeignKey("calls.Stage", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=states.MatchingState, default="proposed")
    kind = models.CharField(_("kind"), max_length=20, choices=states.MatchingKind, default="run")
    # Of a repair: the run whose readings it mends.
    basis = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    options = models.JSONField(_("options"))
    measures = models.JSONField(_("measures"), default=dict)
    pairs = models.JSONField(_("pairs"), default=list)  # [submission number, reviewer's pseudonym, score]
    parts = models.JSONField(
        _("parts of the scores"), default=list
    )  # of each pair: [field, text, [language, …]]
    dropped = models.JSONField(
        _("pairs taken away"), default=list
    )  # [submission number, reviewer's pseudonym]
    worked_out_at = models.DateTimeField(_("worked out at"), null=True)
    trouble = models.TextField(_("why there is none"), blank=True)
    deployed_at = models.DateTimeField(_("deployed at"), null=True)
    due_at = models.DateTimeField(_("reviews are asked for by"), null=True)

    transitions = {"state": states.MATCHING_TRANSITIONS}

    class Meta:
        verbose_name = _("matching")
        verbose_name_plural = _("matchings")
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=Q(state="deployed", kind="run"), name="matching_deployed_once"
            ),
            models.CheckConstraint(
                name="matching_deployed_is_worked_out",
                condition=~Q(state="deployed") | Q(worked_out_at__isnull=False, trouble=""),
            ),
        ]

    @property
    def is_ready(self) -> bool:
        """Whether it can be looked at and deployed."""
        return self.worked_out_at is not None and not self.trouble


class Assignment(Record):
    """One reviewer reads one item in one stage."""

    matching = models.ForeignKey(Matching, models.PROTECT, related_name="assignments")
    stage = models.ForeignKey("calls.Stage", models.PROTECT, related_name="+")
    submission = models.ForeignKey("calls.Submission", models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=states.AssignmentState, default="assigned")
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    declined_reason = models.TextField(_("why she declined"), blank=True)

    transitions = {"state": states.ASSIGNMENT_TRANSITIONS}
    personal_fields = ("declined_reason",)
    personal_subject = "reviewer"

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "submission", "reviewer"],
                condition=~Q(state="withdrawn"),
                name="assignment_once",
            )
        ]
        indexes = [models.Index(fields=["reviewer", "state"], name="assignment_of_reviewer")]


class ReviewDraft(Record):
    """What a reviewer has written so far, for herself alone: it leaves no trace, and goes when she hands in."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="draft")
    scores = models.JSONField(_("scores"), default=dict)
    confidence = models.PositiveSmallIntegerField(_("confidence"), null=True, choices=states.Confidence)
    comment = models.TextField(_("comment"), blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    audited = False

    class Meta:
        verbose_name = _("draft of a review")
        verbose_name_plural = _("drafts of reviews")


class Review(Record):
    """What one reviewer says of one item: a score for each criterion, and words. Handed in, it stands."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review")
    scores = models.JSONField(_("scores"))  # criterion key -> whole number on its scale
    overall = models.FloatField(_("overall score"))
    confidence = models.PositiveSmallIntegerField(_("confidence"), null=True, choices=states.Confidence)
    comment = models.TextField(_("comment"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))

    append_only = True
    personal_fields = ("comment",)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(name="review_confidence_on_scale", condition=Q(confidence__range=(1, 4)))
        ]


class Move(Record):
    """A motion of the committee to move an item across the line of a stage; its ballot decides."""

    stage = models.ForeignKey("calls.Stage", models.PROTECT, related_name="+")
    submission = models.ForeignKey("calls.Submission", models.PROTECT, related_name="+")
    to = models.CharField(_("to which side"), max_length=10, choices=states.Side)
    reason = models.TextField(_("reason"))
    ballot = models.OneToOneField(
        "ballots.Ballot", models.PROTECT, related_name="+", verbose_name=_("ballot")
    )
    state = models.CharField(_("state"), max_length=20, choices=states.MoveState, default="proposed")
    ended_at = models.DateTimeField(_("ended at"), null=True)

    transitions = {"state": states.MOVE_TRANSITIONS}

    class Meta:
        verbose_name = _("move across the line")
        verbose_name_plural = _("moves across the line")
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "submission"], condition=Q(state="proposed"), name="move_proposed_once"
            ),
            models.CheckConstraint(name="move_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="move_ends_with_state",
                condition=Q(state="proposed", ended_at__isnull=True)
                | (~Q(state="proposed") & Q(ended_at__isnull=False)),
            ),
        ]


class StageList(Record):
    """The list of a stage, frozen: what it was made from. Its entries stand in rows; the digest is of both."""

    stage = models.OneToOneField("calls.Stage", models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("frozen at"))
    content = models.JSONField()  # a StageList of engines.bundles.selection, without entries and decision
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    append_only = True

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")


class ListEntry(Record):
    """An item on a frozen list, with its calibrated score and the probability that it belongs above the line."""

    list = models.ForeignKey(StageList, models.PROTECT, related_name="entries")
    submission = models.ForeignKey("calls.Submission", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("position"))
    rank = models.PositiveIntegerField(_("rank"), null=True)
    score = models.FloatField(_("score"), null=True)
    low = models.FloatField(_("low"), null=True)
    high = models.FloatField(_("high"), null=True)
    p_above = models.FloatField(_("probability above the line"), null=True)
    outcome = models.CharField(_("outcome"), max_length=60)

    append_only = True

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("list entries")
        constraints = [models.UniqueConstraint(fields=["list", "submission"], name="list_entry_once")]
        indexes = [models.Index(fields=["list", "position"], name="list_in_order")]


class PartDecision(Record):
    """What one of the authority decided on a list before another decides on the items that she is recused from."""

    list = models.OneToOneField(StageList, models.PROTECT, related_name="part")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))
    office = models.CharField(_("decided by"), max_length=200)
    refused = models.JSONField()  # submission number -> reason
    left_out = models.JSONField()  # numbers of the items that she is recused from, on the list or not

    append_only = True

    class Meta:
        verbose_name = _("decision on a part")
        verbose_name_plural = _("decisions on a part")


class Decision(Record):
    """What the named authority decided on a list: it may refuse an item with a reason, never add one."""

    list = models.OneToOneField(StageList, models.PROTECT, related_name="decision")
    authority = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))
    content = models.JSONField()  # a Decision of engines.bundles.selection
    digest = models.CharField(_("digest"), max_length=64)

    append_only = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
