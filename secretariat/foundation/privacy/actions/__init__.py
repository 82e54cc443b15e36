from secretariat.foundation.privacy.actions.disclosing import disclose
from secretariat.foundation.privacy.actions.erasing import (
    ask_erasure,
    enter_wish,
    erase,
    refuse_erasure,
    withdraw_wish,
)
from secretariat.foundation.privacy.actions.exporting import ask_export, expire_exports, make_export
from secretariat.foundation.privacy.actions.retaining import apply_retention, ask_retention

__all__ = [
    "apply_retention", "ask_erasure", "ask_export", "ask_retention", "disclose", "enter_wish", "erase",
    "expire_exports", "make_export", "refuse_erasure", "withdraw_wish",
]  # fmt: skip
