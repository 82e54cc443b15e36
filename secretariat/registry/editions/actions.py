from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.registry.editions import states
from secretariat.registry.editions.logic import renamed, shifted, wrong_fact
from secretariat.registry.editions.models import Edition, Fact, Milestone, Series
from secretariat.registry.places.models import Place
from secretariat.registry.places.rules import keeps_registry
from secretariat.registry.refs.actions import register_ref, update_ref

# The action that leads to a state, and the states it may be done in: the other side of the table of transitions.
BEFORE = {
    state: tuple(before for before, following in states.EDITION_TRANSITIONS.items() if state in following)
    for state in states.EDITION_TRANSITIONS
}
CHANGEABLE = {"title_en", "title_zh", "starts_on", "ends_on", "venue_en", "venue_zh", "place"}
IN_PREPARATION = ("announced", "open")


def register_series(
    *, key: str, kind: str, name_en: str, name_zh: str, first_year: int | None = None,
    figures: Mapping[str, Mapping[str, str]] | None = None, actor: Actor, now: datetime,
) -> Series:  # fmt: skip
    """Make a series. ``figures`` names what an edition would record: key -> language code -> label."""
    require(keeps_registry(actor), _("make a series"))
    if kind not in states.SeriesKind.values:
        raise ValueError(f"'{kind}' is no kind of series; these are: {', '.join(states.SeriesKind.values)}.")
    with audit.act("series_registered", actor=actor, now=now) as act:
        series = Series.objects.create(
            key=key, kind=kind, name_en=name_en, name_zh=name_zh, first_year=first_year,
            figures={name: dict(labels) for name, labels in (figures or {}).items()},
        )  # fmt: skip
        act.on(series)
    return series


def announce_edition(
    *, series: Series, year: int, title_en: str, title_zh: str, starts_on: date | None = None,
    ends_on: date | None = None, venue_en: str = "", venue_zh: str = "", place: Place | None = None,
    parts: Collection[str] = (), simulated: bool = False, actor: Actor, now: datetime,
) -> Edition:  # fmt: skip
    """Announce an edition; a second one in the same year gets the number 2. An empty value is "not recorded"."""
    require(keeps_registry(actor), _("announce an edition"))
    if ends_on is not None and (starts_on is None or ends_on < starts_on):
        raise ValueError(_("An edition cannot end before it starts."))
    edition = Edition(
        series=series, year=year, title_en=title_en, title_zh=title_zh, starts_on=starts_on, ends_on=ends_on,
        venue_en=venue_en, venue_zh=venue_zh, place=place, parts=_parts(parts), simulated=simulated,
    )  # fmt: skip
    with audit.act("edition_announced", actor=actor, now=now) as act:
        Series.objects.select_for_update().get(pk=series.pk)  # two at once would take the same number
        taken = Edition.objects.filter(series=series, year=year, simulated=simulated)
        edition.number = (taken.aggregate(last=Max("number"))["last"] or 0) + 1
        edition.ref = register_ref(
            kind="edition",
            number=_ref_number(edition),
            title={"en": title_en, "zh-hans": title_zh},
            state=states.EditionState.ANNOUNCED,
        )
        edition.save(force_insert=True)
        act.on(edition)
    return edition


def next_edition_from(
    *, previous: Edition, starts_on: date | None = None, days_shift: int | None = None, year: int | None = None,
    title_en: str | None = None, title_zh: str | None = None, simulated: bool | None = None, actor: Actor,
    now: datetime,
) -> Edition:  # fmt: skip
    """Announce an edition like an earlier one: its parts, place, venue and milestones, every day shifted alike.

    Give the new start, or by how many days to shift. The year is that of the new start (the following one where the
    start is not recorded); titles have the new year in place of the old one.
    """
    require(keeps_registry(actor), _("announce an edition"))
    days = _days_between(previous, starts_on, days_shift)
    start = shifted(previous.starts_on, days)
    year = year or (start.year if start else previous.year + 1)
    with audit.act("edition_made_from", actor=actor, now=now, previous=previous.pk, days=days) as act:
        edition = announce_edition(
            series=previous.series, year=year,
            title_en=title_en or renamed(previous.title_en, previous.year, year),
            title_zh=title_zh or renamed(previous.title_zh, previous.year, year),
            starts_on=start, ends_on=shifted(previous.ends_on, days),
            venue_en=previous.venue_en, venue_zh=previous.venue_zh, place=previous.place, parts=previous.parts,
            simulated=previous.simulated if simulated is None else simulated, actor=actor, now=now,
        )  # fmt: skip
        Milestone.objects.bulk_create(
            Milestone(
                edition=edition, key=old.key, due_on=shifted(old.due_on, days),
                title_en=renamed(old.title_en, previous.year, year),
                title_zh=renamed(old.title_zh, previous.year, year),
            )
            for old in previous.milestones.all()
        )  # fmt: skip
        act.on(edition)
    return edition


def change_edition(*, edition: Edition, actor: Actor, now: datetime, **changes: Any) -> Edition:
    """Correct title, days, venue or place. Milestones stay where they are: ``next_edition_from`` alone shifts them."""
    require(keeps_registry(actor), _("change an edition"))
    if unknown := changes.keys() - CHANGEABLE:
        raise ValueError(f"An edition has no {', '.join(sorted(unknown))} to change.")
    with audit.act("edition_changed", actor=actor, now=now, fields=sorted(changes)) as act:
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        for name, value in changes.items():
            setattr(edition, name, value)
        first, last = edition.starts_on, edition.ends_on
        if last is not None and (first is None or last < first):
            raise ValueError(_("An edition cannot end before it starts."))
        edition.save(update_fields=list(changes))
        update_ref(ref_id=edition.ref_id, title={"en": edition.title_en, "zh-hans": edition.title_zh})
        act.on(edition)
    return edition


