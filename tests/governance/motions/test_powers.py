"""The power under which a body decides a motion: named, refused where it is not held, shown, carried to the ballot."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.motions.actions import (
    admit_motion,
    declare_vote,
    name_power,
    publish_motion,
    put_to_vote,
    save_motion,
    submit_motion,
)
from secretariat.governance.powers.actions import end_power, revoke
from tests.factories.accounts import INSTALLER, make_actor
from tests.factories.ballots import as_voter, make_council
from tests.factories.bodies import make_body
from tests.factories.motions import (
    TEXT,
    decide,
    fresh,
    make_amendment,
    make_draft,
    make_motion,
    make_submitted,
)
from tests.factories.powers import make_delegation, make_power
from tests.governance.motions.test_pages import at, browser_of, desk, read, written

pytestmark = pytest.mark.django_db
NOT_HELD = "is not this body's to decide today"


@pytest.fixture
def now():
    return timezone.now()


def saved(motion, person, power, now):
    return save_motion(
        motion=motion, title_en="On money", title_zh="关于经费", paragraphs=TEXT, reason="", kind="ordinary",
        seen=fresh(motion).revision, power=power, actor=as_voter(person), now=now,
    )  # fmt: skip


def test_a_draft_names_a_power_its_body_holds_and_no_other(now):
    body, people = make_council(1)
    motion, own = make_draft(body, people[0], now=now), make_power(body)
    delegated = make_delegation(to=body).power
    for power in (own, delegated, None):
        assert saved(motion, people[0], power, now).power == power
    with pytest.raises(ValueError, match=NOT_HELD):
        saved(motion, people[0], make_power(make_body()), now)
    assert fresh(motion).power is None


@pytest.mark.parametrize("step", ["submit", "admit", "declare"])
def test_what_is_held_no_longer_is_refused_at_every_step(step, now):
    body, people = make_council(1)
    delegation = make_delegation(to=body)
    motion = make_draft(body, people[0], now=now)
    saved(motion, people[0], delegation.power, now)
    steps = {
        "submit": lambda: submit_motion(motion=motion, actor=as_voter(people[0]), now=now),
        "admit": lambda: admit_motion(motion=motion, actor=INSTALLER, now=now),
        "declare": lambda: declare_vote(subject=motion.ref, method="hands", actor=INSTALLER, now=now),
    }
    for name, do in steps.items():
        if name == step:
            break
        do()
    state = fresh(motion).state
    revoke(delegation=delegation, starts_on=timezone.localdate(now), reason="So.", actor=INSTALLER, now=now)
    with pytest.raises(ValueError, match=NOT_HELD):
        steps[step]()
    assert fresh(motion).state == state and not Ballot.objects.exists()


def test_the_ballots_on_a_motion_and_its_amendments_carry_its_power(now):
    body, people = make_council(2)
    motion, power = make_motion(body, people[0], now=now), make_power(body)
    name_power(motion=motion, power=power, actor=INSTALLER, now=now)
    amendment = make_amendment(motion, people[1], now=now)
    decide(amendment, people, "no", now=now)
    decide(motion, people, now=now)
    assert list(Ballot.objects.values_list("power", flat=True)) == [power.pk, power.pk]


def test_who_leads_names_the_power_until_the_vote_opens(now):
    body, people = make_council(1)
    motion, power = make_submitted(body, people[0], now=now), make_power(body)
    named = {"motion": motion, "now": now}
    assert name_power(power=power, actor=INSTALLER, **named).power == power
    assert name_power(power=None, actor=INSTALLER, **named).power is None
    with pytest.raises(NotAllowed):
        name_power(power=power, actor=make_actor("desk.read"), **named)
    with pytest.raises(ValueError, match=NOT_HELD):
        name_power(power=make_power(make_body()), actor=INSTALLER, **named)
    admit_motion(motion=motion, actor=INSTALLER, now=now)
    put_to_vote(subject=motion.ref, method="roll_call", actor=INSTALLER, now=now)
    with pytest.raises(WrongState):
        name_power(power=power, actor=INSTALLER, **named)


def test_the_page_of_writing_offers_what_the_body_holds(now):
    body, people = make_council(1)
    motion, member = make_draft(body, people[0], now=now), browser_of(people[0])
    assert "Power used" not in read(member, "my_motions:write", motion)
    own, strange = make_power(body, name="Adopt rules"), make_power(make_body(), name="Elect the chair")
    page = read(member, "my_motions:write", motion)
    assert "Adopt rules" in page and "Elect the chair" not in page

    answer = member.post(at("my_motions:autosave", motion), written(revision=1, power=str(own.pk)))
    assert (answer.status_code, fresh(motion).power) == (200, own)
    more = member.post(at("my_motions:write", motion), written(revision=2, power=str(own.pk), do="more"))
    assert more.context["form"]["power"].value() == own.pk
    refused = member.post(at("my_motions:write", motion), written(revision=2, power=str(strange.pk)))
    assert refused.status_code == 422 and fresh(motion).power == own


def test_the_desk_names_it_and_is_told_in_words_what_is_refused(now):
    body, people = make_council(1)
    motion, staff = make_submitted(body, people[0], now=now), desk("desk.read", "desk.run")
    assert "Name the power" not in read(staff, "desk_motions:motion", motion)
    power = make_power(body)
    assert "Name the power" in read(staff, "desk_motions:motion", motion)
    path = at("desk_motions:act", motion, "power")
    assert staff.post(path, {"power": str(make_power(make_body()).pk)}).status_code == 422
    assert staff.post(path, {"power": str(power.pk)}).status_code == 302
    assert fresh(motion).power == power
    assert f'value="{power.pk}" selected' in staff.get(path).content.decode()


def test_pages_say_the_power_and_what_it_rests_on(client, now):
    body, people = make_council(1)
    motion, power = make_motion(body, people[0], now=now), make_power(body)
    name_power(motion=motion, power=power, actor=INSTALLER, now=now)
    member, staff = browser_of(people[0]), desk("desk.read")
    for reader, name in ((member, "my_motions:motion"), (staff, "desk_motions:motion")):
        page = read(reader, name, motion)
        assert "Adopt the budget" in page and "Statutes, article 12" in page and "not held today" not in page

    motion = decide(motion, people, now=now)
    publish_motion(motion=motion, actor=INSTALLER, now=now)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    page = client.get(reverse("site:motion", args=[motion.ref.number])).content.decode()
    assert "Adopt the budget" in page and "Statutes, article 12" in page
    told = client.get(f"/api/v1/motions/{motion.ref.number}").json()
    assert told["power"] == {"en": "Adopt the budget", "zh": "通过预算"}
    assert client.get(reverse("site:motions")).status_code == 200

    other = make_motion(body, people[0], now=now)
    name_power(motion=other, power=power, actor=INSTALLER, now=now)
    end_power(power=power, ends_on=yesterday, actor=INSTALLER, now=now)
    assert "not held today" in read(member, "my_motions:motion", other)
