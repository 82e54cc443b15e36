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
from secretariat.summit.honours import queries, rules
from secretariat.summit.honours.book import proofs_of
from secretariat.summit.honours.models import Honour, Release
from secretariat.summit.review.models import StageList
from secretariat.summit.review.queries import handed_on


def offer_honours(
    *, stage: Stage, actor: Actor, now: datetime, answer_until: datetime | None = None
) -> list[Honour]:
    """Offer every place of a decided list of honours to its applicant, in confidence.

    ``answer_until`` is the day by which an answer is asked for; one that comes later still counts. Where the list is
    held for a release, nobody is told of an offer before: it is made with the release, and nothing is returned now.
    """
    require(rules.can_run_honours(actor), _("offer honours"))
    if answer_until is not None and answer_until <= now:
        raise ValueError(_("The day by which an answer is asked for lies in the past."))
    require_state(stage.kind, ["levels"], _("Offering honours"))
    with audit.act("honours_offered", actor=actor, now=now) as act:
        Call.objects.select_for_update().get(pk=stage.call_id)
        frozen, places = _places_to_offer(stage)
        release = queries.pending_release(stage.call)
        if release is not None and queries.is_list_held(frozen):
            _offer_with(release, answer_until)
            act.on(frozen, release=release.at)
            return []
        return _offer_all(frozen, places, act, now, answer_until)


def _places_to_offer(stage: Stage) -> tuple[StageList, dict[str, str]]:
    places = handed_on(stage)
    require_state("waiting" if places is None else "decided", ["decided"], _("Offering honours"))
    frozen = StageList.objects.select_related("stage__call").get(stage=stage)
    if Honour.objects.filter(list=frozen).exists():
        require_state("offered", [], _("Offering honours"))
    return frozen, places or {}