def open_edition(*, edition: Edition, actor: Actor, now: datetime) -> Edition:
    """Open an announced edition: its parts begin."""
    return _lead_to("open", _("open this edition"), edition, actor, now)


def close_edition(*, edition: Edition, actor: Actor, now: datetime) -> Edition:
    """Close an open edition: it has been held."""
    return _lead_to("closed", _("close this edition"), edition, actor, now)


def archive_edition(*, edition: Edition, actor: Actor, now: datetime) -> Edition:
    """Put an edition into the archive; a past one goes there from its announcement."""
    return _lead_to("archived", _("archive this edition"), edition, actor, now)


def cancel_edition(*, edition: Edition, actor: Actor, now: datetime) -> Edition:
    """Call an edition off before it has been held."""
    return _lead_to("cancelled", _("cancel this edition"), edition, actor, now)


def switch_parts(*, edition: Edition, parts: Collection[str], actor: Actor, now: datetime) -> Edition:
    """Say which parts an edition has; only while it is being prepared or held."""
    require(keeps_registry(actor), _("switch parts of an edition"))
    known = _parts(parts)
    with audit.act("edition_parts_switched", actor=actor, now=now, parts=known) as act:
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        require_state(edition.state, IN_PREPARATION, _("Switching parts"))
        edition.parts = known
        edition.save(update_fields=["parts"])
        act.on(edition)
    return edition


def set_milestone(
    *, edition: Edition, key: str, title_en: str, title_zh: str, due_on: date, actor: Actor, now: datetime
) -> Milestone:
    """Set a milestone of an edition, or move the one with this key."""
    require(keeps_registry(actor), _("set a milestone"))
    with audit.act("milestone_set", actor=actor, now=now) as act:
        state = Edition.objects.select_for_update().get(pk=edition.pk).state
        require_state(state, IN_PREPARATION, _("Setting a milestone"))
        milestone, _new = Milestone.objects.update_or_create(
            edition=edition, key=key, defaults={"title_en": title_en, "title_zh": title_zh, "due_on": due_on}
        )
        act.on(milestone)
    return milestone


def reach_milestone(*, milestone: Milestone, reached_on: date, actor: Actor, now: datetime) -> Milestone:
    """Say that a milestone has been reached, and when."""
    require(keeps_registry(actor), _("mark a milestone"))
    if reached_on > now.date():
        raise ValueError(_("A milestone is reached today or before, not on a day to come."))
    with audit.act("milestone_reached", actor=actor, now=now) as act:
        milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
        milestone.reached_on = reached_on
        milestone.save(update_fields=["reached_on"])
        act.on(milestone)
    return milestone


def record_fact(
    *, edition: Edition | None, key: str, kind: str, value: Any = None, qualifier: str = "",
    claims: Sequence[Mapping[str, Any]] = (), sources: Sequence[Mapping[str, str]] = (), note: str = "",
    actor: Actor, now: datetime,
) -> Fact:  # fmt: skip
    """Record a figure or list of an edition (of the organisation, for None), or correct the one with this key.

    Also of an archived edition: the archive grows. ``unknown`` takes no value, ``conflict`` at least two claims and
    no value (its claims name their sources); everything else a value. Without a source nothing is recorded.
    """
    require(keeps_registry(actor), _("record a fact"))
    if wrong := wrong_fact(kind, value, qualifier, claims, sources):
        raise ValueError(f"The fact '{key}' {wrong}.")
    value = value.isoformat() if isinstance(value, date) else value
    with audit.act("fact_recorded", actor=actor, now=now) as act:
        fact, _new = Fact.objects.update_or_create(
            edition=edition,
            key=key,
            defaults={
                "kind": kind, "value": value, "qualifier": qualifier, "claims": [dict(claim) for claim in claims],
                "sources": [dict(source) for source in sources], "note": note,
            },
        )  # fmt: skip
        act.on(fact)
    return fact


def _lead_to(state: str, what: str, edition: Edition, actor: Actor, now: datetime) -> Edition:
    require(keeps_registry(actor), what)
    verbs = {"open": "opened", "closed": "closed", "archived": "archived", "cancelled": "cancelled"}
    with audit.act(f"edition_{verbs[state]}", actor=actor, now=now) as act:
        edition = Edition.objects.select_for_update().get(pk=edition.pk)
        require_state(edition.state, BEFORE[state], what)
        edition.state = state
        edition.save(update_fields=["state"])
        update_ref(ref_id=edition.ref_id, state=state)
        act.on(edition)
    return edition


def _ref_number(edition: Edition) -> str:
    parts = ["SIM"] if edition.simulated else []
    parts += [edition.series.key.upper(), str(edition.year)]
    parts += [str(edition.number)] if edition.number > 1 else []
    return "-".join(parts)


def _parts(parts: Collection[str]) -> list[str]:
    if unknown := set(parts) - set(states.Part.values):
        raise ValueError(f"'{min(unknown)}' is no part; these are: {', '.join(states.Part.values)}.")
    return [part for part in states.Part.values if part in parts]


def _days_between(previous: Edition, starts_on: date | None, days_shift: int | None) -> int:
    if (starts_on is None) == (days_shift is None):
        raise ValueError("Give either the new start or the number of days to shift.")
    if days_shift is not None:
        return days_shift
    if previous.starts_on is None:
        raise ValueError(
            _("The start of the earlier edition is not recorded; say by how many days to shift.")
        )
    return (starts_on - previous.starts_on).days
