"""The files of a selection bundle: how one call came from its submissions to its honours.

Each TypedDict below is one file, or a part of one; ``reading.read_selection`` holds a bundle against them,
and an exporter builds exactly them. docs/reference/selection-bundle.md explains them to the public.

People do not appear: applicants are references to submissions, reviewers are pseudonyms, an authority is an
office. Every digest is ``sealed.canonical.digest`` of the JSON value named, in hexadecimal.
"""

import re
from typing import Annotated, Literal, NotRequired, TypedDict

from secretariat.engines.bundles.shape import Must, is_moment

Key = Annotated[
    str, Must("a key of small letters, digits, - and _", re.compile(r"[a-z0-9][a-z0-9_-]*").fullmatch)
]
Hash = Annotated[str, Must("64 hexadecimal digits", re.compile(r"[0-9a-f]{64}").fullmatch)]
Moment = Annotated[str, Must("a time with its distance from UTC", is_moment)]
Name = Annotated[str, Must("a text that is not empty", lambda text: bool(text.strip()))]
Count = Annotated[int, Must("0 or more", lambda number: number >= 0)]
Weight = Annotated[float, Must("from 0.001 to 1,000", lambda number: 0.001 <= number <= 1_000)]
# Bounds that no scale reaches in earnest keep every later computation far from overflow.
Score = Annotated[float, Must("from -1,000,000 to 1,000,000", lambda number: abs(number) <= 1_000_000)]

KEPT = "kept"
CUT = "cut"


class About(TypedDict):
    """``selection.json``: which selection this is.

    ``collected`` counts withdrawn submissions too; ``commitments`` says how the inputs were committed to
    (``sealed.canonical.commit``: salted, so that they can be opened by who has the salt and guessed by none).
    """

    schema: Literal[1]
    edition: Name
    call: Name
    title: Name
    simulated: bool
    collected: Count
    commitments: Name


class Criterion(TypedDict):
    """What reviewers score, on a scale from ``min`` to ``max``; weights are relative to each other."""

    key: Key
    weight: Weight
    min: Score
    max: Score


class EligibilityRule(TypedDict):
    """A condition a submission has to meet before anybody scores it."""

    key: Key
    text: Name


class Level(TypedDict):
    """A level of honour and its number of places; levels are filled in the order they stand in."""

    key: Key
    count: Count


StageRule = TypedDict(
    "StageRule",
    {
        "key": Key,
        "order": int,
        "kind": Literal["eligibility", "calibrated", "levels"],
        "from": str | None,
        "keep": Count | None,
        "method": str | None,
        "seed": int,
        "ties": Literal["item", "lot", "earlier_receipt"] | None,
        "levels": list[Level],
        "authority": str | None,
        "when_refused": Literal["leave_open", "move_up"],
        "moves": NotRequired[Literal["vote"]],
    },
)
StageRule.__doc__ = """One cut, declared before the call opens.

``eligibility`` keeps what met every rule; ``calibrated`` ranks what ``from`` kept by its calibrated reviews,
equals in the order ``ties`` says, and keeps the first ``keep``; ``levels`` deals the ranking of ``from`` out
to levels. ``from`` is the key of an earlier stage, null in the first. Where an ``authority`` (an office) is
named, the list waits for its decision; ``when_refused`` says whether the place of a refused item stays open
or the next moves up. Where ``moves`` is said the committee may move items of a calibrated list across its line,
each by a recorded vote with a reason.
"""


class Rules(TypedDict):
    """``rules.json``: everything declared before the call opened. ``further`` is hashed, not interpreted."""

    call: Name
    opens_at: Moment
    closes_at: Moment
    fields: list[Name]
    criteria: list[Criterion]
    eligibility: list[EligibilityRule]
    stages: list[StageRule]
    further: NotRequired[dict[str, object]]


class Input(TypedDict):
    """One of ``inputs.json``: a submission at closing. ``received_at`` is the time of its first version."""

    ref: Name
    version: Count
    commitment: Hash
    received_at: Moment
    state: Literal["submitted", "withdrawn"]


