"""The streams of one process: what was rung in the database goes to every open page that may hear it.

Knows neither Django nor settings, so that a thousand open pages cost one small process.
"""

import asyncio
import json
import secrets
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

DATABASE_CHANNEL = "secretariat_live"
DEPTH = 32  # frames that wait for one listener
MEMORY = 1024  # frames kept for whoever comes back
HEARTBEAT = b": still here\n\n"
RENEW = b"event: renew\ndata: {}\n\n"
CLOSE = None  # ends a stream


class Full(Exception):
    """No further stream is opened: for this account, or at all."""


class Listener:
    """One open stream: its channels and the frames that wait for it."""

    __slots__ = ("account", "channels", "frames")

    def __init__(self, account: str, channels: frozenset[str]) -> None:
        self.account = account
        self.channels = channels
        self.frames: asyncio.Queue[bytes | None] = asyncio.Queue(DEPTH)

    def give(self, frame: bytes | None, instead: bytes | None) -> None:
        """Add a frame; where too many wait already, all of them give way to ``instead``."""
        if self.frames.full():
            while not self.frames.empty():
                self.frames.get_nowait()
            frame = instead
        self.frames.put_nowait(frame)

    def expire(self) -> None:
        """The ticket ran out: the page is told to come with a new one."""
        self.give(RENEW, RENEW)
        self.give(CLOSE, CLOSE)


class Hub:
    """All listeners of this process, and the last frames for those that come back."""

    def __init__(self, *, most: int = 5000, most_of_one: int = 30) -> None:
        self.most, self.most_of_one = most, most_of_one
        self.boot = secrets.token_hex(4)  # another process numbers anew
        self.number = 0
        self.listeners: dict[str, set[Listener]] = {}
        self.accounts: Counter[str] = Counter()
        self.recent: deque[tuple[int, str, bytes]] = deque(maxlen=MEMORY)

    @contextmanager
    def joined(self, account: str, channels: frozenset[str]) -> Iterator[Listener]:
        """Give a listener that hears the channels for the length of the block.

        Raises:
            Full: there are as many as this process, or this account, may have.
        """
        if self.accounts.total() >= self.most or self.accounts[account] >= self.most_of_one:
            raise Full
        listener = Listener(account, channels)
        self.accounts[account] += 1
        for channel in channels:
            self.listeners.setdefault(channel, set()).add(listener)
        try:
            yield listener
        finally:
            self.accounts -= Counter([account])
            for channel in channels:
                self.listeners[channel].discard(listener)
                if not self.listeners[channel]:
                    del self.listeners[channel]

    def publish(self, payload: str) -> None:
        """Hand what was rung to whoever hears its channel. What is no ring of ours is passed over."""
        try:
            channel = json.loads(payload)["channel"]
        except (ValueError, TypeError, KeyError):
            return
        self.number += 1
        frame = f"id: {self.boot}-{self.number}\nevent: rung\ndata: {payload}\n\n".encode()
        self.recent.append((self.number, channel, frame))
        for listener in self.listeners.get(channel, ()):
            listener.give(frame, self.reload())

    def reload(self) -> bytes:
        """Return the frame that says: something was missed, ask for the page again."""
        return f"id: {self.boot}-{self.number}\nevent: reload\ndata: {{}}\n\n".encode()

    def everyone(self) -> Iterable[Listener]:
        """Return every listener once."""
        return set().union(*self.listeners.values()) if self.listeners else set()

    def reload_all(self) -> None:
        """Rings may have been missed: the connection to the database was away."""
        self.recent.clear()
        self.number += 1
        for listener in self.everyone():
            listener.give(self.reload(), self.reload())

    def close_all(self) -> None:
        """End every stream; the pages come back to whoever serves next."""
        for listener in self.everyone():
            listener.give(CLOSE, CLOSE)

    def missed(self, channels: frozenset[str], last: str) -> list[bytes]:
        """Return the frames after the one a page saw last, or one that says reload if not all of them are kept."""
        if not last:
            return []
        boot, _, number = last.partition("-")
        oldest = self.recent[0][0] if self.recent else self.number + 1
        if boot != self.boot or not number.isdecimal() or not oldest - 1 <= int(number) <= self.number:
            return [self.reload()]
        return [frame for at, channel, frame in self.recent if at > int(number) and channel in channels]
