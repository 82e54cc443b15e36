"""What a stranger may see of a selection: each cut with its rule, its number and its proof.

A list is public once its authority has decided on it. Names begin with the stage whose list goes into the book;
the lists after it are named only through honours that were conferred.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.engines.bundles.counting import carried
from secretariat.foundation.audit.queries import sealed_pledges
from secretariat.registry.editions.models import Edition
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.honours.book import rule_in_words
from secretariat.summit.honours.models import Honour
from secretariat.summit.honours.queries import is_held
from secretariat.summit.review.models import ListEntry, StageList

# Offices as they stand in decisions, for readers of another language.
OFFICES = {"Chair": _("Chair"), "Vice-chair": _("Vice-chair"), "Member": pgettext_lazy("office", "Member")}
PUBLIC_STATES = ("open", "closed", "concluded")


@dataclass(frozen=True)
class Level:
    """A level of honour as the stage declares it: how many places it plans, and how many its list fills."""

    key: str
    label_en: str
    label_zh: str
    short_en: str
    short_zh: str
    count: int
    planned: int
    is_first: bool


@dataclass(frozen=True)
class Step:
    """One cut as the public sees it. Before its authority has decided there is only the rule."""

    stage: Stage
    rule_en: str
    rule_zh: str
    is_public: bool
    is_named: bool
    frozen: StageList | None = None
    count: int | None = None
    log_index: int | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    refused: Sequence[dict[str, str]] = ()
    moved: Sequence[dict[str, Any]] = ()
    levels: Sequence[Level] = ()

    @property
    def key(self) -> str:
        return self.stage.key

    @property
    def digest(self) -> str:
        return self.frozen.digest if self.frozen else ""

    @property
    def signed_by(self) -> str:
        """The office that signed, or the two that did, where the name of their body stands beside them."""
        body = self.stage.authority.name_en if self.stage.authority else ""
        signed = [office.removesuffix(body).rstrip(" ,") or office for office in self.decided_by.split("; ")]
        return "; ".join(str(OFFICES.get(office, office)) for office in signed)

    @property
    def label_en(self) -> str:
        return self.stage.label_en

    @property
    def label_zh(self) -> str:
        return self.stage.label_zh


@dataclass(frozen=True)
class Selection:
    """A call and its cuts. ``collected`` is not told while the call is open."""

    call: Call
    collected: int | None
    steps: Sequence[Step]
    is_complete: bool  # every list decided, and no offer of an honour open
    log: dict[tuple[str, str | None], int] = field(default_factory=dict)

    @property
    def named(self) -> Step | None:
        """The list whose items the public may know by name; None before it is decided."""
        return next((step for step in self.steps if step.is_named and step.is_public), None)

    @property
    def is_running(self) -> bool:
        return self.call.state != "open" and not self.is_complete

    @property
    def rules_index(self) -> int | None:
        return self.log.get(("rules", None))

    @property
    def inputs_index(self) -> int | None:
        return self.log.get(("inputs", None))


def public_calls(edition: Edition | None = None) -> list[Call]:
    """Return the calls that were opened, latest first: of all editions, or of one. One statement."""
    calls = Call.objects.filter(state__in=PUBLIC_STATES).select_related("edition__ref", "ref", "committee")
    if edition is not None:
        calls = calls.filter(edition=edition)
    return list(calls.order_by("-opens_at", "key"))


def public_call(key: str) -> Call | None:
    """Return an opened call by its key; a draft or a cancelled one is not there."""
    calls = Call.objects.filter(key=key, state__in=PUBLIC_STATES)
    return calls.select_related("edition__ref", "ref", "committee").first()


def selections_of(calls: Sequence[Call]) -> list[Selection]:
    """Return what is public of these calls, in their order. Statements do not depend on how many they are."""
    stages = _stages_of(calls)
    lists = _decided_lists([stage for rows in stages.values() for stage in rows])
    counts = _counts_of(lists.values())
    pledged = {
        (s.pledge.subject_id, s.pledge.payload["kind"], s.pledge.payload["stage"]): s.index
        for s in sealed_pledges([call.pk for call in calls])
    }
    collected, offers = _collected_of(calls), _offers_of(calls)
    return [
        _selection(
            call,
            [(stage, lists.get(stage.pk)) for stage in stages[call.pk]],
            _Numbers(
                counts,
                {
                    (kind, stage): index
                    for (subject, kind, stage), index in pledged.items()
                    if subject == call.pk
                },
                collected.get(call.pk, 0),
                offers.get(call.pk, Counter()),
            ),
        )
        for call in calls
    ]


@dataclass(frozen=True)
class _Numbers:
    """What was counted of a call: outcomes by list, places in the log, submissions, honours by state."""

    counts: dict[UUID, Counter[str]]
    log: dict[tuple[str, str | None], int]
    collected: int
    honours: Counter[str]

    @property
    def is_honoured(self) -> bool:
        """Honours were conferred, and no offer is in confidence any more."""
        waiting = self.honours["offered"] + self.honours["accepted"]
        return self.honours["conferred"] + self.honours["revoked"] > 0 and not waiting


def _stages_of(calls: Sequence[Call]) -> dict[UUID, list[Stage]]:
    found: dict[UUID, list[Stage]] = {call.pk: [] for call in calls}
    for stage in Stage.objects.filter(call__in=calls).select_related("authority__ref").order_by("position"):
        found[stage.call_id].append(stage)
    return found


def _decided_lists(stages: Sequence[Stage]) -> dict[UUID, StageList]:
    """The lists the public may see, by stage: frozen, decided on where an authority is named, held for no release."""
    by_id = {stage.pk: stage for stage in stages}
    lists = {}
    frozen_lists = StageList.objects.filter(~is_held(), stage__in=by_id)
    frozen_lists = frozen_lists.select_related("decision").defer("content")
    for frozen in frozen_lists.annotate(moved=KeyTransform("moves", "content")):
        frozen.stage = by_id[frozen.stage_id]
        if frozen.stage.authority_id is None or hasattr(frozen, "decision"):
            lists[frozen.stage_id] = frozen
    return lists


def refused_on(frozen: StageList) -> list[dict[str, str]]:
    """What the authority refused on a list, with its reasons; ``frozen`` came with its decision."""
    decision = getattr(frozen, "decision", None)
    return decision.content["refused"] if decision else []


def moved_on(frozen: StageList) -> list[dict[str, Any]]:
    """What the committee moved across the line of a list, as its content has it."""
    return (frozen.moved if hasattr(frozen, "moved") else frozen.content.get("moves")) or []


def _counts_of(lists: Collection[StageList]) -> dict[UUID, Counter[str]]:
    """How many items each list hands on, by outcome."""
    plain = [frozen for frozen in lists if not refused_on(frozen)]
    counts: dict[UUID, Counter[str]] = {frozen.pk: Counter() for frozen in lists}
    rows = ListEntry.objects.filter(list__in=plain).exclude(outcome="cut").values_list("list", "outcome")
    for pk, outcome, n in rows.annotate(n=Count("pk")):
        counts[pk][outcome] = n
    with_refusals = [frozen for frozen in lists if refused_on(frozen)]
    for pk, outcomes in handed_on_of(with_refusals).items() if with_refusals else ():
        counts[pk] = Counter(outcomes.values())
    return counts


def handed_on_of(lists: Collection[StageList]) -> dict[UUID, dict[str, str]]:
    """Return what each decided list hands on: number -> outcome, in list order. One statement for all."""
    entries: dict[UUID, list[dict[str, Any]]] = {frozen.pk: [] for frozen in lists}
    # Where the next one moves up, what was cut counts again.
    moving = [frozen.pk for frozen in lists if refused_on(frozen) and frozen.stage.refused == "move_up"]
    rows = ListEntry.objects.filter(Q(list__in=moving) | ~Q(outcome="cut"), list__in=lists)
    rows = rows.order_by("list", "position")
    for pk, ref, outcome in rows.values_list("list", "submission__ref__number", "outcome"):
        entries[pk].append({"ref": ref, "outcome": outcome})
    return {
        frozen.pk: carried(
            {
                "entries": entries[frozen.pk],
                "decision": {"refused": refused_on(frozen)},
                "moves": moved_on(frozen),
            },
            _rule(frozen.stage),
        )
        for frozen in lists
    }


def _rule(stage: Stage) -> dict[str, Any]:
    """The parts of a stage's rule by which a list is carried on."""
    return {
        "kind": stage.kind,
        "keep": stage.keep if stage.kind == "calibrated" else None,
        "levels": stage.levels,
        "when_refused": stage.refused,
    }


