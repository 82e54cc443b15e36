from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.calibration.graph import components
from secretariat.engines.calibration.scores import scores_of


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1))
def test_parts_are_what_walking_the_graph_finds(reviews):
    left, parts = set(reviews), 0
    while left:
        parts += 1
        part = {left.pop()}
        while more := {r for r in left if any(r[0] == seen[0] or r[1] == seen[1] for seen in part)}:
            part |= more
            left -= more
    items, reviewers = zip(*reviews, strict=True)
    scores = scores_of([f"I{i}" for i in items], [f"R{r}" for r in reviewers], [0.0] * len(items))
    assert components(scores) == parts
