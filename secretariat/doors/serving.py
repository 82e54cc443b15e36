"""Serves the pages with granian, and seals the log every few seconds beside it."""

import subprocess
import sys
import threading

from django.conf import settings
from django.db import connections
from django.utils import timezone

from secretariat.foundation.audit.sealer import seal

SEAL_EVERY = 5.0  # seconds


def serve(port: int) -> int:
    """Serve on localhost until interrupted; the server and the sealer end with this process."""
    stop = threading.Event()
    sealer = threading.Thread(target=_seal_until, args=(stop,), name="sealer")
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "--log-level", "warning", "secretariat.config.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=settings.ROOT)
    sealer.start()
    print(f"\nServing http://localhost:{port} - stop with Ctrl-C.", file=sys.stderr)  # noqa: T201 -- a command
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop.set()
        server.terminate()
        server.wait()
        sealer.join()


def _seal_until(stop: threading.Event) -> None:
    while not stop.wait(SEAL_EVERY):
        seal(now=timezone.now())
    connections.close_all()
