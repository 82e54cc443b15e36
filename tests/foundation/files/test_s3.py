"""Files in an S3-compatible store: a small one is played by a server in this process."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from secretariat.foundation.files import queries
from secretariat.foundation.files.actions import FileRefused, store_file
from tests.factories.accounts import NOW, make_account, make_actor

PDF = b"%PDF-1.7\nA paper.\n"


class Bucket(BaseHTTPRequestHandler):
    """PUT, HEAD and GET of objects, as far as the product asks for them."""

    objects: dict[str, bytes]
    asked: list[str]
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            size, _, rest = body.partition(b"\r\n")
            body = rest[: int(size.split(b";")[0], 16)]
        self.objects[self.path] = body
        self.answer(200)

    def do_HEAD(self):
        self.answer(200 if self.path in self.objects else 404, self.objects.get(self.path, b""))

    def do_GET(self):
        self.answer(200 if self.path in self.objects else 404, self.objects.get(self.path, b""))

    def answer(self, status, body=b""):
        self.asked.append(f"{self.command} {self.path}")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"x"')
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def bucket(settings, monkeypatch):
    handler = type("Papers", (Bucket,), {"objects": {}, "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    options = {"bucket_name": "papers", "default_acl": "private"}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def store(content=PDF, actor=None):
    return store_file(
        stream=io.BytesIO(content), name="paper.pdf", allowed_types=["application/pdf"], limit=100,
        actor=actor or make_actor(), now=NOW,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_file_goes_to_the_bucket_once_and_comes_back(bucket):
    actor = make_actor(account=make_account())

    file, again = store(actor=actor), store(actor=actor)

    assert bucket.objects == {f"/papers/{file.storage_key}": PDF}
    assert again.storage_key == file.storage_key
    assert sum(line.startswith("PUT") for line in bucket.asked) == 1
    with queries.open_file(actor, file) as stream:
        assert stream.read() == PDF


@pytest.mark.django_db
def test_what_is_refused_never_leaves_this_machine(bucket):
    with pytest.raises(FileRefused):
        store(b"<html>")

    assert (bucket.objects, bucket.asked) == ({}, [])
