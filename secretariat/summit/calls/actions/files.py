from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.summit.calls import logic, queries, rules
from secretariat.summit.calls.actions.submissions import InvalidContent, locked
from secretariat.summit.calls.models import Attachment, Submission


def attach_file(*, submission: Submission, key: str, file: File, actor: Actor, now: datetime) -> Submission:
    """Answer a question of the form with a file the actor has handed in; it takes the place of an earlier one."""
    require(rules.is_applicant(actor, submission), _("write this submission"))
    spec = next((s for s in queries.field_specs(submission.call) if s.key == key and s.kind == "file"), None)
    if spec is None:
        raise InvalidContent([logic.Problem(key, _("There is no such field."))])
    require(
        file.uploaded_by_id is not None and file.uploaded_by_id == actor.account_id, _("attach this file")
    )
    if wrong := logic.problems_of_file(spec, file.media_type, file.size):
        raise InvalidContent(wrong)
    with audit.act("file_attached", actor=actor, now=now, field=key) as act:
        submission = locked(submission, _("Writing"), now)
        attachment, _made = Attachment.objects.get_or_create(
            file=file, defaults={"submission": submission, "key": key}
        )
        require(attachment.submission_id == submission.pk, _("attach this file"))
        _answer(submission, {**submission.draft, key: str(file.pk)}, actor, now)
        act.on(submission, file=file.pk)
    return submission


def detach_file(*, submission: Submission, key: str, actor: Actor, now: datetime) -> Submission:
    """Take a file out of the draft. What was handed in with it keeps it."""
    require(rules.is_applicant(actor, submission), _("write this submission"))
    with audit.act("file_detached", actor=actor, now=now, field=key) as act:
        submission = locked(submission, _("Writing"), now)
        rest = {name: value for name, value in submission.draft.items() if name != key}
        _answer(submission, rest, actor, now)
        act.on(submission)
    return submission


def _answer(submission: Submission, draft: dict, actor: Actor, now: datetime) -> None:
    # The writer stays: who has the page open has brought the file herself, and her next saving is no conflict.
    submission.draft, submission.revision = draft, submission.revision + 1
    submission.saved_at, submission.saved_by_id = now, actor.person_id
    submission.save(update_fields=["draft", "revision", "saved_at", "saved_by"])
