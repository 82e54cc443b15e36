"""What has happened to a submission, in plain words, and what comes next: only what its applicant may know."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.audit.models import Act
from secretariat.foundation.ui.templatetags.ui import here, moment, text
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.calls.queries import let_in_among

TOLD_VERBS = (
    "submission_started", "approval_asked", "draft_approved", "submission_withdrawn", "question_asked",
    "question_answered", "late_code_entered",
)  # fmt: skip
SHOWN = 100


@dataclass(frozen=True)
class Event:
    """One line of the timeline. Without ``at`` it lies ahead, and ``when`` says in words when it is due."""

    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    kind: str = ""
    path: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a decision that may be told says of a submission. ``is_end``: nothing of the selection follows it."""

    stage: str
    event: Event
    is_end: bool = False


# (submission) -> what has been decided and may be told to its applicant, by whoever knows; fixed statements.
Teller = Callable[[Submission], Iterable[Outcome]]
_TELLERS: dict[str, Teller] = {}


def register_teller(name: str, teller: Teller) -> None:
    """Add who knows of decisions; called once, in the ``ready`` of the app that knows them."""
    if name in _TELLERS:
        raise ValueError(f"The teller '{name}' is registered twice.")
    _TELLERS[name] = teller


def timeline_of(submission: Submission, now: datetime) -> list[Event]:
    """Return the way of a submission from its beginning to what is still to come. Seven statements at most."""
    outcomes = [outcome for teller in _TELLERS.values() for outcome in teller(submission)]
    screened = getattr(submission, "screening", None)
    past = [*_acts(submission), *_versions(submission), *_screening(submission), *(o.event for o in outcomes)]
    past.sort(key=lambda event: event.at)
    ended = submission.state in ("withdrawn", "ineligible") or submission.call.state == "concluded"
    if ended or any(outcome.is_end for outcome in outcomes):
        return past
    told = {outcome.stage for outcome in outcomes}
    return past + _ahead(submission, bool(screened), told, now)


def desk_timeline_of(submission: Submission) -> list[Event]:
    """Return everything done to a submission, latest first, for the desk. Savings of its draft are left out."""
    titles = {
        "submission_started": _("Begun"),
        "submission_submitted": _("Handed in"),
        "submission_withdrawn": _("Withdrawn"),
        "late_code_entered": _("Let in late by a code"),
        "applicants_added": _("Joint applicants named"),
        "applicant_removed": _("A joint applicant removed"),
        "approval_asked": _("Laid before a second representative"),
        "draft_approved": _("Approved by a second representative"),
        "question_asked": _("The applicant was asked"),
        "question_answered": _("The applicant answered"),
        "question_settled": _("A question settled"),
        "file_attached": _("A file attached"),
        "file_detached": _("A file taken out"),
    }
    acts = (
        Act.objects.filter(subject_id=submission.pk, verb__in=titles)
        .exclude(detail__has_key="again")
        .order_by("-id")[:SHOWN]
    )
    done = [Event(titles[act.verb], at=act.at, text=act.detail.get("reason", "")) for act in acts]
    return sorted([*done, *_screening(submission)], key=lambda event: event.at, reverse=True)


def with_next_step(rows: Iterable[Submission], now: datetime) -> list[Submission]:
    """Return the submissions, each with ``named``, what it is called so far, and ``next_step``, what follows."""
    found = list(rows)
    late = let_in_among(found, now)
    for row in found:
        row.late_until = late.get(row.pk)
        row.named = text(row, "title") or here(row.draft_title or {}) or row.ref.number
        row.next_step = next_step(row, now)
    return found


