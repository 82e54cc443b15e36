from secretariat.foundation.accounts.actor import Actor


def can_keep_inbox(actor: Actor) -> bool:
    """Read the inbox, mark in it and choose how it is delivered: each account its own, whoever it acts for."""
    return actor.account_id is not None


def can_see_mail(actor: Actor) -> bool:
    """See what mail went out and came back, and preview the kinds of notices: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def can_open_address(actor: Actor) -> bool:
    """Let mail go again to an address that nobody's account has: whoever runs the desk."""
    return actor.has("desk.run")
