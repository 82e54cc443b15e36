"""What runs when the product is served: each part a process, so that none takes another down with it."""

import contextlib
import http.client
import os
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.management import get_commands
from django.db import connections
from psycopg import pq
from psycopg.conninfo import make_conninfo

from secretariat.foundation.live.tickets import derive_key

NEXT_PORTS = 20
THREADS = 4
# Every open connection counts, one that is quiet too: with the server's own numbers the 1,025th browser finds no door.
CONNECTIONS, BACKLOG = 8192, 4096


class PortTaken(Exception):
    """Somebody else serves there already."""


@dataclass(frozen=True)
class Part:
    """One process: its command, and what its environment has beyond our own (secrets may be among that)."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    # Whether it may start: the pages come first, the rest need not be there for the first of them.
    may_start: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Plan:
    """Where the product is served: ``live_url`` is where browsers find the events."""

    host: str
    port: int
    live_port: int
    live_url: str
    web_workers: int = 1


def plan(*, host: str, port: int, live_port: int | None, web_workers: int = 1) -> Plan:
    """Return a plan whose ports are free.

    Raises:
        PortTaken: a port that was asked for is in use. The server of the pages would share it in silence, and each
            would answer every other time.
    """
    for wanted, option in ((port, "--port"), (live_port, "--live-port")):
        if wanted and _is_taken(host, wanted):
            raise PortTaken(f"Port {wanted} is taken; choose another one with {option}.")
    live_port = live_port or next(
        (p for p in range(port + 1, port + NEXT_PORTS) if not _is_taken(host, p)), port + 1
    )
    behind_proxy = settings.PRODUCTION or "SECRETARIAT_LIVE_URL" in os.environ
    live_url = settings.LIVE_URL if behind_proxy else f"http://localhost:{live_port}/events"
    return Plan(host, port, live_port, live_url, web_workers)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1" if host == "0.0.0.0" else host, port)) == 0


def parts(planned: Plan) -> list[Part]:
    """Return the parts of the product in the order of their start. The worker is one where there is one."""
    own = (sys.executable, "-m", "secretariat.cli")
    found = [web(planned), live(planned), Part("sealer", (*own, "seal"), may_start=after(planned))]
    if "worker" in get_commands():
        found.append(Part("worker", (*own, "worker"), may_start=after(planned)))
    return found


def web(planned: Plan) -> Part:
    """Return the part that answers pages and the API."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", planned.host, "--port", str(planned.port),
        "--workers", str(planned.web_workers), "--blocking-threads", str(THREADS), "--no-ws",
        "--backlog", str(BACKLOG), "--backpressure", str(CONNECTIONS),
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning",
    ]  # fmt: skip
    if settings.LOG_FORMAT == "json":
        command += ["--log-config", str(settings.ROOT / "secretariat" / "doors" / "serving" / "granian.json")]
    # One connection for each thread, unless the environment says otherwise.
    pool = os.environ.get("SECRETARIAT_POOL", str(THREADS))
    environment = {"SECRETARIAT_LIVE_URL": planned.live_url, "SECRETARIAT_POOL": pool}
    return Part("web", (*command, "secretariat.config.wsgi:application"), environment)


def live(planned: Plan) -> Part:
    """Return the part that streams events. It is told what it needs and reads no settings."""
    command = (
        sys.executable, "-m", "secretariat.foundation.live.server",
        "--host", planned.host, "--port", str(planned.live_port),
    )  # fmt: skip
    return Part("live", command, live_environment(planned.port))


def live_environment(port: int) -> dict[str, str]:
    """Return the three things the live process is told: the database, the key of tickets, the site's addresses."""
    told = connections["default"].get_connection_params()
    # What is the driver's own (how it prepares, which rows it makes) is no part of an address.
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    dsn = make_conninfo(**{name: value for name, value in told.items() if name in known})
    origins = {settings.SITE_URL.rstrip("/")}
    if not settings.PRODUCTION:
        origins |= {f"http://localhost:{port}", f"http://127.0.0.1:{port}"}
    key = derive_key(settings.SECRET_KEY).hex()
    return {"LIVE_DSN": dsn, "LIVE_KEY": key, "LIVE_ORIGINS": " ".join(sorted(origins))}


def after(planned: Plan) -> Callable[[], bool]:
    """Return whether the pages answer by now."""

    def answers() -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            host = "127.0.0.1" if planned.host == "0.0.0.0" else planned.host
            connection = http.client.HTTPConnection(host, planned.port, timeout=1)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False

    return answers