def next_step(submission: Submission, now: datetime) -> str:
    """Return what follows for a submission whose call and edition are loaded."""
    call = submission.call
    is_open = call.state == "open" and now < call.closes_at
    closing = {"time": moment(call.closes_at, call.zone)}
    if late := getattr(submission, "late_until", None):
        is_open, closing = True, {"time": moment(late, call.zone)}
    match submission.state:
        case "draft":
            if is_open:
                return _("Hand it in until %(time)s.") % closing
            return _("It was not handed in before the call closed.")
        case "submitted":
            if is_open:
                return _("You may change it until %(time)s.") % closing
            return _("The formal check follows.")
        case "eligible" if _is_over(call, now):
            return _("The selection is over; its page says what came of it.")
        case "eligible":
            return _("It takes part in the selection.")
        case "ineligible":
            return _("The formal check was not passed; its page says why.")
    return ""


def _is_over(call: Call, now: datetime) -> bool:
    held_until = call.edition.ends_on
    return call.state == "concluded" or (held_until is not None and held_until < now.date())


def _acts(submission: Submission) -> list[Event]:
    titles = {
        "submission_started": _("You began to write."),
        "approval_asked": _("The text was laid before a second representative."),
        "draft_approved": _("A second representative approved the text."),
        "submission_withdrawn": _("The submission was withdrawn."),
        "question_asked": _("The secretariat asked you something."),
        "question_answered": _("You answered."),
        "late_code_entered": _("You were let in late by a code."),
    }
    acts = (
        Act.objects.filter(subject_id=submission.pk, verb__in=TOLD_VERBS)
        .exclude(detail__has_key="again")
        .order_by("id")
    )
    return [Event(titles[act.verb], at=act.at, text=act.detail.get("reason", "")) for act in acts]


def _versions(submission: Submission) -> list[Event]:
    rows = submission.versions.order_by("number").values_list("number", "handed_in_at")
    return [
        Event(
            _("You handed it in.") if number == 1 else _("You handed in version %(number)d.") % {"number": number},
            at=at, text=_("The receipt is kept here."),
            path=reverse("my_calls:receipt", args=[submission.ref.number, number]),
        )
        for number, at in rows
    ]  # fmt: skip


def _screening(submission: Submission) -> list[Event]:
    screening = getattr(submission, "screening", None)
    if screening is None:
        return []
    if not screening.failed:
        return [Event(_("The formal check was passed."), at=screening.screened_at)]
    failed = submission.call.eligibilityrules.filter(key__in=screening.failed)
    reasons = " ".join(text(rule, "reason") for rule in failed)
    return [
        Event(_("The formal check was not passed."), at=screening.screened_at, text=reasons, kind="urgent")
    ]


def _ahead(submission: Submission, screened: bool, told: set[str], now: datetime) -> list[Event]:
    """The steps that follow, in the call's order; the first of them is what is waited for now."""
    call, found = submission.call, []
    if call.state == "open" and now < call.closes_at:
        if submission.state == "draft":
            found.append(Event(_("You hand it in."), when=_("before the call closes")))
        found.append(
            Event(
                _("The call closes."), at=call.closes_at, text=_("Until then you may change or withdraw it.")
            )
        )
    elif submission.state == "draft":
        return []
    if not screened:
        found.append(Event(_("The formal check"), when=_("after the call has closed"), text=_checks()))
    stages = call.stages.select_related("authority").exclude(kind="eligibility").order_by("position")
    found += [_stage_ahead(stage) for stage in stages if stage.key not in told]
    return [_as(event, "now" if at == 0 else "next") for at, event in enumerate(found)]


def _as(event: Event, kind: str) -> Event:
    return Event(event.title, event.at, event.when, event.text, kind, event.path)


def _checks() -> str:
    return _("The formal conditions of the call are checked; where one is not met, you read which and why.")


def _stage_ahead(stage: Stage) -> Event:
    said: Sequence[str] = []
    if stage.readers:
        said = [
            ngettext("%(n)d reviewer reads it.", "%(n)d reviewers read it.", stage.readers)
            % {"n": stage.readers}
        ]
    if stage.keep:
        said = [*said, _("The best %(n)d go forward.") % {"n": stage.keep}]
    if stage.authority:
        said = [*said, _("%(body)s decides.") % {"body": text(stage.authority, "name")}]
    return Event(text(stage, "label"), when=_("told once it is decided"), text=" ".join(said))
