"""The process behind ``/events``: ``python -m secretariat.foundation.live.server --host … --port …``.

Its three secrets come by the environment, from whoever starts it: LIVE_DSN (the database), LIVE_KEY (of tickets, in
hexadecimal) and LIVE_ORIGINS (the addresses of the site, where it is another one than this server's).
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any
from urllib.parse import parse_qs

import psycopg
import uvicorn

from secretariat.foundation.live import stream, tickets

HEARTBEAT_EVERY = 15.0
PATIENCE = 10.0  # seconds between two tries to reach the database, at most
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


def log(level: str, message: str, **facts: Any) -> None:
    """Write one line of the log; never a ticket, an address or what was rung."""
    line = {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "level": level, "logger": "live"}
    print(json.dumps({**line, "message": message, **facts}), file=sys.stderr, flush=True)  # noqa: T201


class Live:
    """The ASGI application: streams at ``/events``, and ``/healthz`` for whoever watches over it."""

    def __init__(self, *, dsn: str, key: bytes, origins: frozenset[str], most: int) -> None:
        self.dsn, self.key, self.origins = dsn, key, origins
        self.hub = stream.Hub(most=most)
        self.listening = False
        self.heartbeat = HEARTBEAT_EVERY

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        tasks = [asyncio.create_task(self.listen()), asyncio.create_task(self.beat())]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def beat(self) -> None:
        """Write to every stream now and then, so that proxies keep it and the dead are noticed."""
        while True:
            await asyncio.sleep(self.heartbeat)
            for listener in self.hub.everyone():
                if listener.frames.empty():
                    listener.give(stream.HEARTBEAT, stream.HEARTBEAT)

    async def listen(self) -> None:
        """Hear the database for ever; after every gap all pages are told to reload."""
        wait, before = 0.25, False
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self.dsn, autocommit=True, connect_timeout=5, application_name="secretariat live"
                ) as connection:
                    await connection.execute(f"LISTEN {stream.DATABASE_CHANNEL}")
                    if before:
                        self.hub.reload_all()
                    self.listening, wait, before = True, 0.25, True
                    while True:
                        async for notification in connection.notifies(timeout=HEARTBEAT_EVERY):
                            self.hub.publish(notification.payload)
                        await connection.execute("SELECT 1")  # a dead line says so only when it is used
            except psycopg.Error as error:
                log("warning", "The database is out of reach.", kind=type(error).__name__, next_in_s=wait)
            self.listening = False
            await asyncio.sleep(wait)
            wait = min(wait * 2, PATIENCE)

    async def _answer(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        started, headers = time.monotonic(), dict(scope["headers"])
        if scope["path"] == "/healthz":
            return await _plain(
                send, 200 if self.listening else 503, b"listening" if self.listening else b"deaf"
            )
        if scope["path"] != "/events" or scope["method"] != "GET":
            return await _plain(send, 404, b"")
        query = parse_qs(scope["query_string"].decode("latin-1"))
        ticket = tickets.read(query.get("ticket", [""])[0], key=self.key, now=time.time())
        allowed = self._cross_origin(headers.get(b"origin", b""))
        if ticket is None:
            return await _plain(send, 401, b"", allowed)
        last = headers.get(b"last-event-id", b"").decode("latin-1") or query.get("last", [""])[0]
        status = 200
        try:
            with self.hub.joined(ticket.account, ticket.channels) as listener:
                await send({"type": "http.response.start", "status": 200, "headers": [*STREAM, *allowed]})
                await self._stream(listener, ticket, last, receive, send)
        except stream.Full:
            status = 429
            await _plain(send, status, b"", [*allowed, (b"retry-after", b"60")])
        milliseconds = round((time.monotonic() - started) * 1000)
        return log("info", "stream", route="events", account=ticket.account, status=status, ms=milliseconds)

    def _cross_origin(self, origin: bytes) -> list[tuple[bytes, bytes]]:
        if origin.decode("latin-1") not in self.origins:
            return []
        return [(b"access-control-allow-origin", origin), (b"vary", b"origin")]

    async def _stream(
        self, listener: stream.Listener, ticket: tickets.Ticket, last: str, receive: Receive, send: Send
    ) -> None:
        # A page that knows no number yet is given the present one, so that it can come back.
        hello = f"retry: 2000\nid: {self.hub.boot}-{self.hub.number}\nevent: hello\ndata: {{}}\n\n".encode()
        missed = self.hub.missed(ticket.channels, last)
        gone = asyncio.create_task(_gone(receive, listener))
        # No timeout on each wait: a thousand of those for each event would be most of its cost.
        expiry = asyncio.get_running_loop().call_later(ticket.expires - time.time(), listener.expire)
        try:
            await _body(send, b"".join([*missed, hello]))
            while (frame := await listener.frames.get()) is not stream.CLOSE:
                await _body(send, frame)
        finally:
            gone.cancel()
            expiry.cancel()
        await send({"type": "http.response.body", "body": b""})


STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def _gone(receive: Receive, listener: stream.Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.give(stream.CLOSE, stream.CLOSE)


async def _body(send: Send, content: bytes) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": True})


async def _plain(
    send: Send, status: int, content: bytes, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    plain = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": content})


class Server(uvicorn.Server):
    """Ends its streams when it is told to end: uvicorn alone would wait for pages that never go."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.config.app.hub.close_all()
        super().handle_exit(sig, frame)


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(prog="secretariat live")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--most", type=int, default=5000)
    told = parser.parse_args()
    app = Live(
        dsn=os.environ.pop("LIVE_DSN"), key=bytes.fromhex(os.environ.pop("LIVE_KEY")),
        origins=frozenset(os.environ.pop("LIVE_ORIGINS", "").split()), most=told.most,
    )  # fmt: skip
    config = uvicorn.Config(
        app, host=told.host, port=told.port, log_level="warning", access_log=False, server_header=False,
        interface="asgi3", lifespan="on", timeout_graceful_shutdown=3, backlog=2048, ws="none",
    )  # fmt: skip
    Server(config).run()


if __name__ == "__main__":
    main()
