from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.audit.models import Record
from secretariat.governance.admissions import states
from secretariat.registry.refs.models import Traceable


class Application(Traceable):
    """Somebody asks to be a member of a category: ``person`` for ``organisation``, or for herself without one."""

    category = models.ForeignKey(
        "membership.Category", models.PROTECT, related_name="+", verbose_name=_("category")
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("who applies")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"),
    )  # fmt: skip
    motivation = models.TextField(_("why it wants to be a member"))
    contribution = models.TextField(_("what it brings to the organisation"), blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))
    state = models.CharField(
        _("state"), max_length=20, choices=states.ApplicationState, default=states.ApplicationState.SCREENING
    )
    ballot = models.ForeignKey(
        "ballots.Ballot", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ballot")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    member = models.ForeignKey(
        "membership.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member")
    )

    transitions = {"state": states.APPLICATION_TRANSITIONS}
    personal_fields = ("motivation", "contribution", "reason")
    personal_subject = "person"

    class Meta:
        verbose_name = _("application for membership")
        verbose_name_plural = _("applications for membership")
        constraints = [
            models.CheckConstraint(
                name="application_state_known", condition=Q(state__in=states.ApplicationState.values)
            ),
            models.CheckConstraint(
                name="application_before_ballot", condition=~Q(state="ballot") | Q(ballot__isnull=False)
            ),
            models.CheckConstraint(
                name="application_admitted_is_member", condition=~Q(state="admitted") | Q(member__isnull=False)
            ),
            models.CheckConstraint(
                # Once whoever applied is forgotten, so is why: what she wrote went with it.
                name="application_refused_with_reason",
                condition=~Q(state="refused") | ~Q(reason="") | Q(motivation=""),
            ),
            models.UniqueConstraint(
                name="application_one_open_of_organisation", fields=["organisation"],
                condition=Q(state__in=states.OPEN, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="application_one_open_of_person", fields=["person"],
                condition=Q(state__in=states.OPEN, organisation=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation or self.person)


class Sponsor(Record):
    """A member asked to stand for an application; one of its representatives says whether it does."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="sponsors", verbose_name=_("application for membership")
    )
    member = models.ForeignKey(
        "membership.Member", models.PROTECT, related_name="+", verbose_name=_("member")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=states.SponsorState, default=states.SponsorState.ASKED
    )
    note = models.TextField(_("remark"), blank=True)
    answered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    transitions = {"state": states.SPONSOR_TRANSITIONS}
    personal_fields = ("note",)

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        constraints = [
            models.UniqueConstraint(fields=["application", "member"], name="sponsor_once"),
            models.CheckConstraint(
                name="sponsor_state_known", condition=Q(state__in=states.SponsorState.values)
            ),
        ]


class Check(Record):
    """A point of the due diligence on an application."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="checks", verbose_name=_("application for membership")
    )
    point = models.CharField(pgettext_lazy("check", "point"), max_length=20, choices=states.Point)
    state = models.CharField(
        _("state"), max_length=20, choices=states.CheckState, default=states.CheckState.OPEN
    )
    note = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    at = models.DateTimeField(_("checked at"), null=True, blank=True)

    personal_fields = ("note",)

    class Meta:
        verbose_name = _("point of the due diligence")
        verbose_name_plural = _("points of the due diligence")
        constraints = [
            models.UniqueConstraint(fields=["application", "point"], name="check_once"),
            models.CheckConstraint(name="check_point_known", condition=Q(point__in=states.Point.values)),
            models.CheckConstraint(name="check_state_known", condition=Q(state__in=states.CheckState.values)),
        ]


class Inquiry(Record):
    """What the desk wants to know before an application goes on, and the answer."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="inquiries", verbose_name=_("application for membership")
    )
    text = models.TextField(_("question"))
    due_on = models.DateField(_("answer by"))
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    personal_fields = ("text", "answer")

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")


class Certificate(Record):
    """That a member was admitted. ``digest`` is of what it says but for the name, which the registry keeps; the PDF is
    set from both when it is asked for.
    """

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="certificate", verbose_name=_("application for membership")
    )
    member = models.ForeignKey(
        "membership.Member", models.PROTECT, related_name="+", verbose_name=_("member")
    )
    category = models.ForeignKey(
        "membership.Category", models.PROTECT, related_name="+", verbose_name=_("category")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    since = models.DateField(_("member since"))
    issued_at = models.DateTimeField(_("issued at"))
    digest = models.CharField(_("digest"), max_length=64)

    append_only = True

    class Meta:
        verbose_name = _("certificate of membership")
        verbose_name_plural = _("certificates of membership")


class Prospect(Record):
    """An organisation the secretariat would like to win as a member."""

    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    category = models.ForeignKey(
        "membership.Category", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("category"),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=20, choices=states.ProspectState, default=states.ProspectState.SOUGHT
    )
    note = models.TextField(_("remark"), blank=True)
    noted_at = models.DateTimeField(_("last noted at"))
    follow_up_on = models.DateField(_("to be followed up on"), null=True, blank=True)
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("application for membership"),
    )

    transitions = {"state": states.PROSPECT_TRANSITIONS}
    personal_fields = ("note",)

    class Meta:
        verbose_name = _("prospect")
        verbose_name_plural = _("prospects")
        constraints = [
            models.CheckConstraint(
                name="prospect_state_known", condition=Q(state__in=states.ProspectState.values)
            ),
            models.CheckConstraint(
                name="prospect_applied_says_how", condition=~Q(state="applied") | Q(application__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
