"""Serves the pages with granian, and seals the log every few seconds beside it."""

import signal
import socket
import subprocess
import sys
import threading
from types import FrameType

from django.conf import settings
from django.db import connections
from django.utils import timezone

from secretariat.foundation.audit.sealer import seal

HOST = "127.0.0.1"
SEAL_EVERY = 5.0  # seconds


class PortTaken(Exception):
    """Somebody else serves there already."""


def serve(port: int) -> int:
    """Serve on localhost until interrupted or ended; the server and the sealer end with this process.

    Raises PortTaken if the port is in use: granian would share it in silence, and each would answer every other time.
    """
    _require_free(port)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, _interrupt)
    stop = threading.Event()
    sealer = threading.Thread(target=_seal_until, args=(stop,), name="sealer")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--backpressure", "16", "--no-ws", "--log-level", "warning",
        "secretariat.config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=settings.ROOT)
    sealer.start()
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop.set()
        server.terminate()
        server.wait()
        sealer.join()


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise PortTaken(f"Port {port} is taken; choose another one with --port.")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _seal_until(stop: threading.Event) -> None:
    while not stop.wait(SEAL_EVERY):
        seal(now=timezone.now())
    connections.close_all()
