"""What decides how a member stands: suspension, renewal, a decision by hand, and the count of every night."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.governance.membership import rules
from secretariat.governance.membership.actions.admitting import IN_STANDING
from secretariat.governance.membership.actions.keeping import happened, locked, move, settle
from secretariat.governance.membership.logic import OVERRIDES
from secretariat.governance.membership.models import Member
from secretariat.governance.membership.queries import accounts_speaking
from secretariat.governance.membership.standing import stands_of
from secretariat.governance.membership.states import Kind, MemberState

# What a member hears of when a night brings it about.
TOLD = {"grace": "membership_in_grace", "lapsed": "membership_lapsed"}


def suspend_member(*, member: Member, reason: str, actor: Actor, now: datetime) -> Member:
    """Suspend a member: it stays a member, but its representatives may not act for it."""
    require(rules.can_keep_members(actor), _("suspend a member"))
    with audit.act("member_suspended", actor=actor, now=now, reason=reason) as act:
        member = locked(member, [MemberState.ACTIVE], _("Suspending"))
        move(member, MemberState.SUSPENDED)
        happened(member, Kind.SUSPENDED, timezone.localdate(now), reason=reason)
        settle(member, now)
        act.on(member)
    return member


def reinstate_member(*, member: Member, reason: str = "", actor: Actor, now: datetime) -> Member:
    """Take a suspension back."""
    require(rules.can_keep_members(actor), _("reinstate a member"))
    with audit.act("member_reinstated", actor=actor, now=now) as act:
        member = locked(member, [MemberState.SUSPENDED], _("Reinstating"))
        move(member, MemberState.ACTIVE)
        happened(member, Kind.REINSTATED, timezone.localdate(now), reason=reason)
        settle(member, now)
        act.on(member)
    return member


def renew_membership(*, member: Member, until: date, reason: str = "", actor: Actor, now: datetime) -> Member:
    """Say until which day a membership is paid for; that day still belongs to it. ValueError for an earlier day."""
    require(rules.can_keep_members(actor), _("renew a membership"))
    with audit.act("membership_renewed", actor=actor, now=now, until=until.isoformat()) as act:
        member = locked(member, IN_STANDING, _("Renewing"))
        today = timezone.localdate(now)
        paid = stands_of([member.pk], today)[member.pk].paid_until
        if until < today or (paid is not None and until <= paid):
            raise ValueError(_("A renewal lasts longer than what is paid for, and not into the past."))
        happened(member, Kind.RENEWED, today, until=until, reason=reason)
        settle(member, now)
        act.on(member)
    return member


def override_standing(
    *, member: Member, standing: str, until: date, reason: str, actor: Actor, now: datetime
) -> Member:
    """Decide by hand how a member stands until a day, with a reason; the night's count leaves it alone until then."""
    require(rules.can_keep_members(actor), _("decide how a member stands"))
    if standing not in OVERRIDES:
        raise ValueError(_("By hand a member is current, in the days of grace, or lapsed."))
    if not reason.strip():
        raise ValueError(_("A decision by hand has a reason."))
    with audit.act("standing_overridden", actor=actor, now=now, standing=standing, reason=reason) as act:
        member = locked(member, [MemberState.ACTIVE], _("Deciding by hand"))
        today = timezone.localdate(now)
        if until < today:
            raise ValueError(_("A decision by hand does not end in the past."))
        happened(member, Kind.OVERRIDDEN, today, until=until, standing=standing, reason=reason)
        settle(member, now)
        act.on(member)
    return member


def lift_override(*, member: Member, reason: str = "", actor: Actor, now: datetime) -> Member:
    """Let the rules say again how a member stands. ValueError where nothing is decided by hand."""
    require(rules.can_keep_members(actor), _("decide how a member stands"))
    with audit.act("override_lifted", actor=actor, now=now, reason=reason) as act:
        member = locked(member, [MemberState.ACTIVE], _("Lifting the decision"))
        today = timezone.localdate(now)
        if not stands_of([member.pk], today)[member.pk].is_override:
            raise ValueError(_("Nothing is decided by hand about this member."))
        happened(member, Kind.OVERRIDE_LIFTED, today, reason=reason)
        settle(member, now)
        act.on(member)
    return member


def recompute_standings(*, actor: Actor, now: datetime) -> int:
    """Write down how every member stands today, by rule, and tell those whose days of grace begin or end.

    Returns for how many that was something new.
    """
    require(actor.door == "task" or rules.can_keep_members(actor), _("count how members stand"))
    today = timezone.localdate(now)
    with audit.act("standings_counted", actor=actor, now=now) as act:
        stands = stands_of(None, today)
        rows = Member.objects.select_for_update(of=("self",)).select_related("ref").order_by("pk")
        moved = [row for row in rows if row.pk in stands and row.standing != stands[row.pk].standing]
        speaking = accounts_speaking([row.pk for row in moved], today)
        for row in moved:
            row.standing = stands[row.pk].standing
            row.save(update_fields=["standing"])
            paid = stands[row.pk].paid_until
            if row.standing in TOLD and paid is not None and speaking[row.pk]:
                tell(
                    accounts=speaking[row.pk], kind=TOLD[row.standing], subject_id=row.pk, now=now,
                    number=row.ref.number, paid=paid.isoformat(),
                )  # fmt: skip
        act.detail["moved"] = len(moved)
    return len(moved)
