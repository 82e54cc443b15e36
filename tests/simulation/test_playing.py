from datetime import date

import pytest
from django.utils import timezone

from secretariat.foundation.audit.models import Unsealed
from secretariat.governance.membership.queries import count_by_continent, count_by_place
from secretariat.record.publications.models import Publication
from secretariat.registry.editions.models import Edition
from secretariat.registry.editions.queries import consecutive
from secretariat.simulation.playing import play
from secretariat.simulation.summary import selections, sign_in_paths
from secretariat.summit.calls.models import Call
from secretariat.summit.review.models import Assignment, Conflict

pytestmark = pytest.mark.django_db


def test_the_demo_has_the_numbers_it_promises():
    play(now=timezone.now(), progress=lambda step, done, total: None)

    found = {
        key: (call["collected"], call["eligible"], call["recommended"], call["honours"])
        for key, call in selections()["calls"].items()
    }
    assert found == {
        "achievements-2022": (257, 248, 57, {"leading": 15, "nominated": 5}),
        "cases-2022": (213, 206, 60, {"presented": 12}),
    }
    in_flight = {call.state: call for call in Call.objects.filter(edition__year__gt=2022)}
    assert set(in_flight) == {"open", "closed"}
    waiting = Conflict.objects.filter(state="open")
    assert [c.submission.call_id for c in waiting] == [in_flight["closed"].pk] * 3
    readings = Assignment.objects.filter(submission__call=in_flight["closed"])
    assert readings.filter(state="done").count() == round(0.6 * readings.count())
    _check_what_stands_around_it()


def _check_what_stands_around_it():
    on = date(2024, 6, 1)
    places, continents = count_by_place(on), count_by_continent(on)
    assert (sum(places.values()), len(places), len(continents)) == (140, 30, 6)
    assert set(Publication.objects.values_list("state", flat=True)) == {"set"}
    assert consecutive(Edition.objects.get(series__key="summit", year=2022, simulated=False)) == 9
    assert not Unsealed.objects.exists()
    assert len(sign_in_paths()) == 8