def _offer_all(
    frozen: StageList,
    places: dict[str, str],
    act: audit.OpenAct,
    now: datetime,
    answer_until: datetime | None,
) -> list[Honour]:
    stage = frozen.stage
    items = {s.ref.number: s for s in _submissions(stage.call, list(places))}
    labels = {level["key"]: level for level in stage.levels}
    honours = [
        _offer(frozen, items[number], labels[level], position, now, answer_until)
        for position, (number, level) in enumerate(places.items(), 1)
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
    """Confer an accepted honour: from now on it is public; where a release is set for its call, from then on."""
    require(rules.can_run_honours(actor), _("confer an honour"))
    if queries.pending_release(honour.submission.call) is not None:
        return _hold(honour, actor, now)
    return _move(honour, "conferred", "honour_conferred", actor, now, conferred_at=now)


def _hold(honour: Honour, actor: Actor, now: datetime) -> Honour:
    with audit.act("honour_held", actor=actor, now=now) as act:
        Call.objects.select_for_update().get(pk=honour.submission.call_id)
        honour = Honour.objects.select_for_update(of=("self",)).select_related("submission").get(pk=honour.pk)
        require_state(honour.state, ["accepted"], _("This answer"))
        honour.is_held = True
        honour.save(update_fields=["is_held"])
        act.on(honour)
    return honour


def confer_accepted(*, call: Call, actor: Actor, now: datetime) -> int:
    """Confer every honour of a call that was accepted, all or none. Returns how many."""
    require(rules.can_run_honours(actor), _("confer an honour"))
    with audit.act("honours_conferred", actor=actor, now=now, subject=call) as act:
        accepted = list(
            Honour.objects.filter(submission__call=call, state="accepted", is_held=False)
            .select_related("submission__call").order_by("position")
        )  # fmt: skip
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
    if queries.is_list_held(frozen):
        raise ValueError(
            _("The list the book is made from is told with the release, and its proofs after that.")
        )
    if Publication.objects.filter(key=queries.book_key(call)).exists():
        require_state("prepared", [], _("Preparing the book"))
    texts = {
        name: {language: call.publication.get(f"{name}_{language}", "") for language in ("en", "zh")}
        for name in ("title", "subtitle")
    }
    return prepare_publication(
        key=queries.book_key(call), list_digest=frozen.digest, proofs=proofs_of(stage), proof_until=proof_until,
        simulated=call.edition.simulated, actor=actor, now=now, **texts,
    )  # fmt: skip


def revoke_honour(*, honour: Honour, reason: str, actor: Actor, now: datetime) -> Honour:
    """Take a conferred honour back. It stays in the record, as revoked, with the reason."""
    require(rules.can_run_honours(actor), _("revoke an honour"))
    if not reason.strip():
        raise ValueError(_("An honour is revoked with a reason."))
    return _move(honour, "revoked", "honour_revoked", actor, now, revoked_at=now, revoked_reason=reason)


def set_release(*, call: Call, at: datetime, reason: str, actor: Actor, now: datetime) -> Release:
    """Set the minute at which what is decided in a call from now on is told; or, with a reason, another one.

    What was told before stays told. Until the minute has come it may be brought forward and put off.
    """
    require(rules.can_run_honours(actor), _("set the release of results"))
    at = at.replace(second=0, microsecond=0)
    if at <= now:
        raise ValueError(_("The moment of the release lies in the past."))
    with audit.act("release_set", actor=actor, now=now, at=at, reason=reason) as act:
        Call.objects.select_for_update().get(pk=call.pk)
        release = Release.objects.select_for_update().filter(call=call, released_at=None).first()
        if release is None:
            release = Release.objects.create(call=call, set_at=now, at=at, reason=reason)
        else:
            _change(release, at, reason)
        act.on(release)
    return release


def _change(release: Release, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise ValueError(_("A release is put off or brought forward with a reason."))
    if release.answer_until is not None and release.answer_until <= at:
        raise ValueError(_("By then the day by which an answer to the offers is asked for would be over."))
    release.at, release.reason = at, reason
    release.save(update_fields=["at", "reason"])


def _offer_with(release: Release, answer_until: datetime | None) -> None:
    if release.offers:
        require_state("offered", [], _("Offering honours"))
    if answer_until is not None and answer_until <= release.at:
        raise ValueError(_("The day by which an answer is asked for lies before the release."))
    release.offers, release.answer_until = True, answer_until
    release.save(update_fields=["offers", "answer_until"])


def release_results(*, release: Release, actor: Actor, now: datetime) -> Release:
    """Tell what was held for a release, all of it or nothing. Done before, it does nothing."""
    require(rules.can_release(actor), _("release results"))
    with audit.act("results_released", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=release.call_id)
        release = Release.objects.select_for_update().get(pk=release.pk)
        if release.released_at is not None or release.at > now:
            return release
        told = _told_with(release)
        release.released_at = now
        release.save(update_fields=["released_at"])
        held = Honour.objects.filter(submission__call=call, is_held=True, state="accepted")
        for honour in held.order_by("list", "position"):
            _move(honour, "conferred", "honour_conferred", actor, now, conferred_at=now)
        if release.offers:
            stage = call.stages.filter(kind="levels").select_related("call").order_by("position").last()
            with audit.act("honours_offered", actor=actor, now=now) as offering:
                _offer_all(*_places_to_offer(stage), offering, now, release.answer_until)
        if told:
            _tell_applicants(release, call, now)
        act.on(release)
    return release


def _told_with(release: Release) -> bool:
    """Whether a list is told with this release."""
    return StageList.objects.filter(queries.is_held(), stage__call=release.call_id).exists()


def _tell_applicants(release: Release, call: Call, now: datetime) -> None:
    items = call.submissions.exclude(state__in=["draft", "withdrawn"]).filter(person__account__isnull=False)
    tell(
        accounts=list(items.order_by().values_list("person__account", flat=True).distinct()),
        kind="results_released", subject_id=release.pk, now=now,
        call={"en": call.title_en, "zh": call.title_zh},
    )  # fmt: skip


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
