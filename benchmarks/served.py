"""The whole product, served on a throw-away database that waits for the disk, and browsers that come as they come.

What the benchmarks of load share: start it, ask it over connections that stay open, kill a part of it, end it.
"""

import asyncio
import http.client
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PORT = 18400
SEED = 7
AGAIN_AFTER = 0.25  # seconds a browser waits before it asks again
CSRF = "c" * 32
SHUT = (0, 502, 503)  # nobody answered


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's environment without what is set of the product, for an installation below ``home``."""
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("SECRETARIAT", "DATABASE"))
    }
    return {
        **own,
        "SECRETARIAT_VAR": str(home),
        "DJANGO_SETTINGS_MODULE": "secretariat.config.settings",
        **more,
    }


@contextmanager
def installation(name: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a folder with a running database, and the environment of its owner; all of it goes away again."""
    sys.path.insert(0, str(ROOT))
    from secretariat.config.cluster import Cluster

    home = Path(tempfile.mkdtemp(prefix=f"secretariat-{name}-"))
    home.chmod(0o755)
    cluster = Cluster(home / "pg")
    try:
        cluster.start()
        yield home, environment(home, SECRETARIAT_MODE="test", DATABASE_URL=cluster.url("owner"))
    finally:
        cluster.destroy()
        shutil.rmtree(home, ignore_errors=True)


def aside(script: str, step: str, *arguments: object, owner: dict[str, str]) -> None:
    """Do a step of a benchmark in a process of its own, as the database's owner."""
    command = [sys.executable, script, f"--{step}", *map(str, arguments)]
    subprocess.run(command, env=owner, check=True, cwd=ROOT)


@contextmanager
def served(home: Path, **settings: str) -> Iterator[subprocess.Popen]:
    """Serve the product; give its supervisor once the pages answer."""
    command = [sys.executable, "-m", "secretariat.cli", "serve", "--port", str(PORT)]
    with (home / "serve.log").open("w") as log:
        product = subprocess.Popen(
            command,
            env=environment(home, SECRETARIAT_LOG="json", **settings),
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(is_open, 60, "the pages")
        time.sleep(8)  # worker and sealer start after the pages
        yield product
    finally:
        product.terminate()
        product.wait(timeout=30)


def is_open() -> bool:
    """Whether the pages answer."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def wait_for(check: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until something is so; end the benchmark where it does not become so."""
    until = time.monotonic() + seconds
    while not check():
        if time.monotonic() > until:
            raise SystemExit(f"waited {seconds} s for {what}")
        time.sleep(0.2)


def kill(supervisor: int, mark: str) -> None:
    """Kill the part of the product whose command line bears the mark, with all it started, by signal 9."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == supervisor and mark in (folder / "cmdline").read_text().split("\0"):
                os.killpg(int(folder.name), signal.SIGKILL)
                print(f"killed {mark} at {time.strftime('%X')}", file=sys.stderr)
                return
        except (OSError, ValueError):
            continue
    raise SystemExit(f"nobody is called {mark}")


class Doors:
    """A connection for each session that stays open, as everybody's own browser keeps it."""

    def __init__(self) -> None:
        self.free: dict[str, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def exchange(self, session: str, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Return status and body; status 0: the door was shut, or closed in the middle."""
        try:
            reader, writer = self.free.pop(session, None) or await asyncio.open_connection("127.0.0.1", PORT)
            writer.write(request(method, path, session, body))
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1])) if length else b""
        except (OSError, asyncio.IncompleteReadError):
            return 0, b""
        self.free[session] = reader, writer
        return int(head.split(" ", 2)[1]), body


def request(method: str, path: str, session: str, body: bytes = b"") -> bytes:
    """Return a request as a signed-in page makes it."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: localhost:{PORT}\r\nCookie: sessionid={session}; csrftoken={CSRF}\r\n"
        f"X-CSRFToken: {CSRF}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def arrive(
    jobs: Iterator[Callable[[], Awaitable[object]]], rate: float, seconds: float,
    middle: Sequence[tuple[float, Callable[[], None]]] = (),
) -> list[float]:  # fmt: skip
    """Begin jobs at exponential gaps, whether or not earlier ones have ended; return their latencies in seconds.

    A latency counts from the moment the job was due. What stands in ``middle`` is done at its second.
    """
    chance, started, at, tasks, waiting = random.Random(SEED), time.perf_counter(), 0.0, [], list(middle)
    latencies: list[float] = []

    async def one(due: float, job: Callable[[], Awaitable[object]]) -> None:
        await job()
        latencies.append(time.perf_counter() - started - due)

    while (at := at + chance.expovariate(rate)) < seconds:
        if (wait := started + at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        while waiting and at >= waiting[0][0]:
            waiting.pop(0)[1]()
        if (job := next(jobs, None)) is None:
            break
        tasks.append(asyncio.create_task(one(at, job)))
    await asyncio.wait_for(asyncio.gather(*tasks), 90)
    return latencies


def in_ms(latencies: Sequence[float]) -> dict[str, int]:
    """Return median, p95, p99 and worst in whole milliseconds."""
    cuts = quantiles(latencies, n=100)
    found = {"median": median(latencies), "p95": cuts[94], "p99": cuts[98], "worst": max(latencies)}
    return {name: round(1000 * value) for name, value in found.items()}


def additions() -> float:
    """Return how long this machine takes for ten million additions, in seconds: rows of two machines compare by it."""
    started, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return round(time.perf_counter() - started, 2)


def keep(name: str, part: str, row: dict) -> None:
    """Put a row into the results of a benchmark, with the machine it was measured on."""
    path = RESULTS / f"{name}.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    machine = {
        "python": platform.python_version(), "cores": os.cpu_count(), "load_after": os.getloadavg()[0],
        "ten_million_additions_s": additions(),
    }  # fmt: skip
    kept[part] = {"measured": time.strftime("%Y-%m-%d"), "machine": machine, **row}
    path.write_text(json.dumps(kept, indent=1) + "\n")
    print(json.dumps(row, indent=1))
