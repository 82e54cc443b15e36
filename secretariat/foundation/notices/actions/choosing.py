from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices import rules
from secretariat.foundation.notices.kinds import all_groups
from secretariat.foundation.notices.models import DeliveryChoice, Postbox
from secretariat.foundation.notices.states import Delivery


def choose_deliveries(*, choices: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Say how the actor wants the notices of some groups. What is mandatory cannot be chosen otherwise.

    Notices told before keep the way they were told.
    """
    require(rules.can_keep_inbox(actor), _("choose how you are told"))
    free = {group.key for group in all_groups() if not group.mandatory}
    if refused := set(choices) - free:
        raise ValueError(_("This cannot be chosen: %(groups)s.") % {"groups": ", ".join(sorted(refused))})
    with audit.act("deliveries_chosen", actor=actor, now=now, **choices) as act:
        act.on(Account.objects.select_for_update().get(pk=actor.account_id))
        DeliveryChoice.objects.bulk_create(
            [
                DeliveryChoice(account_id=actor.account_id, group=group, delivery=delivery)
                for group, delivery in choices.items()
            ],
            update_conflicts=True, unique_fields=["account", "group"], update_fields=["delivery"],
        )  # fmt: skip


def stop_group(*, account_id: UUID, group: str, actor: Actor, now: datetime) -> None:
    """Stop the mails of a group for an account, by the link that a mail to it carries."""
    asker = Actor(account_id=account_id, door=actor.door)
    choose_deliveries(choices={group: Delivery.INBOX}, actor=asker, now=now)


def set_postbox(*, time_zone: str, digest_hour: int, actor: Actor, now: datetime) -> Postbox:
    """Say in which time zone, and at which hour of it, the actor's digest goes out."""
    require(rules.can_keep_inbox(actor), _("choose how you are told"))
    with audit.act("postbox_set", actor=actor, now=now) as act:
        postbox = _postbox_of(actor.account_id)
        postbox.time_zone, postbox.digest_hour = time_zone, digest_hour
        postbox.save(update_fields=["time_zone", "digest_hour"])
        act.on(postbox)
    return postbox


def try_address_again(*, actor: Actor, now: datetime) -> None:
    """Take the actor's address for good again, although mail came back from it."""
    require(rules.can_keep_inbox(actor), _("choose how you are told"))
    with audit.act("address_tried_again", actor=actor, now=now) as act:
        postbox = _postbox_of(actor.account_id)
        postbox.unreachable, postbox.unreachable_since = "", None
        postbox.save(update_fields=["unreachable", "unreachable_since"])
        act.on(postbox)


def _postbox_of(account_id: UUID | None) -> Postbox:
    postbox, _made = Postbox.objects.select_for_update().get_or_create(account_id=account_id)
    return postbox
