"""Amendments before they are voted on: proposed, answered, ruled on, put in order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.actions.keeping import (
    back,
    lead,
    locked,
    locked_amendment,
    tell_movers,
    tell_people,
)
from secretariat.governance.motions.logic import Change, fits
from secretariat.governance.motions.models import Amendment, Motion
from secretariat.governance.motions.states import TAKEN_IN, Doing, Part
from secretariat.registry.refs.actions import next_number, register_ref
from secretariat.registry.refs.models import RefLink


def propose_amendment(
    *, motion: Motion, doing: str, paragraph: int, text_en: str = "", text_zh: str = "", reason: str = "",
    holder: UUID | None = None, actor: Actor, now: datetime,
) -> Amendment:  # fmt: skip
    """Propose to replace, delete or insert a paragraph of an admitted motion, for a place in the body."""
    require(rules.is_herself(actor), _("move an amendment"))
    place = queries.place_for(actor, motion.body, timezone.localdate(now), holder)
    require(place is not None, _("move an amendment in this body"))
    change = _change(doing, paragraph, text_en.strip(), text_zh.strip())
    with audit.act("amendment_proposed", actor=actor, now=now) as act:
        motion = locked(motion, ["admitted"], _("Amending"))
        if queries.open_ballot_about(motion.ref_id):
            raise WrongState(_("The vote on this is open; from then on nothing changes."))
        if not fits(change, len(motion.paragraphs)):
            raise ValueError(_("The motion has no such paragraph."))
        number = Amendment.objects.filter(motion=motion).count() + 1
        title = {
            "en": f"{motion.code} A{number}: {motion.title_en}",
            "zh-hans": f"{motion.code} A{number}：{motion.title_zh}",
        }
        ref = register_ref(
            kind="amendment", number=next_number(f"AMD-{now.year}"), title=title, state="proposed"
        )
        RefLink.objects.create(source=ref, target=motion.ref, kind="amends")
        amendment = Amendment.objects.create(
            ref=ref, motion=motion, number=number, doing=change.doing, paragraph=change.paragraph,
            text_en=change.en, text_zh=change.zh, reason=reason.strip(), proposed_at=now,
        )  # fmt: skip
        back(motion, place, Part.MOVER, actor, now, amendment)
        act.on(amendment, motion=motion.pk)
        tell_movers(motion, "amendment_proposed", now, amendment.pk, **_which(amendment))
    return amendment


def accept_amendment(*, amendment: Amendment, actor: Actor, now: datetime) -> Amendment:
    """Accept an amendment as a mover of the motion: it is taken in without a vote. Competing ones wait for a ruling."""
    require(rules.can_write(actor, amendment.motion), _("answer for the movers of this motion"))
    with audit.act("amendment_accepted", actor=actor, now=now) as act:
        amendment = locked_amendment(amendment, ["proposed"], _("Accepting"))
        for row in (amendment, *queries.competing(amendment)):
            _refuse_while_voting(row)
        take_in(amendment, "accepted", now)
        act.on(amendment, motion=amendment.motion_id)
        tell_decided(amendment, now)
    return amendment


def decline_amendment(*, amendment: Amendment, actor: Actor, now: datetime) -> Amendment:
    """Say as a mover of the motion that the body shall vote on an amendment."""
    require(rules.can_write(actor, amendment.motion), _("answer for the movers of this motion"))
    with audit.act("amendment_declined", actor=actor, now=now) as act:
        amendment = locked_amendment(amendment, ["proposed"], _("Declining"))
        _refuse_while_voting(amendment)
        amendment.declined_at = now
        amendment.save(update_fields=["declined_at"])
        act.on(amendment, motion=amendment.motion_id)
    return amendment


def rule_out_amendment(*, amendment: Amendment, reason: str, actor: Actor, now: datetime) -> Amendment:
    """Rule an amendment out of order, with the reason."""
    require(rules.can_lead(actor, amendment.motion.body), _("rule on this amendment"))
    if not reason.strip():
        raise ValueError(_("A ruling has a reason."))
    with audit.act("amendment_ruled_out", actor=actor, now=now, reason=reason) as act:
        amendment = locked_amendment(amendment, ["proposed"], _("Ruling out of order"))
        _refuse_while_voting(amendment)
        lead(amendment, "ruled_out", note=reason.strip(), ended_at=now)
        act.on(amendment, motion=amendment.motion_id)
        tell_decided(amendment, now)
    return amendment


def rule_on_competing(
    *, amendment: Amendment, falls: bool, reason: str, actor: Actor, now: datetime
) -> Amendment:
    """Say whether an amendment falls or stays, now that one to the same paragraph was taken in."""
    require(rules.can_lead(actor, amendment.motion.body), _("rule on this amendment"))
    if not reason.strip():
        raise ValueError(_("A ruling has a reason."))
    verb = "amendment_fallen" if falls else "amendment_kept"
    with audit.act(verb, actor=actor, now=now, reason=reason) as act:
        amendment = locked_amendment(amendment, ["questioned"], _("Ruling"))
        if falls:
            lead(amendment, "fallen", note=reason.strip(), ended_at=now)
            tell_decided(amendment, now)
        else:
            lead(amendment, "proposed", note=reason.strip())
        act.on(amendment, motion=amendment.motion_id)
    return amendment


def set_order(*, motion: Motion, amendments: Sequence[Amendment], actor: Actor, now: datetime) -> Motion:
    """Set the order in which the undecided amendments are voted on; it names every one of them, once."""
    require(rules.can_lead(actor, motion.body), _("set the order of votes"))
    with audit.act("amendment_order_set", actor=actor, now=now) as act:
        motion = locked(motion, ["admitted"], _("Setting the order of votes"))
        rows = {row.pk: row for row in queries.undecided(motion)}
        wanted = [amendment.pk for amendment in amendments]
        if sorted(wanted) != sorted(rows):
            raise ValueError(_("The order names every undecided amendment once."))
        for position, key in enumerate(wanted, 1):
            rows[key].position = position
            rows[key].save(update_fields=["position"])
        act.on(motion, order=[rows[key].number for key in wanted])
    return motion


def take_in(amendment: Amendment, state: str, now: datetime, **changes: object) -> None:
    """Part of an act: the text now reads as the amendment says, and what competes with it is in question."""
    turn = Amendment.objects.filter(motion=amendment.motion, state__in=TAKEN_IN).count() + 1
    lead(amendment, state, turn=turn, ended_at=now, **changes)
    for other in queries.competing(amendment):
        if other.state == "proposed":
            lead(other, "questioned", against=amendment)


def tell_decided(amendment: Amendment, now: datetime) -> None:
    """Part of an act: the movers of an amendment hear what became of it."""
    people = set(amendment.backings.filter(ended_at=None).values_list("by", flat=True))
    tell_people(
        people, amendment.motion, "amendment_decided", now, amendment.pk, **_which(amendment),
        outcome=queries.in_words_of(amendment),
    )  # fmt: skip


def _change(doing: str, paragraph: int, text_en: str, text_zh: str) -> Change:
    if doing not in Doing.values:
        raise ValueError(_("An amendment replaces, deletes or inserts a paragraph."))
    if doing == Doing.DELETE:
        return Change(doing, paragraph)
    if not text_en or not text_zh:
        raise ValueError(_("An amendment says in English and in Chinese what shall stand there."))
    return Change(doing, paragraph, text_en, text_zh)


def _which(amendment: Amendment) -> dict[str, object]:
    return {"which": f"A{amendment.number}", "paragraph": amendment.paragraph}


def _refuse_while_voting(amendment: Amendment) -> None:
    if queries.open_ballot_about(amendment.ref_id):
        raise WrongState(_("The vote on this is open; from then on nothing changes."))
