"""A whole installation with its own server: backed up, restored beside it, found well; and what is refused."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.conf import settings

from tests import server
from tests.doors.serving.test_serving import get, wait_for
from tests.foundation.live.conftest import free_port

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
# A selection whose honours were conferred, and a call that is open with a draft in it.
PLAY = """
from datetime import timedelta
from django.utils import timezone
from tests.factories.accounts import make_account
from tests.factories.calls import make_open_call, make_submission
from tests.factories.people import make_person
from tests.factories.selections import make_selection
from secretariat.foundation.accounts.actor import Actor
played = make_selection("conferred")
applicant = make_person(account=make_account("applicant@example.org"))
actor = Actor(applicant.account_id, applicant.pk)
now = timezone.now()
call = make_open_call(closes_at=now + timedelta(days=9))
draft = make_submission(call, applicant=(applicant, actor), now=now, hand_in=False)
print("played", played.call.key, draft.ref.number)
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

    @property
    def environment(self):
        kept = {name: v for name, v in os.environ.items() if not name.startswith(("DATABASE", "SECRETARIAT"))}
        return {**kept, "SECRETARIAT_MODE": "demo", "SECRETARIAT_VAR": str(self.folder)}

    def run(self, *command, code=0):
        ran = subprocess.run(
            [sys.executable, "-m", "secretariat.cli", *map(str, command)], cwd=settings.ROOT, text=True,
            env=self.environment, capture_output=True,
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
    said = installation.run("shell", "--no-imports", "-c", PLAY)
    _played, installation.selection, installation.draft = said.splitlines()[-1].split()
    installation.run("worker", "--until-empty")  # a job that waits is a failure after a while
    installation.run("seal", "--once")
    return installation


@pytest.fixture(scope="module")
def archive(filled, place):
    target = place / "copy.tar"
    said = filled.run("backup", target, "--passphrase-file", place / "passphrase")
    assert "copy.tar: verified" in said
    return target


@pytest.fixture(scope="module")
def back(archive, place):
    """The same installation on an empty machine."""
    installation = Installation(place / "second")
    installation.run("restore", archive, "--passphrase-file", place / "passphrase")
    return installation


def kept_files(installation):
    folder = installation.folder / "files"
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_installation_comes_back_whole(filled, archive, back, place):
    with tarfile.open(archive) as tar:
        members = {name.partition("/")[0] for name in tar.getnames()}
    assert members == {"database.dump", "files", "keys.sealed", "manifest.json"}
    assert archive.stat().st_mode & 0o077 == 0

    sealed = back.run("seal", "--once")  # an act that waits is a failure after a while
    assert sealed.startswith("localhost:8000/log\n"), "the log goes on under the same key"
    found = back.doctor("--all")
    assert {check["check"] for check in found["checks"] if check["level"] != "ok"} == {"worker"}, found
    assert (back.folder / "keys" / "log.pem").read_bytes() == (
        filled.folder / "keys" / "log.pem"
    ).read_bytes()
    assert (back.folder / "keys" / "log.pem").stat().st_mode & 0o077 == 0
    assert b"a file to keep" in kept_files(back).values()
    assert kept_files(back) == kept_files(filled)


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


class Reader:
    """Whoever asks a served installation for pages, and sends forms as a browser without scripts does."""

    def __init__(self, port):
        self.door = f"http://localhost:{port}"
        self.opener = build_opener(HTTPCookieProcessor())

    def get(self, path):
        with self.opener.open(self.door + path, timeout=30) as answer:
            self.at, content = answer.url.removeprefix(self.door), answer.read()
        self.page = content.decode(errors="replace")
        return content

    def send(self, path, **answers):
        """Send the form of the page that is open."""
        key = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)[1]
        sent = urlencode({**answers, "csrfmiddlewaretoken": key}, doseq=True).encode()
        with self.opener.open(self.door + path, sent, timeout=30) as answer:
            self.at, self.page = answer.url.removeprefix(self.door), answer.read().decode()


@contextmanager
def serving(installation):
    port, live_port = free_port(), free_port()
    command = [sys.executable, "-m", "secretariat.cli", "serve", "--port", port, "--live-port", live_port]
    with (installation.folder / "said").open("w") as said:
        process = subprocess.Popen(
            [*map(str, command)], env=installation.environment, cwd=settings.ROOT, stdout=said, stderr=said
        )
        try:
            wait_for(lambda: get(port, "/readyz")[0] == 200, seconds=180)
            yield Reader(port)
        finally:
            process.terminate()
            process.wait(timeout=30)


def letter(installation, words):
    """The text of the mail to the applicant that has these words, once it was sent."""

    def sent():
        for path in (installation.folder / "mail").glob("*"):
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            text = message.get_body(("plain",)).get_content()
            if words in text and "applicant@example.org" in message["To"]:
                return text
        return ""

    return wait_for(sent)


def test_the_journeys_go_on_where_it_comes_back(filled, back, place):
    """Sign in by a code, write on the draft that was kept, hand it in; read the list and recount it."""
    with serving(back) as reader:
        draft = f"/my/submissions/{filled.draft}"
        reader.get(f"/sign-in/?next={draft}/write/")
        reader.send("/sign-in/", email="applicant@example.org", next=f"{draft}/write/")
        code = re.search(r"^    (\S+)$", letter(back, "code"), re.M)[1]
        reader.send(reader.at, code=code, next=f"{draft}/write/")
        assert (reader.at, "Example" in reader.page) == (f"{draft}/write/", True)
        fields = dict(re.findall(r'name="(revision|writer)" value="([^"]+)"', reader.page))
        texts = {"title_en": "After the fire", "title_zh": "示例", "summary_en": "An example.",
                 "summary_zh": "示例。", "countries": ["SE"], "started_on": "2020-01-01"}  # fmt: skip
        reader.send(f"{draft}/write/", **fields, **texts, do="preview")
        assert reader.at == f"{draft}/preview/"
        assert "After the fire" in reader.page
        reader.send(f"{draft}/hand-in/", do="submit")
        assert reader.at == f"{draft}/receipts/1/"
        assert filled.draft in letter(back, filled.draft)

        stranger = Reader(reader.door.rpartition(":")[2])
        stranger.get(f"/selections/{filled.selection}/")
        assert "Recommended" in stranger.page
        bundle = place / "bundle.zip"
        bundle.write_bytes(stranger.get(f"/selections/{filled.selection}/bundle.zip"))

    back.run("selection", "verify", bundle)  # every step holds: it would end with a code otherwise
    back.run("seal", "--once")
    found = back.doctor("--all")
    assert {check["check"] for check in found["checks"] if check["level"] != "ok"} <= {"worker"}, found


def test_what_is_there_is_left_alone_and_what_is_broken_is_said(archive, back, place):
    assert "--replace" in back.run("restore", archive, "--passphrase-file", place / "passphrase", code=2)

    next(p for p in (back.folder / "files").rglob("*") if p.is_file()).write_bytes(b"a file changed")
    broken = back.doctor(code=1)
    assert [check["check"] for check in broken["checks"] if check["level"] == "failure"] == ["files"]
    assert "文件" in back.run("doctor", "--language", "zh-hans", code=1)
