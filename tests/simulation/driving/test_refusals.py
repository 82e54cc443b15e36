"""What ``secretariat call`` refuses, in one line each, and what it leaves behind: nothing."""

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from secretariat.engines.sealed.canonical import opens
from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.audit.models import Act
from secretariat.simulation.driving.answers import No, Refused, refusing
from secretariat.summit.calls.models import Call, Receipt, Submission
from secretariat.summit.review.models import Conflict
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.bodies import make_body
from tests.factories.calls import CONTENT, make_call, make_open_call, make_submission
from tests.factories.editions import make_edition, make_series
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.places import make_place
from tests.factories.selections import make_selection
from tests.factories.topics import make_scheme

ROOT = Path(__file__).resolve().parents[3]
WIC = ROOT / "profiles" / "wic" / "calls" / "cases-2022.toml"
DURING, AFTER = "2022-06-02T10:00", "2022-12-01T10:00"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("desk@example.org")


def make_desk(email):
    account = make_account(email)
    for right in ("desk.run", "desk.read"):
        give_grant(
            account=account, right=right, starts_on=date(2022, 1, 1), reason="Test", actor=INSTALLER, now=NOW
        )
    return account


@pytest.fixture
def call(capsys):
    """Run ``secretariat call``; returns what it printed."""

    def run(line):
        call_command("call", *shlex.split(line))
        return capsys.readouterr().out

    return run


@pytest.fixture
def refusal(call):
    """Run ``secretariat call`` and return why it was refused, in one line."""

    def run(line, kind=Refused):
        with pytest.raises(kind) as caught:
            call(line)
        assert type(caught.value) is kind
        assert caught.value.returncode == {Refused: 2, No: 1}[kind]
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return run


# -- Who acts, and when -----------------------------------------------------------------------------------------


def test_without_a_name_the_only_desk_acts(call, refusal):
    made = make_call()

    assert "nobody runs the desk" in refusal(f"open {made.key} --at {DURING}")
    make_desk("one@example.org")
    call(f"open {made.key} --at {DURING}")
    assert Act.objects.get(verb="call_opened").door == "command"
    make_desk("two@example.org")
    assert "several accounts run the desk" in refusal(f"status {made.key}")
    assert "state" in call(f"status {made.key} --as TWO@example.org")
    assert refusal(f"status {made.key} --as three@example.org") == (
        f"status {made.key}: --as three@example.org: there is no such account"
    )


def test_a_closed_account_does_not_act(call, refusal, desk):
    made = make_call()
    other = make_desk("other@example.org")
    other.is_active = False
    other.save()

    assert "this account is closed" in refusal(f"open {made.key} --as other@example.org --at {DURING}")
    call(f"open {made.key} --at {DURING}")  # the only one that is left


