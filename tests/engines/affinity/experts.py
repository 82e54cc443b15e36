"""The invented corpus: forty experts, each with an item in English and one in Chinese that only she should read."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from secretariat.engines.affinity import compare

CORPUS = Path(__file__).with_name("corpus.toml")


@dataclass(frozen=True)
class Expert:
    key: str
    area: str
    works: tuple[str, ...]
    items: dict[str, str]

    @property
    def language(self):
        return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in self.works[0]) else "en"


def experts():
    entries = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["expert"]
    return [
        Expert(entry["key"], entry["area"], tuple(entry["works"]), {"en": entry["en"], "zh": entry["zh"]})
        for entry in entries
    ]


def texts():
    """Items and reviewers as the engine takes them; an item is called after its expert and its language."""
    items = {
        f"{expert.key}/{language}": text for expert in experts() for language, text in expert.items.items()
    }
    return items, {expert.key: expert.works for expert in experts()}


def first_reviewers(bridge):
    """The first reviewer of each item."""
    first = {}
    for item, reviewer, _ in compare(*texts(), bridge):
        first.setdefault(item, reviewer)
    return first


def rightly_first(bridge):
    """By direction (language of the item, of the right reviewer): how many items have her first, of how many."""
    found = {}
    first = first_reviewers(bridge)
    for expert in experts():
        for language in expert.items:
            right = first[f"{expert.key}/{language}"] == expert.key
            hits, count = found.get((language, expert.language), (0, 0))
            found[language, expert.language] = (hits + right, count + 1)
    return found
