"""A whole installation with its own server: backed up, restored beside it, found well; and what is refused."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from tests import server

REGISTRY = """
since = 2022-01-01
simulated = true
[[organisations]]
key = "one"
en = "Example Secretariat"
zh = "示例秘书处"
kind = "association"
country = "CN"
[[people]]
email = "desk@example.org"
given = "Ada"
family = "Example"
zh = "艾达"
organisation = "one"
rights = ["desk.run"]
"""
KEEP_FILE = """
import io
from django.utils import timezone
from secretariat.doors.operations.actions import OPERATOR
from secretariat.foundation.files.actions import store_file
store_file(stream=io.BytesIO(b"a file to keep"), name="kept.txt", allowed_types=(), limit=99, actor=OPERATOR,
           now=timezone.now())
"""


class Installation:
    """One folder with its own server. Commands are real ones, in processes of their own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(mode=0o755)

    def run(self, *command, code=0):
        kept = {name: v for name, v in os.environ.items() if not name.startswith(("DATABASE", "SECRETARIAT"))}
        ran = subprocess.run(
            [sys.executable, "-m", "secretariat.cli", *map(str, command)], cwd=settings.ROOT, text=True,
            env={**kept, "SECRETARIAT_MODE": "demo", "SECRETARIAT_VAR": str(self.folder)}, capture_output=True,
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def doctor(self, *options, code=0):
        return json.loads(self.run("doctor", "--json", *options, code=code))


@pytest.fixture(scope="module")
def place():
    """A folder that stays open to the server's own user whatever else is tested on this machine."""
    folder = Path(tempfile.mkdtemp(prefix="secretariat-back-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def filled(place):
    (place / "registry.toml").write_text(REGISTRY)
    (place / "passphrase").write_text("correct horse battery staple\n")
    installation = Installation(place / "first")
    server.prepare(installation.folder)
    installation.run("migrate", "--database", "owner", "--verbosity", "0")
    installation.run("register", place / "registry.toml")
    installation.run("shell", "--no-imports", "-c", KEEP_FILE)
    installation.run("worker", "--until-empty")  # a job that waits is a failure after a while
    installation.run("seal", "--once")
    return installation


@pytest.fixture(scope="module")
def archive(filled, place):
    target = place / "copy.tar"
    said = filled.run("backup", target, "--passphrase-file", place / "passphrase")
    assert "copy.tar: verified" in said
    return target


def test_an_installation_comes_back_whole(filled, archive, place):
    with tarfile.open(archive) as tar:
        members = {name.partition("/")[0] for name in tar.getnames()}
    assert members == {"database.dump", "files", "keys.sealed", "manifest.json"}
    assert archive.stat().st_mode & 0o077 == 0
    second = Installation(place / "second")

    second.run("restore", archive, "--passphrase-file", place / "passphrase")

    sealed = second.run("seal", "--once")  # an act that waits is a failure after a while
    assert sealed.startswith("localhost:8000/log\n"), "the log goes on under the same key"
    found = second.doctor("--all")
    assert {check["check"] for check in found["checks"] if check["level"] != "ok"} == {"worker"}, found
    assert (second.folder / "keys" / "log.pem").read_bytes() == (
        filled.folder / "keys" / "log.pem"
    ).read_bytes()
    assert (second.folder / "keys" / "log.pem").stat().st_mode & 0o077 == 0
    assert [p.read_bytes() for p in (second.folder / "files").rglob("*") if p.is_file()] == [
        b"a file to keep"
    ]
    # What is not empty is left alone, and what the doctor finds broken says so.
    assert "--replace" in second.run("restore", archive, "--passphrase-file", place / "passphrase", code=2)
    next(p for p in (second.folder / "files").rglob("*") if p.is_file()).write_bytes(b"a file changed")
    broken = second.doctor(code=1)
    assert [check["check"] for check in broken["checks"] if check["level"] == "failure"] == ["files"]
    assert "文件" in second.run("doctor", "--language", "zh-hans", code=1)


def test_what_is_not_whole_is_refused(archive, place):
    third = Installation(place / "third")
    assert "passphrase" in third.run("restore", archive, code=2)
    content = archive.read_bytes()
    (place / "changed.tar").write_bytes(content[:3000] + bytes([content[3000] ^ 1]) + content[3001:])
    (place / "short.tar").write_bytes(content[: len(content) // 2])

    assert "not whole" in third.run("restore", place / "changed.tar", code=2)
    assert "not whole" in third.run("restore", place / "short.tar", code=2)
    assert third.doctor(code=1)["ok"] is False, "nothing was restored"


def test_a_backup_is_verified_again_and_never_written_over(filled, archive, place):
    assert "is there already" in filled.run("backup", archive, code=1)
    assert "verified" in filled.run("backup", archive, "--verify")
    filled.run("seal", "--once")
    backup = [c for c in filled.doctor()["checks"] if c["check"] == "backup"]
    assert [(c["level"], "copy.tar" in c["says"]) for c in backup] == [("ok", True)]
