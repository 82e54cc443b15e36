#!/usr/bin/env python3
"""Recounts a selection bundle with nothing but Python: one file to read, to keep and to run.

    python3 recount.py BUNDLE [HEAD]

BUNDLE is a folder or a zip; HEAD a text with a head of the log that did not come with the bundle. Needs Python 3.10,
no other program, and nothing of the software that wrote the bundle, which docs/reference/selection-bundle.md describes.
Prints each step with what was found, and ends with 0 where every step holds, 1 where one does not, 2 where the bundle
cannot be read.

What is counted: every file's size and SHA-256, canonical spelling, digests of rules, inputs, lists and decisions, their
entries in the log, its proofs, its signature (Ed25519, RFC 8032), HEAD; eligibility, conflicts, scales, weighted means;
who enters a list, its order, its ties, its places, its refusals; honours. A list calibrated by "mean" is computed from
its reviews; one of another method is held to its own scores, and said to be so.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import sys
import zipfile
from collections import Counter
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path


class Unreadable(Exception):
    """The bundle is no bundle: what was wanted, and where."""


# -- One spelling (RFC 8785) ----------------------------------------------------------------------------------


def canonical(value):
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _number(value):
    if value == 0:
        return "0"
    sign, figures, exponent = Decimal(repr(value)).as_tuple()
    digits, point = "".join(map(str, figures)).rstrip("0"), len(figures) + exponent
    if len(digits) <= point <= 21:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return "-" + text if sign else text


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


# -- The files ------------------------------------------------------------------------------------------------


def read(path):
    """Every file of the bundle by name, as bytes."""
    place = Path(path)
    try:
        if place.is_dir():
            found = sorted(file for file in place.rglob("*") if file.is_file())
            return {file.relative_to(place).as_posix(): file.read_bytes() for file in found}
        with zipfile.ZipFile(place) as packed:
            names = [name for name in packed.namelist() if not name.endswith("/")]
            if len(set(names)) < len(names):
                raise Unreadable("a name stands twice in the zip")
            return {name: packed.read(name) for name in names}
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise Unreadable(str(error)) from None


def _once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def parsed(files):
    """Every JSON file by its name without ending; text files as text. Raises Unreadable."""
    told = {}
    for name, data in files.items():
        try:
            text = data.decode()
            told[name] = json.loads(text, object_pairs_hook=_once) if name.endswith(".json") else text
        except ValueError as error:
            raise Unreadable(f"{name}: {error}") from None
    return told


def as_the_manifest_says(files, told):
    manifest = told["manifest.json"]["files"]
    wrong = [f"{name} is missing" for name in sorted(manifest.keys() - files.keys())]
    wrong += [f"{name} is not named" for name in sorted(files.keys() - manifest.keys() - {"manifest.json"})]
    for name in sorted(manifest.keys() & files.keys()):
        said, data = manifest[name], files[name]
        if (said["size"], said["sha256"]) != (len(data), hashlib.sha256(data).hexdigest()):
            wrong.append(f"{name} is not the file that was packed")
    wrong += [
        f"{name} is not in canonical form"
        for name in sorted(files)
        if name.endswith(".json") and canonical(told[name]).encode() != files[name]
    ]
    return wrong


# -- The signature (RFC 8032) ---------------------------------------------------------------------------------

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _double_and_add(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _sum(total, point)
        point, number = _sum(point, point), number >> 1
    return total


def _sum(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _point(data):
    """The point of 32 bytes; None where they are none."""
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public, message, signature):
    """Whether an Ed25519 signature of 64 bytes is good."""
    key, first, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or first is None or s >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = _double_and_add(s, BASE), _sum(first, _double_and_add(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


class Log:
    """A signed head: whose log, how many leaves, their root. Raises ValueError where it is not good."""

    def __init__(self, note, key_line):
        name, key_id, material = key_line.strip().split("+", 2)
        key = base64.b64decode(material, validate=True)
        if key[:1] != b"\x01" or len(key) != 33:
            raise ValueError("the key is no Ed25519 key")
        if hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() != key_id:
            raise ValueError("the key is not the one its line names")
        text, _, signatures = note.partition("\n\n")
        text += "\n"
        lines = text.split("\n")
        if lines[0] != name:
            raise ValueError(f"it is a head of {lines[0]}, not of {name}")
        good = False
        for line in signatures.splitlines():
            mark, signer, signed = (*line.split(" "), "", "")[:3]
            raw = base64.b64decode(signed or "")
            if mark == "—" and signer == name and raw[:4].hex() == key_id:
                good = good or is_signed(key[1:], text.encode(), raw[4:])
        if not good:
            raise ValueError(f"no good signature of {name}")
        self.name, self.size, self.root = name, int(lines[1]), base64.b64decode(lines[2], validate=True)


def head_in(text, name):
    """The note of a head of the log that stands in a text, or an empty one."""
    lines = [line.strip().lstrip("> ") for line in text.splitlines()]
    for start, line in enumerate(lines):
        if line == name:
            gap = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
            signed = []
            for line in lines[gap + 1 :]:
                if not line.startswith("— "):
                    break
                signed.append(line)
            if signed:
                return "\n".join([*lines[start:gap], "", *signed, ""])
    return ""


# -- The tree (RFC 9162) --------------------------------------------------------------------------------------


def leaf_of(payload):
    return hashlib.sha256(b"\0" + canonical(payload).encode()).digest()


def _node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return _node(root_of(leaves[:half]), root_of(leaves[half:]))


def root_from(leaf, index, size, proof):
    """The root a proof leads to, from a leaf at its place; None where it is no proof."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = _node(beside, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = _node(found, beside)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def grew_from(first, second, proof, old, new):
    """Whether a log of ``second`` leaves begins with the one of ``first``."""
    if first == second:
        return old == new
    if first == 0:
        return old == root_of([])
    hashes = [old, *proof] if first & (first - 1) == 0 else list(proof)
    if not proof or first > second:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    one = other = hashes[0]
    for beside in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            one, other = _node(beside, one), _node(beside, other)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            other = _node(other, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and one == old and other == new


# -- The count ------------------------------------------------------------------------------------------------


def near(one, other):
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def overall(criteria, scores):
    same = len({(c["min"], c["max"]) for c in criteria}) == 1
    values = [
        scores[c["key"]] if same else (scores[c["key"]] - c["min"]) / (c["max"] - c["min"]) for c in criteria
    ]
    weights = [c["weight"] for c in criteria]
    return math.fsum(w * v for w, v in zip(weights, values, strict=True)) / math.fsum(weights)


def cut(ranking, rule, moves=()):
    if moves:
        to = {move["ref"]: move["to"] for move in moves}
        first = [ref for ref in ranking if to.get(ref) == "above"]
        last = [ref for ref in ranking if to.get(ref) == "below"]
        outcomes = cut(first + [ref for ref in ranking if ref not in to] + last, rule)
        return {ref: "cut" if to.get(ref) == "below" else outcomes[ref] for ref in ranking}
    outcomes, start = dict.fromkeys(ranking, "cut"), 0
    places = [("kept", rule["keep"])] if rule["keep"] is not None else []
    for outcome, count in places + [(level["key"], level["count"]) for level in rule["levels"]]:
        outcomes.update(dict.fromkeys(ranking[start : start + count], outcome))
        start += count
    return outcomes


def handed_on(frozen, rule):
    refused = {row["ref"] for row in (frozen["decision"] or {"refused": []})["refused"]}
    outcomes = {e["ref"]: e["outcome"] for e in frozen["entries"] if e["ref"] not in refused}
    if refused and rule["when_refused"] == "move_up" and rule["kind"] != "eligibility":
        outcomes = cut(list(outcomes), rule, frozen.get("moves", []))
    return {ref: outcome for ref, outcome in outcomes.items() if outcome != "cut"}


def without_decision(frozen):
    return {key: value for key, value in frozen.items() if key != "decision"}


class Recount:
    """The steps about one bundle: each a title, and what speaks against it."""

    def __init__(self, told):
        self.rules, self.inputs, self.about = told["rules.json"], told["inputs.json"], told["selection.json"]
        self.eligibility, self.reviews = told["eligibility.json"], told["reviews.json"]
        self.conflicts, self.honours = told["conflicts.json"], told["honours.json"]
        self.entries = told["log/entries.json"]
        self.tree = told.get("log/tree.json")
        self.consistency = told.get("log/consistency.json", [])
        self.stages = sorted(self.rules["stages"], key=lambda rule: rule["order"])
        names = {rule["key"]: f"stages/{rule['order']:02d}-{rule['key']}.json" for rule in self.stages}
        self.lists = {key: told[name] for key, name in names.items() if name in told}
        self.rule = {rule["key"]: rule for rule in self.stages}

    # -- against the log

    def logged(self, kind, stage=None):
        wanted = (self.rules["call"], kind, stage)
        rows = [(row["index"], row["payload"]) for row in self.entries]
        return [(i, p) for i, p in rows if (p["call"], p["kind"], p["stage"]) == wanted]

    def in_the_log(self, log):
        for row in self.entries:
            name = f"{row['payload']['kind']} at {row['index']}"
            leaf = leaf_of(row["payload"])
            if leaf.hex() != row["leaf"]:
                yield name + ": the leaf is not its hash"
            proof = [bytes.fromhex(part) for part in row["proof"]]
            if root_from(leaf, row["index"], log.size, proof) != log.root:
                yield name + ": its proof does not lead to the root"
        if self.tree is not None:
            leaves = [bytes.fromhex(leaf) for leaf in self.tree["leaves"]]
            if (len(leaves), root_of(leaves)) != (log.size, log.root):
                yield "the leaves do not give the root"

    def as_logged(self):
        wanted = [("rules", None, digest(self.rules)), ("inputs", None, digest(self.inputs))]
        for key, frozen in self.lists.items():
            listed = digest(without_decision(frozen))
            wanted.append(("list", key, listed))
            if frozen["decision"] is not None:
                wanted.append(("decision", key, digest({"decision": frozen["decision"], "list": listed})))
        places = []
        for kind, stage, found in wanted:
            rows = self.logged(kind, stage)
            if [payload["digest"] for _, payload in rows] != [found]:
                yield f"{kind} of {stage or 'the call'} is not the one logged, or not logged once"
            places += [index for index, _ in rows]
        if places != sorted(set(places)) or len(places) != len(self.entries):
            yield "the entries are not those of rules, inputs, lists and decisions in this order"

    def rules_came_first(self):
        declared = [datetime.fromisoformat(payload["at"]) for _, payload in self.logged("rules")]
        received = [datetime.fromisoformat(row["received_at"]) for row in self.inputs]
        if not declared or (received and max(declared) > min(received)):
            yield "the rules are not older than the first input"

    def agrees_with(self, log, elsewhere, key_line):
        try:
            other = Log(head_in(elsewhere, log.name), key_line)
        except ValueError as error:
            yield str(error)
            return
        if other.size > log.size:
            yield "this log is older than that head: ask for a newer bundle"
        elif self.tree is not None:
            leaves = [bytes.fromhex(leaf) for leaf in self.tree["leaves"]][: other.size]
            if root_of(leaves) != other.root:
                yield "the log was another one then"
        else:
            proofs = [row["proof"] for row in self.consistency if row["size"] == other.size] or [[]]
            proof = [bytes.fromhex(part) for part in proofs[0]]
            if not grew_from(other.size, log.size, proof, other.root, log.root):
                yield "nothing shows that this log is the continuation of that one"

    # -- what came in

    def counts(self):
        submitted = [row["ref"] for row in self.inputs if row["state"] == "submitted"]
        if self.about["collected"] != len(self.inputs):
            yield f"{self.about['collected']} collected, {len(self.inputs)} inputs"
        if sorted(submitted) != sorted(row["ref"] for row in self.eligibility):
            yield "what was checked is not what was submitted"
        known = {rule["key"] for rule in self.rules["eligibility"]}
        for row in self.eligibility:
            if row["eligible"] == bool(row["failed"]) or not known.issuperset(row["failed"]):
                yield f"{row['ref']}: eligible is not what its rules say"

    def each_review(self):
        barred = {(row["item"], row["reviewer"]) for row in self.conflicts}
        scales = {c["key"]: c for c in self.rules["criteria"]}
        for row in self.reviews:
            name, scores = f"{row['item']} by {row['reviewer']}", row["scores"]
            if (row["item"], row["reviewer"]) in barred:
                yield name + ": she had a conflict"
            if scores.keys() != scales.keys():
                yield name + ": not a score for each criterion"
            elif not all(scales[key]["min"] <= score <= scales[key]["max"] for key, score in scores.items()):
                yield name + ": a score off its scale"
            elif not near(overall(self.rules["criteria"], scores), row["overall"]):
                yield name + ": the overall score is not the weighted mean"

    # -- each list

    def entrants(self, rule):
        if rule["from"] is None:
            return [row["ref"] for row in self.inputs if row["state"] == "submitted"]
        before, source = self.lists[rule["from"]], self.rule[rule["from"]]
        if source["authority"] is not None and before["decision"] is None:
            return []
        return list(handed_on(before, source))

    def counted(self, rule):
        items, found = set(self.entrants(rule)), {}
        for row in sorted(self.reviews, key=lambda row: self.rule[row["stage"]]["order"]):
            if row["item"] in items and self.rule[row["stage"]]["order"] <= rule["order"]:
                found[row["item"], row["reviewer"]] = row
        return [found[pair] for pair in sorted(found)]

    def list_holds(self, rule, frozen):
        material = {
            "eligibility": lambda: self.eligibility,
            "calibrated": lambda: self.counted(rule),
            "levels": lambda: digest(without_decision(self.lists[rule["from"]])),
        }[rule["kind"]]()
        based = digest({"kind": rule["kind"], "material": material})
        if (frozen["rules"], frozen["inputs"], frozen["basis"]) != (
            digest(self.rules),
            digest(self.inputs),
            based,
        ):
            yield "it was made from other rules, inputs or reviews"
        refs = [entry["ref"] for entry in frozen["entries"]]
        if sorted(refs) != sorted(self.entrants(rule)):
            yield "somebody was added or left out"
        else:
            yield from {"eligibility": self._eligible, "calibrated": self._ranked, "levels": self._levels}[
                rule["kind"]
            ](rule, frozen, refs)
        yield from self._moved(rule, frozen)
        yield from self._decided(rule, frozen)

    def _eligible(self, rule, frozen, refs):
        verdicts = {row["ref"]: "kept" if row["eligible"] else "cut" for row in self.eligibility}
        if refs != sorted(refs) or any(verdicts[e["ref"]] != e["outcome"] for e in frozen["entries"]):
            yield "the outcomes are not those of the check"

    def _ranked(self, rule, frozen, refs):
        entries, received = frozen["entries"], {row["ref"]: row["received_at"] for row in self.inputs}
        keys = {
            "item": lambda ref: ref,
            "lot": lambda ref: hashlib.sha256(f"{digest(self.inputs)}\n{ref}".encode()).hexdigest(),
            "earlier_receipt": lambda ref: (datetime.fromisoformat(received[ref]), ref),
        }
        tie = keys[rule["ties"]]
        falls = [e["score"] for e in entries]
        if any(falls[n] < falls[n + 1] and not near(falls[n], falls[n + 1]) for n in range(len(falls) - 1)):
            yield "it does not fall by its scores"
        for one, other in pairwise(entries):
            if one["rank"] == other["rank"] and tie(one["ref"]) > tie(other["ref"]):
                yield f"{one['ref']} and {other['ref']} are level, and not in the order of the rule"
        outcomes = cut(refs, rule, frozen.get("moves", []))
        if any(outcomes[e["ref"]] != e["outcome"] for e in entries):
            yield "not as many kept as declared, or not those in front and those moved"
        if rule["method"] == "mean":
            given = {}
            for row in self.counted(rule):
                given.setdefault(row["item"], []).append(overall(self.rules["criteria"], row["scores"]))
            for e in entries:
                if e["ref"] not in given or not near(
                    math.fsum(given[e["ref"]]) / len(given[e["ref"]]), e["score"]
                ):
                    yield f"{e['ref']}: the score is not the mean of its reviews"

    def _levels(self, rule, frozen, refs):
        if refs != self.entrants(rule):
            yield "the order is not that of the list before"
        if any(cut(refs, rule)[e["ref"]] != e["outcome"] for e in frozen["entries"]):
            yield "the places are not dealt out as declared"

    def _moved(self, rule, frozen):
        moves = frozen.get("moves", [])
        if moves and rule.get("moves") != "vote":
            yield "items were moved, and the rule lets nobody move any"
        if len({move["ballot"] for move in moves}) < len(moves):
            yield "a ballot carried two moves"
        for move in moves:
            if move["ref"] not in {e["ref"] for e in frozen["entries"]} or not move["reason"].strip():
                yield f"{move['ref']} was moved, and is not on the list, or without a reason"
            if move["votes"]["yes"] <= move["votes"]["no"]:
                yield f"{move['ref']} was moved without more yes than no"

    def _decided(self, rule, frozen):
        decision, entries = frozen["decision"], frozen["entries"]
        if decision is None:
            return
        if decision["authority"] != rule["authority"]:
            yield "somebody decided who is not the authority"
        refused = [row["ref"] for row in decision["refused"]]
        if len(set(refused)) < len(refused) or not all(row["reason"].strip() for row in decision["refused"]):
            yield "a refusal stands twice or without a reason"
        # Who moved up into the place of somebody refused may be refused, too.
        reach, gone = {e["ref"] for e in entries if e["outcome"] != "cut"}, set()
        may_move_up = rule["when_refused"] == "move_up" and rule["kind"] != "eligibility"
        while may_move_up and (set(refused) & reach) - gone:
            gone |= set(refused) & reach
            left = [e["ref"] for e in entries if e["ref"] not in gone]
            again = cut(left, rule, frozen.get("moves", []))
            reach |= {ref for ref, outcome in again.items() if outcome != "cut"}
        if not reach.issuperset(refused):
            yield "an item without a place was refused"

    def honoured(self):
        last = self.stages[-1]
        final = handed_on(self.lists[last["key"]], last) if last["key"] in self.lists else {}
        for row in self.honours:
            if final.get(row["ref"]) != row["level"]:
                yield f"{row['ref']} is not on the final list at this level"


def steps_of(files, elsewhere=""):
    """Every step: its title, what speaks against it, and a remark. Raises Unreadable where the files are none of a
    selection."""
    told = parsed(files)
    try:
        yield "Every file is as the manifest says", as_the_manifest_says(files, told), f"{len(files)} files"
        count = Recount(told)
        try:
            log = Log(told["log/head.txt"], told["log/key.txt"])
        except ValueError as error:
            yield "The log's head is signed", [str(error)], ""
            return
        yield "The log's head is signed", [], f"by {log.name}, {log.size} leaves"
        yield "Every entry is in the log", list(count.in_the_log(log)), f"{len(count.entries)} entries"
        yield "Rules, inputs, lists and decisions are those logged", list(count.as_logged()), ""
        yield "The rules came before the inputs", list(count.rules_came_first()), ""
        if elsewhere:
            against = list(count.agrees_with(log, elsewhere, told["log/key.txt"]))
            yield "The head obtained elsewhere agrees", against, ""
        yield "The counts add up", list(count.counts()), f"{len(count.inputs)} submissions"
        yield (
            "Every review is allowed and on its scales",
            list(count.each_review()),
            f"{len(count.reviews)} reviews",
        )
        for rule in count.stages:
            if rule["key"] in count.lists:
                frozen = count.lists[rule["key"]]
                kept = Counter(e["outcome"] for e in frozen["entries"])
                remark = ", ".join(f"{n} {outcome}" for outcome, n in sorted(kept.items()))
                if rule["kind"] == "calibrated" and rule["method"] != "mean":
                    remark += f"; the scores of '{rule['method']}' are taken as they stand"
                yield f"{rule['key']}: the list holds", list(count.list_holds(rule, frozen)), remark
        yield "Honours are those of the final list", list(count.honoured()), f"{len(count.honours)} honours"
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unreadable(f"a file has not the documented shape ({error!r})") from None


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    good = True
    try:
        elsewhere = Path(arguments[1]).read_text("utf-8") if len(arguments) == 2 else ""
        for title, against, remark in steps_of(read(arguments[0]), elsewhere):
            good = good and not against
            said = "; ".join(against[:3]) + (f"; and {len(against) - 3} more" if len(against) > 3 else "")
            told = f": {said or remark}" if said or remark else ""
            print("no  " if against else "ok  ", title + told, sep="")
    except (Unreadable, OSError, UnicodeDecodeError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    print("It holds." if good else "It does NOT hold.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
