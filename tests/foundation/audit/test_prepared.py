import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from secretariat.foundation.audit.prepared import prepared_cursor

pytestmark = pytest.mark.django_db
SUM = "SELECT %(one)s::int + %(one)s::int AS twice"


def ask(number):
    with prepared_cursor() as cursor:
        return cursor.execute(SUM, {"one": number}).fetchone()[0]


def test_the_database_keeps_the_plan_of_what_is_asked_again_and_again():
    assert [ask(n) for n in range(9)] == [0, 2, 4, 6, 8, 10, 12, 14, 16]

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%AS twice'")
        assert cursor.fetchone() == (1,)


def test_it_is_counted_like_any_other_statement():
    with CaptureQueriesContext(connection) as made:
        for number in range(5):
            ask(number)

    assert [statement["sql"] for statement in made] == ["SELECT $1::int + $1::int AS twice"] * 5


def test_what_the_database_refuses_is_refused_in_djangos_words():
    with pytest.raises(DataError):
        ask(2**31 - 1)
