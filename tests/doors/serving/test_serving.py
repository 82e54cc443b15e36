"""The whole product under its supervisor, as real processes on the database of the tests."""

import contextlib
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from secretariat.doors.serving.parts import PortTaken, live_environment, plan
from tests.foundation.live.conftest import free_port


def get(port, path, **headers):
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        found = response.status, response.read(), response.headers
        connection.close()
        return found
    return 0, b"", {}


def wait_for(what, seconds=60):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")


def marked(mark):
    """The processes whose environment bears the mark, with their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if mark.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


@pytest.fixture
def many_files():
    """A connection is a file: as many as this machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def served(django_db_setup, tmp_path):
    told = settings.DATABASES["default"]
    host = told["HOST"].replace("/", "%2F")
    mark, port, live_port = f"SERVED={uuid4().hex}", free_port(), free_port()
    ours = ("DATABASE", "SECRETARIAT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {
        "SECRETARIAT_MODE": "demo", "SECRETARIAT_LOG": "json", "SECRETARIAT_VAR": str(tmp_path),
        "DATABASE_URL": f"postgres://{told['USER']}@{host}/{told['NAME']}", "SERVED": mark.partition("=")[2],
    }  # fmt: skip
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "secretariat.cli", "serve", "--port", str(port), "--live-port", str(live_port)],
            env=environment, stdout=log, stderr=log, cwd=settings.ROOT,
        )  # fmt: skip
    try:
        yield process, port, live_port, mark, tmp_path / "log"
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
        for pid in marked(mark):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.django_db  # so that the tables are made
def test_it_serves_heals_and_ends(served, many_files):
    process, port, live_port, mark, log = served
    wait_for(lambda: get(port, "/healthz")[0] == 200)
    wait_for(lambda: get(live_port, "/healthz")[0] == 200)
    ready = wait_for(lambda: (found := get(port, "/readyz"))[0] == 200 and found)
    assert json.loads(ready[1]) == {"database": True, "migrations": True, "log_key": True, "disk": True}

    status, _, headers = get(port, "/?secret=query", **{"X-Request-ID": "a-number-of-the-proxy"})
    assert (status, headers["x-request-id"]) == (200, "a-number-of-the-proxy")
    assert f"http://localhost:{live_port}/events" in headers["content-security-policy"]

    # Browsers keep their connections, more than a thousand of them: one more reader is answered beside them.
    kept = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(1200)]
    for connection in kept:
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() is not None
    assert get(port, "/healthz")[0] == 200
    for connection in kept:
        connection.close()

    names = {"-m granian", "live.server", "cli seal", "cli worker"}
    running = wait_for(lambda: parts_of(mark, names))
    for pid in running.values():
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: (healed := parts_of(mark, names)) and not set(healed.values()) & set(running.values()))
    wait_for(lambda: get(port, "/healthz")[0] == 200)

    process.terminate()
    started = time.monotonic()
    assert process.wait(timeout=15) == 0
    assert time.monotonic() - started < 12
    assert marked(mark) == {}
    check_log(log.read_text())


def parts_of(mark, names):
    """The leading process of each part, once all are there."""
    found = {}
    for pid, command in sorted(marked(mark).items()):
        for name in names:
            if name in command and os.getpgid(pid) == pid:
                found[name] = pid
    return found if len(found) == len(names) else None


def check_log(text):
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["message"] == "request"]
    assert [(r["route"], r["status"], r["request_id"], r["account"]) for r in requests] == [
        ("/", 200, "a-number-of-the-proxy", None)
    ]
    assert "secret=query" not in text
    assert {line["part"] for line in lines if "code" in line} == {"web", "live", "sealer", "worker"}


@pytest.mark.parametrize("option", ["--port", "--live-port"])
def test_a_port_in_use_is_refused(option):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = {"port": free_port(), "live_port": None, option[2:].replace("-", "_"): taken.getsockname()[1]}

        with pytest.raises(PortTaken, match=option):
            plan(host="127.0.0.1", **told)


def test_the_events_take_the_next_free_port():
    with socket.socket() as taken:
        port = free_port()
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()

        found = plan(host="127.0.0.1", port=port, live_port=None)

    assert found.live_port > port + 1
    assert found.live_url == f"http://localhost:{found.live_port}/events"


def test_behind_a_proxy_the_events_have_the_address_that_was_set(settings, monkeypatch):
    settings.LIVE_URL = "/events"
    settings.PRODUCTION = True

    assert plan(host="127.0.0.1", port=free_port(), live_port=None).live_url == "/events"


def test_the_live_process_is_told_an_address_that_leads_to_the_database(db):
    assert (
        "prepare_threshold" in connections["default"].get_connection_params()
    )  # the driver's own, no part of an address

    with psycopg.connect(live_environment(8000)["LIVE_DSN"]) as own:
        assert own.info.dbname == connections["default"].settings_dict["NAME"]
