from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.summit.calls import queries, rules
from secretariat.summit.calls.models import NamedConflict, Submission


def name_conflict(
    *, submission: Submission, person: UUID, reason: str, actor: Actor, now: datetime
) -> NamedConflict:
    """The applicant names a member of the committee who is tied to it. The chair reads why, and decides.

    ValueError where the person does not sit in the committee or was named before, or nothing is said.
    """
    require(rules.is_applicant(actor, submission), _("name a member of the committee"))
    if not reason.strip():
        raise ValueError(_("Say how you are tied to each other."))
    with audit.act("conflict_named", actor=actor, now=now) as act:
        rows = Submission.objects.select_for_update(of=("self",)).select_related("call__committee")
        submission = rows.get(pk=submission.pk)
        require_state(submission.call.state, ["open", "closed"], _("Naming a member of the committee"))
        if person not in {each.pk for each in queries.members_to_name(submission.call, now.date())}:
            raise ValueError(_("That person does not sit in the committee."))
        try:
            with transaction.atomic():
                named = NamedConflict.objects.create(
                    submission=submission, person_id=person, reason=reason.strip(), named_by_id=actor.person_id,
                    named_at=now,
                )  # fmt: skip
        except IntegrityError:
            raise ValueError(_("You have named that person already.")) from None
        act.on(submission)
    return named
