"""Which items can be compared through reviewers in common."""

from secretariat.engines.calibration.scores import Scores


def components(scores: Scores) -> int:
    """Into how many parts the graph of reviews falls, in which a review joins its item and its reviewer.

    Across parts no reviewer has seen both sides: there a strict panel cannot be told from weak items, and a
    comparison rests on the assumption that panels were dealt items of like quality.
    """
    items = len(scores.items)
    parent = list(range(items))
    first: dict[int, int] = {}
    parts = items

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = item = parent[parent[item]]
        return item

    for item, reviewer in zip(scores.item.tolist(), scores.reviewer.tolist(), strict=True):
        one, other = root(item), root(first.setdefault(reviewer, item))
        if one != other:
            parent[one] = other
            parts -= 1
    return parts
