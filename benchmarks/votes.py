"""An assembly of 5,000 votes a roll call, 85 a second as they come, while ten pages watch it, on the served product.

    .venv/bin/python benchmarks/votes.py [--seconds 60] [--rate 85] [--kill]

Delegates cast their votes as the page itself does; whoever meets a closed door asks again, and her time runs from when
she first wanted to vote. With ``--kill`` the processes of the pages, and later the worker, are killed with signal 9 in
the middle. Afterwards the database is asked what became of every answered vote, and each watching page what it shows.
Results: benchmarks/results/votes.json.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from served import (
    AGAIN_AFTER,
    PORT,
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
)

sys.path.insert(0, str(ROOT))
WATCHERS = 10
CALM = 1.0  # seconds in which several rings refresh a page once, as live.js does


def fill(path, delegates):
    """In a process of its own, as the database's owner: delegates who are signed in, and an open ballot over them."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from secretariat.foundation.accounts.sessions import SessionStore

    call_command("migrate", verbosity=0)
    from secretariat.foundation.accounts.models import Account
    from secretariat.governance.ballots.actions import declare_ballot, open_ballot
    from secretariat.governance.ballots.logic import Place
    from secretariat.registry.people.models import Person
    from secretariat.registry.refs.models import Ref
    from tests.factories.accounts import INSTALLER
    from tests.factories.bodies import make_body

    now, nobody = timezone.now(), make_password(None)
    refs = Ref.objects.bulk_create(Ref(kind="person", number=f"PER-{n:05d}") for n in range(delegates))
    accounts = Account.objects.bulk_create(
        Account(email=f"delegate{n}@example.org", password=nobody) for n in range(delegates)
    )
    people = Person.objects.bulk_create(
        Person(ref=ref, family_name=f"Delegate{n:05d}", sort_key=f"delegate{n:05d}", account=account)
        for n, (ref, account) in enumerate(zip(refs, accounts, strict=True))
    )
    assembly = make_body(flags=("supreme", "decides"))
    places = [Place("benchmark", {"en": "Delegate"}, person=p.pk, voter=p.pk) for p in people]
    ballot = declare_ballot(
        body=assembly, question_en="Example question", question_zh="示例问题", method="roll_call", actor=INSTALLER,
        now=now,
    )  # fmt: skip
    open_ballot(ballot=ballot, places=places, actor=INSTALLER, now=now)
    sessions = []
    for account in accounts:
        store = SessionStore()
        store.update({
            SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: "secretariat.foundation.accounts.backends.Passwords",
            HASH_SESSION_KEY: account.get_session_auth_hash(),
        })  # fmt: skip
        store.create()
        sessions.append(store.session_key)
    # What this leaves to the worker is no part of what is measured.
    call_command("worker", until_empty=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    Path(path).write_text(
        json.dumps({"ballot": str(ballot.pk), "number": ballot.ref.number, "sessions": sessions})
    )


def ask(path, number):
    """In a process of its own: the votes the database holds, by their line."""
    import django

    django.setup()
    from secretariat.governance.ballots.models import Vote

    votes = Vote.objects.filter(ballot__ref__number=number).values_list("line__position", "choice", "turn")
    Path(path).write_text(json.dumps(sorted(votes)))


class Delegate:
    """One voter with her session; ``said`` is what was answered as being in."""

    def __init__(self, position, session, number):
        self.position, self.session, self.said, self.missed = position, session, None, 0
        self.choice = ("yes", "yes", "no", "abstain", "yes")[position % 5]
        self.path = f"/my/ballots/{number}/lines/{position}/"

    async def vote(self, doors):
        """Vote, asking again until an answer comes; the same said twice is one vote."""
        body = urlencode({"choice": self.choice}).encode()
        while True:
            status, answer = await doors.exchange(self.session, "POST", self.path, body)
            if status == 302:
                self.said = self.choice
                return
            if status not in SHUT:
                raise SystemExit(f"{self.position}: {status} {answer[:300]!r}")
            self.missed += 1
            await asyncio.sleep(AGAIN_AFTER)


class Watcher:
    """A page that shows how the ballot stands: it hears rings and asks for the part again."""

    def __init__(self, session, told):
        self.session, self.told, self.shown, self.refreshed = session, told, "", 0

    async def watch(self, doors):
        """Listen, and refresh at most once in a moment of calm, until the benchmark ends."""
        while True:
            try:
                await self._listen(doors)
            except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
                await asyncio.sleep(1)

    async def _listen(self, doors):
        channel = f"/live/?channels=ballot:{self.told['ballot']}"
        _status, answer = await doors.exchange(self.session, "GET", channel)
        found = json.loads(answer)
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT + 1)
        writer.write(f"GET /events?ticket={found['ticket']} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        while True:
            if b"event: rung" in await reader.readuntil(b"\n\n"):
                await asyncio.sleep(CALM)
                await self.refresh(doors)

    async def refresh(self, doors):
        path = f"/my/ballots/{self.told['number']}/tally/"
        status, answer = await doors.exchange(self.session, "GET", path)
        if status == 200:
            self.refreshed += 1
            self.shown = re.search(r"(\d+) of \d+", answer.decode())[1]


async def played(told, delegates, asked, product):
    """Let them vote while the watchers watch; return latencies and the watchers."""
    doors, eyes = Doors(), Doors()
    watchers = [Watcher(session, told) for session in told["sessions"][-WATCHERS:]]
    watching = [asyncio.create_task(watcher.watch(eyes)) for watcher in watchers]
    await asyncio.sleep(2)
    middle = [(asked.seconds / 3, "granian"), (asked.seconds * 2 / 3, "worker")] if asked.kill else []
    kills = [(at, partial(kill, product.pid, mark)) for at, mark in middle]
    jobs = (partial(delegate.vote, doors) for delegate in delegates)
    latencies = await arrive(jobs, asked.rate, asked.seconds, kills)
    await asyncio.sleep(3)
    by_rings = [watcher.refreshed for watcher in watchers]
    for task in watching:
        task.cancel()
    for watcher in watchers:
        await watcher.refresh(eyes)
    return latencies, watchers, by_rings


def measured(home, owner, asked):
    """Play the roll call on one throw-away installation; returns the row of results."""
    made, found = home / "made.json", home / "found.json"
    started = time.monotonic()
    aside(__file__, "fill", made, asked.delegates, owner=owner)
    print(f"filled in {time.monotonic() - started:.0f} s", file=sys.stderr)
    told = json.loads(made.read_text())
    delegates = [Delegate(n, session, told["number"]) for n, session in enumerate(told["sessions"], 1)]
    with served(home) as product:
        latencies, watchers, by_rings = asyncio.run(played(told, delegates, asked, product))
        # The database ends with the product.
        aside(__file__, "ask", found, told["number"], owner=owner)
    votes = {position: choice for position, choice, _turn in json.loads(found.read_text())}
    said = {d.position: d.said for d in delegates if d.said}
    return {
        "votes": len(said), "asked_again": sum(d.missed for d in delegates), "ms": in_ms(latencies),
        "lost": sum(votes.get(position) != choice for position, choice in said.items()),
        "twice": len(json.loads(found.read_text())) - len(votes),
        "never_said": len(votes.keys() - said.keys()),
        "watchers": WATCHERS, "refreshes_of_a_page": sum(by_rings) / WATCHERS,
        "show_them_all": sum(int(watcher.shown) == len(votes) for watcher in watchers),
    }  # fmt: skip


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--rate", type=float, default=85)
    reader.add_argument("--delegates", type=int, default=5200)
    reader.add_argument("--kill", action="store_true")
    asked = reader.parse_args()
    with installation("votes") as (home, owner):
        row = measured(home, owner, asked)
    keep("votes", "killed" if asked.kill else "steady", {"rate": asked.rate, "seconds": asked.seconds, **row})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--fill", path, count]:
            fill(path, int(count))
        case ["--ask", path, number]:
            ask(path, number)
        case _:
            main()
