import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from secretariat.doors.serving.parts import Part
from secretariat.doors.serving.supervisor import FIRST_WAIT, LONGEST_WAIT, STEADY, Supervisor

SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN = (sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)")
FAILS = (sys.executable, "-c", "raise SystemExit(3)")


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def supervise(tmp_path, clock):
    made = []

    def supervise_(*parts, **kw):
        made.append(Supervisor(parts, folder=tmp_path, **{"clock": clock, **kw}))
        return made[-1]

    yield supervise_
    for supervisor in made:
        supervisor.grace = 0.0
        supervisor.end()


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ended(watched):
    watched.process.wait(timeout=20)


def test_every_part_starts_with_its_own_environment(supervise, tmp_path):
    code = "import os, pathlib; pathlib.Path('told').write_text(os.environ['TOLD'] + os.environ['PATH'][:0])"
    supervisor = supervise(Part("a", (sys.executable, "-c", code), {"TOLD": "secret"}))

    supervisor.look()
    ended(supervisor.watched[0])

    assert (tmp_path / "told").read_text() == "secret"
    assert "secret" not in repr(supervisor.watched[0].part)


def test_what_dies_starts_again_after_growing_waits(supervise, clock, caplog):
    supervisor = supervise(Part("a", FAILS))
    part, waits = supervisor.watched[0], []
    for _ in range(9):
        supervisor.look()
        ended(part)
        supervisor.look()
        waits.append(part.due - clock.now)
        supervisor.look()
        assert part.process is None, "it starts no earlier than it is due"
        clock.now = part.due

    assert waits[:4] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    assert {record.code for record in caplog.records} == {3}


def test_a_part_that_ran_long_is_forgiven(supervise, clock):
    supervisor = supervise(Part("a", SLEEPS))
    part = supervisor.watched[0]
    part.failures = 6
    supervisor.look()
    clock.now += STEADY
    part.process.kill()
    ended(part)
    supervisor.look()

    assert part.due - clock.now == FIRST_WAIT


def test_what_should_come_later_waits_but_not_for_ever(supervise, clock):
    supervisor = supervise(Part("first", SLEEPS), Part("later", SLEEPS, may_start=lambda: False))
    supervisor.look()
    assert [watched.process is not None for watched in supervisor.watched] == [True, False]

    clock.now += 16
    supervisor.look()
    assert all(watched.process for watched in supervisor.watched)


def test_a_grandchild_does_not_outlive_its_part(supervise, tmp_path):
    code = (
        "import subprocess, sys, pathlib;"
        f"child = subprocess.Popen({list(SLEEPS)!r});"
        "pathlib.Path('pid').write_text(str(child.pid))"
    )
    supervisor = supervise(Part("a", (sys.executable, "-c", code)))
    supervisor.look()
    ended(supervisor.watched[0])
    grandchild = int((tmp_path / "pid").read_text())
    assert is_alive(grandchild)

    supervisor.look()
    for _ in range(100):
        if not is_running(grandchild):
            break
        time.sleep(0.05)
    assert not is_running(grandchild)


def is_running(pid):
    """Whether it is there and no zombie: nobody may be left to collect it."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_all_end_together_and_the_stubborn_are_killed(supervise, caplog):
    supervisor = supervise(Part("a", SLEEPS), Part("stubborn", STUBBORN), grace=1.0, clock=time.monotonic)
    supervisor.look()
    processes = [watched.process for watched in supervisor.watched]
    time.sleep(1.0)  # until it ignores the signal
    supervisor.end()

    assert [process.returncode for process in processes] == [-signal.SIGTERM, -signal.SIGKILL]
    assert [record.part for record in caplog.records] == ["stubborn"]


def test_it_watches_until_it_is_told_to_end(supervise):
    supervisor = supervise(Part("a", SLEEPS), clock=time.monotonic)
    before = signal.getsignal(signal.SIGTERM)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()

    assert supervisor.run() == 0

    assert supervisor.watched[0].process is None
    assert signal.getsignal(signal.SIGTERM) is before


def test_parts_end_when_their_supervisor_is_killed(tmp_path):
    code = (
        "import sys, pathlib; from secretariat.doors.serving.parts import Part;"
        "from secretariat.doors.serving.supervisor import Supervisor;"
        f"s = Supervisor([Part('a', {SLEEPS!r})], folder=pathlib.Path({str(tmp_path)!r}));"
        "s.look(); print(s.watched[0].process.pid, flush=True); s.run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    for _ in range(100):
        if not is_running(pid):
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("a part lives on without its supervisor")


def test_what_is_logged_names_the_part(caplog, supervise):
    from secretariat.doors.serving.logs import JsonFormatter

    supervisor = supervise(Part("web", FAILS))
    supervisor.look()
    ended(supervisor.watched[0])
    with caplog.at_level(logging.WARNING):
        supervisor.look()

    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (line["part"], line["code"], line["failures"], line["level"]) == ("web", 3, 1, "warning")
