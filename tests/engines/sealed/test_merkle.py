import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.sealed import merkle

# The test tree that implementations of Certificate Transparency share: eight leaves, the root of each size.
LEAF_DATA = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
LEAVES = [merkle.leaf_hash(bytes.fromhex(data)) for data in LEAF_DATA]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

sizes = st.integers(0, 70)


def log(size):
    return [merkle.leaf_hash(str(number).encode()) for number in range(size)]


# The definitions of RFC 9162 section 2.1, word for word: what the look-up versions are held against.


def naive_root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = naive_split(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m, leaves):
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def naive_split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@pytest.mark.parametrize("size", range(9))
def test_the_shared_test_tree_has_its_known_roots(size):
    frontier = merkle.Frontier()
    frontier.extend(LEAVES[:size])

    assert frontier.root().hex() == ROOTS[size]
    assert merkle.root(size, merkle.in_memory(LEAVES)).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "proof"), INCLUSION.items())
def test_the_shared_test_tree_has_its_known_inclusion_proofs(place, proof):
    index, size = place

    made = merkle.inclusion_proof(index, size, merkle.in_memory(LEAVES))

    assert [step.hex() for step in made] == proof
    assert merkle.verify_inclusion(LEAVES[index], index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("pair", "proof"), CONSISTENCY.items())
def test_the_shared_test_tree_has_its_known_consistency_proofs(pair, proof):
    first, second = pair

    made = merkle.consistency_proof(first, second, merkle.in_memory(LEAVES))

    assert [step.hex() for step in made] == proof
    roots = bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second])
    assert merkle.verify_consistency(first, second, made, *roots)


@given(sizes)
def test_roots_agree_with_the_definition_however_they_are_computed(size):
    leaves = log(size)
    frontier = merkle.Frontier()
    frontier.extend(leaves)

    assert frontier.root() == merkle.root(size, merkle.in_memory(leaves)) == naive_root(leaves)
    assert merkle.root_of(leaves) == naive_root(leaves)


@given(sizes, sizes)
def test_a_stored_frontier_grows_as_one_that_never_stopped(before, more):
    leaves = log(before + more)
    stored = {}
    frontier = merkle.Frontier()
    for level, index, value in frontier.extend(leaves[:before]):
        stored[level, index] = value

    resumed = merkle.Frontier.load(before, lambda level, index: stored[level, index])
    for level, index, value in resumed.extend(leaves[before:]):
        assert (level, index) not in stored
        stored[level, index] = value

    assert resumed.root() == naive_root(leaves)
    assert set(stored) == {(level, index) for level in range(8) for index in range((before + more) >> level)}


@given(st.data(), st.integers(1, 70))
def test_inclusion_proofs_agree_with_the_definition_and_verify(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = log(size)

    proof = merkle.inclusion_proof(index, size, merkle.in_memory(leaves))

    assert proof == naive_path(index, leaves)
    assert merkle.verify_inclusion(leaves[index], index, size, proof, naive_root(leaves))


@given(st.data(), sizes)
def test_consistency_proofs_agree_with_the_definition_and_verify(data, second):
    first = data.draw(st.integers(0, second))
    leaves = log(second)

    proof = merkle.consistency_proof(first, second, merkle.in_memory(leaves))

    assert proof == (naive_subproof(first, leaves, True) if first else [])
    assert merkle.verify_consistency(first, second, proof, naive_root(leaves[:first]), naive_root(leaves))


@given(st.data(), st.integers(1, 40))
def test_an_inclusion_proof_for_anything_else_is_refused(data, size):
    index = data.draw(st.integers(0, size - 1))
    leaves = log(size)
    root = naive_root(leaves)
    proof = naive_path(index, leaves)
    other = merkle.leaf_hash(b"never logged")
    wrong_index = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))

    assert not merkle.verify_inclusion(other, index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], wrong_index, size, proof, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, proof, other)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*proof, other], root)
    assert not proof or not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root)


@given(st.data(), st.integers(2, 40))
def test_a_log_rewritten_before_the_first_head_is_never_consistent(data, second):
    first = data.draw(st.integers(1, second))
    changed = data.draw(st.integers(0, first - 1))
    leaves = log(second)
    rewritten = [*leaves[:changed], merkle.leaf_hash(b"another truth"), *leaves[changed + 1 :]]
    hash_of = merkle.in_memory(rewritten)

    proof = merkle.consistency_proof(first, second, hash_of)

    assert not merkle.verify_consistency(
        first, second, proof, naive_root(leaves[:first]), naive_root(rewritten)
    )


@given(st.data(), st.integers(2, 40))
def test_a_consistency_proof_with_a_wrong_part_is_refused(data, second):
    first = data.draw(st.integers(1, second - 1))
    leaves = log(second)
    roots = naive_root(leaves[:first]), naive_root(leaves)
    proof = naive_subproof(first, leaves, True)
    other = merkle.leaf_hash(b"never logged")
    place = data.draw(st.integers(0, len(proof) - 1))

    assert not merkle.verify_consistency(first, second, [*proof[:place], other, *proof[place + 1 :]], *roots)
    assert not merkle.verify_consistency(first, second, [*proof, other], *roots)
    assert not merkle.verify_consistency(first, second, proof[:-1], *roots)
    assert not merkle.verify_consistency(first, second, proof, roots[0], other)


def test_sizes_that_cannot_be_are_never_consistent():
    root = naive_root(log(3))

    assert not merkle.verify_consistency(3, 2, [], root, naive_root(log(2)))
    assert not merkle.verify_consistency(0, 3, [], root, root)
    assert merkle.verify_consistency(0, 3, [], merkle.EMPTY_ROOT, root)


def test_proofs_of_a_million_leaves_need_few_look_ups():
    size = 1_000_003
    asked = []

    def hash_of(level, index):
        assert (index + 1) << level <= size, "only complete subtrees are stored"
        asked.append((level, index))
        return merkle.leaf_hash(f"{level}/{index}".encode())

    for make in (
        lambda: merkle.inclusion_proof(654_321, size, hash_of),
        lambda: merkle.consistency_proof(654_321, size, hash_of),
        lambda: merkle.root(size, hash_of),
        lambda: merkle.Frontier.load(size, hash_of),
    ):
        asked.clear()
        make()
        assert 0 < len(asked) <= 2 * size.bit_length()


def test_places_outside_the_log_are_refused():
    hash_of = merkle.in_memory(log(3))

    with pytest.raises(ValueError, match="a log of 3 leaves has no leaf 3"):
        merkle.inclusion_proof(3, 3, hash_of)
    with pytest.raises(ValueError, match="a log of 3 leaves did not grow from one of 4"):
        merkle.consistency_proof(4, 3, hash_of)
    with pytest.raises(ValueError, match="a log of 3 leaves does not have 1 peaks"):
        merkle.Frontier(3, [bytes(32)])
