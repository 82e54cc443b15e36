"""A small selection with its log, made by the public functions: 12 submissions, 4 stages, 3 honours."""

import random
from datetime import UTC, datetime, timedelta

from secretariat.engines.bundles import counting, reading
from secretariat.engines.bundles.container import Bundle
from secretariat.engines.bundles.ranking import calibrated_entries
from secretariat.engines.bundles.verify import verify_selection
from secretariat.engines.sealed import heads, merkle, notes
from secretariat.engines.sealed.canonical import COMMITMENT_SCHEME, canonical, commit, digest

CALL = "practice-cases-2042"
ORIGIN = "example.org/log"
OPENING = datetime(2042, 5, 1, 8, tzinfo=UTC)
REFS = [f"PC-{number:03}" for number in range(1, 13)]
REVIEWERS = [f"R{number:02}" for number in range(1, 7)]
WITHDRAWN, INELIGIBLE = "PC-004", "PC-009"


def failed(files, head=None):
    """The titles of the steps that do not hold for these files, as if their manifest were fresh."""
    return {step.step for step in verify_selection(Bundle(files, ()), head) if not step.ok}


def found(files, title, head=None):
    """What the step of this title found."""
    (step,) = [step for step in verify_selection(Bundle(files, ()), head) if step.step == title]
    return step.found


class Log:
    """A sealed log in memory: other entries lie between ours, as in life."""

    def __init__(self, key):
        self.key = key
        self.leaves = []
        self.pledges = []
        self.now = OPENING - timedelta(days=10)

    def pledge(self, kind, value, stage=None):
        self._other()
        payload = {
            "call": CALL,
            "kind": kind,
            "stage": stage,
            "digest": value,
            "at": self.now.isoformat(),
            "act": 7,
        }
        leaf = merkle.leaf_hash(canonical(payload))
        self.pledges.append((payload, len(self.leaves), leaf))
        self.leaves.append(leaf)
        self._other()

    def _other(self):
        self.leaves.append(merkle.leaf_hash(f"act {len(self.leaves)}".encode()))

    def head(self):
        """The signed head of now, as it is printed on a receipt."""
        root = merkle.root(len(self.leaves), merkle.in_memory(self.leaves))
        return heads.sign_head(heads.Head(ORIGIN, len(self.leaves), root, self.now), self.key)

    def files(self, tree=True, older=()):
        size, hash_of = len(self.leaves), merkle.in_memory(self.leaves)
        entries = [
            {
                "payload": payload,
                "index": index,
                "leaf": leaf.hex(),
                "proof": [part.hex() for part in merkle.inclusion_proof(index, size, hash_of)],
            }
            for payload, index, leaf in self.pledges
        ]
        proofs = [
            {"size": first, "proof": [part.hex() for part in merkle.consistency_proof(first, size, hash_of)]}
            for first in older
        ]
        files = {
            "log/head.txt": self.head(),
            "log/key.txt": f"{self.key.verifier}\n",
            "log/entries.json": entries,
        }
        if tree:
            files["log/tree.json"] = {"leaves": [leaf.hex() for leaf in self.leaves]}
        if older:
            files["log/consistency.json"] = proofs
        return files


def make_key():
    return notes.SigningKey.from_pem(ORIGIN, notes.generate_pem())


def make_rules():
    stage = {
        "from": None, "keep": None, "method": None, "seed": 0, "ties": None, "levels": [],
        "authority": "Secretary-General", "when_refused": "leave_open",
    }  # fmt: skip
    calibrated = stage | {"kind": "calibrated", "method": "additive", "ties": "earlier_receipt"}
    return {
        "call": CALL,
        "opens_at": OPENING.isoformat(),
        "closes_at": (OPENING + timedelta(days=60)).isoformat(),
        "fields": ["digital-economy", "culture"],
        "criteria": [
            {"key": "leadership", "weight": 2, "min": 1, "max": 5},
            {"key": "replicability", "weight": 1, "min": 1, "max": 5},
        ],
        "eligibility": [{"key": "in-use", "text": "The practice is in use for a year."}],
        "stages": [
            stage | {"key": "eligibility", "order": 1, "kind": "eligibility", "authority": None},
            calibrated | {"key": "reading", "order": 2, "from": "eligibility", "keep": 6, "seed": 3},
            calibrated
            | {"key": "finals", "order": 3, "from": "reading", "keep": 4, "when_refused": "move_up"},
            stage
            | {
                "key": "honours", "order": 4, "kind": "levels", "from": "finals",
                "levels": [{"key": "presented", "count": 2}, {"key": "named", "count": 1}],
            },
        ],
        "further": {"form": {"summary": {"words": 300}}},
    }  # fmt: skip


