from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.registry.editions import actions
from secretariat.registry.editions.models import Edition, Fact, Milestone
from secretariat.registry.editions.states import EDITION_TRANSITIONS, EditionState, SeriesKind
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import NOW, make_actor
from tests.factories.editions import make_edition, make_milestone, make_series
from tests.factories.places import WIC, make_place

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.run")
SOURCE = {"key": "seed", "title": "Introduction", "where": "seed"}
MOVES = {
    "open": actions.open_edition,
    "closed": actions.close_edition,
    "archived": actions.archive_edition,
    "cancelled": actions.cancel_edition,
}
WAYS = {
    "announced": (),
    "open": ("open",),
    "closed": ("open", "closed"),
    "archived": ("archived",),
    "cancelled": ("cancelled",),
}


def edition_in(state, **kw):
    edition = make_edition(**kw)
    for step in WAYS[state]:
        edition = MOVES[step](edition=edition, actor=DESK, now=NOW)
    return edition


@pytest.mark.parametrize("following", MOVES)
@pytest.mark.parametrize("state", EDITION_TRANSITIONS)
def test_an_edition_goes_only_the_ways_of_the_table(state, following):
    edition = edition_in(state)

    if following in EDITION_TRANSITIONS[state]:
        moved = MOVES[following](edition=edition, actor=DESK, now=NOW)
        assert (moved.state, moved.ref.state) == (following, following)
    else:
        with pytest.raises(WrongState):
            MOVES[following](edition=edition, actor=DESK, now=NOW)
        assert Edition.objects.get().state == state


def test_the_database_refuses_a_way_that_is_not_in_the_table():
    edition = edition_in("archived")
    with pytest.raises(IntegrityError, match="may not go from archived to open"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="open")


def test_editions_of_a_year_are_numbered_and_simulated_ones_apart():
    series = make_series("webinar", kind="webinar")
    editions = [make_edition(series), make_edition(series), make_edition(series, simulated=True)]
    editions.append(make_edition(series, 2023))

    assert [(e.year, e.number, e.simulated, e.ref.number) for e in editions] == [
        (2022, 1, False, "WEBINAR-2022"),
        (2022, 2, False, "WEBINAR-2022-2"),
        (2022, 1, True, "SIM-WEBINAR-2022"),
        (2023, 1, False, "WEBINAR-2023"),
    ]
    assert editions[0].ref.title == {"en": "Webinar 2022", "zh-hans": "2022年系列webinar"}


def test_a_past_edition_may_be_nearly_empty():
    edition = edition_in("archived", year=2014)

    assert (edition.starts_on, edition.ends_on, edition.place, edition.venue_en, edition.parts) == (
        None,
        None,
        None,
        "",
        [],
    )


@pytest.mark.parametrize("dates", [{"ends_on": date(2022, 11, 11)}, {"starts_on": date(2022, 11, 12)}])
def test_an_edition_does_not_end_before_it_starts(dates):
    with pytest.raises(ValueError, match="cannot end before it starts"):
        make_edition(**{"ends_on": date(2022, 11, 11), **dates})
    assert not Edition.objects.exists()


def test_parts_are_those_there_are_in_one_order():
    assert make_edition(parts=["ceremony", "calls", "calls"]).parts == ["calls", "ceremony"]
    with pytest.raises(ValueError, match="'parade' is no part"):
        make_edition(parts=["parade"])


@pytest.mark.parametrize("state", EDITION_TRANSITIONS)
def test_parts_and_milestones_change_only_in_preparation(state):
    edition = edition_in(state)
    changes = (
        lambda: actions.switch_parts(edition=edition, parts=["expo"], actor=DESK, now=NOW),
        lambda: make_milestone(edition, "papers", date(2022, 6, 1)),
    )
    for change in changes:
        if state in ("announced", "open"):
            change()
        else:
            with pytest.raises(WrongState):
                change()


def test_a_milestone_is_late_until_it_is_reached():
    milestone = make_milestone(make_edition(), "papers", NOW.date() - timedelta(days=1))
    assert milestone.is_late(NOW.date())

    reached = actions.reach_milestone(milestone=milestone, reached_on=NOW.date(), actor=DESK, now=NOW)

    assert (reached.reached_on, reached.is_late(NOW.date())) == (NOW.date(), False)
    with pytest.raises(ValueError, match="today or before"):
        actions.reach_milestone(
            milestone=milestone, reached_on=NOW.date() + timedelta(days=1), actor=DESK, now=NOW
        )


