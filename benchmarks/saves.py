"""Sixty saves a second, arriving whether or not the last one was answered, on the whole product as it is served.

    .venv/bin/python benchmarks/saves.py [--seconds 120] [--rate 60] [--kill]

``secretariat serve`` runs on a throw-away database that waits for the disk; applicants save their drafts as the page
itself does, and one in thirty arrivals hands an application in. A browser that meets a closed door asks again; its time
runs from when it first wanted to save. With ``--kill`` the processes of the pages, and later the worker, are killed
with signal 9 in the middle. Afterwards the database and the mail server are asked what became of every answered save,
every row of an inbox and every letter. Generator, mail server, database and product share the machine. Results:
benchmarks/results/saves.json.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RESULT = ROOT / "benchmarks" / "results" / "saves.json"
PORT, MAIL_PORT = 18400, 18425
SAVERS, SEED = 600, 7
HAND_INS = 30  # one in so many arrivals
AGAIN_AFTER = 0.25  # seconds a browser waits before it asks again
PATIENCE = 120.0  # seconds until all mail must have come
CSRF = "c" * 32


def environment(home, **more):
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("SECRETARIAT", "DATABASE"))
    }
    return {
        **own,
        "SECRETARIAT_VAR": str(home),
        "DJANGO_SETTINGS_MODULE": "secretariat.config.settings",
        **more,
    }


def fill(path, hand_ins):
    """In a process of its own, as the database's owner: an open call, and applicants who are signed in."""
    import django

    django.setup()
    from django.core.management import call_command
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
    """One applicant: her cookies, the revision her page knows, what she wrote last and what was answered."""

    def __init__(self, made):
        self.number, self.revision, self.address = made["number"], made["revision"], made["address"]
        self.cookie = f"sessionid={made['session']}; csrftoken={CSRF}"
        self.saved, self.busy = "Example", asyncio.Lock()

    async def post(self, doors, path, fields):
        body = urlencode(fields).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost:{PORT}\r\nCookie: {self.cookie}\r\nX-CSRFToken: {CSRF}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await doors.exchange(head.encode() + body)

    async def save(self, doors, text):
        """Save, asking again until an answer comes; returns how often the answer did not."""
        missed = 0
        while True:
            fields = {
                "revision": self.revision, "title_en": text, "title_zh": "示例", "summary_en": "An example. " * 40,
                "summary_zh": "一个示例。", "countries": "SE", "started_on": "2020-01-01", "contact": "",
            }  # fmt: skip
            status, answer = await self.post(doors, f"/my/submissions/{self.number}/autosave/", fields)
            if status == 200:
                self.revision, self.saved = json.loads(answer)["revision"], text
                return missed
            if status == 409 and missed:
                # The save before was done, its answer was lost: the page is one revision behind itself.
                self.revision += 1
                continue
            if status not in (0, 502, 503):
                raise SystemExit(f"{self.number}: {status} {answer[:300]!r}")
            missed += 1
            await asyncio.sleep(AGAIN_AFTER)

    async def hand_in(self, doors, _text):
        missed = 0
        while True:
            status, answer = await self.post(doors, f"/my/submissions/{self.number}/hand-in/", {})
            if status == 302 or (status == 409 and missed):
                return missed
            if status not in (0, 502, 503):
                raise SystemExit(f"{self.number}: {status} {answer[:300]!r}")
            missed += 1
            await asyncio.sleep(AGAIN_AFTER)


class Doors:
    """Connections that stay open, as browsers keep them."""

    def __init__(self):
        self.free = []

    async def exchange(self, request):
        """Return status and body; status 0: the door was shut or closed in the middle."""
        try:
            reader, writer = (
                self.free.pop() if self.free else await asyncio.open_connection("127.0.0.1", PORT)
            )
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1])) if length else b""
        except (OSError, asyncio.IncompleteReadError):
            return 0, b""
        self.free.append((reader, writer))
        return int(head.split(" ", 2)[1]), body


class Post:
    """The mail server: who got which message how often."""

    def __init__(self):
        self.got = defaultdict(Counter)

    async def handle_DATA(self, _server, _session, envelope):
        identifier = re.search(rb"^Message-ID: *(\S+)", envelope.content, re.IGNORECASE | re.MULTILINE)[1]
        for address in envelope.rcpt_tos:
            self.got[address][identifier.decode()] += 1
        return "250 OK"


