from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.audit.models import Record
from secretariat.summit.calls.models.call import Call
from secretariat.summit.calls.models.submission import Submission


class LateCode(Record):
    """What lets somebody in after the closing time, until the call is closed. The code itself is kept nowhere."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="late_codes", verbose_name=_("call"))
    digest = models.CharField(max_length=64, unique=True)
    reason = models.TextField(_("reason"))
    until = models.DateTimeField(_("until"))
    uses = models.PositiveSmallIntegerField(_("for how many submissions"))
    # For whom; neither: for anyone who has it.
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("person in charge")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("applicant")
    )
    ended_at = models.DateTimeField(_("called back at"), null=True)

    personal_fields = ("reason",)
    personal_subject = "person"

    class Meta:
        verbose_name = _("late code")
        verbose_name_plural = _("late codes")
        constraints = [
            models.CheckConstraint(name="late_code_is_used", condition=Q(uses__gt=0)),
            models.CheckConstraint(name="late_code_for_one", condition=Q(person=None) | Q(organisation=None)),
        ]


class LateEntry(Record):
    """A submission that was let in by a code."""

    code = models.ForeignKey(LateCode, models.PROTECT, related_name="entries")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="late_entries")
    entered_at = models.DateTimeField(_("entered at"))

    append_only = True

    class Meta:
        verbose_name = _("late entry")
        verbose_name_plural = _("late entries")
        constraints = [models.UniqueConstraint(fields=["code", "submission"], name="late_entry_once")]
