"""How good affinity is, part by part, and what it costs for a large call.

    .venv/bin/python benchmarks/affinity.py            results: benchmarks/results/affinity.json
    .venv/bin/python benchmarks/affinity.py FOLDER     also the loss on the gold standard in FOLDER

Quality: the invented corpus of the tests (eighty items, forty experts), by direction. The loss of a stand-in for the
gold standard, beside that of TPMS's formula: the documentation of Python's own library, where a module is a reviewer,
its functions are her works, and what was held back of her own is known well and of others little; it depends on the
version of Python and says which formula orders better, not what people would say.
FOLDER is a checkout of the gold standard with data/evaluations.csv and evaluation_datasets/d_20_N; the mean over N.
Cost: a process of its own for the command on 2,000 items and 700 reviewers with one text of 300 words each.
"""

import importlib
import inspect
import json
import math
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import mean

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
RESULT = HERE.parent / "results" / "affinity.json"
WAYS = {
    "words": (1.0, 0.0, False),
    "n-grams": (0.0, 1.0, False),
    "both": (0.6, 0.4, False),
    "both with bridge": (0.6, 0.4, True),
}
MODULES = [
    "argparse",
    "ast",
    "asyncio",
    "codecs",
    "collections",
    "configparser",
    "contextlib",
    "csv",
    "datetime",
    "decimal",
    "difflib",
    "email.message",
    "fractions",
    "ftplib",
    "functools",
    "gettext",
    "heapq",
    "http.client",
    "imaplib",
    "inspect",
    "ipaddress",
    "itertools",
    "json",
    "logging",
    "mailbox",
    "multiprocessing.managers",
    "pathlib",
    "pickle",
    "random",
    "shutil",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "statistics",
    "string",
    "subprocess",
    "tarfile",
    "tempfile",
    "textwrap",
    "threading",
    "turtle",
    "types",
    "unicodedata",
    "unittest.case",
    "unittest.mock",
    "urllib.request",
    "weakref",
    "xml.dom.minidom",
    "zipfile",
]


def scores_of(items, reviewers, words=0.6, grams=0.4, bridge=None):
    """By item and reviewer; both are dictionaries of texts."""
    from secretariat.engines.affinity import Comparison

    names, people = sorted(items), sorted(reviewers)
    works = [(at, text) for at, name in enumerate(people) for text in sorted(set(reviewers[name]))]
    owner = [at for at, _ in works]
    texts = [items[name] for name in names]
    found = Comparison(texts, [text for _, text in works], owner, bridge, words=words, grams=grams)
    return {
        (names[first + row], people[place]): float(score)
        for first, block in found.blocks()
        for row, of_item in enumerate(block)
        for place, score in enumerate(of_item)
    }


def quality():
    """By way and direction (item>reviewer), how many of the items have the right reviewer first."""
    from secretariat.engines.affinity import make_bridge, shipped_pairs
    from tests.engines.affinity.experts import experts, texts

    items, reviewers = texts()
    pairs = shipped_pairs()
    found = {}

    def judge(scores):
        by_direction = Counter()
        for expert in experts():
            for language in expert.items:
                item = f"{expert.key}/{language}"
                best = max(reviewers, key=lambda name: (scores[item, name], name))
                by_direction[f"{language}>{expert.language}"] += best == expert.key
        return dict(sorted(by_direction.items()))

    for name, (words, grams, bridged) in WAYS.items():
        bridge = make_bridge(pairs) if bridged else None
        found[name] = judge(scores_of(items, reviewers, words, grams, bridge))
    for share in (0.3, 0.5):
        every = []
        for seed in range(20):
            chosen = random.Random(f"{seed}")
            kept = {term for term in sorted({term for term, _ in pairs}) if chosen.random() >= share}
            bridge = make_bridge(pair for pair in pairs if pair[0] in kept)
            every.append(judge(scores_of(items, reviewers, bridge=bridge)))
        found[f"{share:.0%} of the terms held out"] = {
            way: round(mean(run.get(way, 0) for run in every), 2) for way in sorted(every[0])
        }
    return {"items by direction": 20, "first": found}


def documentation():
    """Texts of each module of the standard library that has enough of them."""
    found = {}
    for name in MODULES:
        module = importlib.import_module(name)
        top = name.partition(".")[0]
        texts = {}
        for _, thing in sorted(vars(module).items()):
            if str(getattr(thing, "__module__", "")).partition(".")[0] != top:
                continue
            inside = (
                [part for key, part in sorted(vars(thing).items()) if key[0] != "_"]
                if inspect.isclass(thing)
                else []
            )
            for part in (thing, *inside):
                text = (inspect.getdoc(part) or "") if callable(part) else ""
                if len(text.split()) >= 12:
                    texts[text[:60]] = text[:1200]
        if len(texts) >= 10:
            found[name] = list(texts.values())
    return found


def stand_in(seed, texts):
    """Items, reviewers and ratings: five for what was held back of a module, one for what was of others."""
    chosen = random.Random(seed)
    mixed = {name: chosen.sample(held, len(held)) for name, held in texts.items()}
    names = sorted(mixed)
    items = {f"{name}/{n}": text for name in names for n, text in enumerate(mixed[name][:3])}
    reviewers = {name: mixed[name][3 : 3 + chosen.randint(4, 20)] for name in names}
    ratings = {}
    for name in names:
        others = chosen.sample([other for other in names if other != name], 4)
        ratings[name] = {f"{name}/{n}": 5.0 for n in range(3)} | {f"{other}/0": 1.0 for other in others}
    return items, reviewers, ratings


