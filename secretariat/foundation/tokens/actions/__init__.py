from secretariat.foundation.tokens.actions.organisation import (
    OVERLAP,
    hand_over_token,
    make_service_token,
    remind_of_expiry,
    renew_token,
)
from secretariat.foundation.tokens.actions.own import (
    MOST_DAYS,
    MOST_TOKENS,
    make_token,
    note_use,
    revoke_token,
)

__all__ = [
    "MOST_DAYS",
    "MOST_TOKENS",
    "OVERLAP",
    "hand_over_token",
    "make_service_token",
    "make_token",
    "note_use",
    "remind_of_expiry",
    "renew_token",
    "revoke_token",
]