def test_a_milestone_is_moved_by_its_key():
    edition = make_edition()
    make_milestone(edition, "papers", date(2022, 6, 1))
    make_milestone(edition, "papers", date(2022, 6, 2))

    assert list(Milestone.objects.values_list("key", "due_on")) == [("papers", date(2022, 6, 2))]


def last_years():
    edition = make_edition(
        make_series("summit"),
        starts_on=date(2022, 11, 9),
        ends_on=date(2022, 11, 11),
        place=make_place("CN"),
        venue_en="Wuzhen",
        venue_zh="乌镇",
        parts=["forums", "expo"],
    )
    make_milestone(edition, "papers", date(2022, 6, 1))
    make_milestone(edition, "review", date(2022, 9, 30))
    return edition


@pytest.mark.parametrize("how", [{"starts_on": date(2023, 11, 8)}, {"days_shift": 364}])
def test_a_new_edition_is_last_years_with_every_day_shifted(how):
    last = last_years()

    new = actions.next_edition_from(previous=last, **how, actor=DESK, now=NOW)

    copied = ("place", "venue_en", "venue_zh", "parts", "series", "simulated")
    assert {name: getattr(new, name) for name in copied} == {name: getattr(last, name) for name in copied}
    assert (new.year, new.title_en, new.title_zh) == (2023, "Summit 2023", "2023年系列summit")
    assert (new.starts_on, new.ends_on) == (date(2023, 11, 8), date(2023, 11, 10))
    assert (new.state, new.ref.number) == ("announced", "SUMMIT-2023")
    assert [(m.key, m.title_en, m.due_on) for m in new.milestones.all()] == [
        ("papers", "papers 2023", date(2023, 5, 31)),
        ("review", "review 2023", date(2023, 9, 29)),
    ]
    acts = list(Act.objects.order_by("id").values_list("verb", flat=True))
    assert acts.count("edition_made_from") == 1


def test_a_simulated_edition_may_be_made_from_a_real_one():
    new = actions.next_edition_from(previous=last_years(), days_shift=0, simulated=True, actor=DESK, now=NOW)

    assert (new.simulated, new.year, new.ref.number) == (True, 2022, "SIM-SUMMIT-2022")


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({}, "either the new start or"),
        ({"starts_on": date(2023, 1, 1), "days_shift": 3}, "either the new start or"),
        ({"starts_on": date(2023, 1, 1)}, "is not recorded"),
    ],
)
def test_a_shift_must_be_known(how, message):
    with pytest.raises(ValueError, match=message):
        actions.next_edition_from(previous=make_edition(), **how, actor=DESK, now=NOW)
    assert Edition.objects.count() == 1


def test_without_a_recorded_start_the_following_year_is_meant():
    new = actions.next_edition_from(previous=make_edition(), days_shift=364, actor=DESK, now=NOW)

    assert (new.year, new.starts_on) == (2023, None)


def test_facts_are_recorded_and_corrected_also_in_the_archive():
    edition = edition_in("archived")
    claims = [
        {"value": 150, "qualifier": "more than", "sources": [SOURCE]},
        {"value": 100, "qualifier": "more than", "sources": [SOURCE]},
    ]
    told = {"sources": [SOURCE], "actor": DESK, "now": NOW}

    actions.record_fact(edition=edition, key="guests", kind="unknown", **told)
    actions.record_fact(edition=edition, key="guests", kind="fact", value=2100, qualifier="more than", **told)
    actions.record_fact(edition=edition, key="countries", kind="conflict", claims=claims, actor=DESK, now=NOW)
    actions.record_fact(edition=None, key="members.2022-07", kind="unknown", **told)

    assert {(f.edition, f.key, str(f), f.is_recorded) for f in Fact.objects.all()} == {
        (edition, "guests", "more than 2,100", True),
        (edition, "countries", "more than 150 / more than 100", True),
        (None, "members.2022-07", "not recorded", False),
    }


