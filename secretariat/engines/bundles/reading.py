"""Reads a selection bundle: every file of its documented shape, and nothing in them that contradicts itself."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from secretariat.engines.bundles.selection import (
    About,
    Conflict,
    Consistency,
    Eligibility,
    Honour,
    Input,
    LogEntry,
    LogPayload,
    Review,
    Rules,
    StageList,
    StageRule,
    Tree,
)
from secretariat.engines.bundles.shape import departures

FILES: Mapping[str, Any] = {
    "selection.json": About,
    "rules.json": Rules,
    "inputs.json": list[Input],
    "eligibility.json": list[Eligibility],
    "reviews.json": list[Review],
    "conflicts.json": list[Conflict],
    "honours.json": list[Honour],
    "log/head.txt": str,
    "log/key.txt": str,
    "log/entries.json": list[LogEntry],
}
"""The files of every selection bundle, and what each holds. Beside them stand the lists, and the optional files."""

OPTIONAL_FILES: Mapping[str, Any] = {"log/consistency.json": list[Consistency], "log/tree.json": Tree}


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection bundle, read. ``lists`` has the frozen lists by stage key, in the order of the stages."""

    about: About
    rules: Rules
    inputs: list[Input]
    eligibility: list[Eligibility]
    reviews: list[Review]
    conflicts: list[Conflict]
    honours: list[Honour]
    lists: dict[str, StageList]
    head: str
    key: str
    entries: list[LogEntry]
    consistency: list[Consistency]
    tree: Tree | None

    def stage(self, key: str) -> StageRule:
        """The declared rule of a stage. Raises KeyError."""
        return next(rule for rule in self.rules["stages"] if rule["key"] == key)


class ShapeError(ValueError):
    """The files are not those of a selection; ``departures`` says where and how."""

    def __init__(self, found: list[str]) -> None:
        self.departures = found
        super().__init__("; ".join(found[:5]))


def stage_file(rule: StageRule) -> str:
    """The name of the file that holds the list of a stage."""
    return f"stages/{rule['order']:02}-{rule['key']}.json"


def read_selection(files: Mapping[str, Any]) -> Selection:
    """The selection in the files of a bundle. Raises ShapeError where they do not have the documented shape."""
    _demand(f"{name} is missing" for name in FILES if name not in files)
    kinds = {name: kind for name, kind in {**FILES, **OPTIONAL_FILES}.items() if name in files}
    _demand(sentence for name, kind in kinds.items() for sentence in departures(files[name], kind, name))
    rules: Rules = files["rules.json"]
    _demand(_in_rules(rules))
    kinds |= {stage_file(rule): StageList for rule in rules["stages"] if stage_file(rule) in files}
    _demand(f"{name} is not a file of a selection" for name in sorted(files.keys() - kinds.keys()))
    _demand(sentence for name, kind in kinds.items() for sentence in departures(files[name], kind, name))
    selection = Selection(
        about=files["selection.json"],
        rules=rules,
        inputs=files["inputs.json"],
        eligibility=files["eligibility.json"],
        reviews=files["reviews.json"],
        conflicts=files["conflicts.json"],
        honours=files["honours.json"],
        lists={rule["key"]: files[stage_file(rule)] for rule in rules["stages"] if stage_file(rule) in files},
        head=files["log/head.txt"],
        key=files["log/key.txt"],
        entries=files["log/entries.json"],
        consistency=files.get("log/consistency.json", []),
        tree=files.get("log/tree.json"),
    )
    _demand(_contradictions(selection))
    return selection


def _demand(found: Iterable[str]) -> None:
    sentences = list(found)
    if sentences:
        raise ShapeError(sentences)


def _in_rules(rules: Rules) -> Iterator[str]:
    yield from _twice("rules.json: the stage", (rule["key"] for rule in rules["stages"]))
    yield from _twice("rules.json: the criterion", (criterion["key"] for criterion in rules["criteria"]))
    yield from _twice("rules.json: the eligibility rule", (rule["key"] for rule in rules["eligibility"]))
    for criterion in rules["criteria"]:
        if not criterion["min"] < criterion["max"]:
            yield f"rules.json: the scale of {criterion['key']} has no length"
    orders = [rule["order"] for rule in rules["stages"]]
    if orders != sorted(set(orders)) or not all(0 < order < 100 for order in orders):
        yield "rules.json: the stages do not stand in ascending order from 1 to 99"
    kinds: dict[str | None, str] = {}
    for rule in rules["stages"]:
        yield from (f"rules.json: the stage {rule['key']} {why}" for why in _in_stage(rule, kinds))
        kinds[rule["key"]] = rule["kind"]


def _in_stage(rule: StageRule, earlier: Mapping[str | None, str]) -> Iterator[str]:
    if rule["from"] is not None and rule["from"] not in earlier:
        yield f"comes from {rule['from']!r}, which is no earlier stage"
    match rule["kind"]:
        case "eligibility":
            if rule["from"] is not None or rule["keep"] is not None or rule["levels"]:
                yield "checks eligibility: 'from' and 'keep' are null, 'levels' is empty"
        case "calibrated":
            if None in (rule["keep"], rule["method"], rule["ties"]) or rule["levels"]:
                yield "is calibrated: it has 'keep', 'method' and 'ties', and no 'levels'"
        case "levels":
            if earlier.get(rule["from"]) != "calibrated" or rule["keep"] is not None or not rule["levels"]:
                yield "deals out levels: it comes from a calibrated stage, has 'levels', and 'keep' is null"
            if len({level["key"] for level in rule["levels"]}) < len(rule["levels"]):
                yield "has a level twice"


def _contradictions(selection: Selection) -> Iterator[str]:
    if selection.about["call"] != selection.rules["call"]:
        yield "selection.json and rules.json are about different calls"
    yield from _twice("inputs.json:", (row["ref"] for row in selection.inputs))
    yield from _twice("eligibility.json:", (row["ref"] for row in selection.eligibility))
    yield from _twice("honours.json:", (row["ref"] for row in selection.honours))
    reviews = ((row["stage"], row["item"], row["reviewer"]) for row in selection.reviews)
    yield from _twice("reviews.json:", (", ".join(review) for review in reviews))
    stages = {rule["key"] for rule in selection.rules["stages"]}
    for stage in sorted({review["stage"] for review in selection.reviews} - stages):
        yield f"reviews.json: {stage} is not a declared stage"
    for key, frozen in selection.lists.items():
        rule = selection.stage(key)
        yield from _twice(f"{stage_file(rule)}:", (entry["ref"] for entry in frozen["entries"]))
        if frozen["stage"] != key:
            yield f"{stage_file(rule)}: it is the list of {frozen['stage']}"
        if rule["from"] is not None and rule["from"] not in selection.lists:
            yield f"{stage_file(rule)}: there is no list of {rule['from']}, which it comes from"
    for position, entry in enumerate(selection.entries):
        # The payload may say more than the bundle needs; what it needs has to be there.
        needed = {key: value for key, value in entry["payload"].items() if key in LogPayload.__annotations__}
        yield from departures(needed, LogPayload, f"log/entries.json[{position}].payload")


def _twice(what: str, keys: Iterable[Hashable]) -> Iterator[str]:
    return (f"{what} {key} stands there twice" for key, times in Counter(keys).items() if times > 1)
