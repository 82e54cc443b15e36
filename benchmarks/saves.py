"""Sixty saves a second, arriving whether or not the last one was answered, on the whole product as it is served.

    .venv/bin/python benchmarks/saves.py [--seconds 120] [--rate 60] [--kill]

Applicants save their drafts as the page itself does, and one in thirty arrivals hands an application in. A browser that
meets a closed door asks again; its time runs from when it first wanted to save. With ``--kill`` the processes of the
pages, and later the worker, are killed with signal 9 in the middle. Afterwards the database and the mail server are
asked what became of every answered save, every row of an inbox and every letter. Generator, mail server, database and
product share the machine. Results: benchmarks/results/saves.json.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections import Counter, defaultdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from served import (
    AGAIN_AFTER,
    ROOT,
    SHUT,
    Doors,
    arrive,
    aside,
    in_ms,
    installation,
    keep,
    kill,
    served,
    wait_for,
)

sys.path.insert(0, str(ROOT))
MAIL_PORT = 18425
SAVERS = 600
HAND_INS = 30  # one in so many arrivals
PATIENCE = 120.0  # seconds until all mail must have come


def fill(path, hand_ins):
    """In a process of its own, as the database's owner: an open call, and applicants who are signed in."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from secretariat.summit.calls.actions import open_call
    from tests.factories.calls import STAFF, make_applicant, make_call, make_submission

    now = timezone.now()
    declared = make_call(opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
    call = open_call(call=declared, actor=STAFF, now=now)
    made = []
    for _ in range(SAVERS + hand_ins):
        applicant = make_applicant()
        submission = make_submission(call, applicant=applicant, now=now, hand_in=False)
        client = Client()
        client.force_login(applicant[0].account)
        made.append({
            "number": submission.ref.number, "revision": submission.revision,
            "session": client.cookies["sessionid"].value, "address": applicant[0].account.email,
        })  # fmt: skip
    # What this leaves to the worker is no part of what is measured.
    call_command("worker", until_empty=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    Path(path).write_text(json.dumps(made))


def ask(path):
    """In a process of its own: what the database holds after all is over."""
    import django

    django.setup()
    from secretariat.foundation.notices.models import Notice
    from secretariat.summit.calls.models import Submission

    drafts = Submission.objects.values_list("ref__number", "draft", "version", "revision")
    inbox = Notice.objects.filter(kind="submission_received").values_list("account__email", flat=True)
    found = {
        "drafts": {number: (draft["title"]["en"], version, revision) for number, draft, version, revision in drafts},
        "inbox": Counter(inbox),
    }  # fmt: skip
    Path(path).write_text(json.dumps(found))


class Browser:
    """One applicant: her session, the revision her page knows, and what was saved last."""

    def __init__(self, made):
        self.number, self.revision, self.address = made["number"], made["revision"], made["address"]
        self.session, self.saved, self.busy, self.missed = made["session"], "Example", asyncio.Lock(), 0

    async def save(self, doors, text):
        """Save, asking again until an answer comes."""
        async with self.busy:
            asked_again = False
            while True:
                fields = {
                    "revision": self.revision, "title_en": text, "title_zh": "示例", "contact": "", "countries": "SE",
                    "summary_en": "An example. " * 40, "summary_zh": "一个示例。", "started_on": "2020-01-01",
                }  # fmt: skip
                status, answer = await self.post(doors, "autosave", fields)
                if status == 200:
                    self.revision, self.saved = json.loads(answer)["revision"], text
                    return
                # The save before was done and its answer lost: the page is one revision behind itself.
                self.revision += status == 409
                if status not in SHUT and not (status == 409 and asked_again):
                    raise SystemExit(f"{self.number}: {status} {answer[:300]!r}")
                asked_again = True
                await self.wait()

    async def hand_in(self, doors):
        """Hand in, asking again until an answer comes."""
        asked_again = False
        while True:
            status, answer = await self.post(doors, "hand-in", {})
            if status == 302 or (status == 409 and asked_again):
                return
            if status not in SHUT:
                raise SystemExit(f"{self.number}: {status} {answer[:300]!r}")
            asked_again = True
            await self.wait()

    async def post(self, doors, what, fields):
        path = f"/my/submissions/{self.number}/{what}/"
        return await doors.exchange(self.session, "POST", path, urlencode(fields).encode())

    async def wait(self):
        self.missed += 1
        await asyncio.sleep(AGAIN_AFTER)


class Post:
    """The mail server: who got which message how often."""

    def __init__(self):
        self.got = defaultdict(Counter)

    async def handle_DATA(self, _server, _session, envelope):
        identifier = re.search(rb"^Message-ID: *(\S+)", envelope.content, re.IGNORECASE | re.MULTILINE)[1]
        for address in envelope.rcpt_tos:
            self.got[address][identifier.decode()] += 1
        return "250 OK"


def jobs(browsers):
    """Yield what each arrival does: mostly a save, now and then a whole application handed in."""
    doors, savers, leavers, number = Doors(), browsers[:SAVERS], iter(browsers[SAVERS:]), 0
    while True:
        number += 1
        if number % HAND_INS == 0 and (leaver := next(leavers, None)):
            yield partial(leaver.hand_in, doors)
        else:
            yield partial(savers[number % SAVERS].save, doors, f"Example {number}")


def measured(home, owner, asked):
    """Play everything on one throw-away installation; returns the row of results."""
    from aiosmtpd.controller import Controller

    made, found = home / "made.json", home / "found.json"
    aside(__file__, "fill", made, int(asked.seconds * asked.rate / HAND_INS * 1.3) + 5, owner=owner)
    browsers, post = [Browser(row) for row in json.loads(made.read_text())], Post()
    mail = Controller(post, hostname="127.0.0.1", port=MAIL_PORT)
    mail.start()
    try:
        with served(home, EMAIL_URL=f"smtp://127.0.0.1:{MAIL_PORT}") as product:
            middle = [(asked.seconds / 3, "granian"), (asked.seconds * 2 / 3, "worker")] if asked.kill else []
            kills = [(at, partial(kill, product.pid, mark)) for at, mark in middle]
            latencies = asyncio.run(arrive(jobs(browsers), asked.rate, asked.seconds, kills))
            aside(__file__, "ask", found, owner=owner)
            told = set(json.loads(found.read_text())["inbox"])
            wait_for(lambda: told <= set(post.got), PATIENCE, f"{len(told)} letters")
            time.sleep(3)
            aside(__file__, "ask", found, owner=owner)
    finally:
        mail.stop()
    return judged(browsers, json.loads(found.read_text()), post, latencies)


def judged(browsers, found, post, latencies):
    """What was lost, what is there twice, how long it took."""
    handed_in = {number for number, (_text, version, _revision) in found["drafts"].items() if version}
    told = {browser.address for browser in browsers if browser.number in handed_in}
    return {
        "saves": len(latencies) - len(told), "hand_ins": len(told), "asked_again": sum(b.missed for b in browsers),
        "ms": in_ms(latencies),
        "drafts_lost": sum(found["drafts"][b.number][0] != b.saved for b in browsers[:SAVERS]),
        "inbox_rows_lost": len(told - set(found["inbox"])),
        "inbox_rows_twice": sum(count != 1 for count in found["inbox"].values()),
        "letters_lost": len(told - set(post.got)),
        "letters_sent_twice": sum(sum(ids.values()) > 1 for ids in post.got.values()),
        "letters_under_two_ids": sum(len(ids) > 1 for ids in post.got.values()),
    }  # fmt: skip


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, default=120)
    reader.add_argument("--rate", type=float, default=60)
    reader.add_argument("--kill", action="store_true")
    asked = reader.parse_args()
    with installation("saves") as (home, owner):
        row = measured(home, owner, asked)
    keep("saves", "killed" if asked.kill else "steady", {"rate": asked.rate, "seconds": asked.seconds, **row})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--fill", path, count]:
            fill(path, int(count))
        case ["--ask", path]:
            ask(path)
        case _:
            main()
