import copy
from datetime import timedelta

import pytest

from secretariat.engines.bundles import log_steps
from secretariat.engines.sealed import heads, merkle
from secretariat.engines.sealed.canonical import digest
from tests.engines.bundles.factory import OPENING, ORIGIN, Maker, failed, found, make_key

KEY = make_key()
HONEST = Maker(KEY)


@pytest.fixture
def files():
    return copy.deepcopy(HONEST.files())


class RulesAfterwards(Maker):
    """The rules go into the log once the inputs are known, with an innocent date on them."""

    def run(self):
        self.collect()
        self.log.pledge("inputs", digest(self.inputs))
        self.log.now = OPENING - timedelta(days=1)
        self.log.pledge("rules", digest(self.rules))


def test_rules_logged_after_the_inputs_fail_whatever_their_date_says():
    files = RulesAfterwards(KEY).files()

    assert failed(files) == {log_steps.BEFORE, log_steps.ORDER}
    assert found(files, log_steps.BEFORE) == "the inputs stand at 1 in the log, the rules at 4"


# The whole history rewritten, and signed anew with the very key of the log.


def test_a_rewritten_history_holds_by_itself_and_is_caught_by_any_old_receipt():
    loser = HONEST.lists["reading"]["entries"][-1]["ref"]
    rewritten = Maker(KEY, favour=loser)
    kept = {entry["ref"] for entry in rewritten.lists["reading"]["entries"] if entry["outcome"] == "kept"}
    assert loser in kept

    assert failed(rewritten.files()) == set()
    assert failed(rewritten.files(), rewritten.receipts[1]) == set()
    assert failed(rewritten.files(), HONEST.receipts[1]) == {log_steps.HEAD}
    assert failed(rewritten.files(tree=False, older=[size_of(HONEST.receipts[1])]), HONEST.receipts[1]) == {
        log_steps.HEAD
    }


def test_receipts_older_than_the_rewritten_part_still_agree():
    rewritten = Maker(KEY, favour=HONEST.lists["reading"]["entries"][-1]["ref"])

    assert failed(rewritten.files(), HONEST.receipts[0]) == set()


def size_of(note):
    return heads.read_head(note).size


def test_a_log_signed_with_another_key_is_caught_by_an_old_receipt():
    assert failed(Maker().files(), HONEST.receipts[0]) == {log_steps.HEAD}


@pytest.mark.parametrize("tree", [True, False])
def test_every_older_head_agrees_with_an_honest_log(tree):
    sizes = [size_of(note) for note in HONEST.receipts]
    files = HONEST.files(tree=tree, older=sizes)

    assert [failed(files, note) for note in [*HONEST.receipts, HONEST.log.head()]] == [set(), set(), set()]


def test_the_head_of_an_empty_log_agrees_with_every_log():
    empty = heads.sign_head(heads.Head(ORIGIN, 0, merkle.EMPTY_ROOT, OPENING), KEY)

    assert failed(HONEST.files(), empty) == set()
    assert failed(HONEST.files(tree=False), empty) == set()


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("not a head", "no head of example.org/log in it"),
        (Maker().receipts[0], "it is not signed by example.org/log with the key"),
        (
            heads.sign_head(heads.Head(ORIGIN, 999, bytes(32), OPENING), KEY),
            "ask for a bundle exported after that head",
        ),
        (
            heads.sign_head(heads.Head(ORIGIN, 5, bytes(32), OPENING), KEY),
            "the bundle carries no proof from 5 leaves",
        ),
        (heads.sign_head(heads.Head(ORIGIN, 27, bytes(32), OPENING), KEY), "27 leaves, root"),
    ],
)
def test_a_head_that_cannot_agree_says_why(head, message):
    files = HONEST.files(tree=False)

    assert failed(files, head) == {log_steps.HEAD}
    assert message in found(files, log_steps.HEAD, head)


def test_a_bundle_without_a_readable_head_is_checked_no_further_in_the_log(files):
    files["log/key.txt"] = "nobody"

    assert failed(files) == {log_steps.SIGNED}
