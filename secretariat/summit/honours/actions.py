from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.record.publications.actions import prepare_publication
from secretariat.record.publications.models import Publication
from secretariat.registry.people.models import Person
from secretariat.registry.refs.actions import Party, register_ref, update_ref
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.honours import rules
from secretariat.summit.honours.book import proofs_of
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import book_key
from secretariat.summit.review.models import StageList
from secretariat.summit.review.queries import handed_on


def offer_honours(
    *, stage: Stage, actor: Actor, now: datetime, answer_until: datetime | None = None
) -> list[Honour]:
    """Offer every place of a decided list of honours to its applicant, in confidence.

    ``answer_until`` is the day by which an answer is asked for; one that comes later still counts.
    """
    require(rules.can_run_honours(actor), _("offer honours"))
    if answer_until is not None and answer_until <= now:
        raise ValueError(_("The day by which an answer is asked for lies in the past."))
    require_state(stage.kind, ["levels"], _("Offering honours"))
    with audit.act("honours_offered", actor=actor, now=now) as act:
        Call.objects.select_for_update().get(pk=stage.call_id)
        places = handed_on(stage)
        require_state("waiting" if places is None else "decided", ["decided"], _("Offering honours"))
        frozen = StageList.objects.get(stage=stage)
        if Honour.objects.filter(list=frozen).exists():
            require_state("offered", [], _("Offering honours"))
        items = {s.ref.number: s for s in _submissions(stage.call, list(places or {}))}
        labels = {level["key"]: level for level in stage.levels}
        honours = [
            _offer(frozen, items[number], labels[level], position, now, answer_until)
            for position, (number, level) in enumerate((places or {}).items(), 1)
            if items[number].state != "withdrawn"
        ]
        accounts = dict(
            Person.objects.filter(pk__in=[h.submission.person_id for h in honours], account__isnull=False)
            .values_list("pk", "account")
        )  # fmt: skip
        for honour in honours:
            if account := accounts.get(honour.submission.person_id):
                tell(
                    accounts=[account],
                    kind="honour_offered",
                    subject_id=honour.pk,
                    now=now,
                    level=honour.level,
                )
        act.on(frozen, honours=len(honours))
    return honours


def _submissions(call: Call, numbers: list[str]) -> list[Submission]:
    return list(call.submissions.filter(ref__number__in=numbers).select_related("ref"))


def _offer(
    frozen: StageList, submission: Submission, level: dict, position: int, now: datetime,
    answer_until: datetime | None,
) -> Honour:  # fmt: skip
    ref = register_ref(
        kind="honour", number=f"{submission.ref.number}-H", title=submission.ref.title, state="offered",
        parties=[Party("honoured", organisation_id=submission.organisation_id)] if submission.organisation_id
        else [Party("honoured", person_id=submission.person_id)],
    )  # fmt: skip
    return Honour.objects.create(
        ref=ref, list=frozen, submission=submission, level=level["key"], level_en=level["en"],
        level_zh=level["zh"], position=position, offered_at=now, answer_until=answer_until,
    )  # fmt: skip


def answer_offer(*, honour: Honour, accept: bool, actor: Actor, now: datetime) -> Honour:
    """The applicant accepts or declines. A declined place stays empty: nobody else was on the list for it."""
    require(rules.can_answer(actor, honour), _("answer this offer"))
    return _move(honour, "accepted" if accept else "declined", "honour_answered", actor, now, answered_at=now)


def confer_honour(*, honour: Honour, actor: Actor, now: datetime) -> Honour:
    """Confer an accepted honour: from now on it is public."""
    require(rules.can_run_honours(actor), _("confer an honour"))
    return _move(honour, "conferred", "honour_conferred", actor, now, conferred_at=now)


def confer_accepted(*, call: Call, actor: Actor, now: datetime) -> int:
    """Confer every honour of a call that was accepted, all or none. Returns how many."""
    require(rules.can_run_honours(actor), _("confer an honour"))
    with audit.act("honours_conferred", actor=actor, now=now, subject=call) as act:
        accepted = list(Honour.objects.filter(submission__call=call, state="accepted").order_by("position"))
        if not accepted:
            raise ValueError(_("No honour is accepted and not yet conferred."))
        for honour in accepted:
            confer_honour(honour=honour, actor=actor, now=now)
        act.detail["honours"] = len(accepted)
    return len(accepted)


def prepare_book(*, call: Call, proof_until: datetime, actor: Actor, now: datetime) -> Publication:
    """Lay out the book of a call from its decided list and send every applicant the proof of her entry."""
    require(rules.can_run_honours(actor), _("prepare a publication"))
    if proof_until <= now:
        raise ValueError(_("The day until which proofs are read lies in the past."))
    stage = call.stages.filter(key=call.publication.get("stage", "")).select_related("call").first()
    frozen = StageList.objects.filter(stage=stage).first() if stage else None
    if frozen is None or handed_on(stage) is None:
        raise ValueError(_("The list the book is made from is not decided yet."))
    if Publication.objects.filter(key=book_key(call)).exists():
        require_state("prepared", [], _("Preparing the book"))
    texts = {
        name: {language: call.publication.get(f"{name}_{language}", "") for language in ("en", "zh")}
        for name in ("title", "subtitle")
    }
    return prepare_publication(
        key=book_key(call), list_digest=frozen.digest, proofs=proofs_of(stage), proof_until=proof_until,
        simulated=call.edition.simulated, actor=actor, now=now, **texts,
    )  # fmt: skip


def revoke_honour(*, honour: Honour, reason: str, actor: Actor, now: datetime) -> Honour:
    """Take a conferred honour back. It stays in the record, as revoked, with the reason."""
    require(rules.can_run_honours(actor), _("revoke an honour"))
    if not reason.strip():
        raise ValueError(_("An honour is revoked with a reason."))
    return _move(honour, "revoked", "honour_revoked", actor, now, revoked_at=now, revoked_reason=reason)


_BEFORE = {"accepted": "offered", "declined": "offered", "conferred": "accepted", "revoked": "conferred"}


def _move(honour: Honour, state: str, verb: str, actor: Actor, now: datetime, **changes: object) -> Honour:
    with audit.act(verb, actor=actor, now=now, state=state) as act:
        honour = Honour.objects.select_for_update(of=("self",)).select_related("submission").get(pk=honour.pk)
        require_state(honour.state, [_BEFORE[state]], _("This answer"))
        for name, value in changes.items():
            setattr(honour, name, value)
        honour.state = state
        honour.save(update_fields=["state", *changes])
        update_ref(ref_id=honour.ref_id, state=state)
        act.on(honour)
    return honour
