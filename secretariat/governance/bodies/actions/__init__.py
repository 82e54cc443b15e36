from secretariat.governance.bodies.actions.alternates import call_in, call_off
from secretariat.governance.bodies.actions.keeping import (
    add_seat,
    appoint,
    change_body,
    change_seat,
    end_term,
    establish_body,
    extend_term,
    succeed,
    take_back_term,
)

__all__ = [
    "add_seat",
    "appoint",
    "call_in",
    "call_off",
    "change_body",
    "change_seat",
    "end_term",
    "establish_body",
    "extend_term",
    "succeed",
    "take_back_term",
]
