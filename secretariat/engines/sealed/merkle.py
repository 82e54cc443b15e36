"""The Merkle tree of RFC 9162 (the hashes are those of RFC 6962): roots, proofs and their verification.

A log of any size is stored as its leaf hashes and the hashes of its complete subtrees, each at
(level, position): level 0 holds the leaves, and the node (l, i) covers the leaves i·2ˡ up to (i + 1)·2ˡ.
Such a node never changes once complete, so a log is only ever added to. Roots and proofs ask for
O(log n) of them through a function ``hash_of(level, position)``; where they are kept is the caller's affair.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Self

HashOf = Callable[[int, int], bytes]
"""Looks up the hash of the complete subtree at (level, position)."""

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree and its hash, as a log stores it."""

    level: int
    position: int
    hash: bytes


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 ‖ data). RFC 9162 section 2.1.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). RFC 9162 section 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """What a log remembers in order to grow: its size and the roots of its largest complete subtrees."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """``peaks``: left to right, one for each bit set in ``size``; ValueError if they do not fit."""
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count():
            raise ValueError(f"a log of {size} leaves does not have {len(self.peaks)} peaks")

    @classmethod
    def load(cls, size: int, hash_of: HashOf) -> Self:
        """The frontier of a stored log, in O(log n) look-ups."""
        return cls(size, (hash_of(level, position) for level, position in _cover(0, size)))

    def append(self, leaf: bytes) -> list[Node]:
        """Add a leaf hash; returns the nodes that became complete, to be stored: the leaf's own first."""
        completed = [Node(0, self.size, leaf)]
        position = self.size
        while position & 1:
            level, _, right = completed[-1]
            position >>= 1
            completed.append(Node(level + 1, position, node_hash(self.peaks.pop(), right)))
        self.peaks.append(completed[-1].hash)
        self.size += 1
        return completed

    def extend(self, leaves: Iterable[bytes]) -> list[Node]:
        """Add leaf hashes in order; returns every node that became complete."""
        return [node for leaf in leaves for node in self.append(leaf)]

    def root(self) -> bytes:
        """The root at the present size."""
        return _fold(self.peaks) if self.peaks else EMPTY_ROOT


def in_memory(leaves: Iterable[bytes]) -> HashOf:
    """The look-up over leaf hashes held in memory; it raises KeyError for a subtree that is not complete."""
    stored = {(level, position): value for level, position, value in Frontier().extend(leaves)}
    return lambda level, position: stored[level, position]


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of leaf hashes that are all at hand."""
    layer = list(leaves)
    while len(layer) > 1:
        # An odd one out moves up as it is: the same tree as dividing at powers of two from above.
        odd = layer[-1:] if len(layer) & 1 else []
        layer = [node_hash(left, right) for left, right in zip(layer[::2], layer[1::2], strict=False)] + odd
    return layer[0] if layer else EMPTY_ROOT


def root(size: int, hash_of: HashOf) -> bytes:
    """The root of the first ``size`` leaves. RFC 9162 section 2.1.1."""
    return _range_hash(0, size, hash_of) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    """The path from leaf ``index`` to the root of the first ``size`` leaves, lowest first. Section 2.1.3.1.

    Raises ValueError unless 0 ≤ index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"a log of {size} leaves has no leaf {index}")
    begin, end = 0, size
    path = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_hash(middle, end, hash_of))
            end = middle
        else:
            path.append(_range_hash(begin, middle, hash_of))
            begin = middle
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf hash at ``index`` to ``root`` at ``size``. Section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = node_hash(sibling, current)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == root


def consistency_proof(first: int, second: int, hash_of: HashOf) -> list[bytes]:
    """The proof that the log of ``second`` leaves begins with the log of ``first`` leaves. Section 2.1.4.1.

    Empty where there is nothing to prove: equal sizes, or a first log without leaves.
    Raises ValueError unless 0 ≤ first ≤ second.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a log of {second} leaves did not grow from one of {first}")
    if first == 0:
        return []
    begin, end = 0, second
    path = []
    while end != first:
        middle = begin + _split(end - begin)
        if first <= middle:
            path.append(_range_hash(middle, end, hash_of))
            end = middle
        else:
            path.append(_range_hash(begin, middle, hash_of))
            begin = middle
    if begin:
        path.append(_range_hash(begin, end, hash_of))
    return path[::-1]


def verify_consistency(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether the proof shows that the second log only added to the first. RFC 9162 section 2.1.4.2."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    hashes = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not proof:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``: where RFC 9162 divides a list."""
    return 1 << (count - 1).bit_length() - 1


def _cover(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees, left to right, that cover a range the tree divides at."""
    while begin < end:
        level = (end - begin).bit_length() - 1
        yield level, begin >> level
        begin += 1 << level


def _range_hash(begin: int, end: int, hash_of: HashOf) -> bytes:
    return _fold([hash_of(level, position) for level, position in _cover(begin, end)])


def _fold(subtrees: Sequence[bytes]) -> bytes:
    current = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        current = node_hash(left, current)
    return current
