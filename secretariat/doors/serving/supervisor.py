"""Starts the parts, starts again what dies, and ends all of them together."""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from secretariat.doors.serving.parts import Part

TICK = 0.1
PATIENCE = 15.0  # seconds a part waits for what should come before it
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
STEADY = 60.0  # a part that ran so long may fail again without a long wait
GRACE = 8.0  # seconds between the asking and the killing
PR_SET_PDEATHSIG = 1

logger = logging.getLogger("secretariat.serving")


@dataclass
class Watched:
    """A part with its process; ``due`` is when it may start (again)."""

    part: Part
    asked: float
    due: float
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0


class Supervisor:
    """Watches over processes until it is asked to end, by a signal or by ``stop``."""

    def __init__(
        self, parts: Collection[Part], *, folder: Path, grace: float = GRACE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.clock, self.folder, self.grace = clock, folder, grace
        self.watched = [Watched(part, asked=clock(), due=clock()) for part in parts]
        self.stopping = threading.Event()

    def run(self) -> int:
        """Watch until asked to end; then end every part. Returns the exit code."""
        kept = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self.stopping.is_set():
                self.look()
                self.stopping.wait(TICK)
        finally:
            self.end()
            for number, handler in kept.items():
                signal.signal(number, handler)
        return 0

    def stop(self, *_signal: object) -> None:
        """Ask it to end; asked twice, it waits for nobody."""
        if self.stopping.is_set():
            self.grace = 0.0
        self.stopping.set()

    def look(self) -> None:
        """Start what is due, notice what ended."""
        for watched in self.watched:
            if watched.process is None:
                waited = self.clock() - watched.asked
                if self.clock() >= watched.due and (watched.part.may_start() or waited > PATIENCE):
                    self._start(watched)
            elif watched.process.poll() is not None:
                self._ended(watched)

    def _start(self, watched: Watched) -> None:
        watched.process = subprocess.Popen(
            watched.part.command, cwd=self.folder, env={**os.environ, **watched.part.environment},
            stdin=subprocess.DEVNULL, process_group=0, preexec_fn=end_with_parent,
        )  # fmt: skip
        watched.started = self.clock()

    def _ended(self, watched: Watched) -> None:
        # Whatever it had started itself must not live on beside its successor.
        _signal_group(watched.process, signal.SIGKILL)
        watched.failures = 1 if self.clock() - watched.started >= STEADY else watched.failures + 1
        wait = min(FIRST_WAIT * 2 ** (watched.failures - 1), LONGEST_WAIT)
        code, watched.process, watched.due = watched.process.returncode, None, self.clock() + wait
        watched.asked = self.clock()
        logger.warning(
            "%s ended with %s and starts again in %s s", watched.part.name, code, wait,
            extra={"part": watched.part.name, "code": code, "failures": watched.failures},
        )  # fmt: skip

    def end(self) -> None:
        """End all at once: ask, wait for the grace, kill what is left."""
        running = [watched for watched in self.watched if watched.process]
        for watched in running:
            _signal_group(watched.process, signal.SIGTERM, only_leader=True)
        asked = self.clock()
        while (
            any(watched.process.poll() is None for watched in running) and self.clock() - asked < self.grace
        ):
            time.sleep(TICK / 2)
        for watched in running:
            if watched.process.poll() is None:
                logger.warning(
                    "%s did not end by itself", watched.part.name, extra={"part": watched.part.name}
                )
            _signal_group(watched.process, signal.SIGKILL)
            watched.process.wait()
            watched.process = None


def _signal_group(process: subprocess.Popen, number: int, *, only_leader: bool = False) -> None:
    with contextlib.suppress(ProcessLookupError):
        if only_leader:
            os.kill(process.pid, number)
        else:
            os.killpg(process.pid, number)


def end_with_parent() -> None:
    """In the child: be asked to end when the supervisor dies, even if it was killed. Linux knows how."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
