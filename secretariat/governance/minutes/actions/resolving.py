from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings.models import AgendaItem, ItemBallot
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.models import Resolution
from secretariat.governance.minutes.queries import resolution_digest
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.queries import adopted_version
from secretariat.registry.refs.actions import next_number, register_ref


def enter_adopted_motion(*, ballot: Ballot, actor: Actor, now: datetime) -> Resolution | None:
    """Enter the motion that a ballot has adopted. A procedural one settles how a meeting goes on and is no resolution.

    None where the ballot adopted no motion. It follows from the decision: whoever closes the ballot needs no right.
    """
    motion = Motion.objects.filter(ballot=ballot, state="adopted").select_related("ref", "body__ref").first()
    if motion is None or motion.kind == "procedural" or Resolution.objects.filter(ballot=ballot).exists():
        return None
    version = adopted_version(motion)
    if version is None:
        return None
    texts = {
        f"text_{key}": "\n\n".join(getattr(paragraph, key) for paragraph in version.text)
        for key in ("en", "zh")
    }
    # A motion whose every paragraph was struck out, or whose ballot carried nothing in one language, says its title.
    said = {
        "title_en": version.title_en, "title_zh": version.title_zh,
        "text_en": texts["text_en"] or version.title_en, "text_zh": texts["text_zh"] or version.title_zh,
    }  # fmt: skip
    return _enter(motion.body, ballot, said, motion, actor, now)


def enter_resolution(
    *, ballot: Ballot, title_en: str, title_zh: str, text_en: str, text_zh: str, actor: Actor, now: datetime
) -> Resolution:
    """Enter what a body resolved by a ballot that was about no motion."""
    require(rules.can_keep(actor, ballot.body), _("enter a resolution"))
    result = getattr(ballot, "result", None)
    if result is None or result.outcome != "adopted":
        raise WrongState(_("Only what was adopted is entered."))
    if Resolution.objects.filter(ballot=ballot).exists():
        raise WrongState(_("What this ballot adopted is in the register already."))
    said = {"title_en": title_en, "title_zh": title_zh, "text_en": text_en, "text_zh": text_zh}
    return _enter(ballot.body, ballot, said, None, actor, now)


def publish_resolution(*, resolution: Resolution, actor: Actor, now: datetime) -> Resolution:
    """Let everybody read a resolution."""
    require(rules.can_keep(actor, resolution.body), _("publish this resolution"))
    with audit.act("resolution_published", actor=actor, now=now) as act:
        resolution = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
        if resolution.published_at is not None:
            raise WrongState(_("This resolution is published already."))
        resolution.published_at = now
        resolution.save(update_fields=["published_at"])
        act.on(resolution)
    return resolution


def _enter(
    body: Body, ballot: Ballot, said: dict[str, str], motion: Motion | None, actor: Actor, now: datetime
) -> Resolution:
    with audit.act("resolution_entered", actor=actor, now=now) as act:
        day = timezone.localdate(ballot.ended_at or now)
        number = next_number(f"RES-{body.key.upper()}-{day.year}")
        ref = register_ref(
            kind="resolution", number=number, title={"en": said["title_en"], "zh": said["title_zh"]}
        )
        row = Resolution(
            ref=ref, body=body, year=day.year, number=int(number.rpartition("-")[2]), adopted_on=day, ballot=ballot,
            motion=motion, item=_item_of(ballot), **said,
        )  # fmt: skip
        row.digest = resolution_digest(row)
        row.save(force_insert=True)
        payload = {
            "kind": "resolution_entered", "resolution": row.ref.number, "number": row.code, "digest": row.digest,
            "ballot": ballot.ref.number, "at": now.isoformat(),
        }  # fmt: skip
        audit.pledge(act, subject=row, payload=payload)
        act.on(row, ballot=ballot.pk, digest=row.digest)
    return row


def _item_of(ballot: Ballot) -> AgendaItem | None:
    held = ItemBallot.objects.filter(ballot=ballot).select_related("item").first()
    return held.item if held else None
