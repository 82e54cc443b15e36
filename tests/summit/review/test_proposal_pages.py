"""The pages of proposals, and what a reader answers to what she was given."""

import pytest
from django.urls import reverse

from secretariat.summit.review.models import Assignment, Matching
from tests.factories.review import assignments_of, stage_of
from tests.summit.review.test_pages import client_of, play, said  # noqa: F401  - the call that is played

pytestmark = pytest.mark.django_db


def test_a_proposal_is_read_with_its_reasons_and_a_reader_accepts_or_declines(play):  # noqa: F811
    call, people, _ = play
    matching = Matching.objects.get(stage=stage_of(call))
    page = said(
        client_of(people["staff"]).get(
            reverse("desk_review:proposal", args=[call.key, "recommended", matching.pk])
        )
    )
    assert "another field" in page and "Most items for a reader" in page
    reader, address = people["reader"], [call.key, "recommended"]
    client_of(reader).post(reverse("my_review:accept", args=address))
    hers = [a for a in assignments_of(call) if a.reviewer == reader and a.state == "assigned"]
    assert hers and all(a.accepted_at for a in hers)
    number = hers[0].submission.ref.number
    decline = reverse("my_review:decline", args=[*address, number])
    client_of(reader).post(decline, {"reason": ""})
    assert Assignment.objects.get(pk=hers[0].pk).state == "assigned"
    client_of(reader).post(decline, {"reason": "I am travelling."})
    assert Assignment.objects.get(pk=hers[0].pk).declined_reason == "I am travelling."
    readings = reverse("desk_review:readings", args=address)
    assert "I am travelling." in said(client_of(people["staff"]).get(readings))
    client_of(people["desk"]).post(reverse("desk_review:repair", args=address))
    assert not Matching.objects.exclude(kind="run").exists()
