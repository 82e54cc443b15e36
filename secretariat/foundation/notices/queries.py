from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices import rules
from secretariat.foundation.notices.kinds import Group, Kind, all_groups, all_kinds, group_of
from secretariat.foundation.notices.models import DeliveryChoice, Mark, Message, Notice, Postbox
from secretariat.foundation.notices.origins import About, about_mail
from secretariat.foundation.notices.rendering import Said, say_notice
from secretariat.foundation.notices.states import Delivery, MessageState


@dataclass(frozen=True)
class Told:
    """A notice of the inbox with its words and whether it has been read."""

    notice: Notice
    said: Said
    read_at: datetime | None


@dataclass(frozen=True)
class Wanted:
    """How an account has the notices of a group."""

    group: Group
    delivery: str


def unread_count(actor: Actor) -> int:
    """Return how many notices the actor has not read. One statement over the unread alone."""
    if actor.account_id is None:
        return 0
    return Mark.objects.filter(account=actor.account_id, read_at=None).count()


def my_notices(actor: Actor, *, unread: bool = False, group: str = "") -> QuerySet[Notice]:
    """Return what the actor was told, latest first; only what is unread, or of one group, when asked."""
    if not rules.can_keep_inbox(actor):
        return Notice.objects.none()
    rows = Notice.objects.filter(account=actor.account_id).select_related("mark").order_by("-told_at", "-pk")
    if unread:
        rows = rows.filter(mark__read_at=None)
    if group:
        rows = rows.filter(kind__in=[kind.key for kind in all_kinds() if kind.group == group])
    return rows


def get_notice_for(actor: Actor, notice_id: UUID) -> Notice | None:
    """Return one notice of the actor's inbox; none where it is somebody else's."""
    return my_notices(actor).filter(pk=notice_id).first()


def in_words(notices: Collection[Notice], actor: Actor, box: Postbox | None = None) -> list[Told]:
    """Return notices with their words in the active language. One statement for the reader's time zone, at most."""
    zone = (box or postbox_of(actor)).time_zone if notices else "UTC"
    return [Told(notice, say_notice(notice, zone), notice.mark.read_at) for notice in notices]


def postbox_of(actor: Actor) -> Postbox:
    """Return the actor's postbox; one with what holds unless it is chosen, where there is none."""
    return Postbox.objects.filter(account=actor.account_id).first() or Postbox(account_id=actor.account_id)


def wanted_by(actor: Actor) -> list[Wanted]:
    """Return how the actor has each group of notices she may be told, in their order. One statement."""
    rows = DeliveryChoice.objects.filter(account=actor.account_id)
    chosen = dict(rows.values_list("group", "delivery"))
    return [
        Wanted(group, Delivery.AT_ONCE if group.mandatory else chosen.get(group.key, Delivery.AT_ONCE))
        for group in all_groups()
        if group.shown(actor)
    ]


def group_counts(actor: Actor) -> list[tuple[Group, int]]:
    """Return the groups of which the actor was told something, with how much. One statement."""
    counted = my_notices(actor).order_by().values("kind").annotate(n=Count("pk")).values_list("kind", "n")
    by_kind = dict(counted)
    counts = [(group, _count(group, all_kinds(), by_kind)) for group in all_groups()]
    return [(group, count) for group, count in counts if count]


def _count(group: Group, kinds: list[Kind], by_kind: dict[str, int]) -> int:
    return sum(by_kind.get(kind.key, 0) for kind in kinds if kind.group == group.key)


def mail(actor: Actor) -> QuerySet[Message]:
    """Return the mail that went out or waits, latest first, for whoever works at the desk; nothing for others."""
    if not rules.can_see_mail(actor):
        return Message.objects.none()
    return Message.objects.select_related("notice", "account").order_by("-queued_at", "-pk")


def bounced_mail(actor: Actor) -> QuerySet[Message]:
    """Return the mail that came back or could not be sent, latest first."""
    undelivered = [MessageState.BOUNCED, MessageState.FAILED]
    return mail(actor).filter(state__in=undelivered).order_by("-ended_at", "-pk")


def get_dead_mail(actor: Actor, pk: UUID) -> Message:
    """Return a mail that says an address does not exist which is no account's. Raises Message.DoesNotExist."""
    return mail(actor).filter(is_dead=True, account=None).get(pk=pk)


def unreachable_accounts(actor: Actor) -> QuerySet[Postbox]:
    """Return the postboxes of accounts whose present address mail came back from, longest first."""
    if not rules.can_see_mail(actor):
        return Postbox.objects.none()
    rows = Postbox.objects.exclude(unreachable="").select_related("account")
    return rows.filter(unreachable=F("account__email")).order_by("unreachable_since")


def group_label(kind: Kind) -> str:
    """Return the name of the group a kind belongs to, in the active language."""
    return str(group_of(kind).label)


def with_subjects(messages: Collection[Message]) -> list[tuple[Message, About]]:
    """Return each mail with what it is about, in the active language; its reader may have got it in another."""
    others = about_mail(messages)
    return [(row, others.get(row.pk) or _about(row)) for row in messages]


def _about(row: Message) -> About:
    if row.notice is not None:
        return About(say_notice(row.notice, "UTC").subject)
    return About(_("Mail of the day") if not row.origin else row.origin)


def mail_of(origin_ids: Collection[UUID]) -> dict[UUID, Message]:
    """Return the mail of an origin by the ids it knows it by. One statement."""
    return {row.origin_id: row for row in Message.objects.filter(origin_id__in=origin_ids)}


def dead_addresses(addresses: Collection[str]) -> set[str]:
    """Return those of the addresses (in lower case) to which mail would come back again. Two statements.

    Of an account it counts only until the account says that its address works again.
    """
    asked = {address.lower() for address in addresses}
    boxes = Postbox.objects.exclude(unreachable="").filter(unreachable=F("account__email"))
    held = boxes.annotate(low=Lower("unreachable")).filter(low__in=asked).values_list("low", flat=True)
    outside = Message.objects.filter(is_dead=True, account=None).annotate(low=Lower("address"))
    return {*held, *outside.filter(low__in=asked).values_list("low", flat=True)}
