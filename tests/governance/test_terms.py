"""The list of terms, and how many of them are ended or extended at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.governance.bodies import actions
from secretariat.governance.bodies.models import Term
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.bodies import make_body, make_seat, make_term
from tests.factories.correspondence import make_staff
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LIST = "/desk/bodies/terms/"
TODAY = date(2022, 6, 1)


@pytest.fixture
def staff(client):
    person = make_staff()
    client.force_login(person.account)
    return person


def do(client, act, rows, **values):
    path, keys = reverse("desk_bodies:many", args=[act]), [str(row.pk) for row in rows]
    seen = client.post(path, {"row": keys, "next": LIST}).context["seen"]
    return client.post(path, {"row": keys, "next": LIST, "step": "do", "seen": seen, **values})


def extend(term, ends_on, actor=INSTALLER):
    return actions.extend_term(term=term, ends_on=ends_on, actor=actor, now=NOW)


def ended(body, day, person=None):
    term = make_term(body, person or make_person(), starts_on=date(2020, 1, 1))
    return actions.end_term(term=term, ends_on=day, actor=INSTALLER, now=NOW)


class TestExtending:
    def test_to_a_later_day_and_on_without_an_end(self):
        term = ended(make_body(), date(2023, 12, 31))

        assert extend(term, date(2025, 12, 31)).ends_on == date(2025, 12, 31)
        assert extend(term, None).ends_on is None
        assert Act.objects.filter(verb="term_extended", subject_id=term.pk).count() == 2

    @pytest.mark.parametrize("day", [date(2023, 12, 31), date(2022, 1, 1)], ids=str)
    def test_not_to_the_same_day_or_an_earlier_one(self, day):
        with pytest.raises(ValueError, match="as long already"):
            extend(ended(make_body(), date(2023, 12, 31)), day)

    def test_not_over_whoever_holds_the_seat_by_then(self):
        body = make_body()
        term = ended(body, date(2023, 12, 31))
        actions.appoint(
            seat=term.seat,
            person=make_person(),
            role=term.role,
            starts_on=date(2024, 6, 1),
            actor=INSTALLER,
            now=NOW,
        )

        assert extend(term, date(2024, 5, 31)).ends_on == date(2024, 5, 31)
        with pytest.raises(ValueError, match="held already"):
            extend(term, date(2024, 6, 1))
        assert Term.objects.get(pk=term.pk).ends_on == date(2024, 5, 31)

    def test_not_where_she_sits_in_another_seat_by_then(self):
        body, person = make_body(), make_person()
        term = ended(body, date(2023, 12, 31), person)
        actions.appoint(
            seat=make_seat(body), person=person, starts_on=date(2024, 1, 1), actor=INSTALLER, now=NOW
        )

        with pytest.raises(ValueError, match="sits in the body already"):
            extend(term, None)

    def test_only_who_keeps_the_registry(self):
        with pytest.raises(NotAllowed):
            extend(ended(make_body(), date(2023, 12, 31)), None, make_actor("desk.read"))


class TestList:
    def test_it_is_filtered_by_when(self, client, staff):
        today, body = timezone.localdate(), make_body()
        now, past = (
            make_term(body, make_person("Ada")),
            ended(body, today - timedelta(days=1), make_person("Bo")),
        )
        coming = make_term(body, make_person("Cy"), starts_on=today + timedelta(days=9))

        def shown(query):
            return {row.key for row in client.get(f"{LIST}?{query}").context["table"].rows}

        found = {
            query: shown(query)
            for query in ("when=now", "when=past", "when=coming", "q=ada", f"body={body.pk}")
        }
        assert found == {
            "when=now": {str(now.pk)}, "when=past": {str(past.pk)}, "when=coming": {str(coming.pk)},
            "q=ada": {str(now.pk)}, f"body={body.pk}": {str(row.pk) for row in (now, past, coming)},
        }  # fmt: skip

    def test_it_costs_the_same_for_one_and_three(self, client, staff):
        make_term(make_body(), make_person())
        client.get(LIST)
        with CaptureQueriesContext(connection) as for_one:
            client.get(LIST)
        make_term(make_body(), make_person()), make_term(make_body(), make_person())
        with CaptureQueriesContext(connection) as for_three:
            client.get(LIST)

        assert len(for_one) == len(for_three) <= 20

    def test_many_are_ended_on_a_day_and_extended_again(self, client, staff):
        rows, other = (
            [make_term(make_body(), make_person()) for _ in range(2)],
            make_term(make_body(), make_person()),
        )
        do(client, "end", rows, ends_on="2030-12-31")
        assert set(Term.objects.filter(ends_on=date(2030, 12, 31))) == set(rows)

        do(client, "extend", rows, ends_on="2032-12-31")
        assert set(Term.objects.filter(ends_on=date(2032, 12, 31))) == set(rows)
        assert Term.objects.get(pk=other.pk).ends_on is None
        for row in rows:
            verbs = Act.objects.filter(subject_id=row.pk).order_by("id").values_list("verb", flat=True)
            assert list(verbs) == ["seat_given", "term_ended", "term_extended"]

    def test_where_one_is_refused_none_is_done(self, client, staff):
        rows = [make_term(make_body(), make_person()), ended(make_body(), date(2030, 1, 1))]
        answer = do(client, "extend", rows, ends_on="2032-12-31")

        assert answer.status_code == 422
        assert Term.objects.get(pk=rows[1].pk).ends_on == date(2030, 1, 1)

    def test_who_only_reads_does_nothing(self, client):
        client.force_login(make_staff("desk.read").account)
        row = make_term(make_body(), make_person())

        assert not client.get(LIST).context["table"].table.acts
        assert (
            client.post(reverse("desk_bodies:many", args=["end"]), {"row": [str(row.pk)]}).status_code == 404
        )
