"""Kinds of notices for tests, and a mail server on this machine."""

import socket
import uuid
from contextlib import contextmanager
from functools import cache

from aiosmtpd.controller import Controller
from django.core.mail import get_connection

from secretariat.foundation.notices.actions import tell
from secretariat.foundation.notices.kinds import Group, Kind, register_group, register_kind
from secretariat.foundation.notices.models import Message, Notice
from tests.factories.accounts import NOW


@cache
def declare_kinds():
    """A group one may switch off and one that is mandatory, with a kind or two each. Once in a process."""
    register_group(Group("tests", "Tests", "What is tested.", 50))
    register_group(Group("duty", "Duty", "What nobody switches off.", 51, mandatory=True))
    register_kind(
        Kind(
            "opened", "tests", "%(call)s is open", "It is open until %(until)s.\n\nHand in what you have.",
            path="/selections/%(subject_id)s/", action="Read it", times=("until",),
            sample={"call": {"en": "A call", "zh": "一项征集"}, "until": "2022-07-01T16:00:00+00:00"},
        )
    )  # fmt: skip
    register_kind(Kind("plain", "tests", "A plain thing", "Nothing to add."))
    register_kind(Kind("ordered", "duty", "You are to decide", "Please decide.", urgency="decision"))


def tell_one(account, kind="plain", subject_id=None, now=NOW, **data):
    """Tell an account one thing, and return the notice."""
    subject_id = subject_id or uuid.uuid4()
    tell(accounts=[account.pk], kind=kind, subject_id=subject_id, now=now, **data)
    return Notice.objects.get(account=account, kind=kind, subject_id=subject_id)


class Keeper:
    """What a mail server does with a mail: keep it, or refuse it with the answers given, one for each try."""

    def __init__(self):
        self.mails, self.answers, self.refused = [], [], {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return self.answers.pop(0) if self.answers else "250 kept"


def make_dead(message, now):
    """A mail that went out and came back, as its address does not exist."""
    rows = Message.objects.filter(pk=message.pk)
    rows.update(state="sent", sent_at=now)
    rows.update(state="bounced", ended_at=now, reason="5.1.1 no such user", is_dead=True)
    return rows.get()


@contextmanager
def mail_server(settings=None, keeper=None):
    """A real SMTP server on a free port; with ``settings`` the product's mail goes to it."""
    keeper = keeper or Keeper()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        keeper.port = free.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=keeper.port)
    controller.start()
    if settings is not None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", keeper.port
        assert get_connection().port == keeper.port
    try:
        yield keeper
    finally:
        controller.stop()
