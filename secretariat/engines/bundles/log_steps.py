"""The steps that hold a bundle against the sealed log: its head, its entries, and a head from elsewhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from secretariat.engines.bundles.counting import decision_digest, list_digest
from secretariat.engines.bundles.reading import Selection
from secretariat.engines.bundles.selection import LogEntry, LogPayload
from secretariat.engines.bundles.steps import Step, counted, none_of, same
from secretariat.engines.sealed import heads, merkle, notes
from secretariat.engines.sealed.canonical import canonical, digest

SIGNED = "The log's head is signed"
TREE = "The log's leaves give its root"
ENTRIES = "Every entry is in the log"
RULES = "The rules are those logged at opening"
INPUTS = "The inputs are those logged at closing"
BEFORE = "The rules were logged before the first input"
ORDER = "Lists were logged after the inputs, in order"
HEAD = "The head obtained elsewhere agrees"


def list_step(stage: str) -> str:
    """The title of the step that holds the list of a stage, and the decision on it, against the log."""
    return f"{stage}: the list is the one logged"


def log_steps(selection: Selection, elsewhere: str | None) -> Iterator[Step]:
    """Every step about the log. ``elsewhere``: the text of a head that did not come with the bundle."""
    try:
        head = heads.read_head(selection.head)
        key = notes.VerifierKey.parse(selection.key)
    except (heads.HeadError, notes.NoteError) as error:
        yield Step(SIGNED, False, "a head and the key that signed it", str(error))
        return
    yield _signed(selection.head, key)
    if selection.tree is not None:
        leaves = _tree(selection)
        yield same(TREE, _named(head.size, head.root), _named(len(leaves), merkle.root_of(leaves)))
    yield none_of(
        ENTRIES,
        f"{counted(len(selection.entries), 'entry', 'entries')} under the root of {head.size:,} leaves",
        (objection for entry in selection.entries for objection in _outside(entry, head)),
    )
    yield from _contents(selection)
    yield _rules_before_inputs(selection)
    yield _in_order(selection)
    if elsewhere is not None:
        yield _agrees(selection, head, key, elsewhere)


def _signed(head: str, key: notes.VerifierKey) -> Step:
    try:
        heads.verify_head(head, key)
    except heads.HeadError as error:
        return Step(SIGNED, False, f"by {key.name}, key {key.id.hex()}", str(error))
    return Step(SIGNED, True, f"by {key.name}, key {key.id.hex()}", "the signature is good")


def _outside(entry: LogEntry, head: heads.Head) -> Iterator[str]:
    leaf = merkle.leaf_hash(canonical(entry["payload"]))
    name = f"{entry['payload']['kind']} at {entry['index']:,}"
    if leaf.hex() != entry["leaf"]:
        yield f"{name}: the leaf is not the hash of what it is said to hold"
    proof = [bytes.fromhex(part) for part in entry["proof"]]
    if not merkle.verify_inclusion(leaf, entry["index"], head.size, proof, head.root):
        yield f"{name}: its proof does not lead to the head's root"


def _logged(selection: Selection, kind: str, stage: str | None = None) -> list[tuple[int, LogPayload]]:
    """The entries of a kind about this call: index and payload. There should be exactly one."""
    wanted = (selection.rules["call"], kind, stage)
    payloads = [(entry["index"], cast(LogPayload, entry["payload"])) for entry in selection.entries]
    return [(index, p) for index, p in payloads if (p["call"], p["kind"], p["stage"]) == wanted]


def _contents(selection: Selection) -> Iterator[Step]:
    yield _is_logged(RULES, selection, "rules", digest(selection.rules))
    yield _is_logged(INPUTS, selection, "inputs", digest(selection.inputs))
    for stage, frozen in selection.lists.items():
        step = _is_logged(list_step(stage), selection, "list", list_digest(frozen), stage)
        if step.ok and frozen["decision"] is not None:
            step = _is_logged(list_step(stage), selection, "decision", decision_digest(frozen), stage)
        yield step


def _is_logged(title: str, selection: Selection, kind: str, found: str, stage: str | None = None) -> Step:
    logged = [payload["digest"] for _, payload in _logged(selection, kind, stage)]
    if len(logged) != 1:
        return Step(title, False, f"one log entry '{kind}'", f"{len(logged)} of them")
    return same(title, f"{kind} {logged[0]}", f"{kind} {found}")


def _rules_before_inputs(selection: Selection) -> Step:
    rules, inputs = _logged(selection, "rules"), _logged(selection, "inputs")
    if len(rules) != 1 or len(inputs) != 1:
        return Step(BEFORE, False, "one entry for the rules, one for the inputs", "not one of each")
    declared = datetime.fromisoformat(rules[0][1]["at"])
    received = [datetime.fromisoformat(row["received_at"]) for row in selection.inputs]
    expected = f"before {min(received).isoformat()}" if received else "before the inputs"
    objections = []
    if rules[0][0] >= inputs[0][0]:
        objections.append(f"the inputs stand at {inputs[0][0]:,} in the log, the rules at {rules[0][0]:,}")
    if received and declared > min(received):
        objections.append(f"the rules are of {declared.isoformat()}")
    return none_of(BEFORE, expected, objections, f"at {declared.isoformat()}")


def _in_order(selection: Selection) -> Step:
    wanted: list[tuple[str, str | None]] = [("rules", None), ("inputs", None)]
    for stage, frozen in selection.lists.items():
        wanted += [("list", stage), ("decision", stage)] if frozen["decision"] else [("list", stage)]
    indices = [index for kind, stage in wanted for index, _ in _logged(selection, kind, stage)]
    places = [f"{index:,}" for index in indices]
    complete = len(indices) == len(wanted) == len(selection.entries)
    return Step(
        ORDER,
        complete and indices == sorted(set(indices)),
        f"{counted(len(wanted), 'entry', 'entries')} of this call, each after the one before",
        f"at {', '.join(places)}" + ("" if complete else f"; {len(selection.entries)} in the bundle"),
    )


def _agrees(selection: Selection, head: heads.Head, key: notes.VerifierKey, elsewhere: str) -> Step:
    try:
        other = heads.verify_head(heads.find_head(elsewhere, key.name), key)
    except heads.HeadError as error:
        return Step(HEAD, False, f"a head signed by {key.name}, key {key.id.hex()}", str(error))
    expected = _named(other.size, other.root)
    if other.size > head.size:
        found = f"this log has {head.size:,} leaves only: ask for a bundle exported after that head"
        return Step(HEAD, False, expected, found)
    if other.size == head.size:
        return same(HEAD, expected, _named(head.size, head.root))
    if selection.tree is not None:
        earlier = _tree(selection)[: other.size]
        return same(HEAD, expected, _named(len(earlier), merkle.root_of(earlier)))
    return _proved(selection, head, other)


def _proved(selection: Selection, head: heads.Head, other: heads.Head) -> Step:
    expected = _named(other.size, other.root)
    proofs = [row["proof"] for row in selection.consistency if row["size"] == other.size]
    if not proofs and other.size:
        return Step(HEAD, False, expected, f"the bundle carries no proof from {other.size:,} leaves")
    proof = [bytes.fromhex(part) for part in proofs[0]] if proofs else []
    if not merkle.verify_consistency(other.size, head.size, proof, other.root, head.root):
        return Step(HEAD, False, expected, "the bundle's proof does not lead from that root to this log")
    return Step(HEAD, True, expected, f"the log of {head.size:,} leaves begins with it")


def _tree(selection: Selection) -> list[bytes]:
    return [bytes.fromhex(leaf) for leaf in selection.tree["leaves"]] if selection.tree else []


def _named(size: int, root: bytes) -> str:
    return f"{counted(size, 'leaf', 'leaves')}, root {root.hex()}"
