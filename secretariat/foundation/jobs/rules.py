from typing import Protocol


class Holder(Protocol):
    """Whoever acts, as far as a rule needs to know: see foundation.accounts.Actor, which stands above this app."""

    def has(self, right: str) -> bool: ...


def can_run_jobs(actor: Holder) -> bool:
    """Let a failed job be tried again: whoever keeps the system running."""
    return actor.has("system.run") or actor.has("system.administer")
