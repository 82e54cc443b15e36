"""Whom the readers of a call are when they are written to: its committee, and who reads without a seat."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.mailings.audiences import Addressee, Audience, to_person
from secretariat.registry.people.models import Person
from secretariat.summit.calls import rules
from secretariat.summit.calls.models import Call
from secretariat.summit.review.queries import readers_of


def _chosen(actor: Actor, posted: QueryDict) -> Any:
    call = Call.objects.filter(key=QueryDict(posted.get("query", "")).get("call", "")).first()
    if call is None or not rules.reads_desk(actor):
        return Person.objects.none()
    reading = [reader.person.pk for reader in readers_of(call, timezone.localdate(), None)]
    people = Person.objects.filter(pk__in=reading).select_related("ref", "account")
    if not posted.get("all"):
        people = people.filter(pk__in=posted.getlist("row"))
    return people.order_by("sort_key", "pk")


def _reached(people: Sequence[Person], _on: date) -> list[Addressee]:
    return [to_person(person, person.ref.number) for person in people]


def _path(query: str) -> str:
    return reverse("desk_review:call", args=[QueryDict(query).get("call", "-")])


REVIEWERS = Audience("reviewers", _("readers of a call"), _chosen, _reached, _path)
