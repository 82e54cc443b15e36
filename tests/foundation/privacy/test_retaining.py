"""What has run out is said; it is erased only when somebody asks for it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from secretariat.foundation.accounts.actions.invitations import invite
from secretariat.foundation.accounts.actions.sign_ins import record_sign_in
from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed
from secretariat.foundation.accounts.models import Device, Invitation
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Message
from secretariat.foundation.privacy.actions import apply_retention
from secretariat.foundation.privacy.queries import run_out
from secretariat.foundation.privacy.tasks import apply_retention as apply_job
from secretariat.foundation.privacy.tasks import report_retention
from secretariat.record.correspondence.models import Incoming
from secretariat.summit.calls.actions import close_call
from secretariat.summit.calls.models import Submission, Version
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.calls import CLOSES, STAFF, make_open_call, make_submission
from tests.factories.correspondence import make_incoming
from tests.factories.notices import declare_kinds, tell_one
from tests.factories.privacy import MARK, columns_with
from tests.factories.staff import just_signed_in, sign_in_with

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def found(now):
    return {row.holding.model: row.count for row in run_out(now)}


def use_device(account):
    actor = make_actor(account=account)
    return record_sign_in(
        account=account, method="code", device_key="k", label=MARK, network="192.0.2.0", actor=actor, now=NOW
    )


def test_a_device_runs_out_a_year_after_it_was_used():
    use_device(make_account())
    last = NOW + timedelta(days=365)

    assert found(last) == {}
    assert found(last + timedelta(seconds=1)) == {"accounts.Device": 1}


def test_what_is_applied_leaves_history_too_and_once():
    use_device(make_account())

    assert apply_retention(actor=INSTALLER, now=NOW + YEAR) == {"accounts.Device": 1}
    assert not Device.objects.exists()
    assert columns_with(MARK) == set()
    assert apply_retention(actor=INSTALLER, now=NOW + YEAR) == {}
    act = Act.objects.get(verb="retention_applied")
    assert act.detail == {"kind": "accounts.Device", "rows": 1}


def test_an_invitation_nobody_took_up():
    invite(email=f"{MARK.lower()}@example.org", reason="test", actor=STAFF, now=NOW)
    late = NOW + timedelta(days=14 + 91)

    assert found(late) == {"accounts.Invitation": 1}
    apply_retention(actor=INSTALLER, now=late)
    assert list(Invitation.objects.values_list("email", flat=True)) == [""]
    assert (found(late), columns_with(MARK)) == ({}, set())


def test_where_mail_went_a_year_ago():
    declare_kinds()
    account = make_account(f"{MARK.lower()}@example.org")
    tell_one(account)
    assert found(NOW + YEAR) == {}  # it still waits
    Message.objects.update(state="sent", sent_at=NOW)

    assert apply_retention(actor=INSTALLER, now=NOW + YEAR) == {"notices.Message": 1}
    assert MARK.lower() not in Message.objects.get().address
    assert found(NOW + YEAR) == {}


def test_a_draft_never_handed_in_and_what_was():
    call = make_open_call()
    draft, handed_in = make_submission(call, hand_in=False), make_submission(call)
    close_call(call=call, actor=STAFF, now=CLOSES)
    assert found(CLOSES + timedelta(days=364)) == {}

    apply_retention(actor=INSTALLER, now=CLOSES + YEAR)
    assert Submission.objects.get(pk=draft.pk).draft == {}
    assert Version.objects.get(submission=handed_in).content != {}
    assert apply_retention(actor=INSTALLER, now=CLOSES + timedelta(days=3660)) == {
        "calls.Submission": 1, "calls.Version": 1,
    }  # fmt: skip
    version = Version.objects.get(submission=handed_in)
    assert (version.content, bool(version.commitment)) == ({}, True)


def test_a_letter_of_ten_years_ago():
    make_incoming(sender=f"Dr {MARK}", summary=MARK)

    apply_retention(actor=INSTALLER, now=NOW + timedelta(days=3660))
    assert list(Incoming.objects.values_list("sender", "summary", "subject")) == [("", "", "A question")]
    assert columns_with(MARK) == set()


@pytest.mark.parametrize(
    "actor",
    [SYSTEM, make_actor("desk.run"), make_actor("audit.read")],
    ids=["task", "desk", "auditor"],
)
def test_nobody_else_applies_it(actor):
    with pytest.raises(NotAllowed):
        apply_retention(actor=actor, now=NOW)


def command(*arguments):
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_and_erases_nothing_unless_told():
    assert command() == "Nothing has run out.\n"
    use_device(make_account())

    said = command()
    assert "accounts" in said and "1  devices: a year after it was last used" in said
    assert said.endswith("Nothing was erased. To erase it: secretariat retention --apply\n")
    assert Device.objects.count() == 1
    assert command("--apply").endswith("Erased: 1 rows.\n")
    assert Device.objects.count() == 0


def test_the_night_only_reports(caplog):
    use_device(make_account())
    with caplog.at_level("WARNING"):
        report_retention(now=NOW + YEAR)

    assert "1 devices of accounts have run out" in caplog.text
    assert Device.objects.count() == 1


def test_the_desk_reads_what_has_run_out_and_erases_nothing(client):
    sign_in_with(client, "desk.run")
    assert "Nothing has run out" in client.get(reverse("desk_privacy:run_out")).content.decode()
    use_device(make_account())

    page = client.get(reverse("desk_privacy:run_out"))
    [row] = page.context["found"]
    assert (row.label, row.count, row.oldest) == ("devices", 1, Device.objects.get().created_at)
    assert "Type <b>" not in page.content.decode()
    assert client.post(reverse("desk_privacy:apply_retention"), {"rows": 1}).status_code == 404


@pytest.mark.parametrize(("typed", "left"), [("1", 0), ("2", 1), ("", 1)])
def test_who_administers_security_confirms_by_the_number_of_rows(client, typed, left):
    account = sign_in_with(client, "security.administer")
    just_signed_in(client)
    use_device(make_account())
    assert "Type <b>1</b>" in client.get(reverse("desk_privacy:run_out")).content.decode()

    client.post(reverse("desk_privacy:apply_retention"), {"rows": typed})
    jobs = ProcrastinateJob.objects.filter(task_name="privacy.apply_retention")
    for job in jobs:
        apply_job(**job.args, now=timezone.now())

    assert (jobs.count(), Device.objects.count()) == (1 - left, left)
    acts = Act.objects.filter(verb__startswith="retention").values_list("verb", "account_id")
    assert set(acts) == (
        {("retention_asked", account.pk), ("retention_applied", account.pk)} if not left else set()
    )
