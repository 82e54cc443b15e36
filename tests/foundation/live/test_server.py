"""The stream in a process of its own, over a real connection to the database."""

import json
import signal
import subprocess
import sys
import time

import pytest

from secretariat.foundation.live import tickets
from tests.foundation.live.conftest import Stream, serving


def test_a_ring_reaches_whoever_hears_its_channel_and_nobody_else(served):
    desk, mine, both = served.listen("desk"), served.listen("account:1"), served.listen("desk", "account:1")

    served.ring("desk", call="7")
    served.ring("account:1")

    assert desk.next()[::2] == ("rung", {"channel": "desk", "call": "7"})
    assert mine.next()[::2] == ("rung", {"channel": "account:1"})
    assert [both.next()[2]["channel"], both.next()[2]["channel"]] == ["desk", "account:1"]


def test_the_stream_is_told_to_proxies_as_one(served):
    headers = served.open("desk").response.headers

    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("", "none"),
        ("ticket=x.y", "not one"),
        (f"ticket={tickets.issue('a', ['desk'], expires=1e12, key=b'another')}", "signed by somebody else"),
    ],
)
def test_without_a_ticket_there_is_no_stream(served, query, why):
    assert served.get(f"/events?{query}") == (401, b""), why


def test_a_ticket_that_ran_out_opens_nothing(served):
    assert served.open("desk", seconds=-1).status == 401


def test_a_stream_ends_with_its_ticket(served):
    stream = served.listen("desk", seconds=1)

    assert stream.next()[0] == "renew"
    assert stream.next() is None


def test_whoever_comes_back_hears_what_was_missed(served):
    stream, watching = served.listen("desk"), served.listen("account:9")
    served.ring("desk", n=1)
    last = stream.next()[1]
    stream.close()
    served.ring("desk", n=2)
    served.ring("account:9", n=3)
    assert watching.next()[2]["n"] == 3  # the server has heard both by now

    assert served.open("desk", last=last).next()[::2] == ("rung", {"channel": "desk", "n": 2})
    by_header = served.open("desk", headers={"Last-Event-ID": last})
    assert by_header.next()[::2] == ("rung", {"channel": "desk", "n": 2})
    assert by_header.next()[0] == "hello"


@pytest.mark.parametrize("last", ["another-1", "nonsense", "{boot}-999999"])
def test_whoever_was_away_too_long_asks_for_the_page(served, last):
    boot = served.open("desk").next()[1].partition("-")[0]

    assert served.open("desk", last=last.format(boot=boot)).next()[0] == "reload"


def test_only_the_site_may_open_a_stream_from_another_origin(served):
    ours = served.open("desk", headers={"Origin": "https://desk.example.org"})
    theirs = served.open("desk", headers={"Origin": "https://evil.example.net"})

    assert ours.response.headers["access-control-allow-origin"] == "https://desk.example.org"
    assert "access-control-allow-origin" not in theirs.response.headers


def test_an_account_has_so_many_streams_and_no_more(served):
    kept = [served.listen("desk", account="greedy") for _ in range(30)]

    assert served.open("desk", account="greedy").status == 429
    assert served.open("desk", account="modest").status == 200
    kept.pop().close()
    for _ in range(50):
        if served.open("desk", account="greedy").status == 200:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("a stream that was closed still counts")


def test_nothing_else_is_answered(served):
    assert served.get("/") == (404, b"")
    assert served.get("/healthz") == (200, b"listening")


def test_a_lost_database_is_found_again_and_every_page_reloads(dsn):
    with serving(dsn) as served:
        stream = served.listen("desk")
        cut = served.connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = 'secretariat live' AND query LIKE 'LISTEN%'"
        ).fetchone()

        assert cut[0] >= 1
        assert stream.next()[0] == "reload"
        served.ring("desk")
        assert stream.next()[0] == "rung"


def test_it_ends_at_once_with_open_streams_and_logs_no_secret(dsn):
    with serving(dsn) as served:
        ticket = served.ticket("desk", account="reader")
        stream = Stream(served.port, f"ticket={ticket}")
        served.streams.append(stream)
        stream.next()
        started = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        assert stream.next() is None
        served.process.wait(timeout=5)

    assert time.monotonic() - started < 3
    lines = [json.loads(line) for line in served.log.splitlines()]
    assert [
        (line["account"], line["route"], line["status"]) for line in lines if line["message"] == "stream"
    ] == [("reader", "events", 200)]
    assert ticket not in served.log


def test_the_process_knows_no_django():
    code = "import secretariat.foundation.live.server, sys; print('django' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
