"""Light stemming of English: forms of one word meet, without the whole of Porter's algorithm.

Whatever is not English is left nearly as it is: only a plural s is taken off. What the endings below part, the
character n-grams bring together again.
"""

from functools import lru_cache

# Longest first; the second column takes the place of the ending. What is left in front must be long enough.
_ENDINGS = (
    ("izations", "ize"), ("isations", "ize"), ("ization", "ize"), ("isation", "ize"),
    ("ational", "ate"), ("fulness", ""), ("iveness", "ive"), ("abilities", "able"), ("ability", "able"),
    ("ations", "ate"), ("ation", "ate"), ("ising", "ize"), ("izing", "ize"), ("ised", "ize"), ("ized", "ize"),
    ("ises", "ize"), ("izes", "ize"), ("ise", "ize"), ("ators", "ate"), ("ator", "ate"), ("ating", "ate"),
    ("ated", "ate"), ("ates", "ate"),
    ("ate", "ate"), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""),
    ("ically", "ic"), ("ical", "ic"), ("ingly", ""), ("edly", ""), ("ies", "y"), ("ied", "y"), ("ity", ""),
    ("ities", ""), ("ers", ""), ("ing", ""), ("er", ""), ("ed", ""), ("ly", ""), ("es", ""), ("e", ""),
    ("s", ""),
)  # fmt: skip
_LEAST = 4
_KEPT = frozenset({"news"})
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """The stem of a folded word.

    >>> [stem(word) for word in ("networks", "networking", "digitalisation", "digitalized", "policies", "policy")]
    ['network', 'network', 'digitalize', 'digitalize', 'policy', 'policy']
    >>> [stem(word) for word in ("5g", "ai", "data", "glass", "analysis", "bus")]
    ['5g', 'ai', 'data', 'glass', 'analysis', 'bus']
    """
    if len(word) <= _LEAST - 1 or not word.isascii() or not word.isalpha():
        return word
    if word in _KEPT or word.endswith(("ss", "us", "is")):
        return word
    for ending, other in _ENDINGS:
        if word.endswith(ending):
            front = word[: -len(ending)]
            if len(front) + len(other) >= _LEAST - (ending == "s") and _VOWELS & set(front):
                return _single(front + other) if ending in ("ing", "ed", "er", "ers") else front + other
    return word


def _single(front: str) -> str:
    """Undoes the doubling before an ending: programming, programmed."""
    doubled = len(front) > _LEAST and front[-1] == front[-2] and front[-1] not in _VOWELS | set("lsz")
    return front[:-1] if doubled else front
