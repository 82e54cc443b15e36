"""How long the search takes among 100,000 things, in English and Chinese, for a stranger, an applicant and staff.

Runs in a throw-away database, made for it and dropped afterwards: ``python benchmarks/search.py [ROWS]``. It measures
an answer as a page asks for it, facets and the first hits, in process; the indexes that PostgreSQL uses are read from
its own plan. Results go to benchmarks/results/search.json.
"""

import json
import os
import platform
import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 5
TARGET_MS = 50
NOW = datetime(2022, 6, 1, 9, 0, tzinfo=UTC)
SPACE = UUID("0192d3a0-0000-7000-8000-000000000000")
# Words as titles have them, the frequent ones first; a name of its own makes every thing findable.
SUBJECTS = (
    "network", "platform", "data", "system", "service", "model", "security", "cloud", "computing", "chip", "quantum",
    "satellite", "sensor", "robot", "harbour", "library", "hospital", "school", "farm", "energy", "water", "heritage",
    "language", "translation", "payment", "logistics", "weather", "forest", "ocean", "railway",
)  # fmt: skip
MANNERS = (
    "open", "trusted", "distributed", "digital", "green", "smart", "rural", "urban", "shared", "low-power", "resilient",
    "federated", "inclusive", "multilingual", "real-time", "community", "regional", "maritime", "precise", "long-range",
)  # fmt: skip
SUBJECTS_ZH = (
    "网络", "平台", "数据", "系统", "服务", "模型", "安全", "云", "计算", "芯片", "量子", "卫星", "传感器", "机器人",
    "港口", "图书馆", "医院", "学校", "农业", "能源", "水利", "遗产", "语言", "翻译", "支付", "物流", "气象", "森林",
    "海洋", "铁路",
)  # fmt: skip
MANNERS_ZH = (
    "开放", "可信", "分布式", "数字", "绿色", "智能", "乡村", "城市", "共享", "低功耗", "韧性", "联邦", "普惠",
    "多语种", "实时", "社区", "区域", "海事", "精准", "远程",
)  # fmt: skip
SYLLABLES = ("ba", "do", "ke", "li", "mo", "na", "pu", "ri", "sa", "te", "vi", "wen", "xu", "ya", "zo")
# Kind -> its share, and whether everybody finds it.
KINDS = {
    "person": (0.4, False), "organisation": (0.25, False), "submission": (0.2, False), "letter": (0.05, False),
    "entry": (0.05, True), "member": (0.05, True),
}  # fmt: skip
ASKED = {
    "a frequent word": ("network", "platform", "data", "digital"),
    "a rarer word": ("railway", "forest", "maritime", "translation"),
    "two words": ("quantum network", "green harbour", "rural school", "shared satellite"),
    "a beginning": ("netw", "pla", "quan", "harb"),
    "Chinese, a word": ("网络", "数字", "铁路", "森林"),
    "Chinese, a phrase": ("分布式网络", "绿色港口", "乡村学校", "数字图书馆"),
    "a slip": ("netwrok", "quantm", "harbuor", "translaton"),
    "nothing": ("xylophone", "钢琴", "zzzz", "unheard of"),
}
READERS = ("stranger", "applicant", "staff")


def main(rows):
    from secretariat.config.cluster import Cluster

    home = Path(tempfile.mkdtemp(prefix="secretariat-search-"))
    home.chmod(0o755)
    cluster = Cluster(home / "pg", fast=True)
    cluster.start()
    os.environ.update(
        DJANGO_SETTINGS_MODULE="secretariat.config.settings", SECRETARIAT_MODE="test",
        DATABASE_URL=cluster.url("owner"), SECRETARIAT_VAR=str(home),
    )  # fmt: skip
    try:
        report = measured(rows)
    finally:
        cluster.destroy()
    (ROOT / "benchmarks" / "results" / "search.json").write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measured(rows):
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    filling = time.perf_counter()
    fill(rows)
    filling = time.perf_counter() - filling
    load = os.getloadavg()[0]
    times = {reader: {} for reader in READERS}
    for reader in READERS:
        for what, questions in ASKED.items():
            times[reader][what] = timed(reader, questions)
    worst = max(each["p95_ms"] for found in times.values() for each in found.values())
    return {
        "rows": rows,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load_before": round(load, 1),
        "was_shared": load > 1,
        "filling_s": round(filling, 1),
        "target_p95_ms": TARGET_MS,
        "worst_p95_ms": worst,
        "asked": times,
        "indexes": {what: indexes_of(questions[0]) for what, questions in ASKED.items()},
    }


