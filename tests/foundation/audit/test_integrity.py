from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from secretariat.foundation.audit import integrity, models
from secretariat.foundation.audit.actions import act
from secretariat.foundation.notices.models import Notice
from secretariat.registry.refs.models import Ref
from tests.factories.accounts import INSTALLER, NOW, make_account

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def test_tests_work_with_the_rights_of_the_app():
    assert sql("SELECT current_user") == [("app",)]


def test_an_act_ties_its_changes_to_who_did_it():
    with act("ref_made", actor=INSTALLER, now=NOW, colour="indigo") as opened:
        ref = Ref.objects.create(kind="thing", number="T-1", title={"en": "One"})
        Ref.objects.filter(pk=ref.pk).update(title={"en": "Two"})
        opened.on(ref)

    row = models.Act.objects.get()
    assert (row.verb, row.door, row.subject_id, row.detail) == (
        "ref_made",
        "command",
        ref.pk,
        {"colour": "indigo"},
    )
    changes = list(
        models.Change.objects.order_by("pk").values_list("act_id", "table", "operation", "before", "after")
    )
    assert changes[0][:3] == (row.pk, "refs_ref", "insert")
    assert changes[1] == (row.pk, "refs_ref", "update", {"title": {"en": "One"}}, {"title": {"en": "Two"}})


def test_a_failed_act_leaves_nothing():
    with pytest.raises(RuntimeError), act("ref_made", actor=INSTALLER, now=NOW):
        Ref.objects.create(kind="thing", number="T-1")
        raise RuntimeError

    assert (Ref.objects.count(), models.Act.objects.count(), models.Change.objects.count()) == (0, 0, 0)


def test_a_change_outside_every_act_is_recorded_and_waits_for_the_sealer():
    Ref.objects.create(kind="thing", number="T-1")

    change = models.Change.objects.get()
    assert change.act_id is None
    assert set(models.Unsealed.objects.values_list("kind", "source_id")) == {("change", change.pk)}


def test_personal_values_stand_apart_and_can_be_erased():
    account = make_account("person@example.org")

    change = models.Change.objects.get(table="accounts_account")
    assert set(change.after["email"]) == {"commitment"}
    assert models.PersonalValue.objects.get(column="email").value == "person@example.org"
    sql("SELECT audit_erase(%s)", account.pk)
    assert not models.PersonalValue.objects.exists()
    change.refresh_from_db()
    assert set(change.after["email"]) == {"commitment"}


HISTORY = {model._meta.db_table: model._meta.concrete_fields[0].column for model in integrity.RIGHTS}
REWRITES = ['UPDATE "{0}" SET "{1}" = "{1}"', 'DELETE FROM "{0}"', 'TRUNCATE "{0}" CASCADE']


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize("statement", REWRITES)
def test_the_app_may_not_rewrite_history(table, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql(statement.format(table, HISTORY[table]))


@pytest.mark.parametrize("table", ["audit_act", "audit_change", "audit_personalvalue", "notices_notice"])
def test_not_even_the_owner_rewrites_history(table):
    account = make_account()
    Notice.objects.create(account=account, kind="told", subject_id=account.pk, told_at=NOW)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL ROLE owner")
    for statement in REWRITES:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sql(statement.format(table, "id"))
    sql("SET LOCAL ROLE app")


def test_every_record_of_the_product_is_audited():
    audited = {
        name for (name,) in sql("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'audit'")
    }

    assert audited == {model._meta.db_table for model in integrity.records() if model.audited}


def test_who_brought_in_what_another_wrote_is_named_beside_her():
    desk = make_account()
    with act("ref_made", actor=replace(INSTALLER, door="import", brought_by_id=desk.pk), now=NOW) as opened:
        opened.on(Ref.objects.create(kind="thing", number="T-1"))

    row = models.Act.objects.get(verb="ref_made")
    assert (row.door, row.detail) == ("import", {"brought_by": str(desk.pk)})
