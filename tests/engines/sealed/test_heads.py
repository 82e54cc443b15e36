from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.sealed import heads, merkle, notes

ORIGIN = "log.example/2026"
KEY = notes.SigningKey.from_pem(ORIGIN, notes.generate_pem())
HEAD = heads.Head(ORIGIN, 3, merkle.leaf_hash(b"root"), datetime(2026, 11, 24, 9, 30, tzinfo=UTC))


def changed(line, to):
    lines = heads.sign_head(HEAD, KEY).split("\n")
    lines[line] = to
    return "\n".join(lines)


def test_a_head_reads_as_the_checkpoint_format_says():
    text = heads.head_text(
        heads.Head(ORIGIN, 0, merkle.EMPTY_ROOT, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    )

    assert text == (
        "log.example/2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\ntime 2026-01-02T03:04:05Z\n"
    )


@given(st.integers(0, 2**53), st.binary(min_size=32, max_size=32), st.datetimes(timezones=st.just(UTC)))
def test_a_signed_head_reads_back(size, root, at):
    head = heads.Head(ORIGIN, size, root, at)

    read = heads.verify_head(heads.sign_head(head, KEY), KEY.verifier)

    assert read == heads.Head(ORIGIN, size, root, at.replace(microsecond=0))


def test_the_time_is_written_in_utc():
    local = datetime(2026, 11, 24, 17, 30, tzinfo=timezone(timedelta(hours=8)))

    assert "time 2026-11-24T09:30:00Z\n" in heads.head_text(heads.Head(ORIGIN, 3, HEAD.root, local))


@pytest.mark.parametrize(
    "text",
    [
        "{note}",
        "\ufeff{note}",
        "Receipt PC-001\n\nCommitment: ab12\nThe log at this time:\n\n{note}\nKeep this receipt.\n",
        "> {quoted}",
        "{note}\nand once more\n\n{note}",
    ],
)
@pytest.mark.parametrize("end", ["\n", " \r\n"])
def test_a_head_is_found_in_a_longer_text(text, end):
    note = heads.sign_head(HEAD, KEY)
    around = text.format(note=note, quoted=note.replace("\n", "\n> ")).replace("\n", end)

    assert heads.find_head(around, ORIGIN) == note


def test_a_text_without_the_head_or_with_several_is_refused():
    note = heads.sign_head(HEAD, KEY)
    later = heads.sign_head(heads.Head(ORIGIN, 4, HEAD.root, HEAD.at), KEY)

    for text in ("", "nothing", note.rpartition("— ")[0], f"{ORIGIN}\n"):
        with pytest.raises(heads.HeadError, match=r"no head of log\.example/2026 in it"):
            heads.find_head(text, ORIGIN)
    with pytest.raises(heads.HeadError, match="no head of another in it"):
        heads.find_head(note, "another")
    with pytest.raises(heads.HeadError, match="there are 2 heads of"):
        heads.find_head(note + "\n" + later, ORIGIN)


@pytest.mark.parametrize(
    ("line", "to", "message"),
    [
        (0, "log.example/2025", "does not belong to this text"),
        (1, "4", "does not belong to this text"),
        (1, "03", "the lines origin, size, root and time are missing"),
        (1, "", "the lines origin, size, root and time are missing"),
        (2, "AAAA", "not the base64 of a root of 32 bytes"),
        (3, "time 2026-11-24", "a head has one line 'time"),
        (3, "time 2026-13-24T09:30:00Z", "there is no such time"),
        (4, "more", "not a signed note"),
    ],
)
def test_a_changed_head_is_refused(line, to, message):
    note = changed(line, to)

    with pytest.raises(heads.HeadError):
        heads.verify_head(note, KEY.verifier)
    with pytest.raises(heads.HeadError, match=message):
        # What is not even a head is refused before its signature is asked for.
        heads.read_head(note)
        heads.verify_head(note, KEY.verifier)


def test_a_log_cannot_sign_for_another():
    other = notes.SigningKey.from_pem("log.example/2025", notes.generate_pem())

    with pytest.raises(
        heads.HeadError, match=r"a head of log\.example/2026 is not signed by log\.example/2025"
    ):
        heads.sign_head(HEAD, other)
    with pytest.raises(
        heads.HeadError, match=r"it is a head of log\.example/2026, signed by log\.example/2025"
    ):
        heads.verify_head(notes.sign(heads.head_text(HEAD), other), other.verifier)


@pytest.mark.parametrize(
    ("size", "root", "at"),
    [(-1, HEAD.root, HEAD.at), (1, b"short", HEAD.at), (1, HEAD.root, HEAD.at.replace(tzinfo=None))],
)
def test_an_impossible_head_is_refused(size, root, at):
    with pytest.raises(heads.HeadError):
        heads.Head(ORIGIN, size, root, at)
