import os
import signal
import time

import pytest

from secretariat.simulation.processes import PartFailed, apart, at_once, in_turn


def part(name, told):
    """A part that says how far it is, before and after the meeting, and in which process."""

    def play():
        told(f"{name} before")
        yield
        told(f"{name} after")
        return name, os.getpid()

    return play


def test_parts_meet_in_one_process_and_in_several():
    told = []

    assert in_turn([part("one", told.append), part("two", told.append)]) == [
        ("one", os.getpid()), ("two", os.getpid()),
    ]  # fmt: skip
    assert told == ["one before", "two before", "one after", "two after"]


def test_each_part_has_a_process_and_waits_for_the_others(tmp_path):
    def note(words):
        (tmp_path / words).write_text(str(time.monotonic()))

    (one, first), (two, second) = at_once([part("one", note), part("two", note)])

    when = {path.name: float(path.read_text()) for path in tmp_path.iterdir()}
    assert (one, two, len({first, second, os.getpid()})) == ("one", "two", 3)
    assert max(when["one before"], when["two before"]) < min(when["one after"], when["two after"])


def fails():
    yield
    raise ValueError("Nothing is left of it.")


def dies():
    os.kill(os.getpid(), signal.SIGKILL)
    yield


@pytest.mark.parametrize(
    ("broken", "why"), [(fails, "Nothing is left of it"), (dies, "without a word")], ids=["fails", "dies"]
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_broke_is_said_and_nobody_waits_for_it(broken, why, place):
    parts = [part("whole", lambda words: None)]
    parts.insert(place, broken)

    with pytest.raises(PartFailed, match=why):
        at_once(parts)


def test_a_job_apart_is_followed_to_its_end():
    seen = []

    def job(progress):
        for done in range(4):
            progress("Reading", done, 3)

    apart(job, lambda *line: seen.append(line))

    assert seen == [("Reading", done, 3) for done in range(4)]


def test_a_job_apart_that_dies_is_not_waited_for():
    def job(progress):
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(PartFailed, match="without a word"):
        apart(job, lambda *line: None)
