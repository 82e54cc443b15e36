import json

import pytest

from secretariat.foundation.live.stream import DEPTH, MEMORY, Full, Hub


def names(listener):
    found = []
    while not listener.frames.empty():
        frame = listener.frames.get_nowait()
        found.append(frame and frame.split(b"event: ")[1].split(b"\n")[0].decode())
    return found


def payload(channel="desk", **ids):
    return json.dumps({"channel": channel, **ids})


def test_a_listener_too_slow_is_told_to_reload_instead_of_all_that_waited():
    hub = Hub()
    with hub.joined("a", frozenset({"desk"})) as slow:
        for _ in range(DEPTH + 1):
            hub.publish(payload())

        assert names(slow) == ["reload"]
        hub.publish(payload())
        assert names(slow) == ["rung"]


def test_whoever_left_is_forgotten():
    hub = Hub()
    with hub.joined("a", frozenset({"desk", "account:a"})):
        assert set(hub.listeners) == {"desk", "account:a"}

    assert hub.listeners == {}
    assert hub.accounts == {}


def test_the_process_has_a_limit():
    hub = Hub(most=1)
    with hub.joined("a", frozenset({"desk"})), pytest.raises(Full), hub.joined("b", frozenset({"desk"})):
        pass


def test_what_is_no_ring_is_passed_over():
    hub = Hub()
    for text in ("", "[]", "{}", "null", "{"):
        hub.publish(text)

    assert hub.number == 0


def test_a_line_break_in_an_id_makes_no_event_of_its_own():
    hub = Hub()
    with hub.joined("a", frozenset({"desk"})) as listener:
        hub.publish(payload(call="1\n\nevent: reload"))

        assert listener.frames.get_nowait().count(b"\n\n") == 1


def test_what_was_missed_is_kept_for_a_while():
    hub = Hub()
    start = f"{hub.boot}-0"
    for number in range(MEMORY):
        hub.publish(payload("desk" if number % 2 else "account:a", n=number))
    assert len(hub.missed(frozenset({"desk"}), start)) == MEMORY / 2
    assert hub.missed(frozenset({"desk"}), f"{hub.boot}-{MEMORY}") == []

    hub.publish(payload())

    assert hub.missed(frozenset({"desk"}), start) == [hub.reload()]
    assert hub.missed(frozenset({"desk"}), "") == []


def test_after_a_gap_everybody_reloads_and_nobody_resumes_across_it():
    hub = Hub()
    hub.publish(payload())
    before = f"{hub.boot}-1"
    with hub.joined("a", frozenset({"desk", "account:a"})) as listener:
        hub.reload_all()

        assert names(listener) == ["reload"]
    assert hub.missed(frozenset({"desk"}), before) == [hub.reload()]


def test_closing_ends_a_stream_even_if_it_is_full():
    hub = Hub()
    with hub.joined("a", frozenset({"desk"})) as listener:
        for _ in range(DEPTH):
            hub.publish(payload())
        hub.close_all()

        assert names(listener) == [None]
