"""The tables of an empty database are those that the migrations make one by one."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests import server

# Apps whose tables were changed by later migrations, and those with functions of the database. The others would take
# Django most of a minute; that their one migration and their models agree is held by tests of the architecture.
SOME = ("contenttypes", "auth", "account", "socialaccount", "mfa", "audit")
LOOKS = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype <> 't'",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'migration', app, name FROM django_migrations",
    "SELECT 'sequence', sequencename, data_type::text FROM pg_sequences",
)


def look(url, tables=None):
    with psycopg.connect(url) as connection:
        found = {row for statement in LOOKS for row in connection.execute(statement)}
    return {row for row in found if tables is None or row[0] in tables}


@pytest.fixture(scope="module")
def cluster():
    home = Path(tempfile.mkdtemp(prefix="secretariat-tables-"))
    home.chmod(0o755)
    cluster = server.start(home)
    yield cluster
    cluster.stop()
    shutil.rmtree(home, ignore_errors=True)


def test_they_are_those_of_the_migrations(cluster):
    with psycopg.connect(cluster.url("owner", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE stepwise")
    stepwise = cluster.url("owner", "stepwise")
    environment = {**os.environ, "SECRETARIAT_MODE": "test", "DATABASE_URL": stepwise}
    run = (
        "import django; django.setup(); from django.db import connection; "
        "from django.db.migrations.executor import MigrationExecutor as Executor; steps = Executor(connection); "
        f"steps.migrate([end for end in steps.loader.graph.leaf_nodes() if end[0] in {SOME}])"
    )
    subprocess.run([sys.executable, "-c", run], cwd=settings.ROOT, env=environment, check=True)

    expected = look(stepwise)
    tables = {row[0] for row in expected}
    assert len(expected) > 300
    found = look(cluster.url("owner", server.MIGRATED), tables)
    applied = {row[1] for row in expected if row[0] == "migration"}
    assert {row for row in found if row[0] not in ("migration", "sequence") or row in expected} == expected
    assert applied >= set(SOME)


def test_a_database_with_tables_is_left_to_the_migrations(cluster):
    url = cluster.url("owner", server.MIGRATED)
    before = look(url)
    environment = {**os.environ, "SECRETARIAT_MODE": "test", "DATABASE_URL": url}
    command = [sys.executable, "-m", "secretariat.cli", "migrate"]
    ran = subprocess.run(
        command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert "No migrations to apply." in ran.stdout
    assert look(url) == before
