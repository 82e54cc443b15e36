from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.advice import rules
from secretariat.governance.advice.actions.locking import locked
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
        advice = AdviceRequest.objects.create(
            ref=ref, committee=committee, asked_by=asked_by, question_en=question_en, question_zh=question_zh,
            background=background.strip(), due_on=due_on, asked_at=now,
        )  # fmt: skip
        act.on(advice, committee=committee.pk)
        tell_committee(advice, now)
    return advice


def contribute(*, advice: AdviceRequest, text: str, actor: Actor, now: datetime) -> Contribution:
    """Say, as a member of the committee, what one thinks; said again, it replaces what one said before."""
    require(rules.can_contribute(actor, advice), _("contribute to this opinion"))
    if not text.strip():
        raise ValueError(_("A contribution says something."))
    with audit.act("opinion_contributed_to", actor=actor, now=now) as act:
        advice = locked(advice, _("Contributing"))
        said, _made = Contribution.objects.update_or_create(
            request=advice, person_id=actor.person_id, defaults={"text": text.strip(), "said_at": now}
        )
        act.on(advice, contribution=said.pk)
    return said


def adopt_opinion(
    *, advice: AdviceRequest, opinion_en: str, opinion_zh: str, dissent_en: str = "", dissent_zh: str = "",
    actor: Actor, now: datetime,
) -> AdviceRequest:  # fmt: skip
    """Adopt the one opinion of the committee, with the dissent noted. From now on it stands."""
    require(rules.can_adopt(actor, advice), _("adopt this opinion"))
    texts = {
        "opinion_en": opinion_en, "opinion_zh": opinion_zh, "dissent_en": dissent_en, "dissent_zh": dissent_zh,
    }  # fmt: skip
    texts = {name: text.strip() for name, text in texts.items()}
    if not texts["opinion_en"] or not texts["opinion_zh"]:
        raise ValueError(_("An opinion is given in English and in Chinese."))
    if bool(texts["dissent_en"]) != bool(texts["dissent_zh"]):
        raise ValueError(_("Dissent is noted in English and in Chinese, or not at all."))
    with audit.act("opinion_adopted", actor=actor, now=now) as act:
        advice = locked(advice, _("Adopting the opinion"))
        for name, text in texts.items():
            setattr(advice, name, text)
        advice.state, advice.adopted_at, advice.adopted_by_id = "adopted", now, actor.person_id
        advice.save(update_fields=[*texts, "state", "adopted_at", "adopted_by"])
        update_ref(ref_id=advice.ref_id, state="adopted")
        act.on(advice, dissent=bool(texts["dissent_en"]))
        tell_askers(advice, now)
    return advice


def publish_opinion(*, advice: AdviceRequest, actor: Actor, now: datetime) -> AdviceRequest:
    """Let everybody read an opinion that was adopted."""
    require(rules.keeps_advice(actor), _("publish an opinion"))
    with audit.act("opinion_published", actor=actor, now=now) as act:
        advice = AdviceRequest.objects.select_for_update().get(pk=advice.pk)
        require_state(advice.state, ["adopted"], _("Publishing the opinion"))
        if advice.published_at is not None:
            raise WrongState(_("This opinion is published already."))
        advice.published_at = now
        advice.save(update_fields=["published_at"])
        act.on(advice)
    return advice


def withdraw_request(*, advice: AdviceRequest, reason: str, actor: Actor, now: datetime) -> AdviceRequest:
    """Take a question back before its opinion is adopted, with a reason."""
    require(rules.can_withdraw(actor, advice), _("withdraw this request"))
    if not reason.strip():
        raise ValueError(_("A request is withdrawn with a reason."))
    with audit.act("advice_withdrawn", actor=actor, now=now) as act:
        advice = locked(advice, _("Withdrawing the request"))
        advice.state, advice.reason = "withdrawn", reason.strip()
        advice.save(update_fields=["state", "reason"])
        update_ref(ref_id=advice.ref_id, state="withdrawn")
        act.on(advice)
        tell_committee(advice, now, "advice_withdrawn")
    return advice
