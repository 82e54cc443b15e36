"""A worker of its own, a real mail server, and death between the two."""

import asyncio
import email
import os
import subprocess
import sys
import threading
import time
from email import policy

import psycopg
import pytest

from tests.factories.jobs import ROOT, own_database, until, worker_process
from tests.factories.notices import Keeper, mail_server

TELL = """
import uuid
from django.utils import timezone
from secretariat.foundation.accounts.actions import register_account
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.actions import tell
now = timezone.now()
account = register_account(email="reader@example.org", actor=Actor(door="command"), now=now)
tell(accounts=[account.pk], kind="account_changed", subject_id=uuid.uuid4(), now=now)
"""


class Slow(Keeper):
    """Keeps a mail, and answers only when it is let."""

    def __init__(self):
        super().__init__()
        self.let = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        while not self.let.is_set():
            await asyncio.sleep(0.05)
        return "250 kept"


@pytest.fixture
def installation(django_db_setup, django_db_blocker, tmp_path):
    with django_db_blocker.unblock(), own_database("notices_of_a_worker") as url:
        yield {"url": url, "SECRETARIAT_VAR": str(tmp_path)}


def ask(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def run(installation, code):
    environment = {**os.environ, "DATABASE_URL": installation["url"], "SECRETARIAT_MODE": "demo"}
    environment["SECRETARIAT_VAR"] = installation["SECRETARIAT_VAR"]
    script = "import django; django.setup()\n" + code
    environment["DJANGO_SETTINGS_MODULE"] = "secretariat.config.settings"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)


def identifiers(keeper):
    return [
        email.message_from_bytes(mail.content, policy=policy.default)["Message-ID"] for mail in keeper.mails
    ]


def test_a_mail_survives_the_death_of_its_worker_under_one_message_id(installation):
    url = installation["url"]
    run(installation, TELL)
    assert ask(url, "SELECT state FROM notices_message") == [("queued",)]

    with mail_server(keeper=Slow()) as keeper:
        environment = {
            "SECRETARIAT_VAR": installation["SECRETARIAT_VAR"],
            "EMAIL_URL": f"smtp://127.0.0.1:{keeper.port}",
        }
        with worker_process(url, **environment) as worker:
            until(lambda: keeper.mails)  # the server has it, and the worker does not know yet
            worker.kill()
        assert ask(url, "SELECT state FROM notices_message") == [("queued",)]
        keeper.let.set()
        # As if half a minute had passed.
        ask(url, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' RETURNING 1")
        with worker_process(url, **environment):
            until(lambda: ask(url, "SELECT state FROM notices_message") == [("sent",)], 90)
        time.sleep(0.5)

    assert len(keeper.mails) == 2
    assert len(set(identifiers(keeper))) == 1
    assert ask(url, "SELECT count(*) FROM notices_notice") == [(1,)]
