import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.affinity.gold import gold_loss, read_ratings
from secretariat.engines.formats.source import InputError

RATINGS = {"r": {"p1": 5.0, "p2": 3.0, "p3": 1.0}}
HEADER = [
    "ParticipantID",
    *(f"Paper{n}" for n in range(1, 11)),
    *(f"Expertise{n}" for n in range(1, 11)),
]


def scored(**scores):
    return {(paper, "r"): score for paper, score in scores.items()}


@pytest.mark.parametrize(
    ("scores", "loss"),
    [
        (scored(p1=0.9, p2=0.5, p3=0.1), 0.0),
        (scored(p1=0.1, p2=0.5, p3=0.9), 1.0),
        (scored(p1=0.5, p2=0.5, p3=0.5), 0.5),
        # Differences 2, 4 and 2: of eight, two are lost where only p1 and p2 are the wrong way round,
        (scored(p1=0.5, p2=0.9, p3=0.1), 2 / 8),
        # four and one half of two where p1 is below p3 and beside p2.
        (scored(p1=0.1, p2=0.1, p3=0.5), (1 + 4 + 2) / 8),
        # Only p1 and p3 were scored.
        (scored(p1=0.1, p3=0.5), 1.0),
    ],
)
def test_the_loss_of_cases_computed_by_hand(scores, loss):
    assert gold_loss(RATINGS, scores).loss == pytest.approx(loss)


def test_participants_weigh_by_their_differences():
    ratings = {"r": {"p": 5.0, "q": 4.0}, "s": {"p": 1.0, "q": 4.0}}
    scores = {("p", "r"): 0.1, ("q", "r"): 0.2, ("p", "s"): 0.1, ("q", "s"): 0.2}

    found = gold_loss(ratings, scores)
    assert (found.loss, found.pairs) == (1 / 4, 2)


def test_easy_and_hard_pairs_are_counted_apart_and_a_tie_is_a_mistake():
    ratings = {"r": {"a": 5.0, "b": 4.0, "c": 2.0, "d": 3.0}}
    scores = {("a", "r"): 0.5, ("b", "r"): 0.5, ("c", "r"): 0.1, ("d", "r"): 0.9}

    found = gold_loss(ratings, scores)
    assert (found.easy, found.hard) == (1.0, 0.0)
    assert gold_loss({"r": {"a": 3.0, "d": 3.5}}, scores).easy is None


def test_where_no_two_ratings_differ_nothing_can_be_judged():
    with pytest.raises(ValueError, match="no two ratings"):
        gold_loss({"r": {"p": 3.0, "q": 3.0}}, {("p", "r"): 0.1, ("q", "r"): 0.2})


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), min_size=2, max_size=10))
def test_the_loss_of_reversed_scores_is_what_is_left(rows):
    ratings = {"r": {f"p{n}": float(rating) for n, (rating, _) in enumerate(rows)}}
    scores = {(f"p{n}", "r"): float(score) for n, (_, score) in enumerate(rows)}
    if len({rating for rating, _ in rows}) == 1:
        return
    turned = {pair: -score for pair, score in scores.items()}

    assert gold_loss(ratings, scores).loss + gold_loss(ratings, turned).loss == pytest.approx(1)


def write(path, *rows, mark="\t"):
    path.write_text("".join(mark.join(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def row(person, *rated):
    papers = [paper for paper, _ in rated] + [""] * (10 - len(rated))
    return [person, *papers, *[rating for _, rating in rated], *[""] * (10 - len(rated))]


@pytest.mark.parametrize("mark", ["\t", ","])
def test_a_file_is_read_with_tabs_or_commas(tmp_path, mark):
    path = write(
        tmp_path / "g.csv", HEADER, row("17", ("ab", "4.5"), ("cd", "1")), row("18", ("ab", "2")), mark=mark
    )

    ratings, source = read_ratings(path)
    assert ratings == {"17": {"ab": 4.5, "cd": 1.0}, "18": {"ab": 2.0}}
    assert source.name == path


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], ": is empty"),
        ([HEADER], ": has no rows"),
        ([HEADER[:-1]], ":1: has the column 'Expertise10' not at all"),
        ([[*HEADER, "Paper1"]], ":1: has the column 'Paper1' twice"),
        ([HEADER, row("1", ("a", "4"))[:-1]], ":2: has 20 fields, not 21"),
        ([HEADER, row("1", ("a", "good"))], ":2: Expertise1 is 'good', not a number"),
        ([HEADER, row("1", ("a", ""))], ":2: Expertise1 is empty"),
        ([HEADER, row("1", ("", "4"))], ":2: Paper1 is empty"),
        ([HEADER, row("", ("a", "4"))], ":2: ParticipantID is empty"),
        ([HEADER, row("1", ("a", "4"), ("a", "5"))], ":2: repeats the paper 'a'"),
        ([HEADER, row("1", ("a", "4")), row("1", ("b", "4"))], ":3: repeats ParticipantID '1'"),
    ],
)
def test_what_is_no_gold_standard_is_refused_in_one_line(tmp_path, rows, message):
    path = write(tmp_path / "g.csv", *rows)

    with pytest.raises(InputError) as refused:
        read_ratings(path)
    assert str(refused.value).startswith(f"{path}{message}")