def fill(rows):
    """Put the things into the index, as the index's own actions make them."""
    from django.db import connection

    from secretariat.record.search.actions import _row
    from secretariat.record.search.models import SearchRow
    from tests.factories.editions import make_edition
    from tests.factories.places import make_place
    from tests.factories.topics import make_topic

    editions = [make_edition(year=year).ref.number for year in range(2014, 2024)]
    for code in ("KE", "CN", "BR", "DE", "SE"):
        make_place(code)
    topics = [make_topic(f"topic-{n}").key for n in range(12)]
    rng, batch = Random(7), []
    for number, kind in enumerate(rng.choices(list(KINDS), [share for share, _ in KINDS.values()], k=rows)):
        batch.append(_row(kind, entry(number, kind, rng, editions, topics)))
        if len(batch) == 2_000:
            SearchRow.objects.bulk_create(batch)
            batch = []
    SearchRow.objects.bulk_create(batch)
    connection.cursor().execute("VACUUM ANALYZE search_searchrow")


def entry(number, kind, rng, editions, topics):
    """One thing: a title of some words and a name of its own, a line about it, and a text now and then."""
    from secretariat.record.search.sources import READERS as DESK
    from secretariat.record.search.sources import Entry

    is_public = KINDS[kind][1]
    words = [min(int(rng.expovariate(0.15)), 29) for _ in range(3)]
    manner = min(int(rng.expovariate(0.2)), 19)
    name = "".join(rng.choices(SYLLABLES, k=3)).title()
    path, year = f"/x/{number}/", rng.randrange(2014, 2024)
    return Entry(
        key=uuid5(SPACE, str(number)),
        title_en=f"{name} {MANNERS[manner]} {SUBJECTS[words[0]]}",
        title_zh=f"{name}{MANNERS_ZH[manner]}{SUBJECTS_ZH[words[0]]}",
        about_en=f"{kind[:3].upper()}-{number:06d} · Example Institute of {SUBJECTS[words[1]]}",
        about_zh=f"{kind[:3].upper()}-{number:06d} · {SUBJECTS_ZH[words[1]]}研究院",
        words=f"{kind[:3].upper()}-{number:06d}",
        text=f"{SUBJECTS[words[2]]} for {MANNERS[manner]} use; {SUBJECTS_ZH[words[2]]}" if number % 4 == 0 else "",
        edition=editions[year - 2014] if kind in {"submission", "entry"} else "",
        place=rng.choice(("KE", "CN", "BR", "DE", "SE", "")), topic=rng.choice(topics) if kind == "entry" else "",
        year=year, public_path=path if is_public else "", my_path=path if kind == "submission" else "",
        desk_path=path, is_public=is_public, rights=() if is_public else DESK,
    )  # fmt: skip


def actor_of(reader):
    from secretariat.foundation.accounts.actor import Actor, Capacity

    rights = {"staff": ("desk.run", "desk.read")}.get(reader, ())
    return Actor(
        person_id=UUID(int=1) if reader != "stranger" else None,
        capacities=tuple(Capacity(right, "benchmark") for right in rights),
    )


def door_of(reader):
    return {"stranger": "public", "applicant": "my", "staff": "desk"}[reader]


def timed(reader, questions):
    """Milliseconds of an answer: the middle, and what one in twenty exceeds; and how much was found at most."""
    from secretariat.record.search.queries import find

    actor, door, times, most = actor_of(reader), door_of(reader), [], 0
    for question in questions:
        find(actor, question, door=door)
    for _ in range(ROUNDS):
        for question in questions:
            begun = time.perf_counter()
            answer = find(actor, question, door=door)
            times.append(1000 * (time.perf_counter() - begun))
            most = max(most, answer.count)
    times.sort()
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "found": most,
    }


def indexes_of(question):
    """The indexes by which PostgreSQL says it finds what has the words, or what is spelt alike, at the desk."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from secretariat.record.search.queries import find

    with CaptureQueriesContext(
        connection,
    ) as asked:
        find(actor_of("staff"), question, door="desk")
    found = set()
    for statement in asked.captured_queries:
        sql = statement["sql"]
        if "search_searchrow" in sql:
            with connection.cursor() as cursor:
                cursor.execute("SET pg_trgm.word_similarity_threshold = 0.5")
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(row[0] for row in cursor.fetchall())
            found |= set(re.findall(r"Index Scan (?:using|on) (\w+)", plan))
            if "Seq Scan on search_searchrow" in plan:
                found.add("none")
    return sorted(found)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
