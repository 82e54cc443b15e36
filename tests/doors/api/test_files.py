"""Files through the API: in pieces, put to a question, read by whoever may."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.foundation.files.models import File, Upload
from secretariat.summit.calls.actions import open_call
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Submission
from tests.doors.api.test_problems import problem
from tests.factories.accounts import make_account
from tests.factories.calls import FIELDS, STAFF, make_applicant, make_call, make_submission

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"A long paper. " * 100
SIZE = len(PDF)
EVIDENCE = FieldSpec("evidence", "file", "Evidence", "佐证", params={"types": ["application/pdf"]})


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": store}


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def secret(applicant, secret_of):
    return secret_of("my.read", "my.write", account=applicant[0].account)


def begin(api, secret, size=SIZE, **told):
    return api("/my/uploads", secret, "post", json.dumps({"name": "paper.pdf", "size": size, **told}))


def send(client, secret, upload, first, piece, size=SIZE):
    span = f"bytes {first}-{first + len(piece) - 1}/{size}"
    return client.put(
        f"/api/v1/my/uploads/{upload}", piece, content_type="application/octet-stream",
        HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_CONTENT_RANGE=span,
    )  # fmt: skip


def finish(api, secret, upload, sha256=""):
    return api(f"/my/uploads/{upload}/finish", secret, "post", json.dumps({"sha256": sha256}))


def hand_in(api, client, secret):
    upload = begin(api, secret).json()["id"]
    send(client, secret, upload, 0, PDF)
    return finish(api, secret, upload).json()["id"]


def read(api, secret, path, **headers):
    answer = api(path, secret, **headers)
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_file_goes_on_where_it_stopped_and_comes_back(api, client, secret):
    begun = begin(api, secret)
    upload = begun.json()["id"]
    first = send(client, secret, upload, 0, PDF[:500])
    again = send(client, secret, upload, 0, PDF[:500])
    early = finish(api, secret, upload)
    assert begin(api, secret).json()["id"] == upload
    assert api(f"/my/uploads/{upload}", secret).json()["received"] == 500
    last = send(client, secret, upload, 500, PDF[500:])
    kept = finish(api, secret, upload, hashlib.sha256(PDF).hexdigest())

    assert (begun.status_code, first.json()["received"], again.json()["received"]) == (201, 500, 500)
    assert problem(early)[0] == "wrong-state"
    assert last.json()["received"] == len(PDF)
    assert kept.json()["media_type"] == "application/pdf" and kept.json()["size"] == len(PDF)
    assert finish(api, secret, upload).json()["id"] == kept.json()["id"]
    path = f"/my/files/{kept.json()['id']}"
    assert api(path, secret).json() == kept.json()
    answer, content = read(api, secret, f"{path}/content")
    assert content == PDF and answer.headers["Content-Type"] == "application/pdf"
    assert "paper.pdf" in answer.headers["Content-Disposition"]
    assert (
        read(api, secret, f"{path}/content", HTTP_IF_NONE_MATCH=answer.headers["ETag"])[0].status_code == 304
    )


@pytest.mark.parametrize(
    ("span", "piece"),
    [("", b"x"), ("bytes 0-1/9", b"x"), ("bytes 0-0/9", b"x"), (f"bytes 0-9/{len(PDF)}", b"x")],
    ids=["no span", "too short", "another size", "less than said"],
)
def test_a_piece_is_what_it_says(api, client, secret, span, piece):
    upload = begin(api, secret).json()["id"]
    answer = client.put(
        f"/api/v1/my/uploads/{upload}", piece, content_type="application/octet-stream",
        HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_CONTENT_RANGE=span,
    )  # fmt: skip

    kind, told = problem(answer)
    assert (kind, told["errors"][0]["field"]) == ("invalid", "Content-Range")
    assert api(f"/my/uploads/{upload}", secret).json()["received"] == 0


def test_a_damaged_file_is_not_kept(api, client, secret):
    upload = begin(api, secret).json()["id"]
    send(client, secret, upload, 0, PDF)
    kind, told = problem(finish(api, secret, upload, "0" * 64))

    assert (kind, told["errors"][0]["rule"]) == ("invalid", "damaged")
    assert not File.objects.exists()


def test_too_large_a_file_is_not_begun(api, secret, settings):
    settings.FILE_SIZE_LIMIT = 100

    assert problem(begin(api, secret, 101))[1]["errors"][0]["field"] == "size"
    assert not Upload.objects.exists()


def test_nobody_goes_on_with_anothers_upload_or_reads_her_file(api, client, secret, secret_of):
    upload, file = begin(api, secret).json()["id"], hand_in(api, client, secret)
    other = secret_of("my.read", "my.write")

    for answer in (
        api(f"/my/uploads/{upload}", other), send(client, other, upload, 0, PDF), finish(api, other, upload),
        api(f"/my/files/{file}", other), api(f"/my/files/{file}/content", other),
    ):  # fmt: skip
        assert problem(answer)[0] == "not-found"


def test_the_desk_reads_any_file_by_its_own_scope(api, client, secret, secret_of):
    file, account = hand_in(api, client, secret), make_account()
    desk = secret_of("my.read", "desk.read", account=account, rights=["desk.read"])

    assert read(api, desk, f"/desk/files/{file}/content")[1] == PDF
    assert api(f"/desk/files/{file}", desk).json()["sha256"] == hashlib.sha256(PDF).hexdigest()
    mine = secret_of("my.read", account=account)
    assert problem(api(f"/my/files/{file}", mine))[0] == "not-found"
    assert problem(api(f"/desk/files/{file}", mine))[0] == "scope-missing"


class TestAttaching:
    @pytest.fixture
    def number(self, applicant):
        now = timezone.now()
        call = make_call(
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1), fields=[*FIELDS, EVIDENCE]
        )
        call = open_call(call=call, actor=STAFF, now=now - timedelta(hours=12))
        return make_submission(call, applicant=applicant, now=now, hand_in=False).ref.number

    def put(self, api, secret, number, key, file, method="put"):
        return api(f"/my/submissions/{number}/files/{key}", secret, method, json.dumps({"file": file}))

    def test_a_file_answers_a_question_until_it_is_taken_out(self, api, client, secret, number):
        file = hand_in(api, client, secret)
        answered = self.put(api, secret, number, "evidence", file)
        assert answered.json()["draft"]["evidence"] == file and answered.headers["ETag"]
        taken = self.put(api, secret, number, "evidence", file, "delete")
        assert "evidence" not in taken.json()["draft"]
        assert Submission.objects.get().draft.keys() == taken.json()["draft"].keys()

    def test_a_question_for_no_file_and_a_file_of_another_are_named(
        self, api, client, secret, secret_of, number
    ):
        file = hand_in(api, client, secret)
        foreign = hand_in(api, client, secret_of("my.read", "my.write"))

        assert problem(self.put(api, secret, number, "title", file))[1]["errors"][0]["field"] == "title"
        assert problem(self.put(api, secret, number, "evidence", foreign))[1]["errors"][0]["rule"] == "yours"
        assert "evidence" not in Submission.objects.get().draft
