"""How long the server takes for the committee's list of 2,000 items with 6,000 reviews, and how many statements.

Runs in a throw-away database, made for it and dropped afterwards: ``python benchmarks/committee.py [ITEMS]``; filling
it by the product's own actions takes some minutes. Measured is the application alone, from request to response, in
process: the list as it would be frozen, its last page and its line, counted once and kept from one look to the next;
the first look, which counts; and the list once it is frozen. Results go to benchmarks/results/committee.json. For the
same page of pretalx 39 statements and 1.3 to 1.6 s of CPU were measured (2,000 submissions, 6,000 reviews).
"""

import json
import os
import platform
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ITEMS, MEMBERS, READERS = 2_000, 40, 3


def main(items):
    from benchmarks.lists import timed
    from secretariat.config.cluster import Cluster

    home = Path(tempfile.mkdtemp(prefix="secretariat-committee-"))
    home.chmod(0o755)
    cluster = Cluster(home / "pg", fast=True)
    cluster.start()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="secretariat.config.settings", SECRETARIAT_MODE="test",
        DATABASE_URL=cluster.url("owner"), SECRETARIAT_VAR=str(home),
    )  # fmt: skip
    try:
        found = measured(items, timed)
    finally:
        cluster.destroy()
    report = {
        "items": items,
        "reviews": items * READERS,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "pages": found,
    }
    (ROOT / "benchmarks" / "results" / "committee.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measured(items, timed):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from benchmarks.lists import reader

    call_command("migrate", verbosity=0)
    call = filled(items)
    client = Client()
    client.force_login(reader())
    base = f"/desk/review/calls/{call.key}/recommended"
    asked = {
        "list": f"{base}/list/",
        "list, last page": f"{base}/list/?page={items // 50}",
        "line": f"{base}/line/",
    }

    def look(path):
        statements = []

        def count(execute, *asked):
            statements.append(asked[0])
            return execute(*asked)

        with connection.execute_wrapper(count):
            answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return {
            **timed(client, path),
            "statements": len(statements),
            "kb": round(len(answer.content) / 1000, 1),
        }

    begun = time.process_time()
    client.get(asked["list"])
    first = round(1000 * (time.process_time() - begun))
    found = {"first look, counted": {"cpu": first}} | {name: look(path) for name, path in asked.items()}
    frozen(call)
    return found | {"frozen list": look(asked["list"])}


def filled(items):
    """A call whose readers have all handed in, by the actions of the product; the reviews alone are put in as rows."""
    from django.db import connection

    from secretariat.summit.review.models import Assignment, Review
    from tests.factories.calls import AFTER
    from tests.factories.review import make_call_in_review, make_matching

    call, _members = make_call_in_review(items, members=MEMBERS, readers=READERS, keep=items // 5)
    make_matching(call, objective="total")
    drawn = random.Random(1)
    readings = list(Assignment.objects.filter(stage__call=call).order_by("pk"))
    scores = [{"depth": drawn.randint(1, 10), "benefit": drawn.randint(1, 10)} for _ in readings]
    Review.objects.bulk_create(
        Review(
            assignment=reading,
            scores=given,
            overall=sum(given.values()) / 2,
            handed_in_at=AFTER + timedelta(hours=1),
        )
        for reading, given in zip(readings, scores, strict=True)
    )
    Assignment.objects.filter(stage__call=call).update(state="done")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return call


def frozen(call):
    from tests.factories.review import freeze

    freeze(call)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ITEMS)
