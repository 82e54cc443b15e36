import pytest

from secretariat.engines.bundles.ranking import calibrated_entries, lot_of
from secretariat.engines.calibration import calibrate
from secretariat.engines.sealed.canonical import digest

CRITERIA = [{"key": "leadership", "weight": 1, "min": 1, "max": 5}]
RULE = {"kind": "calibrated", "keep": 2, "method": "mean", "seed": 5, "ties": "item", "levels": []}
SCORES = {"A": (3, 5), "B": (4, 4), "C": (4, 4), "D": (1, 2)}
REVIEWS = [
    {"item": item, "reviewer": reviewer, "scores": {"leadership": score}}
    for item, pair in SCORES.items()
    for reviewer, score in zip(("R1", "R2"), pair, strict=True)
]
# C came first, though its time is written in another zone.
INPUTS = [
    {"ref": ref, "received_at": at}
    for ref, at in {
        "A": "2042-05-01T09:00:00+00:00",
        "B": "2042-05-01T08:00:00+00:00",
        "C": "2042-05-01T15:30:00+08:00",
        "D": "2042-05-01T01:00:00+00:00",
    }.items()
]


def entries(inputs=INPUTS, **changes):
    return calibrated_entries(RULE | changes, CRITERIA, SCORES, REVIEWS, inputs)


def outcomes(**changes):
    return [(entry["ref"], entry["rank"], entry["outcome"]) for entry in entries(**changes)]


def test_equals_go_by_the_declared_rule():
    assert outcomes() == [("A", 1, "kept"), ("B", 1, "kept"), ("C", 1, "cut"), ("D", 4, "cut")]
    assert outcomes(ties="earlier_receipt") == [
        ("C", 1, "kept"),
        ("B", 1, "kept"),
        ("A", 1, "cut"),
        ("D", 4, "cut"),
    ]


def test_a_lot_is_drawn_from_what_nobody_knows_before_the_call_closes():
    def order(salt, **changes):
        inputs = [*INPUTS, {"ref": "E", "received_at": "2042-05-02T00:00:00+00:00", "commitment": salt}]
        return tuple(ref for ref, _, _ in outcomes(inputs=inputs, ties="lot", **changes))

    lots = {order(str(n)) for n in range(20)}
    assert 1 < len(lots) <= 6
    assert all(each[3] == "D" for each in lots)
    assert order("0", seed=1) == order("0", seed=2)
    seed = digest([*INPUTS, {"ref": "E", "received_at": "2042-05-02T00:00:00+00:00", "commitment": "0"}])
    assert order("0")[:3] == tuple(sorted("ABC", key=lambda ref: lot_of(ref, seed)))


def test_the_numbers_are_those_of_the_calibration():
    names = [review["item"] for review in REVIEWS], [review["reviewer"] for review in REVIEWS]
    ranking = calibrate(
        *names, [r["scores"]["leadership"] for r in REVIEWS], recommend=2, method="additive", seed=5
    )

    assert entries(method="additive") == [
        {
            "ref": row.item, "rank": row.rank, "score": row.score, "low": row.low, "high": row.high,
            "p_above": row.p_above, "outcome": "kept" if row.item in ranking.recommended else "cut",
        }
        for row in ranking.items
    ]  # fmt: skip


def test_more_places_than_items_keep_them_all():
    assert {outcome for _, _, outcome in outcomes(keep=9)} == {"kept"}


def test_nothing_enters_and_nothing_is_listed():
    assert calibrated_entries(RULE, CRITERIA, [], [], []) == []


@pytest.mark.parametrize(
    ("items", "changes", "message"),
    [
        ([*SCORES, "E"], {}, "E was reviewed by nobody"),
        (SCORES, {"method": "guess"}, "'guess' is no method"),
        (SCORES, {"ties": "age"}, "'age' is no rule for ties"),
    ],
)
def test_what_cannot_be_ranked_is_refused(items, changes, message):
    with pytest.raises(ValueError, match=message):
        calibrated_entries(RULE | changes, CRITERIA, items, REVIEWS, INPUTS)


def test_without_its_receipt_an_item_is_not_ranked_by_it():
    with pytest.raises(ValueError, match="A is not among the inputs"):
        calibrated_entries(RULE | {"ties": "earlier_receipt"}, CRITERIA, SCORES, REVIEWS, INPUTS[1:])
