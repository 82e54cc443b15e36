"""What the functions that forget may do, and that nothing else may."""

import pytest
from django.db import DatabaseError, connection, transaction

from secretariat.foundation.audit.models import PersonalValue
from secretariat.foundation.notices.models import Notice
from secretariat.summit.calls.models import Version
from tests.factories.accounts import NOW, make_account
from tests.factories.calls import CONTENT, make_open_call, make_submission

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def make_notice():
    account = make_account()
    return Notice.objects.create(
        account=account, kind="told", subject_id=account.pk, told_at=NOW, data={"device": "Laptop"}
    )


def test_a_personal_column_of_an_append_only_row_can_be_emptied():
    notice = make_notice()

    assert sql("SELECT audit_blank('notices_notice', %s::uuid[], '{data}')", [notice.pk]) == [(1,)]
    notice.refresh_from_db()
    assert (notice.data, notice.kind) == ({}, "told")


@pytest.mark.parametrize("column", ["kind", "told_at", "account_id", "nothing", "data; --"])
def test_no_other_column_can(column):
    notice = make_notice()

    with pytest.raises(DatabaseError, match="not personal columns"), transaction.atomic():
        sql("SELECT audit_blank('notices_notice', %s::uuid[], %s)", [notice.pk], [column])


@pytest.mark.parametrize(
    "table", ["audit_act", "audit_change", "audit_personalvalue", "auth_group", "no_such"]
)
def test_no_table_without_personal_columns_can(table):
    with pytest.raises(DatabaseError, match="not personal columns"), transaction.atomic():
        sql("SELECT audit_blank(%s, '{}', '{detail}')", table)


@pytest.mark.parametrize(
    "change", ['data = \'{"device": "Other"}\'', "kind = 'other'", "data = '{}', kind = 'other'"]
)
def test_not_even_the_owner_writes_anything_else_while_blanking(change):
    notice = make_notice()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL ROLE owner")
    sql("SET LOCAL secretariat.blanking = 'notices_notice'")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(f"UPDATE notices_notice SET {change} WHERE id = %s", notice.pk)
    sql("SET LOCAL ROLE app")


def test_keys_leave_a_text_that_others_have_a_part_in_and_none_comes():
    submission = make_submission(
        make_open_call(), content={**CONTENT, "contact": {"en": "Somebody", "zh": "某"}}
    )
    version = submission.versions.get()

    sql("SELECT audit_prune('calls_version', %s::uuid[], 'content', '{contact}')", [version.pk])
    version.refresh_from_db()
    assert version.content == CONTENT
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL ROLE owner")
    sql("SET LOCAL secretariat.blanking = 'calls_version'")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(content={**CONTENT, "contact": {"en": "Another"}})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(content={**CONTENT, "title": {"en": "Changed"}})
    sql("SET LOCAL ROLE app")


def test_the_history_of_a_row_can_be_erased_whoever_is_its_person():
    notice, other = make_notice(), make_notice()

    [(erased,)] = sql("SELECT audit_erase_rows('notices_notice', %s)", [str(notice.pk)])
    assert erased == 1
    kept = PersonalValue.objects.filter(change__table="notices_notice")
    assert set(kept.values_list("change__row", flat=True)) == {str(other.pk)}


def test_the_app_deletes_no_value_of_history_by_itself():
    make_notice()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql("SELECT set_config('secretariat.erasing', 'rows', true)")
        sql("DELETE FROM audit_personalvalue")
