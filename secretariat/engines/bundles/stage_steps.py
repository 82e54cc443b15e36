"""The steps that recount each list from what came before it, and the honours from the last."""

from collections import Counter
from collections.abc import Iterator, Mapping

from secretariat.engines.bundles.counting import (
    basis,
    carried,
    counted_reviews,
    cut,
    list_digest,
)
from secretariat.engines.bundles.input_steps import close
from secretariat.engines.bundles.ranking import calibrated_entries
from secretariat.engines.bundles.reading import Selection
from secretariat.engines.bundles.selection import CUT, KEPT, Entry, Review, StageList, StageRule
from secretariat.engines.bundles.steps import Step, counted, none_of
from secretariat.engines.sealed.canonical import digest

HONOURS = "Honours are those of the final list"
_NUMBERS = ("score", "low", "high", "p_above")


def entrants_step(stage: str) -> str:
    """The title of the step about who is on the list of a stage."""
    return f"{stage}: nobody was added or left out"


def basis_step(stage: str) -> str:
    """The title of the step about what the list of a stage was made from."""
    return f"{stage}: made from these rules, inputs and reviews"


def recount_step(stage: str) -> str:
    """The title of the step that computes the list of a stage again."""
    return f"{stage}: the recount gives the same list"


def places_step(stage: str) -> str:
    """The title of the step about the number of places of a stage."""
    return f"{stage}: as many kept as declared"


def moves_step(stage: str) -> str:
    """The title of the step about what the committee moved across the line of a stage."""
    return f"{stage}: moved by recorded votes, with reasons"


def decision_step(stage: str) -> str:
    """The title of the step about the decision on the list of a stage."""
    return f"{stage}: refused with reasons, nobody added"


def stage_steps(selection: Selection) -> Iterator[Step]:
    """Five steps for each frozen list, a sixth where something was moved, and one for the honours."""
    for stage, frozen in selection.lists.items():
        rule = selection.stage(stage)
        yield _entrants(selection, rule, frozen)
        yield _basis(selection, rule, frozen)
        yield _recount(selection, rule, frozen)
        yield _places(rule, frozen)
        if "moves" in frozen:
            yield _moves(rule, frozen)
        yield _decision(rule, frozen)
    yield _honours(selection)


def _handed_on(selection: Selection, source: str | None) -> tuple[list[str], str]:
    """What a stage starts from, in its order, and why it may not, if so."""
    if source is None:
        return [row["ref"] for row in selection.inputs if row["state"] == "submitted"], ""
    rule, frozen = selection.stage(source), selection.lists[source]
    waiting = rule["authority"] is not None and frozen["decision"] is None
    reason = f"{source} still waits for the decision of {rule['authority']}" if waiting else ""
    return list(carried(frozen, rule)), reason


def _entrants(selection: Selection, rule: StageRule, frozen: StageList) -> Step:
    source, reason = _handed_on(selection, rule["from"])
    entered = {entry["ref"] for entry in frozen["entries"]}
    objections = [reason] if reason else []
    objections += [f"{ref} was added" for ref in sorted(entered - set(source))]
    objections += [f"{ref} was left out" for ref in sorted(set(source) - entered)]
    return none_of(
        entrants_step(rule["key"]),
        f"{counted(len(source), 'item')} from {rule['from'] or 'the inputs'}",
        objections,
        counted(len(entered), "item"),
    )


def _basis(selection: Selection, rule: StageRule, frozen: StageList) -> Step:
    expected = {
        "rules": digest(selection.rules),
        "inputs": digest(selection.inputs),
        "basis": basis(rule, _material(selection, rule)),
    }
    found = {"rules": frozen["rules"], "inputs": frozen["inputs"], "basis": frozen["basis"]}
    return none_of(
        basis_step(rule["key"]),
        f"basis {expected['basis']}",
        (f"other {name}: {found[name]}" for name, value in expected.items() if found[name] != value),
    )


