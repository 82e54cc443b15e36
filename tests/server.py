"""The throw-away server of a run of tests: migrated once for as long as no file changes that says how a table looks."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from secretariat.config.cluster import DATABASE, Cluster

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "tests"
MIGRATED = "migrated"
TABLES = ("migrations/*.py", "models*", "models/*.py", "states.py", "apps.py", "receivers.py")


def digest_of_tables() -> str:
    """Return what the tables depend on: the apps' own files, the triggers of the trail, the versions installed."""
    product = ROOT / "secretariat"
    found = {path for pattern in TABLES for path in product.glob(f"*/*/{pattern}") if path.is_file()}
    found |= {path for folder in ("foundation/audit", "config") for path in (product / folder).rglob("*.py")}
    found |= {*product.rglob("*.sql"), ROOT / "requirements.lock", Path(__file__)}
    told = hashlib.sha256(sys.version.encode())
    for path in sorted(found):
        told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return told.hexdigest()[:16]


def start(home: Path) -> Cluster:
    """Start a server below ``home`` that holds a migrated database, its data folder kept for the next run."""
    cluster, kept = Cluster(home / "pg", fast=True), KEPT / digest_of_tables()
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _make(cluster, kept)
        else:
            kept.touch()
    if not cluster.data.exists():
        _copy(kept, cluster.data)
    cluster.start()
    return cluster


def prepare(home: Path) -> None:
    """Put a server with the migrated tables below ``home``, as an installation of its own would have made it."""
    cluster = start(home)
    with psycopg.connect(cluster.url("owner", "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {DATABASE}")
        connection.execute(f"ALTER DATABASE {MIGRATED} RENAME TO {DATABASE}")
    cluster.stop()


def _make(cluster: Cluster, kept: Path) -> None:
    cluster.start()
    with psycopg.connect(cluster.url("owner", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {MIGRATED}")
    environment = {
        **os.environ, "SECRETARIAT_MODE": "test", "DATABASE_URL": cluster.url("owner", MIGRATED),
        "SECRETARIAT_VAR": str(cluster.home.parent),
    }  # fmt: skip
    command = [sys.executable, "-m", "secretariat.cli", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    cluster.stop()
    for old in sorted(KEPT.glob("*/"), key=lambda folder: folder.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)
    half = kept.with_suffix(".half")
    _copy(cluster.data, half)
    half.rename(kept)


def _copy(source: Path, target: Path) -> None:
    # With its owner: the server refuses a folder that is not its own.
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def make_database(url: str, name: str) -> None:
    """Make a database of the migrated one's tables, anew if there is one."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(MIGRATED)
            )
        )