@pytest.mark.parametrize(
    "line",
    [
        "open KEY", "status KEY", "close KEY", "screen KEY", "seal", "conflicts KEY", "match KEY recommended",
        "freeze KEY eligible", "decide KEY recommended --by Somebody", "honours KEY offer", "honours KEY confer",
        "book KEY prepare", "export KEY --out bundle.zip", "conflicts KEY --resolve NUMBER/PERSON --bars --reason X",
    ],
)  # fmt: skip
def test_the_command_line_gives_nobody_more_rights(line, refusal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    play = make_selection("decided" if "honours" in line else "screened")
    applicant = play.submissions[0].person
    conflict = Conflict.objects.create(
        person=play.reviewers[1], submission=play.submissions[0], kind="test", explanation="A test"
    )
    words = {
        "KEY": play.call.key,
        "NUMBER/PERSON": f"{conflict.submission.ref.number}/{conflict.person.ref.number}",
    }
    for word, value in words.items():
        line = line.replace(word, value)
    before = Act.objects.count()

    told = refusal(f"{line} --as {applicant.account.email}")

    assert "You may not do this" in told or told.endswith("the list recommended is not frozen yet")
    assert Act.objects.count() == before
    assert list(tmp_path.iterdir()) == []


def test_the_clock_is_set_for_a_simulated_edition_of_a_demo_only(refusal, desk, settings):
    real = make_call(edition=make_edition(make_series("summit")))
    simulated = make_call()

    assert refusal(f"open {real.key} --at {DURING}") == (
        f"open {real.key}: --at: the clock of SUMMIT-2022 is real; it is not a simulated edition"
    )
    assert "is no time like 2022-08-20T10:00" in refusal(f"open {simulated.key} --at yesterday")
    settings.MODE = "production"
    assert "the clock is real here" in refusal(f"open {simulated.key} --at {DURING}")
    assert set(Call.objects.values_list("state", flat=True)) == {"draft"}


def test_a_time_without_its_zone_is_one_of_the_call(call, desk):
    made = make_open_call()  # closes at 18:00 in Shanghai
    with pytest.raises(Refused):
        call(f"close {made.key} --at 2022-08-31T17:59")

    call(f"close {made.key} --at 2022-08-31T18:00")

    assert Call.objects.get(pk=made.pk).state == "closed"


def test_a_database_without_tables_says_how_to_make_them():
    with pytest.raises(Refused) as caught, refusing("status x"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM nowhere")

    assert str(caught.value) == "status x: the database has no tables: secretariat migrate --database owner"


# -- Declaring --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('key = "cases-2022"\n', "", ": key: missing"),
        ('scheme = "cases"', 'scheme = "no"', "scheme: the registry has no list of topics 'no'"),
        ("keep = 12", 'keep = "many"', "stages[2].keep: expected a whole number, got 'many'"),
        ("[title]", "[titel]", "title: missing"),
        ("[title]", "[title", "not readable as TOML"),
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Wuzhen"', "timing.zone: 'Asia/Wuzhen' is no time zone"),
    ],
)
def test_a_call_file_is_refused_with_file_key_and_reason(old, new, told, refusal, desk, tmp_path):
    edition = make_edition(simulated=True)
    file = tmp_path / "call.toml"
    file.write_text(WIC.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    line = refusal(f"declare {file} --edition {edition.ref.number} --at {DURING}")

    assert "call.toml: " in line and told in line
    assert Call.objects.count() == 0


def test_a_call_is_declared_for_an_edition_there_is_and_once(refusal, desk, tmp_path):
    made = make_call()
    make_scheme("cases")

    assert "committee: the registry has no body 'cases-review-committee'" in refusal(
        f"declare {WIC} --edition {made.edition.ref.number}"
    )
    assert "--edition NO-2022: there is no such edition" in refusal(f"declare {WIC} --edition NO-2022")
    assert "no such file" in refusal(f"declare {tmp_path}/none.toml --edition {made.edition.ref.number}")
    assert refusal("open nothing") == "open nothing: There is no call “nothing”."
    assert (
        refusal(f"freeze {made.key} nothing")
        == f"freeze {made.key} nothing: {made.key} has no stage “nothing”"
    )


def test_what_the_database_refuses_is_one_line_too(refusal, desk):
    made = make_call(key="cases-2022")
    make_scheme("cases")
    for key in ("cases-review-committee", "secretariat", "council"):
        make_body(key)

    told = refusal(f"declare {WIC} --edition {made.edition.ref.number} --at {DURING}")

    assert told.startswith("declare: the database refuses it: duplicate key")
    assert "CALL-CASES-2022" in told
    assert Call.objects.count() == 1


# -- Handing in -------------------------------------------------------------------------------------------------


def entry(person, **content):
    return {"person": person.ref.number, "organisation": None, "content": {**CONTENT, **content}}


@pytest.fixture
def entries(tmp_path):
    """Two rows that are right and four that are not, in a file."""
    make_place("SE")
    person, silent = make_person(account=make_account()), make_person()
    rows = [
        entry(person),
        entry(person, title={"en": "A title that is far too long"}, colour="red"),
        entry(silent),
        {"person": person.ref.number, "content": []},
        {**entry(person), "partners": ["ORG-99999"]},
        {**entry(person), "organisation": make_organisation().ref.number, "partners": []},
    ]
    file = tmp_path / "entries.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    return file


def test_each_row_is_taken_whole_or_not_at_all(entries, call, capsys, desk):
    made = make_open_call()

    with pytest.raises(No) as caught:
        call(f"import {made.key} {entries} --at {DURING}")

    first, second, *_more = Submission.objects.order_by("ref__number").select_related("ref", "person")
    lines = [
        line.split(maxsplit=3)[2:]
        for line in capsys.readouterr().out.replace(f"{entries}: ", "").splitlines()
    ]
    assert lines[1:] == [
        ["taken", first.ref.number],
        ["refused", "colour: There is no such field."],
        ["refused", lines[3][1]],
        ["refused", "content: an object with an answer for each field is expected"],
        ["refused", "organisation: there is no 'ORG-99999'"],
        ["taken", second.ref.number],
    ]
    assert "has no account to act with" in lines[3][1]
    assert str(caught.value).endswith("4 of 6 rows cannot be taken")
    assert set(Submission.objects.values_list("state", flat=True)) == {"submitted"}
    assert Submission.objects.count() == 2 and [first.ref.number[-3:], second.ref.number[-3:]] == [
        "001",
        "002",
    ]


def test_the_audit_says_that_a_row_was_brought_in(entries, call, desk):
    made = make_open_call()
    with pytest.raises(No):
        call(f"import {made.key} {entries} --at {DURING}")

    acts = Act.objects.filter(verb="submission_submitted")

    applicant = Submission.objects.select_related("person").first().person
    assert {(act.door, act.account_id) for act in acts} == {("import", applicant.account_id)}


def test_a_dry_run_writes_nothing(entries, call, capsys, desk):
    made = make_open_call()
    before = (Act.objects.count(), Submission.objects.count())

    with pytest.raises(No):
        call(f"import {made.key} {entries} --dry-run --at {DURING}")

    assert capsys.readouterr().out.count("would be taken") == 2
    assert (Act.objects.count(), Submission.objects.count()) == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("entries.json", "{}", "entries.json: a list of submissions is expected"),
        ("entries.json", "[\n{,", "entries.json: line 2, column 2: "),
        ("entries.json", '[{"person": NaN}]', "entries.json: "),
        ("entries.csv", "", "entries.csv: is empty"),
        ("entries.csv", "person,colour\n", "entries.csv:1: the column 'colour' is unknown; there are organisation,"),
        ("entries.csv", "title.en\nA\n", "entries.csv:1: there is no column 'person'"),
        ("entries.csv", "person\n", "entries.csv: has no row below its header"),
        ("entries.csv", "person,title.en\nPER-00001\n", "entries.csv:2: 1 cells; the header has 2"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_whole(name, text, told, refusal, desk, tmp_path):
    made = make_open_call()
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert told in refusal(f"import {made.key} {tmp_path / name} --at {DURING}")


def test_nobody_hands_in_for_another(refusal, desk, tmp_path):
    made = make_open_call()
    own, other = make_person(account=make_account("own@example.org")), make_person(account=make_account())
    file = tmp_path / "entry.json"
    file.write_text(json.dumps(entry(other)), encoding="utf-8")

    told = refusal(f"submit {made.key} {file} --as own@example.org --at {DURING}")

    assert own.account.email == "own@example.org"
    assert told == f"submit {made.key}: Only the desk brings in what others wrote."
    assert Submission.objects.count() == 0


def test_what_the_database_cannot_hold_is_refused(refusal, desk, tmp_path):
    make_place("SE")
    made = make_open_call()
    file = tmp_path / "entry.json"
    file.write_text(
        json.dumps(entry(make_person(account=make_account()), contact={"en": "\0"})), encoding="utf-8"
    )

    assert "the database refuses it: unsupported Unicode" in refusal(
        f"submit {made.key} {file} --at {DURING}"
    )
    assert Submission.objects.count() == 0


def test_a_late_submission_says_why(refusal, desk, tmp_path):
    make_place("SE")
    made = make_open_call()
    file = tmp_path / "entry.json"
    file.write_text(json.dumps(entry(make_person(account=make_account()))), encoding="utf-8")

    assert "“closed”" in refusal(f"submit {made.key} {file} --at {AFTER}")
    file.write_text(json.dumps({"person": None}), encoding="utf-8")
    assert "person: the number of a person is expected" in refusal(f"submit {made.key} {file} --at {DURING}")


def test_a_receipt_opens_the_commitment_for_its_applicant_only(call, refusal, desk):
    submission = make_submission(make_open_call())
    number, applicant = submission.ref.number, submission.person.account.email
    make_account("stranger@example.org")

    own = call(f"receipt {number}/1 --as {applicant}")
    kept = Receipt.objects.select_related("version").get()

    salt = bytes.fromhex(re.search(r"^Salt.*: ([0-9a-f]{64})$", own, re.MULTILINE)[1])
    assert opens(kept.version.commitment, kept.version.content, salt)
    assert kept.version.commitment in own
    assert "Salt" not in call(f"receipt {number}")
    assert refusal(f"receipt {number} --as stranger@example.org").endswith(
        f"There is no submission “{number}”."
    )
    assert refusal(f"receipt {number}/2") == f"receipt {number}/2: there is no receipt {number}/2"