class Maker:
    """Runs the selection as the product does; ``favour`` gives one item the best scores: a history made up later."""

    def __init__(self, key=None, favour=None, moves=False):
        self.log = Log(key or make_key())
        self.moves = moves
        self.favour = favour
        self.rules = make_rules()
        if moves:
            self.stage("reading")["moves"] = "vote"
            self.stage("reading")["when_refused"] = "move_up"
        self.inputs, self.eligibility, self.reviews = [], [], []
        self.lists, self.honours, self.receipts = {}, [], []
        self.run()

    def run(self):
        self.log.pledge("rules", digest(self.rules))
        self.collect()
        self.log.pledge("inputs", digest(self.inputs))
        self.receipts.append(self.log.head())
        self.freeze("eligibility", self.eligibility_entries())
        self.review("reading", [row["ref"] for row in self.eligibility if row["eligible"]])
        self.freeze("reading", *self.moved(self.ranked("reading")), refuse=0)
        self.receipts.append(self.log.head())
        self.review("finals", list(self.carried("reading"))[::2])
        self.freeze("finals", self.ranked("finals"), refuse=1)
        self.freeze("honours", self.levels())
        self.confer()

    def collect(self):
        for day, ref in enumerate(REFS):
            state = "withdrawn" if ref == WITHDRAWN else "submitted"
            received = (OPENING + timedelta(days=day)).isoformat()
            commitment = commit({"title": ref}, bytes([day]) * 32)
            self.inputs.append(
                {"ref": ref, "version": 1, "commitment": commitment, "received_at": received, "state": state}
            )
            if state == "submitted":
                failed = ["in-use"] if ref == INELIGIBLE else []
                self.eligibility.append({"ref": ref, "eligible": not failed, "failed": failed})
        self.log.now = OPENING + timedelta(days=60)

    def review(self, stage, items):
        chance = random.Random(f"{stage}/{self.favour}")
        for position, item in enumerate(items):
            for step in range(3):
                reviewer = REVIEWERS[(position + step) % len(REVIEWERS)]
                scores = {key: chance.randint(1, 5) for key in ("leadership", "replicability")}
                if item == self.favour:
                    scores = dict.fromkeys(scores, 5)
                overall = counting.overall_score(self.rules["criteria"], scores)
                self.reviews.append(
                    {"stage": stage, "item": item, "reviewer": reviewer, "scores": scores, "overall": overall}
                )

    def stage(self, key):
        return next(rule for rule in self.rules["stages"] if rule["key"] == key)

    def carried(self, key):
        return counting.carried(self.lists[key], self.stage(key))

    def counted(self, key):
        items = self.carried(self.stage(key)["from"])
        return counting.counted_reviews(self.reviews, self.rules["stages"], key, items)

    def eligibility_entries(self):
        nothing = dict.fromkeys(("rank", "score", "low", "high", "p_above"))
        return [
            {"ref": row["ref"], **nothing, "outcome": "kept" if row["eligible"] else "cut"}
            for row in self.eligibility
        ]

    def ranked(self, key, moves=()):
        rule = self.stage(key)
        items = self.carried(rule["from"])
        return calibrated_entries(rule, self.rules["criteria"], items, self.counted(key), self.inputs, moves)

    def moved(self, entries):
        """The eighth of the list goes up and the third down, by a vote each."""
        if not self.moves:
            return entries, []
        moves = [
            {"ref": entries[place]["ref"], "to": to, "reason": "As discussed.", "ballot": f"BAL-{place}",
             "votes": {"yes": 5, "no": 1, "abstain": 0}, "digest": digest(place)}
            for place, to in ((7, "above"), (2, "below"))
        ]  # fmt: skip
        return self.ranked("reading", moves), moves

    def levels(self):
        before = {entry["ref"]: entry for entry in self.lists["finals"]["entries"]}
        ranking = list(self.carried("finals"))
        outcomes = counting.cut(ranking, self.stage("honours"))
        return [before[ref] | {"rank": rank, "outcome": outcomes[ref]} for rank, ref in enumerate(ranking, 1)]

    def freeze(self, key, entries, moves=(), refuse=None):
        self.log.now += timedelta(days=20)
        rule = self.stage(key)
        frozen = {
            "stage": key,
            "frozen_at": self.log.now.isoformat(),
            "rules": digest(self.rules),
            "inputs": digest(self.inputs),
            "basis": counting.basis(rule, self.material(key)),
            "entries": entries,
            "decision": None,
            **({"moves": list(moves)} if moves else {}),
        }
        self.lists[key] = frozen
        self.log.pledge("list", counting.list_digest(frozen), key)
        if rule["authority"] is not None:
            refused = (
                [] if refuse is None else [{"ref": entries[refuse]["ref"], "reason": "Figures unproved."}]
            )
            frozen["decision"] = {
                "authority": rule["authority"], "by": "Office of the Secretary-General",
                "at": self.log.now.isoformat(), "refused": refused,
            }  # fmt: skip
            self.log.pledge("decision", counting.decision_digest(frozen), key)

    def material(self, key):
        if key == "eligibility":
            return self.eligibility
        return counting.list_digest(self.lists["finals"]) if key == "honours" else self.counted(key)

    def confer(self):
        for ref, level in self.carried("honours").items():
            self.honours.append({"ref": ref, "level": level, "state": "conferred"})

    def files(self, tree=True, older=()):
        about = {
            "schema": 1, "edition": "2042", "call": CALL, "title": "Outstanding cases", "simulated": True,
            "collected": len(REFS), "commitments": COMMITMENT_SCHEME,
        }  # fmt: skip
        lists = {reading.stage_file(self.stage(key)): frozen for key, frozen in self.lists.items()}
        scored = {(review["item"], review["reviewer"]) for review in self.reviews}
        free = next((i, r) for i in REFS for r in REVIEWERS if (i, r) not in scored and i != WITHDRAWN)
        return {
            "selection.json": about,
            "rules.json": self.rules,
            "inputs.json": self.inputs,
            "eligibility.json": self.eligibility,
            "reviews.json": self.reviews,
            "conflicts.json": [{"item": free[0], "reviewer": free[1], "kind": "same organisation"}],
            "honours.json": self.honours,
            **lists,
            **self.log.files(tree, older),
        }
