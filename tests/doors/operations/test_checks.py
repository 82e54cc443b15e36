"""Each check, on the database of the tests: what is well, and each thing that can be wrong with it."""

import io
import smtplib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from secretariat.doors.operations import probes
from secretariat.doors.operations.actions import OPERATOR
from secretariat.doors.operations.checks import contents, database, machine
from secretariat.doors.operations.checks.doctor import CHECKS, examine
from secretariat.doors.operations.checks.finding import Level, Look
from secretariat.foundation.audit.models import LogHead
from secretariat.foundation.audit.sealer import seal
from secretariat.foundation.files.actions import store_file
from tests.factories.accounts import NOW, make_account
from tests.factories.backups import make_backup, verify

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def levels(check, *, now=None, everything=False):
    return [finding.level.value for finding in check(Look(now or timezone.now(), everything))]


def as_owner(*statements):
    """Do what only the owner of the tables could do."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET ROLE app")


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path, monkeypatch):
    settings.VAR, settings.LOG_KEY = tmp_path, tmp_path / "keys" / "log.pem"
    monkeypatch.setattr(probes, "_applied", False)


def test_the_database_of_the_tests_is_well():
    assert levels(database.check_version) == ["ok", "warning"], "it runs without fsync"
    assert levels(database.check_migrations) == ["ok"]
    assert levels(database.check_triggers) == ["ok"]
    assert levels(machine.check_clock) == ["ok"]
    # The tests have one connection, whose login owns the tables: the doctor says so.
    assert levels(database.check_roles) == ["ok", "warning"]


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT UPDATE ON audit_act TO app",
        "GRANT DELETE ON audit_change TO app",
        "GRANT TRUNCATE ON operations_backup TO app",
        "GRANT INSERT ON audit_loghead TO app",
        "GRANT SELECT ON audit_personalvalue TO sealer",
        "REVOKE INSERT ON audit_act FROM app",
    ],
)
def test_a_right_too_many_or_too_few_is_a_failure(statement):
    as_owner(statement)

    found = next(database.check_roles(Look(NOW)))
    assert found.level == Level.FAILURE
    assert statement.split()[3] in found.says


def test_a_trigger_that_is_gone_or_off_is_a_failure():
    as_owner(
        "DROP TRIGGER append_only ON audit_act",
        "ALTER TABLE operations_backup DISABLE TRIGGER append_only",
    )

    missing, off = database.check_triggers(Look(NOW))
    assert (missing.level, off.level) == (Level.FAILURE, Level.FAILURE)
    assert "append_only ON audit_act" in missing.says
    assert "append_only ON operations_backup" in off.says


def test_tables_of_another_version_are_a_failure():
    as_owner("DELETE FROM django_migrations WHERE app = 'operations'")

    assert levels(database.check_migrations) == ["failure"]


def test_a_log_that_agrees_with_its_heads_is_well():
    assert levels(contents.check_log) == ["ok"]
    for _ in range(3):
        make_account()
        seal(now=timezone.now())

    assert levels(contents.check_log) == ["ok"]
    assert levels(contents.check_log, everything=True) == ["ok"]


CHANGES = {
    "an act": "UPDATE audit_act SET verb = 'never_happened'",
    "an entry": "UPDATE audit_logentry SET leaf_hash = sha256('x')",
    "a node": "UPDATE audit_lognode SET hash = sha256('x')",
    "a head's note": "UPDATE audit_loghead SET note = replace(note, 'time 2', 'time 1')",
    "a head's root": "UPDATE audit_loghead SET root = sha256('x')",
    "the last entry": "DELETE FROM audit_logentry WHERE index = (SELECT max(index) FROM audit_logentry)",
    "an act that is gone": "DELETE FROM audit_act",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_past_that_was_changed_is_a_failure(change):
    make_account()
    seal(now=timezone.now())
    as_superuser(CHANGES[change])

    assert levels(contents.check_log) == ["failure"]


def as_superuser(statement):
    """Change what even the owner cannot: somebody with the machine in hand switches the triggers off."""
    as_owner(
        *(
            f"ALTER TABLE {table} DISABLE TRIGGER USER"
            for table in ("audit_act", "audit_logentry", "audit_lognode", "audit_loghead")
        ),
        statement,
    )


def test_heads_of_another_key_are_a_failure(settings):
    make_account()
    seal(now=timezone.now())
    public = settings.LOG_KEY.with_suffix(".pub")
    public.unlink()
    assert levels(contents.check_log) == ["failure"]
    public.write_text("nonsense")
    assert levels(contents.check_log) == ["failure"]


def test_what_waits_too_long_for_the_sealer_is_a_failure():
    make_account()
    assert levels(contents.check_log) == ["ok"]
    assert levels(contents.check_log, now=timezone.now() + timedelta(minutes=3)) == ["failure", "ok"]
    assert not LogHead.objects.exists()


@pytest.fixture
def file(request):
    # Words of its own: tests beside this one keep their files in the same place, each content once.
    words = f"content of {request.node.name}".encode()
    return store_file(
        stream=io.BytesIO(words), name="a.txt", allowed_types=(), limit=99, actor=OPERATOR, now=NOW
    )


@pytest.mark.parametrize("everything", [True, False])
def test_a_file_that_is_gone_or_changed_is_a_failure(file, everything):
    assert levels(contents.check_files, everything=everything) == ["ok"]
    with open(default_storage.path(file.storage_key), "wb") as stream:
        stream.write(b"changed")
    assert levels(contents.check_files, everything=everything) == ["failure"]
    default_storage.delete(file.storage_key)
    assert levels(contents.check_files, everything=everything) == ["failure"]


def test_a_key_that_others_can_read_is_a_failure(settings):
    assert levels(machine.check_keys) == ["warning"]
    settings.LOG_KEY.parent.mkdir()
    settings.LOG_KEY.touch(0o600)
    settings.LOG_KEY.with_suffix(".pub").touch(0o644)
    assert levels(machine.check_keys) == ["ok"]
    settings.LOG_KEY.chmod(0o640)
    assert levels(machine.check_keys) == ["failure"]


def test_settings_for_the_public(settings):
    assert levels(machine.check_settings) == ["ok"]
    settings.PRODUCTION, settings.DEBUG, settings.SECRET_KEY = True, True, "short"
    settings.SITE_URL, settings.ALLOWED_HOSTS = "http://example.org", ["*"]
    assert levels(machine.check_settings) == ["failure"] * 4
    settings.DEBUG, settings.SECRET_KEY = False, "long" * 10
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://example.org", ["example.org"]
    assert levels(machine.check_settings) == ["ok"]


def test_mail_that_nobody_takes_is_a_failure(settings):
    assert levels(machine.check_mail) == ["ok"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert levels(machine.check_mail) == ["failure"]
    assert issubclass(smtplib.SMTPException, OSError), "a server that refuses is a failure too"


def test_a_disk_that_is_full_is_a_failure(monkeypatch):
    assert levels(machine.check_disk) == ["ok"]
    monkeypatch.setattr(machine, "FREE_SHARE", 1.1)
    assert levels(machine.check_disk) == ["failure"]


def test_a_backup_must_be_new_and_verified(settings):
    assert levels(machine.check_backup, now=NOW) == ["warning"]
    settings.PRODUCTION = True
    assert levels(machine.check_backup, now=NOW) == ["failure"]
    verify(make_backup("a"))
    assert levels(machine.check_backup, now=NOW) == ["ok"]
    assert levels(machine.check_backup, now=NOW + 3 * DAY) == ["warning"]
    verify(make_backup("b", made_at=NOW + DAY), "changed")
    assert levels(machine.check_backup, now=NOW + DAY) == ["failure"]


def test_nobody_working_is_told():
    assert levels(machine.check_worker) == ["warning"]


def test_a_check_that_cannot_be_made_is_a_failure_and_the_others_are_made(monkeypatch):
    def broken(look):
        raise OSError("no such thing\nDETAIL: a secret")
        yield

    monkeypatch.setitem(CHECKS, "clock", ("clock", broken))
    found = list(examine(Look(timezone.now())))

    assert [name for name, _ in found if name == "clock"] == ["clock"]
    assert {name for name, _ in found} == set(CHECKS)
    says = next(finding.says for name, finding in found if name == "clock")
    assert "no such thing" in says
    assert "secret" not in says


def test_the_command_says_it_in_lines_in_either_language(capsys, settings):
    with pytest.raises(SystemExit), transaction.atomic():
        as_owner("GRANT UPDATE ON audit_act TO app")
        call_command("doctor", language="zh-hans")

    out = capsys.readouterr().out
    assert len(out.splitlines()) >= len(CHECKS)
    assert "✗ " in out
    assert not any(line.isascii() for line in out.splitlines())
