from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.advice import rules
from secretariat.governance.advice.models import AdviceRequest, Contribution
from secretariat.governance.advice.telling import tell_askers, tell_committee
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.states import Flag
from secretariat.registry.refs.actions import next_number, register_ref, update_ref


def ask_advice(
    *, committee: Body, question_en: str, question_zh: str, due_on: date, background: str = "",
    asked_by: Body | None = None, actor: Actor, now: datetime,
) -> AdviceRequest:  # fmt: skip
    """Ask a committee that advises, for a body or for the secretariat, with a day by which the opinion is wanted."""
    require(rules.can_ask(actor, asked_by), _("ask for advice"))
    if not committee.has_flag(Flag.ADVISES):
        raise ValueError(_("This body gives no advice."))
    if asked_by is not None and asked_by.pk == committee.pk:
        raise ValueError(_("A committee does not ask itself."))
    if not question_en.strip() or not question_zh.strip():
        raise ValueError(_("A question is asked in English and in Chinese."))
    if due_on < timezone.localdate(now):
        raise ValueError(_("That day is over."))
    with audit.act("advice_asked", actor=actor, now=now) as act:
        ref = register_ref(
            kind="advice", number=next_number(f"ADV-{now.year}"),
            title={"en": question_en, "zh-hans": question_zh}, state="asked",
        )  # fmt: skip
        request = AdviceRequest.objects.create(
            ref=ref, committee=committee, asked_by=asked_by, question_en=question_en, question_zh=question_zh,
            background=background.strip(), due_on=due_on, asked_at=now,
        )  # fmt: skip
        act.on(request, committee=committee.pk)
        tell_committee(request, now)
    return request


def contribute(*, request: AdviceRequest, text: str, actor: Actor, now: datetime) -> Contribution:
    """Say, as a member of the committee, what one thinks; said again, it replaces what one said before."""
    require(rules.can_contribute(actor, request), _("contribute to this opinion"))
    if not text.strip():
        raise ValueError(_("A contribution says something."))
    with audit.act("opinion_contributed_to", actor=actor, now=now) as act:
        request = _locked(request, _("Contributing"))
        said, _made = Contribution.objects.update_or_create(
            request=request, person_id=actor.person_id, defaults={"text": text.strip(), "said_at": now}
        )
        act.on(request, contribution=said.pk)
    return said


def adopt_opinion(
    *, request: AdviceRequest, opinion_en: str, opinion_zh: str, dissent_en: str = "", dissent_zh: str = "",
    actor: Actor, now: datetime,
) -> AdviceRequest:  # fmt: skip
    """Adopt the one opinion of the committee, with the dissent noted. From now on it stands."""
    require(rules.can_adopt(actor, request), _("adopt this opinion"))
    texts = {
        "opinion_en": opinion_en, "opinion_zh": opinion_zh, "dissent_en": dissent_en, "dissent_zh": dissent_zh,
    }  # fmt: skip
    texts = {name: text.strip() for name, text in texts.items()}
    if not texts["opinion_en"] or not texts["opinion_zh"]:
        raise ValueError(_("An opinion is given in English and in Chinese."))
    if bool(texts["dissent_en"]) != bool(texts["dissent_zh"]):
        raise ValueError(_("Dissent is noted in English and in Chinese, or not at all."))
    with audit.act("opinion_adopted", actor=actor, now=now) as act:
        request = _locked(request, _("Adopting the opinion"))
        for name, text in texts.items():
            setattr(request, name, text)
        request.state, request.adopted_at, request.adopted_by_id = "adopted", now, actor.person_id
        request.save(update_fields=[*texts, "state", "adopted_at", "adopted_by"])
        update_ref(ref_id=request.ref_id, state="adopted")
        act.on(request, dissent=bool(texts["dissent_en"]))
        tell_askers(request, now)
    return request


def publish_opinion(*, request: AdviceRequest, actor: Actor, now: datetime) -> AdviceRequest:
    """Let everybody read an opinion that was adopted."""
    require(rules.keeps_advice(actor), _("publish an opinion"))
    with audit.act("opinion_published", actor=actor, now=now) as act:
        request = AdviceRequest.objects.select_for_update().get(pk=request.pk)
        require_state(request.state, ["adopted"], _("Publishing the opinion"))
        if request.published_at is not None:
            raise WrongState(_("This opinion is published already."))
        request.published_at = now
        request.save(update_fields=["published_at"])
        act.on(request)
    return request


def withdraw_request(*, request: AdviceRequest, reason: str, actor: Actor, now: datetime) -> AdviceRequest:
    """Take a question back before its opinion is adopted, with a reason."""
    require(rules.can_withdraw(actor, request), _("withdraw this request"))
    if not reason.strip():
        raise ValueError(_("A request is withdrawn with a reason."))
    with audit.act("advice_withdrawn", actor=actor, now=now) as act:
        request = _locked(request, _("Withdrawing the request"))
        request.state, request.reason = "withdrawn", reason.strip()
        request.save(update_fields=["state", "reason"])
        update_ref(ref_id=request.ref_id, state="withdrawn")
        act.on(request)
        tell_committee(request, now, "advice_withdrawn")
    return request


def _locked(request: AdviceRequest, what: str) -> AdviceRequest:
    rows = AdviceRequest.objects.select_for_update(of=("self",)).select_related(
        "ref", "committee", "asked_by"
    )
    request = rows.get(pk=request.pk)
    require_state(request.state, ["asked"], what)
    return request