def tpms(items, reviewers):
    """TPMS's formula: half and half a term's share of the most frequent one, times rarity, as a cosine of profiles."""
    from secretariat.engines.affinity.stems import stem
    from secretariat.engines.affinity.text import STOP, runs

    def bag(text):
        return Counter(stem(part) for part in runs(text).parts if part not in STOP and len(part) > 1)

    papers = {name: bag(text) for name, text in items.items()}
    people = {name: bag(" ".join(works)) for name, works in reviewers.items()}
    every = [*papers.values(), *people.values()]
    within = Counter(word for counted in every for word in counted)

    def vector(counted):
        most = max(counted.values(), default=1)
        weights = {
            word: (0.5 + n / most / 2) * math.log(len(every) / within[word]) for word, n in counted.items()
        }
        size = math.sqrt(sum(weight**2 for weight in weights.values())) or 1
        return {word: weight / size for word, weight in weights.items()}

    papers = {name: vector(counted) for name, counted in papers.items()}
    people = {name: vector(counted) for name, counted in people.items()}
    return {
        (paper, name): sum(weight * hers.get(word, 0) for word, weight in words.items())
        for paper, words in papers.items()
        for name, hers in people.items()
    }


def losses():
    """The mean loss of the stand-in by each way, over ten draws."""
    from secretariat.engines.affinity.gold import gold_loss

    texts = documentation()
    found = {name: [] for name in ("tpms", "words", "n-grams", "both")}
    for seed in range(10):
        items, reviewers, ratings = stand_in(seed, texts)
        found["tpms"].append(gold_loss(ratings, tpms(items, reviewers)).loss)
        for name in ("words", "n-grams", "both"):
            words, grams, _ = WAYS[name]
            found[name].append(gold_loss(ratings, scores_of(items, reviewers, words, grams)).loss)
    return {"modules": len(texts)} | {name: round(mean(values), 4) for name, values in found.items()}


def gold(folder):
    """The mean loss on the gold standard's datasets of titles and abstracts, and that of TPMS's formula."""
    from secretariat.engines.affinity.gold import gold_loss, read_ratings

    ratings, _ = read_ratings(str(folder / "data" / "evaluations.csv"))
    found = {"ours": [], "words": [], "n-grams": [], "tpms": []}
    for path in sorted((folder / "evaluation_datasets").glob("d_20_*")):
        entries = json.loads((path / "submissions.json").read_text(encoding="utf-8"))
        items = {name: said(entry["content"]) for name, entry in entries.items()}
        reviewers = {
            file.stem.strip("~"): [said(json.loads(line)["content"]) for line in file.open(encoding="utf-8")]
            for file in sorted((path / "archives").glob("*.jsonl"))
        }
        found["ours"].append(gold_loss(ratings, scores_of(items, reviewers)).loss)
        found["words"].append(gold_loss(ratings, scores_of(items, reviewers, 1.0, 0.0)).loss)
        found["n-grams"].append(gold_loss(ratings, scores_of(items, reviewers, 0.0, 1.0)).loss)
        found["tpms"].append(gold_loss(ratings, tpms(items, reviewers)).loss)
    return {"datasets": len(found["ours"])} | {name: round(mean(values), 4) for name, values in found.items()}


def said(content):
    return f"{content['title'] or ''}. {content['abstract'] or ''}"


def make(folder):
    """2,000 items and 700 reviewers of 300 words: terms of the glossary in a tenth, the rest invented words."""
    from secretariat.engines.affinity import shipped_pairs

    chosen = random.Random(1)
    pairs = shipped_pairs()
    syllables = [a + b for a, b in combinations("bcdfgklmnprst", 2)]
    invented = ["".join(chosen.choices(syllables, k=3)) for _ in range(30_000)]
    # The most frequent characters: two of them at random are seldom a word, and share n-grams with many.
    common = (
        "的是在有和人这中大来上国个到说们为子时道地出而要于就下得可以"
        "年生自会那后能对着事其里所去行过家十用发天如然作方成者"
    )
    weights = [1 / (n + 5) for n in range(len(invented))]

    def text(chinese):
        words = chosen.choices(invented, weights, k=270)
        if chinese:
            words = ["".join(chosen.choices(common, k=2)) for _ in range(270)]
        words += [chosen.choice(pairs)[0 if chinese else 1] for _ in range(30)]
        chosen.shuffle(words)
        return ("" if chinese else " ").join(words)

    for name, column, count in (("items", "item", 2000), ("reviewers", "reviewer", 700)):
        rows = "".join(f"{column}{n},{text(n % 2 == 1)}\n" for n in range(count))
        Path(folder, f"{name}.csv").write_text(f"{column},text\n{rows}", encoding="utf-8")


def measure(folder, top):
    from secretariat.engines.commands import affinity
    from secretariat.engines.commands.contract import execute

    argv = ["--items", f"{folder}/items.csv", "--reviewers", f"{folder}/reviewers.csv", "--json"]
    argv += ["--out", f"{folder}/out.json", *(["--top", top] if top != "all" else [])]
    start, cpu = time.perf_counter(), time.process_time()
    assert execute("affinity", affinity, argv) == 0
    return {
        "seconds": round(time.perf_counter() - start, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "output_mb": round(os.path.getsize(f"{folder}/out.json") / 1e6, 1),
    }


def cost():
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
        return {
            name: json.loads(
                subprocess.run(
                    [sys.executable, str(HERE), "--measure", folder, name],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for name in ("20", "all")
        }


def main(folder):
    result = {"machine": {"cpus": os.cpu_count(), "python": platform.python_version()}}
    result["corpus"] = quality()
    result["stand-in for the gold standard, loss"] = losses()
    if folder is not None:
        result["gold standard, loss"] = gold(folder)
    result["2,000 items x 700 reviewers, by --top"] = cost()
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(*sys.argv[2:])))
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
