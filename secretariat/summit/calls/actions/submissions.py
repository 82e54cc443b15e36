from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.engines.sealed.canonical import commit, new_salt
from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.audit.prepared import Given, Planned, append, store
from secretariat.foundation.audit.queries import latest_head
from secretariat.foundation.notices.actions import tell
from secretariat.registry.people.models import Person
from secretariat.registry.places.models import Place
from secretariat.registry.refs.actions import Party, next_number, register_ref, update_ref
from secretariat.registry.topics.models import Topic
from secretariat.summit.calls import logic, queries, rules
from secretariat.summit.calls.models import Call, Receipt, Submission, SubmissionCountry, Version

# The field that names places -> what its places are to the submission.
COUNTRY_FIELDS = {"countries": "applicant", "countries_of_use": "use"}


class InvalidContent(Exception):
    """What was written cannot be handed in; ``problems`` says which field and why."""

    def __init__(self, problems: Sequence[logic.Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))
        self.problems = list(problems)


class DraftConflict(Exception):
    """Somebody else has saved the draft since the page was opened; ``submission`` holds what stands now."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(_("Somebody else has changed this draft meanwhile."))
        self.submission = submission


class ApprovalMissing(WrongState):
    """The organisation wants a second representative to approve first, and nobody has approved this very text."""


@dataclass(frozen=True)
class Seen:
    """The revision that stood when a page was opened, and the page: its own later savings are no conflict."""

    revision: int
    writer: UUID


def start_submission(
    *, call: Call, organisation: Any = None, person: Any, actor: Actor, now: datetime,
    first_words: Mapping[str, Any] | None = None, their_key: str = "",
) -> Submission:  # fmt: skip
    """Begin an answer to an open call, in the name of an organisation or of the person herself.

    ``first_words`` is what she has said before she began to write. Beginning again before a word is written is the
    same beginning: a second click makes no second draft. ``their_key`` is that of the sheet it is brought in from.
    """
    require_may_start(call, organisation, person, actor, now)
    require_open(call, now)
    return begin(
        call=call, organisation=organisation, person=person, actor=actor, now=now, first_words=first_words,
        their_key=their_key,
    )  # fmt: skip


def require_may_start(call: Call, organisation: Any, person: Any, actor: Actor, now: datetime) -> None:
    """Raise NotAllowed unless the actor may answer the call in the name of the person, or of the organisation."""
    require(rules.can_start_submission(actor, call) and actor.person_id == person.pk, _("answer this call"))
    if organisation is not None and actor.brought_by_id is None:
        may = organisation.pk in queries.applies_for(actor, now.date())
        require(may, _("apply for %(organisation)s") % {"organisation": organisation})


def begin(
    *, call: Call, organisation: Any, person: Any, actor: Actor, now: datetime,
    first_words: Mapping[str, Any] | None = None, their_key: str = "",
) -> Submission:  # fmt: skip
    """Begin an answer. Called by the actions that have asked whether it may be begun at this moment."""
    with audit.act("submission_started", actor=actor, now=now, call=call.key) as act:
        _locked_person.get(pk=person.pk)
        begun = Submission.objects.filter(
            call=call, person=person, organisation=organisation, state="draft", their_key=their_key
        )
        if blank := begun.select_related("ref").filter(revision=0).first():
            act.on(blank, again=True)
            return blank
        parties = [Party("applicant", person_id=person.pk)]
        if organisation is not None:
            parties.append(Party("applicant", organisation_id=organisation.pk))
        ref = register_ref(
            kind="submission", number=next_number(call.series), title={}, state="draft", parties=parties
        )
        submission = Submission(
            ref=ref, call=call, organisation=organisation, person=person, draft=dict(first_words or {}),
            their_key=their_key,
        )  # fmt: skip
        append(submission)
        act.on(submission)
    return submission


_locked_person = Planned(lambda: Person.objects.select_for_update().filter(pk=Given("pk")))


def require_open(call: Call, now: datetime) -> None:
    """Raise WrongState unless the call takes answers at this moment."""
    require_state(call.state, ["open"], _("Answering this call"))
    # Until the closing minute and not after it, whether or not anybody has closed the call by then.
    moment = "announced" if now < call.opens_at else "open" if now < call.closes_at else "closed"
    require_state(moment, ["open"], _("Answering this call"))


def save_draft(
    *,
    submission: Submission,
    content: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    seen: Seen | None = None,
) -> Submission:
    """Keep what has been written so far, too long or unfinished as it may be; what no form could hold is refused.

    Raises:
        DraftConflict: another page has saved since ``seen``. Nothing is changed.
    """
    require(rules.is_applicant(actor, submission), _("write this submission"))
    if wrong := logic.problems_of(queries.field_specs(submission.call), content, keeping=True):
        raise InvalidContent(wrong)
    with audit.act("draft_saved", actor=actor, now=now) as act:
        submission = locked(submission, _("Writing"), now)
        if seen and submission.revision != seen.revision and submission.writer != seen.writer:
            raise DraftConflict(submission)
        _keep_draft(submission, content, actor, now, seen.writer if seen else None)
        act.on(submission, revision=submission.revision)
    return submission


def locked(submission: Submission, what: str, now: datetime) -> Submission:
    """Return the row, locked, while it may be written: its call is open at this moment and it is not withdrawn.

    Whoever was let in late holds the call as well: it is not closed between her handing in and the digest of it.
    """
    row = _locked_rows.get(pk=submission.pk)
    require_state(row.state, ["draft", "submitted"], what)
    if queries.is_let_in(row, now):
        row.call = Call.objects.select_for_update().get(pk=row.call_id)
        require_state(row.call.state, ["open"], _("Answering this call"))
    else:
        require_open(row.call, now)
    return row


_locked_rows = Planned(
    lambda: (
        Submission.objects.select_for_update(of=("self",))
        .select_related("call", "ref")
        .filter(pk=Given("pk"))
    )
)


def _keep_draft(
    submission: Submission, content: Mapping[str, Any], actor: Actor, now: datetime, writer: UUID | None
) -> None:
    submission.draft, submission.writer = dict(content), writer
    submission.revision += 1
    submission.saved_at, submission.saved_by_id = now, actor.person_id
    store(submission, "draft", "writer", "revision", "saved_at", "saved_by")


def submit(*, submission: Submission, actor: Actor, now: datetime) -> Receipt:
    """Hand in the draft as a new version. The receipt carries its commitment and the head of the log.

    Handing in the same text again is no second version: the first one's receipt is returned.
    """
    require(rules.is_applicant(actor, submission), _("hand in this submission"))
    if receipt := queries.receipt_of_draft(submission):
        return receipt
    with audit.act("submission_submitted", actor=actor, now=now) as act:
        submission = locked(submission, _("Handing in"), now)
        act.on(submission)
        if receipt := queries.receipt_of_draft(submission):
            return receipt
        if wrong := logic.problems_of(queries.field_specs(submission.call), submission.draft, complete=True):
            raise InvalidContent(wrong)
        if queries.lacks_approval(submission):
            raise ApprovalMissing(
                _("A second representative of the organisation has to approve this text first.")
            )
        version = _hand_in(submission, now)
        act.on(submission, version=version.number, commitment=version.commitment)
        head = latest_head()
        receipt = Receipt(
            version=version, number=f"{submission.ref.number}/{version.number}", issued_at=now,
            head=head.note if head else "",
        )  # fmt: skip
        append(receipt)
        _tell_received(submission, receipt, actor, now)
    return receipt


def _tell_received(submission: Submission, receipt: Receipt, actor: Actor, now: datetime) -> None:
    """Who hands in herself is told at once; what the desk brings in from files was told elsewhere."""
    if actor.door not in ("page", "api"):
        return
    people = Person.objects.filter(pk__in=[submission.person_id, actor.person_id], account__isnull=False)
    tell(
        accounts=list(people.values_list("account", flat=True)), kind="submission_received",
        subject_id=receipt.version_id, now=now, number=submission.ref.number, version=receipt.version.number,
        title={"en": submission.title_en, "zh": submission.title_zh}, commitment=receipt.version.commitment,
        closes=submission.call.closes_at.isoformat(),
    )  # fmt: skip


def _hand_in(submission: Submission, now: datetime) -> Version:
    content, salt = submission.draft, new_salt()
    version = Version(
        submission=submission, number=submission.version + 1, content=content, author_id=submission.person_id,
        handed_in_at=now, salt=salt, commitment=commit(content, salt),
    )  # fmt: skip
    append(version)
    title = content.get("title") or {}
    submission.version, submission.state = version.number, "submitted"
    submission.title_en, submission.title_zh = title.get("en", ""), title.get("zh", "")
    submission.submitted_at = submission.submitted_at or now
    submission.topic = _topic(content.get("topic"))
    store(submission, "version", "state", "title_en", "title_zh", "submitted_at", "topic")
    _keep_countries(submission, content)
    update_ref(ref_id=submission.ref_id, state="submitted", title=dict(title))
    return version


def _topic(key: str | None) -> Topic | None:
    if not key:
        return None
    if (topic := Topic.objects.filter(key=key).first()) is None:
        message = _("“%(value)s” is not one of the choices.") % {"value": key}
        raise InvalidContent([logic.Problem("topic", message)])
    return topic


def _keep_countries(submission: Submission, content: Mapping[str, Any]) -> None:
    codes = {code for key in COUNTRY_FIELDS for code in content.get(key) or []}
    places = {place.alpha2: place for place in Place.objects.filter(alpha2__in=codes)}
    if unknown := codes - set(places):
        message = _("Unknown country or region: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        raise InvalidContent([logic.Problem("countries", message)])
    if submission.version > 1:
        submission.countries.all().delete()
    SubmissionCountry.objects.bulk_create(
        SubmissionCountry(submission=submission, place=places[code], role=role)
        for key, role in COUNTRY_FIELDS.items()
        for code in dict.fromkeys(content.get(key) or [])
    )


def withdraw(*, submission: Submission, reason: str, actor: Actor, now: datetime) -> Submission:
    """Take a submission back. It stays in the record; between closing and screening it waits for its screening."""
    require(rules.can_withdraw(actor, submission), _("withdraw this submission"))
    with audit.act("submission_withdrawn", actor=actor, now=now, reason=reason) as act:
        submission = (
            Submission.objects.select_for_update(of=("self",)).select_related("call").get(pk=submission.pk)
        )
        during = ["draft", "submitted"] if submission.call.state == "open" else ["draft", "eligible"]
        require_state(submission.state, during, _("Withdrawing"))
        submission.state = "withdrawn"
        submission.save(update_fields=["state"])
        update_ref(ref_id=submission.ref_id, state="withdrawn")
        act.on(submission)
    return submission
