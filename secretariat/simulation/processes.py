"""The parts of a play one after the other, or each in a process of its own: two processors, half the time."""

import multiprocessing
import signal
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from threading import Barrier, BrokenBarrierError
from typing import Any, TypeVar

from django.db import connections

from secretariat.doors.serving.supervisor import end_with_parent

T = TypeVar("T")
# A part goes on to where it yields, and not further before all the others are there.
Part = Callable[[], Generator[None, None, T]]
Players = Callable[[Sequence[Part[Any]]], list[Any]]
Progress = Callable[[str, int, int], None]

TICK = 0.1  # seconds between two looks at how far it is
_FORK = multiprocessing.get_context("fork")


class PartFailed(Exception):
    """What was played in another process failed; the message is the traceback it left behind."""


def in_turn(parts: Sequence[Part[T]]) -> list[T]:
    """Play the parts in this process, from one meeting to the next, and return what each returns."""
    playing = {place: part() for place, part in enumerate(parts)}
    found: dict[int, T] = {}
    while playing:
        for place, part in list(playing.items()):
            try:
                next(part)
            except StopIteration as end:
                found[place] = end.value
                del playing[place]
    return [found[place] for place in range(len(parts))]


def at_once(parts: Sequence[Part[T]]) -> list[T]:
    """Play every part in a process of its own, with connections of its own, and return what each returns.

    Every part has to yield equally often. What a part does to objects in memory stays in its process. None is played
    in this one: what starts threads, as typesetting does, leaves a process that is not to be forked again.

    Raises:
        PartFailed: a part failed; the others stop at their next meeting or their end.
    """
    connections.close_all()  # a connection that two processes have is ended by either
    meeting = _FORK.Barrier(len(parts))
    played = [_Other(partial(_walk, part, meeting)) for part in parts]
    waiting = {other.receive: other for other in played}
    try:
        while waiting:
            for ready in wait(list(waiting)):
                if not waiting.pop(ready).hear():
                    meeting.abort()
    finally:
        for other in waiting.values():
            other.process.terminate()
    for other in played:
        if other.told or other.is_done:  # one that stopped because another failed has nothing to say
            other.result()
    return [other.result() for other in played]


def apart(job: Callable[[Progress], object], progress: Progress) -> None:
    """Run a job in a process of its own, which takes its memory with it; show here how far it is.

    Raises:
        PartFailed: the job failed.
    """
    connections.close_all()
    lines: Any = _FORK.SimpleQueue()
    other = _Other(partial(job, lambda *line: lines.put(line)))
    try:
        while not (other.receive.poll(0 if not lines.empty() else TICK) and lines.empty()):
            while not lines.empty():
                progress(*lines.get())
    except BaseException:
        other.process.terminate()
        raise
    other.hear()
    other.result()


def _walk(part: Part[T], meeting: Barrier) -> T:
    playing = part()
    while True:
        try:
            next(playing)
        except StopIteration as end:
            return end.value
        meeting.wait()


class _Other:
    """A process that was forked for a function, and what became of it."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work, self.is_done, self.told = work, False, "It ended without a word."
        self.receive, self.send = _FORK.Pipe(duplex=False)
        self.process = _FORK.Process(target=self._run)
        self.process.start()
        self.send.close()

    def _run(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is asked to stop is the first of them
        end_with_parent()
        try:
            self.send.send((True, self.work()))
        except BrokenBarrierError:
            self.send.send((False, ""))
        except BaseException:
            self.send.send((False, traceback.format_exc()))
        finally:
            connections.close_all()

    def hear(self) -> bool:
        """Wait for its end; return whether it came to its own."""
        with suppress(EOFError):
            self.is_done, self.told = self.receive.recv()
        self.process.join()
        return self.is_done

    def result(self) -> Any:
        """Return what the function returned. Raises PartFailed."""
        if not self.is_done:
            raise PartFailed(self.told)
        return self.told
