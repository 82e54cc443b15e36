"""Times how long an event takes from its commit to the last of 1,000 open pages, and what the process needs for them.

    .venv/bin/python benchmarks/live.py [number of pages]

A server of the embedded PostgreSQL, the live process, and the pages (this process) run on one machine, so the pages'
own reading is within the times. Results: benchmarks/results/live.json.
"""

import asyncio
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))

import psycopg  # noqa: E402

from secretariat.config.cluster import Cluster  # noqa: E402
from secretariat.foundation.live import tickets  # noqa: E402
from secretariat.foundation.live.stream import DATABASE_CHANNEL  # noqa: E402

RESULT = HERE.parent / "results" / "live.json"
PORT = 18271
KEY = tickets.derive_key("benchmark")
EVENTS = 30
TOGETHER = 50  # pages that open at once


def memory(pid):
    """Resident and peak memory of a process, MiB."""
    lines = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line
    )
    return tuple(round(int(lines[name].split()[0]) / 1024, 1) for name in ("VmRSS", "VmHWM"))


def processor_seconds(pid):
    """Processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def open_page(number):
    """Open one stream as its own account and read until it has said hello."""
    ticket = tickets.issue(f"account-{number}", ["desk"], expires=time.time() + 3000, key=KEY)
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(f"GET /events?ticket={ticket} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await reader.readuntil(b"event: hello\ndata: {}\n\n")
    return reader, writer


async def read_events(reader, arrivals):
    """Note when each event arrives at one page."""
    while True:
        text = await reader.readuntil(b"\n\n")
        if b"event: rung" in text:
            number = int(text.partition(b'"n": "')[2].partition(b'"')[0])
            arrivals.setdefault(number, []).append(time.perf_counter())


async def measure(pages, dsn, pid):
    """Open the pages, ring, and return the times and the memory."""
    started, before = time.perf_counter(), memory(pid)[0]
    opened = []
    for start in range(0, pages, TOGETHER):
        opened += await asyncio.gather(*(open_page(n) for n in range(start, min(pages, start + TOGETHER))))
    opening, arrivals = time.perf_counter() - started, {}
    readers = [asyncio.create_task(read_events(reader, arrivals)) for reader, _ in opened]
    held, worked = memory(pid)[0], processor_seconds(pid)
    times = []
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        for number in range(EVENTS):
            payload = json.dumps({"channel": "desk", "n": str(number)})
            rung = time.perf_counter()
            await connection.execute("SELECT pg_notify(%s, %s)", [DATABASE_CHANNEL, payload])
            while len(arrivals.get(number, ())) < pages:
                await asyncio.sleep(0.002)
                if time.perf_counter() - rung > 30:
                    raise SystemExit(
                        f"event {number} reached {len(arrivals.get(number, ()))} of {pages} pages"
                    )
            times.append({"first": min(arrivals[number]) - rung, "all": max(arrivals[number]) - rung})
            await asyncio.sleep(0.2)
    for task in readers:
        task.cancel()
    return {
        "pages": pages, "events": EVENTS, "opening_s": round(opening, 2),
        "first_page_s": {"median": round(median(t["first"] for t in times), 4)},
        "all_pages_s": {
            "median": round(median(t["all"] for t in times), 4), "worst": round(max(t["all"] for t in times), 4),
        },
        "memory_mib": {"before": before, "held": held, "peak": memory(pid)[1]},
        "kib_a_page": round((held - before) * 1024 / pages, 1),
        "processor_ms_an_event": round((processor_seconds(pid) - worked) / EVENTS * 1000, 1),
    }  # fmt: skip


def stopping(process):
    """End the live process with its pages open; return how long that took."""
    started = time.perf_counter()
    process.terminate()
    process.wait(timeout=20)
    return round(time.perf_counter() - started, 2)


def main():
    """Measure, print and keep."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, pages * 2 + 200), hard))
    home = Path(tempfile.mkdtemp(prefix="secretariat-live-"))
    home.chmod(0o755)
    cluster = Cluster(home / "pg", fast=True)
    process = None
    try:
        cluster.start()
        dsn = cluster.url("app").replace("postgres://", "postgresql://")
        told = {"LIVE_DSN": dsn, "LIVE_KEY": KEY.hex(), "LIVE_ORIGINS": ""}
        command = [sys.executable, "-m", "secretariat.foundation.live.server", "--port", str(PORT)]
        process = subprocess.Popen(
            command, env={**os.environ, **told}, cwd=HERE.parents[1], stderr=subprocess.DEVNULL
        )
        asyncio.run(until_open())
        found = asyncio.run(measure_and_stop(pages, dsn, process))
    finally:
        if process and process.poll() is None:
            process.kill()
            process.wait()
        cluster.destroy()
        shutil.rmtree(home, ignore_errors=True)
    machine = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[1],
    }
    RESULT.write_text(json.dumps({"machine": machine, **found}, indent=1) + "\n")
    print(json.dumps(found, indent=1))


async def measure_and_stop(pages, dsn, process):
    """Measure; then end the process while all pages are open."""
    found = await measure(pages, dsn, process.pid)
    return {**found, "stopping_s": await asyncio.to_thread(stopping, process)}


async def until_open():
    """Wait until the process answers."""
    for _ in range(400):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", PORT)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.05)
    raise SystemExit("the live process does not answer")


if __name__ == "__main__":
    main()
