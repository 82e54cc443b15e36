from secretariat.foundation.notices.actions.bouncing import record_bounce, write_again
from secretariat.foundation.notices.actions.choosing import (
    choose_deliveries,
    set_postbox,
    stop_group,
    try_address_again,
)
from secretariat.foundation.notices.actions.delivering import give_up_message, queue_digests, send_message
from secretariat.foundation.notices.actions.mailing import Addressed, send_mail, try_waiting
from secretariat.foundation.notices.actions.reading import mark_all_read, mark_read
from secretariat.foundation.notices.actions.telling import tell

__all__ = [
    "Addressed",
    "choose_deliveries",
    "give_up_message",
    "mark_all_read",
    "mark_read",
    "queue_digests",
    "record_bounce",
    "send_mail",
    "send_message",
    "set_postbox",
    "stop_group",
    "tell",
    "try_address_again",
    "try_waiting",
    "write_again",
]
