"""How long the server takes for a list of the desk with 5,000 rows: first and late page, search, filters, export.

Runs in a throw-away database, made for it and dropped afterwards: ``python benchmarks/lists.py [ROWS]``. It measures
the time of the application alone, from request to response, in process; results go to benchmarks/results/lists.json.
"""

import json
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RUNS = 15
NOW = datetime(2022, 6, 1, 9, 0, tzinfo=UTC)
ASKED = {
    "first page": "",
    "sorted by organisation": "sort=organisation",
    "searched": "q=per+ana",
    "filtered by country": "country=KE&country=CN",
    "200 rows, every column": "size=200&cols=organisation,country,number,name_zh,orcid,languages,account,recorded",
}


def main(rows):
    from secretariat.config.cluster import Cluster

    home = Path(tempfile.mkdtemp(prefix="secretariat-lists-"))
    home.chmod(0o755)
    cluster = Cluster(home / "pg", fast=True)
    cluster.start()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="secretariat.config.settings", SECRETARIAT_MODE="test",
        DATABASE_URL=cluster.url("owner"), SECRETARIAT_VAR=str(home),
    )  # fmt: skip
    try:
        found = measured(rows)
    finally:
        cluster.destroy()
    report = {
        "rows": rows,
        "runs": RUNS,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "ms": found,
    }
    (ROOT / "benchmarks" / "results" / "lists.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measured(rows):
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    fill(rows)
    client = Client()
    client.force_login(reader())
    found = {asked: timed(client, f"/desk/people/?{query}") for asked, query in ASKED.items()}
    found["last page but one"] = timed(client, late_page(client))
    found["CSV of all"] = timed(client, "/desk/people/?export=csv", runs=3)
    found["XLSX of all"] = timed(client, "/desk/people/?export=xlsx", runs=3)
    return found


def fill(rows):
    """Make people with places and affiliations, as the registry's own tables keep them."""
    from django.db import connection

    from secretariat.registry.organisations.logic import fold
    from secretariat.registry.organisations.models import Organisation
    from secretariat.registry.people.models import Affiliation, Person
    from secretariat.registry.refs.models import Ref
    from tests.factories.places import make_place

    places = [make_place(code) for code in ("KE", "CN", "BR", "DE", "FR", "IN", "ZA", "US", "JP", "NG")]
    refs = Ref.objects.bulk_create(
        [Ref(kind="organisation", number=f"ORG-{n:05d}") for n in range(rows // 10)]
        + [Ref(kind="person", number=f"PER-{n:05d}") for n in range(rows)]
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(
            ref=ref, name_en=f"Example Institute {n}", kind="academia", sort_key=f"example institute {n}"
        )
        for n, ref in enumerate(refs[: rows // 10])
    )
    given = ("Ana", "Bo", "Chen", "Dina", "Emeka", "Farid", "Grace", "Hana", "Ivan", "Jun")
    people = Person.objects.bulk_create(
        Person(
            ref=ref, given_name=given[n % 10], family_name=f"Person{n:05d}", country=places[n * 7 % 10],
            sort_key=fold(f"Person{n:05d} {given[n % 10]}"),
        )
        for n, ref in enumerate(refs[rows // 10 :])
    )  # fmt: skip
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person, organisation=organisations[n % len(organisations)], starts_on=date(2020, 1, 1)
        )
        for n, person in enumerate(people)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def reader():
    from secretariat.foundation.accounts.actions import give_grant
    from tests.factories.accounts import INSTALLER, make_account

    account = make_account("reader@example.org")
    give_grant(
        account=account,
        right="desk.read",
        starts_on=date(2020, 1, 1),
        reason="Benchmark",
        actor=INSTALLER,
        now=NOW,
    )
    return account


def late_page(client):
    """Return the page before the last one: read from the end, the second page, turned round."""
    page = client.get("/desk/people/?sort=-name").content.decode()
    after = re.search(r"after=([0-9a-f-]{36})", page)[1]
    return f"/desk/people/?before={after}"


def timed(client, path, runs=RUNS):
    """Return the medians of a request's milliseconds after one that warms up: on the clock, and of this process's CPU.

    On a machine with other work only the second says something of the program; the database's share is not in it.
    """
    times, work = [], []
    for _ in range(runs + 1):
        start, used = time.perf_counter(), time.process_time()
        response = client.get(path)
        size = sum(map(len, response.streaming_content)) if response.streaming else len(response.content)
        times.append(1000 * (time.perf_counter() - start))
        work.append(1000 * (time.process_time() - used))
        assert response.status_code == 200 and size > 1000, (path, response.status_code, size)
    return {"clock": round(statistics.median(times[1:]), 1), "cpu": round(statistics.median(work[1:]), 1)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
