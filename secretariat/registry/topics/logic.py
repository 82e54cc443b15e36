"""The order of a hierarchy: plain values, no database."""

from collections.abc import Mapping


def circle(broader: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of one circle in a map from topic to broader topic, in its direction; empty if there is none.

    >>> circle({"a": "b", "b": "c", "c": "a", "d": "a"})
    ('a', 'b', 'c')
    """
    done: set[str] = set()
    for start in sorted(broader):
        path: list[str] = []
        key: str | None = start
        while key is not None and key not in done and key not in path:
            path.append(key)
            key = broader.get(key)
        if key in path:
            return tuple(path[path.index(key) :])
        done.update(path)
    return ()
