"""Measures every kind of public page over the demo's database: processor time, size, statements.

    bin/demo once, to have the database; then: .venv/bin/python benchmarks/pages.py [times each]

Pages are found as a stranger finds them, by their links from the front page; of a kind with many pages the first few
are taken. They are answered in this process and made anew each time (nothing kept for strangers), so the time is
Python's alone: no server, no network, none of the database's own time. Beside it stands what a page costs that is
kept. A plain loop timed beside them says how fast the machine was. Results: benchmarks/results/pages.json.
"""

import json
import os
import platform
import re
import sys
import time
from collections import deque
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import resolve  # noqa: E402

RESULT = HERE.parent / "results" / "pages.json"
OF_A_KIND = 3
SHUT = ("/my/", "/desk/", "/enter/", "/language/", "/sign-in/", "/static/", "/style/", "/events")
LINK = re.compile(r'href="(/[^"#?]*)')
LIMITS = {"cpu_ms": 25, "kb": 100}


def pages(client):
    """Paths of public pages by the name of their address, a few of each."""
    found, seen, waiting = {}, {"/"}, deque(["/"])
    while waiting:
        path = waiting.popleft()
        name = resolve(path).view_name
        if len(found.setdefault(name, [])) >= OF_A_KIND:
            continue
        response = client.get(path)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        found[name].append(path)
        for link in LINK.findall(response.content.decode()):
            if link not in seen and not link.startswith(SHUT) and "." not in link:
                seen.add(link)
                waiting.append(link)
    return {name: paths for name, paths in found.items() if paths}


def measure(client, path, times):
    """Least processor time of a page in milliseconds (neighbours only add to it), the median, kB, statements.

    ``kept_ms`` is the same for the strangers who come within the seconds a page is kept.
    """
    statements = []

    def count(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        size = len(client.get(path).content)
    spent = []
    for _ in range(times):
        start = time.process_time()
        client.get(path)
        spent.append(1000 * (time.process_time() - start))
    settings.PUBLIC_SECONDS, again = 60, []
    for _ in range(times):
        start = time.process_time()
        client.get(path)
        again.append(1000 * (time.process_time() - start))
    settings.PUBLIC_SECONDS = 0
    return {
        "path": path,
        "cpu_ms": round(min(spent), 1),
        "kept_ms": round(median(again), 1),
        "median_ms": round(median(spent), 1),
        "kb": round(size / 1000, 1),
        "statements": len(statements),
    }


def plain_loop():
    """Processor time of three million additions in milliseconds: what a page's time is to be read against."""
    start, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return round(1000 * (time.process_time() - start))


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PUBLIC_SECONDS = 0
    loops = [plain_loop()]
    with settings.CLUSTER.in_use():
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        rows = {
            name: max((measure(client, path, times) for path in paths), key=lambda row: row["cpu_ms"])
            for name, paths in sorted(pages(client).items())
        }
    for name, row in rows.items():
        over = [limit for limit, most in LIMITS.items() if row[limit] > most]
        spent = f"{row['cpu_ms']:7} ms, kept {row['kept_ms']:5} ms"
        print(f"{name:24} {spent} {row['kb']:7} kB {row['statements']:4}  {' '.join(over)}")
    told = {"python": platform.python_version(), "machine": platform.machine(), "processors": os.cpu_count()}
    told["plain_loop_ms"] = min(*loops, plain_loop())
    result = {"measured": time.strftime("%Y-%m-%d"), "limits": LIMITS, "times": times, **told, "pages": rows}
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
