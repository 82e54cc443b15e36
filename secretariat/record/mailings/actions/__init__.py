from secretariat.record.mailings.actions.sending import resume, send_batch, start, stop
from secretariat.record.mailings.actions.stopping import refuse_news
from secretariat.record.mailings.actions.writing import (
    approve,
    begin_mailing,
    change_mailing,
    drop_mailing,
    put_up,
    send_back,
)

__all__ = [
    "approve",
    "begin_mailing",
    "change_mailing",
    "drop_mailing",
    "put_up",
    "refuse_news",
    "resume",
    "send_back",
    "send_batch",
    "start",
    "stop",
]