def _material(selection: Selection, rule: StageRule) -> object:
    match rule["kind"]:
        case "eligibility":
            return selection.eligibility
        case "calibrated":
            return _counted(selection, rule)
        case "levels":
            return list_digest(selection.lists[str(rule["from"])])


def _counted(selection: Selection, rule: StageRule) -> list[Review]:
    items, _ = _handed_on(selection, rule["from"])
    return counted_reviews(selection.reviews, selection.rules["stages"], rule["key"], set(items))


def _recount(selection: Selection, rule: StageRule, frozen: StageList) -> Step:
    title = recount_step(rule["key"])
    try:
        expected = _RECOUNTS[rule["kind"]](selection, rule)
    except (KeyError, ValueError) as error:
        reason = f"a review has no score for {error}" if isinstance(error, KeyError) else str(error)
        return Step(title, False, "a list that can be recounted", reason)
    objections = list(_differences(expected, frozen["entries"]))
    first = f", {expected[0]['ref']} first" if expected and rule["kind"] != "eligibility" else ""
    return none_of(title, f"{counted(len(expected), 'item')}{first}", objections)


def _recounted_eligibility(selection: Selection, rule: StageRule) -> list[Entry]:
    verdicts = sorted((row["ref"], row["eligible"]) for row in selection.eligibility)
    return [
        Entry(
            ref=ref,
            rank=None,
            score=None,
            low=None,
            high=None,
            p_above=None,
            outcome=KEPT if eligible else CUT,
        )
        for ref, eligible in verdicts
    ]


def _recounted_calibration(selection: Selection, rule: StageRule) -> list[Entry]:
    items, _ = _handed_on(selection, rule["from"])
    criteria = selection.rules["criteria"]
    reviews, moves = _counted(selection, rule), selection.lists[rule["key"]].get("moves", [])
    return calibrated_entries(rule, criteria, items, reviews, selection.inputs, moves)


def _recounted_levels(selection: Selection, rule: StageRule) -> list[Entry]:
    ranking, _ = _handed_on(selection, rule["from"])
    outcomes = cut(ranking, rule)
    before = {entry["ref"]: entry for entry in selection.lists[str(rule["from"])]["entries"]}
    return [
        {**before[ref], "rank": rank, "outcome": outcomes[ref]} for rank, ref in enumerate(ranking, start=1)
    ]


_RECOUNTS = {
    "eligibility": _recounted_eligibility,
    "calibrated": _recounted_calibration,
    "levels": _recounted_levels,
}


def _differences(expected: list[Entry], found: list[Entry]) -> Iterator[str]:
    for place, (right, entry) in enumerate(zip(expected, found, strict=False), start=1):
        if entry["ref"] != right["ref"]:
            yield f"place {place}: {entry['ref']}, not {right['ref']}"
            continue
        for name in ("rank", "outcome", *_NUMBERS):
            if not _agree(right[name], entry[name]):  # type: ignore[literal-required]
                yield f"{entry['ref']}: {name} {entry[name]}, not {right[name]}"  # type: ignore[literal-required]
    if len(expected) != len(found):
        yield f"{counted(len(found), 'entry', 'entries')}, not {len(expected):,}"


def _agree(right: str | float | None, found: str | float | None) -> bool:
    if isinstance(right, float) and isinstance(found, (int, float)):
        return close(right, found)
    return right == found


def _places(rule: StageRule, frozen: StageList) -> Step:
    entries = frozen["entries"]
    found = Counter(entry["outcome"] for entry in entries)
    if rule["kind"] == "eligibility":
        declared = Counter({KEPT: found[KEPT]})
    else:
        # A move up and a move down leave the number of places as it was, unless too few are left to fill them.
        declared = Counter(cut([entry["ref"] for entry in entries], rule, frozen.get("moves", [])).values())
    unknown = found.keys() - {KEPT, CUT, *(level["key"] for level in rule["levels"])}
    found_places, declared_places = _in_words(found), _in_words(declared)
    return Step(
        places_step(rule["key"]),
        found_places == declared_places and not unknown,
        declared_places if rule["kind"] != "eligibility" else "every eligible submission",
        found_places,
    )


