from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.summit.calls import rules
from secretariat.summit.calls.actions.submissions import locked
from secretariat.summit.calls.models import Applicant, Submission


def add_applicants(
    *, submission: Submission, organisations: Collection[Any], actor: Actor, now: datetime
) -> None:
    """Name the organisations that apply together with the first one."""
    require(rules.is_applicant(actor, submission), _("name joint applicants"))
    with audit.act("applicants_added", actor=actor, now=now) as act:
        submission = locked(submission, _("Naming joint applicants"), now)
        Applicant.objects.bulk_create(
            [
                Applicant(submission=submission, organisation=organisation)
                for organisation in organisations
                if organisation.pk != submission.organisation_id
            ],
            ignore_conflicts=True,
        )
        act.on(submission, organisations=[organisation.pk for organisation in organisations])


def remove_applicant(*, submission: Submission, organisation: Any, actor: Actor, now: datetime) -> None:
    """Take back that an organisation applies together with the first one."""
    require(rules.is_applicant(actor, submission), _("name joint applicants"))
    with audit.act("applicant_removed", actor=actor, now=now, organisation=organisation.pk) as act:
        submission = locked(submission, _("Naming joint applicants"), now)
        submission.applicants.filter(organisation=organisation).delete()
        act.on(submission)