def test_every_figure_of_the_archive_can_be_recorded_and_is_shown_as_it_was_published():
    archive = load_profile(WIC).archive
    series = {key: make_series(key, kind="release") for key in archive.series}
    published = {}
    for past in archive.editions:
        edition = make_edition(series[past.series], past.year, starts_on=past.starts_on, ends_on=past.ends_on)
        for key, fact in {"held": past.held, **past.figures}.items():
            claims = [
                {"value": c.value, "qualifier": c.qualifier, "sources": [asdict(s) for s in c.sources]}
                for c in fact.claims
            ]
            recorded = actions.record_fact(
                edition=edition, key=key, kind=fact.kind, value=fact.value, qualifier=fact.qualifier,
                claims=claims, sources=[asdict(s) for s in fact.sources], note=fact.note, actor=DESK, now=NOW,
            )  # fmt: skip
            published[recorded.pk] = str(fact)

    assert {fact.pk: str(fact) for fact in Fact.objects.all()} == published


def test_a_day_is_recorded_as_its_iso_date():
    edition = make_edition()
    actions.record_fact(
        edition=edition,
        key="day",
        kind="fact",
        value=date(2022, 7, 12),
        sources=[SOURCE],
        actor=DESK,
        now=NOW,
    )

    assert Fact.objects.get().value == "2022-07-12"


def test_a_fact_without_a_source_is_refused():
    with pytest.raises(ValueError, match="The fact 'guests' has no source"):
        actions.record_fact(edition=make_edition(), key="guests", kind="fact", value=1, actor=DESK, now=NOW)


@pytest.mark.parametrize(
    "fact",
    [
        {"kind": "unknown", "value": 3},
        {"kind": "fact"},
        {"kind": "conflict"},
        {"kind": "conflict", "value": 3, "claims": [{"value": 3}]},
        {"kind": "rumour", "value": 3},
        {"kind": "fact", "value": 3, "qualifier": "perhaps"},
    ],
)
def test_the_database_refuses_a_fact_that_does_not_hold_together(fact):
    with pytest.raises(IntegrityError, match="fact_"), transaction.atomic():
        Fact.objects.create(edition=None, key="k", **fact)


def test_a_series_is_of_a_kind_there_is():
    with pytest.raises(ValueError, match="'party' is no kind of series"):
        make_series(kind="party")
    for kind in SeriesKind.values:
        make_series(kind=kind)


def attempts(actor, edition):
    series = edition.series
    asked = {"actor": actor, "now": NOW}
    names = {"title_en": "A", "title_zh": "A"}
    return {
        "register": lambda: actions.register_series(
            key="s", kind="summit", name_en="A", name_zh="A", **asked
        ),
        "announce": lambda: actions.announce_edition(series=series, year=2030, **names, **asked),
        "copy": lambda: actions.next_edition_from(previous=edition, days_shift=364, **asked),
        "parts": lambda: actions.switch_parts(edition=edition, parts=[], **asked),
        "milestone": lambda: actions.set_milestone(
            edition=edition, key="k", due_on=date(2022, 1, 1), **names, **asked
        ),
        "reach": lambda: actions.reach_milestone(
            milestone=make_milestone(make_edition(), "k", date(2022, 1, 1)), reached_on=NOW.date(), **asked
        ),
        "fact": lambda: actions.record_fact(
            edition=edition, key="k", kind="unknown", sources=[SOURCE], **asked
        ),
        "open": lambda: actions.open_edition(edition=edition, **asked),
        "close": lambda: actions.close_edition(edition=edition, **asked),
        "archive": lambda: actions.archive_edition(edition=edition, **asked),
        "cancel": lambda: actions.cancel_edition(edition=make_edition(), **asked),
    }


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (make_actor("desk.run"), True),
        (make_actor("system.run"), True),
        (make_actor(door="command"), True),
        (make_actor("desk.read"), False),
        (make_actor("body.chair"), False),
        (make_actor(), False),
        (make_actor("desk.run", tasks=frozenset({"calls.submit"})), False),
    ],
)
def test_who_runs_editions(actor, allowed):
    for attempt in attempts(actor, make_edition()).values():
        if allowed:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()


def test_every_state_has_its_action():
    assert set(MOVES) == set(EditionState.values) - {"announced"}