def _in_words(outcomes: Mapping[str, int]) -> str:
    places = sorted((outcome, number) for outcome, number in outcomes.items() if outcome != CUT and number)
    return ", ".join(f"{number:,} {outcome}" for outcome, number in places) or "none"


def _moves(rule: StageRule, frozen: StageList) -> Step:
    moves, refs = frozen.get("moves", []), {entry["ref"] for entry in frozen["entries"]}
    objections = [] if rule.get("moves") == "vote" else ["no moves were declared"]
    objections += ["an empty list of moves"] if not moves else []
    objections += [f"{move['ref']} is not on the list" for move in moves if move["ref"] not in refs]
    objections += [
        f"{move['ref']} was moved {move['to']} with {move['votes']['yes']:,} yes and {move['votes']['no']:,} no"
        for move in moves
        if move["votes"]["yes"] <= move["votes"]["no"]
    ]
    ballots = Counter(move["ballot"] for move in moves)
    objections += [f"the ballot {ballot} carried two moves" for ballot, times in ballots.items() if times > 1]
    return none_of(
        moves_step(rule["key"]), "more yes than no for each", objections, counted(len(moves), "move")
    )


def _decision(rule: StageRule, frozen: StageList) -> Step:
    title, decision = decision_step(rule["key"]), frozen["decision"]
    if rule["authority"] is None:
        return Step(
            title,
            decision is None,
            "no decision is needed",
            "one was made" if decision else "nobody decides here",
        )
    if decision is None:
        return Step(title, True, f"the decision of {rule['authority']}", "not made yet")
    refused = [refusal["ref"] for refusal in decision["refused"]]
    objections = [
        f"{ref} had no place to be refused" for ref in refused if ref not in _in_reach(rule, frozen)
    ]
    if decision["authority"] != rule["authority"]:
        objections.append(f"{decision['authority']} decided")
    if len(set(refused)) < len(refused):
        objections.append("an item is refused twice")
    return none_of(
        title,
        f"the decision of {rule['authority']}",
        objections,
        f"{counted(len(refused), 'item')} refused, each with a reason",
    )


def _in_reach(rule: StageRule, frozen: StageList) -> set[str]:
    """The items that had a place on the list, or got one when others before them were refused."""
    decision, moves = frozen["decision"], frozen.get("moves", [])
    refused = {refusal["ref"] for refusal in decision["refused"]} if decision else set()
    reach = {entry["ref"] for entry in frozen["entries"] if entry["outcome"] != CUT}
    if rule["when_refused"] == "leave_open" or rule["kind"] == "eligibility":
        return reach
    gone: set[str] = set()
    while fallen := (refused & reach) - gone:
        gone |= fallen
        left = [entry["ref"] for entry in frozen["entries"] if entry["ref"] not in gone]
        reach |= {ref for ref, outcome in cut(left, rule, moves).items() if outcome != CUT}
    return reach


def _honours(selection: Selection) -> Step:
    if not selection.honours:
        return Step(HONOURS, True, "none before the final list", "none yet")
    last = selection.rules["stages"][-1]
    if last["key"] not in selection.lists:
        return Step(HONOURS, False, f"a list of {last['key']}", "honours before the final list")
    final = carried(selection.lists[last["key"]], last)
    _, reason = _handed_on(selection, last["key"])
    objections = [reason] if reason else []
    for honour in selection.honours:
        if honour["ref"] not in final:
            objections.append(f"{honour['ref']} is not on the final list")
        elif honour["level"] != final[honour["ref"]]:
            objections.append(f"{honour['ref']} is {final[honour['ref']]}, not {honour['level']}")
    given = Counter(honour["level"] for honour in selection.honours)
    return none_of(HONOURS, f"of {_in_words(Counter(final.values()))}", objections, _in_words(given))