async def arrive(browsers, rate, seconds, kills):
    """Let them come as they come (exponential gaps); return latencies and misses, and when a kill was done."""
    chance, doors, started, tasks = random.Random(SEED), Doors(), time.perf_counter(), []
    savers, leavers = browsers[:SAVERS], iter(browsers[SAVERS:])
    latencies, missed, at, number, waiting = [], [], 0.0, 0, list(kills)

    async def one(due, browser, act, text):
        async with browser.busy:
            missed.append(await act(doors, text))
        latencies.append((due, time.perf_counter() - started - due))

    while at < seconds:
        at += chance.expovariate(rate)
        if (wait := started + at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        while waiting and at >= waiting[0][0]:
            waiting.pop(0)[1]()
        number += 1
        leaver = next(leavers, None) if number % HAND_INS == 0 else None
        browser = leaver or savers[number % SAVERS]
        act = browser.hand_in if leaver else browser.save
        tasks.append(asyncio.create_task(one(at, browser, act, f"Example {number}")))
    await asyncio.wait_for(asyncio.gather(*tasks), 60)
    return latencies, missed


def kill(supervisor, mark):
    """Kill the part of the product whose command line bears the mark, with all it started."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == supervisor and mark in (folder / "cmdline").read_text().split("\0"):
                os.killpg(int(folder.name), signal.SIGKILL)
                print(f"killed {mark} at {time.strftime('%X')}", file=sys.stderr)
                return
        except (OSError, ValueError):
            continue
    raise SystemExit(f"nobody is called {mark}")


def wait_for(check, seconds, what):
    until = time.monotonic() + seconds
    while not check():
        if time.monotonic() > until:
            raise SystemExit(f"waited {seconds} s for {what}")
        time.sleep(0.2)


def is_open():
    import http.client

    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def measured(home, asked):
    """Play everything on one throw-away installation; returns the row of results."""
    from aiosmtpd.controller import Controller

    leavers = int(asked.seconds * asked.rate / HAND_INS * 1.3) + 5
    own, made, found = [sys.executable, __file__], home / "made.json", home / "found.json"
    owner = environment(home, SECRETARIAT_MODE="test", DATABASE_URL=asked.cluster.url("owner"))
    subprocess.run([*own, "--fill", str(made), str(leavers)], env=owner, check=True, cwd=ROOT)
    browsers = [Browser(row) for row in json.loads(made.read_text())]
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=MAIL_PORT)
    mail.start()
    served = environment(home, EMAIL_URL=f"smtp://127.0.0.1:{MAIL_PORT}", SECRETARIAT_LOG="json")
    with (home / "serve.log").open("w") as log:
        product = subprocess.Popen(
            [sys.executable, "-m", "secretariat.cli", "serve", "--port", str(PORT)], env=served, cwd=ROOT,
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_for(is_open, 60, "the pages")
        time.sleep(5)  # worker and sealer start after the pages
        middle = [(asked.seconds / 3, "granian"), (asked.seconds * 2 / 3, "worker")] if asked.kill else []
        kills = [(at, lambda mark=mark: kill(product.pid, mark)) for at, mark in middle]
        latencies, missed = asyncio.run(arrive(browsers, asked.rate, asked.seconds, kills))
        expected = {b.address for b in browsers[SAVERS:]}
        ask_now = [*own, "--ask", str(found)]
        subprocess.run(ask_now, env=owner, check=True, cwd=ROOT)
        told = set(json.loads(found.read_text())["inbox"])
        wait_for(lambda: told <= set(post.got), PATIENCE, f"{len(told)} letters")
        time.sleep(3)
        subprocess.run(ask_now, env=owner, check=True, cwd=ROOT)
    finally:
        product.terminate()
        product.wait(timeout=30)
        mail.stop()
    return judged(browsers, json.loads(found.read_text()), post, latencies, missed, expected)


def judged(browsers, found, post, latencies, missed, expected):
    """What was lost, what is there twice, how long it took."""
    handed_in = {number for number, (_text, version, _revision) in found["drafts"].items() if version}
    told = {b.address for b in browsers if b.number in handed_in}
    assert told <= expected
    times = sorted(latency for _due, latency in latencies)
    return {
        "saves": len(times) - len(told), "hand_ins": len(told), "asked_again": sum(missed),
        "ms": {
            "median": round(1000 * median(times)), "p95": round(1000 * quantiles(times, n=20)[-1]),
            "p99": round(1000 * quantiles(times, n=100)[-1]), "worst": round(1000 * times[-1]),
        },
        "drafts_lost": sum(found["drafts"][b.number][0] != b.saved for b in browsers[:SAVERS]),
        "inbox_rows_lost": len(told - set(found["inbox"])),
        "inbox_rows_twice": sum(count != 1 for count in found["inbox"].values()),
        "letters_lost": len(told - set(post.got)),
        "letters_sent_twice": sum(sum(ids.values()) > 1 for ids in post.got.values()),
        "letters_under_two_ids": sum(len(ids) > 1 for ids in post.got.values()),
    }  # fmt: skip


def main():
    from secretariat.config.cluster import Cluster

    reader = argparse.ArgumentParser()
    reader.add_argument("--seconds", type=float, default=120)
    reader.add_argument("--rate", type=float, default=60)
    reader.add_argument("--kill", action="store_true")
    asked = reader.parse_args()
    home = Path(tempfile.mkdtemp(prefix="secretariat-saves-"))
    home.chmod(0o755)
    asked.cluster = Cluster(home / "pg")
    load = os.getloadavg()[0]
    try:
        asked.cluster.start()
        row = measured(home, asked)
        kept = json.loads(RESULT.read_text()) if RESULT.exists() else {}
        machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load_before": load}
        kept["killed" if asked.kill else "steady"] = {
            "machine": machine, "rate": asked.rate, "seconds": asked.seconds, **row,
        }  # fmt: skip
        RESULT.write_text(json.dumps(kept, indent=1) + "\n")
        print(json.dumps(row, indent=1))
    finally:
        asked.cluster.destroy()
        if os.environ.get("KEEP"):
            print(home, file=sys.stderr)
        else:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--fill", path, count]:
            fill(path, int(count))
        case ["--ask", path]:
            ask(path)
        case _:
            main()
