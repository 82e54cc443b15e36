import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from secretariat.foundation.live import tickets
from secretariat.foundation.live.stream import DATABASE_CHANNEL

KEY = tickets.derive_key("a secret of the tests")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stream:
    """One open stream, read event by event."""

    def __init__(self, port, query="", **headers):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.connection.request("GET", f"/events?{query}", headers=headers)
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def next(self):
        """The next event as (name, id, data); comments are passed over, an ended stream is None."""
        event = {}
        while line := self.response.readline():
            text = line.decode().rstrip("\n")
            if text and not text.startswith(":"):
                name, _, value = text.partition(": ")
                event[name] = value
            elif not text and "event" in event:
                return event["event"], event.get("id", ""), json.loads(event["data"])
        return None

    def close(self):
        self.response.close()
        self.connection.close()


class Served:
    """A real server in its process, and a connection of its own that rings."""

    def __init__(self, port, process, dsn):
        self.port, self.process = port, process
        self.connection = psycopg.connect(dsn, autocommit=True)
        self.streams = []

    def ticket(self, *channels, account="a", seconds=60, key=KEY):
        return tickets.issue(account, channels, expires=time.time() + seconds, key=key)

    def open(self, *channels, last="", headers=None, **ticket):
        query = f"ticket={self.ticket(*channels, **ticket)}" + (f"&last={last}" if last else "")
        stream = Stream(self.port, query, **(headers or {}))
        self.streams.append(stream)
        return stream

    def listen(self, *channels, **kw):
        """An open stream that has said hello."""
        stream = self.open(*channels, **kw)
        assert stream.next()[0] == "hello"
        return stream

    def ring(self, channel, **ids):
        payload = json.dumps({"channel": channel, **ids})
        self.connection.execute("SELECT pg_notify(%s, %s)", [DATABASE_CHANNEL, payload])

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", path)
        response = connection.getresponse()
        answer = response.status, response.read()
        connection.close()
        return answer

    def wait_until_listening(self):
        for _ in range(200):
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError("the server does not listen to the database")


@contextmanager
def serving(dsn, *options):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "secretariat.foundation.live.server", "--port", str(port), *options],
        env={**os.environ, "LIVE_DSN": dsn, "LIVE_KEY": KEY.hex(), "LIVE_ORIGINS": "https://desk.example.org"},
        stderr=subprocess.PIPE,
    )  # fmt: skip
    served = Served(port, process, dsn)
    try:
        served.wait_until_listening()
        yield served
    finally:
        for stream in served.streams:
            stream.close()
        served.connection.close()
        if process.poll() is None:
            process.terminate()
        served.log = process.communicate(timeout=10)[1].decode()


@contextmanager
def rung():
    """The channels rung inside the block, as the database was told."""
    channels = []

    def note(execute, sql, params, many, context):
        if "pg_notify" in sql:
            channels.extend(json.loads(payload)["channel"] for payload in params[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield channels


@pytest.fixture(scope="session")
def dsn(django_db_setup):
    """The database of the tests, from outside their transaction."""
    from django.conf import settings

    told = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(host=told["HOST"], user=told["USER"], dbname=told["NAME"])


@pytest.fixture(scope="module")
def served(dsn):
    with serving(dsn) as served:
        yield served