def _collected_of(calls: Sequence[Call]) -> dict[UUID, int]:
    rows = Submission.objects.filter(call__in=calls, version__gt=0).values_list("call")
    return dict(rows.annotate(n=Count("pk")))


def _offers_of(calls: Sequence[Call]) -> dict[UUID, Counter[str]]:
    found: dict[UUID, Counter[str]] = {}
    rows = Honour.objects.filter(submission__call__in=calls).values_list("submission__call", "state")
    for call, state, n in rows.annotate(n=Count("pk")):
        found.setdefault(call, Counter())[state] = n
    return found


def _selection(call: Call, stages: Sequence[tuple[Stage, StageList | None]], numbers: _Numbers) -> Selection:
    book, steps, is_after_book = call.publication.get("stage"), [], False
    for stage, frozen in stages:
        is_named = stage.key == book
        # What is refused after the book's list says who was nearly honoured: told when nothing is in confidence.
        tells = numbers.is_honoured or not is_after_book
        steps.append(_step(stage, frozen, is_named, numbers, tells) if frozen else _waiting(stage, is_named))
        is_after_book = is_after_book or is_named
    return Selection(
        call=call,
        collected=None if call.state == "open" else numbers.collected,
        steps=steps,
        is_complete=all(step.is_public for step in steps)
        and (numbers.is_honoured or not any(step.levels for step in steps)),
        log=numbers.log,
    )


def _waiting(stage: Stage, is_named: bool) -> Step:
    rule = rule_in_words(stage)
    return Step(stage, rule.en, rule.zh, is_public=False, is_named=is_named, levels=_levels(stage, Counter()))


def _step(stage: Stage, frozen: StageList, is_named: bool, numbers: _Numbers, tells_refused: bool) -> Step:
    rule, decision, held = rule_in_words(stage), getattr(frozen, "decision", None), numbers.counts[frozen.pk]
    return Step(
        stage, rule.en, rule.zh, is_public=True, is_named=is_named, frozen=frozen, count=held.total(),
        log_index=numbers.log.get(("list", stage.key)), decided_by=decision.content["by"] if decision else "",
        decided_at=decision.decided_at if decision else None,
        refused=refused_on(frozen) if tells_refused else (), moved=moved_on(frozen) if tells_refused else (),
        levels=_levels(stage, held),
    )  # fmt: skip


def _levels(stage: Stage, held: Counter[str]) -> list[Level]:
    return [
        Level(
            level["key"], level["en"], level["zh"], level.get("short_en") or level["en"],
            level.get("short_zh") or level["zh"], held[level["key"]], level["count"], number == 0,
        )
        for number, level in enumerate(stage.levels)
    ]  # fmt: skip


def conferred(call: Call) -> Q:
    """The condition that an honour of this call is public: conferred, or revoked after that."""
    return Q(submission__call=call, state__in=["conferred", "revoked"])