class Eligibility(TypedDict):
    """One of ``eligibility.json``: a submission not withdrawn, and the keys of the rules it failed."""

    ref: Name
    eligible: bool
    failed: list[Key]


class Review(TypedDict):
    """One of ``reviews.json``: a score for each criterion, and ``overall`` as ``counting.overall_score``.

    ``confidence`` is how sure the reviewer was herself, from 1 (low) to 4 (sure), where she said so; it is not counted.
    """

    stage: Key
    item: Name
    reviewer: Name
    scores: dict[str, Score]
    overall: float
    confidence: NotRequired[Literal[1, 2, 3, 4]]


class Conflict(TypedDict):
    """One of ``conflicts.json``: a reviewer who may not score an item, by declaration or as found."""

    item: Name
    reviewer: Name
    kind: Name


class Entry(TypedDict):
    """An item on a list. ``outcome``: ``kept``, ``cut`` or the key of a level, before any decision on it.

    In an eligibility stage the numbers are null. In a levels stage ``rank`` is the place among what the list
    it comes from handed on, from 1; the other numbers are as they stand on that list.
    """

    ref: Name
    rank: int | None
    score: float | None
    low: float | None
    high: float | None
    p_above: float | None
    outcome: Key


class Refusal(TypedDict):
    """An item the authority took off the list, and why."""

    ref: Name
    reason: Name


class Votes(TypedDict):
    """How the committee voted; who was recused had no vote."""

    yes: Count
    no: Count
    abstain: Count


class Move(TypedDict):
    """An item the committee moved across the line, why, and the ballot that carried it, with its digest."""

    ref: Name
    to: Literal["above", "below"]
    reason: Name
    ballot: Name
    votes: Votes
    digest: Hash


class Decision(TypedDict):
    """What the authority decided on a list: ``by`` is the office or body that acted, not a person."""

    authority: Name
    by: Name
    at: Moment
    refused: list[Refusal]


class StageList(TypedDict):
    """``stages/NN-KEY.json``: a list as it was frozen, and the decision on it, null until there is one.

    ``rules`` and ``inputs`` are the digests of those files, ``basis`` that of what the list was made from:
    see ``counting.basis``; ``moves`` stand as they were carried, and are missing where there are none. Entries
    stand in rank order, in an eligibility stage in order of reference.
    """

    stage: Key
    frozen_at: Moment
    rules: Hash
    inputs: Hash
    basis: Hash
    moves: NotRequired[list[Move]]
    entries: list[Entry]
    decision: Decision | None


class Honour(TypedDict):
    """One of ``honours.json``: what became of a place on the final list."""

    ref: Name
    level: Key
    state: Literal["offered", "accepted", "declined", "conferred", "revoked"]


class LogEntry(TypedDict):
    """One of ``log/entries.json``: a leaf of the sealed log, and its way up to the root of the head.

    ``leaf`` is the hash of the leaf (RFC 9162 section 2.1.1) whose data is the canonical form of the payload,
    which says at least what LogPayload names.
    """

    payload: dict[str, object]
    index: Count
    leaf: Hash
    proof: list[Hash]


class Consistency(TypedDict):
    """One of ``log/consistency.json``: the proof that the log of ``size`` leaves is the beginning of this one."""

    size: Count
    proof: list[Hash]


class Tree(TypedDict):
    """``log/tree.json``: the hash of every leaf of the log, so that any older head can be checked."""

    leaves: list[Hash]


class LogPayload(TypedDict):
    """What the payload of a log entry says at least; further keys are hashed with it and otherwise left alone.

    ``stage`` is null for rules and inputs. ``digest``: of rules.json, of inputs.json, ``counting.list_digest``
    or ``counting.decision_digest``. ``at``: when the organisation bound itself to it, as it says.
    """

    call: Name
    kind: Literal["rules", "inputs", "list", "decision"]
    stage: Key | None
    digest: Hash
    at: Moment
